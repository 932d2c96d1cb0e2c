"""The mission as a drawing: who shares a group, and what travels from city to city."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from attrs import frozen

from utm.domain import City, CityId, Coordinates, Transfer
from utm.network import Mission, NodeKind, city_ties, mission_graph, node_name
from utm.report.display_text import NameBook, plain
from utm.report.map_marks import rounded
from utm.report.network_labels import PlacedLabel, place_labels
from utm.report.projection import (
    MAP_HEIGHT,
    MAP_WIDTH,
    Place,
    great_circle,
    project,
    svg_path,
)
from utm.report.world_map import land_path

__all__ = ["draw_network"]

_HEAD, _FOOT = 44.0, 74.0
_LEAST_RADIUS, _RADIUS_A_TIE, _MOST_RADIUS = 3.0, 0.6, 7.0
_MOST_LABELS, _MOST_MISSING = 40, 12
_STYLE = """\
text{font:11px system-ui,sans-serif;fill:#1c2b33}
.title{font-size:16px;font-weight:600}.note{fill:#4a5a63}
.sea{fill:#f3f7f8}.land{fill:#dfe5e2}
.tie{fill:none;stroke:#4b8f8c;stroke-width:1.1;opacity:.55}
.reuse,.on-the-way{fill:none;stroke:#b4460f;stroke-width:2}
.on-the-way{stroke-dasharray:4 4;stroke-width:1.6}
.given-up{fill:none;stroke:#b4460f;stroke-width:1;opacity:.5;stroke-dasharray:1 3}
.tip{fill:#b4460f}
.city{fill:#12504e;stroke:#fff;stroke-width:1}
.alone{fill:#fff;stroke:#12504e;stroke-width:1.4}
.name{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"""


@frozen(kw_only=True)
class _Dot:
    """A city on the map."""

    key: CityId
    name: str
    place: Place
    x: float
    y: float
    ties: int

    @property
    def radius(self) -> float:
        return round(min(_MOST_RADIUS, _LEAST_RADIUS + _RADIUS_A_TIE * self.ties), 1)


def draw_network(mission: Mission, *, title: str = "Who learns from whom") -> str:
    """Draw the ties between the cities of a mission on a map of the world, as SVG.

    Thin lines join the members of a group, arrows lead from the origin of a practice to its
    adopter: solid where it is reused, dashed where it is understood or adapted, thinly dotted
    where it was given up. A dot grows with the number of cities that it is tied to; a hollow
    one has no tie. Names stand where there is room, those first whose city teaches or learns;
    every dot tells its name to who points at it. Cities whose place is not known are named
    below.

    Parameters
    ----------
    mission
        The mission. A consortium stands for its towns.
    title
        What stands above the drawing.

    Returns
    -------
    str
        One SVG document that loads nothing; the same mission gives the same text.

    Raises
    ------
    InvalidValueError
        Two things of one kind share a key.
    """
    ties = city_ties(mission_graph(mission))
    cities = {city.id: city for city in mission.all_cities()}
    names = NameBook.of(city.name for city in cities.values())
    dots = {
        key: _dot(city, names, ties.degree(node_name(NodeKind.CITY, key)))
        for key, city in cities.items()
        if isinstance(city.coordinates, Coordinates)
    }
    drawn = {node_name(NodeKind.CITY, key): dot for key, dot in dots.items()}
    moves = [each for each in mission.transfers if each.origin in dots and each.adopter in dots]
    learned = {frozenset((each.origin, each.adopter)) for each in moves}
    pairs = [
        (drawn[one], drawn[other])
        for one, other in ties.edges()
        if one in drawn
        and other in drawn
        and frozenset((drawn[one].key, drawn[other].key)) not in learned
    ]
    asked = {key for each in mission.transfers for key in (each.origin, each.adopter)}
    missing = [names.short(cities[key].name) for key in sorted({*cities} - {*dots})]
    missing += [key.value for key in sorted(asked - {*cities})]
    return "\n".join(
        [
            *_head(title),
            *(_tie(one, other) for one, other in pairs),
            *(_move(each, dots) for each in sorted(moves, key=lambda move: move.id)),
            *(_circle(dot) for dot in dots.values()),
            *(_name(label) for label in _labels(dots, moves)),
            *_foot(missing, given_up=any(each.end for each in moves)),
            "</g></svg>\n",
        ]
    )


def _dot(city: City, names: NameBook, ties: int) -> _Dot:
    at = city.coordinates
    assert isinstance(at, Coordinates)  # noqa: S101 - asked for by the caller
    place = (at.longitude_degrees, at.latitude_degrees)
    x, y = rounded(project(place))
    return _Dot(key=city.id, name=names.short(city.name), place=place, x=x, y=y, ties=ties)


def _head(title: str) -> list[str]:
    height = _HEAD + MAP_HEIGHT + _FOOT
    return [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH:g} {height:g}" '
            f'role="img" aria-labelledby="title desc">'
        ),
        f'<title id="title">{_text(title)}</title>',
        (
            '<desc id="desc">Lines join cities that share a group; arrows lead from where a '
            "practice was learned to where it is reused.</desc>"
        ),
        f"<style>{_STYLE}</style>",
        (
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="10.5" refY="4" markerWidth="5" '
            'markerHeight="5" orient="auto"><path class="tip" d="M0 0L8 4L0 8Z"/></marker></defs>'
        ),
        f'<rect width="{MAP_WIDTH:g}" height="{height:g}" fill="#fff"/>',
        f'<text class="title" x="16" y="28">{_text(title)}</text>',
        f'<g transform="translate(0 {_HEAD:g})">',
        f'<rect class="sea" width="{MAP_WIDTH:g}" height="{MAP_HEIGHT:g}"/>',
        f'<path class="land" fill-rule="evenodd" d="{land_path()}"/>',
    ]


def _tie(one: _Dot, other: _Dot) -> str:
    said = f"{one.name} and {other.name} share a group"
    return f'<path class="tie" d="{_way(one, other)}"><title>{_text(said)}</title></path>'


def _move(transfer: Transfer, dots: dict[CityId, _Dot]) -> str:
    origin, adopter = dots[transfer.origin], dots[transfer.adopter]
    stage = "not begun" if transfer.stage is None else transfer.stage.value
    stopped = ", given up" if transfer.end is not None else ""
    said = f"{adopter.name} learns {transfer.practice} from {origin.name}: {stage}{stopped}"
    style = "reuse" if transfer.is_in_use else "given-up" if transfer.end else "on-the-way"
    return (
        f'<path class="{style}" marker-end="url(#tip)" d="{_way(origin, adopter)}">'
        f"<title>{_text(said)}</title></path>"
    )


def _way(one: _Dot, other: _Dot) -> str:
    return "".join(svg_path(piece) for piece in great_circle(one.place, other.place))


def _circle(dot: _Dot) -> str:
    style = "city" if dot.ties else "alone"
    tied = f"{dot.name}: tied to {dot.ties}"
    return (
        f'<circle class="{style}" cx="{dot.x:g}" cy="{dot.y:g}" r="{dot.radius:g}">'
        f"<title>{_text(tied)}</title></circle>"
    )


def _labels(dots: dict[CityId, _Dot], moves: Sequence[Transfer]) -> tuple[PlacedLabel, ...]:
    moving = {key for each in moves for key in (each.origin, each.adopter)}
    ordered = sorted(dots.values(), key=lambda dot: (dot.key not in moving, -dot.ties, dot.key))
    return place_labels(
        [(dot.name, dot.x, dot.y) for dot in ordered[:_MOST_LABELS]],
        [(dot.x, dot.y, dot.radius) for dot in dots.values()],
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
    )


def _name(label: PlacedLabel) -> str:
    at = f'x="{label.x:g}" y="{label.y:g}" text-anchor="{label.anchor}"'
    return f'<text class="name" {at}>{_text(label.text)}</text>'


def _foot(missing: Sequence[str], *, given_up: bool) -> list[str]:
    y = MAP_HEIGHT + 20
    lines = [
        f'<path class="tie" d="M16 {y - 4:g}H44"/><text x="50" y="{y:g}">share a group</text>',
        (
            f'<path class="reuse" marker-end="url(#tip)" d="M150 {y - 4:g}H184"/>'
            f'<text x="190" y="{y:g}">a practice is reused</text>'
        ),
        (
            f'<path class="on-the-way" marker-end="url(#tip)" d="M330 {y - 4:g}H364"/>'
            f'<text x="370" y="{y:g}">is being understood or adapted</text>'
        ),
        (
            f'<circle class="city" cx="570" cy="{y - 4:g}" r="5"/>'
            f'<text x="582" y="{y:g}">a city; larger: more ties</text>'
        ),
        (
            f'<circle class="alone" cx="730" cy="{y - 4:g}" r="4"/>'
            f'<text x="742" y="{y:g}">a city without a tie</text>'
        ),
        (
            f'<text class="note" x="16" y="{y + 20:g}">Coastlines: Natural Earth. Places of '
            "cities: as recorded; those of the register after GeoNames, CC BY 4.0.</text>"
        ),
    ]
    if given_up:
        lines.append(
            f'<path class="given-up" marker-end="url(#tip)" d="M806 {y + 16:g}H834"/>'
            f'<text x="842" y="{y + 20:g}">was given up</text>'
        )
    if missing:
        shown = ", ".join(missing[:_MOST_MISSING])
        left = len(missing) - _MOST_MISSING
        more = f" and {left} more" if left > 0 else ""
        said = f"Not drawn, because the place is not known: {shown}{more}."
        lines.append(f'<text class="note" x="16" y="{y + 38:g}">{_text(said)}</text>')
    return lines


def _text(text: str) -> str:
    return escape(plain(text), quote=True)
