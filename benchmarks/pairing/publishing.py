"""Improve the published set: solve its instances, and keep what is better than before."""

import sys
from pathlib import Path

from benchmarks.pairing.answers import Answer, AnswerError
from benchmarks.pairing.checking import check
from benchmarks.pairing.known import MOST_FOR_EVERY_GROUP, examine, read_known, record
from benchmarks.pairing.naming import REAL, problem_of, seed_of
from benchmarks.pairing.peers.clock import Clock
from benchmarks.pairing.plans import PUBLISHED
from utm.errors import InvalidInputError
from utm.pairing import solve


def publish(instances: list[str], seconds: float, source: Path | None) -> int:
    """Solve those that are not closed yet, or take over an answer that somebody sent."""
    if source:
        try:
            judged = check(source, instance=None, every_group=True)
            print(*judged.sentences, sep="\n")
            print(record(judged.answer, judged.finding, trusts_bound=False))
        except (AnswerError, InvalidInputError) as error:
            print(error, file=sys.stderr)
            return 3
        return 0
    known = read_known()
    for name in instances or (REAL, *PUBLISHED):
        if name in known and known[name].is_closed and not instances:
            continue
        problem = problem_of(name)
        clock = Clock(seconds)
        result = solve(problem, stop=lambda _, clock=clock: clock.is_over(), seed=seed_of(name))
        answer = Answer.of_result(result, name, "utm.pairing")
        every_group = len(problem.participants) <= MOST_FOR_EVERY_GROUP
        finding = examine(problem, answer, every_group=every_group)
        try:
            print(record(answer, finding, trusts_bound=True), flush=True)
        except AnswerError as error:
            print(f"not kept: {error}", flush=True)
    return 0
