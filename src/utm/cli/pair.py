"""The grouping engine on files: solve, verify, explain, repair, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import NEW_FILE, FiniteRange, RulebookType, day_option
from utm.cli.pair_asking import alternatives, audit, explain, leaving, repair, what_if, why_not
from utm.cli.pair_options import (
    FILE,
    format_option,
    gap_option,
    quiet_option,
    seed_option,
    time_option,
)

if TYPE_CHECKING:
    from pendulum import Date

    from utm.rules import Rulebook

__all__ = ["pair"]


class SolvingGroup(click.Group):
    """A group whose first argument may be a problem instead of a subcommand: then it solves."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand, and take ``solve`` for everything that is none."""
        if args and args[0] not in self.commands:
            args = ["solve", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=SolvingGroup)
def pair() -> None:
    """Group participants of PROBLEM.json, with a proof: utm pair PROBLEM.json [OPTIONS].

    Wherever a problem or a result is asked for, an edition.json will do as well: it
    holds both.
    """


@pair.command()
@click.argument("problem", type=FILE)
@click.option("--out", type=NEW_FILE, help="File for the result, in the format utm.pairing-result.")
@gap_option
@time_option
@seed_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Threads that search side by side; as many as there are cores if not given.",
)
@click.option("--parts", is_flag=True, help="Solve apart what no topic and no rule joins.")
@format_option
@quiet_option
def solve(
    *,
    problem: Path,
    out: Path | None,
    gap: float | None,
    seconds: float | None,
    seed: int,
    workers: int | None,
    parts: bool,
    output_format: str,
    quiet: bool,
) -> ExitCode:
    """Form the groups that are worth most, and prove how good they are.

    Ctrl-C ends the search with the best grouping so far and its valid bound.
    """
    from utm.cli.pairing import Limits, solve_file  # noqa: PLC0415 - heavy

    limits = Limits(gap=gap, seconds=seconds, seed=seed, quiet=quiet)
    return solve_file(
        problem, out, limits, workers=workers, in_parts=parts, as_json=output_format == "json"
    )


@pair.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.option("--prices-only", is_flag=True, help="Trust the prices instead of trying every group.")
def verify(*, problem: Path, result: Path, prices_only: bool) -> ExitCode:
    """Check every rule, score and bound of RESULT again, by code of its own.

    Exit code 3 when something does not hold.
    """
    from utm.cli.pairing import verify_files  # noqa: PLC0415 - heavy

    return verify_files(problem, result, every_group=not prices_only)


@pair.command()
@click.argument("problem", type=FILE)
@click.argument("results", type=FILE, nargs=-1, required=True)
def compare(*, problem: Path, results: tuple[Path, ...]) -> None:
    """Score the groups of several RESULTS under the policy of PROBLEM, side by side."""
    from utm.cli.pairing import compare_files  # noqa: PLC0415 - heavy

    compare_files(problem, results)


@pair.command()
@click.argument("family", required=False)
@click.option(
    "--participants",
    type=click.IntRange(0, 1_000_000),
    help="How many take part; 53 if not said.",
)
@click.option("--seed", type=click.IntRange(min=0), help="1 if not said.")
@click.option("--out", type=NEW_FILE, help="File for the problem; stdout without it.")
def instance(
    *, family: str | None, participants: int | None, seed: int | None, out: Path | None
) -> None:
    """Write a problem of FAMILY, the same on every machine; without FAMILY, list them.

    A name such as standard-n300-s1 says all three at once.
    """
    from utm.cli.pair_instances import list_families, write_instance  # noqa: PLC0415 - heavy

    if family is None:
        list_families()
    else:
        write_instance(family, participants, seed, out)


@pair.command("problem")
@click.argument("applicants", required=False, type=FILE)
@click.option(
    "--rulebook",
    type=RulebookType(),
    default="city2city-2026",
    show_default=True,
    help="Rules under which applicants are screened.",
)
@day_option("--on", help="Day of the judgement, YYYY-MM-DD.  [default: today]")
@click.option(
    "--place",
    type=click.Choice(["provisional", "eligible"]),
    default="provisional",
    show_default=True,
    help="Whether applicants whose evidence is incomplete take part or are left out.",
)
@click.option("--most-members", type=click.IntRange(2, 4), help="Largest group.  [default: 4]")
@click.option(
    "--common-hours",
    type=FiniteRange(0, 8),
    help="Office hours that a group must share in January and in July.  [default: 0]",
)
@click.option(
    "--common-language",
    type=click.Choice(["no", "pairs", "all"]),
    help="Whether every two members, or all, must share a language.  [default: no]",
)
@click.option("--policy", type=FILE, help="Take the policy of this problem, edition or policy.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A rule or weight of the policy, as smallest_group=3; repeatable.",
)
@click.option("--out", type=NEW_FILE, help="File for the problem; stdout without it.")
@click.option("--quiet", is_flag=True, help="No notes on stderr.")
def pose(
    *,
    applicants: Path | None,
    rulebook: Rulebook,
    on: Date | None,
    place: str,
    most_members: int | None,
    common_hours: float | None,
    common_language: str | None,
    policy: Path | None,
    settings: tuple[str, ...],
    out: Path | None,
    quiet: bool,
) -> None:
    """Write the problem of APPLICANTS (.csv or .json), or of the City2City register.

    They are screened as for an edition; what was derived, what is not known and who is
    left out is said on stderr.
    """
    from utm.cli.pair_problem import PolicyOptions, pose_problem  # noqa: PLC0415 - heavy

    options = PolicyOptions(
        most_members=most_members,
        common_hours=common_hours,
        common_language=common_language,
        policy=policy,
        settings=settings,
    )
    pose_problem(
        applicants,
        options,
        rulebook=rulebook,
        on=on,
        place_incomplete=place == "provisional",
        out=out,
        quiet=quiet,
    )


@pair.command()
@click.argument("part", type=click.Choice(["problem", "result"]), default="problem")
def schema(*, part: str) -> None:
    """Print the JSON Schema of a problem or of a result."""
    from utm.cli.pairing import print_schema  # noqa: PLC0415 - heavy

    print_schema(part)


for _question in (explain, leaving, alternatives, repair, what_if, audit):
    pair.add_command(_question)
pair.add_command(why_not)
