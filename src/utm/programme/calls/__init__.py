"""Calls for applications: windows that move, forms that change, decisions with reasons.

What was announced is appended and never overwritten. An application is judged by the
window and by the rules that were in force at its moment.
"""

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
from utm.programme.calls.judging import DecisionLetter, judge_application, write_letter
from utm.programme.calls.lifecycle import CALL_REQUIREMENTS, CallHistory, begin_call
from utm.programme.calls.state import (
    AnnouncedWindow,
    ApplicationRecord,
    ApplicationStage,
    CallState,
    IssuedForm,
)

__all__ = [
    "CALL_REQUIREMENTS",
    "Amendment",
    "AnnouncedWindow",
    "ApplicationRecord",
    "ApplicationStage",
    "CallEvent",
    "CallHistory",
    "CallState",
    "DecisionLetter",
    "EvidenceSupplied",
    "Extension",
    "FormIssue",
    "IssuedForm",
    "Launch",
    "Retraction",
    "ReviewStart",
    "RollingReview",
    "Ruling",
    "Submission",
    "begin_call",
    "judge_application",
    "write_letter",
]
