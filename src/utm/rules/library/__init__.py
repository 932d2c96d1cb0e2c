"""Rulebooks that ship with the library, each dated and cited."""

from utm.errors import InvalidValueError
from utm.rules.library.city2city import CITY2CITY_2026
from utm.rules.library.cohort import COHORT_2023
from utm.rules.library.exchange import EUI_CITY_TO_CITY
from utm.rules.library.helpdesk import HELPDESK
from utm.rules.rulebook import Rulebook

__all__ = [
    "CITY2CITY_2026",
    "COHORT_2023",
    "EUI_CITY_TO_CITY",
    "HELPDESK",
    "RULEBOOKS",
    "find_rulebook",
]

RULEBOOKS = (EUI_CITY_TO_CITY, COHORT_2023, HELPDESK, CITY2CITY_2026)
"""All of them, in order of time."""


def find_rulebook(key: str) -> Rulebook:
    """Find a rulebook by its id.

    Raises
    ------
    InvalidValueError
        None that ships with the library has that id.
    """
    for rulebook in RULEBOOKS:
        if rulebook.id == key:
            return rulebook
    known = ", ".join(rulebook.id for rulebook in RULEBOOKS)
    raise InvalidValueError(kind="rulebook", value=key, reason=f"is none of {known}")
