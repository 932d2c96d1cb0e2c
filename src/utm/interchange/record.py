"""One applicant city as it was read, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard, TypeVar

from attrs import field, frozen

from utm.errors import InputProblem
from utm.interchange.problems import Problems

__all__ = ["Record"]

KindT = TypeVar("KindT")


@frozen(kw_only=True, eq=False)
class Record:
    """The facts of one row or one JSON object, by column.

    Parameters
    ----------
    source
        Name of the input.
    number
        Row as a spreadsheet shows it, or position in the JSON array from 0.
    values
        What was read; a column that is empty or unknown is absent.
    refused
        Columns that could not be read: their problem is already told.
    positions
        Position of each column, for the order of problems.
    headers
        The columns as the file spells them; ``None`` for JSON.
    origins
        For facts merged from several rows: the row that each column came from.
    """

    source: str
    number: int
    values: Mapping[str, object]
    refused: frozenset[str] = frozenset()
    positions: Mapping[str, int]
    headers: Mapping[str, str] | None = None
    origins: Mapping[str, Record] = field(factory=dict[str, "Record"])

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"$.applicants[{self.number}]" if self.headers is None else f"row {self.number}"

    def value(self, column: str, kind: type[KindT]) -> KindT | None:
        """The value of a column, or ``None`` if it is unknown."""
        found = self.values.get(column)
        return found if isinstance(found, kind) else None

    def items(self, column: str, kind: type[KindT]) -> tuple[KindT, ...]:
        """The values of a column that holds several."""
        found = self.values.get(column)
        parts: Sequence[object] = found if _is_tuple(found) else ()
        return tuple(part for part in parts if isinstance(part, kind))

    def holds(self, *columns: str) -> bool:
        """Tell whether one of the columns holds something that could be read."""
        return any(column in self.values for column in columns)

    def is_blank(self, column: str) -> bool:
        """Tell whether a column is empty or unknown; one that is refused is not blank."""
        return column not in self.values and column not in self.refused

    def report(self, problems: Problems, column: str, reason: str, remedy: str) -> None:
        """Note a problem at one of the columns."""
        origin = self.origins.get(column, self)
        problems.add(origin.problem(column, reason, remedy), order=origin.order(column))

    def order(self, column: str) -> tuple[int, int]:
        """Row and position of a column, for sorting."""
        return (self.number + 1, self.positions.get(column, len(self.positions)) + 1)

    def problem(self, column: str, reason: str, remedy: str, read: object = None) -> InputProblem:
        """A problem at one of the columns."""
        if self.headers is None:
            return InputProblem(
                source=self.source,
                path=f"$.applicants[{self.number}].{column}",
                reason=reason,
                remedy=remedy,
                read=read if read is not None else self.values.get(column),
            )
        return InputProblem(
            source=self.source,
            row=self.number,
            column=self.headers.get(column, column),
            reason=reason,
            remedy=remedy,
            read=read if read is not None else _read(self.values.get(column)),
        )


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _read(value: object) -> object:
    return None if value is None else str(getattr(value, "value", value))
