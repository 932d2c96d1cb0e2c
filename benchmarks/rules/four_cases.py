"""The four cases of missing evidence, put to every engine."""

from benchmarks.rules.peers import Facts, Judge, installed_peers
from benchmarks.rules.subjects import as_application
from utm.domain import civil_date
from utm.rules import judge_many
from utm.rules.library import COHORT_2023

GOOD: Facts = {
    "population": 60_000,
    "gcom": "signatory",
    "plan": "whole city",
    "engage": True,
}
CASES: dict[str, tuple[Facts, str]] = {
    "the plan is absent": ({k: v for k, v in GOOD.items() if k != "plan"}, "unknown"),
    "the plan is null": ({**GOOD, "plan": None}, "unknown"),
    "too few inhabitants, the rest absent": ({"population": 49_999}, "unmet"),
    "the inhabitants are absent": ({k: v for k, v in GOOD.items() if k != "population"}, "unknown"),
}


def answer_of(judge: Judge, facts: Facts) -> str:
    """What an engine says; that it cannot say is an answer too."""
    try:
        (answer,) = judge([dict(facts)])
    except Exception as error:  # noqa: BLE001 - every engine has its own
        return f"error ({type(error).__name__})"
    return "met" if answer is True else "unmet"


def own_answer(facts: Facts) -> str:
    """What the library says; it has no null: who reports nothing leaves a fact out."""
    told = {name: fact for name, fact in facts.items() if fact is not None}
    (verdict,) = judge_many(COHORT_2023, [as_application(0, told)], on=civil_date("2024-06-01"))
    return verdict.value


def table_of_cases() -> str:
    """A Markdown table: right answers first, then each engine; wrong answers are marked."""
    rows = [
        ["engine", *CASES],
        ["---"] * (len(CASES) + 1),
        ["what is right", *(right for _, right in CASES.values())],
        ["utm", *(marked(own_answer(facts), right) for facts, right in CASES.values())],
    ]
    for name, judge in installed_peers().items():
        answers = [marked(answer_of(judge, facts), right) for facts, right in CASES.values()]
        rows.append([name, *answers])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def marked(answer: str, right: str) -> str:
    return answer if answer == right else f"**{answer}**"
