"""The tool that once made the coastlines: decoding, cutting, rounding."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Steps of a tenth of a degree from (0, 0). Arc 0 is a square of 20 by 20 degrees, arc 1 a
# square hole in it; arcs 2 and 3 are the halves of an island that lies across the
# antimeridian, its second half written from its far end; arc 4 is a piece of Antarctica.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
    "arcs": [
        [[0, 0], [0, 100], [0, 100], [200, 0], [0, -200], [-200, 0]],
        [[50, 50], [100, 0], [0, 100], [-100, 0], [0, -100]],
        [[1700, 0], [0, 100], [-3400, 0]],
        [[1700, 0], [-3400, 0], [0, 100]],
        [[0, -800], [100, 0], [0, 100], [-100, -100]],
    ],
    "objects": {
        "land": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "arcs": [[[0], [1]], [[2, -4]], [[4]]]},
            ],
        }
    },
}


@pytest.fixture(scope="module")
def rings(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[int, int]]]:
    folder = tmp_path_factory.mktemp("coastlines")
    source, target = folder / "land.json", folder / "land.txt"
    source.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "tools/build_coastlines.py", source, target], check=True)
    lines = target.read_text(encoding="utf-8").splitlines()
    return [
        [tuple(map(int, pair.split(","))) for pair in line.split()]
        for line in lines
        if not line.startswith("#")
    ]


def corners(ring: list[tuple[int, int]]) -> set[tuple[int, int]]:
    assert ring[0] == ring[-1]
    return set(ring)


def test_a_ring_is_decoded_without_the_points_on_its_straight_sides(
    rings: list[list[tuple[int, int]]],
) -> None:
    assert {(0, 0), (0, 200), (200, 200), (200, 0)} in map(corners, rings)


def test_a_hole_stays_a_ring(rings: list[list[tuple[int, int]]]) -> None:
    assert {(50, 50), (150, 50), (150, 150), (50, 150)} in map(corners, rings)


def test_a_ring_across_the_antimeridian_becomes_one_piece_on_each_side(
    rings: list[list[tuple[int, int]]],
) -> None:
    assert {(1700, 0), (1700, 100), (1800, 100), (1800, 0)} in map(corners, rings)
    assert {(-1800, 0), (-1800, 100), (-1700, 100), (-1700, 0)} in map(corners, rings)


def test_antarctica_is_left_out_and_nothing_is_added(rings: list[list[tuple[int, int]]]) -> None:
    assert len(rings) == 4
