"""The best dates of agents that share people: best first over clashes, with a proven bound.

Every agent is placed alone first; that costs no more than any plan of all. While two
placings clash, one of the ways out of the clash is taken, and the agent concerned is placed
anew under one more ruling: conflict-based search after Sharon, Stern, Felner and Sturtevant,
Artificial Intelligence 219 (2015) 40-66. The cheapest node that is open costs no more than
any plan; the first node without a clash that is taken up is therefore a best plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from heapq import heappop, heappush

from attrs import frozen

from utm.programme.sessions.agents import Agent, Placing, Ruling
from utm.programme.sessions.clashes import Clash, Guide, clashes_among
from utm.programme.sessions.plan import NOTHING, SessionsScore

__all__ = ["Outcome", "search_sessions"]

Rulings = tuple[frozenset[Ruling], ...]

_MOST_ORDERS = 3
"""Orders in which agents are placed one after another for a first plan."""


@frozen(kw_only=True)
class Outcome:
    """What a search found.

    Parameters
    ----------
    placings
        One for each agent; ``None`` when no plan was found.
    bound
        No plan costs less; ``None`` when there is none.
    """

    placings: tuple[Placing, ...] | None
    bound: SessionsScore | None


@frozen(kw_only=True)
class _Node:
    rulings: Rulings
    placings: tuple[Placing, ...]
    clashes: tuple[Clash, ...]

    @property
    def bound(self) -> SessionsScore:
        return _sum(placing.bound for placing in self.placings)


def search_sessions(
    agents: Sequence[Agent], guides: Mapping[str, Guide], *, most_nodes: int
) -> Outcome:
    """Find the best dates of some agents together.

    Parameters
    ----------
    agents
        In an order that is the same every time.
    guides
        The facilitators by key.
    most_nodes
        After so many nodes the best plan at hand is taken, with the bound reached.
    """
    alone = [agent.place(frozenset()) for agent in agents]
    placings = tuple(placing for placing in alone if placing is not None)
    if len(placings) < len(agents):
        return Outcome(placings=None, bound=None)
    nothing: frozenset[Ruling] = frozenset()
    root = _node((nothing,) * len(agents), placings, agents, guides)
    if not root.clashes:
        return Outcome(placings=root.placings, bound=root.bound)
    at_hand = _at_hand(agents, guides)
    if at_hand is not None and _score(at_hand) == root.bound:
        return Outcome(placings=at_hand, bound=root.bound)
    return _best_first(root, agents, guides, at_hand, most_nodes)


def _best_first(
    root: _Node,
    agents: Sequence[Agent],
    guides: Mapping[str, Guide],
    at_hand: tuple[Placing, ...] | None,
    most_nodes: int,
) -> Outcome:
    queue: list[tuple[SessionsScore, int, int, _Node]] = [(root.bound, 0, 0, root)]
    seen: set[Rulings] = {root.rulings}
    floor: SessionsScore | None = None
    taken = count = 0
    while queue:
        bound, _, _, node = heappop(queue)
        reached = bound if floor is None else min(bound, floor)
        if not node.clashes and (at_hand is None or _score(node.placings) < _score(at_hand)):
            at_hand = node.placings
        if at_hand is not None and _score(at_hand) <= reached:
            return Outcome(placings=at_hand, bound=_score(at_hand))
        if taken >= most_nodes:
            return Outcome(placings=at_hand, bound=reached)
        taken += 1
        if not node.clashes:
            # The search of an agent was cut short: better plans under these rulings are open.
            floor = reached
            continue
        for follower in _followers(node, agents, guides, seen):
            count += 1
            seen.add(follower.rulings)
            heappush(queue, (follower.bound, len(follower.clashes), count, follower))
    return Outcome(placings=at_hand, bound=floor if at_hand is not None else None)


def _followers(
    node: _Node, agents: Sequence[Agent], guides: Mapping[str, Guide], seen: set[Rulings]
) -> list[_Node]:
    """The nodes after one clash is settled; one alone if that costs nothing and helps."""
    followers: list[_Node] = []
    for way_out in node.clashes[0].ways_out:
        rulings, placings = list(node.rulings), list(node.placings)
        for at, ruling in way_out:
            rulings[at] |= {ruling}
            placed = agents[at].place(rulings[at])
            if placed is None:
                break
            placings[at] = placed
        else:
            key = tuple(rulings)
            if key in seen:
                continue
            child = _node(key, tuple(placings), agents, guides)
            if child.bound == node.bound and len(child.clashes) < len(node.clashes):
                # As good and with fewer clashes: go on from these dates without a new ruling.
                return [_node(node.rulings, child.placings, agents, guides)]
            followers.append(child)
    return followers


def _node(
    rulings: Rulings,
    placings: tuple[Placing, ...],
    agents: Sequence[Agent],
    guides: Mapping[str, Guide],
) -> _Node:
    clashes = clashes_among(agents, placings, guides)
    return _Node(rulings=rulings, placings=placings, clashes=tuple(clashes))


def _at_hand(agents: Sequence[Agent], guides: Mapping[str, Guide]) -> tuple[Placing, ...] | None:
    """A good plan: one after another, again and again with those in front that lost by it."""
    order = sorted(range(len(agents)), key=lambda at: (agents[at].is_visit, _size(agents[at]), at))
    best: tuple[Placing, ...] | None = None
    tried: set[tuple[int, ...]] = set()
    while tuple(order) not in tried and len(tried) < _MOST_ORDERS:
        tried.add(tuple(order))
        placings, lost = _one_after_another(order, agents, guides)
        if placings is not None and (best is None or _score(placings) < _score(best)):
            best = placings
        order = [*(at for at in order if at in lost), *(at for at in order if at not in lost)]
    return best


def _one_after_another(
    order: Sequence[int], agents: Sequence[Agent], guides: Mapping[str, Guide]
) -> tuple[tuple[Placing, ...] | None, set[int]]:
    """The dates of all in an order, and who has others than alone or found none."""
    placed: dict[int, Placing] = {}
    for at in order:
        rulings = frozenset(
            Ruling(kind="busy", first=begins - rest, last=ends + rest)
            for other, placing in placed.items()
            if (rest := _distance(agents[at], agents[other], guides)) is not None
            for begins, ends in placing.windows
        )
        placing = _placed_beside(at, agents, guides, placed, rulings)
        if placing is None:
            return None, {at}
        placed[at] = placing
    alone = [agent.place(frozenset()) for agent in agents]
    lost = {at for at, own in enumerate(alone) if own and placed[at].score > own.score}
    return tuple(placed[at] for at in range(len(agents))), lost


def _placed_beside(
    at: int,
    agents: Sequence[Agent],
    guides: Mapping[str, Guide],
    placed: Mapping[int, Placing],
    rulings: frozenset[Ruling],
) -> Placing | None:
    """Place one more agent; days on which its facilitator has enough are ruled out in turn."""
    while True:
        placing = agents[at].place(rulings)
        if placing is None:
            return None
        several = [agents[other] for other in placed] + [agents[at]]
        clashes = clashes_among(several, [*placed.values(), placing], guides)
        more = {
            ruling
            for clash in clashes
            for way_out in clash.ways_out
            for position, ruling in way_out
            if position == len(placed)
        }
        if not clashes:
            return placing
        if more <= rulings:
            return None
        rulings |= more


def _distance(one: Agent, other: Agent, guides: Mapping[str, Guide]) -> int | None:
    """Minutes to keep between two agents; ``None`` when they share nobody."""
    is_led = bool(one.facilitator) and one.facilitator == other.facilitator
    if is_led and not one.is_visit and not other.is_visit:
        return guides[one.facilitator].who.rest_minutes
    return 0 if is_led or one.people & other.people else None


def _size(agent: Agent) -> tuple[int, ...]:
    placing = agent.place(frozenset())
    return () if placing is None else tuple(-m for m in placing.score.burdens_minutes[:1])


def _score(placings: Sequence[Placing]) -> SessionsScore:
    return _sum(placing.score for placing in placings)


def _sum(scores: Iterable[SessionsScore]) -> SessionsScore:
    return reduce(SessionsScore.__add__, scores, NOTHING)
