"""The cases beside each rulebook that ships with the library."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from utm.interchange import from_json
from utm.rules import RulebookCases
from utm.rules.library import find_rulebook

__all__ = ["rulebook_cases"]


@cache
def rulebook_cases(key: str) -> RulebookCases:
    """Read the cases of a rulebook, e.g. ``rulebook_cases("city2city-2026")``.

    All facts in them are invented; the answers follow from the text of the call.

    Raises
    ------
    InvalidValueError
        No rulebook that ships with the library has that id.
    """
    name = f"{find_rulebook(key).id}.json"
    text = files("utm.reference").joinpath("data", "rulebook_cases", name)
    return from_json(RulebookCases, text.read_text(encoding="utf-8"), source=name)
