"""The grouping behind the history of an edition: the document, its dates, its participants."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import evolve

from utm.cli.public_holidays import holidays_by_country
from utm.cli.terminal import say
from utm.domain.names import fold_name
from utm.errors import InputProblem, InvalidInputError
from utm.interchange import read_facilitators
from utm.interchange.formed_groups import FormedGroups, read_formed_groups
from utm.programme.exchange import EditionState, ParticipantId, SessionsBasis

__all__ = ["basis_of", "find_participant", "read_grouping"]


def read_grouping(history: Path, grouping: Path | None, state: EditionState) -> FormedGroups:
    """Read the edition.json that was given, or the one beside a history.

    Raises
    ------
    click.UsageError
        There is none, or it formed another edition.
    """
    path = grouping or history.with_name("edition.json")
    if not path.is_file():
        raise click.UsageError(
            f"{path} is not there: say with --grouping in which edition.json the groups were formed"
        )
    read = read_formed_groups(path)
    if read.edition != state.id:
        raise click.UsageError(f"{path} formed {read.edition}, not {state.id}")
    return read


def basis_of(
    read: FormedGroups, state: EditionState, *, facilitators: Path | None = None
) -> SessionsBasis:
    """What dates are placed from, with those who entered later.

    Raises
    ------
    InvalidInputError
        The document does not say it.
    """
    if read.basis is None:
        problem = InputProblem(
            source="edition.json",
            path="$.sessions",
            reason="is missing: the document does not say what dates were placed from",
            remedy="Form the edition again with this version of the library.",
        )
        raise InvalidInputError((problem,))
    basis = read.basis
    holidays = holidays_by_country(
        basis.rules.year,
        is_wanted=any(one.holidays is not None for one in basis.attendees),
    )
    if facilitators is not None:
        people = read_facilitators(facilitators, holidays=holidays)
        basis = evolve(basis, facilitators=people)
    known = {one.key for one in basis.facilitators}
    unknown = sorted(state.facilitators - known)
    if unknown:
        say(
            f"hint: the clock of {', '.join(unknown)} is not known, so any hour is taken to suit; "
            "give a list with --facilitators"
        )
    return basis.with_entrants(state, holidays=holidays)


def find_participant(state: EditionState, read: FormedGroups, text: str) -> ParticipantId:
    """Find a participant by key, or by its name in the grouping or at its entry.

    Raises
    ------
    click.UsageError
        Nobody is called so, or more than one.
    """
    keys = {key.value: key for key, _ in state.participants}
    if text in keys:
        return keys[text]
    names = [*((key.value, name) for key, name in read.towns)]
    names += [(one.participant.value, one.name) for one in state.wishes]
    named = sorted({key for key, name in names if fold_name(name) == fold_name(text)} & set(keys))
    if len(named) == 1:
        return keys[named[0]]
    known = f"it may be {' or '.join(named)}" if named else "see the keys in 'utm edition status'"
    raise click.UsageError(f"{text!r} is no participant of {state.id}; {known}")
