"""Names beside the dots of a map, where they cover neither a dot nor another name."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

__all__ = ["PlacedLabel", "place_labels"]

_LETTER_WIDTH, _LINE_HEIGHT = 6.4, 12.0
_GAP = 3.0
_Box = tuple[float, float, float, float]


@frozen(kw_only=True)
class PlacedLabel:
    """A name beside its dot.

    Parameters
    ----------
    text
        The name.
    x, y
        Where its base line is anchored, in units of the drawing.
    anchor
        Which part of the name stands there: ``start``, ``middle`` or ``end``, as in SVG.
    """

    text: str
    x: float
    y: float
    anchor: str


def place_labels(
    wanted: Sequence[tuple[str, float, float]],
    dots: Sequence[tuple[float, float, float]],
    *,
    width: float,
    height: float,
) -> tuple[PlacedLabel, ...]:
    """Put names to the right, left, below or above their dots, the most important first.

    Parameters
    ----------
    wanted
        Names with the centres of their dots, the most important first.
    dots
        Centre and radius of every dot.
    width, height
        Size of the page.

    Returns
    -------
    tuple of PlacedLabel
        A name that finds no free place is left out. O(names · (names + dots)).
    """
    taken: list[_Box] = [(x - r, y - r, x + r, y + r) for x, y, r in dots]
    placed: list[PlacedLabel] = []
    for text, x, y in wanted:
        for box, at, anchor in _boxes(text, x, y):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                base = round(box[3] - _GAP, 1)
                placed.append(PlacedLabel(text=text, x=round(at, 1), y=base, anchor=anchor))
                break
    return tuple(placed)


def _boxes(text: str, x: float, y: float) -> list[tuple[_Box, float, str]]:
    wide, reach = len(text) * _LETTER_WIDTH, 8.0
    top, bottom = y - _LINE_HEIGHT / 2, y + _LINE_HEIGHT / 2
    left, right = x - wide / 2, x + wide / 2
    return [
        ((x + reach, top, x + reach + wide, bottom), x + reach, "start"),
        ((x - reach - wide, top, x - reach, bottom), x - reach, "end"),
        ((left, y + reach, right, y + reach + _LINE_HEIGHT), x, "middle"),
        ((left, y - reach - _LINE_HEIGHT, right, y - reach), x, "middle"),
    ]


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
