"""The land of the world as outlines, for maps that must work without a network."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeAlias

__all__ = ["Outline", "land_outlines"]

Outline: TypeAlias = tuple[tuple[float, float], ...]
"""A closed ring of (longitude, latitude) in degrees; its last point is its first."""

_TENTHS_PER_DEG = 10


@cache
def land_outlines() -> tuple[Outline, ...]:
    """Outlines of the land masses of the world, coarse enough for a map of one page.

    Drawn as one shape with the even-odd fill rule, the rings are the land: a ring inside
    another one is water, which at this scale is the Caspian Sea alone.

    Returns
    -------
    tuple[Outline, ...]
        About 120 closed rings with 4,300 points in all, the longest ring first. Longitudes
        are in [-180, 180] and latitudes in [-60, 90] degrees, both rounded to a tenth of a
        degree. No ring crosses the antimeridian: Chukotka, Wrangel Island and Fiji are cut
        there. Antarctica is left out. Islands smaller than about 100 km are missing too,
        and so a town on a small island or a narrow cape may lie outside every ring.

    Notes
    -----
    Takes time linear in the number of points once, and none afterwards.

    References
    ----------
    .. [1] Natural Earth, 1:110m physical vectors, land, version 4.1.0. Public domain.
    """
    source = files("utm.report").joinpath("data", "land_110m.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(_parse_ring(line) for line in lines if not line.startswith("#"))


def _parse_ring(line: str) -> Outline:
    pairs = (pair.split(",") for pair in line.split())
    return tuple(
        (int(longitude) / _TENTHS_PER_DEG, int(latitude) / _TENTHS_PER_DEG)
        for longitude, latitude in pairs
    )
