"""Mistakes as staff make them, each spoiling a row in exactly one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeAlias

from attrs import frozen

from utm.errors import InvalidValueError

__all__ = ["Place", "planted"]

Place: TypeAlias = tuple[int, str]
"""Row as a spreadsheet numbers it, and header of the column."""

_FIRST_ROW = 2
_PATIENCE = 200


@frozen(kw_only=True)
class _Mistake:
    """One way of spoiling a row.

    Parameters
    ----------
    column
        Where the problem will be told.
    written
        What is written there.
    filled
        Columns that must be filled for it to be a mistake.
    alone
        Columns that no other mistake of the row may touch.
    """

    column: str
    written: str
    filled: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


_MISTAKES = (
    _Mistake(column="name", written=""),
    _Mistake(column="name", written="N/A"),
    _Mistake(column="name", written="Old\x07town"),
    _Mistake(column="name", written="Safe\u202enwot"),
    _Mistake(column="country", written=""),
    _Mistake(column="country", written="Atlantis"),
    _Mistake(column="government", written="town hall"),
    _Mistake(column="population", written="50.000"),
    _Mistake(column="population", written="120,000"),
    _Mistake(column="population", written="about 60000"),
    _Mistake(column="population", written="0"),
    _Mistake(column="population", written="", filled=("population_year",)),
    _Mistake(column="population_year", written="last year"),
    _Mistake(column="population_year", written="20244"),
    _Mistake(column="population_basis", written="everyone"),
    _Mistake(column="latitude", written="95.1"),
    _Mistake(column="latitude", written="12,5"),
    _Mistake(column="latitude", written="", filled=("longitude",), alone=("longitude",)),
    _Mistake(column="longitude", written="22°16'E"),
    _Mistake(column="longitude", written="-181"),
    _Mistake(column="timezone", written="Europe/Atlantis"),
    _Mistake(column="timezone", written="GMT+1"),
    _Mistake(column="climate", written="rainy"),
    _Mistake(column="elevation_m", written="12.5"),
    _Mistake(column="coast_km", written="-4"),
    _Mistake(column="languages", written="Spanish"),
    _Mistake(column="languages", written="es; es"),
    _Mistake(column="income", written="rich"),
    _Mistake(column="income", written="NA"),
    _Mistake(column="gcom_status", written="member"),
    _Mistake(column="gcom_since", written="31/12/2020", filled=("gcom_status",)),
    _Mistake(column="plan_kind", written="SEKAP"),
    _Mistake(column="plan_coverage", written="most", filled=("plan_kind",)),
    _Mistake(column="plan_adopted_on", written="2019-02-30", filled=("plan_kind",)),
    _Mistake(column="plan_expires_on", written="2030", filled=("plan_kind",)),
    _Mistake(
        column="plan_expires_on",
        written="1999-01-01",
        filled=("plan_kind", "plan_adopted_on"),
        alone=("plan_adopted_on",),
    ),
    _Mistake(column="submitted_on", written="5 January 2026"),
    _Mistake(column="commits_to_engage", written="maybe"),
    _Mistake(column="commits_resources", written="1"),
    _Mistake(column="theme", written="Weather"),
    _Mistake(column="need_1", written="flying cars"),
    _Mistake(column="need_2_weight", written="-1", filled=("need_2", "need_1_weight")),
    _Mistake(column="offer_1_maturity", written="6", filled=("offer_1",)),
    _Mistake(column="offer_1_maturity", written="", filled=("offer_1",)),
)
_NOTHING = ("", "unknown")
_SHARED = ("plan_id", "consortium")


class _Sheet:
    """Rows with a record of which cells are spoiled."""

    def __init__(self, header: Sequence[str], rows: Sequence[list[str]]) -> None:
        self.at = {name: position for position, name in enumerate(header)}
        self.rows = rows
        self.touched: set[tuple[int, str]] = set()
        self.places: list[Place] = []

    def cell(self, row: int, column: str) -> str:
        return self.rows[row][self.at[column]]

    def write(self, row: int, column: str, text: str) -> None:
        self.rows[row][self.at[column]] = text

    def is_free(self, row: int, columns: Sequence[str]) -> bool:
        return all(column in self.at for column in columns) and not any(
            (row, column) in self.touched for column in columns
        )


def planted(
    header: Sequence[str], rows: Sequence[list[str]], count: int, random: Random
) -> tuple[Place, ...]:
    """Spoil ``count`` cells of the rows in place and name them in reading order."""
    sheet = _Sheet(header, rows)
    if not rows and count:
        raise InvalidValueError(kind="count", value=count, reason="is more than the file can hold")
    plants: list[Callable[[_Sheet, int], bool]] = [_repeat, *map(_planter, _MISTAKES)]
    turns = _turns(len(plants), random)
    attempts = 0
    while len(sheet.places) < count and attempts < count * _PATIENCE:
        plants[next(turns)](sheet, random.randrange(len(rows)))
        attempts += 1
    if len(sheet.places) < count:
        raise InvalidValueError(kind="count", value=count, reason="is more than the file can hold")
    return tuple(sorted(sheet.places, key=lambda place: (place[0], sheet.at[place[1]])))


def _turns(kinds: int, random: Random) -> Iterator[int]:
    """Every kind of mistake once, in a drawn order, then all over again."""
    while True:
        order = list(range(kinds))
        random.shuffle(order)
        yield from order


def _planter(mistake: _Mistake) -> Callable[[_Sheet, int], bool]:
    columns = (mistake.column, *mistake.alone)

    def plant(sheet: _Sheet, row: int) -> bool:
        if not sheet.is_free(row, columns) or any(
            sheet.cell(row, column) in _NOTHING or (row, column) in sheet.touched
            for column in mistake.filled
        ):
            return False
        # Rows of one plan or consortium complete each other: an empty cell may be no mistake.
        if not mistake.written and any(sheet.cell(row, column) for column in _SHARED):
            return False
        if mistake.alone and any(sheet.cell(row, column) for column in _SHARED):
            return False
        sheet.write(row, mistake.column, mistake.written)
        sheet.touched |= {(row, column) for column in (*columns, *mistake.filled)}
        sheet.places.append((row + _FIRST_ROW, mistake.column))
        return True

    return plant


def _repeat(sheet: _Sheet, row: int) -> bool:
    """Make a row the applicant of the row above once more."""
    who = ("name", "country")
    earlier = row - 1
    if row == 0 or not sheet.is_free(row, who) or not sheet.is_free(earlier, who):
        return False
    if any(sheet.cell(at, "consortium") or sheet.cell(at, "city_id") for at in (row, earlier)):
        return False
    for column in who:
        sheet.write(row, column, sheet.cell(earlier, column))
        sheet.touched |= {(row, column), (earlier, column)}
    sheet.places.append((row + _FIRST_ROW, "name"))
    return True
