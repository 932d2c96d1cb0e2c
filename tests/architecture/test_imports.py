"""What an import costs is which modules it loads; milliseconds would depend on the machine."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {"numpy", "scipy", "highspy", "networkx"}
EXTRAS = {
    "click",
    "rich",
    "jinja2",
    "icalendar",
    "holidays",
    "hypothesis",
    "numba",
    "Stemmer",
    "tantivy",
}

AFTERWARDS = """
import json, sys
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def list_loaded(code: str) -> set[str]:
    """Names of the distributions' modules that a fresh interpreter holds after some code."""
    printed = subprocess.run(
        [sys.executable, "-c", code + AFTERWARDS],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1"},
    ).stdout
    return set(json.loads(printed.splitlines()[-1]))


def test_a_module_that_is_loaded_is_seen() -> None:
    assert "numpy" in list_loaded("import numpy")


def test_importing_the_library_loads_nothing_but_its_facade() -> None:
    assert not list_loaded("import utm") & (HEAVY | EXTRAS | {"cattrs", "pendulum"})


@pytest.mark.parametrize(
    "package", ["utm.errors", "utm.domain", "utm.rules", "utm.knowledge", "utm.reference"]
)
def test_facts_and_judgement_load_no_array_graph_or_converter(package: str) -> None:
    assert not list_loaded(f"import {package}") & (HEAVY | EXTRAS | {"cattrs"})


@pytest.mark.parametrize(
    "package",
    [
        "utm.knowledge",
        "utm.pairing",
        "utm.programme",
        "utm.interchange",
        "utm.reference",
        "utm.report",
    ],
)
def test_an_optional_part_is_loaded_only_where_it_is_used(package: str) -> None:
    assert not list_loaded(f"import {package}") & EXTRAS


def test_the_help_of_the_command_loads_neither_arrays_nor_graphs_nor_calendars() -> None:
    code = """
import contextlib, io, sys
sys.argv = ["utm", "--help"]
from utm.cli import run
with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.suppress(SystemExit):
    run()
assert "edition" in printed.getvalue(), printed.getvalue()
"""
    assert not list_loaded(code) & (HEAVY | {"cattrs", "pendulum", "jinja2", "icalendar", "numba"})
