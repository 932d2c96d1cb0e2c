"""Reports of a platform as a table: read with their source, and never half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import CityId, JourneyStage, Question
from utm.errors import InvalidInputError
from utm.interchange import parse_platform_reports, read_platform_reports
from utm.programme.history import Command, History, Refusal
from utm.programme.journey import (
    CDP_ICLEI_TRACK,
    GCOM_FRAMEWORK,
    MY_COVENANT,
    ReportImport,
    begin_engagement,
    journey_of,
    questions_to_ask,
)

HEAD = "city,year,published_on,section,value"
TEXT = f"""{HEAD}
fi-turku,2024,2025-03-01,target,net zero by 2029
fi-turku,2024,2025-03-01,emissions inventory,
tr-mersin,2024,2025-04-01,action plan,adopted in 2022
fi-turku,2023,2024-03-01,emissions inventory,1.1 Mt CO2e in 2022
"""
TURKU = CityId("fi-turku")


@pytest.mark.parametrize("mapping", [CDP_ICLEI_TRACK, MY_COVENANT, GCOM_FRAMEWORK])
def test_one_report_is_read_for_each_city_and_year_with_its_rows_as_source(mapping) -> None:
    reports = parse_platform_reports(TEXT, mapping, source="track.csv")

    assert [(one.city.value, one.year) for one in reports] == [
        ("fi-turku", 2023),
        ("fi-turku", 2024),
        ("tr-mersin", 2024),
    ]
    assert [field.section for field in reports[1].fields] == ["target"]
    assert reports[1].source.locator == "track.csv, rows 2, 3"
    assert mapping.title in reports[1].source.title
    evidence = [one for report in reports for one in report.evidence]
    shown = {
        one.stage for one in journey_of(TURKU, evidence, on=Date(2025, 6, 1)).stages if one.is_shown
    }
    assert shown == {JourneyStage.INVENTORY, JourneyStage.TARGET}
    earlier = journey_of(TURKU, evidence, on=Date(2025, 2, 28))
    assert {one.stage for one in earlier.stages if one.is_shown} == {JourneyStage.INVENTORY}


def test_a_table_is_imported_once_and_what_it_answers_is_not_asked_again(tmp_path) -> None:
    path = tmp_path / "track.csv"
    path.write_text(TEXT, encoding="utf-8")
    mapping = CDP_ICLEI_TRACK.answering(("target", "ambition"))
    history = begin_engagement(TURKU)
    reports = [one for one in read_platform_reports(path, mapping) if one.city == TURKU]
    commands = [
        Command(action=ReportImport(report=one), by="Ada", on=Date(2025, 6, 1), why="yearly")
        for one in reports
    ]

    imported = history.record_all(commands)

    assert isinstance(imported, History)
    form = [Question(id="ambition", text="Target?"), Question(id="hopes", text="Hopes?")]
    assert [one.id for one in questions_to_ask(form, imported.state.reports)] == ["hopes"]
    again = imported.record(commands[0])
    assert isinstance(again, Refusal)
    assert again.rule == "engagement.one-report-a-year"


def test_all_problems_are_told_at_once_with_row_and_column() -> None:
    text = f"""{HEAD}
Turku!,24,1 March,,x
fi-turku,2024,2023-12-31,target,x
tr-mersin,2024,2025-03-01,target,x
tr-mersin,2024,2025-03-02,target,y
"""
    with pytest.raises(InvalidInputError) as caught:
        parse_platform_reports(text, CDP_ICLEI_TRACK)

    assert [(one.row, one.column) for one in caught.value.problems] == [
        (2, "city"),
        (2, "year"),
        (2, "published_on"),
        (2, "section"),
        (3, "published_on"),
        (5, "published_on"),
        (5, "section"),
    ]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("city,year,section,value", "published_on"),
        (f"{HEAD},value", "value"),
        (f"{HEAD},notes", "notes"),
    ],
)
def test_columns_that_are_missing_doubled_or_strange_are_named(head: str, column: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_platform_reports(f"{head}\n", CDP_ICLEI_TRACK)
    assert [(one.row, one.column) for one in caught.value.problems] == [(1, column)]


@given(st.permutations(TEXT.splitlines()[1:5]))
def test_the_order_of_the_rows_changes_no_report(rows: list[str]) -> None:
    def told(lines: list[str]) -> list[tuple[object, ...]]:
        reports = parse_platform_reports("\n".join([HEAD, *lines]), CDP_ICLEI_TRACK)
        return [
            (one.city, one.year, one.published_on, sorted((f.section, f.value) for f in one.fields))
            for one in reports
        ]

    assert told(rows) == told(TEXT.splitlines()[1:5])
