"""The benchmarks run, and their instances are the same for everybody."""

import pytest

from benchmarks.__main__ import play_rounds, run
from benchmarks.instances import INSTANCES, invented_call


def test_an_invented_instance_is_the_same_each_time() -> None:
    assert invented_call(10, seed=1) == invented_call(10, seed=1)
    assert invented_call(10, seed=1) != invented_call(10, seed=2)


@pytest.mark.parametrize("size", [2, 3, 8, 9])
def test_rounds_deal_every_pair_once_and_nobody_twice_in_a_round(size: int) -> None:
    ids = [str(number) for number in range(size)]
    rounds = list(play_rounds(ids))

    for dealt in rounds:
        assert len({one for pair in dealt for one in pair}) == 2 * len(dealt)
    dealt_pairs = [frozenset(pair) for dealt in rounds for pair in dealt]
    assert len(dealt_pairs) == len(set(dealt_pairs)) == size * (size - 1) // 2


def test_the_smallest_instance_is_solved_and_no_simpler_way_passes_its_bound(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = next(iter(INSTANCES))
    run(name, *INSTANCES[name]())
    lines = capsys.readouterr().out.splitlines()

    shares = [float(line.split("  ")[-2]) for line in lines if line.strip()]
    assert len(shares) == 3
    assert shares[0] == 1.0
    assert all(share <= 1.0 for share in shares)
