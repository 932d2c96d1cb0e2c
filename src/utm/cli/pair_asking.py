"""Questions about a grouping: why, why not, what if, who else, and who has left."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import NEW_FILE, FiniteRange
from utm.cli.pair_options import FILE, format_option, gap_option, seed_option, time_option

__all__ = ["alternatives", "audit", "explain", "leaving", "repair", "what_if", "why_not"]


@click.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.argument("members", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Solve again with them together, for the exact cost.")
@gap_option
@time_option
def explain(
    *,
    problem: Path,
    result: Path,
    members: tuple[str, ...],
    force: bool,
    gap: float | None,
    seconds: float | None,
) -> ExitCode:
    """Say why MEMBERS are together, or what putting them together would cost.

    The same as why-not.
    """
    from utm.cli.pairing import Limits, explain_members  # noqa: PLC0415 - heavy

    return explain_members(problem, result, members, Limits(gap=gap, seconds=seconds), force=force)


why_not = copy(explain)
why_not.name = "why-not"
why_not.help = "Say what forbids MEMBERS together, or what that would cost.\n\nThe same as explain."


@click.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.argument("member")
@format_option
def leaving(*, problem: Path, result: Path, member: str, output_format: str) -> None:
    """Say what the others of its group lose if MEMBER leaves and nothing else changes."""
    from utm.cli.pair_leaving import tell_departures  # noqa: PLC0415 - heavy

    tell_departures(problem, result, member, as_json=output_format == "json")


@click.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.argument("members", nargs=-1, required=True)
@click.option(
    "--within",
    type=FiniteRange(min=0),
    default=0.01,
    show_default=True,
    help="Share of the score that a group may cost.",
)
@click.option(
    "--most", type=click.IntRange(min=0), default=10, show_default=True, help="How many are named."
)
@format_option
def alternatives(
    *,
    problem: Path,
    result: Path,
    members: tuple[str, ...],
    within: float,
    most: int,
    output_format: str,
) -> None:
    """Name the groups that could take the place of the group MEMBERS at next to no cost.

    The costs are proven least ones: the prices of RESULT allow no lower.
    """
    from utm.cli.pair_alternatives import tell_alternatives  # noqa: PLC0415 - heavy

    as_json = output_format == "json"
    tell_alternatives(problem, result, members, within=within, most=most, as_json=as_json)


@click.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.option("--withdraw", multiple=True, metavar="ID", help="Who has left; repeatable.")
@click.option(
    "--most-broken",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many groups that could go on may be broken up.",
)
@click.option("--out", type=NEW_FILE, help="File for the new result.")
@click.option(
    "--problem-out", type=NEW_FILE, help="File for the problem without those who have left."
)
@gap_option
@time_option
@seed_option
@format_option
def repair(
    *,
    problem: Path,
    result: Path,
    withdraw: tuple[str, ...],
    most_broken: int,
    out: Path | None,
    problem_out: Path | None,
    gap: float | None,
    seconds: float | None,
    seed: int,
    output_format: str,
) -> ExitCode:
    """Mend the grouping RESULT after withdrawals, with as little disturbance as asked.

    PROBLEM holds the participants as they were, and --withdraw says who has left; or as
    they are now: who is new in it is placed as well.
    """
    from utm.cli.pair_repair import repair_files  # noqa: PLC0415 - heavy
    from utm.cli.pairing import Limits  # noqa: PLC0415 - heavy

    return repair_files(
        problem,
        result,
        withdrawn=withdraw,
        most_broken=most_broken,
        out=out,
        problem_out=problem_out,
        limits=Limits(gap=gap, seconds=seconds, seed=seed),
        as_json=output_format == "json",
    )


@click.command("what-if")
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.option(
    "--lock", "locks", multiple=True, metavar="ID,ID", help="Who shall be together; repeatable."
)
@click.option(
    "--forbid", "bans", multiple=True, metavar="ID,ID", help="Which two shall not; repeatable."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A rule or weight of the policy, as least_benefit=0.05 or context.climate=0; repeatable.",
)
@click.option("--out", type=NEW_FILE, help="File for the new result.")
@click.option("--problem-out", type=NEW_FILE, help="File for the problem with the change.")
@gap_option
@time_option
@seed_option
def what_if(
    *,
    problem: Path,
    result: Path,
    locks: tuple[str, ...],
    bans: tuple[str, ...],
    settings: tuple[str, ...],
    out: Path | None,
    problem_out: Path | None,
    gap: float | None,
    seconds: float | None,
    seed: int,
) -> ExitCode:
    """Say what a lock, a ban, or another rule or weight would change, from an earlier RESULT."""
    from utm.cli.pair_what_if import Asked, answer_what_if  # noqa: PLC0415 - heavy
    from utm.cli.pairing import Limits  # noqa: PLC0415 - heavy

    asked = Asked(locks=locks, bans=bans, settings=settings)
    limits = Limits(gap=gap, seconds=seconds, seed=seed)
    return answer_what_if(problem, result, asked, limits, out=out, problem_out=problem_out)


@click.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.option(
    "--price-of",
    "aims",
    multiple=True,
    type=click.Choice(["least first", "square roots", "stable"]),
    help="What a fairer or a stable grouping would cost; repeatable.",
)
@time_option
def audit(*, problem: Path, result: Path, aims: tuple[str, ...], seconds: float | None) -> ExitCode:
    """Say who gains least, who would rather leave together, and who envies whom."""
    from utm.cli.pair_audit import audit_files  # noqa: PLC0415 - heavy
    from utm.cli.pairing import Limits  # noqa: PLC0415 - heavy

    return audit_files(problem, result, aims, Limits(seconds=seconds))
