"""Keep numbered badges of a map apart where their places are near each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

__all__ = ["spread_badges"]

Point: TypeAlias = tuple[float, float]

_ROUNDS = 300
_ROUNDS_WITH_HOMING = 150
_HOMING = 0.02
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def spread_badges(
    homes: Sequence[Point], *, apart: float, width: float, height: float
) -> tuple[Point, ...]:
    """Move badges as little as needed so that no two of them overlap.

    Parameters
    ----------
    homes
        Where each badge belongs, in units of the drawing.
    apart
        Least distance between two centres.
    width, height
        Size of the page; badges keep half of ``apart`` from its edges.

    Returns
    -------
    tuple of Point
        A centre for each badge, in the order of ``homes``, to a tenth of a unit. Where
        the page is too small for all, they overlap rather than leave it.

    Notes
    -----
    Badges push each other apart for 300 rounds and are drawn home a little in the first
    half, so that nothing presses them together in the end. A round
    takes a time that grows with the number of pairs within ``apart`` of each other from
    west to east. Nothing is drawn at random.
    """
    places = [_kept_within(home, apart, width, height) for home in homes]
    for turn in range(_ROUNDS):
        homing = _HOMING * max(0.0, 1 - turn / _ROUNDS_WITH_HOMING)
        drawn = [
            (x + (home_x - x) * homing, y + (home_y - y) * homing)
            for (x, y), (home_x, home_y) in zip(places, homes, strict=True)
        ]
        pushed = _pushed(drawn, apart)
        places = [_kept_within(place, apart, width, height) for place in pushed]
    return tuple((round(x, 1), round(y, 1)) for x, y in places)


def _pushed(places: Sequence[Point], apart: float) -> list[Point]:
    moved = [list(place) for place in places]
    from_west = sorted(range(len(places)), key=lambda badge: (places[badge], badge))
    for rank, i in enumerate(from_west):
        left_x, left_y = places[i]
        for j in from_west[rank + 1 :]:
            dx, dy = places[j][0] - left_x, places[j][1] - left_y
            if dx >= apart:
                break
            distance = math.hypot(dx, dy)
            if distance >= apart:
                continue
            if distance == 0:  # the same place: every pair leaves it in its own direction
                angle = (i + j) * _GOLDEN_ANGLE
                dx, dy, distance = math.cos(angle), math.sin(angle), 1.0
                step = apart / 4
            else:
                step = (apart - distance) / 2
            for badge, sign in ((i, -1), (j, 1)):
                moved[badge][0] += sign * dx / distance * step
                moved[badge][1] += sign * dy / distance * step
    return [(x, y) for x, y in moved]


def _kept_within(place: Point, apart: float, width: float, height: float) -> Point:
    margin = apart / 2
    x = min(max(place[0], margin), width - margin)
    y = min(max(place[1], margin), height - margin)
    return x, y
