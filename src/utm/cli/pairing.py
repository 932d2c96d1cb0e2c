"""The work behind ``utm pair``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import click
from attrs import frozen

from utm import pairing
from utm.cli.exit_codes import ExitCode
from utm.cli.live_line import searching, waiting
from utm.cli.terminal import print_list, print_plain, print_table, print_text, say
from utm.errors import InputProblem, InvalidInputError
from utm.interchange import JsonValue, write_files
from utm.pairing import (
    UNIT,
    GapBelow,
    MaxRuntime,
    Problem,
    Result,
    Status,
    StopCriterion,
)

__all__ = [
    "Limits",
    "check_outputs",
    "compare_files",
    "criteria_of",
    "deliver",
    "exit_code_of",
    "explain_members",
    "json_of",
    "print_schema",
    "read_problem",
    "read_result",
    "solve_file",
    "verify_files",
    "write_answer",
]

_UNFINISHED = {Status.STOPPED, Status.UNDECIDED}


@frozen(kw_only=True)
class Limits:
    """When to stop, and how loud to be."""

    gap: float | None = None
    seconds: float | None = None
    seed: int = 0
    quiet: bool = False


def solve_file(
    path: Path,
    out: Path | None,
    limits: Limits,
    *,
    workers: int | None,
    in_parts: bool,
    as_json: bool,
) -> ExitCode:
    """Solve a problem, whole or in parts, by so many threads; write and print the result."""
    check_outputs([path], [out])
    problem = read_problem(path)
    with (
        searching(*criteria_of(limits), quiet=limits.quiet) as stop,
        ThreadPoolExecutor(workers or cpu_count() or 1) as threads,
    ):
        if in_parts:
            result = pairing.solve_in_parts(problem, stop=stop, seed=limits.seed, executor=threads)
        else:
            result = pairing.solve(problem, stop=stop, seed=limits.seed, executor=threads)
    return deliver(result, out, as_json=as_json)


def verify_files(problem_path: Path, result_path: Path, *, every_group: bool) -> ExitCode:
    """Verify a result and print what was checked."""
    problem, result = read_problem(problem_path), read_result(result_path)
    with waiting("checking every rule, score and group"):
        verification = pairing.verify(problem, result, every_group=every_group)
    rows = [
        [check.name, "holds" if check.holds else "does not hold"] for check in verification.checks
    ]
    proven = verification.proven_bound
    if verification.holds and proven is None:
        rows.append(["prices", "not checked"])
    elif proven is not None and verification.tried_bound is None:
        last = (proven - result.bound) / UNIT
        rows.append([f"last {last:.6f} of the bound (by branch and bound)", "not checked"])
    print_table("Checked", ["what", "outcome"], rows)
    print_list("Faults:", verification.faults)
    print_text(verification.proves)
    return ExitCode.DONE if verification.holds else ExitCode.BAD_INPUT


def explain_members(
    problem_path: Path,
    result_path: Path,
    members: tuple[str, ...],
    limits: Limits,
    *,
    force: bool,
) -> ExitCode:
    """Print why some participants are together, or what it would cost."""
    problem, result = read_problem(problem_path), read_result(result_path)
    with searching(*criteria_of(limits)) as stop:
        explanation = pairing.explain(problem, result, members, force=force, stop=stop)
    for sentence in explanation.sentences:
        print_text(sentence)
    forced = explanation.forced
    is_cut_short = forced is not None and forced.status in _UNFINISHED
    return ExitCode.STOPPED_AT_LIMIT if is_cut_short else ExitCode.DONE


def compare_files(problem_path: Path, result_paths: tuple[Path, ...]) -> None:
    """Score several groupings under one policy."""
    problem = read_problem(problem_path)
    rows: list[list[str]] = []
    for path in result_paths:
        result = read_result(path)
        evaluation = pairing.evaluate(problem, result.groups)
        broken = sum(len(group.violations) for group in evaluation.groups)
        rows.append(
            [
                path.name,
                str(len(result.groups)),
                f"{evaluation.score / UNIT:.3f}",
                str(broken + len(evaluation.violations)),
                str(len(evaluation.unplaced)),
            ]
        )
    print_table(
        "Under one policy", ["result", "groups", "worth", "hard rules broken", "unplaced"], rows
    )


def print_schema(part: str) -> None:
    """Print the JSON Schema of a problem or of a result."""
    schema = pairing.problem_schema() if part == "problem" else pairing.result_schema()
    print_plain(json.dumps(schema, ensure_ascii=False, indent=2))


def criteria_of(limits: Limits) -> list[StopCriterion]:
    """Return the stop criteria that were asked for."""
    criteria: list[StopCriterion] = []
    if limits.gap is not None:
        criteria.append(GapBelow(limits.gap))
    if limits.seconds is not None:
        criteria.append(MaxRuntime(limits.seconds))
    return criteria


def deliver(
    result: Result, out: Path | None, *, as_json: bool, closing: str | None = None
) -> ExitCode:
    """Write and print a result; the last sentence is how good it is, if nothing else is told."""
    if out is not None:
        write_files({out: result.to_json()})
    if as_json:
        print_plain(result.to_json())
    else:
        _print_result(result, closing)
        print_list("Written:", [str(out)] if out else [])
    return exit_code_of(result)


def check_outputs(read: Iterable[Path], written: Iterable[Path | None]) -> None:
    """Refuse to write over a file that is read, or two files into one."""
    taken = [path.resolve() for path in read]
    for path in written:
        if path is not None and path.resolve() in taken:
            raise click.UsageError(f"{path} is read or written already; name another file")
        taken += [path.resolve()] if path is not None else []


def write_answer(
    result: Result,
    out: Path | None,
    problem: Problem,
    problem_out: Path | None,
    *,
    has_changed: bool = True,
    quiet: bool = False,
) -> None:
    """Write a result and the problem that it answers, which is not the one that was read."""
    files: dict[Path | str, bytes | str] = {
        path: text
        for path, text in ((out, result.to_json()), (problem_out, problem.to_json()))
        if path is not None
    }
    write_files(files)
    if not quiet:
        print_list("Written:", [str(path) for path in files])
    if out is not None and problem_out is None and has_changed:
        say(
            f"note: {out} answers the problem with the change and not the one that was read; "
            "--problem-out writes it, for further questions."
        )


def exit_code_of(result: Result) -> ExitCode:
    """Tell by the exit code how a search ended."""
    if result.status is Status.INFEASIBLE:
        return ExitCode.INFEASIBLE
    return ExitCode.STOPPED_AT_LIMIT if result.status in _UNFINISHED else ExitCode.DONE


def _print_result(result: Result, closing: str | None) -> None:
    if result.status is Status.INFEASIBLE:
        print_list("No grouping keeps every rule:", result.infeasible_because)
        return
    print_table(
        f"{len(result.groups)} groups (a worth of 1 is one need fully met)",
        ["theme", "members", "worth"],
        [
            [group.theme.value, ", ".join(group.members), f"{group.score / UNIT:.3f}"]
            for group in result.groups
        ],
    )
    print_list("In no group:", [f"{one.participant}: {one.reason}" for one in result.unmatched])
    print_list("To be checked:", [note.text for note in result.notes if not note.participant])
    print_text(
        closing
        or f"{result.status.value}: worth {result.score / UNIT:.3f}, "
        f"at most {result.bound / UNIT:.3f}, gap {result.gap:.2%}"
    )


def read_problem(path: Path) -> Problem:
    """Read a problem from its file or from an edition."""
    return Problem.from_json(_part_of(path, "problem"))


def read_result(path: Path) -> Result:
    """Read a result from its file or from an edition."""
    return Result.from_json(_part_of(path, "result"))


def _part_of(path: Path, part: str) -> str:
    """Give the text of a file, or of a part of it if it is a formed edition."""
    document = json_of(path)
    if isinstance(document, Mapping) and document.get("format") == "utm.edition":
        return json.dumps(document.get(part))
    return path.read_text(encoding="utf-8")


def json_of(path: Path) -> JsonValue:
    """Read a JSON file; one that is none is refused with its name."""
    try:
        document: JsonValue = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        problem = InputProblem(
            source=path.name, reason=f"is no JSON: {error}", remedy="Name a JSON file."
        )
        raise InvalidInputError((problem,)) from error
    return document
