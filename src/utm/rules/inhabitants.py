"""How many inhabitants the evidence allows: from the fewest to the most."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from utm.domain.city import City, GovernmentKind, PopulationBasis, PopulationFigure
from utm.rules.interpretations import ConflictReading, Interpretations, PopulationReading

__all__ = ["InhabitantSpan", "own_basis", "span_of"]

_SETTLEMENT = PopulationBasis.SETTLEMENT
_MUNICIPALITY = PopulationBasis.MUNICIPALITY
_AGGLOMERATION = PopulationBasis.URBAN_AGGLOMERATION
_DISTRICT = PopulationBasis.DISTRICT
_COUNTY = PopulationBasis.COUNTY
_UNSTATED = PopulationBasis.UNSTATED

# Kind of government: bases of its own area, of areas within it, of areas around it. An urban
# agglomeration neither contains a municipality nor lies in it: such a figure is cited only.
_AREAS: dict[GovernmentKind, tuple[frozenset[PopulationBasis], ...]] = {
    GovernmentKind.MUNICIPALITY: (
        frozenset({_MUNICIPALITY}),
        frozenset({_SETTLEMENT}),
        frozenset({_DISTRICT, _COUNTY}),
    ),
    GovernmentKind.DISTRICT: (
        frozenset({_DISTRICT, _MUNICIPALITY}),
        frozenset({_SETTLEMENT}),
        frozenset({_COUNTY}),
    ),
    GovernmentKind.COUNTY: (
        frozenset({_COUNTY}),
        frozenset({_SETTLEMENT, _MUNICIPALITY, _DISTRICT}),
        frozenset(),
    ),
    GovernmentKind.METROPOLITAN_AUTHORITY: (
        frozenset({_AGGLOMERATION}),
        frozenset({_SETTLEMENT, _MUNICIPALITY}),
        frozenset(),
    ),
    GovernmentKind.REGION: (
        frozenset(),
        frozenset({_SETTLEMENT, _MUNICIPALITY, _AGGLOMERATION, _DISTRICT, _COUNTY}),
        frozenset(),
    ),
}

_ONLY_BASIS = {
    PopulationReading.SETTLEMENT: _SETTLEMENT,
    PopulationReading.MUNICIPALITY: _MUNICIPALITY,
    PopulationReading.URBAN_AGGLOMERATION: _AGGLOMERATION,
    PopulationReading.DISTRICT: _DISTRICT,
}


@frozen(kw_only=True)
class InhabitantSpan:
    """The fewest and the most inhabitants that the evidence allows.

    Parameters
    ----------
    fewest
        Lower end, inclusive.
    most
        Upper end, inclusive; ``None`` where nothing bounds it.
    points
        The numbers that speak of the area in question, directly or as a contradiction.
    settlement_only
        True if nothing but a smaller area was counted.
    larger_only
        True if nothing but a larger area was counted.
    """

    fewest: int
    most: int | None
    points: tuple[int, ...] = ()
    settlement_only: bool = False
    larger_only: bool = False

    def straddles(self, floor: int) -> bool:
        """Tell whether two figures lie on either side of a floor."""
        return bool(self.points) and min(self.points) < floor <= max(self.points)


def own_basis(city: City, readings: Interpretations) -> PopulationBasis:
    """Tell which basis a figure must have to speak of the area in question."""
    if readings.population is not PopulationReading.OWN_AREA:
        return _ONLY_BASIS[readings.population]
    own, _, _ = _AREAS[_kind(city)]
    return min(own, key=lambda basis: basis.value) if own else _UNSTATED


def _kind(city: City) -> GovernmentKind:
    kind = city.government
    return kind if isinstance(kind, GovernmentKind) else GovernmentKind.MUNICIPALITY


_NOTHING = InhabitantSpan(fewest=0, most=None)


def span_of(
    city: City, figures: tuple[PopulationFigure, ...], readings: Interpretations
) -> InhabitantSpan:
    """Read figures that are beyond doubt under the chosen readings.

    Adding a figure never moves a span from one side of a floor to the other
    while the conflict reading is `ConflictReading.STAYS_UNKNOWN`: at
    worst the span grows until it touches both.
    """
    if readings.population is not PopulationReading.OWN_AREA:
        basis = _ONLY_BASIS[readings.population]
        return _span_of_points([f for f in figures if f.basis is basis], readings)
    own_bases, inner_bases, outer_bases = _AREAS[_kind(city)]
    if len(figures) == 1 and (figures[0].basis in own_bases or figures[0].basis is _UNSTATED):
        number = figures[0].inhabitants  # the usual case; nothing is left to settle
        return InhabitantSpan(fewest=number, most=number, points=(number,))
    own = [f for f in figures if f.basis in own_bases]
    unstated = [f for f in figures if f.basis is _UNSTATED]
    inner = [f for f in figures if f.basis in inner_bases]
    outer = [f for f in figures if f.basis in outer_bases]
    direct = own + unstated
    if not direct:
        return _span_of_bounds(inner, outer)
    fewest, most = _extent(direct)
    # With a figure of the very area, a smaller settlement and a larger district are as they
    # should be. A settlement figure does contradict a larger figure of an unstated area.
    contradicting = [f for f in inner if not own or f.inhabitants > most]
    contradicting += [f for f in outer if f.inhabitants < fewest]
    return _span_of_points(direct + contradicting, readings)


def _span_of_points(figures: list[PopulationFigure], readings: Interpretations) -> InhabitantSpan:
    if not figures:
        return _NOTHING
    kept = _resolve(figures, readings)
    fewest, most = _extent(kept)
    if readings.conflict is ConflictReading.ALL_MUST_PASS:
        most = fewest
    elif readings.conflict is ConflictReading.ANY_MAY_PASS:
        fewest = most
    return InhabitantSpan(
        fewest=fewest, most=most, points=tuple(sorted(f.inhabitants for f in kept))
    )


def _span_of_bounds(inner: list[PopulationFigure], outer: list[PopulationFigure]) -> InhabitantSpan:
    if not inner and not outer:
        return _NOTHING
    least_inner = min((f.inhabitants for f in inner), default=0)
    least_outer = min((f.inhabitants for f in outer), default=least_inner)
    numbers = [f.inhabitants for f in inner]
    contradicted = bool(inner) and bool(outer) and max(numbers) > least_outer
    return InhabitantSpan(
        fewest=min(least_inner, least_outer),
        most=_extent(inner + outer)[1] if outer else None,
        points=tuple(sorted(numbers + ([least_outer] if contradicted else []))),
        settlement_only=bool(inner) and not outer,
        larger_only=bool(outer) and not inner,
    )


def _resolve(figures: list[PopulationFigure], readings: Interpretations) -> list[PopulationFigure]:
    if readings.conflict is ConflictReading.LATEST:
        latest = max((f.year for f in figures if f.year is not None), default=None)
        return [f for f in figures if f.year == latest]
    if readings.conflict is ConflictReading.PREFERRED_ISSUER:
        for issuer in readings.preferred_issuers:
            kept = [f for f in figures if f.source.issuer == issuer]
            if kept:
                return kept
    return figures


def _extent(figures: Iterable[PopulationFigure]) -> tuple[int, int]:
    numbers = [figure.inhabitants for figure in figures]
    return min(numbers), max(numbers)
