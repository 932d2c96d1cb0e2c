from pathlib import Path

import pytest

from benchmarks.rules.four_cases import CASES, own_answer, table_of_cases
from benchmarks.rules.peers import plain_python
from benchmarks.rules.subjects import as_application, invent_facts
from utm.domain import civil_date
from utm.rules import Verdict, judge_many
from utm.rules.library import COHORT_2023

PAGE = Path("docs/explanation/unknown.md")
DAY = civil_date("2024-06-01")


@pytest.mark.parametrize("case", CASES)
def test_each_case_of_missing_evidence_is_answered_rightly(case: str) -> None:
    facts, right = CASES[case]

    assert own_answer(facts) == right


def test_the_page_shows_the_table_that_the_benchmark_writes() -> None:
    shown = PAGE.read_text(encoding="utf-8")
    rows = table_of_cases().splitlines()

    assert len(rows) >= 5  # the engines are not installed here; a function always is
    assert all(row in shown for row in rows)


def test_the_benchmark_puts_the_same_subjects_to_all() -> None:
    facts = invent_facts(200, missing_percent=0)
    applications = [as_application(number, each) for number, each in enumerate(facts)]

    answers = judge_many(COHORT_2023, applications, on=DAY)

    assert [answer is Verdict.MET for answer in answers] == plain_python()(facts)
    assert set(answers) == {Verdict.MET, Verdict.UNMET}
