"""The life of a call: announced, extended, answered, reviewed, decided."""

from __future__ import annotations

from typing import assert_never, get_args

from pendulum import Date

from utm.domain import ApplicationForm, ApplicationId, CallId, CallWindow
from utm.errors import InvalidValueError
from utm.programme.calls.changes import after_call_event, is_late
from utm.programme.calls.events import (
    Amendment,
    CallEvent,
    EvidenceSupplied,
    Extension,
    FormIssue,
    Launch,
    Retraction,
    ReviewStart,
    RollingReview,
    Ruling,
    Submission,
)
from utm.programme.calls.state import (
    ApplicationStage,
    CallState,
    local_day,
)
from utm.programme.history import Command, History, Lifecycle, Refusal, Requirement
from utm.rules import Rulebook

__all__ = ["CALL_REQUIREMENTS", "CallHistory", "begin_call"]

CallHistory = History[CallState, CallEvent, CallEvent]
"""The history of a call."""

_LAUNCHED_ONCE = Requirement(
    id="call.launched-once", text="a call is announced once, before anything else happens to it"
)
_LATER_DAY = Requirement(
    id="call.later-last-day", text="an extension moves the last day to a later one"
)
_NEW_FORM = Requirement(id="call.new-form-version", text="a new form has a version of its own")
_NOT_FROM_THE_FUTURE = Requirement(
    id="call.arrived-already", text="an application is recorded on the day it arrives, or later"
)
_DAY_OF_ARRIVAL = Requirement(
    id="call.day-of-submission",
    text="the day of submission is the day of arrival on the clock of the call",
)
_WITHIN_WINDOW = Requirement(
    id="call.within-window",
    text="an application arrives within the window that is in force at its moment",
)
_RULES_IN_FORCE = Requirement(
    id="call.rules-in-force", text="some version of the rulebook is in force on that day"
)
_FORM_IN_USE = Requirement(
    id="call.form-in-use", text="answers are given to the version of the form in use"
)
_QUESTIONS_ANSWERED = Requirement(
    id="call.questions-answered",
    text="every required question has an answer and every answer a question",
)
_ONE_EACH = Requirement(
    id="call.one-application-each", text="an applicant has one application in a call"
)
_OF_THIS_CALL = Requirement(id="call.of-this-call", text="an application belongs to this call")
_KNOWN = Requirement(id="call.known-application", text="only what has arrived is dealt with")
_STAGE = Requirement(
    id="call.stage",
    text="an application is received, then reviewed, then decided, and taken back only before",
)
_RULES_OF_ITS_MOMENT = Requirement(
    id="call.rules-of-its-moment",
    text="an application is judged by the version in force when it arrived",
)
_ROLLING = Requirement(
    id="call.rolling-once",
    text="rolling review is announced once, for a call that has a last day",
)
_SAME_APPLICATION = Requirement(
    id="call.same-application",
    text="evidence is supplied to an application whose key, applicant and day stay the same",
)
_FACTS_ON_RECORD = Requirement(
    id="call.facts-on-record", text="a decision is made on the facts that the applicant has given"
)
CALL_REQUIREMENTS = (
    _LAUNCHED_ONCE,
    _LATER_DAY,
    _NEW_FORM,
    _NOT_FROM_THE_FUTURE,
    _DAY_OF_ARRIVAL,
    _WITHIN_WINDOW,
    _RULES_IN_FORCE,
    _FORM_IN_USE,
    _QUESTIONS_ANSWERED,
    _ONE_EACH,
    _OF_THIS_CALL,
    _KNOWN,
    _STAGE,
    _RULES_OF_ITS_MOMENT,
    _ROLLING,
    _SAME_APPLICATION,
    _FACTS_ON_RECORD,
)
"""All that a command to a call may be refused for."""


def begin_call(call: CallId, rulebook: Rulebook) -> CallHistory:
    """Begin the history of a call under a rulebook; nothing has been announced yet."""
    lifecycle = Lifecycle(
        name=f"Call {call}",
        start=CallState(call=call, rulebook=rulebook),
        decide=_decide,
        apply=after_call_event,
        requirements=CALL_REQUIREMENTS,
        actions=get_args(CallEvent),
        affects=_affects,
    )
    return History(lifecycle=lifecycle)


def _decide(state: CallState, command: Command[CallEvent]) -> tuple[CallEvent, ...] | Refusal:
    action = command.action
    if isinstance(action, Launch) is bool(state.windows):
        word = "has been" if state.windows else "has not been"
        return _LAUNCHED_ONCE.refuse(f"the call {word} announced")
    return _refuse(state, action, command.on) or (action,)


def _refuse(state: CallState, action: CallEvent, on: Date) -> Refusal | None:
    refusal: Refusal | None = None
    match action:
        case Launch() | Amendment():
            pass
        case Extension() | RollingReview():
            refusal = _refuse_extension(state.windows[-1].window, action)
        case FormIssue():
            if action.form.version in [one.form.version for one in state.forms]:
                refusal = _NEW_FORM.refuse(f"the version {action.form.version} exists")
        case Submission():
            refusal = (
                _refuse_applicant(state, action)
                or _refuse_moment(state, action, on)
                or _refuse_answers(state, action, on)
            )
        case EvidenceSupplied():
            refusal = _refuse_evidence(state, action)
        case ReviewStart():
            refusal = _refuse_stage(state, action.application, (ApplicationStage.RECEIVED,))
        case Ruling():
            refusal = _refuse_stage(
                state, action.application, (ApplicationStage.UNDER_REVIEW,)
            ) or _refuse_ruling(state, action)
        case Retraction():
            before = (ApplicationStage.RECEIVED, ApplicationStage.UNDER_REVIEW)
            refusal = _refuse_stage(state, action.application, before)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def _refuse_extension(window: CallWindow, action: Extension | RollingReview) -> Refusal | None:
    if isinstance(action, RollingReview):
        if window.last_day is None or window.rolling_afterwards:
            return _ROLLING.refuse(f"it is open: {window}")
        return None
    if window.last_day is None:
        return _LATER_DAY.refuse("the call has no last day")
    if action.last_day <= window.last_day:
        return _LATER_DAY.refuse(f"{action.last_day} is not after {window.last_day}")
    return None


def _refuse_applicant(state: CallState, action: Submission) -> Refusal | None:
    application = action.application
    if application.call != state.call:
        return _OF_THIS_CALL.refuse(f"it was made to {application.call}")
    for record in state.applications:
        if record.stage is ApplicationStage.RETRACTED:
            continue
        if record.application.key == application.key or record.application.id == application.id:
            return _ONE_EACH.refuse(
                f"application {record.application.id} of {record.application.key} is there"
            )
    return None


def _refuse_moment(state: CallState, action: Submission, on: Date) -> Refusal | None:
    day = local_day(action.moment, state.windows[-1].window)
    if day > on:
        return _NOT_FROM_THE_FUTURE.refuse(f"it arrives on {day} only")
    if action.application.submitted_on != day:
        claimed = action.application.submitted_on
        return _DAY_OF_ARRIVAL.refuse(f"it says {claimed} and arrived on {day}")
    window = state.window_on(day)
    if window is None or day < window.opens_on:
        return _WITHIN_WINDOW.refuse(f"the call was not open on {day}")
    if is_late(window, day) and not window.rolling_afterwards:
        return _WITHIN_WINDOW.refuse(f"the last day known on {day} was {window.last_day}")
    try:
        state.rulebook.version_on(day)
    except InvalidValueError as error:
        return _RULES_IN_FORCE.refuse(f"{day} {error.reason}")
    return None


def _refuse_answers(state: CallState, action: Submission, on: Date) -> Refusal | None:
    form = state.form_on(action.application.submitted_on or on)
    if form is None or form.version != action.form_version:
        used = "no form" if form is None else f"version {form.version}"
        return _FORM_IN_USE.refuse(f"{used} was in use and not version {action.form_version}")
    problems = _problems_of_answers(form, action)
    return _QUESTIONS_ANSWERED.refuse("; ".join(problems)) if problems else None


def _problems_of_answers(form: ApplicationForm, action: Submission) -> list[str]:
    given = {question: answer.strip() for question, answer in action.answers}
    known = {question.id for question in form.questions}
    problems = [
        f"'{question.id}' is not answered"
        for question in form.questions
        if question.required and not given.get(question.id)
    ]
    return problems + [f"'{one}' is no question" for one in sorted(given.keys() - known)]


def _refuse_stage(
    state: CallState, key: ApplicationId, stages: tuple[ApplicationStage, ...]
) -> Refusal | None:
    record = state.record_of(key)
    if record is None:
        return _KNOWN.refuse(f"there is no application {key}")
    if record.stage not in stages:
        return _STAGE.refuse(f"application {key} is {record.stage.value}")
    return None


def _refuse_evidence(state: CallState, action: EvidenceSupplied) -> Refusal | None:
    given = action.application
    known = (ApplicationStage.RECEIVED, ApplicationStage.UNDER_REVIEW, ApplicationStage.DECIDED)
    refusal = _refuse_stage(state, given.id, known)
    record = state.record_of(given.id)
    if refusal is not None or record is None:
        return refusal
    before = record.application
    for name, now, then in (
        ("call", given.call, before.call),
        ("applicant", given.key, before.key),
        ("day", given.submitted_on, before.submitted_on),
    ):
        if now != then:
            return _SAME_APPLICATION.refuse(f"the {name} of {given.id} is {then}, not {now}")
    if given == before:
        return _SAME_APPLICATION.refuse("nothing new was supplied")
    return None


def _refuse_ruling(state: CallState, action: Ruling) -> Refusal | None:
    record = state.record_of(action.application)
    day = None if record is None else record.application.submitted_on
    if record is None or day is None:  # pragma: no cover - a stage implies both
        return _KNOWN.refuse(f"there is no application {action.application}")
    stamp = state.rulebook.stamp(state.rulebook.version_on(day))
    if action.decision.version != stamp:
        judged = f"{action.decision.version.rulebook}, version {action.decision.version.version}"
        return _RULES_OF_ITS_MOMENT.refuse(
            f"{stamp.rulebook}, version {stamp.version}, was in force and {judged}, was applied"
        )
    judged_application = action.decision.application
    same_applicant = judged_application.key == record.application.key
    if not same_applicant or judged_application.submitted_on != day:
        return _RULES_OF_ITS_MOMENT.refuse("the decision is about another application")
    if judged_application != record.application:
        return _FACTS_ON_RECORD.refuse("other facts were judged; supply them as evidence first")
    return None


def _affects(state: CallState, event: CallEvent) -> tuple[str, ...]:
    """Who has applied, when the call changes; the applicant, when its application does."""
    if isinstance(event, ReviewStart | Retraction | Ruling):
        record = state.record_of(event.application)
        return () if record is None else (record.application.key.value,)
    if isinstance(event, Extension | RollingReview | Amendment):
        applied = [
            one.application.key.value
            for one in state.applications
            if one.stage is not ApplicationStage.RETRACTED
        ]
        return tuple(applied)
    return ()
