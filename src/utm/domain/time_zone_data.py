"""The IANA time zone database, the same on every machine."""

from __future__ import annotations

from functools import cache
from importlib import metadata, resources
from zoneinfo import ZoneInfo

from utm.errors import InvalidValueError

__all__ = ["read_zone", "time_zone_data_version", "zone_names"]


def time_zone_data_version() -> str:
    """Version of the IANA time zone database that every computation here uses.

    The database is that of the ``tzdata`` distribution, on every machine alike, and
    not the one that an operating system may hold: ``tzdata 2026.6`` is IANA's 2026f.
    """
    return f"tzdata {metadata.version('tzdata')}"


@cache
def read_zone(name: str) -> ZoneInfo:
    """Read a zone from the ``tzdata`` distribution.

    Parameters
    ----------
    name
        Its name in the database, e.g. ``Asia/Kathmandu``.

    Raises
    ------
    InvalidValueError
        The database lacks the zone.
    """
    parts = name.split("/")
    if all(part and not part.startswith(".") for part in parts):
        place = resources.files("tzdata").joinpath("zoneinfo", *parts)
        if place.is_file():
            with place.open("rb") as data:
                try:
                    return ZoneInfo.from_file(data, key=name)
                except ValueError:  # a table of the database, and no zone
                    pass
    raise InvalidValueError(kind="time zone", value=name, reason="is not in the time zone data")


@cache
def zone_names() -> frozenset[str]:
    """Names of all zones in the ``tzdata`` distribution."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())
