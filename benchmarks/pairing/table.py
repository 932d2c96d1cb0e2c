"""Measured runs as a table in Markdown."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import asdict

from benchmarks.pairing.run_one import Measured
from benchmarks.pairing.ways import WAYS
from utm.pairing import UNIT

HEAD = "| way | worth | bound | gap | to best peer | s CPU | s wall | MB |"
RULE = "|---|---|---|---|---|---|---|---|"


def write_measured(path: Path, machine: str, runs: Iterable[Measured]) -> None:
    """Keep runs; those of the same instance and way are replaced."""
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"runs": []}
    kept = {(run["instance"], run["way"], run["seed"]): run for run in document["runs"]}
    for run in runs:
        kept[run.instance, run.way, run.seed] = {**asdict(run), "machine": machine}
    lines = ",\n ".join(json.dumps(run) for run in kept.values())
    path.write_text('{"runs": [\n ' + lines + "\n]}\n", encoding="utf-8")


def read_measured(path: Path) -> list[Measured]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return [
        Measured(
            **{
                name: tuple(value) if name == "faults" else value
                for name, value in run.items()
                if name != "machine"
            }
        )
        for run in document["runs"]
    ]


def best_peer(runs: Sequence[Measured]) -> int:
    """The best worth that a peer reached, with groups of any size."""
    return max((run.score for run in runs if run.counts and not run.way.endswith("utm")), default=0)


def row(run: Measured, bound: int | None, peer: int) -> str:
    """One line; the gap is to the tightest bound that the run or the library proved."""
    gap = "" if not bound else f"{max(0.0, 1 - run.score / bound):.2%}"
    if not run.counts:
        gap = "breaks a rule" if run.faults else run.status
    own = "" if run.bound is None else f"{run.bound / UNIT:.3f}"
    ratio = f"{run.score / peer:.3f}" if peer and run.counts else ""
    return (
        f"| {run.way} | {run.score / UNIT:.3f} | {own} | {gap} | {ratio} "
        f"| {run.cpu_seconds:.1f} | {run.seconds:.1f} | {run.peak_mb:.0f} |"
    )


def tables(runs: Sequence[Measured]) -> str:
    """One table for each instance."""
    parts = []
    for name in dict.fromkeys(run.instance for run in runs):
        here = [run for run in runs if run.instance == name]
        parts.append(f"\n**{name}**\n\n{HEAD}\n{RULE}")
        parts += rows(here)
    return "\n".join(parts)


def rows(here: Sequence[Measured]) -> list[str]:
    groups = [run for run in here if not WAYS[run.way].alone]
    bounds = [run.bound for run in groups if run.bound is not None and run.counts]
    peer = best_peer(here)
    order = list(WAYS)
    return [
        row(run, min(bounds, default=None), peer)
        for run in sorted(here, key=lambda run: order.index(run.way))
    ]


def summary(runs: Sequence[Measured]) -> str:
    """One line for each family and size: means over the seeds."""
    heads = (
        "family, participants, seeds, gap of `utm`, `utm` to the best peer, best peer, s CPU, MB"
    )
    parts = [f"| {heads.replace(', ', ' | ')} |", f"|{'---|' * 8}"]
    keys = dict.fromkeys((run.instance.rsplit("-n", 1)[0], run.participants) for run in runs)
    for family, size in keys:
        here = [
            run
            for run in runs
            if run.participants == size and run.instance.startswith(f"{family}-n{size}-")
        ]
        own = [run for run in here if run.way == "utm"]
        if own:
            parts.append(summary_row(family, size, own, here))
    return "\n".join(parts)


def summary_row(family: str, size: int, own: list[Measured], here: list[Measured]) -> str:
    gaps, ratios, best = [], [], {}
    for run in own:
        beside = [other for other in here if other.instance == run.instance]
        peer = best_peer(beside)
        gaps.append(1 - run.score / run.bound if run.bound else 0.0)
        if peer:
            ratios.append(run.score / peer)
        winner = max(
            (o for o in beside if o.counts and not o.way.endswith("utm")),
            key=lambda o: o.score,
            default=None,
        )
        if winner:
            best[winner.way] = best.get(winner.way, 0) + 1
    closed = sum(run.status == "optimal" for run in own)
    gap = f"{max(gaps):.2%}" if closed < len(own) else "0, proven"
    ratio = f"{min(ratios):.3f} to {max(ratios):.3f}" if ratios else ""
    return (
        f"| `{family}` | {size} | {len(own)} | {gap} | {ratio} "
        f"| {', '.join(best)} | {max(r.cpu_seconds for r in own):.1f} "
        f"| {max(r.peak_mb for r in own):.0f} |"
    )
