"""Groups of two on every published instance: the library against maximum weight matching."""

from attrs import evolve

from benchmarks.pairing.known import read_known
from benchmarks.pairing.naming import problem_of
from benchmarks.pairing.peers.matching import weigh_pairs
from benchmarks.pairing.scoring import Scorer
from utm.pairing import Problem, solve, verify


def pairs_only(problem: Problem) -> Problem:
    """The problem with groups of two and without limits that matching does not know."""
    policy = evolve(
        problem.policy,
        smallest_group=2,
        largest_group=2,
        locks=(),
        theme_capacities=(),
        language_capacities=(),
        most_groups=None,
        fewest_groups=0,
    )
    return evolve(problem, policy=policy)


def best_of_matching(problem: Problem) -> int:
    """What networkx proves to be the best, with integer weights."""
    import networkx as nx  # noqa: PLC0415 - slow to load

    graph = nx.Graph()
    for pair, (worth, _) in weigh_pairs(Scorer(problem)).items():
        graph.add_edge(*pair, weight=worth)
    return sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))


def differs(name: str) -> str | None:
    """What is wrong with the library's groups of two on an instance, or ``None``."""
    problem = pairs_only(problem_of(name))
    result = solve(problem)
    best = best_of_matching(problem)
    if not result.score == result.bound == best:
        return f"{name}: {result.score}, bound {result.bound}, and matching finds {best}"
    found = verify(problem, result, every_group=False)
    return None if found.holds else f"{name}: {found.faults[0]}"


def compare_pairs() -> int:
    """Compare on the whole set and print what differs."""
    names = list(read_known())
    faults = [fault for name in names if (fault := differs(name))]
    print(*faults, sep="\n")
    print(f"{len(names) - len(faults)} of {len(names)} instances agree with networkx.")
    return 3 if faults else 0
