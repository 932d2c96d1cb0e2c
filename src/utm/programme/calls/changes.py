"""What is so in a call after something happened to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import evolve
from pendulum import Date

from utm.domain import Application, ApplicationId, CallWindow
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
    AnnouncedWindow,
    ApplicationRecord,
    ApplicationStage,
    CallState,
    IssuedForm,
)
from utm.programme.history import Command

__all__ = ["after_call_event", "is_late"]


def after_call_event(state: CallState, event: CallEvent, command: Command[CallEvent]) -> CallState:
    """The call after an event that was granted."""
    on = command.on
    match event:
        case Launch():
            window = AnnouncedWindow(announced_on=on, window=event.window)
            form = IssuedForm(issued_on=on, form=event.form)
            state = evolve(state, windows=(window,), forms=(form,))
        case Extension() | RollingReview():
            state = evolve(state, windows=(*state.windows, _extend(state, event, on)))
        case Amendment():
            state = evolve(state, amendments=(*state.amendments, (on, event.text)))
        case FormIssue():
            state = evolve(state, forms=(*state.forms, IssuedForm(issued_on=on, form=event.form)))
        case Submission():
            state = evolve(state, applications=(*state.applications, _arrive(state, event, on)))
        case EvidenceSupplied():
            key = event.application.id
            state = _replace(state, key, lambda one: _supplied(one, event.application, on))
        case ReviewStart():
            under_review = ApplicationStage.UNDER_REVIEW
            state = _move(state, event.application, under_review, reviewer=event.reviewer)
        case Ruling():
            state = _rule(state, event, on)
        case Retraction():
            state = _move(state, event.application, ApplicationStage.RETRACTED)
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _supplied(record: ApplicationRecord, given: Application, on: Date) -> ApplicationRecord:
    """Facts are added; a decision that stood is kept, and one on the new facts is due."""
    record = evolve(record, supplied=(*record.supplied, (on, given)))
    if record.decision is None or record.decided_on is None:
        return record
    return evolve(
        record,
        stage=ApplicationStage.UNDER_REVIEW,
        decision=None,
        decided_on=None,
        earlier_decisions=(*record.earlier_decisions, (record.decided_on, record.decision)),
    )


def _extend(state: CallState, event: Extension | RollingReview, on: Date) -> AnnouncedWindow:
    window = state.windows[-1].window
    if isinstance(event, RollingReview):
        window = evolve(window, rolling_afterwards=True)
    else:
        window = evolve(
            window, last_day=event.last_day, rolling_afterwards=event.rolling_afterwards
        )
    return AnnouncedWindow(announced_on=on, window=window)


def _arrive(state: CallState, event: Submission, on: Date) -> ApplicationRecord:
    day = event.application.submitted_on or on
    window = state.window_on(day) or state.windows[-1].window
    return ApplicationRecord(submission=event, window=window, rolling=is_late(window, day))


def is_late(window: CallWindow, day: Date) -> bool:
    """Whether a day is after the last one of a window."""
    return window.last_day is not None and day > window.last_day


def _move(
    state: CallState, key: ApplicationId, stage: ApplicationStage, *, reviewer: str = ""
) -> CallState:
    return _replace(
        state, key, lambda one: evolve(one, stage=stage, reviewer=reviewer or one.reviewer)
    )


def _rule(state: CallState, event: Ruling, on: Date) -> CallState:
    return _replace(
        state,
        event.application,
        lambda one: evolve(
            one, stage=ApplicationStage.DECIDED, decision=event.decision, decided_on=on
        ),
    )


def _replace(
    state: CallState,
    key: ApplicationId,
    change: Callable[[ApplicationRecord], ApplicationRecord],
) -> CallState:
    current = state.record_of(key)
    return evolve(
        state,
        applications=tuple(change(one) if one is current else one for one in state.applications),
    )
