"""What a policy says of participants by name, and how many groups can be facilitated."""

from __future__ import annotations

from attrs import field, frozen

from utm.domain.identifiers import ThemeId
from utm.pairing.rows import in_order

__all__ = [
    "Allowance",
    "Conflict",
    "Exclusion",
    "LanguageCapacity",
    "Lock",
    "Priority",
    "ThemeCapacity",
]


def _sorted_members(members: tuple[str, ...]) -> tuple[str, ...]:
    return in_order(members, str)


@frozen(kw_only=True)
class Lock:
    """Participants that must be placed, together, in one group.

    Parameters
    ----------
    members
        One to four participants; one alone means that it must be placed.
    reason
        Why, for the record.
    """

    members: tuple[str, ...] = field(converter=_sorted_members)
    reason: str


@frozen(kw_only=True)
class Exclusion:
    """Two participants that must not be in one group.

    Parameters
    ----------
    members
        The two.
    reason
        Why, for the record.
    """

    members: tuple[str, ...] = field(converter=_sorted_members)
    reason: str


@frozen(kw_only=True)
class Conflict:
    """Participants of whom only so many may be in one group.

    Parameters
    ----------
    members
        Two or more participants.
    reason
        Why, for the record.
    most_together
        How many of them one group may hold, at least 1.
    """

    members: tuple[str, ...] = field(converter=_sorted_members)
    reason: str
    most_together: int = 1


@frozen(kw_only=True)
class Allowance:
    """In how many groups one participant may be, where that differs from the others.

    Parameters
    ----------
    participant
        Its id. Who is named in a lock is in the one group of the lock, so it has none.
    most_groups
        From 1 to 100.
    reason
        Why, for the record.
    """

    participant: str
    most_groups: int
    reason: str


@frozen(kw_only=True)
class Priority:
    """What it is worth to place a participant at all, beside what it gains.

    Parameters
    ----------
    participant
        Its id.
    worth
        In units of one fully met need, from 0 to 10. It is part of the score, once for each
        group that the participant is in.
    reason
        Why, for the record.
    """

    participant: str
    worth: float
    reason: str


@frozen(kw_only=True)
class ThemeCapacity:
    """How many groups may work under a theme, as only so many can be facilitated.

    Parameters
    ----------
    theme
        The theme.
    most_groups
        Groups at most; 0 closes the theme.
    """

    theme: ThemeId
    most_groups: int


@frozen(kw_only=True)
class LanguageCapacity:
    """How many groups may work in a language, as only so many can be facilitated.

    Where a policy has such capacities, each group works in one language that all its
    members speak. A language without a capacity has no limit.

    Parameters
    ----------
    language
        ISO 639 code.
    most_groups
        Groups at most; 0 where nobody can facilitate in it.
    """

    language: str
    most_groups: int
