"""Screening, explaining and comparing from the shell."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from utm.cli.main import utm
from utm.domain import Application, CityId, Waiver, WaiverCategory, Waivers, civil_date
from utm.errors import InvalidInputError
from utm.interchange import to_json
from utm.interchange.documents import from_json_value
from utm.rules import write_rulebook
from utm.rules.library import CITY2CITY_2026, RULEBOOKS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(utm, arguments, catch_exceptions=False)


def exit_code_of(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(utm, arguments, catch_exceptions=False, standalone_mode=False)
    return int(ended.return_value or 0), ended.stdout


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


def test_a_rulebook_that_is_not_there_is_a_mistake_in_the_command(tmp_path: Path) -> None:
    ended = run("rulebook", "check", str(tmp_path / "missing.json"))

    assert ended.exit_code == 2
    assert "does not exist" in ended.stderr


def test_cases_that_cannot_be_read_are_told_before_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text("{}", encoding="utf-8")

    ended = CliRunner().invoke(utm, ("rulebook", "check", "utm-cohort-2023", "--cases", str(path)))

    assert isinstance(ended.exception, InvalidInputError)
    assert ended.stdout == ""


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


SMALL = """name,country,population,gcom_status,gcom_since,plan_kind,plan_coverage,commits_to_engage
Turku,FI,206035,committed,2025-01-01,SECAP,whole city,yes
Pori,FI,83000,signatory,2015-01-01,SECAP,whole city,no
Kemi,FI,20000,signatory,2015-01-01,SECAP,whole city,yes
"""


def difference(path: Path, *arguments: str) -> dict[str, object]:
    path.write_text(SMALL, encoding="utf-8")
    ended = run("rulebook", "diff", *arguments, "--applicants", str(path), "--format", "json")
    document: dict[str, object] = json.loads(ended.stdout)
    return document


def test_two_calls_are_compared_as_a_matrix_with_the_cities_behind_every_cell(
    tmp_path: Path,
) -> None:
    calls = ("city2city-2026", "utm-cohort-2023", "--on", "2026-01-08")
    document = difference(tmp_path / "small.csv", *calls)
    shown = run("rulebook", "diff", *calls, "--applicants", str(tmp_path / "small.csv")).stdout

    assert document["matrix"] == [
        {"before": "eligible", "after": "ineligible", "applicants": ["fi-pori"]},
        {"before": "ineligible", "after": "conditional", "applicants": ["fi-turku"]},
        {"before": "ineligible", "after": "ineligible", "applicants": ["fi-kemi"]},
    ]
    assert [one["name"] for one in document["changes"]] == ["Pori", "Turku"]  # type: ignore[attr-defined]
    comparison = document["comparison"]
    assert (comparison["relation"], comparison["exact"]) == ("overlapping", True)  # type: ignore[index]
    assert from_json_value(Application, comparison["witnesses"]["only_first"])  # type: ignore[index]
    assert "ineligible, then conditional: Turku" in shown
    assert "2 of 3 change" in shown


def test_a_consortium_is_found_by_its_name_and_its_towns_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "pair.csv"
    path.write_text(
        "name,country,consortium,population\nA,SK,The Pair,60000\nB,SK,The Pair,60000\n",
        encoding="utf-8",
    )

    explained = json.loads(
        run("explain", "the pair", "--applicants", str(path), "--format", "json").stdout
    )
    screened = " ".join(run("screen", str(path), "--on", "2026-01-08").stdout.split())

    assert explained["name"] == "The Pair"
    assert "B: standing in the Global Covenant of Mayors on 2026-01-08" in screened


def test_one_rulebook_is_compared_between_two_days(tmp_path: Path) -> None:
    waiver = Waiver(
        criterion="engage",
        subject=CityId("fi-pori"),
        category=WaiverCategory.WAIVED,
        authority="Secretariat",
        reason="it engages through its region",
        issued_on=civil_date("2026-01-01"),
        expires_on=civil_date("2026-02-01"),
    )
    waivers = tmp_path / "waivers.json"
    waivers.write_text(to_json(Waivers(waivers=(waiver,))), encoding="utf-8")
    days = ("--on", "2026-01-08", "--then-on", "2026-03-01", "--waivers", str(waivers))

    document = difference(tmp_path / "small.csv", "utm-cohort-2023", *days)

    assert document["comparison"] is None
    assert document["second"] == {
        "rulebook": "utm-cohort-2023", "version": "rolling", "on": "2026-03-01",
    }  # fmt: skip
    assert {
        "before": "eligible by waiver", "after": "ineligible", "applicants": ["fi-pori"],
    } in document["matrix"]  # type: ignore[operator]  # fmt: skip


def test_of_three_towns_the_comparison_says_that_it_is_likely_only() -> None:
    calls = ("city2city-2026", "eui-city-to-city")

    shown = " ".join(run("rulebook", "diff", *calls, "--towns", "3").stdout.split())

    assert "Over all consortia of 3 towns" in shown
    assert "likely so, since not every population was tried" in shown


def test_a_rulebook_is_compared_with_something() -> None:
    refused = run("rulebook", "diff", "city2city-2026")

    assert refused.exit_code == 2
    assert "second day with --then-on" in refused.stderr


def decision_file(path: Path, *more: str) -> Path:
    explained = run(
        "explain", "Poti", "--rulebook", "utm-cohort-2023", "--on", "2026-03-01",
        "--format", "json", *more,
    )  # fmt: skip
    path.write_text(explained.stdout, encoding="utf-8")
    return path


def test_a_decision_on_file_is_replayed_and_stands(tmp_path: Path) -> None:
    path = decision_file(tmp_path / "decision.json", "--known-on", "2024-01-01")

    exit_code, text = exit_code_of("replay", str(path))

    assert exit_code == 0
    assert text.startswith("Poti: replayed, record ")
    assert "stands." in text


def test_a_replay_under_another_version_says_what_it_changes(tmp_path: Path) -> None:
    path = decision_file(tmp_path / "decision.json")

    document = json.loads(
        run("replay", str(path), "--under", "call-2023", "--format", "json").stdout
    )

    assert (document["format"], document["version"], document["stands"]) == ("utm.replay", 1, True)
    assert document["under"]["after"]["version"] == "call-2023"
    assert "allocate resources (not asked, then unknown)" in document["under"]["sentence"]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("day", "2026-03-02", "The facts in the file are not those that were hashed."),
        ("known_by", "2020-01-01", "The facts in the file are not those that were hashed."),
        ("library_version", "0.0.1", "library: 0.0.1, then "),
        ("outcome", "eligible", "outcome: eligible, then incomplete"),
        ("digest", "0" * 64, "record: 0000000000000000, then "),
    ],
)
def test_a_record_that_was_altered_does_not_stand(
    tmp_path: Path, key: str, value: str, told: str
) -> None:
    path = decision_file(tmp_path / "decision.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["record"][key] = value
    path.write_text(json.dumps(document), encoding="utf-8")

    exit_code, text = exit_code_of("replay", str(path))

    assert exit_code == 3
    assert told in text


def test_what_is_told_beside_the_record_is_checked_too(tmp_path: Path) -> None:
    path = decision_file(tmp_path / "decision.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["outcome"] = "eligible"
    path.write_text(json.dumps(document), encoding="utf-8")

    exit_code, text = exit_code_of("replay", str(path))

    assert exit_code == 3
    assert "tells otherwise than its record: outcome." in text


def test_a_file_that_is_no_decision_is_refused_with_every_reason(tmp_path: Path) -> None:
    path = tmp_path / "decision.json"
    path.write_text('{"format": "utm.waivers", "version": true}', encoding="utf-8")

    with pytest.raises(InvalidInputError) as failure:
        run("replay", str(path))

    places = [problem.path for problem in failure.value.problems]
    assert places == ["$.format", "$.version", "$.record"]


def test_what_comes_is_judged_on_the_knowledge_that_is_asked_for(tmp_path: Path) -> None:
    waiver = Waiver(
        criterion="city2city",
        subject=CityId("ge-poti"),
        category=WaiverCategory.WAIVED,
        authority="Secretariat",
        reason="the port takes part as a whole",
        issued_on=civil_date("2026-01-01"),
        expires_on=civil_date("2026-05-01"),
    )
    path = tmp_path / "waivers.json"
    path.write_text(to_json(Waivers(waivers=(waiver,))), encoding="utf-8")

    def changes(*more: str) -> list[dict[str, str]]:
        arguments = ("coming", "--on", "2026-03-01", "--waivers", str(path), "--format", "json")
        document: dict[str, list[dict[str, str]]] = json.loads(run(*arguments, *more).stdout)
        return document["changes"]

    assert [change["day"] for change in changes()] == ["2026-05-01"]
    assert changes("--known-on", "2025-12-31") == []
