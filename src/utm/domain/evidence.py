"""Evidence: who said what about which day, and why something is not known."""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError

__all__ = ["Observation", "Source", "Unknown", "UnknownReason"]

ValueT = TypeVar("ValueT", covariant=True)  # noqa: PLC0105 - the field's name is the usual one


class UnknownReason(Enum):
    """Why a fact is not known, or why what is known does not settle the question."""

    NOT_REPORTED = "not reported"
    NOT_VERIFIED = "not verified"
    EXPIRED = "expired"
    CONFLICTING = "conflicting"
    AMBIGUOUS_ENTITY = "ambiguous entity"
    CONFIDENTIAL = "confidential"
    NOT_APPLICABLE = "not applicable"
    NOT_SETTLED = "not settled by the public text"


@frozen(kw_only=True)
class Unknown:
    """The place of a value that is not known, with the reason.

    Parameters
    ----------
    reason
        Why the value is missing.
    note
        What a person should know about it, e.g. the candidates of an ambiguous name.
    """

    reason: UnknownReason
    note: str = ""

    def __attrs_post_init__(self) -> None:
        require_kinds(self)

    def __str__(self) -> str:
        return f"unknown ({self.reason.value}{': ' if self.note else ''}{self.note})"


@frozen(kw_only=True, order=True)
class Source:
    """Where a fact was read.

    Parameters
    ----------
    title
        What it is called, e.g. ``"ClimActor snapshot, December 2022"``.
    issuer
        Who published it.
    locator
        Address, page or table.
    published_on
        Day of publication, if known.
    retrieved_on
        Day on which it was read, if known.
    """

    title: str
    issuer: str = ""
    locator: str = ""
    published_on: Date | None = None
    retrieved_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if not self.title.strip():
            raise InvalidValueError(kind="source", value=self.title, reason="must have a title")
        for name in ("published_on", "retrieved_on"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind=f"{name} of a source")

    def __str__(self) -> str:
        return self.title


@frozen(kw_only=True)
class Observation(Generic[ValueT]):
    """A value, the day it holds for, and its source.

    Two observations of one fact may contradict each other: that is evidence
    and never resolved by overwriting.

    Parameters
    ----------
    value
        What was observed.
    source
        Where it was read.
    as_of
        The day that the value describes, if known.
    recorded_on
        The day from which we knew it, if that is later; ``None`` means always.
    valid_until
        First day on which the observation no longer counts; ``None`` means it does not expire.
    """

    value: ValueT
    source: Source
    as_of: Date | None = None
    recorded_on: Date | None = field(default=None)
    valid_until: Date | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("as_of", "recorded_on", "valid_until"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind=f"{name} of an observation")
