"""A result, checked again from nothing but the problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from utm.pairing.bound_check import lacking_less, undersold
from utm.pairing.check import Check, Verification
from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT, Group
from utm.pairing.limits import Limits
from utm.pairing.policy import FocusKind
from utm.pairing.problem import Problem
from utm.pairing.result import Result, Status
from utm.pairing.trying import may_lack_less
from utm.pairing.violations import repeated_groups, violations_of

__all__ = ["verify"]


def verify(problem: Problem, result: Result, *, every_group: bool = True) -> Verification:
    """Check every rule, score and price of a result again.

    Parameters
    ----------
    problem
        The problem that the result claims to answer.
    result
        The result.
    every_group
        Whether to check that *no* admissible group is worth more than the prices of its
        members. It takes a tenth of a second for 50 participants and two seconds for 300.
        Without it the bound stays a claim.

    Notes
    -----
    No code is shared with the search. What the prices prove is ``price_bound``. Where a
    result claims a lower ``bound``, that rests on a branch and bound which leaves no
    witness. Where few groups are so near to their prices that a grouping beyond that bound
    could consist of them, all ways to put these together are tried here; else the
    verification says that it was not checked.
    """
    definition = Definition(problem)
    checks = [
        Check(name="participants", faults=tuple(_partition_faults(definition, result))),
        Check(name="rules", faults=tuple(_rule_faults(definition, result))),
        Check(name="scores", faults=tuple(_score_faults(definition, result))),
        Check(name="claims", faults=tuple(_claim_faults(definition, result))),
    ]
    priced = bool(result.prices) or not problem.participants
    if every_group and priced and all(check.holds for check in checks):
        prices = {price.participant: price.price for price in result.prices}
        tolls = {price.capacity: price.price for price in result.capacity_prices}
        once = {price.members: price.price for price in result.group_prices}
        faults = tuple(undersold(definition, prices, tolls, once))
        checks.append(Check(name="prices", faults=faults))
    proven = result.price_bound if len(checks) > 4 and checks[-1].holds else None  # noqa: PLR2004
    tried: int | None = None
    if proven is not None:
        outcome = _is_beaten(definition, result)
        tried = result.bound if outcome is False else None
        if outcome:
            checks.append(Check(name="bound", faults=("A grouping may be worth more.",)))
    return Verification(
        checks=tuple(checks),
        proven_bound=proven,
        tried_bound=tried,
        proves=_sentence(checks, result, proven, tried),
    )


def _is_beaten(definition: Definition, result: Result) -> bool | None:
    """Return whether a grouping may be worth more than the bound; ``None`` where it is open.

    What is not counted here, as unused capacities and the number of groups, can only rule out
    more: that something may be worth more is therefore open where there is any of it.
    """
    than = result.price_bound - result.bound
    if than == 0:
        return False
    if any(places > 1 for places in definition.places.values()):
        return None
    prices = {price.participant: price.price for price in result.prices}
    tolls = {price.capacity: price.price for price in result.capacity_prices}
    near = lacking_less(definition, prices, tolls, than)
    if near is None:
        return None
    locked = frozenset(name for lock in definition.policy.locks for name in lock.members)
    beaten = may_lack_less(near, prices, than, locked=locked)
    return None if beaten and tolls else beaten


def _sentence(checks: list[Check], result: Result, proven: int | None, tried: int | None) -> str:
    if not all(check.holds for check in checks):
        return "Nothing is proven, because the result has faults."
    if result.status is Status.INFEASIBLE:
        return (
            "Nothing is proven: the claim that no grouping keeps every rule comes with nothing "
            "to check it by."
        )
    grouping = f"The grouping keeps every rule and is worth {result.score / UNIT:.6f}"
    if result.status is Status.UNDECIDED:
        grouping = "No grouping was found"
    if proven is None:
        return f"{grouping}; its bound of {result.bound / UNIT:.6f} was not checked."
    text = f"{grouping}; the prices prove that none is worth more than {proven / UNIT:.6f}"
    if result.bound < proven and tried is not None:
        text += (
            ", and all ways to put the nearest groups together, "
            f"that none exceeds {tried / UNIT:.6f}"
        )
    elif result.bound < proven:
        text += f"; the claimed bound of {result.bound / UNIT:.6f} rests on branch and bound"
    return f"{text}."


def _partition_faults(definition: Definition, result: Result) -> Iterator[str]:
    placed = Counter(member for group in result.groups for member in group.members)
    left = Counter(entry.participant for entry in result.unmatched)
    for name in sorted(placed.keys() | left.keys()):
        if name not in definition.people:
            yield f"{name} is not a participant."
        elif left[name] > 1 or (left[name] and placed[name]):
            yield f"{name} occurs {placed[name] + left[name]} times."
        elif placed[name] > definition.places[name]:
            yield f"{name} is in {placed[name]} groups; at most {definition.places[name]} may be."
    yield from repeated_groups(group.members for group in result.groups)
    for name in sorted(set(definition.people) - set(placed) - set(left)):
        yield f"{name} is neither in a group nor unmatched."


def _focus_of(definition: Definition, group: Group) -> Focus | None:
    single = definition.policy.focus is FocusKind.TOPIC
    for focus in definition.foci():
        if focus[0] == group.theme and (not single or focus[1] == group.focus_topics):
            return focus
    return None


def _known(definition: Definition, group: Group) -> bool:
    return len(group.members) > 1 and set(group.members) <= set(definition.people)


def _rule_faults(definition: Definition, result: Result) -> Iterator[str]:
    for group in result.groups:
        focus = _focus_of(definition, group)
        if focus is None:
            yield f"{' and '.join(group.members)}: no topic belongs to the theme {group.theme}."
        elif len(group.members) < 2:  # noqa: PLR2004
            yield f"{' and '.join(group.members) or 'Nobody'} alone is no group."
        elif _known(definition, group):
            for fault in violations_of(definition, group.members, focus):
                yield f"{' and '.join(group.members)}: {fault}"
    placed = {member for group in result.groups for member in group.members}
    if result.status not in {Status.INFEASIBLE, Status.UNDECIDED}:
        for lock in definition.policy.locks:
            for name in sorted(set(lock.members) - placed):
                yield f"{name} must be placed: {lock.reason}."
        formed = [(group.members, group.theme) for group in result.groups]
        if all(_known(definition, group) for group in result.groups):
            yield from Limits(definition).faults(formed)


def _score_faults(definition: Definition, result: Result) -> Iterator[str]:
    for group in result.groups:
        focus = _focus_of(definition, group)
        if focus is None or not _known(definition, group):
            continue
        right = definition.group(group.members, focus)
        names = " and ".join(group.members)
        if group.members != right.members:
            yield f"{names}: the members are not in rising order."
        if group.score != right.score:
            yield f"{names}: the score is {right.score} and not {group.score}."
        if group.focus_topics != right.focus_topics:
            yield f"{names}: the focus topics are not those on which the members gain."
        told = {score.member: sorted(score.parts) for score in group.member_scores}
        if told != {score.member: sorted(score.parts) for score in right.member_scores}:
            yield f"{names}: the parts of the members' scores are not right."
    total = sum(group.score for group in result.groups)
    if total != result.score:
        yield f"The groups are worth {total} and not {result.score}."


def _claim_faults(definition: Definition, result: Result) -> Iterator[str]:
    if result.status is Status.INFEASIBLE:
        if result.groups or not result.infeasible_because:
            yield "An infeasible result has no groups, and says why."
        return
    if result.status is Status.UNDECIDED and result.groups:
        yield "An undecided result has no groups."
    if result.infeasible_because:
        yield "Only an infeasible result says why it is one."
    if not result.score <= result.bound <= result.price_bound:
        yield "It must hold that score ≤ bound ≤ price bound."
    if result.status is Status.OPTIMAL and result.score != result.bound:
        yield "An optimal result has a bound equal to its score."
    yield from _price_faults(definition, result)


def _price_faults(definition: Definition, result: Result) -> Iterator[str]:
    if [price.participant for price in result.prices] != sorted(definition.people):
        yield "There is not one price for each participant, in the order of their ids."
    locked = {name for lock in definition.policy.locks for name in lock.members}
    for price in result.prices:
        if price.price < 0 and price.participant not in locked:
            yield f"{price.participant} has a price below zero."
    places = Limits(definition).places
    if [price.capacity for price in result.capacity_prices] != sorted(places):
        yield "There is not one price for each capacity, in the order of their names."
        return
    for toll in result.capacity_prices:
        if toll.price < 0 and toll.capacity not in Limits.FREE:
            yield f"The capacity of {toll.capacity} has a price below zero."
    yield from _group_price_faults(definition, result)
    places_of = definition.places
    total = sum(price.price * places_of.get(price.participant, 0) for price in result.prices)
    total += sum(once.price for once in result.group_prices)
    total += sum(toll.price * places[toll.capacity] for toll in result.capacity_prices)
    if total != result.price_bound:
        yield f"The prices sum to {total} and not to {result.price_bound}."


def _group_price_faults(definition: Definition, result: Result) -> Iterator[str]:
    named = [once.members for once in result.group_prices]
    if named != sorted(set(named)):
        yield "The prices of groups are not ordered by their members, each once."
    for once in result.group_prices:
        names = " and ".join(once.members)
        if list(once.members) != sorted(set(once.members)) or once.price < 0:
            yield f"The group of {names} has no such price."
        if any(definition.places.get(name, 0) < 2 for name in once.members):  # noqa: PLR2004
            yield f"Of {names} not all may be in several groups, so that they have no price."
