"""The work behind ``utm history cities``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.options import text_of
from utm.cli.recording import granted
from utm.cli.terminal import print_text
from utm.domain import CityId
from utm.errors import InvalidValueError
from utm.interchange.histories import (
    FORMAT,
    AnyHistory,
    parse_history,
    read_history,
    write_history,
)
from utm.programme.calls import CallState
from utm.programme.cohort import CohortState
from utm.programme.exchange import EditionState
from utm.programme.history import CitiesEntered, Command
from utm.programme.networks import NetworkRegistry

__all__ = ["enter_cities"]


def enter_cities(
    path: Path, sources: tuple[Path, ...], keys: tuple[str, ...], *, by: str, why: str, on: Date
) -> None:
    """Enter the cities of files, and some by key, in the register of a history."""
    history = read_history(path)
    if history.lifecycle.register is None:
        raise click.UsageError(f"{path} keeps no register: it knows its cities by its own rules")
    register = history.lifecycle.register(history.state)
    named = {*map(_key, keys), *(city for source in sources for city in _cities_of(source, on=on))}
    new = tuple(sorted(city for city in named if city not in register))
    if not new:
        print_text("Nothing has changed: all are in the register.")
        return
    command: Command[CitiesEntered] = Command(
        action=CitiesEntered(cities=new), by=by, on=on, why=why
    )
    following: AnyHistory = granted(history.record(command), source=path.name)
    write_history(path, following)
    print_text(f"{len(new)} entered in the register, {len(register.cities)} were in it.")
    print_text(f"Recorded as entry {len(following.entries)} of {path}.")


def _key(text: str) -> CityId:
    try:
        return CityId(text)
    except InvalidValueError as error:
        raise click.UsageError(f"{text!r} is no key of a city, such as fi-turku") from error


def _cities_of(path: Path, *, on: Date) -> Iterable[CityId]:
    if path.suffix == ".json" and f'"{FORMAT}"' in (text := text_of(path)):
        return _cities_in(parse_history(text, source=path.name), path)
    read = read_or_register(path, on=on)
    return [city.id for application in read.applications for city in application.cities]


def _cities_in(history: AnyHistory, path: Path) -> Iterable[CityId]:
    """The cities that a history knows, whatever they did there."""
    state: object = history.state
    match state:
        case CohortState():
            return [city.id for city in state.cities]
        case EditionState():
            return [key for key, _ in state.participants if isinstance(key, CityId)]
        case NetworkRegistry():
            return [key for key, _ in state.cities]
        case CallState():
            return [city.id for one in state.applications for city in one.application.cities]
        case _:
            pass
    if history.lifecycle.register is None:
        raise click.UsageError(f"{path} knows no cities but its own")
    return history.lifecycle.register(history.state).cities
