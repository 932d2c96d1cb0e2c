import contextlib
import json
from collections.abc import Iterator

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.subjects import CALL, DAY, book, figure, town
from tests.rules.trees import nameless
from tests.searching import examples
from utm.domain import Period, civil_date
from utm.errors import InvalidInputError, InvalidValueError
from utm.rules import (
    AllOf,
    Deadline,
    MinimumPopulation,
    Not,
    Rule,
    Rulebook,
    RulebookVersion,
    Verdict,
    content_hash,
    read_rulebook,
    rulebook_schema,
    write_rulebook,
)
from utm.rules.bounds import DEEPEST_RULE, MOST_RULES
from utm.rules.library import CITY2CITY_2026, COHORT_2023, RULEBOOKS
from utm.rules.notation.kinds import RULE_KINDS
from utm.testing import laws
from utm.testing.rules import rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
VALIDATOR = jsonschema.Draft202012Validator(rulebook_schema())


def plain_book(rule: object) -> str:
    return json.dumps(
        {
            "format": "utm-rulebook",
            "format_version": 1,
            "id": "book",
            "title": "Book",
            "versions": [
                {
                    "id": "only",
                    "in_force": {"start": "2000-01-01"},
                    "source": {"title": "Call"},
                    "rule": rule,
                }
            ],
        }
    )


def problems(text: str) -> list[tuple[str | None, str]]:
    with pytest.raises(InvalidInputError) as caught:
        read_rulebook(text)
    return [(problem.path, problem.reason) for problem in caught.value.problems]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(rulebook_schema())


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.id)
def test_every_rulebook_that_ships_survives_being_written_and_read(rulebook: Rulebook) -> None:
    laws.law_rulebook_survives_its_notation(rulebook)
    VALIDATOR.validate(json.loads(write_rulebook(rulebook)))


@examples(50)
@given(rules())
def test_any_rule_survives_being_written_and_read(rule: Rule) -> None:
    rulebook = book(nameless(rule))

    laws.law_rulebook_survives_its_notation(rulebook)
    VALIDATOR.validate(json.loads(write_rulebook(rulebook)))


@given(rules(), rules())
def test_rulebooks_have_one_hash_exactly_if_they_are_equal(first: Rule, second: Rule) -> None:
    one, other = book(nameless(first)), book(nameless(second))

    assert (content_hash(one) == content_hash(other)) is (one == other)


def test_a_rulebook_that_was_read_judges_as_the_one_that_was_written() -> None:
    read = read_rulebook(write_rulebook(book(FLOOR)))

    for count, verdict in ((49_999, Verdict.UNMET), (50_000, Verdict.MET)):
        assert read.assess(town(figure(count)), on=DAY).finding.verdict is verdict


def test_the_same_rulebook_in_another_layout_reads_as_the_same() -> None:
    loose = json.dumps(json.loads(write_rulebook(COHORT_2023)), indent=3, sort_keys=False)

    assert read_rulebook(loose) == COHORT_2023


FLOOR_FIELD = "$.versions[0].rule.floor_inhabitants"


@pytest.mark.parametrize("floor", ["50.000", "50000", True, 50000.0, None, 0, -1, [], 10**12])
def test_a_floor_of_a_wrong_type_is_refused_with_its_place(floor: object) -> None:
    rule = {"kind": "minimum-population", "id": "population", "floor_inhabitants": floor}

    assert problems(plain_book(rule)) == [(FLOOR_FIELD, "is no such number")]
    if floor != 50_000:  # JSON Schema takes 50000.0 for a whole number, the reader does not
        assert not VALIDATOR.is_valid(json.loads(plain_book(rule)))


def test_no_number_at_all_is_refused() -> None:
    rule = {"kind": "minimum-population", "id": "population", "floor_inhabitants": float("nan")}

    ((path, reason),) = problems(plain_book(rule))
    assert path == "$"
    assert "NaN is no number" in reason


def test_an_unknown_criterion_is_refused_with_its_place_and_the_known_ones() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_rulebook(plain_book({"kind": "all-of", "parts": [{"kind": "wealth"}]}))

    (problem,) = caught.value.problems
    assert problem.path == "$.versions[0].rule.parts[0]"
    assert problem.read == "'wealth'"
    assert "minimum-population" in problem.remedy


def test_all_problems_are_told_at_once() -> None:
    rule = {
        "kind": "all-of",
        "parts": [
            {"kind": "minimum-population", "id": 7, "floor_inhabitants": "50.000"},
            {"kind": "commitment-given", "id": "engage", "commitment": "enage"},
            {"kind": "not"},
            {"kind": "whole-city-plan", "id": "plan", "kinds": ["SECAP"], "own": True},
        ],
    }
    path = "$.versions[0].rule.parts"

    assert [place for place, _ in problems(plain_book(rule))] == [
        f"{path}[0].id",
        f"{path}[0].floor_inhabitants",
        f"{path}[1].commitment",
        f"{path}[2].part",
        f"{path}[3]",
    ]


def test_two_versions_in_force_at_once_are_refused() -> None:
    document = json.loads(write_rulebook(COHORT_2023))
    document["versions"][1]["in_force"]["start"] = "2023-09-01"

    ((path, reason),) = problems(json.dumps(document))
    assert path == "$"
    assert "overlap" in reason


def test_a_key_that_stands_twice_is_refused() -> None:
    text = plain_book({"kind": "x"}).replace('"id": "book"', '"id": "book", "id": "other"')

    assert "stands twice" in problems(text)[0][1]


@pytest.mark.parametrize("text", ["", "[", "null", "[]", '"x"', "{}", "1e999", "\ud800"])
def test_what_is_no_rulebook_is_refused(text: str) -> None:
    assert problems(text)


def test_another_format_is_refused() -> None:
    document = json.loads(write_rulebook(COHORT_2023)) | {"format_version": 2}

    assert problems(json.dumps(document)) == [("$.format", "is another format")]


def nested(depth: int) -> str:
    floor = json.dumps({"kind": "minimum-population", "id": "", "floor_inhabitants": 1})
    return '{"kind":"not","part":' * depth + floor + "}" * depth


@pytest.mark.parametrize("depth", [DEEPEST_RULE, 150, 10_000])
def test_a_rule_that_is_too_deep_is_refused(depth: int) -> None:
    text = plain_book("RULE").replace('"RULE"', nested(depth))

    ((path, reason),) = problems(text)
    assert path is not None
    assert "too deep" in reason or "beyond what a rulebook may hold" in reason


def test_a_rule_of_the_greatest_depth_is_read_and_judged() -> None:
    text = plain_book("RULE").replace('"RULE"', nested(DEEPEST_RULE - 1))
    finding = read_rulebook(text).assess(town(figure(5)), on=DAY).finding

    assert finding.verdict is Verdict.UNMET  # an odd number of negations
    assert finding.sentence.endswith(".")


def test_too_many_rules_and_too_long_a_text_are_refused() -> None:
    floor = {"kind": "minimum-population", "id": "", "floor_inhabitants": 1}
    many = {"kind": "all-of", "parts": [{"kind": "all-of", "parts": [floor] * 900}] * 6}

    assert [reason for _, reason in problems(plain_book(many))] == [
        "goes beyond what a rulebook may hold"
    ]
    assert "characters" in problems(" " * 1_000_001)[0][1]


def test_a_deep_rule_built_in_python_is_refused_too() -> None:
    rule: Rule = FLOOR
    for _ in range(10_000):
        rule = Not(part=rule)

    with pytest.raises(InvalidValueError, match="beyond 64 levels"):
        book(rule)


def test_a_rule_that_contains_itself_is_refused() -> None:
    rule = AllOf(parts=(FLOOR,))
    object.__setattr__(rule, "parts", (FLOOR, rule))

    with pytest.raises(InvalidValueError, match=f"{MOST_RULES:,} rules"):
        book(rule)


class Foreign:
    id = "foreign"
    requirement = "something"
    source = None
    parts: tuple[Rule, ...] = ()

    def examine(self, case: object) -> object:
        raise AssertionError(case)


def test_a_rule_of_somebody_else_cannot_be_written_down() -> None:
    with pytest.raises(InvalidValueError, match="no kind that can be written down"):
        write_rulebook(book(Foreign()))  # type: ignore[arg-type]


def test_every_kind_of_rule_is_drawn_by_the_strategy_or_named_here() -> None:
    drawn: set[str] = set()

    @settings(derandomize=True, max_examples=300)  # by chance alone it would fail now and then
    @given(rules(most_leaves=12))
    def draw(rule: Rule) -> None:
        drawn.update(kinds_in(json.loads(write_rulebook(book(nameless(rule))))))

    draw()
    assert set(RULE_KINDS) - drawn == set()


def kinds_in(plain: object) -> Iterator[str]:
    if isinstance(plain, dict):
        if isinstance(plain.get("kind"), str):
            yield plain["kind"]
        for value in plain.values():
            yield from kinds_in(value)
    elif isinstance(plain, list):
        for item in plain:
            yield from kinds_in(item)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places_in(plain: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from places_in(value, (*path, key))
    elif isinstance(plain, list):
        for index, value in enumerate(plain):
            yield from places_in(value, (*path, index))


@given(st.data(), JSON)
def test_a_document_with_one_value_replaced_is_read_or_refused_with_a_place(
    data: st.DataObject, value: object
) -> None:
    document = json.loads(write_rulebook(CITY2CITY_2026))
    *above, last = data.draw(st.sampled_from([p for p in places_in(document) if p]))
    holder = document
    for step in above:
        holder = holder[step]
    holder[last] = value
    text = json.dumps(document)

    if VALIDATOR.is_valid(document):
        with contextlib.suppress(InvalidInputError):  # what a schema cannot say
            laws.law_rulebook_survives_its_notation(read_rulebook(text))
    else:
        assert all(path for path, _ in problems(text))


def test_deadlines_are_written_and_read() -> None:
    deadline = Deadline(last_day=None, source=CALL, announced_on=DAY)
    version = RulebookVersion(
        id="only", in_force=Period(start=civil_date("2000-01-01")), rule=FLOOR, source=CALL
    )
    rulebook = Rulebook(id="b", title="B", versions=(version,), deadlines=(deadline,))

    assert read_rulebook(write_rulebook(rulebook)).deadlines == (deadline,)
