"""On which knowledge, with which waivers and readings, under which version, and what comes."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from utm.cli.main import utm
from utm.domain import CityId, Waiver, WaiverCategory, Waivers, civil_date
from utm.interchange import from_json, to_json
from utm.reference import rulebook_cases
from utm.rules import Interpretations, Outcome, RulebookCases, write_rulebook
from utm.rules.library import CITY2CITY_2026, RULEBOOKS


def run(*arguments: str) -> Result:
    ended = CliRunner().invoke(utm, arguments, catch_exceptions=False, standalone_mode=False)
    ended.exit_code = int(ended.return_value or 0)
    return ended


def outcome_of(city: str, *arguments: str) -> str:
    document = json.loads(run("explain", city, *arguments, "--format", "json").stdout)
    return str(document["outcome"])


@pytest.fixture
def waivers(tmp_path: Path) -> str:
    waiver = Waiver(
        criterion="city2city",
        subject=CityId("md-straseni"),
        category=WaiverCategory.WAIVED,
        authority="Secretariat",
        reason="the district takes part",
        issued_on=civil_date("2026-01-01"),
        expires_on=civil_date("2026-03-01"),
    )
    path = tmp_path / "waivers.json"
    path.write_text(to_json(Waivers(waivers=(waiver,))), encoding="utf-8")
    return str(path)


def test_what_was_learned_later_is_left_out() -> None:
    then = ("Strășeni", "--on", "2026-01-08", "--known-on", "2020-01-01")

    assert outcome_of("Strășeni", "--on", "2026-01-08") == "ineligible"
    document = json.loads(run("explain", *then, "--format", "json").stdout)
    assert document["known_by"] == "2020-01-01"
    screened = json.loads(run("screen", "--known-on", "2020-01-01", "--format", "json").stdout)
    assert screened["known_on"] == "2020-01-01"
    poti = next(one for one in screened["decisions"] if one["name"] == "Poti")
    assert "conflicting" not in {lack["reason"] for lack in poti["missing"]}


def test_a_waiver_of_a_file_excuses_until_it_expires(waivers: str) -> None:
    arguments = ("--waivers", waivers)

    assert outcome_of("Strășeni", "--on", "2026-02-28", *arguments) == "eligible by waiver"
    assert outcome_of("Strășeni", "--on", "2026-03-01", *arguments) == "ineligible"


def test_what_changes_by_itself_is_listed_with_its_day(waivers: str) -> None:
    arguments = ("coming", "--on", "2026-01-08", "--waivers", waivers)
    document = json.loads(run(*arguments, "--within", "60", "--format", "json").stdout)

    (change,) = document["changes"]
    assert (change["day"], change["name"]) == ("2026-03-01", "Strășeni")
    assert change["before"]["outcome"] == "eligible by waiver"
    assert change["after"]["outcome"] == "ineligible"
    assert "On 2026-03-01, Strășeni" in run(*arguments).stdout
    assert "Nothing changes by itself" in run(*arguments, "--within", "5").stdout


def test_a_reading_of_a_file_is_named_in_the_findings(tmp_path: Path) -> None:
    path = tmp_path / "readings.json"
    path.write_text(to_json(Interpretations(listing_counts_years=4)), encoding="utf-8")

    explained = run("explain", "Poti", "--readings", str(path), "--format", "json")

    assert "a listing counts for 4 years" in explained.stdout


@pytest.mark.parametrize("option", ["--waivers", "--readings"])
def test_a_bad_file_of_waivers_or_readings_is_refused_with_its_places(
    option: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"format": "utm.x", "version": "1", "data": {}}', encoding="utf-8")

    with pytest.raises(Exception, match=r"\$\.format") as caught:
        run("screen", option, str(path))
    assert "$.version" in str(caught.value)


def test_another_version_says_what_changes() -> None:
    arguments = ("explain", "Poti", "--rulebook", "utm-cohort-2023", "--under", "call-2023")
    text = run(*arguments).stdout
    document = json.loads(run(*arguments, "--format", "json").stdout)

    assert "a commitment to allocate resources (not asked, then unknown)" in text
    assert document["replayed"]["after"]["version"] == "call-2023"
    assert document["replayed"]["before"]["digest"] == document["digest"]


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.id)
def test_every_rulebook_that_ships_passes_its_check(rulebook: object) -> None:
    checked = run("rulebook", "check", rulebook.id)  # type: ignore[attr-defined]

    assert checked.exit_code == 0
    assert "seen met, unmet and unknown" in " ".join(checked.stdout.split())


def test_a_wrong_case_and_an_unseen_answer_fail_the_check(tmp_path: Path) -> None:
    cases = rulebook_cases("city2city-2026")
    few = RulebookCases(
        rulebook=cases.rulebook,
        cases=(evolve(cases.cases[0], outcome=Outcome.INELIGIBLE), *cases.cases[1:3]),
    )
    book, path = tmp_path / "book.json", tmp_path / "cases.json"
    book.write_text(write_rulebook(CITY2CITY_2026), encoding="utf-8")
    path.write_text(to_json(few), encoding="utf-8")

    checked = run("rulebook", "check", str(book), "--cases", str(path))
    text = " ".join(checked.stdout.split())

    assert checked.exit_code == 3
    assert "everything-shown: expected ineligible, found: Invented: eligible" in text
    assert "call-2026: no case shows 'gcom-signatory' unknown" in text
    assert from_json(RulebookCases, path.read_text(encoding="utf-8")) == few


def test_a_waiver_of_a_criterion_that_is_not_asked_is_refused_with_its_place(waivers: str) -> None:
    path = Path(waivers)
    path.write_text(path.read_text(encoding="utf-8").replace("city2city", "populaton"), "utf-8")

    with pytest.raises(Exception, match=r"waivers\[0\]\.criterion: is no criterion") as caught:
        run("screen", "--waivers", waivers)
    assert "Write one of city2city, population, gcom-signatory" in str(caught.value)


def test_two_calls_with_other_floors_in_one_country_are_compared(tmp_path: Path) -> None:
    text = write_rulebook(CITY2CITY_2026)
    value = '{"in_force":{"start":"2020-01-01"},"source":{"title":"Note"},"value":%s}'
    lower = (value % 9)[:-1] + ',"countries":["SK"]}'
    book = tmp_path / "book.json"
    book.write_text(
        text.replace("50000", f'{{"values":[{value % 50_000},{lower}]}}'), encoding="utf-8"
    )

    shown = " ".join(run("rulebook", "diff", "city2city-2026", str(book)).stdout.split())

    assert "whoever meets the first meets the second" in shown
    assert "meets only the second: in SK; 9 inhabitants" in shown
