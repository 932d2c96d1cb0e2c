"""Plans: revisions form a chain with one current plan."""

from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import (
    CityId,
    ClimatePlan,
    Emissions,
    EmissionTarget,
    PlanId,
    PlanKind,
    PlanMode,
    Source,
    YearlyEmissions,
)
from utm.errors import InvalidValueError
from utm.programme.history import Command, History, Refusal
from utm.programme.pathways import (
    PlanAdoption,
    PlanEvent,
    PlanHistory,
    PlanRevision,
    PlanState,
    begin_plan,
)
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

TURKU, RENCA = CityId("fi-turku"), CityId("cl-renca")
SOURCE = Source(title="council minutes")


def plan(key: str, **changes: object) -> ClimatePlan:
    facts: dict[str, object] = {
        "id": PlanId(key),
        "kind": PlanKind.SECAP,
        "covers": (TURKU,),
        "source": SOURCE,
    }
    return ClimatePlan(**(facts | changes))  # type: ignore[arg-type]


def aim(year: int) -> EmissionTarget:
    return EmissionTarget(
        base=YearlyEmissions(year=1990, emissions=Emissions.of_tonnes(10)),
        target_year=year,
        residual=Emissions.of_tonnes(0),
        source=SOURCE,
    )


def ask(action: PlanEvent, on: Date) -> Command[PlanEvent]:
    return Command(action=action, by="Ada", on=on, why="the council decided")


def adopted() -> PlanHistory:
    history = begin_plan(TURKU).record(ask(PlanAdoption(plan=plan("one")), Date(2018, 6, 1)))
    assert isinstance(history, History)
    return history


def refused(history: PlanHistory, action: PlanEvent, on: Date = Date(2022, 1, 1)) -> str:  # noqa: B008
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def test_a_revision_makes_one_current_plan_and_keeps_the_earlier_one() -> None:
    revised = adopted().record(
        ask(PlanRevision(plan=plan("two"), supersedes=PlanId("one")), Date(2022, 1, 1))
    )
    assert isinstance(revised, History)
    state = revised.state

    current = [state.current_on(day) for day in (Date(2018, 5, 31), Date(2021, 12, 31))]
    assert current[0] is None
    assert current[1] is not None
    assert current[1].plan.id == PlanId("one")
    assert [link.plan.id.value for link in state.chain] == ["one", "two"]


def test_a_revision_of_a_plan_that_is_not_current_is_refused() -> None:
    fork = PlanRevision(plan=plan("three"), supersedes=PlanId("zero"))

    assert refused(adopted(), fork) == "plan.chain"
    assert refused(begin_plan(TURKU), fork) == "plan.adopted-once"
    assert refused(adopted(), PlanAdoption(plan=plan("again"))) == "plan.adopted-once"
    again = PlanRevision(plan=plan("one"), supersedes=PlanId("one"))
    assert refused(adopted(), again) == "plan.own-key"


def test_a_plan_that_makes_no_sense_for_the_city_is_refused() -> None:
    def revise(changed: ClimatePlan, *targets: EmissionTarget) -> PlanRevision:
        return PlanRevision(plan=changed, supersedes=PlanId("one"), targets=targets)

    history = adopted()
    both = (TURKU, RENCA)
    assert refused(history, revise(plan("two", covers=(RENCA,)))) == "plan.covers-the-city"
    individual = plan("two", covers=both, mode=PlanMode.INDIVIDUAL)
    assert refused(history, revise(individual)) == "plan.mode"
    assert refused(history, revise(plan("two", mode=PlanMode.JOINT))) == "plan.mode"
    future = plan("two", adopted_on=Date(2030, 1, 1))
    assert refused(history, revise(future)) == "plan.adopted-by-then"
    assert refused(history, revise(plan("two"), aim(2020))) == "plan.target-after-adoption"
    joint = plan("two", covers=both, mode=PlanMode.JOINT)
    assert isinstance(history.record(ask(revise(joint, aim(2035)), Date(2022, 1, 1))), History)


def test_a_plan_that_is_recorded_late_is_in_force_from_its_adoption() -> None:
    recorded = Date(2022, 1, 1)
    old = plan("one", adopted_on=Date(2016, 3, 1))
    history = begin_plan(TURKU).record(ask(PlanAdoption(plan=old), recorded))
    assert isinstance(history, History)

    assert history.state.current_on(Date(2016, 2, 29)) is None
    assert history.state.current_on(Date(2016, 3, 1)) is not None
    assert history.as_of(recorded.subtract(days=1)).state.chain == ()
    older = plan("two", adopted_on=Date(2015, 1, 1))
    back = PlanRevision(plan=older, supersedes=PlanId("one"))
    assert refused(history, back) == "plan.later-adoption"


def test_a_plan_that_ends_before_it_begins_cannot_be_built() -> None:
    with pytest.raises(InvalidValueError, match="2020-01-01"):
        plan("one", adopted_on=Date(2020, 1, 1), expires_on=Date(2020, 1, 1))


def test_a_plan_that_has_ended_is_no_longer_current() -> None:
    ending = plan("one", expires_on=Date(2020, 1, 1))
    history = begin_plan(TURKU).record(ask(PlanAdoption(plan=ending), Date(2018, 6, 1)))
    assert isinstance(history, History)

    assert history.state.current_on(Date(2019, 12, 31)) is not None
    assert history.state.current_on(Date(2020, 1, 1)) is None


def check(state: PlanState, day: Date) -> None:
    chain = state.chain
    keys = [link.plan.id for link in chain]
    assert len(set(keys)) == len(keys)
    assert [link.supersedes for link in chain[1:]] == keys[:-1]
    assert all(a.in_force_from <= b.in_force_from for a, b in pairwise(chain))
    if chain:
        assert state.current_on(day) == chain[-1]


class PlanMachine(RuleBasedStateMachine):
    """Whatever is adopted and revised, the plans are one chain."""

    @initialize()
    def begin(self) -> None:
        self.history = begin_plan(TURKU)
        self.day = Date(2018, 1, 1)

    def try_to(self, action: PlanEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 400))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(key=st.sampled_from("abcd"), ago=st.none() | st.integers(-5, 900))
    def adopt(self, key: str, ago: int | None) -> None:
        adopted_on = None if ago is None else self.day.subtract(days=ago)
        self.try_to(PlanAdoption(plan=plan(key, adopted_on=adopted_on)))

    @rule(
        key=st.sampled_from("abcd"),
        before=st.sampled_from("abcd"),
        year=st.integers(2010, 2050),
        ago=st.none() | st.integers(-5, 900),
    )
    def revise(self, key: str, before: str, year: int, ago: int | None) -> None:
        adopted_on = None if ago is None else self.day.subtract(days=ago)
        revised = plan(key, adopted_on=adopted_on)
        self.try_to(PlanRevision(plan=revised, supersedes=PlanId(before), targets=(aim(year),)))

    @invariant()
    def the_plans_are_one_chain(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestPlanMachine = PlanMachine.TestCase
TestPlanMachine.settings = examples(50)
