import re
from itertools import pairwise

from attrs import evolve

from tests.report.editions import real_edition, small_edition
from utm.domain import Coordinates, Unknown, UnknownReason
from utm.programme import FormedEdition
from utm.report.group_map import draw_group_map
from utm.report.projection import MAP_HEIGHT, MAP_WIDTH
from utm.report.summary import names_in
from utm.report.world_map import WorldMap, draw_world_map, land_path


def drawn(edition: FormedEdition) -> WorldMap:
    return draw_world_map(edition, names_in(edition))


def segments(path: str) -> list[tuple[float, float]]:
    """Horizontal lengths of the lines of a path, with the highest point of each."""
    lengths: list[tuple[float, float]] = []
    for piece in re.findall(r"M([^M]*)", path):
        points = [tuple(map(float, point.split())) for point in piece.rstrip("Z").split("L")]
        lengths += [
            (abs(left[0] - right[0]), min(left[1], right[1])) for left, right in pairwise(points)
        ]
    return lengths


def test_every_city_with_a_place_is_drawn_once() -> None:
    edition = real_edition()
    world = drawn(edition)
    known = [
        city
        for one in edition.screening
        for city in one.application.cities
        if isinstance(city.coordinates, Coordinates)
    ]

    assert sum(len(thread.marks) for thread in world.threads) == len(known)
    assert len(world.missing) == len(edition.screening) - len(known)


def test_every_mark_bears_the_number_of_its_group() -> None:
    for thread in drawn(real_edition()).threads:
        assert {mark.label for mark in thread.marks} <= {str(thread.number)}


def test_marks_and_lines_stay_on_the_page() -> None:
    world = drawn(real_edition())
    for thread in world.threads:
        for mark in thread.marks:
            assert 0 <= mark.badge_x <= MAP_WIDTH
            assert 0 <= mark.badge_y <= MAP_HEIGHT


def test_no_line_runs_across_the_whole_page_where_a_group_spans_the_date_line() -> None:
    (thread,) = drawn(small_edition(("Suva", "Apia"))).threads  # see PLACES: not over it yet
    assert thread.path

    edition = small_edition(("Braga", "Mersin", "Suva", "Apia"))
    for line in drawn(edition).threads:
        for length, top in segments(line.path):
            assert length < 60 or top < 40, "a line jumped from one side to the other"


def test_land_is_one_path_within_the_page() -> None:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", land_path())]

    assert re.fullmatch(r"(M[\d. -]+(L[\d. -]+)*Z)+", land_path())
    assert min(numbers) >= 0
    assert max(numbers) <= MAP_WIDTH


def test_a_city_without_a_place_is_named_under_the_map() -> None:
    edition = small_edition()
    one = edition.screening[0]
    city = evolve(one.application.cities[0], coordinates=Unknown(reason=UnknownReason.NOT_REPORTED))
    screening = (
        evolve(one, application=evolve(one.application, applicant=city)),
        *edition.screening[1:],
    )

    assert drawn(evolve(edition, screening=screening)).missing == (city.name,)


def test_the_map_of_a_group_holds_all_its_members() -> None:
    for group in real_edition().groups:
        drawing = draw_group_map(group)
        if drawing is None:
            continue
        left, top, width, height = drawing.window
        for mark in drawing.marks:
            assert left <= mark.x <= left + width
            assert top <= mark.y <= top + height
        assert abs(width / height - 2) < 0.01


def test_a_group_of_which_no_place_is_known_has_no_map() -> None:
    group = small_edition().groups[0]
    unknown = Unknown(reason=UnknownReason.NOT_REPORTED)
    members = tuple(
        evolve(member, applicant=evolve(member.cities[0], coordinates=unknown))
        for member in group.members
    )

    assert draw_group_map(evolve(group, members=members)) is None
