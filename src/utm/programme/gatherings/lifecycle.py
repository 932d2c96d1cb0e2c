"""Trainings, regional events and summits over time, and who took part in what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never, get_args

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain import CityId, CountryCode
from utm.programme.gatherings.events import (
    Enrolment,
    GatheringEvent,
    GlobalEventHeld,
    RegionalEventHeld,
    RegionNamed,
    SeriesAnnounced,
    SeriesClosed,
    SessionHeld,
    SummitHeld,
)
from utm.programme.history import (
    CitiesEntered,
    CityRegister,
    Command,
    History,
    Lifecycle,
    Refusal,
    Requirement,
)

__all__ = [
    "GATHERING_REQUIREMENTS",
    "GatheringHistory",
    "Gatherings",
    "TrainingSeries",
    "begin_gatherings",
]


@frozen(kw_only=True)
class TrainingSeries:
    """A series as it stands.

    Parameters
    ----------
    terms
        As it was announced.
    enrolled
        Cities, in order of enrolment.
    held
        Day and session, in order.
    closed_on
        The day on which it ended.
    """

    terms: SeriesAnnounced
    enrolled: tuple[CityId, ...] = ()
    held: tuple[tuple[Date, SessionHeld], ...] = ()
    closed_on: Date | None = None

    def attended(self, city: CityId) -> int:
        """How many sessions a city has attended."""
        return sum(city in session.attendees for _, session in self.held)

    @property
    def completed_by(self) -> tuple[CityId, ...]:
        """Cities that have attended enough sessions, by key."""
        enough = self.terms.fewest_attended
        return tuple(sorted(one for one in self.enrolled if self.attended(one) >= enough))

    @property
    def sentence(self) -> str:
        """The series in one sentence."""
        return (
            f"{self.terms.title}: {len(self.held)} of {self.terms.sessions} sessions held, "
            f"{len(self.enrolled)} enrolled, {len(self.completed_by)} have completed it."
        )


@frozen(kw_only=True)
class Gatherings:
    """All trainings and events as their history left them.

    Parameters
    ----------
    series
        In the order in which they were announced.
    regions
        Named groups of countries.
    regional_events, summits, global_events
        Day and event, in order.
    register
        The cities that may be told of.
    """

    series: tuple[TrainingSeries, ...] = ()
    regions: tuple[RegionNamed, ...] = ()
    regional_events: tuple[tuple[Date, RegionalEventHeld], ...] = ()
    summits: tuple[tuple[Date, SummitHeld], ...] = ()
    global_events: tuple[tuple[Date, GlobalEventHeld], ...] = ()
    register: CityRegister = field(factory=CityRegister)

    def find(self, series: str) -> TrainingSeries | None:
        """Find a series by its key."""
        return next((one for one in self.series if one.terms.series == series), None)

    def regions_of(self, country: CountryCode) -> tuple[str, ...]:
        """Every named region that a country belongs to."""
        return tuple(one.region for one in self.regions if country in one.countries)

    def taken_part(self, city: CityId) -> tuple[tuple[Date, str], ...]:
        """Everything that a city has taken part in, by day."""
        found = [
            (day, f"{series.terms.title}: {session.title}")
            for series in self.series
            for day, session in series.held
            if city in session.attendees
        ]
        found += [(day, one.title) for day, one in self.regional_events if city in one.attendees]
        found += [(day, one.title) for day, one in self.summits if city in one.attendees]
        found += [(day, one.title) for day, one in self.global_events if city in one.attendees]
        return tuple(sorted(found))


GatheringHistory = History[Gatherings, GatheringEvent, GatheringEvent]
"""The history of trainings and events."""

_NEW_KEY = Requirement(id="gathering.new-key", text="every series and every region has its own key")
_KNOWN = Requirement(id="gathering.known-series", text="the series was announced and is not closed")
_ONCE = Requirement(id="gathering.enrolled-once", text="a city enrols in a series once")
_WINDOW = Requirement(
    id="gathering.within-window", text="every session lies in the window that was announced"
)
_NUMBER = Requirement(
    id="gathering.declared-number", text="a series has as many sessions as it declared"
)
_ENROLLED = Requirement(
    id="gathering.enrolled-attend", text="only enrolled cities attend the sessions of a series"
)
_KNOWN_REGION = Requirement(
    id="gathering.known-region", text="a regional event names regions that were set up"
)
_ONE_SUMMIT = Requirement(
    id="gathering.one-summit-a-year", text="there is at most one summit in a calendar year"
)
_ONE_EDITION = Requirement(
    id="gathering.one-edition-a-year",
    text="an annual event has at most one edition in a calendar year",
)
GATHERING_REQUIREMENTS = (
    _NEW_KEY,
    _KNOWN,
    _ONCE,
    _WINDOW,
    _NUMBER,
    _ENROLLED,
    _KNOWN_REGION,
    _ONE_SUMMIT,
    _ONE_EDITION,
)
"""All that a command about trainings and events may be refused for."""


def begin_gatherings(
    name: str = "Trainings and events", *, cities: Iterable[CityId] = ()
) -> GatheringHistory:
    """Begin the history of trainings and events; there are none yet.

    Parameters
    ----------
    name
        Its name.
    cities
        The cities that it may tell of; others are entered in its register later.
    """
    return History(
        lifecycle=Lifecycle(
            name=name,
            start=Gatherings(register=CityRegister(tuple(cities))),
            decide=_decide,
            apply=_apply,
            requirements=GATHERING_REQUIREMENTS,
            actions=get_args(GatheringEvent),
            affects=_affects,
            register=lambda state: state.register,
        )
    )


def _decide(
    state: Gatherings, command: Command[GatheringEvent]
) -> tuple[GatheringEvent, ...] | Refusal:
    action = command.action
    refusal: Refusal | None = None
    match action:
        case CitiesEntered():
            pass
        case SeriesAnnounced():
            if state.find(action.series) is not None:
                refusal = _NEW_KEY.refuse(f"there is a series {action.series}")
        case Enrolment() | SessionHeld() | SeriesClosed():
            refusal = _refuse_in_series(state, action, command.on)
        case RegionNamed():
            if action.region in {one.region for one in state.regions}:
                refusal = _NEW_KEY.refuse(f"there is a region {action.region}")
        case RegionalEventHeld():
            unknown = set(action.regions) - {one.region for one in state.regions}
            if unknown:
                refusal = _KNOWN_REGION.refuse(f"nobody knows {', '.join(sorted(unknown))}")
        case SummitHeld() | GlobalEventHeld():
            refusal = _refuse_repetition(state, action, command.on.year)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal or (action,)


def _refuse_repetition(
    state: Gatherings, action: SummitHeld | GlobalEventHeld, year: int
) -> Refusal | None:
    if isinstance(action, SummitHeld):
        if any(day.year == year for day, _ in state.summits):
            return _ONE_SUMMIT.refuse(f"there was one in {year}")
        return None
    editions = [one for day, one in state.global_events if day.year == year]
    if action.annual and action.annual in {one.annual for one in editions}:
        return _ONE_EDITION.refuse(f"{action.annual} had one in {year}")
    return None


def _refuse_in_series(
    state: Gatherings, action: Enrolment | SessionHeld | SeriesClosed, on: Date
) -> Refusal | None:
    series = state.find(action.series)
    if series is None or series.closed_on is not None:
        what = "there is no" if series is None else "closed is the"
        return _KNOWN.refuse(f"{what} series {action.series}")
    terms, held = series.terms, len(series.held)
    refusal: Refusal | None = None
    match action:
        case Enrolment():
            if action.city in series.enrolled:
                refusal = _ONCE.refuse(f"{action.city} is enrolled")
        case SessionHeld():
            strangers = [one for one in action.attendees if one not in series.enrolled]
            if not terms.first_day <= on <= terms.last_day:
                refusal = _WINDOW.refuse(f"it is {terms.first_day} to {terms.last_day}")
            elif held >= terms.sessions:
                refusal = _NUMBER.refuse(f"all {terms.sessions} were held")
            elif strangers:
                refusal = _ENROLLED.refuse(f"{strangers[0]} is not enrolled")
        case SeriesClosed():
            if held < terms.sessions:
                refusal = _NUMBER.refuse(f"{held} of {terms.sessions} were held")
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def _affects(state: Gatherings, event: GatheringEvent) -> tuple[str, ...]:
    """Who is enrolled in a series, and who gives it."""
    if not isinstance(event, Enrolment | SessionHeld | SeriesClosed):
        return ()
    series = state.find(event.series)
    if series is None:  # pragma: no cover - what was granted has its series
        return ()
    enrolled = () if isinstance(event, Enrolment) else series.enrolled
    return (*(one.value for one in enrolled), series.terms.provider)


def _apply(
    state: Gatherings, event: GatheringEvent, command: Command[GatheringEvent]
) -> Gatherings:
    on = command.on
    match event:
        case CitiesEntered():
            state = evolve(state, register=state.register.entering(event.cities))
        case SeriesAnnounced():
            state = evolve(state, series=(*state.series, TrainingSeries(terms=event)))
        case Enrolment() | SessionHeld() | SeriesClosed():
            state = evolve(
                state,
                series=tuple(
                    _changed(one, event, on) if one.terms.series == event.series else one
                    for one in state.series
                ),
            )
        case RegionNamed():
            state = evolve(state, regions=(*state.regions, event))
        case RegionalEventHeld():
            state = evolve(state, regional_events=(*state.regional_events, (on, event)))
        case GlobalEventHeld():
            state = evolve(state, global_events=(*state.global_events, (on, event)))
        case SummitHeld():
            state = evolve(state, summits=(*state.summits, (on, event)))
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _changed(
    series: TrainingSeries, event: Enrolment | SessionHeld | SeriesClosed, on: Date
) -> TrainingSeries:
    match event:
        case Enrolment():
            return evolve(series, enrolled=(*series.enrolled, event.city))
        case SessionHeld():
            return evolve(series, held=(*series.held, (on, event)))
        case SeriesClosed():
            return evolve(series, closed_on=on)
        case _:  # pragma: no cover
            assert_never(event)
