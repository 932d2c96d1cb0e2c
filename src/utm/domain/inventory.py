"""Inventories of a city's emissions by sector and scope, in which absence is never zero."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from utm.domain.evidence import Source
from utm.domain.identifiers import CityId
from utm.domain.kinds import require_kinds
from utm.domain.quantities import Emissions, YearlyEmissions
from utm.errors import InvalidValueError

__all__ = [
    "AbsentEmissions",
    "GpcSector",
    "Inventory",
    "InventoryEntry",
    "InventoryTotal",
    "NotationKey",
    "ReportingLevel",
    "Scope",
]

GPC = Source(
    title="Global Protocol for Community-Scale Greenhouse Gas Inventories, version 1.1",
    issuer="WRI, C40 and ICLEI",
)
"""Where sectors, scopes, notation keys and reporting levels are defined."""


class GpcSector(Enum):
    """Sectors of the Global Protocol for Community-Scale Greenhouse Gas Inventories."""

    STATIONARY_ENERGY = "stationary energy"
    TRANSPORTATION = "transportation"
    WASTE = "waste"
    INDUSTRY = "industrial processes and product use"
    LAND = "agriculture, forestry and other land use"
    OTHER_SCOPE_3 = "other scope 3"


class Scope(Enum):
    """Where emissions arise, seen from the city.

    1 is within its boundary, 2 comes with grid-supplied energy, 3 arises outside of the
    boundary because of what is done within it.
    """

    ONE = 1
    TWO = 2
    THREE = 3


class NotationKey(Enum):
    """Why there is no number."""

    NOT_OCCURRING = "NO"
    NOT_ESTIMATED = "NE"
    INCLUDED_ELSEWHERE = "IE"
    CONFIDENTIAL = "C"

    @property
    def hides_emissions(self) -> bool:
        """Whether there may be emissions that no total contains."""
        return self in {NotationKey.NOT_ESTIMATED, NotationKey.CONFIDENTIAL}


class ReportingLevel(Enum):
    """How much of the city's emissions a total is meant to contain."""

    BASIC = "BASIC"
    BASIC_PLUS = "BASIC+"


_BASIC = (
    (GpcSector.STATIONARY_ENERGY, Scope.ONE),
    (GpcSector.STATIONARY_ENERGY, Scope.TWO),
    (GpcSector.TRANSPORTATION, Scope.ONE),
    (GpcSector.TRANSPORTATION, Scope.TWO),
    (GpcSector.WASTE, Scope.ONE),
    (GpcSector.WASTE, Scope.THREE),
)
_PLUS = (
    (GpcSector.STATIONARY_ENERGY, Scope.THREE),
    (GpcSector.TRANSPORTATION, Scope.THREE),
    (GpcSector.INDUSTRY, Scope.ONE),
    (GpcSector.LAND, Scope.ONE),
)
_CELLS = {ReportingLevel.BASIC: _BASIC, ReportingLevel.BASIC_PLUS: (*_BASIC, *_PLUS)}
_POSSIBLE = {*_BASIC, *_PLUS, (GpcSector.OTHER_SCOPE_3, Scope.THREE)}


@frozen(kw_only=True)
class InventoryEntry:
    """One number of an inventory, or the key that stands in its place.

    Parameters
    ----------
    sector, scope
        Where it belongs.
    value
        The amount in the year of the inventory, or why there is none.
    subsector
        Which part of the sector; empty for all of it.
    note
        Explanation, which NE, IE and C must have: for IE, where it is included.
    """

    sector: GpcSector
    scope: Scope
    value: Emissions | NotationKey
    subsector: str = ""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if (self.sector, self.scope) not in _POSSIBLE:
            raise InvalidValueError(
                kind="inventory entry",
                value=f"{self.sector.value}, scope {self.scope.value}",
                reason="is no cell of the protocol",
            )
        if not isinstance(self.value, NotationKey) or self.note.strip():
            return
        if self.value is not NotationKey.NOT_OCCURRING:
            raise InvalidValueError(
                kind="inventory entry",
                value=self.cell,
                reason=f"has the key {self.value.value} without a note",
            )

    @property
    def cell(self) -> str:
        """The place in words."""
        part = f" ({self.subsector})" if self.subsector else ""
        return f"{self.sector.value}{part}, scope {self.scope.value}"


@frozen(kw_only=True)
class AbsentEmissions:
    """A cell that a total should contain and does not.

    Parameters
    ----------
    cell
        The place in words.
    key
        Its notation key; ``None`` where the inventory says nothing at all.
    note
        The explanation, if one is given.
    """

    cell: str
    key: NotationKey | None
    note: str = ""

    def __str__(self) -> str:
        why = "not reported" if self.key is None else self.key.name.lower().replace("_", " ")
        return f"{self.cell}: {why}{': ' if self.note else ''}{self.note}"


@frozen(kw_only=True)
class InventoryTotal:
    """The sum of an inventory at one reporting level, with what it leaves out.

    Parameters
    ----------
    level
        How much it is meant to contain.
    year
        The year.
    counted
        The sum of the numbers that there are: a lower bound while something is absent,
        unless what is absent is negative.
    absent
        What should be in it and is not. Zero is never put in its place.
    """

    level: ReportingLevel
    year: int
    counted: Emissions
    absent: tuple[AbsentEmissions, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the sum contains everything that the level asks for."""
        return not self.absent

    @property
    def complete(self) -> YearlyEmissions | None:
        """The year's emissions; ``None`` while something is absent."""
        if self.absent:
            return None
        return YearlyEmissions(year=self.year, emissions=self.counted)

    @property
    def sentence(self) -> str:
        """The total in words, with everything that it leaves out."""
        head = f"{self.counted} counted for {self.year} at level {self.level.value}"
        if not self.absent:
            return f"{head}, complete."
        return f"{head}; not counted: {'; '.join(map(str, self.absent))}."


@frozen(kw_only=True)
class Inventory:
    """What a city lets out in one year, by sector and scope.

    Parameters
    ----------
    city
        The city.
    year
        The calendar year.
    entries
        Each sector, subsector and scope at most once; a sector and scope either as a whole
        or in parts, so that nothing is counted twice.
    source
        Where it was read.

    Notes
    -----
    Emissions from energy that is sold to the grid, and from waste that others bring in, are
    territorial only and belong in no level: leave them out of the entries.
    """

    city: CityId
    year: int
    entries: tuple[InventoryEntry, ...]
    source: Source

    def __attrs_post_init__(self) -> None:
        YearlyEmissions(year=self.year, emissions=Emissions.total(()))  # refuses a bad year
        cells = [(entry.sector, entry.subsector, entry.scope) for entry in self.entries]
        if len(set(cells)) < len(cells):
            raise InvalidValueError(
                kind="inventory", value=f"{self.city} {self.year}", reason="names a cell twice"
            )
        whole = {(entry.sector, entry.scope) for entry in self.entries if not entry.subsector}
        for entry in self.entries:
            if entry.subsector and (entry.sector, entry.scope) in whole:
                raise InvalidValueError(
                    kind="inventory",
                    value=f"{self.city} {self.year}",
                    reason=f"names {entry.cell} beside the whole of it, so it would count twice",
                )

    def total(self, level: ReportingLevel = ReportingLevel.BASIC) -> InventoryTotal:
        """Add up what a reporting level asks for; what is missing is named."""
        counted: list[Emissions] = []
        absent: list[AbsentEmissions] = []
        for sector, scope in _CELLS[level]:
            here = [e for e in self.entries if (e.sector, e.scope) == (sector, scope)]
            counted += [entry.value for entry in here if isinstance(entry.value, Emissions)]
            absent += [
                AbsentEmissions(cell=entry.cell, key=entry.value, note=entry.note)
                for entry in here
                if isinstance(entry.value, NotationKey) and entry.value.hides_emissions
            ]
            if not here:
                cell = f"{sector.value}, scope {scope.value}"
                absent.append(AbsentEmissions(cell=cell, key=None))
        return InventoryTotal(
            level=level, year=self.year, counted=Emissions.total(counted), absent=tuple(absent)
        )
