"""The mission as a drawing: every tie and every transfer once, nothing of others unescaped."""

import xml.etree.ElementTree as ET
from pathlib import Path

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import (
    Adaptation,
    CityId,
    Coordinates,
    PracticeId,
    Source,
    Transfer,
    TransferEnd,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.interchange.lists import NEEDS, PRACTICES, TRANSFERS
from utm.network import Mission, city_ties, mission_graph
from utm.reference import city2city_2026
from utm.reference.examples import example_document
from utm.report import draw_network
from utm.report.network_labels import place_labels

SVG = "{http://www.w3.org/2000/svg}"
REGISTER = city2city_2026()
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "mission.svg"


def transfer(key: str, origin: str, adopter: str, stages: int = 3) -> Transfer:
    return Transfer(
        id=TransferId(key),
        practice=PracticeId("shade"),
        origin=CityId(origin),
        adopter=CityId(adopter),
        steps=tuple(
            TransferStep(
                stage=stage, reached_on=Date(2025, 1, 1), evidence=(Source(title="Minutes"),)
            )
            for stage in tuple(TransferStage)[:stages]
        ),
        adaptations=(Adaptation(what="trees", change="cacti", why="less rain"),),
    )


def mission(*transfers: Transfer) -> Mission:
    return Mission(
        applications=REGISTER.applications, editions=(REGISTER.edition,), transfers=transfers
    )


def drawn(given_mission: Mission) -> ET.Element:
    return ET.fromstring(draw_network(given_mission))  # noqa: S314 - our own text


def of_class(root: ET.Element, tag: str, name: str) -> list[ET.Element]:
    return [each for each in root.iter(f"{SVG}{tag}") if each.get("class") == name]


def test_every_tie_between_places_that_are_known_is_drawn_once() -> None:
    given_mission = mission()
    known = {
        f"city:{city.id}"
        for city in given_mission.all_cities()
        if isinstance(city.coordinates, Coordinates)
    }
    ties = city_ties(mission_graph(given_mission))
    root = drawn(given_mission)
    lines = [each for each in of_class(root, "path", "tie") if each.find(f"{SVG}title") is not None]

    assert len(lines) == sum(one in known and other in known for one, other in ties.edges())
    dots = [each for each in root.iter(f"{SVG}circle") if each.find(f"{SVG}title") is not None]
    assert len(dots) == len(known)


def test_reuse_is_solid_and_what_is_on_its_way_is_dashed() -> None:
    root = drawn(
        mission(transfer("a", "tr-mersin", "ar-cordoba"), transfer("b", "pt-braga", "ec-cuenca", 1))
    )
    said = {
        name: [each.findtext(f"{SVG}title") for each in of_class(root, "path", name)][:1]
        for name in ("reuse", "on-the-way")
    }

    assert said == {
        "reuse": ["Córdoba learns shade from Mersin: reuse"],
        "on-the-way": ["Cuenca learns shade from Braga: understand"],
    }


def test_what_was_given_up_is_drawn_neither_as_reused_nor_as_on_its_way() -> None:
    end = TransferEnd(stopped_on=Date(2025, 6, 1), reason="no money")
    root = drawn(mission(evolve(transfer("a", "tr-mersin", "ar-cordoba"), end=end)))
    titles = [each.findtext(f"{SVG}title") for each in of_class(root, "path", "given-up")]

    assert titles == ["Córdoba learns shade from Mersin: reuse, given up", None]
    assert [len(of_class(root, "path", name)) for name in ("reuse", "on-the-way")] == [1, 1]
    assert "was given up" in [each.text for each in root.iter(f"{SVG}text")]
    assert "was given up" not in draw_network(mission(transfer("a", "tr-mersin", "ar-cordoba")))


def test_a_city_without_a_known_place_is_named_below() -> None:
    text = draw_network(mission(transfer("a", "tr-mersin", "fi-nowhere")))

    assert "Not drawn, because the place is not known:" in text
    assert "fi-nowhere" in text


def test_a_drawing_of_nothing_is_a_map() -> None:
    assert of_class(drawn(Mission()), "path", "land")


@given(st.text(max_size=40))
def test_a_title_and_names_of_others_cannot_leave_their_place(title: str) -> None:
    hostile = 'A<script>alert(1)</script>"&'
    first, *others = REGISTER.applications
    renamed = evolve(first, applicant=evolve(first.applicant, name=hostile))
    text = draw_network(Mission(applications=(renamed, *others)), title=title + hostile)

    assert "<script" not in text
    assert text == draw_network(Mission(applications=(renamed, *others)), title=title + hostile)
    ET.fromstring(text)  # noqa: S314 - our own text


@given(
    st.lists(
        st.tuples(st.text("abc", min_size=1, max_size=12), st.floats(0, 200), st.floats(0, 100)),
        max_size=12,
    )
)
def test_names_cover_neither_each_other_nor_a_dot(wanted) -> None:
    dots = [(x, y, 4.0) for _, x, y in wanted]
    placed = place_labels(wanted, dots, width=200, height=100)
    boxes = []
    for label in placed:
        wide = len(label.text) * 6.4
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        boxes.append((left, label.y - 9, left + wide, label.y + 3))

    for at, one in enumerate(boxes):
        assert one[0] >= -0.1
        assert one[2] <= 200.1
        for other in boxes[:at]:
            apart = (
                one[0] >= other[2] - 0.2
                or other[0] >= one[2] - 0.2
                or one[1] >= other[3] - 0.2
                or other[1] >= one[3] - 0.2
            )
            assert apart


def test_the_picture_of_the_documentation_is_what_the_library_draws_today() -> None:
    practices = PRACTICES.parse(example_document("practices"))
    day = Date(2026, 2, 1)
    given_mission = Mission(
        applications=REGISTER.applications,
        editions=(REGISTER.edition,),
        practices=tuple(one for each in practices if (one := each.published_on(day)) is not None),
        transfers=tuple(each.until(day) for each in TRANSFERS.parse(example_document("transfers"))),
        research_needs=NEEDS.parse(example_document("needs")),
    )

    assert PICTURE.read_text(encoding="utf-8") == draw_network(given_mission)
