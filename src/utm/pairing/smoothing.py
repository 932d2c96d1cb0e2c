"""Prices of many columns at once, without a linear program.

The linear program is smoothed: each column is taken by exp(excess / heat) of itself, and
prices rise where a place is taken more than once, until it is taken just once. As the heat
falls, the prices come near to those of the linear program (Sinkhorn's scaling, on groups
instead of pairs). Such prices prove nothing by themselves, like all prices: a complete look
at all groups does.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from utm.pairing.arrays import Floats, Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, worth_with_bonus
from utm.pairing.master import Relaxation

__all__ = ["HEATS", "smoothed"]

HEATS = (50_000.0, 20_000.0, 10_000.0, 5_000.0, 2_500.0, 1_000.0, 500.0)
"""Heats in millionths, falling."""

_SWEEPS = 20
_STEP = 0.4
_WIDEST = 12.0
_FLOOR = 1e-9


def smoothed(
    arrays: PairingArrays,
    columns: Columns,
    prices: Integers,
    *,
    places: Integers,
    interrupted: Callable[[], bool],
    heats: tuple[float, ...] = HEATS,
) -> Relaxation:
    """Return prices and shares near those of the linear program.

    Parameters
    ----------
    arrays, columns
        The problem and its columns.
    prices
        Prices by class to begin with, bonus included.
    places
        Places by class.
    interrupted
        Whether to stop where it stands.
    heats
        In millionths, falling.

    Notes
    -----
    Each sweep grows with the number of columns.
    """
    classes = classes_of(arrays, columns)
    owners = np.where(classes >= 0, classes, arrays.classes).T.copy()
    worth = worth_with_bonus(arrays, columns).astype(np.float64)
    room = np.append(np.maximum(places, 1), 1).astype(np.float64)
    now: Floats = np.append(prices, 0).astype(np.float64)
    shares = np.zeros(len(columns), dtype=np.float64)
    for heat in heats:
        for _ in range(_SWEEPS):
            if interrupted():
                break
            excess = worth.copy()
            for each in owners:
                excess -= now[each]
            shares = np.exp(np.clip(excess / heat, -50.0, _WIDEST))
            taken = np.zeros(len(room), dtype=np.float64)
            for each in owners:
                taken += np.bincount(each, weights=shares, minlength=len(room))
            now += _STEP * heat * np.log(np.maximum(taken / room, _FLOOR)).clip(-_WIDEST, _WIDEST)
            now = np.maximum(now, 0.0)
            now[-1] = 0.0
    return Relaxation(
        prices=np.ceil(now[:-1]).astype(np.int64),
        cut_prices=np.zeros(0, dtype=np.int64),
        shares=np.minimum(shares, 1.0),
    )
