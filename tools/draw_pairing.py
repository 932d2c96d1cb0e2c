"""Draw the pictures of docs/explanation/pairing.md anew: the search, and what prices prove."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from utm.pairing import UNIT, Problem, Result, solve
from utm.pairing.definition import Definition
from utm.pairing.instances import generate
from utm.pairing.violations import violations_of
from utm.report import SearchPlot

SIZE, EDGE, LOW, FOOT = 360, 20, 64, 48
INK, MUTED, GRID, DOT, CHOSEN = "#1c2b33", "#4a5a63", "#dfe5e2", "#8fb5b2", "#b4460f"


def main(folder: Path) -> None:
    """Write both pictures into a folder."""
    plot = SearchPlot(title="A search among 80 participants")
    solve(generate(participants=80, seed=7), on_progress=plot)
    (folder / "pairing-search.svg").write_text(plot.to_svg(), encoding="utf-8")
    problem = generate(participants=20, seed=7)
    drawing = draw_prices(problem, solve(problem))
    (folder / "pairing-prices.svg").write_text(drawing, encoding="utf-8")


def draw_prices(problem: Problem, result: Result) -> str:
    """Draw each admissible group as a dot: what its members' prices ask, what it is worth."""
    price = {entry.participant: entry.price for entry in result.prices}
    worth = best_worths(problem)
    chosen = {group.members for group in result.groups}
    asked = {members: sum(price[member] for member in members) for members in worth}
    top = max(*asked.values(), *worth.values()) * 1.04

    def at(members: tuple[str, ...]) -> tuple[float, float]:
        return (
            round(LOW + (SIZE - EDGE) * asked[members] / top, 1),
            round(SIZE - (SIZE - EDGE) * worth[members] / top, 1),
        )

    far, width = SIZE - EDGE, SIZE + LOW + 190
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {SIZE + FOOT}" '
            f'width="{width}" height="{SIZE + FOOT}" role="img">'
        ),
        f"<style>text{{font:12px system-ui,sans-serif;fill:{INK}}}.note{{fill:{MUTED}}}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<path d="M{LOW},{EDGE}V{SIZE}H{LOW + far}" fill="none" stroke="{GRID}"/>',
        f'<path d="M{LOW},{SIZE}L{LOW + far},{EDGE}" stroke="{INK}"/>',
    ]
    for number in range(1, int(top / UNIT * 2) + 1):
        value, place = number / 2, far * number / 2 * UNIT / top
        lines += [
            (
                f'<text class="note" x="{LOW - 8}" y="{SIZE - place + 4:.1f}" text-anchor="end">'
                f"{value}</text>"
            ),
            (
                f'<text class="note" x="{LOW + place:.1f}" y="{SIZE + 18}" text-anchor="middle">'
                f"{value}</text>"
            ),
        ]
    others = sorted({at(members) for members in worth if members not in chosen})
    lines += [f'<circle cx="{x}" cy="{y}" r="1.5" fill="{DOT}"/>' for x, y in others]
    lines += [
        f'<circle cx="{x}" cy="{y}" r="4.5" fill="none" stroke="{CHOSEN}" stroke-width="2"/>'
        for x, y in sorted(map(at, chosen))
    ]
    middle, right = LOW + far / 2, LOW + far + 12
    lines += [
        f'<text x="{middle}" y="{SIZE + 38}" text-anchor="middle">prices of its members</text>',
        (
            f'<text transform="translate(20 {SIZE - far / 2}) rotate(-90)" text-anchor="middle">'
            "worth of the group</text>"
        ),
        f'<text x="{right}" y="{EDGE + 4}">worth = prices</text>',
        f'<text x="{right}" y="{EDGE + 40}" style="fill:{CHOSEN}">a group of the result</text>',
        f'<text class="note" x="{right}" y="{EDGE + 60}">{len(worth)} groups in all,</text>',
        f'<text class="note" x="{right}" y="{EDGE + 76}">none above the line</text>',
        "</svg>\n",
    ]
    return "\n".join(lines)


def best_worths(problem: Problem) -> dict[tuple[str, ...], int]:
    """Return every admissible group with what it is worth under its best theme."""
    definition = Definition(problem)
    worths: dict[tuple[str, ...], int] = {}
    for focus in definition.foci():
        for size in (2, 3, 4):
            for members in combinations(sorted(definition.people), size):
                if not violations_of(definition, members, focus):
                    score = definition.group(members, focus).score
                    worths[members] = max(score, worths.get(members, score))
    return worths


if __name__ == "__main__":
    main(Path(sys.argv[1]))
