"""Actions that were paid for: who paid whom, how much, where; evidence of who pays at all."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import ExternalId, Identifier
from utm.domain.money import Money
from utm.domain.names import clean_name
from utm.domain.places import CountryCode
from utm.domain.prose import require_distinct
from utm.errors import InvalidValueError

__all__ = ["ActionStatus", "FundedAction", "FundedActionId", "Organisation"]


@frozen(order=True)
class FundedActionId(Identifier):
    """Key of a funded action."""

    KIND: ClassVar[str] = "funded action id"


class ActionStatus(Enum):
    """Where an action stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"


@frozen(kw_only=True, order=True)
class Organisation:
    """An organisation as a publisher of data names it.

    Parameters
    ----------
    name
        Its name.
    identifier
        Key that the publisher gave it, e.g. ``GB-COH-1234567``; may be empty.
    """

    name: str
    identifier: str = ""

    def __attrs_post_init__(self) -> None:
        clean_name(self.name, kind="name of an organisation")


@frozen(kw_only=True)
class FundedAction:
    """A grant or an activity that somebody pays or paid for.

    Parameters
    ----------
    id
        Its key here.
    external
        The key under which it was published, exactly.
    title
        One line.
    funders, recipients
        Who pays, and who does it; each organisation once.
    countries
        Where it is done, as far as published.
    amount
        The money, if published.
    status
        Where it stands, if published.
    starts_on, ends_on
        Its first and last day, if published.
    summary
        What it is, may be empty.
    source
        Where it was read.
    """

    id: FundedActionId
    external: ExternalId
    title: str
    source: Source
    funders: tuple[Organisation, ...] = ()
    recipients: tuple[Organisation, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    amount: Money | None = None
    status: ActionStatus | None = None
    starts_on: Date | None = None
    ends_on: Date | None = None
    summary: str = ""

    def __attrs_post_init__(self) -> None:
        clean_name(self.title, kind="title of an action")
        require_distinct(self.funders, kind="funders of an action")
        require_distinct(self.recipients, kind="recipients of an action")
        require_distinct(self.countries, kind="countries of an action")
        for name in ("starts_on", "ends_on"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind=f"{name} of an action")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidValueError(
                kind="action", value=self.id.value, reason="ends before it starts"
            )
