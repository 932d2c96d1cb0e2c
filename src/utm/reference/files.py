"""The data files that ship with the package, read as rows of text."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from typing import TypeAlias

__all__ = ["Row", "read_rows"]

Row: TypeAlias = dict[str, str]
"""Column to cell. Cells are text as written: ``NA`` is Namibia and never a gap."""


def read_rows(name: str) -> tuple[Row, ...]:
    """Read a CSV file of ``utm.reference``, e.g. ``"listed_cities"``; UTF-8, first row the header.

    Raises
    ------
    ValueError
        A row is longer or shorter than the header.
    """
    text = files("utm.reference").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    header, *body = csv.reader(io.StringIO(text, newline=""))
    return tuple(dict(zip(header, cells, strict=True)) for cells in body)
