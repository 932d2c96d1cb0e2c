"""Data flows one way through the house, and only its outer rooms have windows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src/utm").rglob("*.py"))
MOST_LINES = 400
WITH_FILES = {"interchange", "reference", "store", "report", "cli"}
TOUCHING_FILES = {"open", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"}
CLOCKS = {"time", "date", "datetime", "pendulum", "Date", "DateTime"}
READING_CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
READING_ENVIRONMENT = {"environ", "environb", "getenv"}

# The database of time zones is a package of its own, and part of what a zone means.
READERS_OF_TIME_ZONES = {"domain/time_zone_data.py"}


def name_source(path: Path) -> str:
    return path.relative_to(ROOT / "src/utm").as_posix()


def list_uses(path: Path, names: set[str]) -> Iterator[str]:
    """Places where a file uses one of some names of functions or attributes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        used = None
        if isinstance(node, ast.Attribute):
            used = node.attr
        elif isinstance(node, ast.Name):
            used = node.id
        if used in names:
            yield f"{name_source(path)}:{node.lineno} {used}"


def list_clocks(path: Path) -> Iterator[str]:
    """Places where a file asks what day or time it is; a stopwatch is no such place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in READING_CLOCKS:
            owner = ast.unparse(node.value).rpartition(".")[2]
            if owner in CLOCKS:
                yield f"{name_source(path)}:{node.lineno} {owner}.{node.attr}"


def test_packages_import_only_from_lower_ones() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )

    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("path", SOURCES, ids=name_source)
def test_a_file_holds_one_thing_and_stays_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_source)
def test_only_the_outer_packages_touch_files(path: Path) -> None:
    package = name_source(path).partition("/")[0]

    if package not in WITH_FILES and name_source(path) not in READERS_OF_TIME_ZONES:
        assert list(list_uses(path, TOUCHING_FILES)) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_source)
def test_only_the_command_reads_the_calendar_or_the_environment(path: Path) -> None:
    if name_source(path).partition("/")[0] != "cli":
        assert list(list_clocks(path)) == []
        assert list(list_uses(path, READING_ENVIRONMENT)) == []


@pytest.mark.parametrize("line", ["datetime.datetime.now()", "pendulum.today()", "time.time()"])
def test_a_look_at_a_clock_is_seen(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.architecture.test_layers.name_source", str)
    source = tmp_path / "source.py"
    source.write_text(f"x = {line}\n", encoding="utf-8")

    assert len(list(list_clocks(source))) == 1
