"""Rules of an invented problem that name participants or count groups."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from attrs import evolve

from utm.domain.identifiers import ThemeId
from utm.pairing.instances.draw import Draw
from utm.pairing.instances.family import Family
from utm.pairing.participant import Participant
from utm.pairing.policy import (
    Conflict,
    Exclusion,
    LanguageCapacity,
    Lock,
    Policy,
    Priority,
    ThemeCapacity,
)

__all__ = ["earlier_pairs_of", "policy_of"]

_REASON = "invented"
_RULES, _PAIRS = 0x52554C4553, 0x5041495253
"""Streams of their own, so that rules leave the participants as they are."""


def policy_of(family: Family, people: Sequence[Participant], seed: int) -> Policy:
    """Return the policy of a family with the rules that name its participants."""
    draw = Draw(seed ^ _RULES)
    ids = [person.id for person in people]
    able = [person.id for person in people if _is_easy_to_place(family, person)]
    count = len(people)
    exclusions = _companies(draw, ids, ceil(family.excluded_share * count), 2)
    conflicts = _companies(draw, ids, ceil(family.conflict_share * count), 3)
    placed = draw.some(ceil(family.must_place_share * count), len(able))
    first = draw.some(ceil(family.priority_share * count), count)
    return evolve(
        family.policy,
        exclusions=tuple(Exclusion(members=pair, reason=_REASON) for pair in exclusions),
        conflicts=tuple(Conflict(members=three, reason=_REASON) for three in conflicts),
        locks=tuple(Lock(members=(able[index],), reason=_REASON) for index in placed),
        priorities=tuple(
            Priority(participant=ids[index], worth=(1 + draw.below(4)) / 10, reason=_REASON)
            for index in first
        ),
        theme_capacities=_theme_capacities(family, count),
        language_capacities=_language_capacities(family, people),
    )


def _is_easy_to_place(family: Family, person: Participant) -> bool:
    """Tell whether a partner is likely to be found: not certain, but no trap either."""
    speaks = not family.english_share or "en" in (person.languages or ())
    return speaks and bool(person.needs) and bool(person.offers)


def earlier_pairs_of(
    family: Family, people: Sequence[Participant], seed: int
) -> tuple[tuple[str, str], ...]:
    """Return pairs who were in one group before."""
    ids = [person.id for person in people]
    pairs = _companies(Draw(seed ^ _PAIRS), ids, ceil(family.repeat_share * len(ids)), 2)
    return tuple((left, right) for left, right in pairs)


def _companies(draw: Draw, ids: Sequence[str], count: int, size: int) -> list[tuple[str, ...]]:
    """Return up to so many different companies of some participants each, sorted."""
    if len(ids) < size:
        return []
    found = {tuple(ids[index] for index in draw.some(size, len(ids))) for _ in range(count)}
    return sorted(found)


def _theme_capacities(family: Family, count: int) -> tuple[ThemeCapacity, ...]:
    if family.theme_groups_share is None:
        return ()
    most = ceil(family.theme_groups_share * count)
    return tuple(
        ThemeCapacity(theme=ThemeId(f"theme-{number + 1}"), most_groups=most)
        for number in range(family.themes)
    )


def _language_capacities(
    family: Family, people: Sequence[Participant]
) -> tuple[LanguageCapacity, ...]:
    if family.language_groups_share is None:
        return ()
    spoken = sorted({code for person in people for code in person.languages or ()})
    most = ceil(family.language_groups_share * len(people))
    return tuple(LanguageCapacity(language=code, most_groups=most) for code in spoken)
