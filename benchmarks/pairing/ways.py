"""All ways by name, and up to how many participants each is tried."""

from collections.abc import Callable
from importlib import import_module
from random import Random

from attrs import evolve, frozen

from benchmarks.pairing.answers import Answer
from benchmarks.pairing.peers.clock import Clock
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import Scorer
from utm.pairing import Problem, ProposedGroup, solve

Told = dict[str, object]
Run = Callable[[Problem, float, int], tuple[Answer, Told]]


@frozen(kw_only=True)
class Way:
    """A way to groups.

    Parameters
    ----------
    run
        From a problem, seconds and a seed to an answer and what is known about it.
    most
        Larger instances are left out.
    needs
        Distribution that must be installed.
    alone
        Whether it is a rung below the problem itself: groups of two only.
    """

    run: Run
    most: int = 10**9
    needs: str = ""
    alone: bool = False


def run_engine(problem: Problem, seconds: float, seed: int) -> tuple[Answer, Told]:
    """The library itself."""
    clock = Clock(seconds)
    result = solve(problem, stop=lambda _: clock.is_over(), seed=seed)
    told = {
        "status": result.status.value,
        "score": result.score,
        "bound": result.bound,
        "scope": result.scope.value,
        "columns": result.statistics.columns,
    }
    return Answer.of_result(result, None, "utm"), told


def run_engine_on_pairs(problem: Problem, seconds: float, seed: int) -> tuple[Answer, Told]:
    """The library where groups may have two members only."""
    policy = evolve(problem.policy, largest_group=2)
    return run_engine(evolve(problem, policy=policy), seconds, seed)


def peer(module: str, function: str) -> Run:
    """A function of a module that is loaded only where it runs."""

    def run(problem: Problem, seconds: float, seed: int) -> tuple[Answer, Told]:
        way = getattr(import_module(f"benchmarks.pairing.peers.{module}"), function)
        scorer = Scorer(problem)
        found = way(Task(scorer, Clock(seconds), Random(seed)))
        groups, told = (found, {}) if isinstance(found, list) else (found.answer, found.told())
        answer = Answer(
            instance=None,
            by=function,
            groups=tuple(
                ProposedGroup(
                    members=tuple(scorer.ids[member] for member in members),
                    theme=scorer.themes[focus],
                )
                for members, focus in groups
            ),
        )
        return answer, told

    return run


WAYS: dict[str, Way] = {
    "utm": Way(run=run_engine),
    "random": Way(run=peer("simple", "form_at_random")),
    "greedy": Way(run=peer("simple", "form_greedily")),
    "annealing": Way(run=peer("annealing", "anneal")),
    "local search": Way(run=peer("local_search", "search_locally")),
    "set packing, HiGHS": Way(run=peer("packing", "pack_highs"), most=60, needs="highspy"),
    "set packing, CP-SAT": Way(run=peer("packing", "pack_cpsat"), most=60, needs="ortools"),
    "pairs, networkx": Way(
        run=peer("matching", "match_networkx"), most=300, needs="networkx", alone=True
    ),
    "pairs, rustworkx": Way(
        run=peer("matching", "match_rustworkx"), most=3_000, needs="rustworkx", alone=True
    ),
    "pairs, utm": Way(run=run_engine_on_pairs, most=1_000, alone=True),
}
