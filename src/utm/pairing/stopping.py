"""When to stop searching: small callables that combine."""

from __future__ import annotations

import time
from collections.abc import Callable

from attrs import frozen

from utm.errors import InvalidValueError

__all__ = [
    "AllOf",
    "AnyOf",
    "GapBelow",
    "MaxRounds",
    "MaxRuntime",
    "Progress",
    "StopCriterion",
    "Watch",
]


@frozen(kw_only=True)
class Progress:
    """Where a search stands.

    Parameters
    ----------
    stage
        What is being done, in words.
    seconds
        Time since the start.
    score
        Worth of the best grouping so far in millionths; ``None`` before there is one.
    bound
        Valid bound so far in millionths; ``None`` before there is one.
    columns
        Groups considered so far.
    rounds
        How often groups were looked for at new prices so far.
    """

    stage: str
    seconds: float
    score: int | None
    bound: int | None
    columns: int
    rounds: int = 0

    @property
    def gap(self) -> float:
        """Share of the bound that the score may miss; 1 before there are both."""
        if self.score is None or self.bound is None:
            return 1.0
        if self.bound <= self.score:
            return 0.0
        if self.score <= 0:
            return 1.0
        return (self.bound - self.score) / self.bound


StopCriterion = Callable[[Progress], bool]
"""Called often; the search ends soon after it first answers ``True``."""


def _check_from_zero(kind: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise InvalidValueError(kind=kind, value=value, reason="is no number from 0 on")


@frozen
class MaxRuntime:
    """Stop after so many seconds.

    Parameters
    ----------
    seconds
        Seconds since the start of the search, from 0 on.

    Raises
    ------
    InvalidValueError
        That is no such number.
    """

    seconds: float

    def __attrs_post_init__(self) -> None:
        """Refuse what never or always stops by mistake."""
        _check_from_zero("number of seconds", self.seconds)

    def __call__(self, progress: Progress) -> bool:
        """Return whether the time is over."""
        return progress.seconds >= self.seconds


@frozen
class GapBelow:
    """Stop once the score is proven to be near enough to the best possible.

    Parameters
    ----------
    gap
        Share of the bound from 0 on, e.g. 0.01.

    Raises
    ------
    InvalidValueError
        That is no such number.
    """

    gap: float

    def __attrs_post_init__(self) -> None:
        """Refuse what never or always stops by mistake."""
        _check_from_zero("gap", self.gap)

    def __call__(self, progress: Progress) -> bool:
        """Return whether the gap is small enough."""
        return progress.gap <= self.gap


@frozen
class MaxRounds:
    """Stop after groups were looked for at new prices so many times.

    Unlike a limit on time it ends a search at the same place on every machine.

    Parameters
    ----------
    rounds
        Rounds of pricing since the start, from 0 on.

    Raises
    ------
    InvalidValueError
        That is no such number.
    """

    rounds: int

    def __attrs_post_init__(self) -> None:
        """Refuse what never or always stops by mistake."""
        _check_from_zero("number of rounds", self.rounds)

    def __call__(self, progress: Progress) -> bool:
        """Return whether there were as many rounds."""
        return progress.rounds >= self.rounds


class AllOf:
    """Stop once each of several criteria says so."""

    def __init__(self, *criteria: StopCriterion) -> None:
        self.criteria = criteria

    def __call__(self, progress: Progress) -> bool:
        """Return whether all criteria say so; false where there is none."""
        answers = [criterion(progress) for criterion in self.criteria]
        return bool(answers) and all(answers)


class AnyOf:
    """Stop as soon as one of several criteria says so."""

    def __init__(self, *criteria: StopCriterion) -> None:
        self.criteria = criteria

    def __call__(self, progress: Progress) -> bool:
        """Return whether one criterion says so."""
        return any(criterion(progress) for criterion in self.criteria)


class Watch:
    """Asks a stop criterion for work of which only the time and the groups seen are known.

    Parameters
    ----------
    stop
        The criterion; ``None`` for none.
    stage
        What is being done, in words.
    """

    def __init__(self, stop: StopCriterion | None, stage: str) -> None:
        self._stop = stop
        self._stage = stage
        self._began = time.perf_counter()
        self._is_over = False

    def is_over(self, columns: int) -> bool:
        """Return whether to stop, so many groups having been seen, and remember it."""
        if self._stop is not None and not self._is_over:
            seconds = time.perf_counter() - self._began
            self._is_over = self._stop(
                Progress(
                    stage=self._stage, seconds=seconds, score=None, bound=None, columns=columns
                )
            )
        return self._is_over
