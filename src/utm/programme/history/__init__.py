"""The one mechanism of every life in the mission: commands, events, states, refusals.

A command says who asks for what, on which day and why. On the state of that moment it
gives events, or a refusal that names its rule. Everything else follows: the state, the
state as of a day, and a digest of what changed.
"""

from utm.programme.history.changes import Change, Digest, Recorded, digest
from utm.programme.history.history import (
    DAYS_IN_ORDER,
    GENERAL_REQUIREMENTS,
    Entry,
    History,
    Voiding,
)
from utm.programme.history.lifecycle import Command, Event, Lifecycle
from utm.programme.history.refusal import Refusal, Requirement, granted
from utm.programme.history.register import KNOWN_CITIES, CitiesEntered, CityRegister
from utm.programme.history.voiding import EntriesVoided

__all__ = [
    "DAYS_IN_ORDER",
    "GENERAL_REQUIREMENTS",
    "KNOWN_CITIES",
    "Change",
    "CitiesEntered",
    "CityRegister",
    "Command",
    "Digest",
    "EntriesVoided",
    "Entry",
    "Event",
    "History",
    "Lifecycle",
    "Recorded",
    "Refusal",
    "Requirement",
    "Voiding",
    "digest",
    "granted",
]
