"""Columns that take of rows with limits, drawn at random."""

import numpy as np
from hypothesis import strategies as st

from utm.pairing.packing import Packing

_ROWS = 6


def row_prices():
    """Prices of each row."""
    some = st.lists(st.integers(0, 40), min_size=_ROWS + 2, max_size=_ROWS + 2)
    return some.map(lambda prices: np.array(prices, dtype=np.int64))


@st.composite
def packings(draw):
    """Columns, half of some rows as a cut, a row of their own for some, and prices."""
    limit = st.sampled_from([1, 1, 1, 2, 3, 0])
    limits = draw(st.lists(limit, min_size=_ROWS, max_size=_ROWS))
    entry = st.sampled_from([0, 0, 0, 1, 1, 2])
    one = st.lists(entry, min_size=_ROWS, max_size=_ROWS).filter(any)
    entries = np.array(draw(st.lists(one, min_size=1, max_size=10)), dtype=np.int64)
    halved = draw(st.lists(st.booleans(), min_size=_ROWS, max_size=_ROWS))
    own = np.array(draw(st.lists(st.booleans(), min_size=len(entries), max_size=len(entries))))
    limits = np.array(limits, dtype=np.int64)
    entries = np.column_stack([entries, entries[:, halved].sum(axis=1) // 2, own])
    limits = np.concatenate([limits, [limits[halved].sum() // 2, 1]])
    used = entries > 0
    highest = np.where(used, limits // np.maximum(entries, 1), 9).min(axis=1)
    unit = draw(st.sampled_from([1, 10_000]))  # little is lost by rounding, or nothing
    worth = st.lists(st.integers(1, 90), min_size=len(entries), max_size=len(entries))
    packing = Packing(
        starts=np.append(0, np.cumsum(used.sum(axis=1))),
        rows=np.nonzero(used)[1],
        takes=entries[used],
        limits=limits,
        worth=unit * np.array(draw(worth), dtype=np.int64),
        highest=highest,
        classes=_ROWS,
        cuts=1,
    )
    return packing, packing.lifted(unit * draw(row_prices()))


def best_of(packing):
    """Return the worth of the best choice, found by trying all."""
    entries = entries_of(packing)

    def best_from(column, room):
        if column == len(entries):
            return 0
        best = best_from(column + 1, room)
        left = room - entries[column]
        if (left >= 0).all():  # once more, or again and again
            best = max(best, int(packing.worth[column]) + best_from(column, left))
        return best

    return best_from(0, packing.limits)


def entries_of(packing):
    """Return what each column takes of each row."""
    entries = np.zeros((len(packing.worth), len(packing.limits)), dtype=np.int64)
    columns = np.repeat(np.arange(len(packing.worth)), np.diff(packing.starts))
    entries[columns, packing.rows] = packing.takes
    return entries
