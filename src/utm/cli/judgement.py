"""Under which rules, for which day, on what knowledge, with which waivers and readings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from attrs import frozen

from utm.cli.options import RulebookType, day_option, text_of
from utm.errors import InputProblem, InvalidInputError

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import Application, Waiver
    from utm.rules import Decision, Interpretations, Rulebook

__all__ = ["Judgement", "judgement_options", "read_readings", "read_waivers"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)

FactT = TypeVar("FactT")


@frozen(kw_only=True)
class Judgement:
    """How applicants are judged.

    Parameters
    ----------
    rulebook
        The rules.
    on
        The day of the judgement as asked for, if it was.
    known_on
        Last day of knowledge, if one was asked for.
    waivers
        The waivers of a file.
    readings
        The readings of a file, if one was given.
    """

    rulebook: Rulebook
    on: Date | None
    known_on: Date | None
    waivers: tuple[Waiver, ...]
    readings: Interpretations | None

    def of(self, application: Application, on: Date) -> Decision:
        """Judge one applicant for a day."""
        return self.rulebook.assess(
            application,
            on=on,
            waivers=self.waivers,
            interpretations=self.readings,
            known_by=self.known_on,
        )


def judgement_options(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the options that make a `Judgement`, and hand it that."""

    @click.option(
        "--rulebook",
        type=RulebookType(),
        default="city2city-2026",
        show_default=True,
        help="Rules: the id of a rulebook that ships with the library, or a .json file.",
    )
    @day_option(
        "--on",
        help="Day of the judgement, YYYY-MM-DD.  [default: today; for the register the last day "
        "of its call]",
    )
    @day_option(
        "--known-on",
        help="Judge on what was known on that day, YYYY-MM-DD.  [default: all that is known]",
    )
    @click.option("--waivers", type=_FILE, help="File of waivers: a utm.waivers document.")
    @click.option(
        "--readings",
        type=_FILE,
        help="File of readings of what the text leaves open: a utm.interpretations document.",
    )
    @wraps(command)
    def wrapped(
        *,
        rulebook: Rulebook,
        on: Date | None,
        known_on: Date | None,
        waivers: Path | None,
        readings: Path | None,
        **others: object,
    ) -> object:
        judgement = Judgement(
            rulebook=rulebook,
            on=on,
            known_on=known_on,
            waivers=read_waivers(waivers, rulebook),
            readings=read_readings(readings),
        )
        return command(judgement=judgement, **others)

    return wrapped


def read_waivers(path: Path | None, *rulebooks: Rulebook) -> tuple[Waiver, ...]:
    """Read the waivers of a file, if one is given; each must be of what some rulebook asks."""
    from utm.domain import Waivers  # noqa: PLC0415 - keeps --help quick

    if path is None:
        return ()
    granted = _read(Waivers, path).waivers
    _require_known_criteria(granted, rulebooks, source=path.name)
    return granted


def read_readings(path: Path | None) -> Interpretations | None:
    """Read the readings of a file, if one is given."""
    from utm.rules import Interpretations  # noqa: PLC0415 - keeps --help quick

    return None if path is None else _read(Interpretations, path)


def _require_known_criteria(
    waivers: tuple[Waiver, ...], rulebooks: tuple[Rulebook, ...], *, source: str
) -> None:
    """Refuse waivers of what the rulebook does not ask: a slip of the pen would excuse nobody."""
    known = dict.fromkeys(one for rulebook in rulebooks for one in rulebook.criteria)
    names = " or ".join(dict.fromkeys(rulebook.id for rulebook in rulebooks))
    problems = tuple(
        InputProblem(
            source=source,
            path=f"$.data.waivers[{place}].criterion",
            read=waiver.criterion,
            reason=f"is no criterion of {names}",
            remedy=f"Write one of {', '.join(known)}.",
        )
        for place, waiver in enumerate(waivers)
        if waiver.criterion not in known
    )
    if problems:
        raise InvalidInputError(problems)


def _read(kind: type[FactT], path: Path) -> FactT:
    from utm.interchange import from_json  # noqa: PLC0415 - heavy

    return from_json(kind, text_of(path), source=path.name)
