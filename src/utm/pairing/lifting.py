"""What to add to prices so that groups which exceed them do so no longer."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, formed_once, worth_with_bonus
from utm.pairing.master import Relaxation, relaxed
from utm.pairing.smoothing import smoothed

__all__ = ["least_lifts"]

_MOST = 20_000


def least_lifts(arrays: PairingArrays, columns: Columns, excess: Integers) -> Integers:
    """Return by class what to add to prices, as little together as can be found soon.

    Parameters
    ----------
    arrays
        The problem.
    columns
        All groups that exceed the prices.
    excess
        By how much each does, in millionths; at least one.

    Returns
    -------
    None below zero. The members of each group get its excess together.

    Notes
    -----
    The least lifts are a linear program: the dual of packing the groups by their excess. It is
    smoothed where it is too large. One member of a group bears what either leaves of it: one
    that stands in many such groups, so that few prices rise.
    """
    members = classes_of(arrays, columns)
    lifts = np.zeros(arrays.classes + 1, dtype=np.int64)
    lifts[:-1] = np.maximum(_packed(arrays, columns, excess).prices, 0)
    weight = np.zeros(len(lifts), dtype=np.int64)
    np.add.at(weight, members, np.broadcast_to(excess[:, None], members.shape))
    weight[:-1] //= np.maximum(arrays.places, 1)
    weight[-1] = -1  # stands for no member
    for row in np.argsort(-excess, kind="stable").tolist():
        missing = excess[row] - lifts[members[row]].sum()
        if missing > 0:
            lifts[members[row, weight[members[row]].argmax()]] += missing
    borne: Integers = lifts[:-1]
    return borne


def _packed(arrays: PairingArrays, columns: Columns, excess: Integers) -> Relaxation:
    """Pack groups by their excess, each place taken once at most."""
    bonus = worth_with_bonus(arrays, columns) - columns.worth
    by_excess = evolve(columns, worth=excess - bonus)
    if len(columns) <= _MOST and not formed_once(arrays, columns).any():
        return relaxed(arrays, by_excess)
    return smoothed(
        arrays,
        by_excess,
        np.zeros(arrays.classes, dtype=np.int64),
        places=arrays.places,
        interrupted=lambda: False,
    )
