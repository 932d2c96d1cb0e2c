"""Entries that told what never was: voided by a further entry, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from utm.errors import InvalidValueError
from utm.programme.history.refusal import Refusal, Requirement

__all__ = ["RESTS_ON_NOTHING_VOID", "VOIDED_ONCE", "EntriesVoided", "Numbered", "voided_by"]

VOIDED_ONCE = Requirement(
    id="history.voided-once", text="an entry that stands is voided, once and for all"
)
RESTS_ON_NOTHING_VOID = Requirement(
    id="history.rests-on-nothing-void", text="what stands could have happened without what is void"
)


class _Asked(Protocol):
    @property
    def action(self) -> object: ...


class Numbered(Protocol):
    """Whatever has a number and a command, as the entries of a history have."""

    @property
    def number(self) -> int:
        """Its place, from 1."""
        ...

    @property
    def command(self) -> _Asked:
        """What was asked."""
        ...


@frozen(kw_only=True)
class EntriesVoided:
    """Entries of a history told what never was, such as a slip of the pen; they are void.

    Who says so, when and why are those of the command.

    Parameters
    ----------
    entries
        Their numbers, each once.
    """

    entries: tuple[int, ...]

    def __attrs_post_init__(self) -> None:
        wrong = any(type(one) is not int or one < 1 for one in self.entries)
        if wrong or not self.entries or len(set(self.entries)) < len(self.entries):
            raise InvalidValueError(
                kind="voided entries",
                value=[*self.entries],
                reason="must be numbers of entries, each once",
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        numbers = ", ".join(map(str, self.entries))
        return f"Entry {numbers} is void." if len(self.entries) == 1 else f"Void are: {numbers}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular: a digest tells those whom the entries concerned."""
        return ()

    def refuse_fallen(self, entries: Sequence[Numbered]) -> Refusal | None:
        """Refuse to void what is not there, voids others, or is void."""
        numbers = {one.number for one in entries}
        voided = voided_by(entries)
        for number in self.entries:
            if number not in numbers:
                return VOIDED_ONCE.refuse(f"there is no entry {number}")
            if number in voided.values():
                return VOIDED_ONCE.refuse(f"entry {number} itself voids others")
            if number in voided:
                return VOIDED_ONCE.refuse(f"entry {voided[number]} has voided entry {number}")
        return None


def voided_by(entries: Sequence[Numbered]) -> dict[int, int]:
    """The number of each void entry, with that of the entry that voided it."""
    return {
        number: one.number
        for one in entries
        if isinstance(action := one.command.action, EntriesVoided)
        for number in action.entries
    }
