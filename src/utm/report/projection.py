"""From the globe to the page: the Natural Earth projection and great circles on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

__all__ = ["MAP_HEIGHT", "MAP_WIDTH", "Place", "great_circle", "project", "svg_path"]

Place: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, east and north positive."""

MAP_WIDTH = 1000.0
"""Width of the whole world on the page, in units of the drawing."""

# Polynomials of the projection, by rising powers of the squared latitude in radians.
_LENGTHS = (0.870700, -0.131979, -0.013791, 0.0, 0.0, 0.003971, -0.001529)
_HEIGHTS = (1.007226, 0.015085, 0.0, -0.044475, 0.028874, -0.005916)

_SCALE = MAP_WIDTH / (2 * math.pi * _LENGTHS[0])
_SOUTH_DEGREES = -58.0
_FLAT_TURN_DEGREES = 180.0
_DEGREES_A_STEP = 4.0
_OPPOSITE = 1e-9


def _polynomial(coefficients: Iterable[float], square: float) -> float:
    return sum(factor * square**power for power, factor in enumerate(coefficients))


def _height(latitude: float) -> float:
    radians = math.radians(latitude)
    return radians * _polynomial(_HEIGHTS, radians * radians) * _SCALE


_TOP = _height(90.0)
MAP_HEIGHT = round(_TOP - _height(_SOUTH_DEGREES), 1)
"""Height of the page, from the North Pole to 58° south, in units of the drawing."""


def project(place: Place) -> tuple[float, float]:
    """Put a place on the page.

    Parameters
    ----------
    place
        Longitude in [-180, 180] and latitude in [-90, 90].

    Returns
    -------
    tuple of float
        x in [0, `MAP_WIDTH`] from west to east, y from 0 at the North Pole to
        `MAP_HEIGHT` at 58° south and beyond it for places further south.

    References
    ----------
    .. [1] T. Patterson, Natural Earth projection, 2008, in the polynomial form of
       B. Šavrič et al., "A polynomial equation for the Natural Earth projection", 2011.
    """
    longitude, latitude = place
    square = math.radians(latitude) ** 2
    x = MAP_WIDTH / 2 + math.radians(longitude) * _polynomial(_LENGTHS, square) * _SCALE
    return x, _TOP - _height(latitude)


def great_circle(start: Place, end: Place) -> tuple[tuple[Place, ...], ...]:
    """Walk the shortest way between two places over the globe.

    Parameters
    ----------
    start, end
        The two places.

    Returns
    -------
    tuple of tuple of Place
        One piece, or two where the way crosses the antimeridian: the first ends at its
        one side, the second begins at its other. Neighbouring points are at most some
        4° apart. Between opposite places, where every way is a shortest one, the way
        over the parallel is taken.
    """
    angle = _angle_between(start, end)
    count = max(2, math.ceil(math.degrees(angle) / _DEGREES_A_STEP))
    steps = [_between(start, end, angle, step / count) for step in range(1, count)]
    return _cut_at_antimeridian((start, *steps, end))


def _unit_vector(place: Place) -> tuple[float, float, float]:
    longitude, latitude = math.radians(place[0]), math.radians(place[1])
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def _angle_between(start: Place, end: Place) -> float:
    a, b = _unit_vector(start), _unit_vector(end)
    chord = math.dist(a, b)
    return 2 * math.asin(min(1.0, chord / 2))


def _between(start: Place, end: Place, angle: float, share: float) -> Place:
    sine = math.sin(angle)
    if sine < _OPPOSITE:
        return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
    near, far = math.sin((1 - share) * angle) / sine, math.sin(share * angle) / sine
    pairs = zip(_unit_vector(start), _unit_vector(end), strict=True)
    x, y, z = (near * a + far * b for a, b in pairs)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _cut_at_antimeridian(way: Sequence[Place]) -> tuple[tuple[Place, ...], ...]:
    pieces: list[list[Place]] = [[way[0]]]
    for (from_east, from_north), (to_east, to_north) in pairwise(way):
        turn = to_east - from_east
        if abs(turn) > _FLAT_TURN_DEGREES:
            side = math.copysign(_FLAT_TURN_DEGREES, from_east)
            left = abs(side - from_east)
            right = abs(side + to_east)
            share = left / (left + right) if left + right else 0.0
            north = from_north + (to_north - from_north) * share
            pieces[-1].append((side, north))
            pieces.append([(-side, north)])
        pieces[-1].append((to_east, to_north))
    return tuple(tuple(piece) for piece in pieces)


def svg_path(points: Iterable[Place], *, closed: bool = False) -> str:
    """Write places as the data of an SVG path, to a tenth of a unit of the drawing.

    Parameters
    ----------
    points
        Places along a line.
    closed
        Whether the line returns to its first place.
    """
    written: list[str] = []
    for point in points:
        x, y = project(point)
        text = f"{_tenths(x)} {_tenths(y)}"
        if not written or written[-1] != text:
            written.append(text)
    return f"M{'L'.join(written)}{'Z' if closed else ''}"


def _tenths(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
