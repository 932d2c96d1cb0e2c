"""Waivers: an authority excuses a subject from a criterion, for a reason and a time."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError

__all__ = ["Waiver", "WaiverCategory", "Waivers"]


class WaiverCategory(Enum):
    """Why the criterion may stay unmet."""

    WAIVED = "waived"
    MITIGATED = "mitigated"


@frozen(kw_only=True)
class Waiver:
    """A dated exception. The criterion is still shown unmet.

    Parameters
    ----------
    criterion
        Id of the rule that is waived.
    subject
        Who is excused.
    category
        Waived, or mitigated by something else.
    authority
        Who grants it.
    reason
        Why.
    issued_on
        First day on which it holds.
    expires_on
        First day on which it no longer holds; ``None`` means it has no end.
    reference
        Where the decision is filed.
    """

    criterion: str
    subject: CityId | ConsortiumId
    category: WaiverCategory
    authority: str
    reason: str
    issued_on: Date
    expires_on: Date | None = None
    reference: str = ""

    def __attrs_post_init__(self) -> None:
        require_date(self.issued_on, kind="issue of a waiver")
        require_kinds(self)
        for name in ("criterion", "authority", "reason"):
            if not getattr(self, name).strip():
                raise InvalidValueError(
                    kind="waiver", value=self.criterion, reason=f"has no {name}"
                )
        if self.expires_on is not None:
            require_date(self.expires_on, kind="expiry of a waiver")
            if self.expires_on <= self.issued_on:
                raise InvalidValueError(
                    kind="waiver", value=self.criterion, reason="must expire after it is issued"
                )

    def holds_on(self, day: Date) -> bool:
        """Tell whether the waiver is in force on a day; never on or after its expiry."""
        return self.issued_on <= day and (self.expires_on is None or day < self.expires_on)


@frozen(kw_only=True)
class Waivers:
    """Waivers as a file holds them.

    Parameters
    ----------
    waivers
        The waivers, in any order.
    """

    waivers: tuple[Waiver, ...]
