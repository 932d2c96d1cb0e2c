"""How alike two texts are: the share of runs of three characters that they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from utm.domain.names import fold_name
from utm.errors import InvalidValueError

__all__ = ["AlikePair", "alike_pairs", "text_likeness"]

_ALL = 1000
_RUN = 3


@frozen(kw_only=True, order=True)
class AlikePair:
    """Two texts that are alike, by their places in a list.

    Parameters
    ----------
    first, second
        Their places; the first is lower.
    likeness
        How alike they are, in thousandths.
    """

    first: int
    second: int
    likeness: int


def text_likeness(one: str, other: str) -> int:
    """How alike two texts are, in thousandths: 1000 for equal ones, 0 for nothing in common.

    Twice the number of runs of three characters that both hold, by the numbers that each
    holds (Dice 1945, on sets), rounded down. Case, accents and punctuation do not count; each
    word begins and ends with a space. It knows no meaning and no inflection: two languages
    have little in common, and neither have synonyms.

    Examples
    --------
    >>> text_likeness("Storing heat", "storing HEAT!")
    1000
    """
    return _likeness(_runs(one), _runs(other))


def alike_pairs(texts: Sequence[str], *, least: int) -> tuple[AlikePair, ...]:
    """Find every pair of texts that is at least so alike, in order of their places.

    Exact: the runs of a text are put in one order for all texts, the rarest first; two texts
    that are alike enough share a run among so few of their first that the others need no
    look (Chaudhuri 2006, Bayardo 2007). In the worst case every pair is looked at.

    Parameters
    ----------
    texts
        The texts.
    least
        Least likeness in thousandths, 1 to 1000.

    Raises
    ------
    InvalidValueError
        The least likeness is not a whole number from 1 to 1000.
    """
    if type(least) is not int or not 1 <= least <= _ALL:
        raise InvalidValueError(
            kind="least likeness", value=least, reason="must be a whole number from 1 to 1000"
        )
    runs = [_runs(text) for text in texts]
    commonness = Counter(run for each in runs for run in each)
    seen: dict[str, list[int]] = {}
    found: list[AlikePair] = []
    for at, each in enumerate(runs):
        first = _first_runs(each, commonness, least)
        candidates = {other for run in first for other in seen.get(run, ())}
        for other in sorted(candidates):
            likeness = _likeness(runs[other], each)
            if likeness >= least:
                found.append(AlikePair(first=other, second=at, likeness=likeness))
        for run in first:
            seen.setdefault(run, []).append(at)
    return tuple(sorted(found))


def _first_runs(runs: frozenset[str], commonness: Mapping[str, int], least: int) -> list[str]:
    """The rarest runs, one of which any text shares that is alike enough.

    A text alike by t shares at least t / (2 - t) of these runs, with t as a share of 1.
    """
    shared = -(-least * len(runs) // (2 * _ALL - least))
    ordered = sorted(runs, key=lambda run: (commonness[run], run))
    return ordered[: len(runs) - shared + 1]


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    total = len(one) + len(other)
    return 2 * _ALL * len(one & other) // total if total else 0


def _runs(text: str) -> frozenset[str]:
    folded = fold_name(text)
    padded = f" {folded} " if folded else ""
    return frozenset(padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1))
