"""Records that come in again: nothing is taken over unasked, and nothing that others added goes."""

from datetime import time
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.funding.examples import CURATION, SHADE, SOURCE, WORLD_FUND, opportunity, places
from utm.domain import (
    AmountRange,
    ClosingTime,
    ExternalId,
    FundedAction,
    FundedActionId,
    InwardOpportunity,
    Money,
    Opportunity,
    OpportunityId,
)
from utm.errors import InvalidInputError
from utm.interchange.lists import OpportunityEntry, renew_actions, renew_opportunities
from utm.testing.funding import opportunities

SPRING = ClosingTime(day=Date(2026, 4, 1), time_of_day=time(17))
AUTUMN = ClosingTime(day=Date(2026, 9, 1), time_of_day=time(17), note="as the desk read it")


def entry(given_: Opportunity) -> OpportunityEntry:
    return OpportunityEntry(entry=InwardOpportunity(opportunity=given_))


INWARD = opportunities().map(lambda one: evolve(one, provider=WORLD_FUND, places=()))
LISTED = entry(
    opportunity(deadlines=(AUTUMN,), places=(places("FI"),), topics=(SHADE,), effort_days=5)
)
CAME = entry(opportunity(deadlines=(SPRING,), curation=None, title="Help, once more"))


def test_what_differs_is_told_and_stays_unless_it_is_to_be_replaced() -> None:
    found = renew_opportunities([LISTED], [CAME])
    (change,) = found.changed

    assert found.facts == (LISTED,)
    assert (found.new, found.same, change.verified) == ((), (), True)
    assert str(change) == (
        "help differs in title: Help for cities before, Help, once more now; "
        "deadlines: 2026-09-01 17:00 (no zone stated) before, "
        "2026-04-01 17:00 (no zone stated) now"
    )


def test_what_others_added_to_a_record_that_is_replaced_stays_and_its_curation_lapses() -> None:
    (renewed,) = renew_opportunities([LISTED], [CAME], replace=True).facts
    before, now = LISTED.entry.opportunity, renewed.entry.opportunity

    assert (now.title, now.deadlines, now.curation) == ("Help, once more", (SPRING,), None)
    assert evolve(now, title=before.title, deadlines=before.deadlines, curation=CURATION) == before


def test_what_a_publisher_leaves_out_is_no_difference_and_stays_beside_what_is_taken_over() -> None:
    added: dict[str, Any] = {
        "programme": "Help of the world",
        "budget_line": "HELP-1",
        "opens": SPRING,
        "deadlines": (AUTUMN,),
        "amounts": AmountRange(highest=Money.of(10, "EUR")),
        "budget": Money.of(100, "EUR"),
        "expected_grants": 10,
    }
    listed, bare = entry(opportunity(**added)), opportunity(curation=None)
    other = entry(evolve(bare, title="Help, once more"))
    (renewed,) = renew_opportunities([listed], [other], replace=True).facts

    assert renew_opportunities([listed], [entry(bare)]).same == ("help",)
    assert renewed == entry(opportunity(title="Help, once more", **added, curation=None))


def test_what_a_publisher_of_grants_leaves_out_stays_as_well() -> None:
    bare = FundedAction(
        id=FundedActionId("a-1"),
        external=ExternalId(namespace="360giving", value="A/1"),
        title="Shade",
        source=SOURCE,
    )
    listed = evolve(bare, amount=Money.of(10, "EUR"), summary="Trees in three streets")
    renewed = renew_actions([listed], [evolve(bare, title="Shade now")], replace=True)

    assert renew_actions([listed], [bare]).same == ("a-1",)
    assert renewed.facts == (evolve(listed, title="Shade now"),)


def test_what_its_provider_has_closed_is_told_and_taken_over() -> None:
    closed = entry(opportunity(deadlines=(AUTUMN,), closed=True))
    found = renew_opportunities([LISTED], [closed], replace=True)

    assert [str(each) for each in found.changed] == ["help differs in closed: no before, yes now"]
    assert found.facts[0].entry.opportunity.closed


def test_how_somebody_put_a_deadline_in_words_is_no_difference() -> None:
    came = entry(opportunity(deadlines=(evolve(AUTUMN, note="17.00"),)))

    assert renew_opportunities([LISTED], [came]).same == ("help",)


def test_how_somebody_put_a_deadline_or_an_opening_in_words_stays_where_that_has_not_moved() -> (
    None
):
    opens = evolve(SPRING, note="as the desk heard it")
    winter = evolve(AUTUMN, day=Date(2026, 12, 1), note="17.00")
    came = opportunity(
        opens=evolve(SPRING, note="0.00"), deadlines=(evolve(AUTUMN, note="17.00"), winter)
    )
    listed = entry(opportunity(opens=opens, deadlines=(AUTUMN,)))
    (renewed,) = renew_opportunities([listed], [entry(came)], replace=True).facts

    assert renewed.entry.opportunity.opens == opens
    assert renewed.entry.opportunity.deadlines == (AUTUMN, winter)


NOTES = st.lists(st.sampled_from(["", "17.00", "5 p.m.", "17.00 here"]), unique=True)


@given(NOTES, NOTES)
def test_one_deadline_noted_in_several_words_never_stands_twice_in_the_same_words(
    old: list[str], new: list[str]
) -> None:
    before, now = (
        entry(opportunity(deadlines=tuple(evolve(AUTUMN, note=note) for note in notes)))
        for notes in (old, new)
    )
    taken = renew_opportunities([before], [now], replace=True)

    assert renew_opportunities(taken.facts, [now]).same == ("help",)


def test_every_record_that_cannot_hold_what_came_in_is_told() -> None:
    keys = ("help", "other")
    rolling = [entry(opportunity(key, rolling=True)) for key in keys]
    came = [entry(opportunity(key, deadlines=(SPRING,))) for key in keys]
    with pytest.raises(InvalidInputError, match="rolling") as caught:
        renew_opportunities(rolling, came, replace=True, source="calls.json")

    assert {each.source for each in caught.value.problems} == {"calls.json"}
    assert all(key in str(each) for key, each in zip(keys, caught.value.problems, strict=True))


@given(st.lists(INWARD, max_size=4), st.booleans())
def test_the_same_records_once_more_change_nothing(
    given_: list[Opportunity], replace: bool
) -> None:
    entries = [entry(evolve(one, id=OpportunityId(f"help-{n}"))) for n, one in enumerate(given_)]
    found = renew_opportunities(entries, entries, replace=replace)

    assert found.facts == tuple(entries)
    assert (found.new, found.changed) == ((), ())


@given(INWARD, INWARD)
def test_what_was_taken_over_is_the_same_when_it_comes_again(
    one: Opportunity, other: Opportunity
) -> None:
    old, new = entry(one), entry(evolve(other, id=one.id))
    try:
        taken = renew_opportunities([old], [new], replace=True)
    except InvalidInputError:
        assert one.rolling
        assert other.deadlines
        return

    assert renew_opportunities(taken.facts, [new]).same == (one.id.value,)
