"""What commands on history files share: reading one of a kind, and telling refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn, TypeVar

from utm.errors import InputProblem, InvalidInputError
from utm.interchange.histories import AnyHistory, kind_of, read_history
from utm.programme.history import DAYS_IN_ORDER, KNOWN_CITIES, Refusal

__all__ = ["granted", "new_file", "read_kind"]

GrantedT = TypeVar("GrantedT")
_REMEDIES = {
    DAYS_IN_ORDER.id: "Correct the day; if a wrong one is recorded, void it: utm history void.",
    KNOWN_CITIES.id: "Correct the key, or enter the city first: utm history cities.",
}


def read_kind(path: Path, name: str) -> Any:  # noqa: ANN401 - the caller names the kind
    """Read a history file that must be of one kind.

    Raises
    ------
    InvalidInputError
        It has problems, or is of another kind.
    """
    history: AnyHistory = read_history(path)
    kind = kind_of(history)
    if kind is None or kind.name != name:
        found = "something else" if kind is None else kind.name
        _refuse(path.name, f"is a history of kind {found}", f"Give one of kind {name}.", "$.kind")
    return history


def granted(outcome: GrantedT | Refusal, *, source: str) -> GrantedT:
    """What was granted.

    Raises
    ------
    InvalidInputError
        It was refused; the problem tells what was asked, the reason and the rule.
    """
    if isinstance(outcome, Refusal):
        place = f"{outcome.place} " if outcome.place else ""
        text = outcome.requirement.text
        reason = f"{place}is refused, since {outcome.reason} (rule {outcome.rule}: {text})"
        _refuse(source, reason, _REMEDIES.get(outcome.rule, "Correct what is asked for."))
    return outcome


def new_file(path: Path) -> None:
    """Refuse a file that is there already: a history is never replaced.

    Raises
    ------
    InvalidInputError
        There is such a file.
    """
    if path.exists():
        _refuse(path.name, "is there already", "Histories are never replaced: name another file.")


def _refuse(source: str, reason: str, remedy: str, path: str | None = None) -> NoReturn:
    raise InvalidInputError((InputProblem(source=source, reason=reason, remedy=remedy, path=path),))
