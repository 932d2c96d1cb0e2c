"""Where several searches side by side stand, told as one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from utm.pairing.result import Result, Status
from utm.pairing.stopping import Progress

__all__ = ["JointProgress"]

_NO_SCORE = {Status.UNDECIDED, Status.INFEASIBLE}
_Listener = Callable[[Progress], None]


class JointProgress:
    """Joins what the searches of parts tell; from threads as well, one after the other.

    There is a score once each part has one, and a bound once each part has one.

    Parameters
    ----------
    count
        How many parts there are.
    tell
        Told where all of them stand, at each step of any.
    seconds
        Gives the seconds since the start of all.
    """

    def __init__(self, count: int, tell: _Listener, seconds: Callable[[], float]) -> None:
        self._tell = tell
        self._seconds = seconds
        self._parts: list[Progress | None] = [None] * count
        self._done: set[int] = set()
        self._turn = Lock()

    def listener(self, number: int) -> _Listener:
        """Return what the search of one part shall tell."""
        return lambda progress: self._take(number, progress)

    def finish(self, number: int, result: Result) -> None:
        """Take the result of a part, which a search in another process has told nothing of."""
        self._done.add(number)
        self._take(
            number,
            Progress(
                stage="solving parts",
                seconds=0.0,
                score=None if result.status in _NO_SCORE else result.score,
                bound=result.bound,
                columns=result.statistics.columns,
                rounds=result.statistics.pricing_rounds,
            ),
        )

    def _take(self, number: int, progress: Progress) -> None:
        with self._turn:
            self._parts[number] = progress
            known = [part for part in self._parts if part is not None]
            scores = [part.score for part in known if part.score is not None]
            bounds = [part.bound for part in known if part.bound is not None]
            count = len(self._parts)
            self._tell(
                Progress(
                    stage=f"{progress.stage}, {len(self._done)} of {count} parts done",
                    seconds=self._seconds(),
                    score=sum(scores) if len(scores) == count else None,
                    bound=sum(bounds) if len(bounds) == count else None,
                    columns=sum(part.columns for part in known),
                    rounds=sum(part.rounds for part in known),
                )
            )
