"""Where a city lies: country, coordinates, time zone, climate class, languages."""

from __future__ import annotations

import math
import re
from functools import cache

from attrs import frozen

from utm.domain.countries import Country, country_of, resolve_country
from utm.domain.time_zone_data import read_zone
from utm.errors import InvalidValueError

__all__ = [
    "ClimateClass",
    "Coordinates",
    "CountryCode",
    "LanguageCode",
    "TimeZone",
]

_KOPPEN = re.compile(r"A[fmws]|B[WS][hk]|C[fsw][abc]|D[fsw][abcd]|E[TF]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@frozen(order=True)
class CountryCode:
    """ISO 3166-1 alpha-2 code of a country or area, e.g. ``NA`` for Namibia.

    Parameters
    ----------
    value
        Two capital letters that the standard assigns, or ``XK``, which it leaves to its users
        and the Union uses for Kosovo.
    """

    value: str

    def __attrs_post_init__(self) -> None:
        if country_of(self.value) is None:
            raise InvalidValueError(
                kind="country", value=self.value, reason="is not an ISO 3166-1 alpha-2 code"
            )

    @classmethod
    def parse(cls, text: str) -> CountryCode:
        """Read a code or an English name: ``gb``, ``UK``, ``GBR``, ``United Kingdom``.

        Raises
        ------
        InvalidValueError
            No country bears the code or name.
        """
        found = resolve_country(text)
        if found is None:
            raise InvalidValueError(
                kind="country", value=text, reason="is no country code or country name"
            )
        return cls(found.alpha2)

    @property
    def country(self) -> Country:
        """Name and region of the country."""
        found = country_of(self.value)
        if found is None:  # pragma: no cover - the constructor has refused such a code
            raise InvalidValueError(kind="country", value=self.value, reason="is not known")
        return found

    def __str__(self) -> str:
        return self.value


@frozen(kw_only=True)
class Coordinates:
    """A point on the earth, WGS 84.

    Parameters
    ----------
    latitude_degrees
        North positive, in [-90, 90].
    longitude_degrees
        East positive, in [-180, 180].
    """

    latitude_degrees: float
    longitude_degrees: float

    def __attrs_post_init__(self) -> None:
        limits = (
            ("latitude", self.latitude_degrees, 90),
            ("longitude", self.longitude_degrees, 180),
        )
        for kind, value, limit in limits:
            if type(value) not in {int, float} or not math.isfinite(value) or abs(value) > limit:
                raise InvalidValueError(
                    kind=kind, value=value, reason=f"must lie between -{limit} and {limit}"
                )


@frozen(order=True)
class TimeZone:
    """Name of a zone in the IANA database, e.g. ``Asia/Kathmandu``."""

    value: str

    def __attrs_post_init__(self) -> None:
        if type(self.value) is not str or not _zone_exists(self.value):
            raise InvalidValueError(
                kind="time zone", value=self.value, reason="is not in the IANA time zone database"
            )

    def __str__(self) -> str:
        return self.value


@cache
def _zone_exists(name: str) -> bool:
    if "/" not in name and name != "UTC":  # old aliases such as 'EST' say nothing about a place
        return False
    try:
        read_zone(name)
    except InvalidValueError:
        return False
    return True


@frozen(order=True)
class ClimateClass:
    """Class of the Köppen-Geiger system, e.g. ``Csb``."""

    value: str

    def __attrs_post_init__(self) -> None:
        if type(self.value) is not str or not _KOPPEN.fullmatch(self.value):
            raise InvalidValueError(
                kind="climate class", value=self.value, reason="is not a Köppen-Geiger class"
            )

    @property
    def main_group(self) -> str:
        """The first letter: A tropical, B dry, C temperate, D continental, E polar."""
        return self.value[0]

    def __str__(self) -> str:
        return self.value


@frozen(order=True)
class LanguageCode:
    """ISO 639 code of a language, e.g. ``es``."""

    value: str

    def __attrs_post_init__(self) -> None:
        if type(self.value) is not str or not _LANGUAGE.fullmatch(self.value):
            raise InvalidValueError(
                kind="language", value=self.value, reason="is not an ISO 639 code of 2 or 3 letters"
            )

    def __str__(self) -> str:
        return self.value
