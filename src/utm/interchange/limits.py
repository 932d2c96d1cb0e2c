"""How much of an input is read before it is refused."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Limits"]


@frozen(kw_only=True)
class Limits:
    """Bounds on what a file may ask of the machine and of its reader.

    Parameters
    ----------
    file_bytes
        Largest file that is opened.
    rows
        Most rows, the header and blank ones included.
    columns
        Most columns.
    cell_characters
        Most characters in one cell or one JSON text.
    json_depth
        Deepest nesting of JSON arrays and objects.
    listed_problems
        How many problems are listed; the rest is counted.
    """

    file_bytes: int = 20_000_000
    rows: int = 20_000
    columns: int = 256
    cell_characters: int = 32_768
    json_depth: int = 64
    listed_problems: int = 1_000
