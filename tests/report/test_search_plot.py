"""A search draws itself: the lines are what it told."""

import re

from hypothesis import given
from hypothesis import strategies as st

from utm.pairing import UNIT, Progress, solve
from utm.pairing.instances import generate
from utm.report import SearchPlot


def told(seconds: float, score: int | None, bound: int | None) -> Progress:
    return Progress(stage="<finding>", seconds=seconds, score=score, bound=bound, columns=1)


def corners(plot: SearchPlot, name: str) -> list[tuple[float, float]]:
    line = re.search(rf'<polyline class="{name}" points="([^"]*)"/>', plot.to_svg())
    assert line is not None
    places = [pair.split(",") for pair in line[1].split()]
    return [(float(x), float(y)) for x, y in places]


@st.composite
def searches(draw: st.DrawFn) -> list[Progress]:
    """What a search tells: time goes on, the score rises, the bound falls and stays above."""
    moments = sorted(draw(st.lists(st.floats(0, 1e6), min_size=1, max_size=8)))
    numbers = st.lists(st.integers(0, 10**12), min_size=len(moments), max_size=len(moments))
    scores, above = sorted(draw(numbers)), sorted(draw(numbers), reverse=True)
    return [
        told(moment, score, scores[-1] + more)
        for moment, score, more in zip(moments, scores, above, strict=True)
    ]


@given(searches())
def test_any_search_is_drawn_within_the_picture_and_its_lines_never_cross(events):
    plot = SearchPlot()
    for event in events:
        plot(event)

    score, bound = corners(plot, "score"), corners(plot, "bound")

    assert all(0 <= x <= 640 and 0 <= y <= 320 for x, y in score + bound)
    assert [y for _, y in score] == sorted((y for _, y in score), reverse=True)  # y points down
    assert [y for _, y in bound] == sorted(y for _, y in bound)
    assert max(y for _, y in bound) <= min(y for _, y in score)


def test_a_real_search_ends_where_its_result_says() -> None:
    plot = SearchPlot(title="Four & twenty")

    result = solve(generate(participants=24, seed=1), on_progress=plot)

    assert f"worth {result.score / UNIT:.3f}" in plot.to_svg()
    assert f"at most {result.bound / UNIT:.3f}" in plot.to_svg()
    assert corners(plot, "score")[-1] == corners(plot, "bound")[-1]
    assert "Four &amp; twenty" in plot._repr_svg_()


def test_before_there_is_a_grouping_the_drawing_says_so() -> None:
    plot = SearchPlot()
    assert "no grouping with a bound yet" in plot.to_svg()
    plot(told(0.5, None, 3 * UNIT))
    assert "&lt;finding&gt;: no grouping with a bound yet" in plot.to_svg()
    assert not re.search("polyline", plot.to_svg())
