"""The benchmark measures what it says: peers keep the rules, and checks can fail."""

import json
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from benchmarks.pairing import known
from benchmarks.pairing.__main__ import main
from benchmarks.pairing.answers import Answer, AnswerError, read_answer
from benchmarks.pairing.checking import check, check_published
from benchmarks.pairing.known import Known, answer_path, examine, read_known, record
from benchmarks.pairing.naming import REAL, problem_of, published_edition
from benchmarks.pairing.pairs import differs
from benchmarks.pairing.plans import PLANS, PUBLISHED
from benchmarks.pairing.run_one import Measured, run_one
from benchmarks.pairing.table import read_measured, rows, summary, write_measured
from benchmarks.pairing.ways import WAYS
from utm.errors import InvalidInputError
from utm.pairing import ProposedGroup, evaluate, solve
from utm.pairing.instances import FAMILIES, InstanceName, fingerprint

SMALL = "standard-n24-s1"
HEURISTICS = ("random", "greedy", "annealing", "local search")


@cache
def solved(name):
    return Answer.of_result(solve(problem_of(name)), name, "a test")


# the peers


@pytest.mark.parametrize("way", HEURISTICS)
@pytest.mark.parametrize("family", ["standard", "shared-needs", "single-topic"])
def test_a_peer_keeps_every_rule_and_passes_no_proven_bound(way, family):
    problem = InstanceName(family=family, participants=20, seed=2).problem()
    answer, _ = WAYS[way].run(problem, 0.1, 1)
    found = evaluate(problem, answer.groups)
    assert found.keeps_every_rule
    assert found.score <= solve(problem).bound
    assert found.score > 0


@pytest.mark.parametrize("way", ["greedy", "annealing", "local search"])
def test_a_peer_keeps_the_capacities(way):
    problem = problem_of("facilitated-n53-s1")
    answer, _ = WAYS[way].run(problem, 0.1, 1)
    faults = [
        fault for fault in evaluate(problem, answer.groups).violations if "placed" not in fault
    ]
    assert faults == []


def test_more_time_finds_more_than_chance():
    problem = problem_of("standard-n53-s1")
    scores = {
        way: evaluate(problem, WAYS[way].run(problem, 1.0, 1)[0].groups).score for way in HEURISTICS
    }
    assert scores["random"] < scores["greedy"] < max(scores["annealing"], scores["local search"])
    assert max(scores.values()) > 0.9 * 24_406_154  # proven best


def test_peers_answer_for_nobody_at_all():
    for way in HEURISTICS:
        answer, _ = WAYS[way].run(problem_of("standard-n0-s1"), 0.05, 1)
        assert answer.groups == ()


def test_the_same_seed_draws_the_same_random_groups():
    runs = [WAYS["random"].run(problem_of(SMALL), 1.0, 5)[0] for _ in range(2)]
    assert runs[0] == runs[1]


def test_a_run_is_measured_in_a_process_of_its_own_and_its_score_is_worked_out_again():
    problem = problem_of(SMALL)
    own = run_one("utm", SMALL, problem, seconds=10, seed=1)
    greedy = run_one("greedy", SMALL, problem, seconds=1, seed=1)
    assert own.score == own.bound == solve(problem).score
    assert own.counts
    assert greedy.counts
    assert greedy.bound is None
    assert 0 < greedy.score <= own.score
    assert all(run.peak_mb > 10 and run.cpu_seconds > 0 for run in (own, greedy))


# tables


def measured(way, score, **more):
    told = {
        "instance": SMALL,
        "seed": 1,
        "participants": 24,
        "given_seconds": 1.0,
        "bound": None,
        "status": "ended",
        "faults": (),
        "seconds": 1.0,
        "cpu_seconds": 0.5,
        "peak_mb": 50.0,
    }
    return Measured(way=way, score=score, **{**told, **more})


def test_a_table_holds_a_grouping_that_breaks_a_rule_against_nothing():
    runs = [
        measured("utm", 90, bound=100, status="stopped"),
        measured("greedy", 60),
        measured("random", 99, faults=("too large",)),
        measured("pairs, utm", 50, bound=50),
    ]
    table = {line.split("|")[1].strip(): line for line in rows(runs)}
    assert "10.00%" in table["utm"]
    assert "1.500" in table["utm"]  # 90 to 60, and not to the 99 that broke a rule
    assert "breaks a rule" in table["random"]
    assert "50.00%" in table["pairs, utm"]  # its own bound is none for larger groups
    assert "1.500 to 1.500" in summary(runs)


def test_kept_figures_are_replaced_and_read_again(tmp_path):
    path = tmp_path / "measured.json"
    write_measured(path, "a machine", [measured("utm", 1), measured("greedy", 1)])
    write_measured(path, "a machine", [measured("utm", 2, faults=("one",))])
    assert {(run.way, run.score, run.faults) for run in read_measured(path)} == {
        ("utm", 2, ("one",)),
        ("greedy", 1, ()),
    }


def test_plans_name_instances_that_there_are():
    for plan in PLANS.values():
        assert all(InstanceName.parse(name) for name in plan.names())
        assert set(plan.families) <= set(FAMILIES)
    assert all(InstanceName.parse(name) for name in PUBLISHED)


# the published set


def test_the_published_set_holds_for_the_small_ones():
    best = read_known()
    assert {name for name in PUBLISHED if "-n24-" in name} <= set(best)
    small = [SMALL, "facilitated-n24-s1", "single-topic-n24-s2"]
    for name in small:
        judged = check(answer_path(name), instance=name, every_group=True)
        assert judged.holds
        assert judged.finding.score == best[name].score
        assert judged.finding.price_bound == best[name].price_bound


def test_every_published_instance_is_generated_as_it_was():
    for name, best in read_known().items():
        assert fingerprint(problem_of(name)) == best.fingerprint
        assert best.score <= best.bound <= best.price_bound
        assert answer_path(name).is_file()


@pytest.mark.slow
def test_the_whole_published_set_holds():
    assert check_published(every_group=True) == []


@pytest.mark.parametrize("name", ["standard-n24-s1", "regions-n24-s1", REAL])
def test_groups_of_two_are_a_maximum_weight_matching(name):
    assert differs(name) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", read_known())
def test_groups_of_two_are_a_maximum_weight_matching_on_the_whole_set(name):
    assert differs(name) is None


def test_the_published_edition_is_worth_no_more_than_the_best():
    best = solve(problem_of(REAL))
    assert evaluate(problem_of(REAL), published_edition()).score <= best.score == best.bound


# checking


def test_an_answer_survives_its_file(tmp_path):
    answer = solved("facilitated-n24-s1")
    path = tmp_path / "answer.json"
    path.write_text(answer.text(), encoding="utf-8")
    assert read_answer(path) == answer


def test_a_result_of_the_command_is_an_answer_too(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(solve(problem_of(SMALL)).to_json(), encoding="utf-8")
    judged = check(path, instance=SMALL, every_group=None)
    assert judged.holds
    assert any("As good as the best known" in sentence for sentence in judged.sentences)
    with pytest.raises(AnswerError, match="--instance"):
        check(path, instance=None, every_group=None)


def judge(path):
    return check(path, instance=None, every_group=None)


def write(tmp_path, answer):
    path = tmp_path / "answer.json"
    path.write_text(answer.text(), encoding="utf-8")
    return path


def test_a_worse_answer_is_told_by_how_much(tmp_path):
    answer = solved(SMALL)
    path = write(tmp_path, evolve(answer, groups=answer.groups[1:], prices=()))
    judged = check(path, instance=None, every_group=None)
    assert judged.holds
    assert any("Below the best known by" in sentence for sentence in judged.sentences)


def test_a_better_answer_is_told(tmp_path, monkeypatch):
    best = read_known()[SMALL]
    worse = evolve(best, score=best.score - 5, bound=best.bound + 5)
    monkeypatch.setattr("benchmarks.pairing.checking.read_known", lambda: {SMALL: worse})
    judged = check(write(tmp_path, solved(SMALL)), instance=None, every_group=True)
    assert any(s.startswith("BETTER than the best known, by 0.000005") for s in judged.sentences)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda a: {"prices": tuple(max(0, price - 900_000) for price in a.prices)}, "worth"),
        (lambda a: {"prices": (-1, *a.prices[1:])}, "below zero"),
        (lambda a: {"prices": a.prices[1:]}, "one price for each"),
        (lambda a: {"groups": (*a.groups, a.groups[0])}, "is in 2 groups"),
        (
            lambda _: {"groups": (ProposedGroup(members=("p00000", "p00001", "p00002")),)},
            "ties",
        ),
    ],
)
def test_an_answer_that_does_not_hold_is_found_out(change, fault):
    answer = solved(SMALL)
    finding = examine(problem_of(SMALL), evolve(answer, **change(answer)), every_group=True)
    assert any(fault in told for told in finding.faults), finding.faults


def test_an_answer_with_a_stranger_is_refused(tmp_path):
    groups = (ProposedGroup(members=("nobody", "p00001")),)
    with pytest.raises(InvalidInputError, match="nobody"):
        check(
            write(tmp_path, evolve(solved(SMALL), groups=groups)), instance=None, every_group=None
        )


def test_everything_wrong_with_a_file_is_listed_at_once(tmp_path, capsys, monkeypatch):
    path = tmp_path / "bad.json"
    document = {
        "format": "utm.pairing-answer",
        "version": 2,
        "instance": 3,
        "groups": [{"members": [1]}, {"members": ["a"], "theme": "??"}, 3],
        "prices": [1.5],
        "capacity_prices": [],
        "bound": 0.5,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["pairing", "check", str(path), str(tmp_path / "none.json")])
    assert main() == 3
    told = capsys.readouterr().err
    for place in ("version", "instance", "groups[0]", "groups[1].theme", "groups[2]", "prices"):
        assert place in told
    assert "none.json" in told


def test_a_name_that_is_none_is_refused(tmp_path):
    with pytest.raises(AnswerError, match="standard-n300-s1"):
        check(
            write(tmp_path, evolve(solved(SMALL), instance="best")), instance=None, every_group=None
        )


@pytest.fixture
def empty_set(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.pairing.known.LIST", tmp_path / "best_known.json")
    monkeypatch.setattr("benchmarks.pairing.known.ANSWERS", tmp_path / "answers")
    return tmp_path


def keep(answer, *, trusts_bound=False):
    finding = examine(problem_of(answer.instance), answer, every_group=True)
    return record(answer, finding, trusts_bound=trusts_bound)


@pytest.mark.usefixtures("empty_set")
def test_better_groups_and_a_tighter_bound_are_kept_from_two_answers():
    best = solved(SMALL)
    poor = evolve(best, groups=best.groups[1:], by="poor groups, good prices")
    dear = evolve(
        best, prices=tuple(price + 10 for price in best.prices), by="good groups, poor prices"
    )
    keep(dear)
    kept = read_known()[SMALL]
    assert (kept.bound, kept.bound_by) == (sum(dear.prices), "prices")
    keep(poor)
    kept = read_known()[SMALL]
    assert (kept.score, kept.bound, kept.found_by) == (7_758_047, sum(best.prices), dear.by)
    assert examine(problem_of(SMALL), read_answer(known_path(SMALL)), every_group=True).score == (
        kept.score
    )
    assert "as known" in keep(poor)


@pytest.mark.usefixtures("empty_set")
def test_better_groups_need_no_prices_but_the_first_answer_does():
    best = solved(SMALL)
    without = evolve(best, prices=(), claimed_bound=None)
    with pytest.raises(AnswerError, match="no prices"):
        keep(without)
    keep(evolve(best, groups=best.groups[1:]))
    keep(without)
    kept = read_known()[SMALL]
    assert kept.score == 7_758_047
    assert read_answer(known_path(SMALL)).prices == best.prices


@pytest.mark.usefixtures("empty_set")
def test_a_claim_below_the_prices_is_taken_over_from_the_library_alone():
    best = evolve(solved(SMALL), claimed_bound=7_758_047)
    keep(best)
    assert read_known()[SMALL].bound == sum(best.prices)
    keep(best, trusts_bound=True)
    kept = read_known()[SMALL]
    assert (kept.bound, kept.bound_by) == (7_758_047, "branch and bound")


@pytest.mark.usefixtures("empty_set")
def test_an_answer_with_faults_is_not_kept():
    best = solved(SMALL)
    with pytest.raises(AnswerError, match="2 groups"):
        keep(evolve(best, groups=(*best.groups, best.groups[0])))
    assert read_known() == {}


def known_path(instance):
    return known.ANSWERS / f"{instance}.json"


def test_known_values_are_closed_where_score_meets_bound():
    entry = Known(
        instance=SMALL,
        fingerprint="",
        score=5,
        bound=5,
        bound_by="prices",
        price_bound=5,
        found_by="",
    )
    assert entry.is_closed
    assert not evolve(entry, bound=6).is_closed
    assert Path(answer_path(SMALL)).suffix == ".json"
