import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from utm.report.badges import spread_badges

APART = 20.0
WIDTH, HEIGHT = 1_000.0, 450.0

points = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


def spread(homes: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return spread_badges(homes, apart=APART, width=WIDTH, height=HEIGHT)


@given(st.lists(points, max_size=30))
def test_no_two_badges_overlap(homes: list[tuple[float, float]]) -> None:
    for one, other in combinations(spread(homes), 2):
        assert math.dist(one, other) > APART * 0.9


@given(points, st.integers(2, 12))
def test_badges_of_one_place_surround_it(home: tuple[float, float], count: int) -> None:
    badges = spread([home] * count)

    for one, other in combinations(badges, 2):
        assert math.dist(one, other) > APART * 0.9
    assert all(math.dist(badge, home) < APART * count for badge in badges)


@given(st.lists(points, max_size=30))
def test_every_badge_stays_whole_on_the_page(homes: list[tuple[float, float]]) -> None:
    for x, y in spread(homes):
        assert APART / 2 <= x <= WIDTH - APART / 2
        assert APART / 2 <= y <= HEIGHT - APART / 2


def test_badges_with_room_around_them_do_not_move() -> None:
    homes = [(100.0, 100.0), (200.0, 100.0), (300.0, 200.0)]

    assert spread(homes) == tuple(homes)


def test_none_at_all_is_no_trouble() -> None:
    assert spread([]) == ()
