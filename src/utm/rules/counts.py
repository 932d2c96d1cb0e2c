"""Numbers of inhabitants among which rules tell every kind of applicant apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["counts_to_tell_apart"]

_HUNDRED = 100


def counts_to_tell_apart(
    floors: Iterable[int], shares: Iterable[int], *, towns: int, summed: bool
) -> tuple[int, ...]:
    """Give numbers of inhabitants, from 1 up, on every side of floors, shares and sums.

    Where the towns are looked at alone, one number below all floors and each floor
    itself are enough. Where their inhabitants are compared with each other, every
    number comes with those that lie just within and just beyond the limits beside it.
    For one town and for two no further number makes a difference.

    Parameters
    ----------
    floors
        Least numbers that some rule asks for, from 1 up.
    shares
        Least shares that some rule asks for, in percent, 1 to 100.
    towns
        How many towns there are.
    summed
        Whether floors are asked of the sum.

    Returns
    -------
    tuple of int
        In ascending order; none if no rule looks at inhabitants.
    """
    lowest, limits = sorted(set(floors)), sorted(set(shares))
    if not lowest and not limits:
        return ()
    if not limits and not summed:
        return tuple(n for n in (lowest[0] - 1, *lowest) if n > 0)
    many = _HUNDRED * _HUNDRED * towns * (lowest[-1] if lowest else _HUNDRED)
    ends = {1, many, *lowest, *(floor - 1 for floor in lowest)}
    found = {number for number in ends if number > 0}
    for number in sorted(found):
        for others in range(1, towns):
            found |= {
                n for n in _around(number * others, limits, lowest if summed else ()) if n > 0
            }
    return tuple(sorted(found))


def _around(number: int, limits: Iterable[int], floors: Iterable[int]) -> Iterator[int]:
    for limit in limits:
        rest = number * (_HUNDRED - limit) // limit  # the most beside it that leave it its share
        yield from (rest, rest + 1)
        if limit < _HUNDRED:
            own = -(-number * limit // (_HUNDRED - limit))  # the least with its share beside it
            yield from (own - 1, own)
    for floor in floors:
        yield from (floor - number - 1, floor - number)
