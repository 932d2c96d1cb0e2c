"""Problems of a pairing problem: how they are told, and those that several rules can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from utm.errors import InputProblem, InvalidInputError

if TYPE_CHECKING:
    from utm.pairing.problem import Problem
    from utm.pairing.result import Result

__all__ = ["check_is_answer", "problem_at", "problems_of_members", "problems_of_reason"]


def problem_at(path: str, read: object, reason: str, remedy: str) -> InputProblem:
    """Return a problem of a pairing problem at a JSON path."""
    return InputProblem(
        source="pairing problem", path=path, read=read, reason=reason, remedy=remedy
    )


def problems_of_members(
    path: str, members: tuple[str, ...], ids: frozenset[str]
) -> Iterator[InputProblem]:
    """Yield what is wrong with the members that a rule names."""
    for member in members:
        if member not in ids:
            yield problem_at(
                f"{path}.members", member, "is not a participant", "Use the id of a participant."
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
