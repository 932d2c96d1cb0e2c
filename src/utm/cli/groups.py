"""Which groups a command is about, and who stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from utm.cli.applicants import Applicants
from utm.domain import Application, City, CityId, ConsortiumId, Pairing
from utm.errors import InputProblem, InvalidInputError, UnresolvedNameError
from utm.interchange.formed_groups import read_formed_groups
from utm.reference import city2city_2026, find_city

__all__ = ["members_of", "named_members", "read_groups"]

Member = Application | City


def read_groups(edition: Path | None) -> tuple[Pairing, ...]:
    """The groups of an ``edition.json``; without one the published groups of the register."""
    if edition is None:
        return city2city_2026().edition.pairings
    return read_formed_groups(edition).groups


def members_of(pairing: Pairing, known: Applicants, *, source: str) -> tuple[Application, ...]:
    """The applications of a group.

    Raises
    ------
    InvalidInputError
        The file of applicants does not hold some of them; all are named.
    """
    by_key = {key: each for each in known.applications for key in _keys(each)}
    missing = [key for key in pairing.members if key not in by_key]
    if missing:
        raise InvalidInputError(
            tuple(
                InputProblem(
                    source=source,
                    read=key.value,
                    reason=f"is a member of {pairing.id} and no applicant that is known",
                    remedy="Give the file from which the edition was formed with --applicants.",
                )
                for key in missing
            )
        )
    return tuple(dict.fromkeys(by_key[key] for key in pairing.members))


def named_members(
    names: Sequence[str], known: Applicants, groups: Sequence[Pairing]
) -> tuple[tuple[Member, ...], Pairing | None]:
    """Whoever was named: cities one by one, or ``group 7`` for the seventh group.

    Raises
    ------
    click.UsageError
        A name fits none or several, one city is named twice, or there is no such group.
    """
    pairing = _numbered(names[0], groups) if len(names) == 1 else None
    if pairing is not None:
        return members_of(pairing, known, source="applicants"), pairing
    found: list[Member] = []
    problems: list[str] = []
    for name in names:
        try:
            found.append(_named(name, known))
        except click.UsageError as error:
            problems.append(error.message)
    if len(set(found)) < len(found):
        problems.append("one city is named twice")
    if problems:
        raise click.UsageError("; ".join(dict.fromkeys(problems)))
    return tuple(found), None


def _keys(application: Application) -> tuple[CityId | ConsortiumId, ...]:
    return (application.key, *(town.id for town in application.cities))


def _numbered(text: str, groups: Sequence[Pairing]) -> Pairing | None:
    word, _, number = text.strip().lower().partition(" ")
    if word != "group" or not (number.isascii() and number.isdigit()):
        return None
    if not 1 <= int(number[:9]) <= len(groups):
        raise click.UsageError(f"there are groups 1 to {len(groups)}, and no {text!r}")
    return groups[int(number) - 1]


def _named(text: str, known: Applicants) -> Member:
    """The application of a city or consortium; of a town in a consortium the town alone."""
    by_city = {city: each for each in known.applications for city in each.cities}
    for application in known.applications:
        if text in {application.key.value, application.applicant.name}:
            return application
    try:
        city = find_city(tuple(by_city), text)
    except UnresolvedNameError as error:
        raise click.UsageError(str(error)) from error
    return by_city[city] if len(by_city[city].cities) == 1 else city
