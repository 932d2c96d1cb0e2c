"""The main job from the shell: exit codes, streams, files, problems."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from icalendar import Calendar

from utm.interchange import edition_schema
from utm.reference import city2city_taxonomy
from utm.testing.applicants import invented_applicants, plant_mistakes

FILES = {"report.html", "edition.json", "sessions.ics"}
TWO_CITIES = "name,country,need_1\nAlpha,{},mobility.cycling\nBeta,{},mobility.cycling\n"


def utm(
    *arguments: str, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from utm.cli import run; run()", *arguments],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def register_run(tmp_path_factory):
    cwd = tmp_path_factory.mktemp("register")
    return utm("edition", "form", "--out", "out", cwd=cwd), cwd / "out"


def test_the_register_is_formed_without_any_argument(register_run) -> None:
    run, out = register_run

    assert run.returncode == 0
    assert run.stderr == ""
    assert {path.name for path in out.iterdir()} == FILES
    assert "proven to be the best" in run.stdout
    assert "1 pairing fewer, 2 cities fewer and 1 \ncountry fewer" in run.stdout.replace(
        "1 country", "1 \ncountry"
    )


def test_every_file_of_the_register_can_be_read_by_others(register_run) -> None:
    _, out = register_run
    document = json.loads((out / "edition.json").read_text(encoding="utf-8"))
    calendar = Calendar.from_ical((out / "sessions.ics").read_bytes())

    jsonschema.Draft202012Validator(edition_schema()).validate(document)
    assert len(calendar.walk("VEVENT")) == 4 * len(document["groups"])
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_rerun_gives_the_same_bytes_under_another_hash_seed(register_run) -> None:
    _, out = register_run
    again = utm(
        "edition", "form", "--out", "again", cwd=out.parent, environment={"PYTHONHASHSEED": "7"}
    )

    assert again.returncode == 0
    for name in FILES:
        assert (out / name).read_bytes() == (out.parent / "again" / name).read_bytes()


def test_json_on_stdout_is_one_versioned_document(tmp_path: Path) -> None:
    run = utm("edition", "form", "--out", "out", "--format", "json", cwd=tmp_path)

    document = json.loads(run.stdout)
    assert (document["format"], document["version"]) == ("utm.edition-summary", 1)
    assert document["score"] <= document["bound"]
    assert document["verified"] is True
    assert {Path(name).name for name in document["files"]} == FILES


def test_a_hundred_mistakes_in_145_applicants_are_all_named_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    good = invented_applicants(145, 11, city2city_taxonomy())
    bad, places = plant_mistakes(good, 100, 12)
    (tmp_path / "bad.csv").write_text(bad, encoding="utf-8")

    run = utm("edition", "form", "bad.csv", "--out", "out", cwd=tmp_path)

    named = {
        (int(match[1]), match[2]) for match in re.finditer(r"row (\d+), column '(\w+)'", run.stderr)
    }
    assert run.returncode == 3
    assert len(places) == 100
    assert named == {(place[0], place[1]) for place in places}
    assert run.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"bad.csv"}


def test_problems_come_as_json_where_json_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,country\nAlpha,Atlantis\n", encoding="utf-8")

    run = utm("edition", "form", "bad.csv", "--format", "json", cwd=tmp_path)

    document = json.loads(run.stdout)
    assert run.returncode == 3
    assert document["format"] == "utm.problems"
    assert document["problems"][0]["row"] == 2
    assert document["problems"][0]["column"] == "country"
    assert document["problems"][0]["remedy"]


def test_145_invented_applicants_are_formed_with_meetings_and_a_valid_bound(
    tmp_path: Path,
) -> None:
    text = invented_applicants(145, 1, city2city_taxonomy())
    (tmp_path / "applicants.csv").write_text(text, encoding="utf-8")

    run = utm(
        *("edition", "form", "applicants.csv", "--on", "2026-01-08", "--format", "json"),
        *("--gap", "0.01", "--common-hours", "1"),
        cwd=tmp_path,
    )

    document = json.loads(run.stdout)
    written = json.loads((tmp_path / "edition" / "edition.json").read_text(encoding="utf-8"))
    assert run.returncode == 0
    assert document["verified"] is True
    assert document["score"] >= 0.99 * document["bound"]
    jsonschema.Draft202012Validator(edition_schema()).validate(written)
    assert all(group["common_office_minutes"] >= 60 for group in written["groups"])


def test_the_template_names_its_own_examples_and_forms_nothing(tmp_path: Path) -> None:
    template = utm("template", "applicants", cwd=tmp_path)
    (tmp_path / "template.csv").write_text(template.stdout, encoding="utf-8")

    run = utm("edition", "form", "template.csv", cwd=tmp_path)

    assert template.returncode == 0
    assert run.returncode == 4
    assert "Delete the row" in run.stderr


def test_every_column_of_the_template_is_explained(tmp_path: Path) -> None:
    header = utm("template", "applicants", cwd=tmp_path).stdout.splitlines()[0].split(",")
    explained = utm("template", "applicants", "--explain", cwd=tmp_path)

    words = re.sub(r"\s", "", explained.stdout)
    assert explained.returncode == 0
    assert all(re.sub(r"\s", "", column) in words for column in header[:3])


def test_nothing_that_satisfies_the_rules_is_exit_code_4_and_writes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "one.csv").write_text(TWO_CITIES.format("PT", "PT"), encoding="utf-8")

    run = utm("edition", "form", "one.csv", cwd=tmp_path)

    assert run.returncode == 4
    assert "nothing was written" in run.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"one.csv"}


def test_a_search_that_is_stopped_gives_a_valid_result_and_exit_code_5(tmp_path: Path) -> None:
    text = invented_applicants(145, 3, city2city_taxonomy())
    (tmp_path / "many.csv").write_text(text, encoding="utf-8")

    run = utm("edition", "form", "many.csv", "--time", "0", "--format", "json", cwd=tmp_path)

    document = json.loads(run.stdout)
    assert run.returncode == 5
    assert document["status"] == "stopped"
    assert document["verified"] is True
    assert document["score"] <= document["bound"]
    assert {path.name for path in (tmp_path / "edition").iterdir()} == FILES


@pytest.mark.parametrize(
    "arguments",
    [
        ["edition", "form", "missing.csv"],
        ["edition", "form", "--on", "tomorrow"],
        ["edition", "form", "--gap", "2"],
        ["edition", "form", "--gap", "nan"],
        ["edition", "form", "--common-hours", "nan"],
        ["edition", "form", "--start", "9999-01-01"],
        ["edition", "nosuch"],
        ["nosuch"],
    ],
)
def test_a_slip_in_the_arguments_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    run = utm(*arguments, cwd=tmp_path)

    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_rulebook_is_named_with_those_that_exist(tmp_path: Path) -> None:
    run = utm("edition", "form", "--rulebook", "nosuch", cwd=tmp_path)

    assert run.returncode == 2
    assert "city2city-2026" in run.stderr


def test_a_spreadsheet_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "applicants.xlsx").write_bytes(b"PK\x03\x04")

    run = utm("edition", "form", "applicants.xlsx", cwd=tmp_path)

    assert run.returncode == 3
    assert "CSV" in run.stderr


def test_old_files_stay_whole_when_one_of_the_three_cannot_be_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "sessions.ics").mkdir(parents=True)
    (out / "report.html").write_text("old", encoding="utf-8")

    run = utm("edition", "form", "--out", "out", cwd=tmp_path)

    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert (out / "report.html").read_text(encoding="utf-8") == "old"
    assert {path.name for path in out.iterdir()} == {"sessions.ics", "report.html"}


def test_hostile_names_go_through_to_the_report_without_harm(tmp_path: Path) -> None:
    text = TWO_CITIES.format("PT", "CL").replace("Alpha", "<script>alert(1)</script>")
    (tmp_path / "odd.csv").write_text(text, encoding="utf-8")

    run = utm("edition", "form", "odd.csv", cwd=tmp_path)

    report = (tmp_path / "edition" / "report.html").read_text(encoding="utf-8")
    assert run.returncode == 0
    assert "<script" not in report
    assert "alert(1)" in report


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -c 'from utm.cli import run; run()' edition form | head -n 1"
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0
    assert run.stderr == ""


def test_a_stream_that_cannot_show_a_name_shows_a_mark_and_fails_nothing(tmp_path: Path) -> None:
    run = utm(
        *("edition", "form", "--out", "out"),
        cwd=tmp_path,
        environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )

    assert run.returncode == 0
    assert "Pe?alol?n" in run.stdout


def test_meetings_of_other_groups_are_other_meetings_in_every_calendar(tmp_path: Path) -> None:
    uids: list[set[str]] = []
    for folder, names in (("one", ("Alpha", "Beta")), ("two", ("Gamma", "Delta"))):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "applicants.csv"
        rows = TWO_CITIES.format("PT", "CL").replace("name,country", "name,country,timezone")
        rows = rows.replace(",PT,", ",PT,Europe/Lisbon,").replace(",CL,", ",CL,America/Santiago,")
        path.write_text(rows.replace("Alpha", names[0]).replace("Beta", names[1]), encoding="utf-8")
        utm("edition", "form", "applicants.csv", cwd=tmp_path / folder)
        calendar = (tmp_path / folder / "edition" / "sessions.ics").read_bytes()
        uids.append({str(event["UID"]) for event in Calendar.from_ical(calendar).walk("VEVENT")})

    assert len(uids[0]) == len(uids[1]) == 4
    assert not uids[0] & uids[1]
