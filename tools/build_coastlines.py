"""Make the coastlines that the reports draw, once, from Natural Earth's land polygons.

Natural Earth's 1:110m land is in the public domain. The package ``world-atlas`` of the
npm registry redistributes it as TopoJSON under the ISC licence; unpack version 2.0.2 and
give its file ``land-110m.json``::

    python tools/build_coastlines.py land-110m.json src/utm/report/data/land_110m.txt

Antarctica goes, since it holds no city and takes a fifth of the map. What is left is
rounded to a tenth of a degree (11 km, a fifth of a pixel on a map 700 pixels wide),
and points that the rounding made superfluous go too.
"""

import argparse
import json
from itertools import accumulate, pairwise
from pathlib import Path

Point = tuple[float, float]
TenthsPoint = tuple[int, int]
Ring = tuple[TenthsPoint, ...]

SOUTHERN_LIMIT_DEG = -60.0
HALF_TURN_DEG = 180.0
FULL_TURN_DEG = 360.0
SMALLEST_RING = 4  # three corners and the first one again

HEADER = """\
# Land of the world: Natural Earth 1:110m physical vectors, version 4.1.0, public domain.
# One closed ring a line: longitude,latitude in tenths of a degree. Even-odd: a ring
# inside another is water (the Caspian Sea). Without Antarctica. Made by a tool:
# tools/build_coastlines.py
"""


def decode_arcs(topology: dict) -> list[list[Point]]:
    """Undo TopoJSON's quantisation and delta coding (its specification, section 2.1.3)."""
    scale_x, scale_y = topology["transform"]["scale"]
    offset_x, offset_y = topology["transform"]["translate"]
    return [
        [
            (x * scale_x + offset_x, y * scale_y + offset_y)
            for x, y in accumulate(
                ((dx, dy) for dx, dy in arc), lambda a, b: (a[0] + b[0], a[1] + b[1])
            )
        ]
        for arc in topology["arcs"]
    ]


def stitch_ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs end to end; a negative index is an arc walked backwards."""
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def list_rings(topology: dict) -> list[list[Point]]:
    """List every ring, outer and inner, of every polygon."""
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["land"].get("geometries", [topology["objects"]["land"]])
    polygons = [
        polygon
        for geometry in geometries
        for polygon in (
            geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        )
    ]
    return [stitch_ring(indices, arcs) for polygon in polygons for indices in polygon]


def unwrap(ring: list[Point]) -> list[Point]:
    """Let longitudes run on past 180 degrees where a ring crosses the antimeridian."""
    unwrapped = ring[:1]
    turns = 0
    for (before, _), (after, latitude) in pairwise(ring):
        turns += (after - before < -HALF_TURN_DEG) - (after - before > HALF_TURN_DEG)
        unwrapped.append((after + turns * FULL_TURN_DEG, latitude))
    return unwrapped


def clip(ring: list[Point], *, limit: float, side: int) -> list[Point]:
    """Keep the part of a ring east (side 1) or west (side -1) of a meridian.

    One step of Sutherland and Hodgman's algorithm (1974). Parts that hang together only
    along the meridian stay one ring, which a fill does not show.
    """
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        if side * (x1 - limit) >= 0:
            kept.append((x1, y1))
        if (x1 - limit) * (x2 - limit) < 0:
            kept.append((limit, y1 + (y2 - y1) * (limit - x1) / (x2 - x1)))
    return [*kept, kept[0]] if kept else []


def cut_at_antimeridian(ring: list[Point]) -> list[list[Point]]:
    """Cut a ring at the antimeridian, so that a flat map may draw every piece as it is."""
    unwrapped = unwrap(ring)
    pieces = []
    for turn in (-1, 0, 1):
        shifted = [(x + turn * FULL_TURN_DEG, y) for x, y in unwrapped]
        eastern = clip(shifted, limit=-HALF_TURN_DEG, side=1)
        pieces.append(clip(eastern, limit=HALF_TURN_DEG, side=-1))
    return [piece for piece in pieces if piece]


def round_ring(ring: list[Point]) -> Ring:
    """Round to tenths of a degree; drop repeated points and points on a straight line."""
    tenths = [(round(10 * longitude), round(10 * latitude)) for longitude, latitude in ring]
    distinct = [tenths[0], *(after for before, after in pairwise(tenths) if after != before)]
    corners = distinct[:1]
    for here, ahead in pairwise(distinct[1:]):
        back = corners[-1]
        turn = (here[0] - back[0]) * (ahead[1] - back[1]) - (here[1] - back[1]) * (
            ahead[0] - back[0]
        )
        if turn != 0:
            corners.append(here)
    return (*corners, distinct[-1])


def build(topology: dict) -> str:
    """Write the rings north of the limit as text, the longest ring first."""
    northern = [
        ring
        for ring in list_rings(topology)
        if max(latitude for _, latitude in ring) > SOUTHERN_LIMIT_DEG
    ]
    pieces = [round_ring(piece) for ring in northern for piece in cut_at_antimeridian(ring)]
    kept = [ring for ring in pieces if len(ring) >= SMALLEST_RING]
    lines = [
        " ".join(f"{longitude},{latitude}" for longitude, latitude in ring)
        for ring in sorted(kept, key=lambda ring: (-len(ring), ring))
    ]
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Read the two paths of the command line and write the second from the first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topojson", type=Path, help="world-atlas' land-110m.json")
    parser.add_argument("target", type=Path, help="the text file to write")
    arguments = parser.parse_args()
    topology = json.loads(arguments.topojson.read_text(encoding="utf-8"))
    arguments.target.write_text(build(topology), encoding="utf-8")


if __name__ == "__main__":
    main()
