"""The engagement of one city over time: undertaken, done with evidence, imported."""

from __future__ import annotations

from typing import TypeAlias, assert_never, get_args

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import CityId, Source, StageEvidence
from utm.domain.dates import require_date
from utm.programme.history import Command, History, Lifecycle, Refusal, Requirement
from utm.programme.journey.commitments import EngagementKind, Undertaking, UndertakingStanding
from utm.programme.journey.reporting import PlatformReport

__all__ = [
    "ENGAGEMENT_REQUIREMENTS",
    "Completion",
    "Engagement",
    "EngagementEvent",
    "EngagementHistory",
    "Release",
    "ReportImport",
    "UndertakingGiven",
    "begin_engagement",
]


@frozen(kw_only=True)
class UndertakingGiven:
    """The city undertakes something for a year, by a day."""

    city: CityId
    kind: EngagementKind
    year: int
    due_on: Date

    def __attrs_post_init__(self) -> None:
        require_date(self.due_on, kind="due day of an undertaking")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} is to {self.kind.value} ({self.year}) by {self.due_on}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class Completion:
    """The city has done what it undertook, and it can be seen where."""

    city: CityId
    kind: EngagementKind
    year: int
    evidence: Source

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} did {self.year}'s part: {self.kind.value} ({self.evidence})."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class Release:
    """The city need not do it any more; the reason is that of the command."""

    city: CityId
    kind: EngagementKind
    year: int

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} was released for {self.year} from this: {self.kind.value}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class ReportImport:
    """A report that the city made elsewhere is taken over, with its source."""

    report: PlatformReport

    @property
    def sentence(self) -> str:
        """What happened."""
        report = self.report
        count = len(report.fields)
        sections = "1 section" if count == 1 else f"{count} sections"
        return f"The {report.mapping.title} report of {report.city} for {report.year}: {sections}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.report.city.value,)


EngagementEvent: TypeAlias = UndertakingGiven | Completion | Release | ReportImport
"""Any of these; each can be asked for by a command."""


@frozen(kw_only=True)
class Engagement:
    """What a city has undertaken, done and reported.

    Parameters
    ----------
    city
        The city.
    undertakings
        In the order in which they were given.
    reports
        Imported reports, each with its source, in order.
    """

    city: CityId
    undertakings: tuple[Undertaking, ...] = ()
    reports: tuple[PlatformReport, ...] = ()

    def find(self, kind: EngagementKind, year: int) -> Undertaking | None:
        """The undertaking of a kind for a year."""
        for one in self.undertakings:
            if (one.kind, one.year) == (kind, year):
                return one
        return None

    def standing(self, on: Date) -> tuple[tuple[Undertaking, UndertakingStanding], ...]:
        """Every undertaking with where it stands, by due day."""
        ordered = sorted(self.undertakings, key=lambda one: (one.due_on, one.kind.value))
        return tuple((one, one.standing_on(on)) for one in ordered)

    def overdue(self, on: Date) -> tuple[Undertaking, ...]:
        """What should have been done by now."""
        late = UndertakingStanding.OVERDUE
        return tuple(one for one, standing in self.standing(on) if standing is late)

    @property
    def evidence(self) -> tuple[StageEvidence, ...]:
        """Stages of the journey that the imported reports show."""
        return tuple(one for report in self.reports for one in report.evidence)

    def sentence(self, on: Date) -> str:
        """The engagement in one sentence."""
        standings = [standing for _, standing in self.standing(on)]
        done = sum(
            standing in {UndertakingStanding.DONE, UndertakingStanding.DONE_LATE}
            for standing in standings
        )
        late = self.overdue(on)
        told = f"; overdue: {'; '.join(map(str, late))}" if late else ""
        return f"{self.city} has done {done} of {len(standings)} undertakings{told}."


EngagementHistory = History[Engagement, EngagementEvent, EngagementEvent]
"""The history of a city's engagement."""

_OWN = Requirement(id="engagement.own-city", text="every command concerns the city of the history")
_ONCE = Requirement(
    id="engagement.once-a-year", text="a city undertakes each thing once for each year"
)
_DUE = Requirement(id="engagement.due-later", text="nothing falls due before it is undertaken")
_GIVEN = Requirement(id="engagement.given", text="only what was undertaken can be done or released")
_STILL_OPEN = Requirement(
    id="engagement.still-open", text="what is done or released is so once and for all"
)
_ONE_REPORT = Requirement(
    id="engagement.one-report-a-year", text="a report of a platform for a year is imported once"
)
_PUBLISHED = Requirement(
    id="engagement.published", text="a report is imported on the day it is published, or later"
)
ENGAGEMENT_REQUIREMENTS = (_OWN, _ONCE, _DUE, _GIVEN, _STILL_OPEN, _ONE_REPORT, _PUBLISHED)
"""All that a command to an engagement may be refused for."""


def begin_engagement(city: CityId) -> EngagementHistory:
    """Begin the history of a city's engagement; it has undertaken nothing yet."""
    return History(
        lifecycle=Lifecycle(
            name=f"Engagement of {city}",
            start=Engagement(city=city),
            decide=_decide,
            apply=_apply,
            requirements=ENGAGEMENT_REQUIREMENTS,
            actions=get_args(EngagementEvent),
        )
    )


def _decide(
    state: Engagement, command: Command[EngagementEvent]
) -> tuple[EngagementEvent, ...] | Refusal:
    action = command.action
    city = action.report.city if isinstance(action, ReportImport) else action.city
    if city != state.city:
        return _OWN.refuse(f"this is the history of {state.city}, not of {city}")
    refusal = _refuse(state, action, command.on)
    if refusal is not None:
        return refusal
    if isinstance(action, ReportImport):
        return (action, *_completed_by(state, action.report, command.on))
    return (action,)


def _refuse(state: Engagement, action: EngagementEvent, on: Date) -> Refusal | None:
    refusal: Refusal | None = None
    match action:
        case UndertakingGiven():
            if state.find(action.kind, action.year) is not None:
                refusal = _ONCE.refuse(f"it stands for {action.year}: {action.kind.value}")
            elif action.due_on < on:
                refusal = _DUE.refuse(f"{action.due_on} is over")
        case Completion() | Release():
            undertaking = state.find(action.kind, action.year)
            if undertaking is None:
                refusal = _GIVEN.refuse(f"nothing of the kind stands for {action.year}")
            elif undertaking.done_on is not None or undertaking.released_on is not None:
                refusal = _STILL_OPEN.refuse(f"it is {undertaking.standing_on(on).value}")
        case ReportImport():
            report = action.report
            if report.key in {one.key for one in state.reports}:
                refusal = _ONE_REPORT.refuse(f"{report.key} was imported")
            elif report.published_on > on:
                refusal = _PUBLISHED.refuse(f"it is published on {report.published_on} only")
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def _completed_by(
    state: Engagement, report: PlatformReport, on: Date
) -> tuple[EngagementEvent, ...]:
    still_open = {UndertakingStanding.OPEN, UndertakingStanding.OVERDUE}
    return tuple(
        Completion(city=state.city, kind=one.kind, year=one.year, evidence=report.source)
        for one in state.undertakings
        if one.kind in report.mapping.fulfils
        and one.year == report.year
        and report.fields
        and one.standing_on(on) in still_open
    )


def _apply(
    state: Engagement, event: EngagementEvent, command: Command[EngagementEvent]
) -> Engagement:
    on = command.on
    match event:
        case UndertakingGiven():
            given = Undertaking(kind=event.kind, year=event.year, due_on=event.due_on)
            state = evolve(state, undertakings=(*state.undertakings, given))
        case Completion():
            state = _replace(state, event, done_on=on, evidence=event.evidence)
        case Release():
            state = _replace(state, event, released_on=on)
        case ReportImport():
            state = evolve(state, reports=(*state.reports, event.report))
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _replace(
    state: Engagement,
    event: Completion | Release,
    *,
    done_on: Date | None = None,
    evidence: Source | None = None,
    released_on: Date | None = None,
) -> Engagement:
    return evolve(
        state,
        undertakings=tuple(
            evolve(one, done_on=done_on, evidence=evidence, released_on=released_on)
            if (one.kind, one.year) == (event.kind, event.year)
            else one
            for one in state.undertakings
        ),
    )
