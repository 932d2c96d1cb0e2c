import json
import re

import pytest
from hypothesis import given

from tests.rules.subjects import DAY, book, figure, together, town, waiver
from utm.domain import Application, Commitment, Source, Unknown, UnknownReason, civil_date
from utm.rules import (
    AllOf,
    CommitmentGiven,
    Decision,
    Finding,
    Interpretations,
    MinimumPopulation,
    Not,
    as_dict,
    as_markdown,
    as_mermaid,
    decision_as_dict,
    decision_as_markdown,
)
from utm.rules.library import COHORT_2023
from utm.testing.rules import applications_to_judge, readings

CALL = Source(title="Call of 2026")
FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000, source=CALL)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
BOTH = AllOf(id="all", title="the criteria", parts=(FLOOR, ENGAGE))
HOSTILE = ("<script>alert(1)</script>", "a](javascript:x) **b**", 'quote " here', "# heading `x`")


def judge(name: str = "Turku", *, inhabitants: int = 46_721) -> Decision:
    return book(BOTH).assess(town(figure(inhabitants), name=name), on=DAY)


def test_a_finding_is_one_sentence_with_observation_threshold_source_and_margin() -> None:
    leaf = judge().finding.parts[0]

    assert leaf.sentence == (
        'Turku does not meet "at least 50,000 inhabitants": '
        "46,721 inhabitants (municipality, Census); 3,279 short of 50,000."
    )


def test_a_finding_tells_the_version_its_dates_and_its_source() -> None:
    threshold = judge().finding.parts[0].threshold

    assert threshold.requirement == "at least 50,000 inhabitants"
    assert threshold.version.version == "only"
    assert threshold.version.in_force.start == civil_date("2000-01-01")
    assert threshold.source == CALL


def test_the_sentence_of_a_combination_names_what_stands_against_it() -> None:
    assert judge().finding.sentence == (
        'Turku does not meet "the criteria": not met: "at least 50,000 inhabitants".'
    )


def test_the_reason_of_a_combination_is_what_its_answer_rests_on_and_nothing_else() -> None:
    finding = book(Not(title="no engagement", part=ENGAGE)).assess(town(), on=DAY).finding

    assert 'Whether Turku meets "no engagement" is not known' in finding.sentence


def test_markdown_marks_the_decisive_leaf_and_cites_the_criterion() -> None:
    text = as_markdown(judge().finding)

    assert text.splitlines()[1].startswith("  - ✗ **Turku does not meet")
    assert text.splitlines()[1].endswith("*(Call of 2026)*")
    assert "**" not in text.splitlines()[2]


def test_mermaid_draws_every_finding_once_and_marks_the_decisive_one() -> None:
    drawn = as_mermaid(judge().finding)

    assert len(re.findall(r"^ +n\d+\[", drawn, flags=re.MULTILINE)) == 3
    assert "class n1 decisive" in drawn
    assert "class n2 decisive" not in drawn
    assert drawn.count("-->") == 2


def test_a_dict_is_json_and_holds_the_parts() -> None:
    plain = as_dict(judge().finding)

    assert json.loads(json.dumps(plain)) == plain
    assert [part["rule"] for part in plain["parts"]] == ["population", "engage"]  # type: ignore[union-attr, call-overload, index]


def test_a_decision_in_markdown_lists_what_is_missing_and_the_authority_beside() -> None:
    text = decision_as_markdown(judge(inhabitants=60_000))

    assert text.startswith("## Turku: incomplete\n")
    assert "### Missing evidence" in text
    assert "a commitment to engage: not reported" in text
    assert "authority's decision" not in text


def test_a_waiver_shows_in_every_form() -> None:
    city = town(figure(40_000))
    decision = book(FLOOR).assess(city, on=DAY, waivers=(waiver("population", city),))
    plain = decision_as_dict(decision)

    assert "waived by Secretariat" in decision_as_markdown(decision)
    assert plain["outcome"] == "eligible by waiver"
    assert plain["finding"]["waiver"]["reason"] == "the district counts"  # type: ignore[index, call-overload]


def test_a_town_is_named_where_the_finding_is_about_several() -> None:
    towns = together(town(figure(60_000), name="Ena"), town(figure(10), name="Dva"))
    drawn = as_mermaid(book(FLOOR).assess(towns, on=DAY).finding)

    assert "Dva: ✗" in drawn


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_no_harm(name: str) -> None:
    decision = judge(name)
    markdown, drawn = decision_as_markdown(decision), as_mermaid(decision.finding)

    assert "<script" not in markdown.replace("\\<", "")
    assert "](" not in markdown.replace("\\]", "")
    assert all(line.count('"') in {0, 2} for line in drawn.splitlines())


def test_an_unknown_without_a_note_reads_well() -> None:
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    finding = book(FLOOR).assess(town(identity=doubt), on=DAY).finding

    assert finding.sentence == (
        'Whether Turku meets "at least 50,000 inhabitants" is not known (ambiguous entity).'
    )


def assert_one_sentence(finding: Finding) -> None:
    assert finding.sentence.endswith(".")
    assert "\n" not in finding.sentence
    assert "  " not in finding.sentence
    assert ": ." not in finding.sentence


@given(applications_to_judge(), readings())
def test_every_finding_of_every_application_renders(
    facts: Application, chosen: Interpretations
) -> None:
    rulebook = book(COHORT_2023.versions[0].rule)
    decision = rulebook.assess(facts, on=DAY, interpretations=chosen)

    for finding in decision.finding.walk():
        assert_one_sentence(finding)
    assert json.loads(json.dumps(decision_as_dict(decision)))["digest"] == decision.digest
    assert decision_as_markdown(decision).count("**") == 2 * len(decision.finding.decisive_leaves)
