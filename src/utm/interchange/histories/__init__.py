"""Histories as documents: the format ``utm.programme-history``, version 1.

One format for every life of the mission: a call, the cohort, an edition, an engagement,
trainings and events, the learning community, the alliance, campaigns. Reading carries every
entry out anew; writing only appends.
"""

from utm.interchange.histories.forms import (
    ActionForm,
    action_form,
    action_forms,
    beginning_form,
)
from utm.interchange.histories.kinds import KINDS, AnyHistory, kind_of
from utm.interchange.histories.reading import (
    FORMAT,
    begin_history,
    parse_action,
    parse_history,
    read_history,
)
from utm.interchange.histories.schema import history_schema
from utm.interchange.histories.writing import history_to_json, write_history

__all__ = [
    "FORMAT",
    "KINDS",
    "ActionForm",
    "AnyHistory",
    "action_form",
    "action_forms",
    "begin_history",
    "beginning_form",
    "history_schema",
    "history_to_json",
    "kind_of",
    "parse_action",
    "parse_history",
    "read_history",
    "write_history",
]
