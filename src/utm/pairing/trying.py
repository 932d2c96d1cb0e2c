"""Whether any grouping is worth more than a bound below that of the prices: tried, not believed.

Written apart from the search, to be compared with it. Prices prove a bound; what a grouping is
worth lies below it by what its groups lack to their prices and by the prices of whoever is left
out. A grouping worth more than a lower bound lacks less than the two bounds differ, so it
consists of groups very near to their prices. These are put together in all ways.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["may_lack_less"]

_TRIES = 20_000
_SHARES = 12  # what a group of two, three or four lacks is divided into whole shares


class _TooManyError(Exception):
    """There are more ways than are tried."""


def may_lack_less(
    lacking: Mapping[tuple[str, ...], int],
    prices: Mapping[str, int],
    than: int,
    *,
    locked: frozenset[str] = frozenset(),
) -> bool | None:
    """Return whether disjoint groups may lack less than an amount, with all who are left out.

    Parameters
    ----------
    lacking
        Millionths that each group lacks to its members' prices, zero at least, by its members.
        Groups that lack as much as the amount may be missing.
    prices
        Millionths that leaving somebody out costs.
    than
        The amount, in millionths.
    locked
        Who must not be left out.

    Returns
    -------
    ``None`` where there are too many ways to try them all.

    Notes
    -----
    Branches on the participant with the fewest ways to be placed or left out. Whoever is still
    open will lack at least its cheapest way's share, which ends most branches at once. The
    time is exponential in the number of groups, and bounded by the number of tries.
    """
    search = _Ways(lacking, prices, _SHARES * than, locked)
    try:
        return search.may_end(frozenset(), 0)
    except _TooManyError:
        return None


class _Ways:
    def __init__(
        self,
        lacking: Mapping[tuple[str, ...], int],
        prices: Mapping[str, int],
        limit: int,
        locked: frozenset[str],
    ) -> None:
        self._limit = limit
        self._left = _TRIES
        self._alone = {
            name: None if name in locked else _SHARES * price
            for name, price in prices.items()
            if price != 0 or name in locked
        }
        self._groups: dict[str, list[tuple[frozenset[str], int]]] = {
            name: [] for name in self._alone
        }
        for members, lack in sorted(lacking.items(), key=lambda each: (each[1], each[0])):
            for name in members:
                if name in self._groups:
                    self._groups[name].append((frozenset(members), _SHARES * lack))

    def may_end(self, settled: frozenset[str], lacked: int) -> bool:
        """Return whether the others can be settled within what is left of the limit."""
        self._left -= 1
        if self._left < 0:
            raise _TooManyError
        chosen: list[tuple[frozenset[str], int]] | None = None
        at_least = lacked
        for name, price in self._alone.items():
            if name in settled:
                continue
            ways = [(group, lack) for group, lack in self._groups[name] if not group & settled]
            shares = [lack // len(group) for group, lack in ways]
            if price is not None:
                ways.append((frozenset((name,)), price))
                shares.append(price)
            at_least += min(shares, default=self._limit)
            if at_least >= self._limit:
                return False
            if chosen is None or len(ways) < len(chosen):
                chosen = ways
        if chosen is None:
            return True
        return any(
            self.may_end(settled | group, lacked + lack)
            for group, lack in sorted(chosen, key=lambda way: way[1])
            if lacked + lack < self._limit
        )
