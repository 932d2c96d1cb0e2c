"""Each group on a map of its own."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from utm.programme.formed_edition import FormedGroup
from utm.report.badges import spread_badges
from utm.report.map_marks import MapMark, joining_path, letter_of, mark_at, places_of
from utm.report.projection import MAP_HEIGHT, MAP_WIDTH, Place, great_circle, project

__all__ = ["GroupMap", "draw_group_map"]

_GROUP_MAP_WIDTH_PIXELS = 400.0
_GROUP_BADGE_PIXELS = 23.0
_SMALLEST_WINDOW = 240.0
_WINDOW_ASPECT = 2.0
_MARGIN_SHARE = 0.16


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
        for place in places_of((member,))
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
        path=joining_path(places),
        marks=tuple(
            mark_at(letter, place, (x + left, y + top))
            for (letter, place), (x, y) in zip(lettered, badges, strict=True)
        ),
    )


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
