"""From a problem to arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from utm.domain.identifiers import ThemeId, TopicId
from utm.errors import InvalidInputError
from utm.pairing.arrays import Booleans, Floats, FocusArrays, Integers, PairingArrays
from utm.pairing.capacities import capacities_of
from utm.pairing.classes import classes_among
from utm.pairing.context import (
    common_slots,
    context_tables,
    millionths,
    shared_language_table,
)
from utm.pairing.hours import DAY_SLOTS, SLOT_MINUTES, office_slots
from utm.pairing.input_problem import problem_at
from utm.pairing.pair_parts import own_worths
from utm.pairing.pairs import FORBIDDEN, NamedPairs, PairFacets, PairTable, facets_of, kinds_of
from utm.pairing.participant import Participant
from utm.pairing.policy import Conflict, ExchangeRule, FocusKind, LanguageRule, Policy
from utm.pairing.problem import Problem

__all__ = ["arrays_of"]

_COPIES = 4
_CERTAIN = 1_000
_STEP = 6
_COUNTABLE = 1 << 62


def arrays_of(problem: Problem, *, apart: Collection[str] = ()) -> PairingArrays:
    """Compile a problem.

    Parameters
    ----------
    problem
        The problem.
    apart
        Participants to tell apart even from those who are alike.

    Notes
    -----
    Time and memory grow with n times the topics, and with the squares of the numbers of
    kinds of participants that each part of the context and each rule tells apart.
    """
    policy = problem.policy
    everybody = sorted(problem.participants, key=lambda participant: participant.id)
    classes = classes_among(problem, everybody, apart)
    copies = [
        (number, place) for number, members in enumerate(classes) for place in members[:_COPIES]
    ]
    rows = [everybody[place] for _, place in copies]
    row_of = {participant.id: row for row, participant in enumerate(rows)}
    slots = _slots(rows, policy)
    repeats = [
        (row_of[left], row_of[right])
        for left, right in problem.earlier_pairs
        if left in row_of and right in row_of
    ]
    context = {**context_tables(rows, policy, slots, repeats), **_own_parts(rows, policy)}
    lock_of = _lock_numbers(rows, policy)
    rules = [*_rules_on_two(rows, policy, slots, lock_of), _excluded(rows, policy)]
    pairs = facets_of(
        len(rows),
        [each for each in (*context.values(), *rules) if isinstance(each, PairTable)],
        [each for each in (*context.values(), *rules) if isinstance(each, NamedPairs)],
    )
    countries = sorted({p.country for p in rows})
    country = {name: number for number, name in enumerate(countries)}
    seats = _seats(policy, everybody, classes)
    worth_of_all = _enough(policy, int(seats.sum()))
    foci = [
        _focus(
            theme=theme,
            topics=topics,
            rows=rows,
            policy=policy,
            pairs=pairs,
        )
        for theme, topics in _foci(everybody, policy)
    ]
    languages, codes = _languages(rows, policy)
    capacities = capacities_of(
        policy, foci, languages, codes, classes=len(classes), seats=int(seats.sum())
    )
    priorities = _priorities(policy, everybody, classes)
    if policy.locks or policy.fewest_groups:
        _check_countable(worth_of_all, places=int(seats.sum() + capacities.places.sum()))
    must = _must(policy, everybody, classes, worth_of_all)
    must = np.append(must, capacities.required * worth_of_all)
    return PairingArrays(
        policy=policy,
        ids=tuple(participant.id for participant in everybody),
        class_members=classes,
        class_of=np.array([number for number, _ in copies], dtype=np.int64),
        places=np.append(seats, capacities.places),
        several=np.array(
            [len(classes[number]) == 1 < seats[number] for number, _ in copies], dtype=np.bool_
        ),
        capacities=capacities.names,
        uses=capacities.uses,
        conflicts=_conflicts(rows, policy),
        countries=np.array([country[p.country] for p in rows], dtype=np.int64),
        languages=languages,
        slots=slots,
        lock_of=lock_of,
        must=must,
        bonus=must + np.append(priorities, np.zeros_like(capacities.required)),
        most_loss=_most_loss(policy, int(seats.sum())),
        context=context,
        foci=capacities.foci,
    )


def _foci(
    everybody: Sequence[Participant], policy: Policy
) -> list[tuple[ThemeId, tuple[TopicId, ...]]]:
    topics = sorted({need.topic for p in everybody for need in p.needs})
    if policy.exchange is ExchangeRule.NOT_ASKED:
        topics = sorted({*topics, *(offer.topic for p in everybody for offer in p.offers)})
    if policy.focus is FocusKind.TOPIC:
        return [(topic.theme, (topic,)) for topic in topics]
    themes = sorted({topic.theme for topic in topics})
    return [(theme, tuple(t for t in topics if t.theme == theme)) for theme in themes]


def _lock_numbers(rows: Sequence[Participant], policy: Policy) -> Integers:
    """Return which lock holds each with others, or -1: who is locked alone meets anybody."""
    number = {
        name: index
        for index, lock in enumerate(policy.locks)
        if len(lock.members) > 1
        for name in lock.members
    }
    return np.array([number.get(p.id, -1) for p in rows], dtype=np.int64)


def _own_parts(rows: Sequence[Participant], policy: Policy) -> Mapping[str, PairTable | NamedPairs]:
    """Return what parts by third parties give any two, listed where most give nothing."""
    row_of = {participant.id: row for row, participant in enumerate(rows)}
    found: dict[str, PairTable | NamedPairs] = {}
    for name, worths in own_worths(policy.pair_parts, rows).items():
        pairs = [(row_of[one], row_of[two], worth) for (one, two), worth in worths.items()]
        if len(pairs) * 8 < len(rows) ** 2:
            found[name] = NamedPairs.made(len(rows), pairs)
            continue
        table = np.zeros((len(rows), len(rows)), dtype=np.int64)
        for left, right, worth in pairs:
            table[left, right] = table[right, left] = worth
        found[name] = PairTable(kinds=np.arange(len(rows), dtype=np.int64), table=table)
    return found


def _seats(
    policy: Policy, everybody: Sequence[Participant], classes: Sequence[Sequence[int]]
) -> Integers:
    """Return how many places in groups each class has: one for each that is like others."""
    most = {allowance.participant: allowance.most_groups for allowance in policy.allowances}
    most |= {name: 1 for lock in policy.locks for name in lock.members}
    return np.array(
        [
            most.get(everybody[members[0]].id, policy.groups_each)
            if len(members) == 1
            else len(members)
            for members in classes
        ],
        dtype=np.int64,
    )


def _enough(policy: Policy, seats: int) -> int:
    """Return a worth in millionths that no scores of two groupings can outweigh."""
    weights = policy.context
    gains = 2.0 + sum(
        getattr(weights, name)
        for name in (
            "climate",
            "population",
            "coast",
            "mountain",
            "river",
            "income",
            "language",
            "office_hours",
            "reciprocity",
        )
    )
    first = sum(millionths(priority.worth) for priority in policy.priorities)
    most = max(policy.groups_each, *(one.most_groups for one in policy.allowances), 1)
    others = 2 * 1_000_000 * len(policy.pair_parts)
    return (millionths(gains) + others) * seats + _most_loss(policy, seats) + first * most + 1


def _check_countable(enough: int, *, places: int) -> None:
    """Refuse a problem where the prices of all together might not fit into 64 bits.

    A price is at most the bonus of somebody who must be placed and the four of a group.
    """
    if 5 * enough * places >= _COUNTABLE:
        raise InvalidInputError(
            (
                problem_at(
                    "$.policy",
                    places,
                    "are too many places in groups to count in 64 bits what must be placed",
                    "Allow each participant fewer groups, or ask for no locks and no groups.",
                ),
            )
        )


def _most_loss(policy: Policy, seats: int) -> int:
    """Return how far below zero, in millionths, the score of a grouping can be at most."""
    costs = 12 * policy.context.hours_apart + policy.context.repeat
    return (millionths(costs) + 2 * 1_000_000 * len(policy.pair_parts)) * seats


def _must(
    policy: Policy,
    everybody: Sequence[Participant],
    classes: Sequence[Sequence[int]],
    enough: int,
) -> Integers:
    """Return a worth for placing the locked that no score can outweigh."""
    locked = {name for lock in policy.locks for name in lock.members}
    return np.array(
        [enough if everybody[members[0]].id in locked else 0 for members in classes],
        dtype=np.int64,
    )


def _priorities(
    policy: Policy, everybody: Sequence[Participant], classes: Sequence[Sequence[int]]
) -> Integers:
    worth = {priority.participant: millionths(priority.worth) for priority in policy.priorities}
    return np.array([worth.get(everybody[members[0]].id, 0) for members in classes], dtype=np.int64)


def _conflicts(rows: Sequence[Participant], policy: Policy) -> Booleans:
    """Return which copies each conflict names, shape (conflicts, n)."""
    held = np.zeros((len(policy.conflicts), len(rows)), dtype=np.bool_)
    for number, conflict in enumerate(policy.conflicts):
        members = set(conflict.members)
        held[number] = [p.id in members for p in rows]
    return held


def _languages(rows: Sequence[Participant], policy: Policy) -> tuple[Booleans, tuple[str, ...]]:
    """Return who speaks what, with one column more for any other language, and the codes."""
    names = sorted({name for p in rows for name in p.languages or ()})
    column = {name: index for index, name in enumerate(names)}
    speaks = np.zeros((len(rows), len(names) + 1), dtype=np.bool_)
    for row, participant in enumerate(rows):
        if participant.languages is None:
            speaks[row] = policy.admits_unknown
        else:
            speaks[row, [column[name] for name in participant.languages]] = True
    return speaks, tuple(names)


def _slots(rows: Sequence[Participant], policy: Policy) -> Booleans:
    """Return the office slots of each copy, shape (n, days, 96)."""
    kinds, first = kinds_of([p.timezone for p in rows])
    slots = np.array(
        [office_slots(rows[place].timezone, policy) for place in first], dtype=np.bool_
    )
    return slots.reshape(len(first), len(policy.reference_days), DAY_SLOTS)[kinds]


def _rules_on_two(
    rows: Sequence[Participant], policy: Policy, slots: Booleans, lock_of: Integers
) -> Iterator[PairTable]:
    """Yield every rule that two members alone can break, save those on two by name."""
    if policy.most_of_one_country == 1 or policy.fewest_countries >= policy.largest_group:
        kinds, first = kinds_of([p.country for p in rows])
        yield PairTable(kinds=kinds, table=_forbidding(~np.eye(len(first), dtype=np.bool_)))
    if policy.common_language is not LanguageRule.NOT_ASKED:
        shared = shared_language_table(rows, unknown=policy.admits_unknown)
        yield PairTable(kinds=shared.kinds, table=_forbidding(shared.table > 0))
    if policy.fewest_common_office_minutes > 0:
        kinds, first = kinds_of([p.timezone for p in rows])
        minutes = common_slots(slots[first]) * SLOT_MINUTES
        enough = minutes >= policy.fewest_common_office_minutes
        yield PairTable(kinds=kinds, table=_forbidding(enough))
    if (lock_of >= 0).any():  # somebody locked brings the whole lock along
        sizes = np.array([len(lock.members) for lock in policy.locks] + [1], dtype=np.int64)
        large = np.where(2 * sizes[lock_of] > policy.largest_group, lock_of, -1)
        kinds, first = kinds_of(list(zip(large.tolist(), sizes[lock_of].tolist(), strict=True)))
        seats, number = sizes[lock_of][first], large[first]
        crowded = seats[:, None] + seats[None, :] > policy.largest_group
        same = (number[:, None] == number[None, :]) & (number >= 0)
        yield PairTable(kinds=kinds, table=_forbidding(~crowded | same))
    alone = [each for each in policy.conflicts if each.most_together == 1]
    if alone:
        yield _conflicting(rows, alone)


def _forbidding(allowed: Booleans) -> Integers:
    return np.where(allowed, 0, FORBIDDEN).astype(np.int64)


def _conflicting(rows: Sequence[Participant], conflicts: Sequence[Conflict]) -> PairTable:
    """Return the rule of conflicts of which a group may hold one member."""
    held: dict[str, list[int]] = {}
    for number, conflict in enumerate(conflicts):
        for name in conflict.members:
            held.setdefault(name, []).append(number)
    kinds, first = kinds_of([tuple(held.get(p.id, ())) for p in rows])
    holds = np.zeros((len(first), len(conflicts)), dtype=np.float64)
    for kind, place in enumerate(first):
        holds[kind, held.get(rows[place].id, [])] = 1.0
    return PairTable(kinds=kinds, table=_forbidding(holds @ holds.T == 0))


def _excluded(rows: Sequence[Participant], policy: Policy) -> NamedPairs:
    row_of: Mapping[str, int] = {p.id: row for row, p in enumerate(rows)}
    pairs = [tuple(row_of[name] for name in each.members) for each in policy.exclusions]
    return NamedPairs.made(len(rows), [(left, right, FORBIDDEN) for left, right in pairs])


def _focus(
    *,
    theme: ThemeId,
    topics: tuple[TopicId, ...],
    rows: Sequence[Participant],
    policy: Policy,
    pairs: PairFacets,
) -> FocusArrays:
    needs, misses = _needs_and_misses(topics, rows, policy)
    stake = needs.sum(axis=1) + (needs > 0).sum(axis=1)  # weights were rounded: a millionth each
    can_be_tied = _can_be_tied(needs, misses, policy)
    return FocusArrays(
        theme=theme,
        topics=topics,
        needs=needs,
        misses=misses,
        pairs=pairs,
        shared_challenge=millionths(policy.shared_challenge),
        can_be_tied=can_be_tied,
        fits=(stake >= millionths(policy.least_stake_share))
        & can_be_tied
        & (len({participant.country for participant in rows}) >= policy.fewest_countries),
        exchange=policy.exchange,
    )


def _can_be_tied(needs: Floats, misses: Floats, policy: Policy) -> Booleans:
    """Return who needs what another offers, or the reverse, or needs the same if that counts."""
    if policy.exchange is ExchangeRule.NOT_ASKED:
        return np.ones(len(needs), dtype=np.bool_)
    needed, offered = needs > 0, misses < _CERTAIN
    needers, offerers = needed.sum(axis=0), offered.sum(axis=0)
    tied = (needed & (offerers - offered > 0)) | (offered & (needers - needed > 0))
    if policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED:
        tied |= needed & (needers > 1)
    able: Booleans = np.logical_or.reduce(tied, axis=1)
    return able


def _needs_and_misses(
    topics: tuple[TopicId, ...], rows: Sequence[Participant], policy: Policy
) -> tuple[Floats, Floats]:
    column = {topic: index for index, topic in enumerate(topics)}
    needs = np.zeros((len(rows), len(topics)), dtype=np.float64)
    misses = np.full((len(rows), len(topics)), float(_CERTAIN), dtype=np.float64)
    for row, participant in enumerate(rows):
        for need in participant.needs:
            if need.topic in column:
                needs[row, column[need.topic]] = millionths(need.weight_share)
        for offer in participant.offers:
            if offer.topic in column:
                chance = round(policy.helpfulness[offer.maturity - 1] * _CERTAIN)
                misses[row, column[offer.topic]] = _CERTAIN - chance
    return needs, misses
