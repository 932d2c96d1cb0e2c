"""Whatever stands in a file of others, it is read, or refused with the place of every problem."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from utm.errors import InvalidInputError
from utm.interchange.funding import parse_360giving, parse_iati_activities, parse_portal_topics

FIXTURES = Path(__file__).parent / "fixtures"
TEXTS = (
    "", " ", "\u0092", "F\u0092s", "a\x7fb", "a\x85b", "\u202eb", "\u200b", "\ufeff", "日本",
    "x" * 5_000, "7", "-1", "0", "1" * 30, "0.1", "1e999", "NaN", "50.000",
    "9999-12-31", "0001-01-01", "2026-02-30", "1949-12-31T00:00:00Z", "two-stage",
    "XK", "ZZ", "QQQ", "{}", "[]", "{", "null",
)  # fmt: skip
VALUES = (
    *TEXTS, "a\x00b", "\ud800", None, True, 0, -1, 1, 10**29, 10**39, 0.1, 1e300, [], {},
    [[]], [None], [{}], {"a": 1}, ["9999-12-31"], [f"2026-0{month}-01" for month in range(1, 7)],
)  # fmt: skip


def is_read_or_refused(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except InvalidInputError as error:
        return all(problem.path and problem.reason for problem in error.problems)
    return True


def replaced(value: object, by: object) -> Iterator[object]:
    """The value with each of its parts replaced in turn, also within JSON that stands in text."""
    yield by
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: other} for other in replaced(part, by))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in replaced(part, by))
    elif isinstance(value, str) and value.startswith("{"):
        yield from (json.dumps(other) for other in replaced(json.loads(value), by))


@pytest.mark.parametrize("by", VALUES, ids=ascii)
@pytest.mark.parametrize(
    ("name", "entries", "parse"),
    [("search.json", "results", parse_portal_topics), ("grants.json", "grants", parse_360giving)],
)
def test_a_value_that_nobody_expects_is_read_or_refused_in_its_place(
    name: str, entries: str, parse: Callable[[str], object], by: object
) -> None:
    first, *_ = json.loads((FIXTURES / name).read_text(encoding="utf-8"))[entries]
    for changed in replaced(first, by):
        assert is_read_or_refused(parse, json.dumps({entries: [changed]}))


@pytest.mark.parametrize("key", ["amountAwarded", "awardDate", "id"])
@pytest.mark.parametrize("number", ["1e99999999999999999999", "-1e-99999999999999999999", "1E+400"])
def test_a_number_beyond_all_bounds_is_refused_in_its_place(key: str, number: str) -> None:
    assert is_read_or_refused(
        parse_360giving, f'{{"grants": [{{"title": "x", "{key}": {number}}}]}}'
    )


@pytest.mark.parametrize("by", TEXTS, ids=ascii)
def test_a_text_that_nobody_expects_in_an_activity_is_read_or_refused_in_its_place(by: str) -> None:
    whole = (FIXTURES / "activities.xml").read_text(encoding="utf-8")
    count = sum(1 for _ in ET.fromstring(whole.encode()).iter())  # noqa: S314 - our own file
    for number in range(count):
        tree = ET.fromstring(whole.encode())  # noqa: S314 - our own file
        element = list(tree.iter())[number]
        for key, before in element.attrib.items():
            element.set(key, by)
            assert is_read_or_refused(parse_iati_activities, ET.tostring(tree, encoding="unicode"))
            element.set(key, before)
        element.text = by
        assert is_read_or_refused(parse_iati_activities, ET.tostring(tree, encoding="unicode"))


def test_sums_that_no_money_holds_are_refused_in_their_place() -> None:
    line = {"action": "X-1 - IA", "budgetYearMap": {"2026": "9" * 30, "2027": "9" * 30}}
    overview = json.dumps({"budgetTopicActionMap": {"1": [line]}})
    topic = {"identifier": ["X-1"], "title": ["T"], "status": ["31094502"]}
    text = json.dumps([{"metadata": {**topic, "budgetOverview": [overview]}}])
    with pytest.raises(InvalidInputError, match="30 digits") as of_topic:
        parse_portal_topics(text)

    budgets = "".join(
        f'<budget><period-start iso-date="{year}-01-01"/><value>{"9" * 30}</value></budget>'
        for year in (2026, 2027)
    )
    activity = (
        f"<iati-identifier>X</iati-identifier><title><narrative>T</narrative></title>{budgets}"
    )
    with pytest.raises(InvalidInputError, match="30 digits") as of_activity:
        parse_iati_activities(
            "<iati-activities><iati-activity default-currency='EUR'>"
            f"{activity}</iati-activity></iati-activities>"
        )

    assert of_topic.value.problems[0].path.endswith(".budgetTopicActionMap")
    assert "iati-activity[1]" in of_activity.value.problems[0].path
