"""The work behind ``utm pair instance``."""

from __future__ import annotations

from pathlib import Path

import click

from utm.cli.terminal import print_plain, print_table, say
from utm.errors import InvalidValueError
from utm.interchange import write_files
from utm.pairing.instances import FAMILIES, InstanceName, fingerprint

__all__ = ["list_families", "write_instance"]

_USUAL_PARTICIPANTS, _USUAL_SEED = 53, 1


def list_families() -> None:
    """Print the named families and what makes each hard."""
    rows = [[family.name, family.hard_because] for family in FAMILIES.values()]
    print_table("Families of problems", ["family", "what makes it hard"], rows)


def write_instance(text: str, participants: int | None, seed: int | None, out: Path | None) -> None:
    """Generate a problem and write it; its name and fingerprint go to stderr."""
    name = _name_of(text, participants, seed)
    problem = name.problem()
    if out is None:
        print_plain(problem.to_json())
    else:
        write_files({out: problem.to_json()})
    say(f"{name}, fingerprint {fingerprint(problem)}")


def _name_of(text: str, participants: int | None, seed: int | None) -> InstanceName:
    """Read a whole name, or a family and the numbers of the options."""
    try:
        if text in FAMILIES:
            return InstanceName(
                family=text,
                participants=_USUAL_PARTICIPANTS if participants is None else participants,
                seed=_USUAL_SEED if seed is None else seed,
            )
        name = InstanceName.parse(text)
    except InvalidValueError as error:
        wanted = f"Use one of {', '.join(FAMILIES)}, or a name such as standard-n300-s1."
        raise click.UsageError(f"{error}. {wanted}") from error
    if participants not in {None, name.participants} or seed not in {None, name.seed}:
        raise click.UsageError(f"{name} says its own number of participants and seed.")
    return name
