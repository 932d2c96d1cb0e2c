"""Records of the EU portal: lists in lists, a budget in text, deadlines without their hour."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import AmountRange, Money
from utm.errors import InvalidInputError
from utm.funding import Availability, state_of
from utm.interchange.funding import parse_portal_topics, read_portal_topics

TOPIC = "HORIZON-MISS-2026-04-CIT-01"
OVERVIEW = (
    '{"budgetYearsColumns":["2026","2027"],"budgetTopicActionMap":{'
    '"10001":[{"action":"HORIZON-MISS-2026-04-CIT-01 - HORIZON-IA HORIZON Innovation Actions",'
    '"expectedGrants":2,"minContribution":4000000,"maxContribution":6000000.10,'
    '"budgetYearMap":{"2026":"12000000","2027":0.10},"deadlineModel":"two-stage"}],'
    '"10002":[{"action":"HORIZON-MISS-2026-04-CIT-011 - HORIZON-RIA","expectedGrants":1,'
    '"minContribution":1,"maxContribution":2,"budgetYearMap":{"2026":"99"}}]}}'
)


def record(**changes: object) -> dict[str, object]:
    metadata = {
        "identifier": [TOPIC],
        "callIdentifier": ["HORIZON-MISS-2026-04"],
        "title": ["Integrated  peri-urban areas in the transition"],
        "type": ["1"],
        "status": ["31094502"],
        "startDate": ["2026-02-04T00:00:00.000+0000"],
        "deadlineDate": ["2026-09-17T00:00:00.000+0000", "2026-03-29T00:00:00.000+0000"],
        "deadlineModel": ["two-stage"],
        "typesOfAction": ["HORIZON Innovation Actions"],
        "programmePeriod": ["2021 - 2027"],
        "budgetOverview": [OVERVIEW],
        **changes,
    }
    kept = {key: value for key, value in metadata.items() if value is not None}
    return {"reference": "1", "summary": "Peri-urban", "metadata": kept}


def document(*records: dict[str, object]) -> str:
    return json.dumps({"totalResults": len(records), "results": list(records)})


def test_a_topic_is_read_with_its_own_line_of_the_budget() -> None:
    (topic,) = parse_portal_topics(document(record()))

    assert topic.id.value == TOPIC.lower()
    assert topic.title == "Integrated peri-urban areas in the transition"
    low, high = Money.of(4_000_000, "EUR"), Money.of("6000000.10", "EUR")
    assert topic.amounts == AmountRange(lowest=low, highest=high)
    assert topic.budget == Money.of("12000000.10", "EUR")
    assert [(str(d.day), d.stage) for d in topic.deadlines] == [
        ("2026-03-29", 1),
        ("2026-09-17", 2),
    ]
    assert topic.deadlines[0].instant == datetime(2026, 3, 29, 15, tzinfo=UTC)  # summer time


def test_what_nobody_has_verified_is_not_open_although_the_portal_says_so() -> None:
    (topic,) = parse_portal_topics(document(record()))
    (coming,) = parse_portal_topics(document(record(status=["31094501"])))
    at = datetime(2026, 3, 1, tzinfo=UTC)

    assert state_of(topic, at=at).availability is Availability.UNVERIFIED
    assert state_of(coming, at=at).availability is Availability.FORECAST


@pytest.mark.parametrize(
    ("status", "forecast", "closed"),
    [("31094501", True, False), ("31094502", False, False), ("31094503", False, True)],
)
def test_a_topic_is_forthcoming_open_or_closed_as_the_portal_says(
    status: str, forecast: bool, closed: bool
) -> None:
    (topic,) = parse_portal_topics(document(record(status=[status])))

    assert (topic.forecast, topic.closed) == (forecast, closed)


def test_a_list_of_results_and_a_record_without_budget_are_read_as_well(tmp_path: Path) -> None:
    bare = record(budgetOverview=None, deadlineDate=None, startDate=None, deadlineModel=None)
    file = tmp_path / "topics.json"
    file.write_text(json.dumps([bare]), encoding="utf-8")
    (topic,) = read_portal_topics(file)

    assert (topic.amounts, topic.budget, topic.deadlines) == (None, None, ())


def test_all_problems_are_told_at_once_with_their_paths() -> None:
    text = document(
        record(identifier=None, status=["7"]),
        record(title="no list", deadlineDate=["soon"]),
        record(budgetOverview=['{"budgetTopicActionMap": }']),
        record(
            identifier=["X-3"],
            budgetOverview=['{"budgetTopicActionMap":{"1":[{"budgetYearMap":{"2026":"1e5"}}]}}'],
        ),
        record(identifier=["X-1"]),
        record(identifier=["X-1"]),
    )
    with pytest.raises(InvalidInputError) as caught:
        parse_portal_topics(text)

    paths = {problem.path for problem in caught.value.problems}
    assert paths == {
        "$.results[0].metadata.identifier",
        "$.results[0].metadata.status[0]",
        "$.results[1].metadata.title",
        "$.results[1].metadata.deadlineDate[0]",
        "$.results[2].metadata.budgetOverview[0]",
        "$.results[3].metadata.budgetOverview[0].budgetTopicActionMap['1'][0].budgetYearMap['2026']",
        "$.results[5]",
    }


def test_a_day_that_no_deadline_can_be_is_told_in_its_place_beside_all_other_problems() -> None:
    six = [f"2026-0{month}-01" for month in range(3, 9)]
    with pytest.raises(InvalidInputError) as caught:
        parse_portal_topics(
            document(
                record(deadlineDate=["2026-09-17", "9999-12-31"]),
                record(identifier=["X-2"], deadlineDate=six[::-1]),
                record(identifier=["X-3"], startDate=["0001-01-01"]),
                record(identifier=["X-4"], status=["7"]),
            )
        )

    assert [problem.path for problem in caught.value.problems] == [
        "$.results[0].metadata.deadlineDate[1]",
        "$.results[1].metadata.deadlineDate[0]",
        "$.results[2].metadata.startDate[0]",
        "$.results[3].metadata.status[0]",
    ]


def test_a_topic_has_its_programme_and_competes_for_the_money_of_its_call() -> None:
    (known,) = parse_portal_topics(document(record(frameworkProgramme=["43108390"])))
    (other,) = parse_portal_topics(document(record(frameworkProgramme=["31045243"])))
    (untold,) = parse_portal_topics(document(record(callIdentifier=None)))

    assert (known.programme, known.budget_line) == ("Horizon Europe", "HORIZON-MISS-2026-04")
    assert other.programme == "31045243"
    assert (untold.programme, untold.budget_line) == ("", "")


def test_a_byte_order_mark_before_a_text_is_no_part_of_it() -> None:
    text = document(record())

    assert parse_portal_topics(f"\ufeff{text}") == parse_portal_topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        "{}]",
        '[{"a":1,"a":2}]',
        "[NaN]",
        "[" * 100_000,
        '{"results": 3}',
        "[1e999999999999999999999999999999999999999999]",
    ],
)
def test_what_is_no_record_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_portal_topics(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional={key: JSON | st.lists(JSON, max_size=2) for key in (
    "identifier", "title", "status", "startDate", "deadlineDate", "deadlineModel", "budgetOverview",
)}))  # fmt: skip
def test_whatever_stands_in_a_record_it_is_read_or_refused(changes: dict[str, object]) -> None:
    with suppress(InvalidInputError):
        assert len(parse_portal_topics(document(record(**changes)))) == 1


@pytest.mark.parametrize("text", ["{}", '{"format": "utm.needs", "needs": []}', "7", '"topics"'])
def test_what_is_no_answer_of_the_search_is_not_taken_for_an_empty_one(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_portal_topics(text)
