"""From a problem to arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.arrays import Booleans, Floats, FocusArrays, Integers, PairingArrays
from utm.pairing.capacities import capacities_of
from utm.pairing.context import context_matrices, millionths, shared_language_matrix
from utm.pairing.hours import DAY_SLOTS, SLOT_MINUTES, office_slots
from utm.pairing.participant import Participant
from utm.pairing.policy import ExchangeRule, FocusKind, LanguageRule, Policy
from utm.pairing.problem import Problem

__all__ = ["arrays_of"]

_COPIES = 4
_CERTAIN = 1_000
_STEP = 6


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
    Time and memory grow with n² times the number of context parts and themes.
    """
    policy = problem.policy
    everybody = sorted(problem.participants, key=lambda participant: participant.id)
    classes = _classes(problem, everybody, apart)
    copies = [
        (number, place) for number, members in enumerate(classes) for place in members[:_COPIES]
    ]
    rows = [everybody[place] for _, place in copies]
    row_of = {participant.id: row for row, participant in enumerate(rows)}
    slots = np.array([office_slots(p.timezone, policy) for p in rows], dtype=np.bool_)
    slots = slots.reshape(len(rows), len(policy.reference_days), DAY_SLOTS)
    repeats = [
        (row_of[left], row_of[right])
        for left, right in problem.earlier_pairs
        if left in row_of and right in row_of
    ]
    context = context_matrices(rows, policy, slots, repeats)
    lock_of = _lock_numbers(rows, policy)
    together = _may_be_together(rows, policy, slots, lock_of)
    worth = sum(context.values(), start=np.zeros((len(rows), len(rows)), dtype=np.int64))
    countries = sorted({p.country for p in rows})
    must = _must(policy, everybody, classes)
    worth_of_all = _enough(policy, len(everybody))
    foci = [
        _focus(
            theme=theme,
            topics=topics,
            rows=rows,
            policy=policy,
            context=worth,
            together=together,
        )
        for theme, topics in _foci(everybody, policy)
    ]
    languages, codes = _languages(rows, policy)
    capacities = capacities_of(
        policy, foci, languages, codes, classes=len(classes), participants=len(everybody)
    )
    seats = np.array([len(members) for members in classes], dtype=np.int64)
    priorities = _priorities(policy, everybody, classes)
    must = np.append(must, capacities.required * worth_of_all)
    return PairingArrays(
        policy=policy,
        ids=tuple(participant.id for participant in everybody),
        class_members=classes,
        class_of=np.array([number for number, _ in copies], dtype=np.int64),
        places=np.append(seats, capacities.places),
        capacities=capacities.names,
        uses=capacities.uses,
        conflicts=_conflicts(rows, policy),
        countries=np.array([countries.index(p.country) for p in rows], dtype=np.int64),
        languages=languages,
        slots=slots,
        lock_of=lock_of,
        must=must,
        bonus=must + np.append(priorities, np.zeros_like(capacities.required)),
        context=context,
        foci=capacities.foci,
    )


def _classes(
    problem: Problem, everybody: Sequence[Participant], apart: Collection[str]
) -> tuple[tuple[int, ...], ...]:
    named = set(apart)
    named |= {name for lock in problem.policy.locks for name in lock.members}
    named |= {name for exclusion in problem.policy.exclusions for name in exclusion.members}
    named |= {name for conflict in problem.policy.conflicts for name in conflict.members}
    named |= {priority.participant for priority in problem.policy.priorities}
    named |= {name for pair in problem.earlier_pairs for name in pair}
    alike: dict[object, list[int]] = {}
    for place, p in enumerate(everybody):
        key: object = (
            tuple((need.topic, millionths(need.weight_share)) for need in p.needs),
            tuple((offer.topic, offer.maturity) for offer in p.offers),
            (p.country, p.languages, p.timezone, p.climate, p.population),
            (p.coast_km, p.elevation_m, p.on_river, p.income),
        )
        alike.setdefault(p.id if p.id in named else key, []).append(place)
    return tuple(tuple(members) for members in alike.values())


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
    number = {name: index for index, lock in enumerate(policy.locks) for name in lock.members}
    return np.array([number.get(p.id, -1) for p in rows], dtype=np.int64)


def _enough(policy: Policy, participants: int) -> int:
    """Return a worth in millionths that no score of a grouping can outweigh."""
    weights = policy.context
    costs = 12 * weights.hours_apart + weights.repeat
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
        )
    )
    first = sum(millionths(priority.worth) for priority in policy.priorities)
    return (millionths(gains) + millionths(costs)) * participants + first + 1


def _must(
    policy: Policy, everybody: Sequence[Participant], classes: Sequence[Sequence[int]]
) -> Integers:
    """Return a worth for placing the locked that no score can outweigh."""
    enough = _enough(policy, len(everybody))
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
    held = [[p.id in set(conflict.members) for p in rows] for conflict in policy.conflicts]
    return np.array(held, dtype=np.bool_).reshape(len(policy.conflicts), len(rows))


def _languages(rows: Sequence[Participant], policy: Policy) -> tuple[Booleans, tuple[str, ...]]:
    """Return who speaks what, with one column more for any other language, and the codes."""
    names = sorted({name for p in rows for name in p.languages or ()})
    speaks = np.zeros((len(rows), len(names) + 1), dtype=np.bool_)
    for row, participant in enumerate(rows):
        if participant.languages is None:
            speaks[row] = policy.admits_unknown
        else:
            speaks[row, [names.index(name) for name in participant.languages]] = True
    return speaks, tuple(names)


def _may_be_together(
    rows: Sequence[Participant], policy: Policy, slots: Booleans, lock_of: Integers
) -> Booleans:
    """Apply every rule that two members alone can break."""
    n = len(rows)
    together = ~np.eye(n, dtype=np.bool_)
    if policy.most_of_one_country == 1:
        countries = np.array([p.country for p in rows], dtype=object)
        together &= np.not_equal.outer(countries, countries).astype(np.bool_)
    if policy.common_language is not LanguageRule.NOT_ASKED:
        together &= shared_language_matrix(rows, unknown=policy.admits_unknown)
    if policy.fewest_common_office_minutes > 0:
        for day in range(slots.shape[1]):
            open_then = slots[:, day, :].astype(np.float64)
            minutes = open_then @ open_then.T * SLOT_MINUTES
            together &= minutes >= policy.fewest_common_office_minutes
    sizes = np.array([len(lock.members) for lock in policy.locks] + [1], dtype=np.int64)
    seats = sizes[lock_of]  # somebody locked brings the whole lock along
    crowded = seats[:, None] + seats[None, :] > policy.largest_group
    together &= ~crowded | ((lock_of[:, None] == lock_of[None, :]) & (lock_of >= 0))
    row_of: Mapping[str, int] = {p.id: row for row, p in enumerate(rows)}
    for exclusion in policy.exclusions:
        left, right = (row_of[name] for name in exclusion.members)
        together[left, right] = together[right, left] = False
    for conflict in policy.conflicts:
        if conflict.most_together == 1:
            held = np.array([row_of[name] for name in conflict.members], dtype=np.int64)
            together[np.ix_(held, held)] = False
    return together


def _focus(
    *,
    theme: ThemeId,
    topics: tuple[TopicId, ...],
    rows: Sequence[Participant],
    policy: Policy,
    context: Integers,
    together: Booleans,
) -> FocusArrays:
    needs, misses = _needs_and_misses(topics, rows, policy)
    overlap = np.zeros((len(rows), len(rows)), dtype=np.float64)
    for column in range(len(topics)):
        overlap += np.minimum.outer(needs[:, column], needs[:, column])
    per_unit = millionths(policy.shared_challenge)
    shared = per_unit * overlap.astype(np.int64) // (1_000_000 * _STEP) * _STEP
    helped = needs @ (_CERTAIN - misses).T > 0
    tied = np.ones_like(together)
    if policy.exchange is not ExchangeRule.NOT_ASKED:
        tied = helped | helped.T
    if policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED:
        tied = tied | (overlap > 0)
    stake = needs.sum(axis=1) + (needs > 0).sum(axis=1)  # weights were rounded: a millionth each
    fits = stake >= millionths(policy.least_stake_share)
    fits &= (tied & together).any(axis=1)
    return FocusArrays(
        theme=theme,
        topics=topics,
        needs=needs,
        misses=misses,
        pair_worth=(context + shared).astype(np.float64),
        shared=shared,
        tied=tied & ~np.eye(len(rows), dtype=np.bool_),
        together=together & fits[:, None] & fits[None, :],
    )


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
