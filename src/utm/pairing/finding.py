"""Groups worth more than their prices, under every focus, in this process or in others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.beam import OUT_OF_REACH, exchanged, grown
from utm.pairing.certificate import best_of_each_class
from utm.pairing.columns import Columns, join
from utm.pairing.side_by_side import side_by_side

__all__ = ["Finder", "seeds_of"]

_WORTH_SHARING = 1_000  # seeds
_MANY = 400  # copies
_SEEDS = ((1_500, 3), (1 << 60, 2))


def seeds_of(arrays: PairingArrays, pool: Columns, prices: Integers) -> Columns:
    """Return the groups to exchange members of: of each participant the nearest to tight."""
    count = next(few for most, few in _SEEDS if arrays.classes <= most)
    return best_of_each_class(arrays, pool, prices, count)


class Finder:
    """Looks for groups quickly, without proof.

    Parameters
    ----------
    arrays
        The problem.
    executor
        Where to look, focus by focus; in this process where ``None``.
    """

    def __init__(self, arrays: PairingArrays, executor: Executor | None) -> None:
        self._arrays = arrays
        self._executor = executor

    def found(
        self,
        prices: Integers,
        threshold: int,
        seeds: Columns,
        *,
        grows: bool,
        interrupted: Callable[[], bool],
        places: Integers | None = None,
        widely: bool = False,
    ) -> Columns:
        """Return groups worth more than their prices.

        Parameters
        ----------
        prices
            Prices by class, bonus included.
        threshold
            How much more, in millionths.
        seeds
            Groups to exchange members of.
        grows
            Whether to grow groups from single participants besides.
        interrupted
            Asked after each part of the work whether to return what there is.
        places
            Places by class where not all are free.
        widely
            Whether to grow them as widely among very many as among some hundreds.
        """
        arrays = self._arrays
        numbers = range(len(arrays.foci))
        by_copy = (prices - arrays.bonus)[arrays.class_of]
        least = [threshold + arrays.toll(number, prices) for number in numbers]
        if places is not None:  # copies of those already placed are out of reach
            by_copy = np.where(places[arrays.class_of] > 0, by_copy, OUT_OF_REACH)
        tasks = [
            partial(exchanged, arrays, number, by_copy, least[number], seeds.taken(of_focus))
            for number in numbers
            if (of_focus := seeds.focus == number).any()
        ]
        if grows:
            tasks += [
                partial(grown, arrays, number, by_copy, least[number], widely=widely)
                for number in numbers
            ]
        grows_many = grows and places is None and arrays.copies > _MANY
        is_shared = grows_many or len(seeds) > _WORTH_SHARING
        executor = self._executor if is_shared else None
        parts = side_by_side(executor, tasks, interrupted)
        return join(arrays, [part for part in parts if part is not None])
