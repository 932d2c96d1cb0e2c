"""Problems of a pairing problem: how they are told, and those that several rules can have."""

from __future__ import annotations

from collections.abc import Iterator

from utm.errors import InputProblem

__all__ = ["problem_at", "problems_of_members", "problems_of_reason"]


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
