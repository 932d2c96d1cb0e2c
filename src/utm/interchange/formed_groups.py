"""Read the groups of a ``utm.edition`` document, so that the edition can begin to live."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import frozen
from pendulum import DateTime

from utm.domain import (
    CityId,
    ConsortiumId,
    CountryCode,
    EditionId,
    Pairing,
    PairingId,
    ThemeId,
    TopicId,
)
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.cells import JsonValue
from utm.interchange.documents import read_part
from utm.interchange.json_text import read_json
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.sessions_basis import basis_of
from utm.interchange.text_encoding import read_text
from utm.pairing import Problem
from utm.programme.exchange import SessionsBasis, WishesExpressed
from utm.programme.sessions import GroupSessions

__all__ = ["FormedGroups", "read_formed_groups"]

_LIMITS = Limits(cell_characters=1_000_000, file_bytes=100_000_000, json_depth=200)
_TAKES_PART = {"meets_rules", "admitted", "provisional"}
PartT = TypeVar("PartT")


@frozen(kw_only=True)
class FormedGroups:
    """What an edition needs of the document in which it was formed.

    Parameters
    ----------
    edition, title
        Key and name of the edition.
    participants
        Keys and countries of all who take part, of a consortium that of its first town.
    towns
        The towns of all who take part, each with its name.
    groups
        The groups.
    problem
        The grouping problem under which they were formed.
    sessions
        The dates as they were placed.
    basis
        What dates are placed from; ``None`` if the document does not say it.
    wishes
        What each of those who take part seeks and offers.
    """

    edition: EditionId
    title: str
    participants: tuple[tuple[CityId | ConsortiumId, CountryCode], ...]
    towns: tuple[tuple[CityId, str], ...]
    groups: tuple[Pairing, ...]
    problem: Problem
    sessions: tuple[GroupSessions, ...]
    basis: SessionsBasis | None
    wishes: tuple[WishesExpressed, ...] = ()

    def identity(self, group: Pairing) -> str:
        """What fixes the identifiers of a group's dates in calendars: members and year."""
        members = ",".join(member.value for member in group.members)
        return members if self.basis is None else f"{self.basis.rules.year.start}/{members}"


@frozen(kw_only=True)
class _Town:
    id: CityId
    name: str
    country: CountryCode


@frozen(kw_only=True)
class _Applicant:
    key: str
    placement: str
    towns: tuple[_Town, ...]
    name: str = ""
    needs_basis: str = ""

    @property
    def participant(self) -> CityId | ConsortiumId:
        alone = len(self.towns) == 1 and self.towns[0].id.value == self.key
        return CityId(self.key) if alone else ConsortiumId(self.key)


@frozen(kw_only=True)
class _Group:
    id: PairingId
    theme: ThemeId
    focus: str
    topics: tuple[TopicId, ...]
    members: tuple[str, ...]
    starts: tuple[DateTime, ...] = ()
    facilitator: str = ""


@frozen(kw_only=True)
class _Document:
    format: str
    version: int
    id: EditionId
    title: str
    applicants: tuple[_Applicant, ...]
    groups: tuple[_Group, ...]


def read_formed_groups(path: Path | str) -> FormedGroups:
    """Read the groups from the file that ``utm edition form`` writes.

    Raises
    ------
    InvalidInputError
        The file is no such document; all problems with their JSON paths.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    problems = Problems(place.name, _LIMITS)
    whole = read_json(read_text(place, limits=_LIMITS), problems=problems, limits=_LIMITS)
    problems.raise_if_any()
    if not isinstance(whole, Mapping):
        _tell(problems, "$", "is not an object")
        raise InvalidInputError(problems.listed())
    for key, expected in (("format", "utm.edition"), ("version", 1)):
        if whole.get(key) != expected:
            _tell(problems, f"$.{key}", f"is not {json.dumps(expected)}")
    read = read_part(_Document, _picked(whole), path="$", problems=problems)
    problem = _problem(whole.get("problem"), problems)
    basis = basis_of(whole, problems)
    if read is None or problem is None or len(problems):
        raise InvalidInputError(problems.listed())
    return _adopted(read, problem, basis, problems)


def _adopted(
    read: _Document, problem: Problem, basis: SessionsBasis | None, problems: Problems
) -> FormedGroups:
    present = [one for one in read.applicants if one.placement in _TAKES_PART and one.towns]
    keys = {one.key: one.participant for one in present}
    for at, group in enumerate(read.groups):
        for place, member in enumerate(group.members):
            if member not in keys:
                path = f"$.groups[{at}].members[{place}]"
                _tell(problems, path, f"{member} is no applicant that takes part")
    problems.raise_if_any()
    return FormedGroups(
        edition=read.id,
        title=read.title,
        participants=tuple((one.participant, one.towns[0].country) for one in present),
        towns=tuple((town.id, town.name) for one in present for town in one.towns),
        groups=tuple(
            Pairing(
                id=group.id,
                theme=group.theme,
                focus=group.focus,
                topics=group.topics,
                members=tuple(keys[member] for member in group.members),
            )
            for group in read.groups
        ),
        problem=problem,
        sessions=_sessions(read, basis, problems),
        basis=basis,
        wishes=tuple(_wishes(present, problem)),
    )


def _wishes(present: Sequence[_Applicant], problem: Problem) -> Iterator[WishesExpressed]:
    profiles = {one.id: one for one in problem.participants}
    for one in present:
        profile = profiles.get(one.key)
        if profile is not None:
            yield WishesExpressed(
                participant=one.participant,
                profile=profile,
                name=one.name,
                basis=one.needs_basis,
            )


def _sessions(
    read: _Document, basis: SessionsBasis | None, problems: Problems
) -> tuple[GroupSessions, ...]:
    if basis is None:
        return ()
    placed: list[GroupSessions] = []
    for at, group in enumerate(read.groups):
        try:
            placed.append(
                basis.placed_at(group.id.value, group.members, group.facilitator, group.starts)
            )
        except InvalidValueError as error:
            _tell(problems, f"$.groups[{at}]", f"{error.kind} {error.value}: {error.reason}")
    problems.raise_if_any()
    return tuple(placed)


def _picked(whole: Mapping[str, JsonValue]) -> JsonValue:
    """The parts that are needed; the document holds much more."""
    picked = {key: whole[key] for key in ("format", "version", "id", "title") if key in whole}
    for key, names in (
        ("applicants", ("key", "placement", "towns", "name", "needs_basis")),
        ("groups", ("id", "theme", "focus", "topics", "members", "facilitator", "starts")),
    ):
        if key in whole:
            found = whole[key]
            if isinstance(found, list):
                found = [_with_starts(one) for one in found]
            picked[key] = [_only(one, names) for one in found] if isinstance(found, list) else found
    return picked


def _with_starts(group: JsonValue) -> JsonValue:
    """The group with the starts of its meetings beside the rest, as far as they are there."""
    if not isinstance(group, Mapping):
        return group
    plan = group.get("meetings")
    meetings = plan.get("meetings") if isinstance(plan, Mapping) else None
    found = meetings if isinstance(meetings, list) else ()
    starts: list[JsonValue] = [
        _with_offset(one.get("starts_at")) for one in found if isinstance(one, Mapping)
    ]
    return {**group, "starts": starts}


def _with_offset(value: JsonValue) -> JsonValue:
    return value.removesuffix("Z") + "+00:00" if isinstance(value, str) else value


def _only(value: JsonValue, names: tuple[str, ...]) -> JsonValue:
    if not isinstance(value, Mapping):
        return value
    return {key: part for key, part in value.items() if key in names}


def _problem(value: JsonValue, problems: Problems) -> Problem | None:
    try:
        return Problem.from_json(json.dumps(value))
    except InvalidInputError as error:
        for one in error.problems:
            path = (one.path or "$").replace("$", "$.problem", 1)
            _tell(problems, path, one.reason)
        return None


def _tell(problems: Problems, path: str, reason: str) -> None:
    problems.add(
        InputProblem(
            source=problems.source,
            path=path,
            reason=reason,
            remedy="Give the edition.json that 'utm edition form' wrote.",
        )
    )
