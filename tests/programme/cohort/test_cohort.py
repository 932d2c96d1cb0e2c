"""The cohort: waves, conditions, departures, counts on any day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import (
    City,
    CityId,
    CountryCode,
    PopulationBasis,
    PopulationFigure,
    Source,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidValueError
from utm.interchange.histories import history_to_json, parse_history
from utm.programme.cohort import (
    MISSION_TARGETS,
    Admission,
    CohortEvent,
    CohortHistory,
    Condition,
    Departure,
    FrontRunnerNamed,
    Fulfilment,
    Registration,
    SolutionValidated,
    Standing,
    WaveOpening,
    admissions_of,
    begin_cohort,
    count_cohort,
)
from utm.programme.history import Command, History, Refusal
from utm.rules.library import COHORT_2023
from utm.testing.programme import (
    assert_history_laws,
    assert_refusal_is_explained,
    days,
    interleavings,
    record_each,
)

CENSUS = Source(title="census")


def city(key: str, name: str, country: str, *inhabitants: int) -> City:
    return City(
        id=CityId(key),
        name=name,
        country=CountryCode(country),
        populations=tuple(
            PopulationFigure(
                inhabitants=number, basis=PopulationBasis.MUNICIPALITY, source=CENSUS, year=2020
            )
            for number in inhabitants
        ),
    )


TURKU = city("fi-turku", "Turku", "FI", 200_000)
MERSIN = city("tr-mersin", "Mersin", "TR", 900_000, 1_900_000)
RENCA = city("cl-renca", "Renca", "CL")
REGISTER = (TURKU, MERSIN, RENCA)


def ask(action: CohortEvent, on: Date, by: str = "Ada") -> Command[CohortEvent]:
    return Command(action=action, by=by, on=on, why="the board's decision")


def granted(history: CohortHistory, *commands: Command[CohortEvent]) -> CohortHistory:
    following = history.record_all(commands)
    assert isinstance(following, History), following
    return following


def refused(history: CohortHistory, command: Command[CohortEvent]) -> str:
    refusal = history.record(command)
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def begun() -> CohortHistory:
    return granted(
        begin_cohort("UTM cohort", REGISTER), ask(WaveOpening(number=1), Date(2022, 1, 1))
    )


def admission(key: str = "fi-turku", *conditions: Condition) -> Admission:
    return Admission(city=CityId(key), wave=1, conditions=conditions)


def test_a_second_active_membership_is_refused_and_named() -> None:
    history = granted(begun(), ask(admission(), Date(2022, 11, 14)))

    refusal = history.record(ask(admission(), Date(2023, 1, 1)))

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "cohort.one-active-membership"
    assert "has been a member since 2022-11-14" in refusal.sentence


def test_a_city_that_left_may_join_again_and_both_spells_are_kept() -> None:
    history = granted(
        begun(),
        ask(admission(), Date(2022, 11, 14)),
        ask(Departure(city=TURKU.id), Date(2023, 5, 1)),
        ask(WaveOpening(number=2), Date(2023, 12, 1)),
        ask(Admission(city=TURKU.id, wave=2), Date(2023, 12, 12)),
    )

    assert [history.state.size(Date(2023, month, 1)) for month in (4, 5, 6)] == [1, 0, 0]
    assert history.state.size(Date(2023, 12, 12)) == 1
    assert len(history.state.memberships) == 2


@pytest.mark.parametrize(
    ("action", "rule_id"),
    [
        (Admission(city=CityId("aq-nowhere"), wave=1), "cohort.known-city"),
        (Admission(city=TURKU.id, wave=7), "cohort.open-wave"),
        (WaveOpening(number=3), "cohort.next-wave"),
        (Departure(city=TURKU.id), "cohort.active-member"),
        (Fulfilment(city=TURKU.id, duty="sign", evidence=CENSUS), "cohort.active-member"),
        (
            admission("fi-turku", Condition(duty="sign", due_on=Date(2022, 1, 1))),
            "cohort.due-after-admission",
        ),
    ],
)
def test_what_the_rules_forbid_is_refused_by_name(action: CohortEvent, rule_id: str) -> None:
    assert refused(begun(), ask(action, Date(2022, 6, 1))) == rule_id


def test_a_condition_that_is_not_fulfilled_in_time_ends_the_membership_by_itself() -> None:
    condition = Condition(duty="sign", due_on=Date(2023, 2, 28))
    history = granted(begun(), ask(admission("fi-turku", condition), Date(2022, 11, 30)))
    membership = history.state.memberships[0]

    assert membership.standing_on(Date(2022, 11, 29)) is Standing.NOT_YET
    assert membership.standing_on(Date(2023, 2, 28)) is Standing.CONDITIONAL
    assert membership.standing_on(Date(2023, 3, 1)) is Standing.LAPSED
    assert history.state.due(Date(2023, 2, 1)) == ((TURKU.id, condition),)
    late = Fulfilment(city=TURKU.id, duty="sign", evidence=CENSUS)
    assert refused(history, ask(late, Date(2023, 3, 1))) == "cohort.active-member"
    assert history.state.size(Date(2023, 3, 1)) == 0


def test_a_condition_that_is_fulfilled_makes_a_full_member() -> None:
    condition = Condition(duty="sign", due_on=Date(2023, 2, 28))
    done = Fulfilment(city=TURKU.id, duty="sign", evidence=CENSUS)
    history = granted(
        begun(),
        ask(admission("fi-turku", condition), Date(2022, 11, 30)),
        ask(done, Date(2023, 2, 28)),
    )

    assert history.state.memberships[0].standing_on(Date(2024, 1, 1)) is Standing.MEMBER
    assert history.state.memberships[0].standing_on(Date(2023, 2, 27)) is Standing.CONDITIONAL
    assert refused(history, ask(done, Date(2023, 3, 1))) == "cohort.open-condition"


def test_a_decision_that_lacks_evidence_admits_nobody() -> None:
    refusal = admissions_of(COHORT_2023.assess(TURKU, on=Date(2024, 1, 1)), wave=1)

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "cohort.admissible"


def test_unknown_and_conflicting_populations_are_stated_and_never_counted() -> None:
    history = granted(
        begun(), *[ask(admission(one.id.value), Date(2022, 11, 14)) for one in REGISTER]
    )

    census = count_cohort(history.state, on=Date(2023, 1, 1))

    assert census.people.inhabitants == 200_000
    assert census.people.unknown == (RENCA.id, MERSIN.id)
    assert census.people.sentence == (
        "200,000 people live in 1 city; the population of 2 more is not known."
    )
    assert [code.value for code in census.countries] == ["CL", "FI", "TR"]
    assert census.regions["Europe"] == 1
    assert census.regions["Africa"] == 0
    assert "Northern Africa" in census.empty_subregions
    assert "Western Asia" not in census.empty_subregions


def test_a_city_whose_place_is_not_certain_adds_no_people() -> None:
    doubtful = City(
        id=TURKU.id,
        name="Turku",
        country=TURKU.country,
        populations=TURKU.populations,
        identity=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY),
    )
    history = granted(
        begun(),
        ask(Registration(city=doubtful), Date(2022, 1, 2)),
        ask(admission(), Date(2022, 11, 14)),
    )

    assert count_cohort(history.state, on=Date(2023, 1, 1)).people.unknown == (TURKU.id,)


def test_every_subregion_of_the_world_is_listed_once() -> None:
    coverage = count_cohort(begun().state, on=Date(2023, 1, 1)).coverage
    names = [(one.region, one.subregion) for one in coverage]

    assert len(set(names)) == len(names) > 15
    assert sum(one.countries_in_all for one in coverage) > 230


def test_a_register_with_a_city_twice_cannot_begin() -> None:
    with pytest.raises(InvalidValueError):
        begin_cohort("UTM cohort", (TURKU, TURKU))


def test_a_solution_counts_once_another_city_of_the_cohort_has_validated_it() -> None:
    day = Date(2022, 11, 14)
    other = REGISTER[1].id
    history = granted(
        begun(),
        ask(admission(), day),
        ask(admission(other.value), day),
        ask(FrontRunnerNamed(city=TURKU.id), day),
    )
    shown = SolutionValidated(solution="depots", origin=TURKU.id, city=other, evidence=CENSUS)
    at_home = SolutionValidated(solution="depots", origin=TURKU.id, city=TURKU.id, evidence=CENSUS)
    assert refused(history, ask(at_home, day)) == "cohort.validated-elsewhere"
    again = ask(FrontRunnerNamed(city=TURKU.id), day)
    assert refused(history, again) == "cohort.front-runner-once"
    history = granted(history, ask(shown, Date(2023, 5, 1)))
    assert refused(history, ask(shown, Date(2023, 5, 2))) == "cohort.validated-elsewhere"

    runners, validating = MISSION_TARGETS
    assert (runners.cities, validating.cities) == (50, 250)
    assert history.state.progress(runners, Date(2023, 1, 1)).reached == (TURKU.id,)
    assert history.state.progress(validating, Date(2023, 4, 30)).reached == ()
    progress = history.state.progress(validating, Date(2023, 5, 1))
    assert progress.reached == (other,)
    assert progress.sentence == (
        "1 of 250 cities that validate solutions by 2030-12-31: 249 to go."
    )
    left = granted(history, ask(Departure(city=other), Date(2024, 1, 1)))
    assert left.state.progress(validating, Date(2024, 1, 1)).to_go == 250
    assert parse_history(history_to_json(left)) == left


KEYS = st.sampled_from([one.id.value for one in REGISTER])
DUE = st.one_of(st.none(), days(Date(2022, 1, 1), Date(2022, 12, 31)))


@st.composite
def commands(draw: st.DrawFn, by: str) -> Command[CohortEvent]:
    key = CityId(draw(KEYS))
    due = draw(DUE)
    conditions = () if due is None else (Condition(duty="sign", due_on=due),)
    action = draw(
        st.sampled_from(
            [
                Admission(city=key, wave=1, conditions=conditions),
                Departure(city=key),
                Fulfilment(city=key, duty="sign", evidence=CENSUS),
                WaveOpening(number=2),
                FrontRunnerNamed(city=key),
                SolutionValidated(solution="depots", origin=TURKU.id, city=key, evidence=CENSUS),
            ]
        )
    )
    return ask(action, draw(days(Date(2022, 1, 1), Date(2022, 12, 31))), by)


def check_cohort(history: CohortHistory) -> None:
    for day in (Date(2022, 3, 1), Date(2022, 8, 1), Date(2023, 6, 1)):
        state = history.state
        active = [membership.city for membership in state.active(day)]
        assert len(set(active)) == len(active)
        joined = sum(state.wave_sizes(day).values())
        assert joined - len(state.departed(day)) == state.size(day)
        past = history.as_of(day)
        if past.standing == tuple(one for one in history.standing if one.command.on <= day):
            assert past.state.size(day) == state.size(day)  # nothing was voided since
        front, validating = (set(state.progress(one, day).reached) for one in MISSION_TARGETS)
        assert not front & validating
        assert front | validating <= set(active)
        assert all(one.origin != one.city for _, one in state.validations)
        assert len({one.city for _, one in state.validations}) == len(state.validations)


@given(st.data())
def test_no_interleaving_of_two_officers_breaks_an_invariant(data: st.DataObject) -> None:
    by_day = [
        sorted(data.draw(st.lists(commands(name), max_size=6)), key=lambda one: one.on)
        for name in ("Ada", "Bo")
    ]
    merged = data.draw(interleavings(*by_day))

    history = record_each(begun(), merged)

    check_cohort(history)
    assert_history_laws(history)


class CohortMachine(RuleBasedStateMachine):
    """Any commands on days that go on: waves less departures are the size."""

    @initialize()
    def begin(self) -> None:
        self.history = begun()
        self.day = Date(2022, 1, 1)

    def try_to(self, action: CohortEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 200))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(number=st.integers(1, 4))
    def open_wave(self, number: int) -> None:
        self.try_to(WaveOpening(number=number))

    @rule(key=KEYS, wave=st.integers(1, 3), due=st.one_of(st.none(), st.integers(-5, 120)))
    def admit(self, key: str, wave: int, due: int | None) -> None:
        condition = () if due is None else (Condition(duty="sign", due_on=self.day.add(days=due)),)
        self.try_to(Admission(city=CityId(key), wave=wave, conditions=condition))

    @rule(key=KEYS)
    def leave(self, key: str) -> None:
        self.try_to(Departure(city=CityId(key)))

    @rule(key=KEYS)
    def fulfil(self, key: str) -> None:
        self.try_to(Fulfilment(city=CityId(key), duty="sign", evidence=CENSUS))

    @invariant()
    def waves_less_departures_are_the_size(self) -> None:
        state, day = self.history.state, self.day
        assert sum(state.wave_sizes(day).values()) - len(state.departed(day)) == state.size(day)
        census = count_cohort(state, on=day)
        assert len(census.cities) == state.size(day) == sum(census.regions.values())
        assert census.people.counted + len(census.people.unknown) == state.size(day)

    @invariant()
    def nobody_is_active_twice(self) -> None:
        active = [membership.city for membership in self.history.state.active(self.day)]
        assert len(set(active)) == len(active)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)
            check_cohort(self.history)


TestCohortMachine = CohortMachine.TestCase
TestCohortMachine.settings = examples(50)
