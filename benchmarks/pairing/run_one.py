"""Run one way in a process of its own, and check what it says."""

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

from benchmarks.pairing.answers import read_answer
from benchmarks.pairing.ways import WAYS
from utm.pairing import Problem, evaluate

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # times the time that was given, then a process is ended
LEAST_PATIENCE_S = 600
KIB_IN_MB = 1024


@frozen(kw_only=True)
class Measured:
    """What one run reached and what it took.

    Parameters
    ----------
    instance, way, seed
        What was run.
    participants
        Size of the instance.
    given_seconds
        Processor time that the search was given.
    score
        Worth of its groups by `utm.pairing.evaluate`, in millionths.
    bound
        What it claims that no grouping exceeds; ``None`` where it claims nothing.
    status
        How it ended, where it says so.
    faults
        Rules that its grouping breaks; such a score does not count.
    seconds, cpu_seconds
        From the problem in memory to its answer.
    peak_mb
        Largest resident memory of the whole process, with the interpreter.
    """

    instance: str
    way: str
    seed: int
    participants: int
    given_seconds: float
    score: int
    bound: int | None
    status: str
    faults: tuple[str, ...]
    seconds: float
    cpu_seconds: float
    peak_mb: float

    @property
    def counts(self) -> bool:
        return not self.faults and self.status not in {"failed", "too slow"}


def is_installed(way: str) -> bool:
    needed = WAYS[way].needs
    return not needed or find_spec(needed) is not None


def run_one(way: str, name: str, problem: Problem, *, seconds: float, seed: int) -> Measured:
    """Run a way on an instance.

    Its score is not what it says but what `utm.pairing.evaluate` finds, which shares no code
    with any search.
    """
    with tempfile.TemporaryDirectory(prefix="utm-bench-") as folder:
        problem_path, out = Path(folder) / "problem.json", Path(folder) / "answer.json"
        problem_path.write_text(problem.to_json(), encoding="utf-8")
        words = [way, name, str(problem_path), str(seconds), str(seed), str(out)]
        ended, printed, peak_kib = run_process(words, max(LEAST_PATIENCE_S, PATIENCE * seconds))
        told = json.loads(printed.splitlines()[-1]) if ended == "" else {}
        score, faults = 0, ()
        if told:
            score, faults = examine(problem, read_answer(out).groups)
            if told.get("score", score) != score:
                faults = (*faults, f"it says that its groups are worth {told['score']}")
    return Measured(
        instance=name,
        way=way,
        seed=seed,
        participants=len(problem.participants),
        given_seconds=seconds,
        score=score,
        bound=told.get("bound"),
        status=ended or told.get("status", "ended"),
        faults=faults,
        seconds=told.get("seconds", 0.0),
        cpu_seconds=told.get("cpu_seconds", 0.0),
        peak_mb=round(peak_kib / KIB_IN_MB, 1),
    )


def examine(problem: Problem, groups: tuple) -> tuple[int, tuple[str, ...]]:
    """Worth of a grouping and the rules that it breaks."""
    found = evaluate(problem, groups)
    broken = [fault for group in found.groups for fault in group.violations]
    return found.score, (*broken, *found.violations)


def run_process(words: list[str], patience_s: float) -> tuple[str, str, int]:
    """What went wrong or nothing, what was printed, and the peak of memory in KiB."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.pairing.worker", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", env=dict(os.environ)
    )
    try:
        printed, _ = process.communicate(timeout=patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "too slow", "", 0
    if process.returncode:
        return "failed", "", 0
    return "", printed, json.loads(printed.splitlines()[-1])["peak_kib"]
