"""What happens in the life of a call."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date, DateTime

from utm.domain import Application, ApplicationForm, ApplicationId, CallWindow
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.rules import Decision

__all__ = [
    "Amendment",
    "CallEvent",
    "EvidenceSupplied",
    "Extension",
    "FormIssue",
    "Launch",
    "Retraction",
    "ReviewStart",
    "RollingReview",
    "Ruling",
    "Submission",
]


@frozen(kw_only=True)
class Launch:
    """The call is announced with its first window and form."""

    window: CallWindow
    form: ApplicationForm

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"The call was announced: {self.window}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class Extension:
    """The last day is moved to a later one; the earlier one stays in the history.

    Parameters
    ----------
    last_day
        The new last day.
    rolling_afterwards
        Whether applications are taken after it too.
    """

    last_day: Date
    rolling_afterwards: bool = False

    def __attrs_post_init__(self) -> None:
        require_date(self.last_day, kind="deadline of a call")

    @property
    def sentence(self) -> str:
        """What happened."""
        rolling = "; later ones are reviewed as they come" if self.rolling_afterwards else ""
        return f"The last day for applications was moved to {self.last_day}{rolling}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class RollingReview:
    """Applications are taken after the last day too, and reviewed as they come."""

    @property
    def sentence(self) -> str:
        """What happened."""
        return "Applications after the last day are taken and reviewed as they come."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class Amendment:
    """The text of the call is amended; it is appended and overwrites nothing.

    Parameters
    ----------
    text
        The amendment in words.
    """

    text: str

    def __attrs_post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError(kind="amendment", value=self.text, reason="must say something")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"The call was amended: {self.text}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class FormIssue:
    """A new version of the form replaces the one before; answers keep theirs."""

    form: ApplicationForm

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Version {self.form.version} of the form was issued."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class Submission:
    """An application arrives.

    Parameters
    ----------
    application
        The application, with the local day of the moment as its day of submission.
    moment
        The instant at which it arrived, with its offset from UTC.
    form_version
        Version of the form that was filled in.
    answers
        Question ids with answers.
    """

    application: Application
    moment: DateTime
    form_version: str
    answers: tuple[tuple[str, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        if type(self.moment) is not DateTime or self.moment.tzinfo is None:
            raise InvalidValueError(
                kind="moment of a submission", value=self.moment, reason="must have a time zone"
            )
        ids = [question for question, _ in self.answers]
        if len(set(ids)) < len(ids):
            raise InvalidValueError(kind="answers", value=ids, reason="answer a question twice")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.application.applicant.name} applied."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The applicant."""
        return (self.application.key.value,)


@frozen(kw_only=True)
class EvidenceSupplied:
    """An applicant supplies evidence that was missing; a decision may then be made anew.

    Parameters
    ----------
    application
        The same application with all facts that are known now: key, applicant and day of
        submission stay, and so does the version of the rules that judges it.
    """

    application: Application

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.application.applicant.name} supplied further evidence."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The applicant."""
        return (self.application.key.value,)


@frozen(kw_only=True)
class ReviewStart:
    """Somebody takes an application up for review."""

    application: ApplicationId
    reviewer: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.reviewer} took up application {self.application}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The reviewer."""
        return (self.reviewer,)


@frozen(kw_only=True)
class Ruling:
    """The rules have spoken on an application under review.

    Parameters
    ----------
    decision
        Findings under the version that was in force when the application arrived.
    """

    decision: Decision

    @property
    def application(self) -> ApplicationId:
        """The application that was judged."""
        return self.decision.application.id

    @property
    def sentence(self) -> str:
        """What happened."""
        return self.decision.sentence

    @property
    def concerns(self) -> tuple[str, ...]:
        """The applicant."""
        return (self.decision.subject.value,)


@frozen(kw_only=True)
class Retraction:
    """An applicant takes its application back; it may apply again."""

    application: ApplicationId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Application {self.application} was taken back."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The application."""
        return (self.application.value,)


CallEvent: TypeAlias = (
    Launch
    | Extension
    | RollingReview
    | Amendment
    | FormIssue
    | Submission
    | EvidenceSupplied
    | ReviewStart
    | Ruling
    | Retraction
)
"""Any of these; each can be asked for by a command."""
