"""The command itself: help, versions, clashes, colour, missing parts."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PathDistribution
from pathlib import Path

import click
import pytest

from utm.cli import ExitCode
from utm.cli.doctor import foreign_owners
from utm.cli.main import utm

RUN = [sys.executable, "-c", "from utm.cli import run; run()"]


def in_terminal(arguments: list[str], environment: dict[str, str], cwd: Path) -> str:
    """Run the command with stdout and stderr on a terminal, and give what it showed."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*RUN, *arguments],
        stdout=follower,
        stderr=follower,
        cwd=cwd,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            block = os.read(leader, 65_536)
        except OSError:
            break
        if not block:
            break
        shown += block
    process.wait(timeout=60)
    os.close(leader)
    return shown.decode()


@pytest.mark.parametrize("name", ["--help", "edition --help", "edition form --help", "--version"])
def test_help_is_given_at_every_level(name: str) -> None:
    run = subprocess.run([*RUN, *name.split()], capture_output=True, text=True, check=False)

    assert run.returncode == ExitCode.DONE
    assert run.stderr == ""
    assert run.stdout


def test_the_package_runs_as_the_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "utm", "--version"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert run.stdout.startswith("utm, version ")


def test_no_help_shows_the_signs_of_its_own_layout() -> None:
    def visible(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            here = (*path, name)
            yield " ".join(here), command.get_help(click.Context(command, info_name=name))
            if isinstance(command, click.Group):
                yield from visible(command, here)

    helps = dict(visible(utm, ()))

    assert len(helps) > 40
    assert [name for name, text in helps.items() if "\\b" in text] == []


def test_exit_codes_keep_their_meaning() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "DONE": 0,
        "UNEXPECTED": 1,
        "USAGE": 2,
        "BAD_INPUT": 3,
        "INFEASIBLE": 4,
        "STOPPED_AT_LIMIT": 5,
        "INTERRUPTED": 130,
    }


def test_a_terminal_sees_progress_and_no_color_is_honoured(tmp_path: Path) -> None:
    arguments = ["edition", "form", "--out", "out"]
    colour = re.compile(r"\x1b\[[0-9;]*m")

    plain = in_terminal(arguments, {"NO_COLOR": "1"}, tmp_path)
    dumb = in_terminal(arguments, {"TERM": "dumb"}, tmp_path)

    assert "placing meetings" in plain or "grouping" in plain
    assert not colour.search(plain)
    assert not colour.search(dumb)


def test_quiet_shows_no_progress(tmp_path: Path) -> None:
    shown = in_terminal(["edition", "form", "--out", "out", "--quiet"], {}, tmp_path)

    assert "placing meetings" not in shown


def test_a_missing_extra_is_named_with_what_to_install() -> None:
    script = "import sys; sys.modules['click'] = None\nfrom utm.cli import run; run()"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert run.returncode == ExitCode.USAGE
    assert "urban-transitions-mission[cli]" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_unexpected_failure_is_exit_code_1_without_a_trace(tmp_path: Path) -> None:
    script = (
        "import utm.programme as p\n"
        "def fail(*args, **kwargs): raise RuntimeError('boom')\n"
        "p.form_edition = fail\n"
        "from utm.cli import run; run()"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "edition", "form"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert run.returncode == ExitCode.UNEXPECTED
    assert "boom" in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def _distribution(folder: Path, name: str, files: str) -> PathDistribution:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "RECORD").write_text(files)
    for line in files.split():  # newer Pythons list only those that are there
        file = folder / line.partition(",")[0]
        file.parent.mkdir(exist_ok=True)
        file.touch()
    return PathDistribution(info)


def test_the_doctor_finds_another_module_of_the_same_name(tmp_path: Path) -> None:
    clash = _distribution(tmp_path, "utm", "utm/__init__.py,,\nutm/conversion.py,,\n")
    single = _distribution(tmp_path, "other", "utm.py,,\n")
    friend = _distribution(tmp_path, "friend", "utmost/__init__.py,,\n")

    assert foreign_owners((clash, single, friend)) == ("other", "utm")


def test_the_doctor_says_that_this_environment_is_well() -> None:
    run = subprocess.run([*RUN, "doctor"], capture_output=True, text=True, check=False)

    assert run.returncode == ExitCode.DONE
    assert "No other distribution" in run.stdout
