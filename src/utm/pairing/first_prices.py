"""Prices that no group beats, known before any search."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Booleans, FocusArrays, Integers, PairingArrays

__all__ = ["first_certificate", "first_prices"]

_CERTAIN = 1_000


def first_prices(arrays: PairingArrays) -> Integers:
    """Return prices by class, bonus included, that no group beats.

    Each participant's price is what it would gain from its three best helpers for each
    topic and from its most alike partner. A capacity costs nothing.
    """
    gains = _most_gains(arrays)
    return _by_class(arrays, gains, np.ones(len(gains), dtype=np.bool_)) + arrays.bonus


def first_certificate(arrays: PairingArrays) -> Integers:
    """Return prices by class, bonus included, that no group beats and that sum to little.

    They are the `first_prices`, save where there are places for few groups only: then these
    places bear what the best of their groups would gain, and nobody pays for being in one.
    """
    gains = _most_gains(arrays)
    tolls = np.zeros(arrays.classes, dtype=np.int64)
    paying = np.ones(len(gains), dtype=np.bool_)
    prices = _by_class(arrays, gains, paying)
    for capacities in _together(arrays):
        borne = paying & np.isin(arrays.uses, capacities).any(axis=1)
        if not borne.any():
            continue
        dearer = tolls.copy()
        dearer[capacities] = _of_a_group(arrays, gains[borne]).max()
        lower = _by_class(arrays, gains, paying & ~borne)
        if ((lower + dearer - prices - tolls) * arrays.places).sum() < 0:
            tolls, prices, paying = dearer, lower, paying & ~borne
    return prices + tolls + arrays.bonus


def _most_gains(arrays: PairingArrays) -> Integers:
    """Return a bound on what each copy gains under each focus, shape (foci, n)."""
    partners = arrays.policy.largest_group - 1
    gains = np.zeros((len(arrays.foci), arrays.copies), dtype=np.int64)
    for number, focus in enumerate(arrays.foci):
        gains[number] = _most_gain(focus, partners)
    return gains


def _by_class(arrays: PairingArrays, gains: Integers, foci: Booleans) -> Integers:
    """Return the most that one of each class gains under some foci; zero for capacities."""
    most = np.zeros(arrays.classes, dtype=np.int64)
    np.maximum.at(most, arrays.class_of, gains[foci].max(axis=0, initial=0))
    return most


def _of_a_group(arrays: PairingArrays, gains: Integers) -> Integers:
    """Return a bound on what any group gains under each of some foci."""
    most: Integers = np.sort(gains, axis=1)[:, -arrays.policy.largest_group :].sum(axis=1)
    return most


def _together(arrays: PairingArrays) -> list[Integers]:
    """Return sets of capacities that may bear prices together: all of a kind, then each."""
    first = len(arrays.class_members)
    kinds: dict[str, list[int]] = {}
    for number, name in enumerate(arrays.capacities, start=first):
        kind = name.split()[0] if name.startswith(("theme ", "language ")) else "groups"
        kinds.setdefault(kind, []).append(number)
    each = [[number] for number in range(first, arrays.classes)]
    return [np.array(numbers, dtype=np.int64) for numbers in (*kinds.values(), *each)]


def _most_gain(focus: FocusArrays, partners: int) -> Integers:
    """Return by copy a bound on what it gains in any group, from the best helpers of all."""
    learning = np.zeros(len(focus.needs), dtype=np.float64)
    for needs, misses in zip(focus.needs.T, focus.misses.T, strict=True):
        best = np.argsort(misses, kind="stable")[: partners + 1]
        lowest = np.where(best == np.arange(len(misses))[:, None], _CERTAIN, misses[best])
        chances = np.sort(lowest, axis=1)[:, :partners] / _CERTAIN
        learning += needs * (1 - chances.prod(axis=1))
    most = focus.pairs.highest() + focus.shared_challenge
    gain = np.where(focus.fits, np.ceil(learning + 1e-3) + most, 0)
    return np.maximum(gain, 0).astype(np.int64)
