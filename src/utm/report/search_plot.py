"""A search as a drawing: its best grouping and its bound come together."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil, floor, log10

from attrs import frozen

from utm.pairing import UNIT, Progress

__all__ = ["SearchPlot"]

_WIDTH, _HEIGHT = 640.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 128.0, 48.0, 44.0
_SHOWN_BELOW, _SHOWN_ABOVE = 0.15, 0.15
_TICKS = 5
_LEAST_APART = 16.0
_STYLE = """\
text{font:12px system-ui,sans-serif;fill:#1c2b33}
.title{font-size:15px;font-weight:600}.note{fill:#4a5a63}
.grid{stroke:#dfe5e2;stroke-width:1}
.gap{fill:#f0dccf;opacity:.6}
.bound{fill:none;stroke:#b4460f;stroke-width:2}.bound-name{fill:#b4460f}
.score{fill:none;stroke:#12504e;stroke-width:2}.score-name{fill:#12504e}"""


class SearchPlot:
    """Collects what a search tells of itself and draws it; a notebook shows it as it stands.

    Hand it to `utm.pairing.solve` as ``on_progress``. A notebook draws it where it is the
    last value of a cell, and anew each time its display is updated.

    Parameters
    ----------
    title
        What stands above the drawing.

    Attributes
    ----------
    events
        What was told, in the order in which it was told.
    """

    def __init__(self, *, title: str = "Best grouping and bound") -> None:
        self.title = title
        self.events: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        """Take in where the search stands."""
        self.events.append(progress)

    def to_svg(self) -> str:
        """Return the drawing as one SVG document that loads nothing.

        The worth of the best grouping is the lower line, the bound the upper one, in fully
        met needs over seconds. What is more than 15 % away from where they end lies on the edge.
        Before there are both a score and a bound it says that the search has just begun.
        """
        known = [
            _Point(each.seconds, each.score / UNIT, each.bound / UNIT)
            for each in self.events
            if each.score is not None and each.bound is not None
        ]
        lines = [*_head(self.title)]
        if known:
            axes = _Axes.around(known)
            lines += [*axes.grid(), *_curves(axes, known), *_names(axes, known[-1])]
            told = f"gap {self.events[-1].gap:.2%} after {self.events[-1].seconds:.1f} s"
        else:
            told = "no grouping with a bound yet"
        stage = f"{self.events[-1].stage}: " if self.events else ""
        lines.append(f'<text class="note" x="{_LEFT}" y="38">{escape(stage + told)}</text>')
        return "\n".join([*lines, "</svg>\n"])

    def _repr_svg_(self) -> str:
        return self.to_svg()


@frozen
class _Point:
    seconds: float
    score: float
    bound: float


@frozen
class _Axes:
    """Where on the drawing a moment and a worth stand."""

    until: float
    lowest: float
    highest: float

    @classmethod
    def around(cls, points: list[_Point]) -> _Axes:
        """Choose what is shown: worths that are near what was reached in the end."""
        last = points[-1]
        low, high = last.score * (1 - _SHOWN_BELOW), last.bound * (1 + _SHOWN_ABOVE)
        lowest = min((point.score for point in points if point.score > low), default=last.score)
        highest = max((point.bound for point in points if point.bound < high), default=last.bound)
        if any(point.score < low for point in points):
            lowest = low
        if any(point.bound > high for point in points):
            highest = high
        margin = max((highest - lowest) / 20, highest / 1_000, 1 / UNIT)
        return cls(until=max(last.seconds, 0.001), lowest=lowest - margin, highest=highest + margin)

    def x(self, seconds: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * seconds / self.until, 1)

    def y(self, worth: float) -> float:
        share = (max(self.lowest, min(worth, self.highest)) - self.lowest) / (
            self.highest - self.lowest
        )
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share, 1)

    def grid(self) -> Iterable[str]:
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for text, worth in _ticks(self.lowest, self.highest):
            y = self.y(worth)
            yield f'<line class="grid" x1="{_LEFT}" y1="{y}" x2="{right}" y2="{y}"/>'
            yield f'<text class="note" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{text}</text>'
        for text, seconds in _ticks(0, self.until):
            x = self.x(seconds)
            yield f'<line class="grid" x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}"/>'
            yield f'<text class="note" x="{x}" y="{bottom + 19}" text-anchor="middle">{text}</text>'
        yield f'<text class="note" x="{right}" y="{_HEIGHT - 8}" text-anchor="end">seconds</text>'


def _ticks(low: float, high: float) -> list[tuple[str, float]]:
    rough = (high - low) / _TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough)
    digits = max(0, -floor(log10(step)))
    numbers = [step * count for count in range(ceil(low / step), floor(high / step) + 1)]
    return [(f"{number:.{digits}f}", number) for number in numbers]


def _head(title: str) -> Iterable[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'width="{_WIDTH:g}" height="{_HEIGHT:g}" role="img" aria-label="{escape(title)}">'
    )
    yield f"<style>{_STYLE}</style>"
    yield f'<rect width="{_WIDTH:g}" height="{_HEIGHT:g}" fill="#fff"/>'
    yield f'<text class="title" x="{_LEFT}" y="20">{escape(title)}</text>'


def _curves(axes: _Axes, points: list[_Point]) -> Iterable[str]:
    score = _steps([(axes.x(point.seconds), axes.y(point.score)) for point in points])
    bound = _steps([(axes.x(point.seconds), axes.y(point.bound)) for point in points])
    around = " ".join(f"{x},{y}" for x, y in [*bound, *reversed(score)])
    yield f'<polygon class="gap" points="{around}"/>'
    for name, steps in (("bound", bound), ("score", score)):
        corners = " ".join(f"{x},{y}" for x, y in steps)
        yield f'<polyline class="{name}" points="{corners}"/>'


def _steps(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of a line that keeps its height until something is told."""
    corners = places[:1]
    for x, y in places[1:]:
        if y != corners[-1][1]:
            corners += [(x, corners[-1][1]), (x, y)]
    return [*corners, (places[-1][0], corners[-1][1])]


def _names(axes: _Axes, last: _Point) -> Iterable[str]:
    bound, score = axes.y(last.bound) + 4, axes.y(last.score) + 4
    apart = max(0.0, _LEAST_APART - (score - bound)) / 2
    for name, y, text in (
        ("bound-name", bound - apart, f"at most {last.bound:.3f}"),
        ("score-name", score + apart, f"worth {last.score:.3f}"),
    ):
        yield f'<text class="{name}" x="{axes.x(last.seconds) + 8:.1f}" y="{y:.1f}">{text}</text>'
