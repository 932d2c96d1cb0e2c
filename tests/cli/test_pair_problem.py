"""From the applicants table to a problem that the grouping engine solves."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from click.testing import Result as Ended

from utm.cli.main import utm
from utm.errors import InvalidInputError
from utm.pairing import LanguageRule, Problem

HEADER = "name,country,timezone,languages,need_1,need_1_weight,offer_1,offer_1_maturity\n"
ROWS = (
    "Turku,FI,Europe/Helsinki,fi;en,energy.storage,1,mobility.walking,4\n"
    "Braga,PT,Europe/Lisbon,pt;en,energy.storage,1,,\n"
    "Kisumu,KE,Africa/Nairobi,en,mobility.walking,1,energy.storage,5\n"
)


def run(*arguments: str) -> Ended:
    ended = CliRunner().invoke(
        utm, ["pair", *arguments], catch_exceptions=False, standalone_mode=False
    )
    ended.exit_code = int(ended.return_value or 0)
    return ended


def problem_in(path: Path) -> Problem:
    return Problem.from_json(path.read_text(encoding="utf-8"))


def test_the_register_gives_the_problem_that_an_edition_is_formed_from(tmp_path: Path) -> None:
    out, edition = tmp_path / "problem.json", tmp_path / "edition"
    ended = run("problem", "--common-hours", "1", "--most-members", "3", "--out", str(out))
    CliRunner().invoke(
        utm,
        [
            *("edition", "form", "--out", str(edition), "--quiet", "--no-holidays"),
            *("--common-hours", "1", "--most-members", "3"),
        ],
    )

    formed = json.loads((edition / "edition.json").read_text(encoding="utf-8"))
    assert json.loads(out.read_text(encoding="utf-8")) == formed["problem"]
    assert "derived" in ended.stderr
    assert "climate" in ended.stderr


def test_a_file_of_applicants_becomes_a_problem_that_is_solved(tmp_path: Path) -> None:
    applicants, out = tmp_path / "applicants.csv", tmp_path / "problem.json"
    applicants.write_text(HEADER + ROWS, encoding="utf-8")
    made = run("problem", str(applicants), "--common-language", "all", "--out", str(out))
    ended = run(str(out), "--format", "json", "--quiet")

    assert made.stdout == ""
    assert problem_in(out).policy.common_language is LanguageRule.ALL
    assert len(problem_in(out).participants) == 3
    assert ended.exit_code == 0
    assert json.loads(ended.stdout)["groups"]


def test_without_out_the_problem_alone_is_on_stdout(tmp_path: Path) -> None:
    out = tmp_path / "problem.json"
    run("problem", "--out", str(out), "--quiet")

    assert run("problem").stdout == out.read_text(encoding="utf-8")
    assert run("problem", "--quiet").stderr == ""


def test_the_policy_of_another_problem_is_taken_over_and_settings_change_it(
    tmp_path: Path,
) -> None:
    first, second, bare = (tmp_path / name for name in ("first.json", "second.json", "bare.json"))
    run("problem", "--set", "smallest_group=3", "--set", "context.climate=0", "--out", str(first))
    run("problem", "--policy", str(first), "--set", "largest_group=3", "--out", str(second))
    policy = problem_in(second).policy
    bare.write_text(json.dumps(json.loads(second.read_text("utf-8"))["policy"]), encoding="utf-8")

    assert (policy.smallest_group, policy.largest_group, policy.context.climate) == (3, 3, 0)
    assert run("problem", "--policy", str(bare)).stdout == second.read_text(encoding="utf-8")


def test_every_problem_of_the_applicants_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    applicants, out = tmp_path / "applicants.csv", tmp_path / "problem.json"
    applicants.write_text(HEADER + "Turku,ZZ,,,,,,\nBraga,PT,Mars/Olympus,,,,,\n", encoding="utf-8")

    with pytest.raises(InvalidInputError) as caught:
        run("problem", str(applicants), "--out", str(out))
    assert len(caught.value.problems) == 2
    assert not out.exists()


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"format": "utm.pairing-result"}'])
def test_a_file_without_a_policy_is_refused(text: str, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInputError):
        run("problem", "--policy", str(policy))


def test_every_fault_of_a_policy_is_told_with_its_path(tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    lock = {"members": ["nobody"], "reason": "asked for"}
    policy.write_text(json.dumps({"locks": [lock], "smallest_group": 9}), encoding="utf-8")

    with pytest.raises(InvalidInputError) as caught:
        run("problem", "--policy", str(policy))
    assert {problem.path for problem in caught.value.problems} == {
        "$.policy.smallest_group",
        "$.policy.locks[0].members",
    }


def test_a_whole_policy_and_a_part_of_one_are_not_mixed(tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text('{"smallest_group": 2}', encoding="utf-8")

    with pytest.raises(click.UsageError):
        run("problem", "--policy", str(policy), "--most-members", "3")
