"""The real City2City 2026 list, launched as it was published; overrides and repairs priced."""

import pytest
from attrs import evolve
from pendulum import Date

from utm.domain import CityId, EditionId, PairingId
from utm.errors import InvalidValueError
from utm.pairing import Problem, ProposedGroup, evaluate
from utm.programme import city2city_policy, participant_of
from utm.programme.exchange import (
    EditionEvent,
    EditionHistory,
    EditionState,
    EditionTerms,
    MembersChanged,
    ParticipantId,
    WishesExpressed,
    Withdrawal,
    launch_published,
    price_of_override,
    repair_options,
    reprice_overrides,
    rules_broken_by,
)
from utm.programme.history import Command, History, Refusal
from utm.reference import city2city_2026

REGISTER = city2city_2026()
PROBLEM = Problem(
    participants=tuple(participant_of(one) for one in REGISTER.applications),
    policy=city2city_policy(),
)
ON = Date(2026, 2, 1)


def launched() -> EditionHistory:
    history = launch_published(
        REGISTER.edition, REGISTER.applications, by="the UTM team", on=ON, why="as published"
    )
    assert isinstance(history, History)
    return history


def test_the_published_list_of_19_groups_and_51_cities_can_live() -> None:
    state = launched().state

    assert len(state.groups) == 19
    assert sum(len(group.members) for group in state.groups) == 51
    assert state.ungrouped == ()


def test_with_at_most_three_members_the_published_list_is_refused_as_a_whole() -> None:
    refusal = launch_published(
        REGISTER.edition,
        REGISTER.applications,
        by="the UTM team",
        on=ON,
        why="as the call said",
        terms=EditionTerms(largest_group=3),
    )

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "edition.group-size"
    assert refusal.place.startswith("command 1: group formed")


def swap() -> tuple[tuple[PairingId, tuple[CityId, ...]], ...]:
    groups = launched().state.groups[:2]
    members = [list(group.members) for group in groups]
    members[0][0], members[1][0] = members[1][0], members[0][0]
    return tuple(
        (group.id, tuple(one for one in those if isinstance(one, CityId)))
        for group, those in zip(groups, members, strict=True)
    )


def test_the_price_of_an_override_is_the_worth_before_less_the_worth_after() -> None:
    history = launched()
    changes = swap()
    everything = {group.id: (group.theme, group.members) for group in history.state.groups}
    changed = {**everything, **{key: (everything[key][0], those) for key, those in changes}}
    worth = [
        sum(
            one.group.score
            for one in evaluate(
                PROBLEM,
                [
                    ProposedGroup(theme=theme, members=tuple(m.value for m in those))
                    for theme, those in grouping.values()
                ],
            ).groups
        )
        for grouping in (everything, changed)
    ]

    price = price_of_override(history.state, PROBLEM, changes)

    assert price == worth[0] - worth[1]
    override = MembersChanged(changes=changes, price=price)
    after = history.record(Command(action=override, by="Ada", on=ON, why="the mayors asked"))
    assert isinstance(after, History)
    back = tuple((key, everything[key][1]) for key, _ in changes)
    assert price_of_override(after.state, PROBLEM, back) == -price


def test_the_price_of_an_override_is_reckoned_again_by_what_is_known_now() -> None:
    history = launched()
    changes = swap()
    price = price_of_override(history.state, PROBLEM, changes)
    override = MembersChanged(changes=changes, price=price)
    history = _recorded(history, override)
    (as_it_was,) = reprice_overrides(history, PROBLEM)
    assert as_it_was.price_now == as_it_was.price_then == price
    assert "the same by what is known now" in as_it_was.sentence

    key, members = changes[0]
    city = next(one for one in members if one not in _members(launched(), key))
    profile = next(one for one in PROBLEM.participants if one.id == city.value)
    said = WishesExpressed(participant=city, profile=evolve(profile, needs=(), offers=()))
    (later,) = reprice_overrides(_recorded(history, said), PROBLEM)
    changed = evolve(
        PROBLEM,
        participants=tuple(
            said.profile if one.id == city.value else one for one in PROBLEM.participants
        ),
    )
    assert later.price_then == price
    assert later.price_now == price_of_override(launched_with(changed), changed, changes)
    assert later.price_now != price

    left = _recorded(history, Withdrawal(group=key, member=city))
    (without,) = reprice_overrides(left, PROBLEM)
    assert without.price_then == price != without.price_now
    assert left.state.overrides[0][1] == price, "what is recorded stays"


def launched_with(problem: Problem) -> EditionState:
    """The edition as launched, in which everybody says what the problem holds."""
    history = launched()
    for one in history.state.wishes:
        profile = next(p for p in problem.participants if p.id == one.profile.id)
        if profile != one.profile:
            history = _recorded(history, evolve(one, profile=profile))
    return history.state


def _members(history: EditionHistory, key: PairingId) -> tuple[ParticipantId, ...]:
    group = history.state.group(key)
    assert group is not None
    return group.members


def _recorded(history: EditionHistory, action: EditionEvent) -> EditionHistory:
    following = history.record(Command(action=action, by="Ada", on=ON, why="the mayors asked"))
    assert isinstance(following, History), following
    return following


def test_an_override_is_told_the_hard_rules_that_it_breaks_and_only_new_ones() -> None:
    state = launched().state
    register = city2city_2026()
    kisumu, mersin, gaziantep = (
        register.find(name).id for name in ("Kisumu", "Mersin", "Gaziantep")
    )
    group = state.group_of(kisumu)
    assert group is not None

    broken = rules_broken_by(state, PROBLEM, ((group.id, (mersin, gaziantep)),))

    assert len(broken) == 1
    assert broken[0].startswith(f"{group.id}: ")
    assert "1 country" in broken[0]
    for one in state.groups:
        assert rules_broken_by(state, PROBLEM, ((one.id, one.members),)) == ()


def test_the_best_repair_is_the_free_city_with_which_the_group_is_worth_most() -> None:
    history = launched()
    pair = history.state.group_of(REGISTER.find("Mersin").id)
    assert pair is not None
    free = [one for group in history.state.groups if group != pair for one in group.members]
    left = history.record(
        Command(
            action=Withdrawal(group=pair.id, member=pair.members[0]),
            by="Ada",
            on=ON,
            why="no staff",
        )
    )
    assert isinstance(left, History)

    assert repair_options(left.state, PROBLEM, pair.id) == ()
    options = repair_options(left.state, PROBLEM, pair.id, candidates=free)

    assert {one.member for one in options} == set(free)
    order = [(len(one.violations), -one.score, one.member.value) for one in options]
    assert order == sorted(order)
    assert len({one.score for one in options}) > 1
    assert options[0].member == REGISTER.find("Chisinau").id
    assert options[0].violations == ()
    for one in options:
        judged = evaluate(
            PROBLEM,
            [ProposedGroup(theme=pair.theme, members=(pair.members[1].value, one.member.value))],
        ).groups[0]
        assert (one.score, one.violations) == (judged.group.score, judged.violations)


def test_a_group_that_does_not_exist_has_no_price() -> None:
    with pytest.raises(InvalidValueError):
        price_of_override(launched().state, PROBLEM, [(PairingId("nowhere"), ())])
    assert launched().state.id == EditionId("city2city-2026")
