"""The groups of an edition on a map of the world."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from utm.domain import Coordinates
from utm.programme.formed_edition import FormedEdition
from utm.report.badges import spread_badges
from utm.report.coastlines import land_outlines
from utm.report.display_text import NameBook
from utm.report.map_marks import MapMark, joining_path, mark_at, places_of, rounded
from utm.report.projection import MAP_HEIGHT, MAP_WIDTH, project, svg_path

__all__ = ["MapThread", "WorldMap", "draw_world_map", "land_path"]

_BADGE_APART = 21.0


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
    placed = [places_of(member for member in group.members) for group in edition.groups]
    homes = [project(place) for places in placed for place in places]
    badges = iter(spread_badges(homes, apart=_BADGE_APART, width=MAP_WIDTH, height=MAP_HEIGHT))
    themes = [theme.id for theme in edition.taxonomy.themes]
    threads = tuple(
        MapThread(
            number=number,
            theme=themes.index(group.theme),
            members=tuple(names.short(member.applicant.name) for member in group.members),
            path=joining_path(places),
            marks=tuple(mark_at(str(number), place, next(badges)) for place in places),
        )
        for number, (group, places) in enumerate(zip(edition.groups, placed, strict=True), start=1)
    )
    loose = places_of(one.application for one in edition.unplaced)
    return WorldMap(
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
        land=land_path(),
        threads=threads,
        unplaced=tuple(rounded(project(place)) for place in loose),
        missing=_cities_without_place(edition, names),
    )


def _cities_without_place(edition: FormedEdition, names: NameBook) -> tuple[str, ...]:
    return tuple(
        names.short(city.name)
        for one in edition.screening
        for city in one.application.cities
        if not isinstance(city.coordinates, Coordinates)
    )
