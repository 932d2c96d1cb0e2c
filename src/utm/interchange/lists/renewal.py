"""Records that come in again: what is new, what differs from the list, and what is taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from attrs import evolve, frozen

from utm.domain import ClosingTime, FundedAction, Opportunity, Organisation
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.lists.opportunities import OpportunityEntry

__all__ = ["FieldChange", "RecordChange", "Renewal", "renew_actions", "renew_opportunities"]

FactT = TypeVar("FactT")
RecordT = TypeVar("RecordT", Opportunity, FundedAction)

# What a publisher may tell of an opportunity. All else has been added by whoever keeps the
# list, and stays: places, applicants, topics, terms of payment, rules for a consortium, effort.
_TOLD_OF_OPPORTUNITIES = (
    "title",
    "programme",
    "budget_line",
    "opens",
    "deadlines",
    "forecast",
    "closed",
    "amounts",
    "budget",
    "expected_grants",
)
_TOLD_OF_ACTIONS = (
    "title",
    "funders",
    "recipients",
    "countries",
    "amount",
    "status",
    "starts_on",
    "ends_on",
    "summary",
)


@frozen(kw_only=True)
class FieldChange:
    """One thing that a record says otherwise than the list.

    Parameters
    ----------
    name
        Name of the attribute, such as ``deadlines``.
    before
        What the list says, in words.
    after
        What the record that came in says, in words.
    """

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')}: {self.before} before, {self.after} now"


@frozen(kw_only=True)
class RecordChange:
    """A record that came in again and differs from that of the list.

    Parameters
    ----------
    key
        Its key.
    fields
        In what it differs, at least one.
    verified
        Whether somebody had verified the record of the list.
    """

    key: str
    fields: tuple[FieldChange, ...]
    verified: bool = False

    def __str__(self) -> str:
        return f"{self.key} differs in {'; '.join(map(str, self.fields))}"


@frozen(kw_only=True)
class Renewal(Generic[FactT]):
    """What comes of a list when records come in.

    Parameters
    ----------
    facts
        The list as it is afterwards.
    new
        Keys of the records that it did not hold.
    same
        Keys of the records that it held just so.
    changed
        The records that it held otherwise.
    """

    facts: tuple[FactT, ...]
    new: tuple[str, ...]
    same: tuple[str, ...]
    changed: tuple[RecordChange, ...]


def renew_opportunities(
    listed: Sequence[OpportunityEntry],
    incoming: Iterable[OpportunityEntry],
    *,
    replace: bool = False,
    source: str = "list",
) -> Renewal[OpportunityEntry]:
    """Add opportunities to a list, and tell which of those that it holds differ.

    Compared is what a publisher tells: title, programme, budget line, opening, deadlines,
    whether it is a forecast or closed, amounts, budget and number of grants. What it does not
    tell is no difference, for somebody else may have added it; nor is the note of a closing time.

    Parameters
    ----------
    listed
        The list.
    incoming
        What came in, such as topics of the EU portal as entries of register B.
    replace
        Whether what differs is taken over. What others have added to such a record stays, such
        as its places, a budget that the publisher does not tell, or the note of a closing time
        that has not moved; its curation lapses, for what was verified is no longer what it
        says. Otherwise the record stays as it is.
    source
        Name of the list, for problems.

    Raises
    ------
    InvalidInputError
        A record cannot hold what is taken over, such as a deadline beside *rolling*; all of
        them are told.
    """

    def replaced(old: OpportunityEntry, new: OpportunityEntry) -> OpportunityEntry:
        before, now = old.entry.opportunity, new.entry.opportunity
        told = _taken_over(before, now, _TOLD_OF_OPPORTUNITIES)
        opportunity = evolve(before, **told, source=now.source, curation=None)
        return evolve(old, entry=evolve(old.entry, opportunity=opportunity))

    def change_of(old: OpportunityEntry, new: OpportunityEntry) -> RecordChange:
        before, now = old.entry.opportunity, new.entry.opportunity
        return RecordChange(
            key=before.id.value,
            fields=_differences(before, now, _TOLD_OF_OPPORTUNITIES),
            verified=before.curation is not None,
        )

    return _renewed(
        listed,
        incoming,
        key_of=lambda one: one.entry.opportunity.id.value,
        change_of=change_of,
        replaced=replaced if replace else None,
        source=source,
    )


def renew_actions(
    listed: Sequence[FundedAction],
    incoming: Iterable[FundedAction],
    *,
    replace: bool = False,
    source: str = "list",
) -> Renewal[FundedAction]:
    """Add funded actions to a list, and tell which of those that it holds differ.

    What a publisher does not tell is no difference, as in `renew_opportunities`.

    Parameters
    ----------
    listed
        The list.
    incoming
        What came in.
    replace
        Whether what differs is taken over; otherwise it stays as it is.
    source
        Name of the list, for problems.
    """

    def replaced(old: FundedAction, new: FundedAction) -> FundedAction:
        return evolve(old, **_taken_over(old, new, _TOLD_OF_ACTIONS), source=new.source)

    return _renewed(
        listed,
        incoming,
        key_of=lambda one: one.id.value,
        change_of=lambda old, new: RecordChange(
            key=old.id.value, fields=_differences(old, new, _TOLD_OF_ACTIONS)
        ),
        replaced=replaced if replace else None,
        source=source,
    )


def _renewed(
    listed: Sequence[FactT],
    incoming: Iterable[FactT],
    *,
    key_of: Callable[[FactT], str],
    change_of: Callable[[FactT, FactT], RecordChange],
    replaced: Callable[[FactT, FactT], FactT] | None,
    source: str,
) -> Renewal[FactT]:
    facts = {key_of(fact): fact for fact in listed}
    new: list[str] = []
    same: list[str] = []
    changed: list[RecordChange] = []
    problems: list[InputProblem] = []
    for fact in incoming:
        key = key_of(fact)
        old = facts.get(key)
        if old is None:
            facts[key] = fact
            new.append(key)
            continue
        change = change_of(old, fact)
        if not change.fields:
            same.append(key)
            continue
        changed.append(change)
        if replaced is not None:
            try:
                facts[key] = replaced(old, fact)
            except InvalidValueError as error:
                problems.append(_cannot_hold(source, key, error))
    if problems:
        raise InvalidInputError(tuple(problems))
    return Renewal(
        facts=tuple(facts.values()), new=tuple(new), same=tuple(same), changed=tuple(changed)
    )


def _cannot_hold(source: str, key: str, error: InvalidValueError) -> InputProblem:
    return InputProblem(
        source=source,
        read=key,
        reason=f"cannot hold what came in: it {error.reason} ({error.kind})",
        remedy="Correct the record of the list by hand first.",
    )


def _differences(before: RecordT, now: RecordT, names: Sequence[str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name=name, before=_words(getattr(before, name)), after=_words(value))
        for name, value in _taken_over(before, now, names).items()
        if _compared(getattr(before, name)) != _compared(value)
    )


def _taken_over(before: RecordT, now: RecordT, names: Sequence[str]) -> dict[str, Any]:
    """What a record says of some things once those that came in have been taken over."""
    return {name: _renewed_value(getattr(before, name), getattr(now, name)) for name in names}


def _renewed_value(old: object, new: object) -> object:
    is_told = new not in (None, (), "")
    if not is_told or _compared(old) == _compared(new):
        return old
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _with_old_notes(cast("tuple[object, ...]", old), cast("tuple[object, ...]", new))
    return new


def _with_old_notes(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[object, ...]:
    """What came in, each with the note that the list has; no note is given twice."""
    same = {*old} & {*new}
    noted = {_compared(each): each for each in old if each not in same}
    return tuple(each if each in same else noted.pop(_compared(each), each) for each in new)


def _compared(value: object) -> object:
    """What of a value is compared: of a closing time not how somebody has put it in words."""
    if isinstance(value, tuple):
        return tuple(map(_compared, cast("tuple[object, ...]", value)))
    return evolve(value, note="") if isinstance(value, ClosingTime) else value


def _words(value: object) -> str:
    match value:
        case None | () | "":
            return "nothing"
        case tuple():
            return ", ".join(map(_words, cast("tuple[object, ...]", value)))
        case bool():
            words = "yes" if value else "no"
        case Enum():
            words = str(value.value)
        case Organisation():
            words = value.name
        case ClosingTime(stage=stage) if stage > 1:
            words = f"{value} for stage {stage}"
        case _:
            words = str(value)
    return words
