"""Likeness of context: how far two cities are alike where it matters for reuse, part by part.

The measure is Gower's coefficient for mixed facts: each part gives a share of likeness,
parts are weighted, and a part that is not known of both cities takes no part. Beside the
coefficient stand the bounds between which it would lie if all were known.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from fractions import Fraction

from attrs import frozen

from utm.domain.city import City, IncomeGroup
from utm.domain.evidence import Unknown, UnknownReason
from utm.errors import InvalidValueError

__all__ = ["ContextPart", "ContextWeights", "Likeness", "LikenessPart", "likeness"]

_UNIT = 1_000_000
_FACTOR_IN_DOUBT = 3
_COAST_KILOMETRES = 30
_ELEVATION_STEP_METRES = 500
_TENFOLD = 10


class ContextPart(Enum):
    """What is compared between two cities."""

    CLIMATE = "climate"
    POPULATION = "population"
    INCOME = "income"
    COAST = "coast"
    ELEVATION = "elevation"
    GOVERNMENT = "government"
    LANGUAGE = "language"


@frozen(kw_only=True)
class ContextWeights:
    """How much each part counts, in whole numbers from 0 up; 0 leaves it out.

    The default is ours and a judgement: climate, size and means weigh most, since they
    decide which techniques work and who can pay; language least, since it can be translated.
    """

    climate: int = 25
    population: int = 20
    income: int = 20
    coast: int = 10
    elevation: int = 10
    government: int = 10
    language: int = 5

    def __attrs_post_init__(self) -> None:
        weights = [self.of(part) for part in ContextPart]
        if any(type(weight) is not int or weight < 0 for weight in weights) or not any(weights):
            raise InvalidValueError(
                kind="weights of context",
                value=weights,
                reason="must be whole, from 0 up, not all 0",
            )

    def of(self, part: ContextPart) -> int:
        """The weight of a part."""
        weight: int = getattr(self, part.value)
        return weight


@frozen(kw_only=True)
class LikenessPart:
    """How alike two cities are in one part, and why.

    Parameters
    ----------
    part
        What was compared.
    weight
        What it counts.
    millionths
        Likeness in millionths, or why it is not known.
    reason
        What was found on both sides, as a clause.
    """

    part: ContextPart
    weight: int
    millionths: int | Unknown
    reason: str


@frozen(kw_only=True)
class Likeness:
    """How alike two cities are.

    Parameters
    ----------
    parts
        The parts that count, in a fixed order.
    """

    parts: tuple[LikenessPart, ...]

    @property
    def lowest(self) -> int:
        """Likeness in millionths if every unknown part were unlike: what is shown."""
        return self._sum(when_unknown=0) // self._weight()

    @property
    def highest(self) -> int:
        """Likeness in millionths if every unknown part were alike."""
        return self._sum(when_unknown=_UNIT) // self._weight()

    @property
    def coefficient(self) -> int | None:
        """Gower's coefficient over the known parts in millionths; ``None`` if none is known."""
        known = sum(part.weight for part in self.parts if isinstance(part.millionths, int))
        return self._sum(when_unknown=0) // known if known else None

    @property
    def unknown_parts(self) -> tuple[ContextPart, ...]:
        """Parts that are not known of both cities."""
        return tuple(part.part for part in self.parts if isinstance(part.millionths, Unknown))

    def _weight(self) -> int:
        return sum(part.weight for part in self.parts)

    def _sum(self, *, when_unknown: int) -> int:
        return sum(
            part.weight
            * (when_unknown if isinstance(part.millionths, Unknown) else part.millionths)
            for part in self.parts
        )


def likeness(left: City, right: City, *, weights: ContextWeights | None = None) -> Likeness:
    """Compare the contexts of two cities.

    Climate: one for the same Köppen-Geiger class, a half for the same main group.
    Population: falls by half where one city has √10 times the inhabitants of the other, to
    nothing at ten times. Income: falls by a third a group. Coast: both within 30 km of the
    sea, or neither. Elevation: falls by half each 500 m. Government: the same kind.
    Language: a common official language.

    Parameters
    ----------
    left, right
        The cities; their order changes no number.
    weights
        How much each part counts.

    References
    ----------
    J. C. Gower, "A General Coefficient of Similarity and Some of Its Properties",
    Biometrics 27(4), 1971.
    """
    used = weights or ContextWeights()
    parts: list[LikenessPart] = []
    for part, compare in _COMPARISONS.items():
        if used.of(part):
            found, reason = compare(left, right)
            value = found if isinstance(found, Unknown) else int(found * _UNIT)
            parts.append(
                LikenessPart(part=part, weight=used.of(part), millionths=value, reason=reason)
            )
    return Likeness(parts=tuple(parts))


Compared = tuple[Fraction | Unknown, str]


def known_inhabitants(city: City) -> int | Unknown:
    """The middle of the published figures that nobody doubts, on a scale of ratios.

    Unknown where there is none, or where the highest is over three times the lowest: such
    figures count different areas.
    """
    figures = sorted(f.inhabitants for f in city.populations if not f.doubt and f.inhabitants)
    if not figures:
        return Unknown(reason=UnknownReason.NOT_REPORTED)
    if figures[-1] > _FACTOR_IN_DOUBT * figures[0]:
        return Unknown(
            reason=UnknownReason.CONFLICTING, note=f"from {figures[0]:,} to {figures[-1]:,}"
        )
    return math.isqrt(figures[0] * figures[-1])


def _climate(left: City, right: City) -> Compared:
    one, other = left.climate, right.climate
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    same = Fraction(int(one == other) + int(one.main_group == other.main_group), 2)
    return same, f"{one} and {other}"


def _population(left: City, right: City) -> Compared:
    one, other = known_inhabitants(left), known_inhabitants(right)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    fewer, more = sorted((one, other))
    # Quantised to thousandths of a tenfold, so that the last bit of a logarithm cannot matter.
    apart = round(1_000 * math.log(more / fewer, _TENFOLD)) if fewer else 1_000
    return max(Fraction(0), 1 - Fraction(apart, 1_000)), f"{one:,} and {other:,} inhabitants"


def _income(left: City, right: City) -> Compared:
    one, other = left.income, right.income
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    ranks = list(IncomeGroup)
    apart = abs(ranks.index(one) - ranks.index(other))
    return 1 - Fraction(apart, len(ranks) - 1), f"{one.value} and {other.value} income"


def _coast(left: City, right: City) -> Compared:
    one, other = left.coast_kilometres, right.coast_kilometres
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    same = (one <= _COAST_KILOMETRES) == (other <= _COAST_KILOMETRES)
    return Fraction(int(same)), f"{one} km and {other} km from the sea"


def _elevation(left: City, right: City) -> Compared:
    one, other = left.elevation_metres, right.elevation_metres
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    apart = Fraction(abs(one - other), _ELEVATION_STEP_METRES)
    return max(Fraction(0), 1 - apart / 2), f"{one} m and {other} m above the sea"


def _government(left: City, right: City) -> Compared:
    one, other = left.government, right.government
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _unknown(one, other)
    return Fraction(int(one is other)), f"{one.value} and {other.value}"


def _language(left: City, right: City) -> Compared:
    if not left.languages or not right.languages:
        return _unknown(Unknown(reason=UnknownReason.NOT_REPORTED), None)
    common = [language.value for language in left.languages if language in right.languages]
    return Fraction(int(bool(common))), ", ".join(sorted(common)) or "no common language"


def _unknown(one: object, other: object) -> Compared:
    for fact in (one, other):
        if isinstance(fact, Unknown):
            return fact, str(fact)
    missing = Unknown(reason=UnknownReason.NOT_REPORTED)  # pragma: no cover
    return missing, str(missing)  # pragma: no cover


_COMPARISONS: dict[ContextPart, Callable[[City, City], Compared]] = {
    ContextPart.CLIMATE: _climate,
    ContextPart.POPULATION: _population,
    ContextPart.INCOME: _income,
    ContextPart.COAST: _coast,
    ContextPart.ELEVATION: _elevation,
    ContextPart.GOVERNMENT: _government,
    ContextPart.LANGUAGE: _language,
}
