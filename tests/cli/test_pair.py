"""The grouping engine on files, from the shell."""

import json
import math
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import attrs
import click
import pytest
from click import UsageError
from click.testing import CliRunner
from click.testing import Result as Ended

from utm.cli.main import utm
from utm.domain import ThemeId
from utm.errors import InvalidInputError
from utm.pairing import (
    Lock,
    Policy,
    Problem,
    Result,
    ThemeCapacity,
    alternatives,
    explain,
    problem_schema,
    result_schema,
    solve,
    verify,
)
from utm.pairing.instances import generate
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

REGISTER = city2city_2026()
PEOPLE = tuple(participant_of(application) for application in REGISTER.applications)
PROBLEM = Problem(participants=PEOPLE, policy=city2city_policy())


def run(*arguments: str) -> Ended:
    ended = CliRunner().invoke(
        utm, ["pair", *arguments], catch_exceptions=False, standalone_mode=False
    )
    ended.exit_code = int(ended.return_value or 0)
    return ended


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("pair")
    problem, result = folder / "problem.json", folder / "result.json"
    problem.write_text(PROBLEM.to_json(), encoding="utf-8")
    ended = run(str(problem), "--out", str(result), "--quiet")
    assert ended.exit_code == 0
    return str(problem), str(result)


def test_a_problem_is_solved_without_naming_a_subcommand(files: tuple[str, str]) -> None:
    result = Result.from_json(Path(files[1]).read_text(encoding="utf-8"))

    assert result == solve(PROBLEM)
    assert verify(PROBLEM, result, every_group=False).holds


def test_a_limit_that_binds_no_group_is_told_beside_the_groups(tmp_path: Path) -> None:
    slip = ThemeCapacity(theme=ThemeId("enrgy"), most_groups=0)
    problem = generate(participants=6, seed=1)
    policy = attrs.evolve(problem.policy, theme_capacities=(slip,))
    path = tmp_path / "problem.json"
    posed = attrs.evolve(problem, policy=policy, topics=None)
    path.write_text(posed.to_json(), encoding="utf-8")
    told = " ".join(run(str(path)).stdout.split())
    assert "To be checked: - No need or offer is under enrgy, so its limit binds no group." in told


def test_a_true_result_is_verified_and_a_changed_one_is_not(
    files: tuple[str, str], tmp_path: Path
) -> None:
    document = json.loads(Path(files[1]).read_text(encoding="utf-8"))
    document["score"] += 1
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(document), encoding="utf-8")

    assert run("verify", *files).exit_code == 0
    assert run("verify", files[0], str(forged)).exit_code == 3


def test_a_gap_that_does_not_follow_from_score_and_bound_is_refused(
    files: tuple[str, str], tmp_path: Path
) -> None:
    document = json.loads(Path(files[1]).read_text(encoding="utf-8"))
    forged = tmp_path / "forged.json"
    for gap in (0.25, "none", True, math.nan, math.inf, -(10**400)):
        forged.write_text(json.dumps(document | {"gap": gap}), encoding="utf-8")
        with pytest.raises(InvalidInputError) as caught:
            run("verify", files[0], str(forged))
        assert [problem.path for problem in caught.value.problems] == ["$.gap"]
    del document["gap"]
    forged.write_text(json.dumps(document), encoding="utf-8")
    assert run("verify", files[0], str(forged)).exit_code == 0


def test_what_was_not_checked_stands_in_the_table(tmp_path: Path) -> None:
    problem = generate(participants=110, seed=1)
    result = solve(problem)
    assert result.bound < result.price_bound
    paths = [str(tmp_path / name) for name in ("problem.json", "result.json")]
    for path, one in zip(paths, (problem, result), strict=True):
        Path(path).write_text(one.to_json(), encoding="utf-8")

    shown = run("verify", *paths).stdout
    quickly = run("verify", *paths, "--prices-only").stdout

    for text, told in ((shown, "of the bound (by branch and bound)"), (quickly, "prices")):
        unchecked = [line for line in text.splitlines() if "not checked" in line]
        assert any(told in line for line in unchecked)


@pytest.mark.parametrize("command", ["explain", "why-not"])
def test_why_not_these_two_is_answered_with_a_number(files: tuple[str, str], command: str) -> None:
    ended = run(command, *files, "ua-lviv", "ua-zhytomyr")

    assert ended.exit_code == 0
    assert "rule" in ended.stdout or any(char.isdigit() for char in ended.stdout)


def test_groups_that_would_do_nearly_as_well_are_named_with_their_least_costs(
    files: tuple[str, str],
) -> None:
    problem, result = (Path(file).read_text(encoding="utf-8") for file in files)
    group = ("ke-kisumu", "tr-mersin")
    known = alternatives(
        Problem.from_json(problem), Result.from_json(result), group, within=0.1, most=4
    )
    options = ("--within", "0.1", "--most", "4")

    shown = run("alternatives", *files, *reversed(group), *options).stdout
    told = json.loads(run("alternatives", *files, *group, *options, "--format", "json").stdout)

    assert len(known) == 4
    assert [each["members"] for each in told["alternatives"]] == [
        list(one.group.members) for one in known
    ]
    assert [each["costs_at_least"] for each in told["alternatives"]] == [
        one.costs_at_least for one in known
    ]
    assert all(", ".join(one.group.members) in shown for one in known)
    assert "There may be more" in shown
    none = run("alternatives", *files, *group, "--within", "0").stdout
    assert "Every other group with one of ke-kisumu, tr-mersin costs more than 0.000" in none
    with pytest.raises(InvalidInputError):
        run("alternatives", *files, "ke-kisumu", "ua-lviv")


def test_what_the_others_lose_is_told_in_words_and_as_json(files: tuple[str, str]) -> None:
    told = json.loads(run("leaving", *files, "tr-mersin", "--format", "json").stdout)

    assert "ke-kisumu gains 0.000" in run("leaving", *files, "tr-mersin").stdout
    (group,) = told["groups"]
    assert group["rest"] is None
    assert group["losses"][0]["participant"] == "ke-kisumu"
    assert group["losses"][0]["after"] == 0 < group["losses"][0]["before"]
    with pytest.raises(InvalidInputError):
        run("leaving", *files, "nobody")


def test_a_withdrawal_is_repaired_with_every_other_group_kept(
    files: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "mended.json"
    ended = run("repair", *files, "--withdraw", "tr-mersin", "--out", str(out))

    before = {group.members for group in solve(PROBLEM).groups}
    after = {group.members for group in Result.from_json(out.read_text(encoding="utf-8")).groups}
    assert ended.exit_code == 0
    assert before - after == {("ke-kisumu", "tr-mersin")}
    assert ended.output.splitlines()[0].endswith("0 are broken up, 1 cannot go on.")


@pytest.mark.parametrize(
    ("most_broken", "told"),
    [
        (0, "9.129: the best of all plans that break up no other. Of all plans none is worth more"),
        (1, "9.205: the best of all plans that break up at most 1 of the others. Of all plans"),
        (3, "9.280: the best of all plans."),
    ],
)
def test_a_repair_says_among_which_plans_it_is_the_best(
    most_broken: int, told: str, tmp_path: Path
) -> None:
    problem = generate(participants=30, seed=3)
    paths = tmp_path / "problem.json", tmp_path / "result.json"
    paths[0].write_text(problem.to_json(), encoding="utf-8")
    paths[1].write_text(solve(problem).to_json(), encoding="utf-8")
    ended = run(
        "repair", *map(str, paths), "--withdraw", "p00004", "--most-broken", str(most_broken)
    )
    assert told in " ".join(ended.output.split())


def test_who_has_left_stays_away_from_the_next_repair(
    files: tuple[str, str], tmp_path: Path
) -> None:
    mended, left = str(tmp_path / "mended.json"), str(tmp_path / "left.json")
    withdraw = ("--withdraw", "tr-mersin", "--out", mended)
    ended = run("repair", *files, *withdraw, "--problem-out", left)
    assert left in ended.stdout
    assert run("verify", left, mended).exit_code == 0
    again = run("repair", left, mended, "--withdraw", "ua-lviv", "--format", "json")
    assert "tr-mersin" not in again.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--out", "{problem}"),
        ("--withdraw", "tr-mersin", "--out", "{new}", "--problem-out", "{new}"),
        ("--withdraw", "tr-mersin", "--out", "{result}"),
    ],
)
def test_no_file_that_is_read_or_written_already_is_written_over(
    arguments: tuple[str, ...], files: tuple[str, str], tmp_path: Path
) -> None:
    names = {"problem": files[0], "result": files[1], "new": str(tmp_path / "new.json")}
    texts = [Path(file).read_text(encoding="utf-8") for file in files]
    with pytest.raises(UsageError):
        run("repair", *files, *(each.format(**names) for each in arguments))
    assert [Path(file).read_text(encoding="utf-8") for file in files] == texts


def test_what_if_tells_who_gains_less_on_another_theme(files: tuple[str, str]) -> None:
    limit = 'theme_capacities=[{"theme": "mobility", "most_groups": 1}]'
    told = run("what-if", *files, "--set", limit).stdout
    assert "On another theme:\n  - md-chisinau, tr-gaziantep: mobility, then energy\n" in told
    rows = [
        line.split()
        for line in told.splitlines()
        if line.startswith((" md-chisinau ", " tr-gaziantep "))
    ]
    assert [row[-1] for row in rows] == ["-0.125", "-0.125"]


def test_who_is_new_to_a_repair_is_named(files: tuple[str, str], tmp_path: Path) -> None:
    mended = str(tmp_path / "mended.json")
    first = run("repair", *files, "--withdraw", "tr-mersin", "--out", mended)
    assert "--problem-out" in first.stderr
    told = run("repair", files[0], mended).stdout
    assert "does not know of them:\n  - tr-mersin\n" in told


def test_a_repair_cut_short_says_so_by_its_exit_code(tmp_path: Path) -> None:
    problem = generate(participants=24, seed=3)
    earlier = solve(generate(participants=24, seed=4))
    paths = tmp_path / "problem.json", tmp_path / "result.json"
    paths[0].write_text(problem.to_json(), encoding="utf-8")
    paths[1].write_text(earlier.to_json(), encoding="utf-8")
    files = str(paths[0]), str(paths[1])

    assert run("repair", *files, "--most-broken", "30", "--time", "0").exit_code == 5
    assert run("repair", *files, "--most-broken", "30", "--seed", "3").exit_code == 0


def test_parts_and_workers_give_the_same_worth(files: tuple[str, str]) -> None:
    alone = json.loads(run(files[0], "--workers", "1", "--format", "json").stdout)
    parts = json.loads(run(files[0], "--parts", "--workers", "3", "--format", "json").stdout)

    assert alone["score"] == parts["score"] > 0
    assert parts["status"] == "optimal"


def test_two_results_are_compared_under_one_policy(files: tuple[str, str]) -> None:
    ended = run("compare", files[0], files[1], files[1])

    assert ended.exit_code == 0
    assert ended.stdout.count("result.json") == 2


def test_locks_that_contradict_the_rules_are_exit_code_4(tmp_path: Path) -> None:
    one_country = tuple(person for person in PEOPLE if person.country == "TR")[:2]
    locked = Problem(
        participants=one_country,
        policy=attrs.evolve(
            Policy(), locks=(Lock(members=tuple(p.id for p in one_country), reason="wished"),)
        ),
    )
    path = tmp_path / "locked.json"
    path.write_text(locked.to_json(), encoding="utf-8")

    ended = run(str(path), "--out", str(tmp_path / "out.json"))

    assert ended.exit_code == 4
    told = Result.from_json((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert any("wished" in sentence for sentence in told.infeasible_because)
    assert run("verify", str(path), str(tmp_path / "out.json")).exit_code == 0


def test_a_forced_question_that_is_cut_short_is_exit_code_5(files: tuple[str, str]) -> None:
    result = Result.from_json(Path(files[1]).read_text(encoding="utf-8"))
    first, *others = result.groups
    pairs = product(first.members, (name for group in others for name in group.members))
    apart = next(two for two in pairs if explain(PROBLEM, result, two).best_group is not None)

    ended = run("why-not", *files, *apart, "--force", "--time", "0")

    assert ended.exit_code == 5
    assert "no grouping was found" in ended.stdout or "until the search ended" in ended.stdout
    assert run("why-not", *files, *apart).exit_code == 0


def test_a_problem_with_faults_is_refused_with_their_paths(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"format": "utm.pairing-problem", "version": 1}', encoding="utf-8")
    text = tmp_path / "text.json"
    text.write_text("no json", encoding="utf-8")

    for file in (path, text):
        ended = subprocess.run(
            [sys.executable, "-c", "from utm.cli import run; run()", "pair", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 3
        assert "Traceback" not in ended.stderr
        assert "Nothing was written" in ended.stderr


_TELLING_WHEN_CTRL_C_IS_HEARD = """
import signal

def told(number, handler, install=signal.signal):
    if number == signal.SIGINT:
        print("heard", flush=True)
    return install(number, handler)

signal.signal = told
from utm.cli import run

run()
"""


def test_ctrl_c_gives_the_best_so_far_with_a_valid_bound(tmp_path: Path) -> None:
    problem = generate(participants=400, seed=3)
    (tmp_path / "problem.json").write_text(problem.to_json(), encoding="utf-8")
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", _TELLING_WHEN_CTRL_C_IS_HEARD),
            *("pair", "problem.json", "--out", "result.json"),
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"heard\n"
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)

    result = Result.from_json((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert process.returncode in {0, 5}  # 0 where the search had ended by then
    assert result.score <= result.bound
    assert verify(problem, result, every_group=False).holds


def test_an_instance_is_the_same_by_its_name_and_by_its_numbers(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    numbers = ("--participants", "9", "--seed", "4")

    assert run("instance", "regions", *numbers, "--out", str(first)).exit_code == 0
    assert run("instance", "regions-n9-s4", "--out", str(second)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("instance", "regions-n9-s4").stdout == first.read_text(encoding="utf-8")
    assert "scarce-help" in run("instance").stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ("nonsense",),
        ("standard-n9-s4", "--participants", "8"),
        ("standard", "--participants", "-1"),
        ("standard", "--seed", "99999999999999999999"),
    ],
)
def test_an_instance_that_cannot_be_meant_is_a_slip(wrong: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    with pytest.raises(click.UsageError):
        run("instance", *wrong, "--out", str(out))
    assert not out.exists()


def test_the_schemas_of_both_formats_are_printed() -> None:
    assert json.loads(run("schema").stdout) == problem_schema()
    assert json.loads(run("schema", "result").stdout) == result_schema()


def test_what_if_says_what_a_ban_changes_and_writes_the_new_result(
    files: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "parted.json"
    ended = run("what-if", *files, "--forbid", "ke-kisumu,tr-mersin", "--out", str(out))

    assert ended.exit_code == 0
    assert "Dissolved:\n  - ke-kisumu, tr-mersin\n" in ended.stdout
    gains = [line.split() for line in ended.stdout.splitlines() if line.startswith(" ke-kisumu ")]
    assert gains
    assert float(gains[0][-1]) < 0
    parted = Result.from_json(out.read_text(encoding="utf-8"))
    assert ("ke-kisumu", "tr-mersin") not in {group.members for group in parted.groups}


def test_what_if_keeps_every_lock_and_ban(files: tuple[str, str], tmp_path: Path) -> None:
    out, problem = tmp_path / "new.json", tmp_path / "problem.json"
    bans = ("--forbid", "ke-kisumu,tr-mersin", "--forbid", "md-chisinau,tr-gaziantep")
    locks = ("--lock", "md-chisinau,tr-mersin", "--lock", "ke-kisumu, tr-gaziantep")
    ended = run("what-if", *files, *bans, *locks, "--out", str(out), "--problem-out", str(problem))
    assert ended.exit_code == 0
    asked = Problem.from_json(problem.read_text(encoding="utf-8"))
    assert [each.members for each in asked.policy.exclusions] == [
        ("ke-kisumu", "tr-mersin"),
        ("md-chisinau", "tr-gaziantep"),
    ]
    assert {each.members for each in asked.policy.locks} == {
        ("md-chisinau", "tr-mersin"),
        ("ke-kisumu", "tr-gaziantep"),
    }
    parted = Result.from_json(out.read_text(encoding="utf-8"))
    assert verify(asked, parted).holds


def test_what_if_changes_a_weight_and_refuses_a_key_that_is_none(files: tuple[str, str]) -> None:
    assert run("what-if", *files, "--set", "context.climate=0.0").exit_code == 0
    for setting in ("context.weather=1", "climate", "locks.0=1"):
        with pytest.raises(UsageError):
            run("what-if", *files, "--set", setting)
    with pytest.raises(InvalidInputError):
        run("what-if", *files, "--set", "least_benefit=plenty")
    with pytest.raises(UsageError):
        run("what-if", *files)


def test_an_audit_tells_who_gains_least_and_what_stability_costs(tmp_path: Path) -> None:
    small = generate(participants=12, seed=3)
    problem, result = tmp_path / "problem.json", tmp_path / "result.json"
    problem.write_text(small.to_json(), encoding="utf-8")
    result.write_text(solve(small).to_json(), encoding="utf-8")
    files = (str(problem), str(result))

    ended = run("audit", *files, "--price-of", "stable", "--price-of", "least first")

    assert ended.exit_code == 0
    assert "Who gains least:" in ended.stdout
    assert "stable grouping" in ended.stdout
    assert "grouping that puts those first who gain least" in ended.stdout
    assert run("audit", *files, "--time", "0").exit_code in {0, 5}
