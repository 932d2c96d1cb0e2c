"""A call as it stands: its windows, forms and applications."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date, DateTime

from utm.domain import Application, ApplicationForm, ApplicationId, CallId, CallWindow
from utm.programme.calls.events import Submission
from utm.programme.time_zones import zone_info_of
from utm.rules import Decision, Rulebook

__all__ = [
    "AnnouncedWindow",
    "ApplicationRecord",
    "ApplicationStage",
    "CallState",
    "IssuedForm",
    "local_day",
]


class ApplicationStage(Enum):
    """How far an application has come."""

    RECEIVED = "received"
    UNDER_REVIEW = "under review"
    DECIDED = "decided"
    RETRACTED = "taken back"


@frozen(kw_only=True)
class AnnouncedWindow:
    """A window and the day from which it stood."""

    announced_on: Date
    window: CallWindow


@frozen(kw_only=True)
class IssuedForm:
    """A version of the form and the day from which it was in use."""

    issued_on: Date
    form: ApplicationForm


@frozen(kw_only=True)
class ApplicationRecord:
    """An application with all that came of it.

    Parameters
    ----------
    submission
        What arrived, and when.
    window
        The window in force at that moment.
    rolling
        Whether it came after the last day, and was taken nevertheless.
    stage
        How far it has come.
    reviewer
        Who reviews it; empty while nobody does.
    decision
        What the rules said, once they have, and since no evidence came after that.
    decided_on
        The day of that.
    supplied
        Day and facts of everything that was supplied later, in order.
    earlier_decisions
        Day and decision of those that were made before further evidence came, in order.
    """

    submission: Submission
    window: CallWindow
    rolling: bool
    stage: ApplicationStage = ApplicationStage.RECEIVED
    reviewer: str = ""
    decision: Decision | None = None
    decided_on: Date | None = None
    supplied: tuple[tuple[Date, Application], ...] = ()
    earlier_decisions: tuple[tuple[Date, Decision], ...] = ()

    @property
    def application(self) -> Application:
        """The application with all evidence that was supplied so far."""
        return self.supplied[-1][1] if self.supplied else self.submission.application


@frozen(kw_only=True)
class CallState:
    """A call as its history left it.

    Parameters
    ----------
    call
        Key of the call.
    rulebook
        The rules, in all their versions.
    windows
        Every window that was announced, in order; the last one stands.
    amendments
        Day and text of every amendment.
    forms
        Every version of the form, in order; the last one is in use.
    applications
        Every application, in order of arrival.
    """

    call: CallId
    rulebook: Rulebook
    windows: tuple[AnnouncedWindow, ...] = ()
    amendments: tuple[tuple[Date, str], ...] = ()
    forms: tuple[IssuedForm, ...] = ()
    applications: tuple[ApplicationRecord, ...] = ()

    def window_on(self, day: Date) -> CallWindow | None:
        """The window as it had been announced by the end of a day; ``None`` before."""
        known = [one.window for one in self.windows if one.announced_on <= day]
        return known[-1] if known else None

    def form_on(self, day: Date) -> ApplicationForm | None:
        """The form in use at the end of a day."""
        known = [one.form for one in self.forms if one.issued_on <= day]
        return known[-1] if known else None

    def record_of(self, key: ApplicationId) -> ApplicationRecord | None:
        """Find an application by its key; the latest if it came again."""
        for record in reversed(self.applications):
            if record.application.id == key:
                return record
        return None

    def waiting(self, on: Date) -> tuple[tuple[ApplicationRecord, int], ...]:
        """Applications without a decision and the days that they have waited, in order."""
        undecided = {ApplicationStage.RECEIVED, ApplicationStage.UNDER_REVIEW}
        return tuple(
            (record, (on - submitted).days)
            for record in self.applications
            if record.stage in undecided
            and (submitted := record.application.submitted_on) is not None
            and submitted <= on
        )


def local_day(moment: DateTime, window: CallWindow) -> Date:
    """The day of a moment on the clock of the call."""
    local = moment.astimezone(zone_info_of(window.timezone))
    return Date(local.year, local.month, local.day)
