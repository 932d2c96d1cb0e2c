"""Calls for applications: the window, and the form with its questions."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.places import TimeZone
from utm.errors import InvalidValueError

__all__ = ["ApplicationForm", "CallWindow", "Question"]


@frozen(kw_only=True)
class CallWindow:
    """The days on which a call takes applications, on the clock of one time zone.

    Parameters
    ----------
    opens_on
        First day.
    last_day
        Last day, which still counts until its midnight; ``None`` if none was set.
    timezone
        Whose midnight it is.
    rolling_afterwards
        Whether applications are still taken after the last day, and reviewed as they come.
    """

    opens_on: Date
    last_day: Date | None
    timezone: TimeZone
    rolling_afterwards: bool = False

    def __attrs_post_init__(self) -> None:
        require_date(self.opens_on, kind="opening of a call")
        if self.last_day is None:
            return
        require_date(self.last_day, kind="deadline of a call")
        if self.last_day < self.opens_on:
            raise InvalidValueError(
                kind="window of a call",
                value=f"{self.opens_on} to {self.last_day}",
                reason="must not end before it opens",
            )

    def __str__(self) -> str:
        end = "with no last day" if self.last_day is None else f"to {self.last_day}"
        rolling = ", rolling afterwards" if self.rolling_afterwards else ""
        return f"{self.opens_on} {end} ({self.timezone}{rolling})"


@frozen(kw_only=True)
class Question:
    """A question of an application form.

    Parameters
    ----------
    id
        Its key within the form.
    text
        The question.
    required
        Whether it must be answered.
    """

    id: str
    text: str
    required: bool = True


@frozen(kw_only=True)
class ApplicationForm:
    """One version of the form of a call.

    Parameters
    ----------
    version
        Name of the version, which answers keep.
    questions
        The questions, each id once.
    """

    version: str
    questions: tuple[Question, ...]

    def __attrs_post_init__(self) -> None:
        ids = [question.id for question in self.questions]
        if not self.version.strip() or len(set(ids)) < len(ids):
            raise InvalidValueError(
                kind="form",
                value=self.version,
                reason="must have a version and name each question once",
            )
