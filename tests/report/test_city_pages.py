from attrs import evolve
from pendulum import Date

from tests.report.editions import application, edition_rules, real_edition, small_edition
from utm.domain import Consortium, ConsortiumId, Waiver, WaiverCategory
from utm.programme import FormedEdition, form_edition
from utm.report.city_pages import CityPage, lay_out_cities
from utm.report.summary import names_in


def pages(edition: FormedEdition) -> dict[str, CityPage]:
    return {
        city.name: city
        for outcome in lay_out_cities(edition, names_in(edition))
        for city in outcome.cities
    }


def test_every_applicant_has_a_page_and_those_with_most_trouble_come_first() -> None:
    edition = real_edition()
    outcomes = lay_out_cities(edition, names_in(edition))

    assert sum(len(outcome.cities) for outcome in outcomes) == len(edition.screening)
    assert outcomes[0].label == "A rule is not met"


def test_the_authority_stands_beside_an_unmet_criterion_and_does_not_change_it() -> None:
    leh = pages(real_edition())["Leh"]

    assert leh.authority.startswith("Admitted by ")
    assert leh.criteria[0].verdict == "unmet"
    assert leh.criteria[0].verdict_in_words == "not met"
    assert any("37,475 inhabitants" in seen for seen in leh.criteria[0].evidence)


def test_missing_evidence_is_told_with_what_to_ask_for() -> None:
    missing = pages(real_edition())["Braga"].criteria[-1].missing

    assert len(missing) == 1
    assert "not reported; ask for the plan" in missing[0]


def test_why_it_is_not_certain_which_place_is_meant_is_told_once() -> None:
    ablekuma = pages(real_edition())["Ablekuma"]
    texts = [*ablekuma.notes, *(text for line in ablekuma.criteria for text in line.missing)]

    assert sum("three municipal assemblies exist" in text for text in texts) == 1
    assert sum("as told before" in text for text in texts) == 2


def test_an_excused_criterion_is_still_shown_unmet() -> None:
    small = application("Smallville", 0)
    waiver = Waiver(
        criterion="population",
        subject=small.key,
        category=WaiverCategory.WAIVED,
        authority="The board",
        reason="An island.",
        issued_on=Date(2025, 12, 1),
    )
    edition = form_edition([small, application("Mersin", 1)], edition_rules(), waivers=(waiver,))
    criterion = pages(edition)["Smallville"].criteria[0]

    assert criterion.verdict == "unmet"
    assert criterion.waiver == "Waived by The board from 1 December 2025: An island."


def test_of_a_consortium_every_town_is_judged_by_name() -> None:
    one, other = application("First town", 0), application("Second town", 4)
    together = evolve(
        one,
        applicant=Consortium(
            id=ConsortiumId("two-towns"),
            name="Two towns",
            members=(*one.cities, *other.cities),
        ),
    )
    edition = form_edition([together, application("Mersin", 1)], edition_rules())
    subjects = {line.subject for line in pages(edition)["Two towns"].criteria}

    assert {"First town", "Second town"} <= subjects


def test_an_applicant_without_a_group_is_told_why() -> None:
    edition = form_edition([application("Alone", 0)], edition_rules())
    alone = pages(edition)["Alone"]

    assert alone.group is None
    if edition.unplaced:
        assert alone.reason


def test_the_whole_of_a_long_name_is_kept() -> None:
    name = "x" * 500
    (page,) = (page for page in pages(small_edition((name, "Mersin"))).values() if page.whole_name)

    assert page.whole_name == name
    assert len(page.name) == 80
