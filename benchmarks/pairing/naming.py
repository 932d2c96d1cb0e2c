"""From the name of an instance to its problem: the real edition, and generated ones."""

from functools import cache

from utm.pairing import Problem, ProposedGroup
from utm.pairing.instances import InstanceName
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

REAL = "city2city-2026"
"""The 51 listed cities of the City2City 2026 edition, their needs derived from its groups."""


@cache
def problem_of(name: str) -> Problem:
    """The problem of a name.

    Raises
    ------
    InvalidValueError
        The text is no name of an instance.
    """
    if name != REAL:
        return InstanceName.parse(name).problem()
    people = tuple(participant_of(one) for one in city2city_2026().applications)
    return Problem(participants=people, policy=city2city_policy())


def seed_of(name: str) -> int:
    return 1 if name == REAL else InstanceName.parse(name).seed


def order_of(name: str) -> tuple[str, int, int]:
    """Families side by side, small before large."""
    if name == REAL:
        return "", 0, 0
    parsed = InstanceName.parse(name)
    return parsed.family, parsed.participants, parsed.seed


def published_edition() -> tuple[ProposedGroup, ...]:
    """The groups of the real edition as they were published."""
    return tuple(
        ProposedGroup(members=tuple(member.value for member in group.members), theme=group.theme)
        for group in city2city_2026().edition.pairings
    )
