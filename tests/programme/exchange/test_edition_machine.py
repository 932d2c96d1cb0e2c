"""Any commands in any order leave an edition whole, and its indicators countable."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.programme.exchange.editions import (
    CITIES,
    START,
    TOPIC,
    ask,
    assert_indicators_are_those_of_a_recount,
    empty,
    pairing,
)
from tests.searching import examples
from utm.domain import CityId, CountryCode, Need, PairingId, TopicId
from utm.pairing import Participant
from utm.programme.exchange import (
    ActionAgreed,
    ActionDone,
    Dissolution,
    EditionClosed,
    EditionEvent,
    EditionHistory,
    EditionState,
    FacilitatorAssigned,
    GroupCompleted,
    GroupFormed,
    GroupStage,
    Joining,
    Kickoff,
    Measure,
    MeetingHeld,
    MembersChanged,
    NeedKind,
    NeedRaised,
    ParticipantEntered,
    PartnerKind,
    PilotMoved,
    PilotPartner,
    PilotPartnerJoined,
    PilotProposed,
    PilotStage,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    Transfer,
    VisitAgreed,
    VisitCancelled,
    VisitHeld,
    WaitingEnded,
    WishesExpressed,
    Withdrawal,
    health_of_all,
)
from utm.programme.history import Command, Refusal
from utm.testing.programme import (
    assert_history_laws,
    assert_refusal_is_explained,
    interleavings,
    record_each,
)

KEYS = st.sampled_from([PairingId(f"edition-{number}") for number in (1, 2, 3)])
LATE = CityId("mx-merida")
PEOPLE = st.sampled_from((*CITIES, LATE))
SOME = st.lists(PEOPLE, min_size=2, max_size=5, unique=True).map(tuple)
PILOTS = st.sampled_from(["p", "q"])
VISITS = st.sampled_from(["v", "w"])

ACTIONS: st.SearchStrategy[EditionEvent] = st.one_of(
    st.builds(lambda key, members: GroupFormed(group=pairing(key, *members)), KEYS, SOME),
    st.builds(FacilitatorAssigned, group=KEYS, facilitator=st.sampled_from(["Bo", "Cy"])),
    st.builds(
        Kickoff, group=KEYS, indicator=st.just("lanes"), baseline=st.just(Measure.parse("1 km"))
    ),
    st.builds(
        lambda key, those, talk: MeetingHeld(
            group=key, attendees=those, presenters=those[:1] if talk else ()
        ),
        KEYS,
        SOME,
        st.booleans(),
    ),
    st.builds(Withdrawal, group=KEYS, member=PEOPLE),
    st.builds(Joining, group=KEYS, member=PEOPLE),
    st.builds(Transfer, member=PEOPLE, source=KEYS, target=KEYS),
    st.builds(Dissolution, group=KEYS),
    st.builds(
        GroupCompleted,
        group=KEYS,
        result=st.sampled_from([None, Measure.parse("2 km"), Measure.parse("2 m")]),
    ),
    st.builds(lambda key, members: MembersChanged(changes=((key, members),), price=7), KEYS, SOME),
    st.builds(
        ActionAgreed,
        group=KEYS,
        action=st.just("count"),
        owner=PEOPLE,
        due_on=st.just(Date(2026, 9, 1)),
    ),
    st.builds(ActionDone, group=KEYS, action=st.just("count")),
    st.builds(PilotProposed, pilot=PILOTS, group=KEYS, owner=PEOPLE, title=st.just("lanes")),
    st.builds(PilotMoved, pilot=PILOTS, stage=st.sampled_from(PilotStage)),
    st.builds(
        PilotPartnerJoined,
        pilot=PILOTS,
        partner=st.just(PilotPartner(name="A lab", kind=PartnerKind.LIVING_LAB)),
    ),
    st.builds(PilotStopped, pilot=PILOTS),
    st.builds(lambda two: VisitHeld(hosts=two[:1], guests=two[1:]), SOME),
    st.builds(
        lambda two: PracticeTransferred(
            practice="lanes", origin=two[0], adopter=two[1], adaptation="narrower"
        ),
        SOME,
    ),
    st.builds(Showcase, group=KEYS, title=st.just("lanes")),
    st.builds(
        NeedRaised,
        kind=st.sampled_from(NeedKind),
        group=KEYS,
        topic=st.just(TOPIC),
        statement=st.just("how"),
        raised_by=st.tuples(PEOPLE),
    ),
    st.builds(ParticipantEntered, participant=PEOPLE, country=st.just(CountryCode("MX"))),
    st.builds(WaitingEnded, participant=PEOPLE),
    st.builds(
        lambda who, topic: WishesExpressed(
            participant=who,
            profile=Participant(
                id=who.value, country="MX", needs=(Need(topic=topic, weight_share=1.0),)
            ),
        ),
        PEOPLE,
        st.sampled_from([TOPIC, TopicId("energy.rooftop-solar")]),
    ),
    st.builds(
        lambda key, those, day, days: VisitAgreed(
            visit=key, hosts=those[:1], guests=those[1:], first_day=START.add(days=day), days=days
        ),
        VISITS,
        SOME,
        st.integers(0, 400),
        st.integers(1, 3),
    ),
    st.builds(VisitCancelled, visit=VISITS),
    st.builds(lambda two, key: VisitHeld(hosts=two[:1], guests=two[1:], visit=key), SOME, VISITS),
    st.just(EditionClosed()),
)


def check(state: EditionState) -> None:
    terms = state.terms
    placed = [one for group in state.groups if group.stage.is_open for one in group.members]
    assert len(set(placed)) == len(placed)
    assert not set(placed) & set(state.withdrawn)
    assert not set(placed) & set(state.ungrouped)
    assert len(dict(state.participants)) == len(state.participants)
    assert {*placed, *state.withdrawn} <= set(dict(state.participants))
    assert len(set(state.withdrawn)) == len(state.withdrawn)
    for group in state.groups:
        assert len(group.members) <= terms.largest_group
        if group.stage in {GroupStage.FORMED, GroupStage.ACTIVE}:
            assert len(group.members) >= terms.smallest_group
        if group.stage is GroupStage.AT_RISK:
            assert len(group.members) < terms.smallest_group
        if group.stage is GroupStage.COMPLETED:
            assert group.meetings_in_time(terms) >= terms.fewest_meetings
        if group.kickoff_on is not None:
            assert group.facilitator
            assert group.indicator
            assert group.baseline is not None
        assert group.result is None or group.change is not None
        assert not group.meetings or group.kickoff_on is not None
        assert all(group.kickoff_on <= one.on for one in group.meetings if group.kickoff_on)
        assert all(set(one.attendees) <= set(one.members) for one in group.meetings)
        assert group.showcased_on is None or group.meetings
        assert state.load_of(group.facilitator or "Bo") <= terms.most_groups_a_facilitator
        assert (group.ended_on is not None) == (not group.stage.is_open)
    for pilot in state.pilots:
        assert len(set(pilot.partners)) == len(pilot.partners)
        order = [stage for stage, _ in pilot.reached]
        assert order[-1] is pilot.stage
        assert bool(pilot.stopped_because) == (pilot.stage is PilotStage.STOPPED)
        upward = [stage for stage in order if stage is not PilotStage.STOPPED]
        assert upward == list(PilotStage)[: len(upward)]
    assert len({one.key for one in state.planned_visits}) == len(state.planned_visits)
    coming = [one for one in state.planned_visits if one.is_open]
    for visit in coming:
        assert visit.hosts
        assert visit.guests
        assert not {*visit.hosts, *visit.guests} & {*state.withdrawn}
    for one, other in combinations(coming, 2):
        apart = one.ends_at <= other.begins_at or other.ends_at <= one.begins_at
        assert apart or not {*one.hosts, *one.guests} & {*other.hosts, *other.guests}
    assert {one.participant for one in state.wishes} <= set(dict(state.participants))
    assert len({one.participant for one in state.wishes}) == len(state.wishes)
    if state.closed_on is not None:
        assert not any(group.stage.is_open for group in state.groups)


@given(st.data())
def test_no_interleaving_of_two_peoples_commands_breaks_an_edition(data: st.DataObject) -> None:
    each: list[list[Command[EditionEvent]]] = []
    for _ in range(2):
        steps = data.draw(st.lists(st.tuples(st.integers(0, 400), ACTIONS), max_size=12))
        each.append(
            [ask(action, START.add(days=day)) for day, action in sorted(steps, key=lambda s: s[0])]
        )

    history = record_each(
        empty(most_groups_a_facilitator=2), data.draw(interleavings(*each)), check=check
    )

    assert_history_laws(history)
    assert_indicators_are_those_of_a_recount(history)


class EditionMachine(RuleBasedStateMachine):
    """Whatever is asked for, on days that go on."""

    @initialize(prepared=st.booleans())
    def begin(self, prepared: bool) -> None:
        self.history: EditionHistory = empty(most_groups_a_facilitator=2)
        self.day = START
        if prepared:
            key = PairingId("edition-1")
            for action in (
                GroupFormed(group=pairing(key, *CITIES[:3])),
                FacilitatorAssigned(group=key, facilitator="Bo"),
                Kickoff(group=key, indicator="lanes", baseline=Measure.parse("1 km")),
            ):
                self.act(action)

    def act(self, action: EditionEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 120))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(action=ACTIONS)
    def try_anything(self, action: EditionEvent) -> None:
        self.act(action)

    @rule(key=KEYS)
    def let_a_group_meet(self, key: PairingId) -> None:
        group = self.history.state.group(key)
        if group is not None and group.members:
            self.act(MeetingHeld(group=key, attendees=group.members, presenters=group.members[:1]))

    @invariant()
    def the_edition_is_whole(self) -> None:
        check(self.history.state)

    @invariant()
    def every_group_has_a_health_in_one_sentence(self) -> None:
        told = health_of_all(self.history.state, on=self.day)
        assert len(told) == len(self.history.state.groups)
        for one in told:
            assert one.sentence.endswith(".")
            assert one.next_step

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)
            assert_indicators_are_those_of_a_recount(self.history)


EditionMachine.TestCase.settings = settings(examples(50), stateful_step_count=40)
TestEditionMachine = EditionMachine.TestCase
