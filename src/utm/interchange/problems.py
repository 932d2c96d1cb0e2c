"""Collecting the problems of an input, to be told all at once."""

from __future__ import annotations

from utm.errors import InputProblem, InvalidInputError
from utm.interchange.limits import Limits

__all__ = ["Problems"]

_WHOLE_FILE = (0, 0)
_KEPT_FOR_EACH_LISTED = 20


class Problems:
    """The problems met so far, each with its place in the order of reading.

    Parameters
    ----------
    source
        Name of the input.
    limits
        How many problems are listed.
    """

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self._limit = limits.listed_problems
        self._kept: list[tuple[tuple[int, int], InputProblem]] = []
        self._count = 0
        # Set where a row could not be read at all, so that nobody misses it in vain.
        self.some_row_lost = False

    def __len__(self) -> int:
        return self._count

    def add(self, problem: InputProblem, *, order: tuple[int, int] = _WHOLE_FILE) -> None:
        """Note a problem.

        Parameters
        ----------
        problem
            What is wrong.
        order
            Row and column as numbers, by which problems are listed.
        """
        self._count += 1
        # A hostile file could hold millions of mistakes: those beyond any list are only counted.
        if len(self._kept) < self._limit * _KEPT_FOR_EACH_LISTED:
            self._kept.append((order, problem))

    def listed(self) -> tuple[InputProblem, ...]:
        """The problems in reading order; what exceeds the limit is one line with a count."""
        ordered = sorted(self._kept, key=lambda entry: entry[0])
        listed = [problem for _, problem in ordered[: self._limit]]
        rest = self._count - len(listed)
        if rest:
            listed.append(
                InputProblem(
                    source=self.source,
                    reason=f"{rest:,} more problems are not listed",
                    remedy="Mend those above and read the file again.",
                )
            )
        return tuple(listed)

    def raise_if_any(self) -> None:
        """Refuse the input if it has a problem.

        Raises
        ------
        InvalidInputError
            At least one problem was noted.
        """
        if self._count:
            raise InvalidInputError(self.listed())
