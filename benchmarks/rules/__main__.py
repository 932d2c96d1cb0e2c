"""Eligibility beside other engines: four cases of missing evidence, then speed.

    make bench-rules

Everything runs in one process, one after the other. A time is the best of several runs of
processor time. All judge the same subjects: peers get plain facts in dictionaries, the library
its own entities, where each fact has a source and a day.
"""

import argparse
import gc
import platform
import time
from collections.abc import Callable

from attrs import evolve

from benchmarks.rules.four_cases import table_of_cases
from benchmarks.rules.peers import installed_peers
from benchmarks.rules.subjects import as_application, invent_facts
from utm.domain import civil_date
from utm.rules import Verdict, VerdictTable, assess_many, find_flaws, judge_many
from utm.rules.library import COHORT_2023, RULEBOOKS

DAY = civil_date("2024-06-01")
ROLLING = COHORT_2023.versions[-1]


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of processor time of the quickest run."""
    seconds = []
    for _ in range(runs):
        gc.collect()
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def show(name: str, seconds: float, subjects: int, floor: float) -> None:
    each = seconds / subjects * 1e6
    print(f"| {name} | {each:.2f} | {seconds / floor:.1f} |", flush=True)


def compare_speed(count: int) -> None:
    """Verdicts and findings of one rule over the same subjects, complete facts."""
    facts = invent_facts(count, missing_percent=0)
    applications = [as_application(number, each) for number, each in enumerate(facts)]
    expected = [verdict is Verdict.MET for verdict in judge_many(COHORT_2023, applications, on=DAY)]
    print(f"\n{count:,} subjects, complete facts, {sum(expected):,} of them eligible\n")
    print("| way | µs a subject | times the plain function |\n|---|---|---|")
    floor = 0.0
    for name, judge in installed_peers().items():
        if judge(facts) != expected:
            raise SystemExit(f"{name} answers otherwise")
        seconds = best_of(5, lambda judge=judge: judge(facts))
        floor = floor or seconds
        show(name, seconds, count, floor)
    ways = {
        "utm, verdicts (`judge_many`)": lambda: judge_many(COHORT_2023, applications, on=DAY),
        "utm, findings (`assess_many`)": lambda: assess_many(COHORT_2023, applications, on=DAY),
    }
    for name, work in ways.items():
        show(name, best_of(5, work), count, floor)


def measure_scale(count: int, distinct: int) -> None:
    """Verdicts for very many, and another floor over answers that are kept."""
    facts = invent_facts(distinct, missing_percent=5)
    few = [as_application(number, each) for number, each in enumerate(facts)]
    many = few * (count // distinct)
    print(f"\n{len(many):,} subjects ({distinct:,} distinct), each fact missing in 5 %\n")
    print("| what | seconds |\n|---|---|")
    print(f"| verdicts | {best_of(3, lambda: judge_many(COHORT_2023, many, on=DAY)):.2f} |")
    table = VerdictTable(many, version=COHORT_2023.stamp(ROLLING), on=DAY)
    print(f"| a table of answers, once | {best_of(1, lambda: table.verdicts(ROLLING.rule)):.2f} |")
    population, *others = ROLLING.rule.parts
    for floor in (45_000, 60_000, 40_000, 100_000):
        rule = evolve(ROLLING.rule, parts=(evolve(population, floor_inhabitants=floor), *others))
        seconds = best_of(1, lambda rule=rule: table.verdicts(rule))
        print(f"| then a floor of {floor:,} | {seconds:.3f} |", flush=True)


def measure_analysis() -> None:
    print("\n| rulebook | analysis, ms |\n|---|---|")
    for rulebook in RULEBOOKS:
        rule = rulebook.versions[-1].rule
        seconds = best_of(3, lambda rule=rule: find_flaws(rule, on=DAY))
        print(f"| {rulebook.id} | {seconds * 1e3:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    print(table_of_cases())
    compare_speed(options.subjects)
    measure_scale(options.many, options.subjects)
    measure_analysis()


if __name__ == "__main__":
    main()
