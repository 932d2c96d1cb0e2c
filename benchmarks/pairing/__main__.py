"""Groups beside other ways, and the published set.

    python -m benchmarks.pairing run [--quick | --plan NAME]   the ways side by side
    python -m benchmarks.pairing check ANSWER.json             is it right, is it a record?
    python -m benchmarks.pairing check --all                   the published set, again
    python -m benchmarks.pairing publish                       improve the published set
    python -m benchmarks.pairing pairs                         groups of two against matching
    python -m benchmarks.pairing table | picture FILE          from the runs that were kept

Every way gets the same problem in a process of its own and the same processor time. What its
groups are worth, and whether they keep the rules, is worked out by `utm.pairing.evaluate`.
"""

import argparse
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import evolve

from benchmarks.pairing.answers import AnswerError
from benchmarks.pairing.checking import check, check_published
from benchmarks.pairing.known import HERE
from benchmarks.pairing.naming import REAL, problem_of, published_edition, seed_of
from benchmarks.pairing.pairs import compare_pairs
from benchmarks.pairing.picture import draw_growth
from benchmarks.pairing.plans import PLANS, SECONDS
from benchmarks.pairing.publishing import publish
from benchmarks.pairing.run_one import Measured, is_installed, run_one
from benchmarks.pairing.table import (
    HEAD,
    RULE,
    read_measured,
    rows,
    summary,
    tables,
    write_measured,
)
from benchmarks.pairing.ways import WAYS
from utm.errors import InvalidInputError
from utm.pairing import UNIT, evaluate, solve

MEASURED = HERE / "measured.json"
LIBRARIES = ("numpy", "scipy", "networkx", "highspy", "ortools", "rustworkx", "numba")


def describe_machine() -> str:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    cores = os.cpu_count()
    python = platform.python_version()
    return f"{platform.machine()}, {cores} cores, Python {python}; {', '.join(found)}"


def run_instance(name: str, seconds: float | None, ways: list[str]) -> Iterator[Measured]:
    """All ways that are installed and meant for the size."""
    problem = problem_of(name)
    size = len(problem.participants)
    given = seconds or next((time for most, time in SECONDS.items() if most >= size), 300.0)
    for way in ways or WAYS:
        if is_installed(way) and (ways or size <= WAYS[way].most):
            yield run_one(way, name, problem, seconds=given, seed=seed_of(name))


def command_run(options: argparse.Namespace) -> int:
    plan = PLANS["quick" if options.quick else options.plan]
    if options.seconds:
        plan = evolve(plan, seconds=options.seconds)
    machine = describe_machine()
    print(f"{machine}\n\nWorth in units of one fully met need; gap to the best bound here.")
    everything = []
    show_real_edition()
    for name in options.instances or plan.names():
        runs = list(run_instance(name, plan.seconds, options.way))
        everything += runs
        print(f"\n**{name}**\n\n{HEAD}\n{RULE}", *rows(runs), sep="\n", flush=True)
        if options.keep:
            write_measured(MEASURED, machine, runs)
    print(f"\n{summary(everything)}")
    faults = [f"{run.instance}, {run.way}: {run.faults[0]}" for run in everything if run.faults]
    print(*faults, sep="\n")
    return 1 if any(run.way == "utm" and not run.counts for run in everything) else 0


def show_real_edition() -> None:
    """The groups as published beside the best under the same policy."""
    problem = problem_of(REAL)
    result, published = solve(problem), evaluate(problem, published_edition())
    kept = "keep every rule" if published.keeps_every_rule else "break rules of the policy"
    print(
        f"\n{REAL}: {result.status.value} at {result.score / UNIT:.3f}; the groups as published "
        f"are worth {published.score / UNIT:.3f} and {kept}."
    )


def command_check(options: argparse.Namespace) -> int:
    if options.all:
        faults = check_published(every_group=options.every_group is not False)
        print(*(faults or ["The published set holds."]), sep="\n")
        return 3 if faults else 0
    if not options.answers:
        print("Name a file with an answer, or --all.", file=sys.stderr)
        return 2
    worst = 0
    for path in options.answers:
        try:
            judged = check(path, instance=options.instance, every_group=options.every_group)
        except (AnswerError, InvalidInputError) as error:
            print(error, file=sys.stderr)
            worst = 3
            continue
        print(*judged.sentences, sep="\n")
        worst = worst if judged.holds else 3
    return worst


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m benchmarks.pairing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the ways side by side")
    run.add_argument("instances", nargs="*", metavar="INSTANCE")
    run.add_argument("--quick", action="store_true", help="under two minutes")
    run.add_argument("--plan", choices=PLANS, default="medium")
    run.add_argument("--seconds", type=float, help="processor time for each way")
    run.add_argument("--way", action="append", choices=WAYS, default=[])
    run.add_argument("--keep", action="store_true", help="add the figures to measured.json")
    checked = commands.add_parser("check", help="is an answer right, is it a record?")
    checked.add_argument("answers", nargs="*", type=Path, metavar="ANSWER.json")
    checked.add_argument("--instance", help="name, where the file does not say it")
    checked.add_argument("--all", action="store_true", help="the whole published set")
    checked.add_argument("--every-group", action=argparse.BooleanOptionalAction, default=None)
    published = commands.add_parser("publish", help="improve the published set")
    published.add_argument("instances", nargs="*", metavar="INSTANCE")
    published.add_argument("--seconds", type=float, default=20.0)
    published.add_argument("--from", dest="source", type=Path, help="an answer to take over")
    commands.add_parser("pairs", help="groups of two against maximum weight matching")
    commands.add_parser("table", help="the kept figures")
    picture = commands.add_parser("picture", help="growth, from the kept figures")
    picture.add_argument("file", type=Path)
    return whole


def main() -> int:
    options = parser().parse_args()
    if options.command == "run":
        return command_run(options)
    if options.command == "check":
        return command_check(options)
    if options.command == "publish":
        return publish(options.instances, options.seconds, options.source)
    if options.command == "pairs":
        return compare_pairs()
    runs = read_measured(MEASURED)
    if options.command == "table":
        print(summary(runs), tables(runs), sep="\n")
    else:
        growth = [run for run in runs if re.fullmatch(r"standard-n\d+-s1", run.instance)]
        draw_growth(growth, options.file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
