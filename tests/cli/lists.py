"""Run the command on the example lists that ship with the library."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from utm.cli.main import utm
from utm.errors import InvalidInputError
from utm.reference.examples import EXAMPLES, example_document


def run(*arguments: object) -> Result:
    return CliRunner().invoke(utm, [str(each) for each in arguments], catch_exceptions=False)


def data(*arguments: object) -> Any:
    found = run(*arguments, "--format", "json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def code_of(*arguments: object) -> int:
    """The exit code that the process would end with."""
    given = [str(each) for each in arguments]
    result = CliRunner().invoke(utm, given, catch_exceptions=False, standalone_mode=False)
    return int(result.return_value or 0)


def problems_of(*arguments: object) -> tuple[str, ...]:
    with pytest.raises(InvalidInputError) as caught:
        run(*arguments)
    return tuple(str(each) for each in caught.value.problems)


def write_examples(folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.json" for name in EXAMPLES}
    for name, path in paths.items():
        path.write_text(example_document(name), encoding="utf-8")
    return paths
