"""Met, unmet or unknown: Kleene's strong three-valued logic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn

from utm.errors import UndecidedError

__all__ = ["Verdict", "all_of", "any_of", "at_least"]


class Verdict(Enum):
    """The answer to one question about one subject.

    ``&``, ``|`` and ``~`` follow Kleene's strong logic: an unknown stays
    unknown unless the other side settles the answer whatever it may be.
    ``and``, ``or``, ``not`` and ``if`` would have to guess, and raise.

    Examples
    --------
    >>> Verdict.UNMET & Verdict.UNKNOWN
    <Verdict.UNMET: 'unmet'>
    >>> Verdict.MET & Verdict.UNKNOWN
    <Verdict.UNKNOWN: 'unknown'>
    """

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"

    def __and__(self, other: Verdict) -> Verdict:
        return all_of((self, other))

    def __or__(self, other: Verdict) -> Verdict:
        return any_of((self, other))

    def __invert__(self) -> Verdict:
        return _OPPOSITE[self]

    def __bool__(self) -> NoReturn:
        raise UndecidedError(value=self)

    @classmethod
    def of(cls, answer: bool | None) -> Verdict:  # noqa: FBT001 - the answer is the subject
        """Turn ``True``, ``False`` or ``None`` (not known) into a verdict."""
        if answer is None:
            return cls.UNKNOWN
        return cls.MET if answer else cls.UNMET

    def __str__(self) -> str:
        return self.value


_OPPOSITE = {
    Verdict.MET: Verdict.UNMET,
    Verdict.UNMET: Verdict.MET,
    Verdict.UNKNOWN: Verdict.UNKNOWN,
}


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met if all are met, unmet if one is unmet, else unknown; met for none at all."""
    answer = Verdict.MET
    for verdict in verdicts:
        if verdict is Verdict.UNMET:
            return Verdict.UNMET
        if verdict is Verdict.UNKNOWN:
            answer = Verdict.UNKNOWN
    return answer


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met if one is met, unmet if all are unmet, else unknown; unmet for none at all."""
    answer = Verdict.UNMET
    for verdict in verdicts:
        if verdict is Verdict.MET:
            return Verdict.MET
        if verdict is Verdict.UNKNOWN:
            answer = Verdict.UNKNOWN
    return answer


def at_least(count: int, verdicts: Iterable[Verdict]) -> Verdict:
    """Met if ``count`` are met, unmet if so many can no longer be met, else unknown."""
    met = possible = 0
    for verdict in verdicts:
        met += verdict is Verdict.MET
        possible += verdict is not Verdict.UNMET
    if met >= count:
        return Verdict.MET
    return Verdict.UNMET if possible < count else Verdict.UNKNOWN
