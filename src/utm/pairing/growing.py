"""The first part of a search: groups and prices, in turns, until neither changes much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from utm.pairing.certificate import best_of_each_class
from utm.pairing.columns import Columns, join
from utm.pairing.filling import filled, reaches_few
from utm.pairing.finding import seeds_of

if TYPE_CHECKING:
    from utm.pairing.arrays import Integers
    from utm.pairing.search import Search

__all__ = ["NOTEWORTHY", "grow", "refine"]

NOTEWORTHY = 50
"""Groups that exceed their prices by less, in millionths, are not looked for."""

_PER_CLASS = 12
_ROUNDS = 60
_FEW_NEW = 0.002
_HARDLY_ANY_NEW = 0.02  # by participant
_FILLED_AT = 2
_GREEDY_EVERY = 3
_SLOW = 2e-4
_COLD_REACH = 300_000
_WARM_REACH = 200_000
_SEEDS = 8


def grow(search: Search) -> None:
    """Generate columns until the prices hardly move: grow some, then exchange members."""
    before = 0
    for number in range(_ROUNDS):
        if number == 0 and search.worth > 0 and search.interrupted():
            break  # there is a grouping from elsewhere, and no time for a better one
        if number == 0 and not search.is_warm:
            search.prices = _halved(search)
        seeds = seeds_of(search.arrays, search.pool, search.prices)
        new = _add(search, seeds, _reach(search, number), grows=number == 0)
        if number == 0:
            search.take_greedily()
        if new <= _FEW_NEW * (len(search.pool) - new) or search.interrupted():
            break
        search.set_central_prices(roughly=True)
        search.rounds += 1
        _group(search, number)
        search.tell()
        total = search.total(search.prices) - search.arrays.total_bonus
        if number > 1 and abs(before - total) < _SLOW * abs(total):
            break
        before = total
    if search.is_large:  # in case there is no time for more
        search.take_greedily()
    if search.is_vast:
        _fill_up(search)


def refine(search: Search, rounds: int = _ROUNDS) -> None:
    """Generate columns from everybody and from more groups, until hardly any is missed.

    Prices at which few groups near to those known are missed may still be far too low for
    some participants. A complete look would tell, but takes minutes among very many.
    """
    for _ in range(rounds):
        seeds = best_of_each_class(search.arrays, search.pool, search.prices, _SEEDS)
        new = _add(search, seeds, NOTEWORTHY, grows=True, widely=True)
        if new <= _HARDLY_ANY_NEW * search.arrays.classes or search.interrupted():
            return
        search.set_central_prices(roughly=True)
        search.rounds += 1
        search.tell()


def _add(search: Search, seeds: Columns, least: int, *, grows: bool, widely: bool = False) -> int:
    """Look for groups worth so much more than their prices; return how many are new."""
    found = search.find(search.prices, least, seeds, grows=grows, widely=widely)
    found = best_of_each_class(search.arrays, found, search.prices, _PER_CLASS)
    known = len(search.pool)
    search.pool = join(search.arrays, [search.pool, found])
    return len(search.pool) - known


def _group(search: Search, number: int) -> None:
    """Keep a grouping made at once, among many in some of the rounds only."""
    if not search.is_large or number % _GREEDY_EVERY == _FILLED_AT:
        search.take_greedily()
    if number == _FILLED_AT and not search.is_vast:
        _fill_up(search)


def _fill_up(search: Search) -> None:
    """Form groups of those who are in none, where these are most."""
    if reaches_few(search.arrays, search.groups):
        groups, met = filled(search.arrays, search.groups, interrupted=search.interrupted)
        search.pool = join(search.arrays, [search.pool, groups, met])
        search.keep(groups, np.ones(len(groups), dtype=np.int64))


def _halved(search: Search) -> Integers:
    """Return prices to begin with: half of the first ones, which are too high."""
    bonus = search.arrays.bonus
    return bonus + (search.prices - bonus) // 2


def _reach(search: Search, number: int) -> int:
    """Return how far below its prices a group may be worth and be kept, in a round.

    Without such groups the first linear programs hold too few columns, and prices fall.
    """
    if number > 1:
        return NOTEWORTHY
    return -_WARM_REACH if search.is_warm else -_COLD_REACH
