"""The cases beside each rulebook that ships with the library."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utm.rules import RulebookCases

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
    from utm.interchange import from_json  # noqa: PLC0415 - loads converter and solver
    from utm.rules import RulebookCases  # noqa: PLC0415
    from utm.rules.library import find_rulebook  # noqa: PLC0415

    name = f"{find_rulebook(key).id}.json"
    text = files("utm.reference").joinpath("data", "rulebook_cases", name)
    return from_json(RulebookCases, text.read_text(encoding="utf-8"), source=name)
