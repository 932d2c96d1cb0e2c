"""Better groupings of a search, from the groups that are worth nearly their prices."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from utm.pairing.abreast import chosen_abreast
from utm.pairing.certificate import Paid, best_of_each_class, harvest_above
from utm.pairing.columns import Columns, classes_of, join, surplus
from utm.pairing.finding import seeds_of
from utm.pairing.reforming import Reforming
from utm.pairing.tightening import Tightening

if TYPE_CHECKING:
    from utm.pairing.arrays import Integers
    from utm.pairing.search import Search

__all__ = ["choose_abreast", "chooses_abreast", "complete_on", "redive_on", "reform", "reform_on"]

_NOTEWORTHY = 50  # millionths
_NEARNESS = 5  # times what a group lacks on average
_NEAR_AT_MOST = 150_000
_NEAR_BY_CLASS, _ABREAST_BY_CLASS, _REACHED_BY_CLASS = 30, 40, 8
_PASSES = 6
_FEW = 200
_HASTY, _PATIENT = 6, 40
_FREED = 200
_SLACK_FLOOR = 2_000  # millionths; groups that lack nothing are given up now and then


def chooses_abreast(search: Search) -> bool:
    """Return whether a good grouping is found by beam search.

    Of few participants, and where each is in one group: else there are many more steps, and a
    row for each set that forms a group only once.
    """
    return search.arrays.classes <= _FEW and not bool(search.arrays.several.any())


def reform_on(search: Search) -> None:
    """Reform groups as long as that helps, each time with the groups nearest by then."""
    before = -1
    for _ in range(_PASSES):
        if search.worth == before or not search.is_open:
            return
        before = search.worth
        reform(search, _near(search))


def choose_abreast(search: Search, tightening: Tightening | None = None) -> bool:
    """Choose among the groups nearest to the prices, many choices abreast.

    Parameters
    ----------
    search
        The search, with its best grouping.
    tightening
        Whose prices to take, with those of its cuts; the ones of the search if ``None``.

    Returns
    -------
    Whether that gives a better grouping.
    """
    arrays = search.arrays
    guide = tightening or Tightening(arrays, search.pool, search.certificate)
    lacks = np.sort(-guide.excess_of(search.pool))
    last = _REACHED_BY_CLASS * arrays.classes
    reach = int(lacks[:last].max(initial=0))
    paid = guide.paid if guide.cuts else None
    near = join(arrays, [search.pool, _within(search, guide.prices, reach, paid)])
    columns = best_of_each_class(arrays, near, guide.prices, _ABREAST_BY_CLASS, paid)
    packing, prices = guide.packed(columns)
    most = int(packing.limits @ prices) - search.worth - 1
    chosen = chosen_abreast(
        packing, prices, most, interrupted=search.interrupted, executor=search.executor
    )
    if chosen is None:
        return False
    search.keep(columns, np.bincount(chosen, minlength=len(columns)))
    search.tell()
    return True


def complete_on(search: Search) -> None:
    """Reform groups until everybody who must be placed is, or as long as that helps."""
    for _ in range(_PASSES):
        if search.is_complete or search.interrupted():
            return
        reform(search, _near(search))


def redive_on(search: Search, patience: int) -> None:
    """Give up the groups that lack most and dive again among their members, while that helps."""
    random = Random(search.seed)  # noqa: S311 - a search, not a secret
    failures = 0
    while failures < patience and search.is_open:
        before = search.worth
        search.dive(search.prices, standing=_standing(search, random))
        failures = 0 if search.worth > before else failures + 1


def _standing(search: Search, random: Random) -> Columns:
    """Choose the groups that stay: few of those that lack much against the prices."""
    groups = search.groups
    lacking = np.maximum(-surplus(search.arrays, groups, search.prices), 0) + _SLACK_FLOOR
    draws = [each * random.expovariate(1.0) for each in lacking.tolist()]
    order = np.argsort(draws, kind="stable")[::-1]
    members = np.cumsum((groups.copies[order] >= 0).sum(axis=1))
    return groups.taken(np.sort(order[members > _FREED]))


def reform(search: Search, columns: Columns, tightening: Tightening | None = None) -> None:
    """Reform a few groups at a time.

    Parameters
    ----------
    search
        The search, with its best grouping.
    columns
        Groups near to the prices.
    tightening
        Whose prices to take, with those of its cuts; the ones of the search if ``None``.
    """
    columns = join(search.arrays, [columns, search.groups])
    if tightening is None:
        prices = _guide(search)
        slack = -surplus(search.arrays, columns, prices)
    else:
        prices, slack = tightening.prices, -tightening.excess_of(columns)
    reforming = Reforming(
        search.arrays,
        columns,
        slack,
        prices=prices,
        groups=search.groups,
        seed=search.seed,
        patience=_HASTY if search.arrays.classes <= _FEW else _PATIENT,
        interrupted=search.interrupted,
    )
    for better, times in reforming.groupings():
        was_complete = search.is_complete
        search.keep(better, times)
        search.tell()
        if search.worth >= search.bound or search.is_complete > was_complete:
            return


def _guide(search: Search) -> Integers:
    """Return the prices that tell which groups are near; among many, long before any proof."""
    return search.prices if _is_early(search) else search.certificate


def _is_early(search: Search) -> bool:
    """Whether there is no proof yet whose prices and groups could be gone by."""
    return search.is_large or not search.is_complete


def _unplaced(search: Search) -> int:
    """Return the bonus of all who must be placed and are not yet."""
    classes = classes_of(search.arrays, search.groups)
    placed = search.arrays.must[classes[classes >= 0]].sum()
    return search.arrays.total_bonus - int(placed)


def _near(search: Search) -> Columns:
    """Return groups worth nearly their prices: all of them where that is feasible."""
    prices = _guide(search)
    lacking = max(0, search.total(prices) + search.once.total - search.worth - _unplaced(search))
    reach = _NEARNESS * lacking // max(1, len(search.groups))
    if _is_early(search):
        seeds = seeds_of(search.arrays, search.pool, prices)
        found = join(search.arrays, [search.pool, search.find(prices, -reach, seeds, grows=True)])
        return best_of_each_class(search.arrays, found, prices, _NEAR_BY_CLASS)
    return _within(search, prices, reach)


def _within(search: Search, prices: Integers, reach: int, paid: Paid | None = None) -> Columns:
    """Return all groups that lack no more, or, where there are too many, half of it or less."""
    while reach > _NOTEWORTHY and not search.interrupted():
        harvest = harvest_above(
            search.arrays,
            prices,
            -reach,
            keep_all=_NEAR_AT_MOST,
            interrupted=search.interrupted,
            favoured=search.favoured,
            paid=paid,
            executor=search.executor,
        )
        if harvest.complete:
            return harvest.columns()
        reach //= 2
    return search.pool
