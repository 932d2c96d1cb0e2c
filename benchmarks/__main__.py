"""The grouping on fixed instances, with simpler ways beside it: ``python -m benchmarks``.

Every way is scored by the same code under the same policy, so the ratios compare groupings
and not formulas. A ratio is a share of the proven bound; nobody can reach more than 1.
Seconds depend on the machine and on what else it does; those of the simpler ways leave out
the scoring of all pairs, which took longer than they did.
"""

import time
from collections.abc import Callable, Iterator

import networkx as nx
from attrs import evolve, frozen

from benchmarks.instances import INSTANCES
from utm.pairing import UNIT, MaxRuntime, Problem, ProposedGroup, evaluate, solve

PATIENCE_S = 60.0
MOST_PARTICIPANTS_OF_PEERS = 60  # every pair is scored for them, which is slow
Grouping = list[ProposedGroup]


def play_rounds(ids: list[str]) -> Iterator[list[tuple[str, str]]]:
    """Deal all pairs into rounds in which nobody stands twice, as in a tournament."""
    circle: list[str | None] = [*ids, *([None] if len(ids) % 2 else [])]
    for _ in range(len(circle) - 1):
        half = len(circle) // 2
        facing = zip(circle[:half], reversed(circle[half:]), strict=True)
        yield [(a, b) for a, b in facing if a is not None and b is not None]
        circle = [circle[0], circle[-1], *circle[1:-1]]


def weigh_pairs(problem: Problem) -> nx.Graph:
    """Score every pair that keeps the rules, as a graph."""
    graph = nx.Graph()
    graph.add_nodes_from(one.id for one in problem.participants)
    for dealt in play_rounds(sorted(graph)):
        proposed = [ProposedGroup(members=pair) for pair in dealt]
        for found in evaluate(problem, proposed).groups:
            if not found.violations and found.group.score > 0:
                graph.add_edge(*found.group.members, weight=found.group.score)
    return graph


def match_pairs(pairs: nx.Graph) -> Grouping:
    """Pairs alone, the best there are: maximum weight matching (Edmonds)."""
    return [ProposedGroup(members=pair) for pair in nx.max_weight_matching(pairs)]


def take_best_pairs(pairs: nx.Graph) -> Grouping:
    """The best pair, then the best of those that are left, and so on."""
    taken: set[str] = set()
    chosen = []
    for _, pair in sorted((-weight, sorted((a, b))) for a, b, weight in pairs.edges(data="weight")):
        if taken.isdisjoint(pair):
            taken.update(pair)
            chosen.append(ProposedGroup(members=tuple(pair)))
    return chosen


PEERS: dict[str, Callable[[nx.Graph], Grouping]] = {
    "best pairs (matching)": match_pairs,
    "greedy pairs": take_best_pairs,
}


@frozen(kw_only=True)
class Line:
    """One line of the table."""

    instance: str
    way: str
    seconds: float | None
    score: int
    bound: int
    remark: str

    def show(self) -> None:
        """Print it, with the score in units of one fully met need."""
        ratio = self.score / self.bound if self.bound else 1.0
        seconds = "-" if self.seconds is None else f"{self.seconds:.2f}"
        print(
            f"{self.instance:26} {self.way:22} {seconds:>8} {self.score / UNIT:10.3f} "
            f"{ratio:8.4f}  {self.remark}",
            flush=True,
        )


def run(name: str, problem: Problem, published: Grouping) -> None:
    """Solve one instance, and hold what simpler ways reach against the proven bound."""
    began = time.perf_counter()
    result = solve(problem, stop=MaxRuntime(PATIENCE_S))
    line = Line(
        instance=name,
        way="utm.pairing.solve",
        seconds=time.perf_counter() - began,
        score=result.score,
        bound=result.bound,
        remark=result.status.value,
    )
    line.show()
    if published:
        found = evaluate(problem, published)
        remark = "" if found.keeps_every_rule else "breaks rules of the policy"
        evolve(line, way="as published", seconds=None, score=found.score, remark=remark).show()
    if len(problem.participants) <= MOST_PARTICIPANTS_OF_PEERS:
        pairs = weigh_pairs(problem)
        for way, form in PEERS.items():
            began = time.perf_counter()
            groups = form(pairs)
            seconds = time.perf_counter() - began
            score = evaluate(problem, groups).score
            remark = f"{len(groups)} groups of two"
            evolve(line, way=way, seconds=seconds, score=score, remark=remark).show()


def main() -> None:
    """Run all instances, smallest first."""
    print(f"{'instance':26} {'way':22} {'seconds':>8} {'score':>10} {'of bound':>8}")
    for name, make in INSTANCES.items():
        run(name, *make())


if __name__ == "__main__":
    main()
