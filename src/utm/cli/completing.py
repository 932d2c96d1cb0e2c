"""The work behind ``utm history complete``."""

from __future__ import annotations

from pathlib import Path

import click
from pendulum import Date

from utm.cli.clock import today
from utm.cli.recording import granted, read_kind
from utm.cli.terminal import print_list, print_text
from utm.domain import CountryCode, resolve_country
from utm.interchange.histories import AnyHistory, kind_of, read_history, write_history
from utm.programme.history import Command
from utm.programme.journey import (
    Completion,
    EngagementEvent,
    EngagementHistory,
    completions_shown,
)

__all__ = ["complete_from"]

_WHY = "shown by the mission's own histories"


def complete_from(
    path: Path,
    histories: tuple[Path, ...],
    *,
    country: str | None,
    by: str | None,
    on: Date | None,
) -> None:
    """Tell what histories show that a city has done, and record it if somebody asks."""
    day = on or today()
    engagement: EngagementHistory = read_kind(path, "engagement")
    found = _found(engagement, histories, country, day)
    if not found:
        print_text("Nothing more is shown.")
    print_list("Shown:", [one.sentence for one in found])
    if found and by is None:
        print_text("Nothing was written. Add --yes and --by to record it.")
    elif found and by is not None:
        commands: list[Command[EngagementEvent]] = [
            Command(action=one, by=by, on=day, why=_WHY) for one in found
        ]
        engagement = granted(engagement.record_all(commands), source=path.name)
        write_history(path, engagement)
        print_text(f"Recorded up to entry {len(engagement.entries)} of {path}.")
    print_text(engagement.as_of(day).state.sentence(day))


def _found(
    engagement: EngagementHistory, paths: tuple[Path, ...], country: str | None, day: Date
) -> tuple[Completion, ...]:
    read = _of_kinds(paths, day)
    return completions_shown(
        engagement.as_of(day).state,
        on=day,
        country=_code_of(country),
        gatherings=next((one.state for one in read["gatherings"]), None),
        alliance=next((one.state for one in read["alliance"]), None),
        editions=[one.state for one in read["edition"]],
    )


def _of_kinds(paths: tuple[Path, ...], day: Date) -> dict[str, list[AnyHistory]]:
    """The histories as of a day by kind, of each kind no more than can be looked at."""
    found: dict[str, list[AnyHistory]] = {"gatherings": [], "alliance": [], "edition": []}
    for path in paths:
        history = read_history(path)
        kind = kind_of(history)
        if kind is None or kind.name not in found:
            raise click.UsageError(f"{path} shows nothing: give one of {', '.join(found)}")
        if found[kind.name] and kind.name != "edition":
            raise click.UsageError(f"{path} is a second history of kind {kind.name}")
        found[kind.name].append(history.as_of(day))
    return found


def _code_of(text: str | None) -> CountryCode | None:
    if text is None:
        return None
    country = resolve_country(text)
    if country is None:
        raise click.UsageError(f"'{text}' is no country: write its name or code")
    return CountryCode(country.alpha2)
