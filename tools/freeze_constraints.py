"""Write the versions that everybody installs, resolved anew from pyproject.toml.

    python tools/freeze_constraints.py constraints.txt

Run it with the oldest Python that the project supports, since what installs there installs
on the newer ones. pip resolves everything at once (every extra, every dependency group and
the build) without installing it; only names and versions are written, so that the file
holds on any machine and for any package index.
"""

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
HEADER = """\
# The exact versions that make and continuous integration install.
# Made by a tool: make constraints
"""


def list_wishes(project: dict) -> list[str]:
    """Name what must fit together: pip, the build, every extra and every group."""
    extras = ",".join(sorted(project["project"]["optional-dependencies"]))
    groups = [f"--group={group}" for group in sorted(project["dependency-groups"])]
    build = [*project["build-system"]["requires"], "editables"]
    return ["pip", *build, *groups, f"{ROOT}[{extras}]"]


def resolve(wishes: list[str]) -> list[tuple[str, str]]:
    """Ask pip which versions it would install, as (name, version) in order of names."""
    command = [sys.executable, "-m", "pip", "install", "-qq", "--dry-run"]
    command += ["--ignore-installed", "--report", "-", *wishes]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    packages = [package["metadata"] for package in json.loads(answer.stdout)["install"]]
    return sorted((package["name"].lower(), package["version"]) for package in packages)


def main() -> None:
    """Resolve, and write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    if sys.version_info[:2] != OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        print(f"note: resolved on Python {found}, not on the oldest supported", file=sys.stderr)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [
        f"{name}=={version}"
        for name, version in resolve(list_wishes(project))
        if name != project["project"]["name"]
    ]
    arguments.target.write_text(HEADER + "\n".join(pins) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
