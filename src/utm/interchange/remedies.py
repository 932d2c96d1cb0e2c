"""What to do about a cell that was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping

from utm.domain import CountryCode
from utm.interchange.cells import Refusal
from utm.interchange.column import ApplicantColumn
from utm.interchange.words import nearest
from utm.interchange.zones import likely_zone

__all__ = ["remedy_for"]


def remedy_for(
    refusal: Refusal,
    column: ApplicantColumn,
    text: str,
    *,
    row: Mapping[str, object],
    is_json: bool,
    suggest: bool,
) -> str:
    """What to do about a refused cell, in the language of the file.

    Parameters
    ----------
    refusal
        What is wrong.
    column
        The column, whose own rule is the answer where nothing better is known.
    text
        What was read.
    row
        What could be read of the other columns.
    is_json
        Whether the file is JSON, where lists, numbers and truth values are written otherwise.
    suggest
        Whether to look for the word that was meant: that takes time, and is in vain for
        problems that will not be listed.
    """
    if refusal.remedy:
        return refusal.remedy
    if refusal.is_placeholder and not column.required:
        place = "it out" if is_json else "the cell empty"
        return f"Leave {place} if it is not known."
    close = _meant(refusal, column, text, row) if suggest and refusal.choices else None
    if close is None:
        return column.json_remedy if is_json else column.remedy
    meant = _in_json(column, close) if is_json else f"'{close}'"
    return f"Did you mean {meant}?"


def _meant(
    refusal: Refusal, column: ApplicantColumn, text: str, row: Mapping[str, object]
) -> str | None:
    if column.name != "timezone":
        return nearest(text, refusal.choices)
    country = row.get("country")
    known = country if isinstance(country, CountryCode) else None
    return likely_zone(text, known, refusal.choices)


def _in_json(column: ApplicantColumn, word: str) -> str:
    """The canonical spelling: JSON takes no label or name for it."""
    return json.dumps(column.cell.json_of(column.cell.read_text(word)), ensure_ascii=False)
