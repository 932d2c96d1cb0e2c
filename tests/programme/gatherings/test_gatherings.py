"""Trainings, regional events, summits."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import CityId, CountryCode
from utm.errors import InvalidValueError
from utm.programme.gatherings import (
    Enrolment,
    GatheringEvent,
    GatheringHistory,
    Gatherings,
    GlobalEventHeld,
    RegionalEventHeld,
    RegionNamed,
    SeriesAnnounced,
    SeriesClosed,
    SessionHeld,
    SummitHeld,
    begin_gatherings,
)
from utm.programme.history import Command, History, Refusal
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

TURKU, RENCA = CITIES = (CityId("fi-turku"), CityId("cl-renca"))
FIRST, LAST = Date(2024, 2, 14), Date(2024, 6, 19)
NINE = SeriesAnnounced(
    series="renewables",
    title="Renewable technologies for cities",
    provider="IRENA",
    sessions=9,
    first_day=FIRST,
    last_day=LAST,
    fewest_attended=6,
)


def ask(action: GatheringEvent, on: Date) -> Command[GatheringEvent]:
    return Command(action=action, by="Ada", on=on, why="the training plan")


def granted(history: GatheringHistory, *steps: tuple[GatheringEvent, Date]) -> GatheringHistory:
    following = history.record_all([ask(action, on) for action, on in steps])
    assert isinstance(following, History), following
    return following


def refused(history: GatheringHistory, action: GatheringEvent, on: Date) -> str:
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def session(*cities: CityId) -> SessionHeld:
    return SessionHeld(series="renewables", title="solar", attendees=cities)


def enrolled() -> GatheringHistory:
    return granted(
        begin_gatherings(cities=CITIES),
        (NINE, FIRST),
        (Enrolment(series="renewables", city=TURKU), FIRST),
    )


def test_nine_trainings_with_one_provider_fit_between_their_two_dates_and_no_tenth() -> None:
    steps = [(session(TURKU), FIRST.add(days=14 * number)) for number in range(9)]
    history = granted(enrolled(), *steps)

    assert steps[-1][1] <= LAST
    assert history.state.series[0].completed_by == (TURKU,)
    assert refused(history, session(TURKU), LAST) == "gathering.declared-number"
    closed = granted(history, (SeriesClosed(series="renewables"), LAST))
    assert refused(closed, session(TURKU), LAST) == "gathering.known-series"
    assert len(closed.state.taken_part(TURKU)) == 9


def test_a_session_outside_of_the_window_is_refused_and_its_days_count() -> None:
    assert refused(enrolled(), session(), LAST.add(days=1)) == "gathering.within-window"
    assert len(granted(enrolled(), (session(), LAST)).state.series[0].held) == 1


def test_a_series_cannot_be_closed_with_fewer_sessions_than_declared() -> None:
    assert refused(enrolled(), SeriesClosed(series="renewables"), LAST) == (
        "gathering.declared-number"
    )


def test_only_enrolled_cities_attend_and_nobody_enrols_twice() -> None:
    assert refused(enrolled(), session(RENCA), FIRST) == "gathering.enrolled-attend"
    again = Enrolment(series="renewables", city=TURKU)
    assert refused(enrolled(), again, FIRST) == "gathering.enrolled-once"
    assert refused(enrolled(), NINE, FIRST) == "gathering.new-key"


def test_there_is_at_most_one_summit_in_a_calendar_year() -> None:
    summit = SummitHeld(title="Annual Innovation Summit", place="Riyadh", attendees=(TURKU,))
    history = granted(begin_gatherings(cities=CITIES), (summit, Date(2023, 10, 8)))

    assert refused(history, summit, Date(2023, 12, 31)) == "gathering.one-summit-a-year"
    assert len(granted(history, (summit, Date(2024, 1, 1))).state.summits) == 2


def test_an_annual_event_has_one_edition_a_year_and_other_global_events_as_many_as_there_are() -> (
    None
):
    def event(annual: str) -> GlobalEventHeld:
        return GlobalEventHeld(title="Forum", place="Brussels", attendees=(TURKU,), annual=annual)

    history = granted(
        begin_gatherings(cities=CITIES),
        (event("outreach"), FIRST),
        (event(""), FIRST),
        (event(""), FIRST),
    )

    assert refused(history, event("outreach"), LAST) == "gathering.one-edition-a-year"
    granted(history, (event("forum"), LAST), (event("outreach"), Date(2025, 1, 1)))
    assert history.state.taken_part(TURKU) == ((FIRST, "Forum"),) * 3


def test_named_regions_may_overlap_and_an_event_names_known_ones() -> None:
    turkey, albania = CountryCode("TR"), CountryCode("AL")
    history = granted(
        begin_gatherings(cities=CITIES),
        (RegionNamed(region="Mediterranean", countries=(turkey, albania)), FIRST),
        (RegionNamed(region="Western Balkans", countries=(albania,)), FIRST),
    )

    assert history.state.regions_of(albania) == ("Mediterranean", "Western Balkans")
    assert history.state.regions_of(CountryCode("FI")) == ()
    lost = RegionalEventHeld(title="Barcelona", regions=("Atlantis",), attendees=())
    assert refused(history, lost, FIRST) == "gathering.known-region"
    event = RegionalEventHeld(title="Barcelona", regions=("Mediterranean",), attendees=(TURKU,))
    assert granted(history, (event, FIRST)).state.taken_part(TURKU) == ((FIRST, "Barcelona"),)


@pytest.mark.parametrize("needed", [0, 10])
def test_a_series_that_nobody_can_complete_is_refused(needed: int) -> None:
    with pytest.raises(InvalidValueError):
        SeriesAnnounced(
            series="x",
            title="x",
            provider="x",
            sessions=9,
            first_day=FIRST,
            last_day=LAST,
            fewest_attended=needed,
        )


def check(state: Gatherings, _on: Date) -> None:
    outreach = [day.year for day, one in state.global_events if one.annual]
    assert len(set(outreach)) == len(outreach)
    years = [day.year for day, _ in state.summits]
    assert len(set(years)) == len(years)
    for series in state.series:
        terms = series.terms
        assert len(series.held) <= terms.sessions
        assert series.closed_on is None or len(series.held) == terms.sessions
        for day, one in series.held:
            assert terms.first_day <= day <= terms.last_day
            assert set(one.attendees) <= set(series.enrolled)


class GatheringMachine(RuleBasedStateMachine):
    """Any trainings and summits on days that go on."""

    @initialize()
    def begin(self) -> None:
        self.history = begin_gatherings(cities=CITIES)
        self.day = Date(2024, 1, 1)

    def act(self, action: GatheringEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 90))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(key=st.sampled_from("ab"), sessions=st.integers(1, 3), length=st.integers(0, 100))
    def announce(self, key: str, sessions: int, length: int) -> None:
        self.act(
            SeriesAnnounced(
                series=key,
                title=key,
                provider="IRENA",
                sessions=sessions,
                first_day=self.day,
                last_day=self.day.add(days=length),
                fewest_attended=1,
            )
        )

    @rule(key=st.sampled_from("ab"), city=st.sampled_from([TURKU, RENCA]))
    def enrol(self, key: str, city: CityId) -> None:
        self.act(Enrolment(series=key, city=city))

    @rule(key=st.sampled_from("ab"), cities=st.sets(st.sampled_from([TURKU, RENCA])))
    def hold(self, key: str, cities: set[CityId]) -> None:
        self.act(SessionHeld(series=key, title="solar", attendees=tuple(sorted(cities))))

    @rule(key=st.sampled_from("ab"))
    def close(self, key: str) -> None:
        self.act(SeriesClosed(series=key))

    @rule()
    def meet_at_a_summit(self) -> None:
        self.act(SummitHeld(title="Summit", place="Riyadh", attendees=(TURKU,)))

    @rule(annual=st.sampled_from(["", "outreach"]))
    def meet_the_world(self, annual: str) -> None:
        self.act(GlobalEventHeld(title="Day", place="Brussels", attendees=(TURKU,), annual=annual))

    @invariant()
    def everything_holds(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestGatheringMachine = GatheringMachine.TestCase
TestGatheringMachine.settings = examples(50)
