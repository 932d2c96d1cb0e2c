"""The groups of an edition on a map of the world, and each group on a map of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import frozen

from utm.domain import Application, Coordinates
from utm.programme.formed_edition import FormedEdition, FormedGroup
from utm.report.badges import spread_badges
from utm.report.coastlines import land_outlines
from utm.report.display_text import NameBook
from utm.report.projection import (
    MAP_HEIGHT,
    MAP_WIDTH,
    Place,
    great_circle,
    project,
    svg_path,
)

__all__ = [
    "GroupMap",
    "MapMark",
    "MapThread",
    "WorldMap",
    "draw_group_map",
    "draw_world_map",
    "land_path",
]

_BADGE_APART = 21.0
_LEADER_FROM = 4.0
_GROUP_MAP_WIDTH_PIXELS = 400.0
_GROUP_BADGE_PIXELS = 23.0
_SMALLEST_WINDOW = 240.0
_WINDOW_ASPECT = 2.0
_MARGIN_SHARE = 0.16
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


@frozen(kw_only=True)
class MapThread:
    """A group on the map of the world.

    Parameters
    ----------
    number
        Its number in the edition.
    theme
        Index of its theme in the taxonomy.
    members
        Names of its members.
    path
        The lines that join its members, as SVG path data; empty for a single dot.
    marks
        Its cities.
    """

    number: int
    theme: int
    members: tuple[str, ...]
    path: str
    marks: tuple[MapMark, ...]


@frozen(kw_only=True)
class WorldMap:
    """Everything that is drawn on the map of the world.

    Parameters
    ----------
    width, height
        Size of the drawing.
    land
        The land, as SVG path data for the even-odd rule.
    threads
        The groups.
    unplaced
        Dots of applicants in no group.
    missing
        Cities that cannot be drawn because their place is not known.
    """

    width: float
    height: float
    land: str
    threads: tuple[MapThread, ...]
    unplaced: tuple[tuple[float, float], ...]
    missing: tuple[str, ...]


@frozen(kw_only=True)
class GroupMap:
    """The part of the world in which a group lies.

    Parameters
    ----------
    window
        Left, top, width and height of that part, in units of the drawing.
    badge_size
        Width of a badge in units of the drawing, so that it has one size on the page.
    path
        The lines that join its members.
    marks
        Its cities, labelled with the letters of the members.
    """

    window: tuple[float, float, float, float]
    badge_size: float
    path: str
    marks: tuple[MapMark, ...]


@cache
def land_path() -> str:
    """Give the land of the world as SVG path data, for the even-odd rule."""
    return "".join(svg_path(ring[:-1], closed=True) for ring in land_outlines())


def draw_world_map(edition: FormedEdition, names: NameBook) -> WorldMap:
    """Draw all groups on one map.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.

    Notes
    -----
    Badges that would overlap are moved apart, in time quadratic in their number.
    """
    placed = [_places(member for member in group.members) for group in edition.groups]
    homes = [project(place) for places in placed for place in places]
    badges = iter(spread_badges(homes, apart=_BADGE_APART, width=MAP_WIDTH, height=MAP_HEIGHT))
    themes = [theme.id for theme in edition.taxonomy.themes]
    threads = tuple(
        MapThread(
            number=number,
            theme=themes.index(group.theme),
            members=tuple(names.short(member.applicant.name) for member in group.members),
            path=_joining_path(places),
            marks=tuple(_mark(str(number), place, next(badges)) for place in places),
        )
        for number, (group, places) in enumerate(zip(edition.groups, placed, strict=True), start=1)
    )
    loose = _places(one.application for one in edition.unplaced)
    return WorldMap(
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
        land=land_path(),
        threads=threads,
        unplaced=tuple(_rounded(project(place)) for place in loose),
        missing=_cities_without_place(edition, names),
    )


def draw_group_map(group: FormedGroup) -> GroupMap | None:
    """Draw one group on the part of the world in which it lies.

    Parameters
    ----------
    group
        The group. Its members are lettered from A in their order.

    Returns
    -------
    GroupMap or None
        ``None`` where the place of no member is known.
    """
    lettered = [
        (letter_of(index), place)
        for index, member in enumerate(group.members)
        for place in _places((member,))
    ]
    if not lettered:
        return None
    places = [place for _, place in lettered]
    left, top, width, height = window = _window(places)
    size = width / _GROUP_MAP_WIDTH_PIXELS * _GROUP_BADGE_PIXELS
    homes = [(x - left, y - top) for x, y in map(project, places)]
    badges = spread_badges(homes, apart=size, width=width, height=height)
    return GroupMap(
        window=window,
        badge_size=round(size, 1),
        path=_joining_path(places),
        marks=tuple(
            _mark(letter, place, (x + left, y + top))
            for (letter, place), (x, y) in zip(lettered, badges, strict=True)
        ),
    )


def letter_of(index: int) -> str:
    """Give the letter of a member of a group: A for the first."""
    return _LETTERS[index % len(_LETTERS)]


def _places(applications: Iterable[Application]) -> tuple[Place, ...]:
    return tuple(
        (city.coordinates.longitude_degrees, city.coordinates.latitude_degrees)
        for application in applications
        for city in application.cities
        if isinstance(city.coordinates, Coordinates)
    )


def _cities_without_place(edition: FormedEdition, names: NameBook) -> tuple[str, ...]:
    return tuple(
        names.short(city.name)
        for one in edition.screening
        for city in one.application.cities
        if not isinstance(city.coordinates, Coordinates)
    )


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _mark(label: str, place: Place, badge: tuple[float, float]) -> MapMark:
    x, y = _rounded(project(place))
    badge_x, badge_y = _rounded(badge)
    return MapMark(label=label, x=x, y=y, badge_x=badge_x, badge_y=badge_y)


def _joining_path(places: Sequence[Place]) -> str:
    """Join places by the shortest net of great circles (Prim's algorithm)."""
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


def _window(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Find the part of the drawing that holds some places and the lines between them."""
    way = [
        point
        for index, end in enumerate(places)
        for start in places[:index]
        for piece in great_circle(start, end)
        for point in piece
    ]
    points = [project(place) for place in (*places, *way)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    width = max(wide, high * _WINDOW_ASPECT, _SMALLEST_WINDOW) * (1 + 2 * _MARGIN_SHARE)
    width = min(width, max(MAP_WIDTH, MAP_HEIGHT * _WINDOW_ASPECT))
    height = width / _WINDOW_ASPECT
    left = _inside((max(xs) + min(xs) - width) / 2, width, MAP_WIDTH)
    top = _inside((max(ys) + min(ys) - height) / 2, height, MAP_HEIGHT)
    return round(left, 1), round(top, 1), round(width, 1), round(height, 1)


def _inside(start: float, length: float, whole: float) -> float:
    if length >= whole:
        return (whole - length) / 2
    return min(max(start, 0.0), whole - length)
