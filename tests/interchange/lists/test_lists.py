import json
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pendulum import Date

from utm.domain import (
    Adaptation,
    CityId,
    InwardOpportunity,
    JointCall,
    Opportunity,
    OutwardAction,
    Practice,
    PracticeId,
    Source,
    Transfer,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.errors import InvalidInputError, InvalidValueError
from utm.funding import MICALL_2022
from utm.interchange.file_lock import lock_file
from utm.interchange.funding import read_360giving
from utm.interchange.lists import (
    FUNDED_ACTIONS,
    NEEDS,
    OPPORTUNITIES,
    PARTNERS,
    PRACTICES,
    TRANSFERS,
    ListFormat,
    OpportunityEntry,
)
from utm.knowledge import (
    GiveReview,
    OpenEvaluation,
    PracticeRecord,
    Publish,
    Review,
    Reviewer,
    Submit,
    advance_practice,
    draft_practice,
    standard_rubric,
)
from utm.reference.examples import EXAMPLES, example_document
from utm.rules.library import COHORT_2023
from utm.testing.funding import opportunities, research_needs
from utm.testing.knowledge import practices

DAY = Date(2026, 3, 2)
FIXTURES = Path(__file__).resolve().parents[1] / "funding" / "fixtures"
FORMATS = (NEEDS, OPPORTUNITIES, PRACTICES, TRANSFERS)
RUBRIC = standard_rubric()


def published(practice: Practice) -> PracticeRecord:
    reviews = (
        GiveReview(
            review=Review(
                reviewer=name,
                rubric=RUBRIC.version,
                scores=tuple((each.id, 4) for each in RUBRIC.criteria),
                comment="it is told well",
            )
        )
        for name in ("Ana", "Chloé")
    )
    reviewers = (Reviewer(name="Ana"), Reviewer(name="Chloé"))
    record = draft_practice(practice, on=DAY, by="a city", reason="worth telling")
    for command in (
        Submit(),
        OpenEvaluation(rubric=RUBRIC, reviewers=reviewers),
        *reviews,
        Publish(),
    ):
        following = advance_practice(record, command, on=DAY, by="somebody", reason="it is time")
        if not isinstance(following, PracticeRecord):
            return record  # what cannot be published stays where it is
        record = following
    return record


def entries_of(opportunity: Opportunity) -> list[OpportunityEntry]:
    entries = []
    for register in (OutwardAction, InwardOpportunity, JointCall):
        try:
            entries.append(OpportunityEntry(entry=register(opportunity=opportunity)))
        except InvalidValueError:
            continue
    return entries


@st.composite
def transfers(draw: st.DrawFn, number: int) -> Transfer:
    steps = [
        TransferStep(
            stage=stage,
            reached_on=DAY.add(days=at),
            evidence=(Source(title=draw(st.sampled_from(("Minutes", "Report")))),),
        )
        for at, stage in enumerate(TransferStage)
    ]
    changed = draw(st.booleans())
    return Transfer(
        id=TransferId(f"t-{number}"),
        practice=PracticeId("shade"),
        origin=CityId("tr-mersin"),
        adopter=CityId("ec-cuenca"),
        steps=tuple(steps[: draw(st.integers(0, 3))]),
        adaptations=(Adaptation(what="trees", change="cacti", why="less rain"),) * changed,
        unchanged_because="" if changed else "it fitted",
    )


def numbered(make: Callable[[int], st.SearchStrategy[object]]) -> st.SearchStrategy[list[object]]:
    return st.integers(0, 3).flatmap(lambda count: st.tuples(*map(make, range(count)))).map(list)


LISTS: dict[str, st.SearchStrategy[list[object]]] = {
    "utm.needs": numbered(research_needs),
    "utm.opportunities": numbered(lambda number: opportunities(f"o-{number}")).map(
        lambda drawn: [entry for one in drawn for entry in entries_of(one)[:1]]  # type: ignore[arg-type]
    ),
    "utm.practices": st.lists(practices(), max_size=2, unique_by=lambda one: one.id).map(
        lambda drawn: [published(one) for one in drawn]
    ),
    "utm.transfers": numbered(transfers),
}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_written_is_read_as_it_was_in_any_order(
    form: ListFormat[object], data: st.DataObject
) -> None:
    facts = data.draw(LISTS[form.name])

    text = form.to_json(facts)

    assert form.parse(text) == tuple(sorted(facts, key=form.key_of))
    assert form.to_json(reversed(facts)) == text
    Draft202012Validator(form.schema()).validate(json.loads(text))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_schema_is_one_and_admits_no_entry_of_another_kind(form: ListFormat[object]) -> None:
    Draft202012Validator.check_schema(form.schema())
    validator = Draft202012Validator(form.schema())
    head = {"format": form.name, "version": 1}

    assert validator.is_valid({**head, form.entries: []})
    assert not validator.is_valid({**head, form.entries: [{"colour": "blue"}]})
    assert not validator.is_valid({**head, "format": "utm.other", form.entries: []})


def document(form: ListFormat[object], *entries: object, **head: object) -> str:
    whole = {"format": form.name, "version": 1, form.entries: list(entries), **head}
    return json.dumps(whole, default=str)


NEED = {
    "id": "need-1",
    "city": "fi-turku",
    "stated_on": "2026-01-08",
    "text": "How to cool old flats",
    "source": {"title": "Minutes"},
}


def test_every_problem_of_a_list_is_told_with_its_place() -> None:
    broken = document(
        NEEDS,
        {**NEED, "stated_on": "8 January"},
        {**NEED, "id": "need-2", "txt": "cooling"},
        {"id": "need-3"},
        7,
        surplus=1,
    )

    with pytest.raises(InvalidInputError) as caught:
        NEEDS.parse(broken, source="needs.json")

    places = [problem.path for problem in caught.value.problems]
    assert places == [
        "$.surplus",
        "$.needs[0].stated_on",
        "$.needs[1].txt",
        "$.needs[2].city",
        "$.needs[2].stated_on",
        "$.needs[2].text",
        "$.needs[2].source",
        "$.needs[3]",
    ]


def test_an_entry_that_stands_twice_is_refused_with_both_places() -> None:
    with pytest.raises(InvalidInputError, match=r"has the key of \$\.needs\[0\]") as caught:
        NEEDS.parse(document(NEEDS, NEED, {**NEED, "text": "another"}))
    assert caught.value.problems[0].path == "$.needs[1]"

    (need,) = NEEDS.parse(document(NEEDS, NEED))
    with pytest.raises(InvalidValueError, match="stands twice"):
        NEEDS.to_json([need, evolve(need, text="another")])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[]", r"\$: is not an object"),
        ('{"format": "utm.needs", "version": 2, "needs": []}', r"\$\.version"),
        ('{"format": "utm.needs", "version": true, "needs": []}', r"\$\.version"),
        ('{"format": "utm.needs", "version": 1, "needs": "none"}', r"\$\.needs"),
        ('{"format": "utm.needs", "version": 1}', r"\$\.needs"),
        ('{"format": "utm.needs", "version": 1, "needs": [NaN]}', "NaN"),
    ],
)
def test_a_document_of_another_shape_is_refused(text: str, place: str) -> None:
    with pytest.raises(InvalidInputError, match=place):
        NEEDS.parse(text)


@settings(max_examples=5)
@given(practices())
def test_a_practice_that_was_published_without_reviews_is_refused(practice: Practice) -> None:
    written = json.loads(PRACTICES.to_json([published(practice)]))
    events = written["practices"][0]["events"]
    last = {"published": {"on": "2026-03-02", "by": "x", "reason": "y", "expires_on": "2029-03-02"}}
    written["practices"][0]["events"] = [events[0], last]

    with pytest.raises(InvalidInputError) as caught:
        PRACTICES.parse(json.dumps(written))

    assert caught.value.problems[0].path == "$.practices[0]"
    assert "Published" in str(caught.value)


def test_an_amount_of_money_is_a_text_and_never_a_fraction_of_two() -> None:
    written = {
        "entry": {
            "joint_call": {
                "opportunity": {
                    "id": "call",
                    "title": "Call",
                    "kind": "funding",
                    "provider": {"name": "Fund", "level": "international"},
                    "source": {"title": "Portal"},
                    "consortium": {"least_partners": 2},
                    "budget": {"amount": "0.10", "currency": "EUR"},
                }
            }
        }
    }
    (entry,) = OPPORTUNITIES.parse(document(OPPORTUNITIES, written))
    assert str(entry.entry.opportunity.budget.amount) == "0.10"  # type: ignore[union-attr]

    written["entry"]["joint_call"]["opportunity"]["budget"]["amount"] = 0.1  # type: ignore[index]
    with pytest.raises(InvalidInputError, match=r"budget\.amount"):
        OPPORTUNITIES.parse(document(OPPORTUNITIES, written))


def test_an_opportunity_of_which_nobody_says_that_it_is_closed_is_not() -> None:
    whole = json.loads(OPPORTUNITIES.to_json([OpportunityEntry(entry=MICALL_2022)]))
    assert whole["opportunities"][0]["entry"]["joint_call"]["opportunity"].pop("closed") is False
    (read,) = OPPORTUNITIES.parse(json.dumps(whole))

    assert not read.entry.opportunity.closed


def test_criteria_beside_an_opportunity_are_a_rulebook_of_that_day() -> None:
    entry = OpportunityEntry(entry=MICALL_2022, beside=COHORT_2023)

    (read,) = OPPORTUNITIES.parse(OPPORTUNITIES.to_json([entry]))

    assert read.beside == COHORT_2023
    listed = read.listing(on=Date(2024, 1, 1))
    asked = {rule.id for rule in listed.eligibility.versions[0].rules}
    assert {"gcom-signatory", "whole-city-plan"} <= asked
    with pytest.raises(InvalidValueError, match="lies outside"):
        read.listing(on=Date(2020, 1, 1))


EXAMPLE_FORMATS = {
    "needs": NEEDS,
    "opportunities": OPPORTUNITIES,
    "partners": PARTNERS,
    "practices": PRACTICES,
    "transfers": TRANSFERS,
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_facts_of_each_example_are_written_and_read_again(name: str) -> None:
    form: ListFormat = EXAMPLE_FORMATS[name]
    facts = form.parse(example_document(name))

    assert len(facts) >= 2
    assert form.parse(form.to_json(facts)) == facts


def test_a_list_is_amended_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "needs.json"
    path.write_text(example_document("needs"), encoding="utf-8")
    before = path.read_bytes()

    def fail(facts: tuple[object, ...]) -> tuple[object, ...]:
        raise RuntimeError(len(facts))

    with pytest.raises(RuntimeError):
        NEEDS.amend(path, fail)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    NEEDS.amend(path, lambda facts: facts[:2])
    assert len(NEEDS.read(path)) == 2
    with path.with_name(".needs.json.lock").open("w") as lock:
        lock_file(lock.fileno())
        with pytest.raises(InvalidInputError, match="somebody else"):
            NEEDS.amend(path, lambda facts: facts)
    NEEDS.amend(path, lambda facts: facts)  # what was left behind keeps nobody out


def test_what_others_have_paid_for_is_kept_to_the_penny(tmp_path: Path) -> None:
    path = tmp_path / "actions.json"
    actions = read_360giving(FIXTURES / "grants.json")
    FUNDED_ACTIONS.write(path, actions)

    assert FUNDED_ACTIONS.read(path) == tuple(sorted(actions, key=lambda each: each.id))
    assert '"24999.10"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "form", "key"),
    [
        ("needs", NEEDS, "city"),
        ("transfers", TRANSFERS, "origin"),
        ("transfers", TRANSFERS, "adopter"),
    ],
)
def test_a_city_of_no_country_is_told_with_its_path(
    name: str, form: ListFormat[object], key: str
) -> None:
    document = json.loads(example_document(name))
    document[form.entries][0][key] = "zz-atlantis"
    document[form.entries][-1]["id"] = "No key"
    with pytest.raises(InvalidInputError) as caught:
        form.parse(json.dumps(document))

    first = caught.value.problems[0]
    assert first.path == f"$.{form.entries}[0].{key}"
    assert "'zz-atlantis'" in str(first)
    assert len(caught.value.problems) == 2


def test_a_city_of_no_country_in_a_practice_is_told_with_its_path() -> None:
    text = example_document("practices").replace("tr-mersin", "zz-atlantis")
    with pytest.raises(InvalidInputError) as caught:
        PRACTICES.parse(text)

    assert all(problem.path.startswith("$.practices[") for problem in caught.value.problems)
    assert any("zz-atlantis" in str(problem) for problem in caught.value.problems)
