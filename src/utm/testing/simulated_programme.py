"""A whole programme, invented: a cohort that grows and editions that live and end.

For trying indicators, reports and stores on years of history. Everything comes from the
seed alone. Some commands are refused on the way, as in life; they are counted.
"""

from __future__ import annotations

from random import Random

from attrs import frozen
from pendulum import Date

from utm.domain import (
    City,
    CityId,
    CountryCode,
    EditionId,
    Pairing,
    PairingId,
    PopulationBasis,
    PopulationFigure,
    Source,
    ThemeId,
    TopicId,
)
from utm.programme.cohort import (
    Admission,
    CohortEvent,
    CohortHistory,
    Departure,
    WaveOpening,
    begin_cohort,
)
from utm.programme.exchange import (
    Dissolution,
    EditionClosed,
    EditionEvent,
    EditionHistory,
    FacilitatorAssigned,
    GroupCompleted,
    GroupFormed,
    GroupStage,
    Joining,
    Kickoff,
    Measure,
    MeetingHeld,
    NeedKind,
    NeedRaised,
    ParticipantId,
    PilotMoved,
    PilotProposed,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    VisitHeld,
    Withdrawal,
    begin_edition,
)
from utm.programme.history import Command, Refusal

__all__ = ["SimulatedProgramme", "simulate_programme"]

_COUNTRIES = ("AR", "BR", "CL", "DE", "FI", "GH", "ID", "IN", "KE", "MA", "MX", "NP", "PT", "TR")
_FIRST_YEAR = 2023
_TOPIC = TopicId("mobility.cycling")
_SOURCE = Source(title="invented")
_BASELINE, _RESULT = Measure.parse("10 km"), Measure.parse("12 km")


@frozen(kw_only=True)
class SimulatedProgramme:
    """A cohort and its editions, each as a history.

    Parameters
    ----------
    cohort
        The cohort.
    editions
        One a year, closed.
    refusals
        What was asked for and refused on the way.
    """

    cohort: CohortHistory
    editions: tuple[EditionHistory, ...]
    refusals: tuple[Refusal, ...]


@frozen(kw_only=True)
class _Play:
    """An edition in the making: its history so far, and what was refused."""

    random: Random
    history: list[EditionHistory]
    refusals: list[Refusal]

    @property
    def now(self) -> EditionHistory:
        return self.history[0]

    def ask(self, action: EditionEvent, on: Date) -> bool:
        command = Command(action=action, by="the UTM team", on=on, why="as it came about")
        outcome = self.now.record(command)
        if isinstance(outcome, Refusal):
            self.refusals.append(outcome)
            return False
        self.history[0] = outcome
        return True


def simulate_programme(
    *, seed: int = 0, cities: int = 300, editions: int = 10, cities_an_edition: int = 120
) -> SimulatedProgramme:
    """Invent a programme.

    Parameters
    ----------
    seed
        Decides everything.
    cities
        Cities that join the cohort over the years, wave by wave.
    editions
        Editions, one a year from 2023.
    cities_an_edition
        Members of the cohort that take part in each, at most.
    """
    random = Random(seed)  # noqa: S311 - invention, not secrecy
    refusals: list[Refusal] = []
    register = [_city(number, random) for number in range(cities)]
    cohort = begin_cohort("Invented cohort", register)
    lived: list[EditionHistory] = []
    share = -(-cities // editions)
    for number in range(editions):
        year = _FIRST_YEAR + number
        wave = register[number * share : (number + 1) * share]
        cohort = _grow(cohort, wave, number + 1, year, random)
        members = [one.city for one in cohort.state.active(Date(year, 2, 1))]
        taking_part = random.sample(members, min(cities_an_edition, len(members)))
        lived.append(_live(year, taking_part, cohort, random, refusals))
    return SimulatedProgramme(cohort=cohort, editions=tuple(lived), refusals=tuple(refusals))


def _city(number: int, random: Random) -> City:
    country = random.choice(_COUNTRIES)
    figure = PopulationFigure(
        inhabitants=random.randrange(50_000, 5_000_000),
        basis=PopulationBasis.MUNICIPALITY,
        source=_SOURCE,
        year=2022,
    )
    return City(
        id=CityId(f"{country.lower()}-city{number:03}"),
        name=f"City {number:03}",
        country=CountryCode(country),
        populations=(figure,) if random.random() < 0.9 else (),  # noqa: PLR2004 - some unknown
    )


def _grow(
    cohort: CohortHistory, wave: list[City], number: int, year: int, random: Random
) -> CohortHistory:
    day = Date(year, 1, 10)
    actions: list[CohortEvent] = [WaveOpening(number=number)]
    actions += [Admission(city=city.id, wave=number) for city in wave]
    leaving = [one.city for one in cohort.state.active(day)]
    actions += [Departure(city=city) for city in random.sample(leaving, len(leaving) // 50)]
    commands = [
        Command(action=action, by="the board", on=day, why="the yearly round") for action in actions
    ]
    outcome = cohort.record_all(commands)
    return cohort if isinstance(outcome, Refusal) else outcome


def _live(
    year: int,
    cities: list[CityId],
    cohort: CohortHistory,
    random: Random,
    refusals: list[Refusal],
) -> EditionHistory:
    countries = {city.id: city.country for city in cohort.state.cities}
    history = begin_edition(
        EditionId(f"invented-{year}"), [(city, countries[city]) for city in cities]
    )
    play = _Play(random=random, history=[history], refusals=refusals)
    groups = _form(play, year, cities)
    for month in range(2, 14):
        on = Date(year, 1, 15).add(months=month)
        for group in groups:
            _pass_a_month(play, group, on)
    _end(play, groups, Date(year, 12, 31).add(months=6))
    return play.now


def _form(play: _Play, year: int, cities: list[CityId]) -> list[PairingId]:
    waiting = sorted(cities)
    play.random.shuffle(waiting)
    keep = len(waiting) // 20  # these stay on the waiting list
    groups: list[PairingId] = []
    while len(waiting) - keep >= 2:  # noqa: PLR2004 - the smallest group
        size = min(play.random.choice((2, 2, 3, 3, 4)), len(waiting) - keep)
        members = tuple(sorted(waiting.pop() for _ in range(size)))
        key = PairingId(f"invented-{year}-{len(groups) + 1:02}")
        pairing = Pairing(
            id=key, theme=ThemeId("mobility"), focus="cycling", topics=(_TOPIC,), members=members
        )
        play.ask(GroupFormed(group=pairing), Date(year, 2, 1))
        person = f"facilitator {len(groups) // 5 + 1}"
        play.ask(FacilitatorAssigned(group=key, facilitator=person), Date(year, 2, 1))
        groups.append(key)
    return groups


def _pass_a_month(play: _Play, key: PairingId, on: Date) -> None:
    group = play.now.state.group(key)
    if group is None or not group.stage.is_open:
        return
    random = play.random
    if group.stage is GroupStage.AT_RISK:
        free = play.now.state.ungrouped
        if not free or not play.ask(Joining(group=key, member=random.choice(free)), on):
            play.ask(Dissolution(group=key), on)
        return
    if group.kickoff_on is None:
        play.ask(Kickoff(group=key, indicator="lanes built", baseline=_BASELINE), on)
        return
    if random.random() < 0.45:  # noqa: PLR2004 - about five meetings a year
        attendees = tuple(one for one in group.members if random.random() < 0.85)  # noqa: PLR2004
        presenters = attendees[:1] if random.random() < 0.7 else ()  # noqa: PLR2004
        play.ask(MeetingHeld(group=key, attendees=attendees, presenters=presenters), on)
    _let_something_happen(play, key, on)


def _let_something_happen(play: _Play, key: PairingId, on: Date) -> None:
    group = play.now.state.group(key)
    if group is None or not group.members:
        return
    somebody = play.random.choice(group.members)
    chance = play.random.randrange(12)
    if chance == 0:
        play.ask(Withdrawal(group=key, member=somebody), on)
    elif chance <= 4:  # noqa: PLR2004 - a third of the time
        _try_a_pilot(play, key, somebody, on)
    elif chance <= 6:  # noqa: PLR2004 - a sixth of the time
        _exchange(play, somebody, on)
    elif chance == 7:  # noqa: PLR2004 - a twelfth of the time
        play.ask(Showcase(group=key, title="lanes"), on)
    elif chance == 8:  # noqa: PLR2004 - a twelfth of the time
        kind = play.random.choice(list(NeedKind))
        need = NeedRaised(
            kind=kind, group=key, topic=_TOPIC, statement="how to count", raised_by=(somebody,)
        )
        play.ask(need, on)


def _try_a_pilot(play: _Play, key: PairingId, owner: ParticipantId, on: Date) -> None:
    pilot = f"{key}-pilot"
    known = play.now.state.pilot(pilot)
    following = None if known is None else known.stage.following
    if known is None:
        play.ask(PilotProposed(pilot=pilot, group=key, owner=owner, title="lanes"), on)
    elif following is None or play.random.random() < 0.2:  # noqa: PLR2004 - some are stopped
        play.ask(PilotStopped(pilot=pilot), on)
    else:
        play.ask(PilotMoved(pilot=pilot, stage=following), on)


def _exchange(play: _Play, somebody: ParticipantId, on: Date) -> None:
    others = [one for one, _ in play.now.state.participants if one != somebody]
    other = play.random.choice(others)
    if play.random.random() < 0.5:  # noqa: PLR2004 - as often as not
        play.ask(VisitHeld(hosts=(somebody,), guests=(other,)), on)
        return
    transfer = PracticeTransferred(
        practice="lanes", origin=somebody, adopter=other, adaptation="narrower"
    )
    play.ask(transfer, on)


def _end(play: _Play, groups: list[PairingId], on: Date) -> None:
    for key in groups:
        group = play.now.state.group(key)
        if group is None or not group.stage.is_open:
            continue
        result = _RESULT if play.random.random() < 0.5 else None  # noqa: PLR2004 - some measure
        if not play.ask(GroupCompleted(group=key, result=result), on):
            play.ask(Dissolution(group=key), on)
    play.ask(EditionClosed(), on)
