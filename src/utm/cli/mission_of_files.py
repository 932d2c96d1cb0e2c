"""The facts of a mission, taken together from the files that a command was given."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from pendulum import Date

from utm.cli.applicants import Applicants
from utm.cli.groups import read_groups
from utm.domain import Edition, EditionId
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.formed_groups import read_formed_groups
from utm.interchange.lists import NEEDS, OPPORTUNITIES, PARTNERS, PRACTICES, TRANSFERS
from utm.network import Mission

__all__ = ["Sources", "read_mission"]


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


def read_mission(sources: Sources, known: Applicants) -> Mission:
    """Read every file, and leave out what is later than the day.

    Raises
    ------
    InvalidInputError
        A file has problems, or a practice builds on itself.
    """
    day = sources.day
    records = () if sources.practices is None else PRACTICES.read(sources.practices)
    published = [record.published_on(day) for record in records]
    listed = () if sources.opportunities is None else OPPORTUNITIES.read(sources.opportunities)
    transfers = () if sources.transfers is None else TRANSFERS.read(sources.transfers)
    needs = () if sources.needs is None else NEEDS.read(sources.needs)
    return Mission(
        applications=known.applications,
        editions=_editions(sources),
        practices=tuple(practice for practice in published if practice is not None),
        transfers=tuple(transfer.until(day) for transfer in transfers),
        research_needs=tuple(need for need in needs if need.stated_on <= day),
        opportunities=tuple(one.entry.opportunity for one in listed),
        partners=() if sources.partners is None else PARTNERS.read(sources.partners),
    )


def _editions(sources: Sources) -> tuple[Edition, ...]:
    if sources.edition is not None:
        formed = read_formed_groups(sources.edition)
        try:
            return (Edition(id=formed.edition, title=formed.title, pairings=formed.groups),)
        except InvalidValueError as error:
            problem = InputProblem(
                source=sources.edition.name,
                read=error.value,
                reason=error.reason,
                remedy="Give the edition.json that 'utm edition form' wrote.",
            )
            raise InvalidInputError((problem,)) from error
    if sources.applicants is not None:
        return ()
    title = "City2City 2026"
    return (Edition(id=EditionId("city2city-2026"), title=title, pairings=read_groups(None)),)
