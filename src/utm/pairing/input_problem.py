"""Problems of a pairing problem: how they are told, and those that several rules can have."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from utm.errors import InputProblem, InvalidInputError

if TYPE_CHECKING:
    from utm.pairing.problem import Problem
    from utm.pairing.result import Result

__all__ = [
    "Malformed",
    "check_is_answer",
    "is_finite",
    "near_name",
    "problem_at",
    "problems_of_members",
    "problems_of_reason",
]

_ENDS = re.compile(r"(?=[.\[])|$")
_NEAR = 3
_WHOLE_LISTS = frozenset({"$.participants", "$.topics", "$.earlier_pairs"})


def problem_at(path: str, read: object, reason: str, remedy: str) -> InputProblem:
    """Return a problem of a pairing problem at a JSON path."""
    return InputProblem(
        source="pairing problem", path=path, read=read, reason=reason, remedy=remedy
    )


class Malformed:
    """Places of what could not be read, so that something else stands in for it.

    Parameters
    ----------
    problems
        What was wrong with the form of an input.
    """

    def __init__(self, problems: Iterable[InputProblem]) -> None:
        self._places = frozenset(problem.path or "$" for problem in problems)
        self._around = frozenset(
            around for place in self._places for around in _around(place)
        ).difference(_WHOLE_LISTS)

    def explains(self, problem: InputProblem) -> bool:
        """Tell whether a problem of content may be one of the stand-in only."""
        path = problem.path or "$"
        return path in self._around or not self._places.isdisjoint(_around(path))

    def has_any_in(self, path: str) -> bool:
        """Tell whether something at a place, or within it, could not be read."""
        return any(path in _around(place) for place in self._places)


def _around(path: str) -> tuple[str, ...]:
    """Return the places that a place lies within, itself included: all its beginnings."""
    return tuple(path[: end.start()] for end in _ENDS.finditer(path))


def is_finite(value: object) -> bool:
    """Tell whether a value is a number that a float can hold; a whole number may be too large."""
    return type(value) in {int, float} and abs(value) <= sys.float_info.max  # type: ignore[arg-type]


def near_name(name: object, known: Collection[str]) -> str:
    """Return the remedy for an id that nobody has: those that it may be meant for."""
    text = str(name).casefold()
    inside = [each for each in sorted(known) if len(text) > 2 and text in each.casefold()]  # noqa: PLR2004
    near = inside[:_NEAR] or get_close_matches(text, sorted(known), n=1)
    return f"Write {' or '.join(map(repr, near))}." if near else "Use the id of a participant."


def problems_of_members(
    path: str, members: tuple[str, ...], ids: frozenset[str]
) -> Iterator[InputProblem]:
    """Yield what is wrong with the members that a rule names."""
    for member in members:
        if member not in ids:
            yield problem_at(
                f"{path}.members", member, "is not a participant", near_name(member, ids)
            )
    if len(set(members)) < len(members):
        yield problem_at(f"{path}.members", members, "names somebody twice", "Name each once.")


def problems_of_reason(path: str, reason: str) -> Iterator[InputProblem]:
    """Yield a problem where a rule has no reason."""
    if type(reason) is not str or not reason.strip():
        yield problem_at(f"{path}.reason", reason, "must not be empty", "Say why, for the record.")


def check_is_answer(problem: Problem, result: Result, capacities: Iterable[str] = ()) -> None:
    """Raise an `InvalidInputError` where a result is that of another problem.

    It groups nobody else, and where it has prices, everybody and every capacity has one.
    """
    ids = [participant.id for participant in problem.participants]
    known = set(ids)
    faults = [
        _fault(f"$.groups[{number}].members", name, "is not a participant of the problem")
        for number, group in enumerate(result.groups)
        for name in group.members
        if name not in known
    ]
    if result.prices:
        priced = {price.participant for price in result.prices}
        tolled = {price.capacity for price in result.capacity_prices}
        lacking = [("$.prices", name) for name in ids if name not in priced]
        lacking += [("$.capacity_prices", name) for name in capacities if name not in tolled]
        faults += [_fault(path, name, "has no price in the result") for path, name in lacking]
    if faults:
        raise InvalidInputError(tuple(faults))


def _fault(path: str, read: object, reason: str) -> InputProblem:
    remedy = "Use the result of this problem."
    return InputProblem(source="pairing result", path=path, read=read, reason=reason, remedy=remedy)
