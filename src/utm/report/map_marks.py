"""What both kinds of map draw: cities as badges, and the lines that join a group."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from attrs import frozen

from utm.domain import Application, Coordinates
from utm.report.projection import Place, great_circle, project, svg_path

__all__ = ["MapMark", "joining_path", "letter_of", "mark_at", "places_of", "rounded"]

_LEADER_FROM = 4.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@frozen(kw_only=True)
class MapMark:
    """A city on a map: a dot where it lies and a badge beside or upon it.

    Parameters
    ----------
    label
        What stands in the badge.
    x, y
        The dot, in units of the drawing.
    badge_x, badge_y
        The centre of the badge.
    """

    label: str
    x: float
    y: float
    badge_x: float
    badge_y: float

    @property
    def has_leader(self) -> bool:
        """Whether the badge had to move so far that a line must lead to the dot."""
        return math.hypot(self.badge_x - self.x, self.badge_y - self.y) > _LEADER_FROM


def letter_of(index: int) -> str:
    """Give the letter of a member of a group: A for the first."""
    return _LETTERS[index % len(_LETTERS)]


def places_of(applications: Iterable[Application]) -> tuple[Place, ...]:
    """List where the cities of some applicants lie, without those of which it is not known."""
    return tuple(
        (city.coordinates.longitude_degrees, city.coordinates.latitude_degrees)
        for application in applications
        for city in application.cities
        if isinstance(city.coordinates, Coordinates)
    )


def rounded(point: tuple[float, float]) -> tuple[float, float]:
    """Round a point to a tenth of a unit of the drawing."""
    return round(point[0], 1), round(point[1], 1)


def mark_at(label: str, place: Place, badge: tuple[float, float]) -> MapMark:
    """Put a dot at a place and its badge at a point of the drawing."""
    x, y = rounded(project(place))
    badge_x, badge_y = rounded(badge)
    return MapMark(label=label, x=x, y=y, badge_x=badge_x, badge_y=badge_y)


def joining_path(places: Sequence[Place]) -> str:
    """Join places by the shortest net of great circles, as SVG path data (Prim's algorithm)."""
    joined, waiting = [0] if places else [], list(range(1, len(places)))
    lines: list[str] = []
    while waiting:
        _, start, end = min(
            (_angle(places[start], places[end]), start, end) for start in joined for end in waiting
        )
        lines += [svg_path(piece) for piece in great_circle(places[start], places[end])]
        joined.append(end)
        waiting.remove(end)
    return "".join(lines)


def _angle(start: Place, end: Place) -> float:
    east = math.radians(end[0] - start[0])
    south, north = math.radians(start[1]), math.radians(end[1])
    cosine = math.sin(south) * math.sin(north) + math.cos(south) * math.cos(north) * math.cos(east)
    return round(math.acos(max(-1.0, min(1.0, cosine))), 9)
