"""The picture of prices shows every admissible group, and none above its line."""

import re

from tests.pairing.problems import admissible_groups
from tools.draw_pairing import best_worths, draw_prices
from utm.pairing import solve
from utm.pairing.instances import generate


def test_every_group_is_a_dot_on_or_below_the_line() -> None:
    problem = generate(participants=8, seed=7)
    result = solve(problem)

    drawing = draw_prices(problem, result)

    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawing)]
    assert best_worths(problem) == admissible_groups(problem)
    assert f"{len(best_worths(problem))} groups in all" in drawing
    assert drawing.count('r="4.5"') == len(result.groups)
    assert all((360 - y) <= (x - 64) + 0.2 for x, y in dots)
