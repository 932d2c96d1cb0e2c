import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from utm.report.projection import MAP_HEIGHT, MAP_WIDTH, great_circle, project, svg_path

places = st.tuples(
    st.floats(-180, 180).map(lambda value: round(value, 3)),
    st.floats(-58, 90).map(lambda value: round(value, 3)),
)


def angle(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Degrees between two places, by the haversine: not the formula of the projection."""
    east, south = math.radians(end[0] - start[0]), math.radians(end[1] - start[1])
    share = (
        math.sin(south / 2) ** 2
        + math.cos(math.radians(start[1]))
        * math.cos(math.radians(end[1]))
        * math.sin(east / 2) ** 2
    )
    return math.degrees(2 * math.asin(min(1, math.sqrt(share))))


@given(places)
def test_every_place_of_the_map_lies_on_the_page(place: tuple[float, float]) -> None:
    x, y = project(place)

    assert -0.001 <= x <= MAP_WIDTH + 0.001
    assert -0.001 <= y <= MAP_HEIGHT + 0.1


@given(places)
def test_east_and_west_mirror_each_other(place: tuple[float, float]) -> None:
    x, y = project(place)
    mirrored_x, mirrored_y = project((-place[0], place[1]))

    assert math.isclose(x + mirrored_x, MAP_WIDTH, abs_tol=1e-9)
    assert y == mirrored_y


@given(places, st.floats(0.5, 10))
def test_north_is_up_and_east_is_right(place: tuple[float, float], step: float) -> None:
    longitude, latitude = place
    x, y = project(place)

    if latitude + step <= 90:
        assert project((longitude, latitude + step))[1] < y
    if longitude + step <= 180:
        assert project((longitude + step, latitude))[0] > x


def test_known_places_stand_where_others_put_them() -> None:
    # A reference value of PROJ for "natearth" on a sphere of 6400 km: 2 E 1 N.
    east, north = 194_507.265257889, 112_508.737358294
    units = MAP_WIDTH / (2 * math.pi * 0.8707 * 6_400_000)
    middle, equator = project((0, 0))
    x, y = project((2, 1))

    assert math.isclose((x - middle) / units, east, rel_tol=1e-9)
    assert math.isclose((equator - y) / units, north, rel_tol=1e-9)


def test_the_world_is_about_half_as_high_as_wide() -> None:
    _, equator = project((0, 0))

    assert math.isclose(2 * equator / MAP_WIDTH, 0.52, abs_tol=1e-4)


@given(places, places)
def test_a_great_circle_walks_in_small_steps_and_no_detour(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    pieces = great_circle(start, end)
    steps = [angle(one, other) for piece in pieces for one, other in pairwise(piece)]
    direct = angle(start, end)

    assert pieces[0][0] == start
    assert pieces[-1][-1] == end
    assert max(steps) < 8
    if 1 < direct < 179:
        assert sum(steps) < direct * 1.02 + 0.5


@given(places, places)
def test_no_line_jumps_across_the_page(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    for piece in great_circle(start, end):
        for (one, north), (other, _) in pairwise(piece):
            assert abs(one - other) <= 180 or abs(north) > 80


def test_a_line_over_the_date_line_leaves_on_one_side_and_returns_on_the_other() -> None:
    first, second = great_circle((178.4, -18.1), (-171.8, -13.8))

    assert first[-1][0] == 180
    assert second[0][0] == -180
    assert first[-1][1] == second[0][1]
    assert -18.1 < first[-1][1] < -13.8


def test_a_line_that_starts_on_the_date_line_is_drawn() -> None:
    assert great_circle((180, 10), (-180, 20))[0][0] == (180, 10)


def test_opposite_places_are_joined_although_no_way_is_the_shortest() -> None:
    (piece,) = great_circle((0, 0), (180, 0))

    assert piece[0] == (0, 0)
    assert piece[-1] == (180, 0)
    assert all(-1e-6 <= longitude <= 180 for longitude, _ in piece)


def test_a_path_is_written_to_a_tenth_and_never_in_powers_of_ten() -> None:
    path = svg_path([(0, 0), (0.00001, 0.00001), (10, 0)], closed=True)

    assert path.startswith("M500 260L")
    assert path.endswith("Z")
    assert "e" not in path
