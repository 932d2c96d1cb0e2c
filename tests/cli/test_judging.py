"""Screening, explaining and comparing from the shell."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from utm.cli.main import utm
from utm.rules import write_rulebook
from utm.rules.library import CITY2CITY_2026, RULEBOOKS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(utm, arguments, catch_exceptions=False)


def test_the_register_is_screened_with_what_is_missing_for_every_city() -> None:
    document = json.loads(run("screen", "--format", "json").stdout)

    by_name = {decision["name"]: decision for decision in document["decisions"]}
    assert (document["format"], document["version"]) == ("utm.screening", 1)
    assert len(by_name) == 51
    assert by_name["Strășeni"]["outcome"] == "ineligible"
    assert by_name["Poti"]["outcome"] == "incomplete"
    assert "conflicting" in {missing["reason"] for missing in by_name["Poti"]["needed"]}
    assert all(one["needed"] for one in by_name.values() if one["outcome"] == "incomplete")
    assert {one["authority_decision"]["outcome"] for one in by_name.values()} == {"admitted"}


def test_screening_a_file_judges_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("name,country\nAlpha,PT\nBeta,CL\n", encoding="utf-8")

    table = run("screen", str(path), "--on", "2026-01-08")

    assert table.exit_code == 0
    assert "2 applicants. incomplete: 2." in table.stdout


@pytest.mark.parametrize("name", ["Leh", "in-leh", "Peñaloen", "Bandirma", "Birmingham, UK"])
def test_a_city_is_explained_under_whatever_name(name: str) -> None:
    explained = run("explain", name)

    assert explained.exit_code == 0
    assert "at least 50,000 inhabitants" in explained.stdout


def test_an_explanation_comes_as_text_as_data_and_as_a_drawing() -> None:
    text = run("explain", "Leh").stdout
    document = json.loads(run("explain", "Leh", "--format", "json").stdout)
    drawing = run("explain", "Leh", "--format", "mermaid").stdout

    assert text.startswith("## Leh: ineligible")
    assert document["outcome"] == "ineligible"
    assert drawing.startswith("flowchart TD")


@pytest.mark.parametrize("name", ["Atlantis", "Brazil"])
def test_a_name_that_fits_none_or_several_is_a_usage_error(name: str) -> None:
    explained = run("explain", name)

    assert explained.exit_code == 2
    assert name in explained.stderr


def test_ways_to_eligibility_are_told_with_the_evidence_to_ask_for() -> None:
    document = json.loads(run("whatif", "Poti", "--format", "json").stdout)
    text = run("whatif", "Poti").stdout

    criteria = {change["criterion"] for way in document["ways"] for change in way["changes"]}
    assert {"population", "plan"} <= criteria or len(criteria) >= 3
    assert all(way["outcome"].startswith("eligible") for way in document["ways"])
    assert "Each of these would be enough" in text


def test_a_city_below_the_floor_has_an_obstacle_with_its_margin() -> None:
    document = json.loads(run("whatif", "Strășeni", "--format", "json").stdout)

    (obstacle,) = document["obstacles"]
    assert obstacle["short_inhabitants"] > 25_000
    assert document["ways"] == []


@pytest.mark.parametrize("book", [book.id for book in RULEBOOKS])
def test_every_rulebook_is_listed_shown_and_sound(book: str) -> None:
    assert book in run("rulebook", "list").stdout.replace("\n", "")
    assert book in run("rulebook", "show", book).stdout
    assert run("rulebook", "check", book).exit_code == 0
    assert json.loads(run("rulebook", "show", book, "--format", "json").stdout)


def test_a_rulebook_is_read_from_a_file_and_judges_as_the_one_that_ships(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(write_rulebook(CITY2CITY_2026), encoding="utf-8")

    own = json.loads(run("screen", "--rulebook", str(path), "--format", "json").stdout)
    shipped = json.loads(run("screen", "--format", "json").stdout)

    assert [one["outcome"] for one in own["decisions"]] == [
        one["outcome"] for one in shipped["decisions"]
    ]


def test_two_calls_are_compared_with_witnesses_and_over_the_register() -> None:
    shown = run("rulebook", "diff", "city2city-2026", "utm-cohort-2023").stdout

    assert "meets only the first" in shown
    assert "of 51 change" in shown
