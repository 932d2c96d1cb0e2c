"""A page's ``utm`` does what the installed command does."""

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.docs.ready_command import ready_command

INSTALLED = Path(sysconfig.get_path("scripts"))


def ended(where: Path, command: str, cwd: Path) -> tuple[int, str, str]:
    environment = {**os.environ, "PATH": os.pathsep.join([str(where), os.environ["PATH"]])}
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("utm --version", 0),
        ("utm template applicants > list.csv; wc -l < list.csv; utm screen list.csv", 0),
        ("utm rulebook list | sort | tail -1", 0),
        ("utm screen missing.csv", 2),
        ("UTM_DEBUG=1 utm no-such-command", 2),
        ("cd / && utm explain", 2),
    ],
)
def test_streams_files_and_exit_codes_are_those_of_the_installed_command(
    command: str, code: int, tmp_path: Path
) -> None:
    installed = ended(INSTALLED, command, tmp_path)

    assert installed[0] == code
    assert ended(ready_command(), command, tmp_path) == installed
