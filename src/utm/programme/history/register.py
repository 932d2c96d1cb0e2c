"""The register of a history: the cities that it may tell of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, cast

from attrs import fields, frozen, has

from utm.domain import CityId
from utm.errors import InvalidValueError
from utm.programme.history.refusal import Refusal, Requirement

__all__ = ["KNOWN_CITIES", "CitiesEntered", "CityRegister"]

KNOWN_CITIES = Requirement(
    id="history.known-city",
    text="a city is entered in the register of a history before anything is told of it there",
)
"""What is asked of every city that a history with a register tells of."""


@frozen(kw_only=True)
class CitiesEntered:
    """Cities are entered in the register of a history; from then on it may tell of them.

    Parameters
    ----------
    cities
        Keys, each once: of members of the cohort, applicants, guests, whoever takes part.
    """

    cities: tuple[CityId, ...]

    def __attrs_post_init__(self) -> None:
        if not self.cities or len(set(self.cities)) < len(self.cities):
            raise InvalidValueError(
                kind="register", value=[*map(str, self.cities)], reason="must name cities once each"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        were = "was" if len(self.cities) == 1 else "were"
        return f"{', '.join(map(str, self.cities))} {were} entered in the register."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities."""
        return tuple(one.value for one in self.cities)


@frozen
class CityRegister:
    """The cities that a history may tell of, as its beginning and its entries name them.

    To be in it is neither to belong to the cohort nor to take part in anything: trainings have
    guests, and applicants ask questions. It only tells a city from a slip of the pen. It belongs
    to the history and is no file beside it, so that a history read alone, and years later, is
    judged as it was on its day.

    Parameters
    ----------
    cities
        In any order; they are kept by key, each once.
    """

    cities: tuple[CityId, ...] = ()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "cities", tuple(sorted(set(self.cities))))

    def __contains__(self, city: CityId) -> bool:
        """Whether a city is in it."""
        at = bisect_left(self.cities, city)
        return at < len(self.cities) and self.cities[at] == city

    def entering(self, cities: Iterable[CityId]) -> CityRegister:
        """The register with further cities."""
        return CityRegister((*self.cities, *cities))

    def refuse_unknown(self, action: object) -> Refusal | None:
        """Refuse what tells of a city that is not in it; all such cities are named."""
        told = dict.fromkeys(_cities_in(action))
        unknown = [self._with_nearest(city) for city in told if city not in self]
        if not unknown:
            return None
        are = "is" if len(unknown) == 1 else "are"
        return KNOWN_CITIES.refuse(f"{', '.join(unknown)} {are} not in it")

    def _with_nearest(self, city: CityId) -> str:
        near = get_close_matches(city.value, [one.value for one in self.cities], n=1, cutoff=0.8)
        return f"{city} (nearest is {near[0]})" if near else city.value


def _cities_in(fact: object) -> Iterator[CityId]:
    """Every city that a fact names, however deep."""
    if isinstance(fact, CityId):
        yield fact
    elif isinstance(fact, tuple):
        for one in cast("tuple[object, ...]", fact):
            yield from _cities_in(one)
    elif has(kind := cast("type[Any]", type(fact))):
        for part in fields(kind):
            yield from _cities_in(getattr(fact, part.name))
