"""Rulebooks: criteria whose versions are dated and cited, one in force on a day."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.dates import Period
from utm.domain.evidence import Source
from utm.domain.waiver import Waiver
from utm.rules.case import Rule
from utm.rules.decision import Decision
from utm.rules.interpretations import Interpretations

__all__ = ["Deadline", "Rulebook", "RulebookVersion"]


@frozen(kw_only=True)
class Deadline:
    """Last day for applications, as it stood at one time; ``None`` means rolling."""

    last_day: Date | None
    source: Source
    announced_on: Date | None = None


@frozen(kw_only=True)
class RulebookVersion:
    """The criteria that are in force over a period.

    Parameters
    ----------
    id
        Name of the version, e.g. ``"2023-06-01"``.
    in_force
        The days on which it applies, half-open.
    rule
        The criteria.
    source
        Where they are written.
    note
        What a reader must know of its dates or its text.
    """

    id: str
    in_force: Period
    rule: Rule
    source: Source
    note: str = ""


@frozen(kw_only=True)
class Rulebook:
    """Who may take part, version by version without gap or overlap.

    Parameters
    ----------
    id
        Key of the rulebook, e.g. ``"city2city-2026"``.
    title
        Its name.
    versions
        Its versions in order of time.
    deadlines
        Its deadlines in the order in which they were announced.
    """

    id: str
    title: str
    versions: tuple[RulebookVersion, ...]
    deadlines: tuple[Deadline, ...] = ()

    def assess(
        self,
        subject: Application | City | Consortium,
        *,
        on: Date,
        waivers: tuple[Waiver, ...] = (),
        interpretations: Interpretations | None = None,
        known_by: Date | None = None,
    ) -> Decision:
        """Judge a subject on a day under the version of the day of its submission."""
        raise NotImplementedError
