"""The facts of a mission, taken together from the files that a command was given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import frozen
from pendulum import Date

from utm.cli.applicants import Applicants, read_or_register
from utm.cli.groups import read_groups
from utm.domain import Edition, EditionId
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.formed_groups import read_formed_groups
from utm.interchange.lists import NEEDS, OPPORTUNITIES, PARTNERS, PRACTICES, TRANSFERS
from utm.network import Mission

__all__ = ["Sources", "read_mission"]

ReadT = TypeVar("ReadT")


@frozen(kw_only=True)
class Sources:
    """Where the parts of a mission come from."""

    applicants: Path | None
    edition: Path | None
    practices: Path | None
    transfers: Path | None
    needs: Path | None
    opportunities: Path | None
    partners: Path | None
    on: Date | None

    @property
    def day(self) -> Date:
        """The day after which nothing is seen."""
        return self.on or Date.today()


def read_mission(sources: Sources) -> tuple[Applicants, Mission]:
    """Read every file, and leave out of the mission what is later than the day.

    Raises
    ------
    InvalidInputError
        Files have problems, all of them listed, or a practice builds on itself.
    """
    day = sources.day
    files = _Files()
    nobody = Applicants(applications=(), warnings=(), on=day)
    known = files.attempt(lambda: read_or_register(sources.applicants, on=None), nobody)
    records = files.read(PRACTICES.read, sources.practices)
    listed = files.read(OPPORTUNITIES.read, sources.opportunities)
    transfers = files.read(TRANSFERS.read, sources.transfers)
    needs = files.read(NEEDS.read, sources.needs)
    partners = files.read(PARTNERS.read, sources.partners)
    editions = files.read(_edition_of, sources.edition)
    files.finish()
    published = [record.published_on(day) for record in records]
    mission = Mission(
        applications=known.applications,
        editions=editions or _register_of(sources),
        practices=tuple(practice for practice in published if practice is not None),
        transfers=tuple(transfer.until(day) for transfer in transfers),
        research_needs=tuple(need for need in needs if need.stated_on <= day),
        opportunities=tuple(one.entry.opportunity for one in listed),
        partners=partners,
    )
    return known, mission


class _Files:
    """Files that are read one after the other, with the problems of all of them."""

    def __init__(self) -> None:
        self._problems: list[InputProblem] = []

    def attempt(self, read: Callable[[], ReadT], nothing: ReadT) -> ReadT:
        """Read something; note its problems and give nothing instead."""
        try:
            return read()
        except InvalidInputError as error:
            self._problems += error.problems
            return nothing

    def read(
        self, read: Callable[[Path], tuple[ReadT, ...]], path: Path | None
    ) -> tuple[ReadT, ...]:
        """Read a file if there is one."""
        return () if path is None else self.attempt(lambda: read(path), ())

    def finish(self) -> None:
        """Refuse what was read if there were problems."""
        if self._problems:
            raise InvalidInputError(tuple(self._problems))


def _edition_of(path: Path) -> tuple[Edition, ...]:
    formed = read_formed_groups(path)
    try:
        return (Edition(id=formed.edition, title=formed.title, pairings=formed.groups),)
    except InvalidValueError as error:
        problem = InputProblem(
            source=path.name,
            read=error.value,
            reason=error.reason,
            remedy="Give the edition.json that 'utm edition form' wrote.",
        )
        raise InvalidInputError((problem,)) from error


def _register_of(sources: Sources) -> tuple[Edition, ...]:
    """Give the published groups of the register, unless other applicants were given."""
    if sources.applicants is not None:
        return ()
    title = "City2City 2026"
    return (Edition(id=EditionId("city2city-2026"), title=title, pairings=read_groups(None)),)
