"""The repository holds nothing of the machine that it was written on."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together here, so that this file does not hold what it looks for.
HOME_FOLDERS = [rf"(?<![\w.])/{folder}/\w" for folder in ("home", "root", "work", "Users", "opt")]
INDEX_HOSTS = [
    r"pypi\." + "org",
    "pythonhosted" + r"\.",
    "registry" + r"\.(?:npmjs|yarnpkg)",
    "deb" + r"\.debian",
]
FORBIDDEN = re.compile("|".join([*HOME_FOLDERS, *INDEX_HOSTS]))
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".yml", ".csv", ".json", ".html", ".css", ".js", ""}


def list_tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_path_of_a_machine_or_a_host_of_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in list_tracked()
        if path.suffix in TEXT_SUFFIXES and path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if FORBIDDEN.search(line)
    ]

    assert found == []


def test_constraints_are_exact_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    names = [pin.partition("==")[0] for pin in pins]

    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.!+]+", pin)] == []
    assert names == sorted(set(names))


def test_every_dependency_has_an_exact_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pinned = {
        normalise(line.partition("==")[0])
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    lists = [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    names = {normalise(wish) for wishes in lists for wish in wishes if isinstance(wish, str)}

    assert names - pinned - {normalise(project["project"]["name"])} == set()


def normalise(wish: str) -> str:
    """Name of a distribution as the index compares it, without versions and extras."""
    name = re.match(r"[\w.-]+", wish)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_every_fragment_of_the_change_log_is_one_sentence_of_a_known_kind() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kinds = {kind["directory"] for kind in project["tool"]["towncrier"]["type"]}
    fragments = [path for path in (ROOT / "changelog.d").glob("*") if path.name != "README.md"]

    for fragment in fragments:
        assert re.fullmatch(rf"\+[a-z0-9-]+\.(?:{'|'.join(kinds)})\.md", fragment.name)
        text = fragment.read_text(encoding="utf-8").strip()
        assert re.fullmatch(r"[A-Z`][^\n]*\.", text), f"{fragment.name} is not one sentence"
