"""The columns of an applicants' file as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from utm.interchange.column import ApplicantColumn, Scope

__all__ = ["columns_markdown"]


def columns_markdown(columns: Sequence[ApplicantColumn]) -> str:
    """Describe columns in a Markdown table.

    Parameters
    ----------
    columns
        Those of [utm.interchange.applicant_columns][], or some of them.

    Returns
    -------
    str
        One line a column; ``*`` marks those that must not be empty, ``†`` those that
        speak for a whole consortium.
    """
    head = ("| Column | What it tells | What to write | Example |", "|---|---|---|---|")
    return "\n".join((*head, *map(_line, columns))) + "\n"


def _line(column: ApplicantColumn) -> str:
    mark = "*" if column.required else "†" if column.scope is Scope.APPLICATION else ""
    others = ", ".join(f"`{synonym}`" for synonym in column.synonyms)
    name = f"`{column.name}`{mark}" + (f" (also {others})" if others else "")
    example = f"`{column.example}`" if column.example else ""
    cells = (name, column.meaning, column.values, example)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
