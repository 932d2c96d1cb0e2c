"""Which practices a search must look at before it can know the best.

Most practices that hold a word of a question hold only a frequent one, and cannot come near
those that hold a rare one. So practices are visited by the rarest terms first, and the rest
only while the most that such a practice could reach is not below the last of the best.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from utm.knowledge.bm25 import Bm25

__all__ = ["AskedTerm", "Stage", "is_often", "often_of", "stages_of"]

_OFTEN = ".2"
_FIRST_WORK = 300.0  # practices looked at in the first stage
_GROWTH = 8.0
_PASSING = 0.01  # work of passing a practice over, as a part of the work of looking at it


@frozen(kw_only=True)
class AskedTerm:
    """A term of a question that an index holds.

    Parameters
    ----------
    term, sign
        The term, and what stands for it in the text of a practice.
    rarity
        What it is worth.
    holders, often
        How many practices hold it, and how many of these more than once; ``None`` for an
        index that does not count these.
    """

    term: str
    sign: str
    rarity: float
    holders: int
    often: int | None


@frozen(kw_only=True)
class Stage:
    """Practices to be visited.

    Parameters
    ----------
    terms
        They hold at least one of these.
    most_beyond
        The most that a practice can score which holds none of them.
    """

    terms: tuple[str, ...]
    most_beyond: float


def often_of(term: str) -> str:
    """The term of practices that hold a term more than once; no word can look like it."""
    return term + _OFTEN


def is_often(term: str) -> bool:
    """Whether a term was made by `often_of`."""
    return term.endswith(_OFTEN)


def stages_of(
    terms: Sequence[AskedTerm], bm25: Bm25, *, share: float = 1.0, first_work: float | None = None
) -> list[Stage]:
    """Stages of a search, each of which takes in the one before; the last is complete.

    The idea is that of safe pruning by the most that each term can add, on sets of
    practices instead of single ones; a stage is about eight times the work of the last.

    Parameters
    ----------
    terms
        The terms of the question that the index holds.
    bm25
        The score.
    share
        The share of practices that filters let through, as far as it can be told.
    first_work
        Practices that are looked at in the first stage, 300 by default; less is not worth
        a stage of its own.

    References
    ----------
    H. Turtle and J. Flood, "Query Evaluation: Strategies and Optimizations", Information
    Processing & Management 31(6), 1995.
    """
    steps = [(one.holders, one.term, one, 0.0) for one in terms]
    steps += [
        (one.often, often_of(one.term), one, bm25.most(one.rarity, 1)) for one in terms if one.often
    ]
    left = {one.term: bm25.most(one.rarity, 1 if one.often == 0 else None) for one in terms}
    stages: list[Stage] = []
    taken: list[str] = []
    work, allowed = 0.0, first_work or _FIRST_WORK
    for holders, name, one, after in sorted(steps, key=lambda step: step[:2]):
        added = holders * (share + _PASSING)
        if taken and work + added > allowed:
            stages.append(Stage(terms=tuple(taken), most_beyond=sum(left.values())))
            while work + added > allowed:
                allowed *= _GROWTH
        work += added
        taken.append(name)
        left[one.term] = min(left[one.term], after)
    return [*stages, Stage(terms=tuple(one.term for one in terms), most_beyond=0.0)]
