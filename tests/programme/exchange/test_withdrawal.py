"""A withdrawal with the engine's plans for what becomes of the group."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.programme.exchange.editions import (
    BRAGA,
    KISUMU,
    MERSIN,
    ONE,
    RENCA,
    START,
    TURKU,
    TWO,
    begun,
    granted,
    refused,
)
from tests.programme.exchange.test_real_edition import PROBLEM, launched
from tests.searching import examples
from utm.domain import CityId, PairingId
from utm.interchange.histories import history_to_json, parse_history
from utm.pairing import ProposedGroup, evaluate
from utm.pairing.policy import Conflict, Exclusion, Lock, Priority
from utm.programme.exchange import (
    FacilitatorAssigned,
    GroupStage,
    Kickoff,
    Measure,
    MeetingHeld,
    Transfer,
    Withdrawal,
    plan_withdrawal,
)
from utm.programme.history import Command, History, Refusal

ON = Date(2026, 3, 1)
MEMBERS = tuple(member for group in launched().state.groups for member in group.members)


def plans_for(history, member, **options):
    return plan_withdrawal(history, PROBLEM, member, by="Ada", on=ON, why="budget", **options)


def worth_of(state):
    groups = [
        ProposedGroup(theme=one.theme, members=tuple(each.value for each in one.members))
        for one in state.groups
        if one.stage.is_open and len(one.members) > 1
    ]
    return evaluate(PROBLEM, groups).score


@examples(4)
@given(st.sampled_from(MEMBERS))
def test_every_plan_is_a_legal_history_whose_price_an_evaluation_confirms(member):
    before = launched()
    plans = plans_for(before, member)

    assert plans[0].touched == ()
    for number, plan in enumerate(plans):
        after = plan.history.state
        assert plan.history.entries[: len(before.entries)] == before.entries
        History(lifecycle=plan.history.lifecycle, entries=plan.history.entries)
        assert plan.price == worth_of(before.state) - worth_of(after)
        assert not any(group.stage is GroupStage.AT_RISK for group in after.groups)
        assert len(plan.touched) <= 2
        assert number == 0 or plan.betters(plans[number - 1])
        changed = {
            group.id
            for group in before.state.groups
            if set(after.group(group.id).members) != set(group.members) and group.id in plan.touched
        }
        assert changed == set(plan.touched)
        assert {entry.command.why for entry in plan.history.entries[-plan.entries :]} == {"budget"}


def test_who_is_left_alone_finds_a_home_in_another_group_that_has_met_already():
    nineteen = PairingId("city2city-2026-19")
    history = launched()
    steps = (
        FacilitatorAssigned(group=nineteen, facilitator="Bo"),
        Kickoff(group=nineteen, indicator="roofs", baseline=Measure.parse("3 roofs")),
        MeetingHeld(group=nineteen, attendees=history.state.group(nineteen).members),
    )
    history = history.record_all(
        Command(action=action, by="Ada", on=Date(2026, 2, 2), why="as agreed") for action in steps
    )

    stay, move = plans_for(history, CityId("ge-poti"))

    assert stay.waiting == (CityId("md-straseni"),)
    assert move.touched == (nineteen,)
    assert move.waiting == ()
    assert move.price < stay.price
    assert move.sentences[-1] == "md-straseni joined city2city-2026-19."
    home = move.history.state.group(nineteen)
    assert home.stage is GroupStage.ACTIVE
    assert len(home.meetings) == 1


def test_a_group_that_stays_large_enough_goes_on_and_nobody_else_is_touched():
    first = launched().state.groups[0]
    (plan,) = plans_for(launched(), first.members[0])
    assert plan.sentences == (
        f"{first.members[0]} withdrew from {first.id} at a price of {plan.price} millionths.",
    )
    again = parse_history(history_to_json(plan.history))
    assert again.entries[-1].command.action.price == plan.price


def test_who_is_in_no_group_cannot_withdraw():
    refusal = plans_for(launched(), CityId("aq-nowhere"))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "edition.member"
    assert "aq-nowhere" in refusal.place


@pytest.mark.parametrize("early", [Date(2025, 1, 1), Date(2026, 1, 31)])
def test_a_withdrawal_before_what_is_recorded_is_refused(early):
    refusal = plan_withdrawal(launched(), PROBLEM, MEMBERS[0], by="Ada", on=early, why="budget")
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "history.days-in-order"


def test_a_lock_an_exclusion_and_a_priority_of_who_left_do_not_stand_in_the_way():
    gone, other = CityId("ge-poti"), CityId("md-straseni")
    policy = evolve(
        PROBLEM.policy,
        locks=(Lock(members=(gone.value,), reason="asked for"),),
        exclusions=(Exclusion(members=(gone.value, other.value), reason="asked for"),),
        conflicts=(Conflict(members=(gone.value, other.value), reason="asked for"),),
        priorities=(Priority(participant=gone.value, worth=1.0, reason="asked for"),),
    )
    plans = plan_withdrawal(
        launched(), evolve(PROBLEM, policy=policy), gone, by="Ada", on=ON, why="budget"
    )
    assert [len(plan.waiting) for plan in plans] == [1, 0]


def test_a_member_moves_to_a_group_at_risk_which_is_repaired_by_it():
    history = granted(
        begun(),
        (Withdrawal(group=TWO, member=RENCA), START),
        (Transfer(member=TURKU, source=ONE, target=TWO), START.add(days=9)),
    )

    assert [type(one).__name__ for one in history.entries[-1].events] == [
        "Transfer",
        "GroupRepaired",
    ]
    assert history.state.group(TWO).members == (BRAGA, TURKU)
    assert history.state.group(ONE).members == (KISUMU, MERSIN)
    assert history.state.group(ONE).withdrawn == ()


@pytest.mark.parametrize(
    ("action", "rule"),
    [
        (Transfer(member=BRAGA, source=TWO, target=ONE), "edition.group-size"),
        (Transfer(member=BRAGA, source=ONE, target=TWO), "edition.member"),
        (Transfer(member=TURKU, source=ONE, target=ONE), "edition.one-group-each"),
        (Transfer(member=TURKU, source=ONE, target=PairingId("no")), "edition.group-at-work"),
    ],
)
def test_a_move_that_would_break_a_group_or_come_from_nowhere_is_refused(action, rule):
    assert refused(begun(), action, START).rule == rule
