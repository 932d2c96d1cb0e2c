"""Everything that can be wrong with a policy, found in one go."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import fields

from utm.domain.identifiers import TopicId
from utm.errors import InputProblem
from utm.pairing.input_problem import (
    is_finite,
    problem_at,
    problems_of_members,
    problems_of_reason,
)
from utm.pairing.limit_check import problems_of_limits
from utm.pairing.pair_parts import PairPart
from utm.pairing.policy import ContextWeights, Policy

__all__ = ["PROBLEM_FORMAT", "problems_of_policy"]

PROBLEM_FORMAT = "utm.pairing-problem"

SLOT_MINUTES = 15
_PART_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DAY_MINUTES = 24 * 60
_LARGEST_GROUP = 4
_MATURITIES = 5
_HIGHEST_WEIGHT = 1.0
_FIRST_YEAR = 1973  # before, some clocks were not a multiple of 15 minutes from UTC


def problems_of_policy(
    policy: Policy, ids: frozenset[str], topics: frozenset[TopicId] | None
) -> Iterator[InputProblem]:
    """Yield every problem of a policy for the given participants, and topics if they are named."""
    yield from _problems_of_sizes(policy)
    yield from _problems_of_hours(policy)
    yield from _problems_of_weights(policy)
    yield from _problems_of_parts(policy)
    yield from _problems_of_locks(policy, ids)
    yield from _problems_of_exclusions(policy, ids)
    yield from problems_of_limits(policy, ids, topics)


def _whole(value: object, least: int, most: float) -> bool:
    return type(value) is int and least <= value <= most


def _number(value: object, least: float, most: float) -> bool:
    return type(value) in {int, float} and least <= value <= most  # type: ignore[operator]


def _problems_of_sizes(policy: Policy) -> Iterator[InputProblem]:
    for name in ("smallest_group", "largest_group"):
        value = getattr(policy, name)
        if not _whole(value, 2, _LARGEST_GROUP):
            yield problem_at(f"$.policy.{name}", value, "must be 2, 3 or 4", "Use 2, 3 or 4.")
    if policy.smallest_group > policy.largest_group:
        yield problem_at(
            "$.policy.smallest_group",
            policy.smallest_group,
            f"is larger than the largest group, of {policy.largest_group}",
            "Lower it, or raise largest_group.",
        )
    if not _whole(policy.fewest_countries, 1, _LARGEST_GROUP):
        yield problem_at(
            "$.policy.fewest_countries",
            policy.fewest_countries,
            "must be within 1 and 4",
            "Use 1 for no rule.",
        )
    if policy.most_of_one_country is not None and not _whole(
        policy.most_of_one_country, 1, math.inf
    ):
        yield problem_at(
            "$.policy.most_of_one_country",
            policy.most_of_one_country,
            "must be 1 or more",
            "Leave it out for no limit.",
        )


def _problems_of_hours(policy: Policy) -> Iterator[InputProblem]:
    opens, closes = policy.office_opens_minute, policy.office_closes_minute
    for name, value in (("office_opens_minute", opens), ("office_closes_minute", closes)):
        if not _whole(value, 0, _DAY_MINUTES) or value % SLOT_MINUTES:
            yield problem_at(
                f"$.policy.{name}",
                value,
                "must be minutes since midnight in steps of 15",
                "Write 540 for nine o'clock.",
            )
    if opens >= closes:
        yield problem_at(
            "$.policy.office_opens_minute", opens, "is not before closing", "Exchange the two."
        )
    if not _whole(policy.fewest_common_office_minutes, 0, _DAY_MINUTES):
        yield problem_at(
            "$.policy.fewest_common_office_minutes",
            policy.fewest_common_office_minutes,
            "must be whole minutes of a day",
            "Use 0 for no rule.",
        )
    days = policy.reference_days
    if not days or any(day.year < _FIRST_YEAR for day in days):
        yield problem_at(
            "$.policy.reference_days",
            days,
            f"must be one or more days, none before {_FIRST_YEAR}",
            "Name one day in January and one in July.",
        )


def _problems_of_weights(policy: Policy) -> Iterator[InputProblem]:
    named = [
        ("$.policy.shared_challenge", policy.shared_challenge),
        ("$.policy.least_stake_share", policy.least_stake_share),
        ("$.policy.least_benefit", 0.0 if policy.least_benefit is None else policy.least_benefit),
    ]
    thresholds = {"population_bands", "coast_within_km", "mountain_from_m"}
    for attribute in fields(ContextWeights):
        if attribute.name not in thresholds:
            value = getattr(policy.context, attribute.name)
            named.append((f"$.policy.context.{attribute.name}", value))
    for path, value in named:
        if not _number(value, 0.0, _HIGHEST_WEIGHT):
            yield problem_at(path, value, "must be within 0 and 1", "Use 0 to switch it off.")
    chances = policy.helpfulness
    if (
        len(chances) != _MATURITIES
        or not all(_number(chance, 0.0, 1.0) for chance in chances)
        or any(left > right for left, right in pairwise(chances))
    ):
        yield problem_at(
            "$.policy.helpfulness",
            chances,
            "must be five chances within 0 and 1 that never fall",
            "Give one chance for each maturity from 1 to 5.",
        )
    yield from _problems_of_thresholds(policy.context)


def _problems_of_thresholds(context: ContextWeights) -> Iterator[InputProblem]:
    bands = context.population_bands
    if not all(_whole(band, 1, math.inf) for band in bands) or any(
        left >= right for left, right in pairwise(bands)
    ):
        yield problem_at(
            "$.policy.context.population_bands", bands, "must rise", "Sort them, from 1 upwards."
        )
    for name in ("coast_within_km", "mountain_from_m"):
        value = getattr(context, name)
        if not is_finite(value):
            yield problem_at(f"$.policy.context.{name}", value, "is not a number", "Give a number.")


def _is_pair_part(part: object) -> bool:
    return isinstance(part, PairPart) and callable(part.worth)


def _problems_of_parts(policy: Policy) -> Iterator[InputProblem]:
    taken = {"learning", "shared_challenge", "priority"}
    taken |= {attribute.name for attribute in fields(ContextWeights)}
    for index, part in enumerate(policy.pair_parts):
        path = f"$.policy.pair_parts[{index}]"
        if not _is_pair_part(part):
            yield problem_at(path, part, "is no pair part", "Give it a name and a worth.")
            continue
        if type(part.name) is not str or not _PART_NAME.fullmatch(part.name):
            yield problem_at(path, part.name, "is no such name", "Use letters a to z, digits, _.")
        elif part.name in taken:
            yield problem_at(path, part.name, "names another part", "Give it another name.")
        else:
            taken.add(part.name)


def _problems_of_locks(policy: Policy, ids: frozenset[str]) -> Iterator[InputProblem]:
    locked: dict[str, int] = {}
    for index, lock in enumerate(policy.locks):
        path = f"$.policy.locks[{index}]"
        if not 1 <= len(lock.members) <= _LARGEST_GROUP:
            yield problem_at(
                path, lock.members, f"locks {len(lock.members)} participants", "Lock one to four."
            )
        yield from problems_of_members(path, lock.members, ids)
        yield from problems_of_reason(path, lock.reason)
        for member in sorted(set(lock.members)):
            if member in locked:
                yield problem_at(
                    path,
                    member,
                    f"is locked in $.policy.locks[{locked[member]}] already",
                    "Join the two locks.",
                )
            locked.setdefault(member, index)


def _problems_of_exclusions(policy: Policy, ids: frozenset[str]) -> Iterator[InputProblem]:
    pair = 2
    seen: dict[tuple[str, ...], int] = {}
    for index, exclusion in enumerate(policy.exclusions):
        path = f"$.policy.exclusions[{index}]"
        if len(exclusion.members) != pair:
            yield problem_at(
                path,
                exclusion.members,
                "must name exactly two",
                "Write one exclusion for each two.",
            )
        yield from problems_of_members(path, exclusion.members, ids)
        yield from problems_of_reason(path, exclusion.reason)
        if exclusion.members in seen:
            yield problem_at(
                path,
                exclusion.members,
                f"repeats $.policy.exclusions[{seen[exclusion.members]}]",
                "Remove one of the two.",
            )
        seen.setdefault(exclusion.members, index)
