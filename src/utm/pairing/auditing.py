"""Who would rather leave together, who gets least, whose place is envied."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, join, learning_and_worth
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import example_of
from utm.pairing.envy import Envy, envies
from utm.pairing.group import Group
from utm.pairing.input_problem import check_is_answer
from utm.pairing.pricing import priced_above
from utm.pairing.problem import Problem
from utm.pairing.result import Result
from utm.pairing.stopping import StopCriterion, Watch

__all__ = ["Audit", "BlockingGroup", "Gain", "audit"]

_MOST = 100_000


@frozen(kw_only=True)
class BlockingGroup:
    """Participants who would all gain by leaving their groups for this one.

    Parameters
    ----------
    group
        The group that they could form; every rule admits it.
    least_gain
        What the member who gains least would gain, in millionths; above the threshold.
    """

    group: Group
    least_gain: int


@frozen(kw_only=True, order=True)
class Gain:
    """What one participant has from a grouping.

    Parameters
    ----------
    score
        Millionths, from all its groups; zero for the unmatched.
    participant
        Its id.
    """

    score: int
    participant: str


@frozen(kw_only=True)
class Audit:
    """How stable and how fair a grouping is.

    Parameters
    ----------
    blocking
        Groups that would rather leave together, the largest least gain first.
    complete
        Whether all groups were looked at. Where true and ``blocking`` is empty, there is
        none: the grouping is stable.
    tempted
        Participants in at least one blocking group.
    gains
        What everybody has, the least first.
    envious
        Who would gain more in the place of another, with the place liked most, by id.
    """

    blocking: tuple[BlockingGroup, ...]
    complete: bool
    tempted: tuple[str, ...]
    gains: tuple[Gain, ...]
    envious: tuple[Envy, ...]

    @property
    def is_stable(self) -> bool | None:
        """Whether no group would rather leave; ``None`` where not all were looked at."""
        if self.blocking:
            return False
        return True if self.complete else None


def audit(
    problem: Problem,
    result: Result,
    *,
    more_than: int = 0,
    most: int = 1_000,
    stop: StopCriterion | None = None,
) -> Audit:
    """Find the groups whose members would all gain by leaving together.

    Parameters
    ----------
    problem, result
        A problem and its result.
    more_than
        Each member must gain more than this, in millionths.
    most
        Report at most so many blocking groups.
    stop
        Asked now and then; score and bound of its progress are unknown.

    Raises
    ------
    InvalidInputError
        The result is that of another problem.

    Notes
    -----
    A group all of whose members gain is worth more than they have now, so the search at
    prices equal to what everybody has now meets all of them. It is exact, and slow where
    many would rather leave. Capacities and numbers of groups do not bind those who leave.
    Who may be in several groups gives up nothing while it is in fewer, and otherwise the
    group from which it gains least.
    """
    watch = Watch(stop, "auditing")
    check_is_answer(problem, result)
    everybody = [participant.id for participant in problem.participants]
    arrays = arrays_of(problem, apart=everybody)
    names = [arrays.ids[members[0]] for members in arrays.class_members]
    gains: dict[str, list[int]] = {name: [] for name in everybody}
    for group in result.groups:
        for scores in group.member_scores:
            gains[scores.member].append(scores.gain)
    has = {name: sum(gained) for name, gained in gains.items()}
    gives_up = {
        name: 0 if len(gains[name]) < places else min(gains[name])
        for name, places in zip(names, arrays.seats.tolist(), strict=True)
    }
    now = np.array([gives_up[name] for name in names], dtype=np.int64)
    formed = {group.members for group in result.groups}
    parts: list[Columns] = []
    seen, complete = 0, True
    for number in range(len(arrays.foci)):
        for columns in priced_above(arrays, number, now, 0):
            better = columns.taken(_least_gains(arrays, columns, now) > more_than)
            better = _not_formed(arrays, better, formed)
            parts.append(better)
            seen += len(better)
            if seen > _MOST or watch.is_over(seen):
                complete = False
                break
        if not complete:
            break
    found = join(arrays, parts)
    told = _audit(arrays, found, now, has, complete=complete, most=most)
    return evolve(told, envious=envies(arrays, result.groups, gives_up))


def _not_formed(arrays: PairingArrays, columns: Columns, formed: set[tuple[str, ...]]) -> Columns:
    """Return the columns whose members are not a group already."""
    if not arrays.several.any():
        return columns  # whoever is in one group does not gain in it
    rows: list[list[int]] = columns.copies.tolist()
    new = [
        tuple(arrays.ids[arrays.class_members[row][0]] for row in copies if row >= 0) not in formed
        for copies in rows
    ]
    return columns.taken(np.array(new, dtype=np.bool_))


def _least_gains(arrays: PairingArrays, columns: Columns, now: Integers) -> Integers:
    """Return for each column what the member that gains least would gain."""
    least = np.zeros(len(columns), dtype=np.int64)
    for number, focus in enumerate(arrays.foci):
        for size in (2, 3, 4):
            chosen = (columns.focus == number) & ((columns.copies >= 0).sum(axis=1) == size)
            members = columns.copies[chosen, :size]
            learning, pairs = learning_and_worth(focus, members)
            least[chosen] = (learning + pairs - now[members]).min(axis=1, initial=2**62)
    return least


def _audit(
    arrays: PairingArrays,
    found: Columns,
    now: Integers,
    has: dict[str, int],
    *,
    complete: bool,
    most: int,
) -> Audit:
    least = _least_gains(arrays, found, now)
    order = np.argsort(-least, kind="stable")
    _, first = np.unique(found.copies[order], axis=0, return_index=True)
    order = order[np.sort(first)][:most]  # each once, though it may work in two languages
    rows = np.unique(found.copies[found.copies >= 0])
    return Audit(
        blocking=tuple(
            BlockingGroup(group=example_of(arrays, found, int(index)), least_gain=int(least[index]))
            for index in order
        ),
        complete=complete,
        tempted=tuple(arrays.ids[arrays.class_members[int(row)][0]] for row in rows),
        gains=tuple(sorted(Gain(score=score, participant=name) for name, score in has.items())),
        envious=(),
    )
