"""The land that the maps draw."""

from itertools import pairwise
from math import pi, radians, sin

import pytest

from utm.report.coastlines import Outline, land_outlines

CITIES_ON_LAND = {
    "Madrid": (-3.70, 40.42),
    "Nairobi": (36.82, -1.29),
    "Córdoba, Argentina": (-64.18, -31.41),
    "Varanasi": (82.97, 25.32),
    "Ankara": (32.86, 39.93),
    "Denver": (-104.99, 39.74),
    "Alice Springs": (133.88, -23.70),
    "Windhoek": (17.08, -22.56),
    "Manaus": (-60.03, -3.10),
    "Anadyr's hinterland, west of the antimeridian": (175.0, 65.5),
    "Chukotka, east of the antimeridian": (-175.0, 66.9),
}
WATERS = {
    "North Atlantic": (-40.0, 40.0),
    "South Pacific": (-120.0, -30.0),
    "Indian Ocean": (80.0, -20.0),
    "Bay of Biscay": (-5.0, 45.5),
    "Caspian Sea": (51.0, 41.5),
    "Mediterranean": (18.0, 35.0),
    "Bering Sea on the antimeridian": (179.9, 57.0),
    "Pacific just east of Fiji's meridian": (-170.0, -17.0),
    "Southern Ocean where Antarctica would be": (0.0, -75.0),
}


def crosses(corner: tuple[float, float], following: tuple[float, float], y: float) -> bool:
    return (corner[1] > y) != (following[1] > y)


def is_land(x: float, y: float, outlines: tuple[Outline, ...]) -> bool:
    """Even-odd: a ray eastwards from land crosses an odd number of shores."""
    shores = 0
    for outline in outlines:
        for (x1, y1), (x2, y2) in pairwise(outline):
            if crosses((x1, y1), (x2, y2), y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                shores += 1
    return shores % 2 == 1


@pytest.mark.parametrize("name", CITIES_ON_LAND)
def test_an_inland_city_lies_on_land(name: str) -> None:
    assert is_land(*CITIES_ON_LAND[name], land_outlines())


@pytest.mark.parametrize("name", WATERS)
def test_open_water_lies_outside_the_land(name: str) -> None:
    assert not is_land(*WATERS[name], land_outlines())


def test_every_ring_is_closed_and_has_an_area() -> None:
    for outline in land_outlines():
        assert outline[0] == outline[-1]
        assert len(set(outline)) >= 3
        assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(outline)) != 0


def test_coordinates_are_longitude_then_latitude_in_degrees_without_antarctica() -> None:
    for outline in land_outlines():
        for longitude, latitude in outline:
            assert -180 <= longitude <= 180
            assert -60 <= latitude <= 90


def test_no_ring_runs_across_the_whole_map_at_the_antimeridian() -> None:
    for outline in land_outlines():
        for (before, _), (after, _) in pairwise(outline):
            assert abs(after - before) < 60


def share_of_the_globe(outline: Outline) -> float:
    """Area inside a ring by Green's theorem on the sphere; clockwise rings are positive."""
    return sum(
        radians(x2 - x1) * (sin(radians(y1)) + sin(radians(y2))) / (8 * pi)
        for (x1, y1), (x2, y2) in pairwise(outline)
    )


def test_land_without_antarctica_covers_its_known_share_of_the_globe() -> None:
    # 148.9 million km² of land less 13.9 of Antarctica, of the globe's 510.1.
    assert sum(map(share_of_the_globe, land_outlines())) == pytest.approx(0.265, abs=0.002)


def test_the_caspian_sea_is_the_only_ring_of_water() -> None:
    waters = [outline for outline in land_outlines() if share_of_the_globe(outline) < 0]

    assert len(waters) == 1
    assert share_of_the_globe(waters[0]) * 510.1e6 == pytest.approx(-371_000, rel=0.05)  # km²


def test_the_outlines_are_read_once_and_cannot_be_changed() -> None:
    assert land_outlines() is land_outlines()
    assert isinstance(land_outlines(), tuple)
    assert all(isinstance(outline, tuple) for outline in land_outlines())
