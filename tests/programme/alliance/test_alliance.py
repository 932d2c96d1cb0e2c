"""The alliance: roles over time, brokerage with outcomes, experts without conflicts."""

from collections.abc import Iterable

import pytest
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import (
    ApplicantKind,
    CityId,
    CountryCode,
    PairingId,
    Partner,
    PartnerId,
    ResearchNeed,
    ResearchNeedId,
    Source,
    TopicId,
)
from utm.errors import InvalidValueError
from utm.funding import fitting_partners
from utm.interchange.histories import history_to_json, parse_history
from utm.network import ClusterBasis, NeedCluster
from utm.programme.alliance import (
    Alliance,
    AllianceEvent,
    AllianceHistory,
    AllianceRole,
    BrokerageClosed,
    BrokerageRequested,
    ConflictDeclared,
    ContactKind,
    ContactNamed,
    DialogueHeld,
    DialogueTopic,
    ExpertAssigned,
    ExpertRegistered,
    ExpertReleased,
    GovernmentLevel,
    LiaisonHeld,
    MemberKind,
    MemberLeft,
    RoleTaken,
    StakeholderEntered,
    StakeholderKind,
    StakeholderLeft,
    begin_alliance,
    partners_in_alliance,
)
from utm.programme.history import Command, History, Refusal, digest
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

TURKU, RENCA = CITIES = (CityId("fi-turku"), CityId("cl-renca"))
CYCLING, SHADE = TopicId("mobility.cycling"), TopicId("cooling.shade")
ONE, TWO = PairingId("edition-01"), PairingId("edition-02")
DAY = Date(2026, 1, 1)
SHADY = NeedCluster(
    key="heat",
    label="Heat",
    basis=ClusterBasis.HAND,
    needs=(
        ResearchNeed(
            id=ResearchNeedId("need-1"),
            city=TURKU,
            stated_on=DAY,
            text="How?",
            source=Source(title="Workshop"),
            topics=(SHADE,),
        ),
    ),
)


def ask(action: AllianceEvent, on: Date = DAY) -> Command[AllianceEvent]:
    return Command(action=action, by="Ada", on=on, why="daily work")


def role(member: str, taken: AllianceRole, kind: MemberKind = MemberKind.INITIATIVE) -> RoleTaken:
    return RoleTaken(member=member, kind=kind, role=taken)


def granted(history: AllianceHistory, *commands: Command[AllianceEvent]) -> AllianceHistory:
    following = history.record_all(commands)
    assert isinstance(following, History), following
    return following


def refused(history: AllianceHistory, action: AllianceEvent, on: Date = DAY) -> str:
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def granted_all(history: AllianceHistory, *actions: AllianceEvent) -> AllianceHistory:
    following = history.record_all([ask(action) for action in actions])
    assert not isinstance(following, Refusal), following
    return following


def partner(key: str, name: str) -> Partner:
    kind = ApplicantKind.CIVIL_SOCIETY
    return Partner(
        id=PartnerId(key), name=name, kind=kind, country=CountryCode("FI"), topics=(SHADE,)
    )


def test_only_partners_that_are_members_on_the_day_are_offered() -> None:
    left, later = Date(2026, 3, 1), Date(2026, 4, 1)
    history = granted(
        begin_alliance(cities=CITIES),
        ask(role("Città Viva", AllianceRole.CORE)),
        ask(role("Leaver", AllianceRole.SUPPORTING)),
        ask(MemberLeft(member="Leaver"), left),
        ask(role("Newcomer", AllianceRole.SUPPORTING), later),
    )
    partners = [
        partner("stranger", "Stranger"),
        partner("newcomer", "Newcomer"),
        partner("leaver", "Leaver"),
        partner("viva", "CITTA VIVA"),
    ]

    def offered(day: Date) -> list[str]:
        kept = partners_in_alliance(partners, history.state, on=day)
        return [fit.partner.id.value for fit in fitting_partners(SHADY, kept)]

    assert offered(Date(2025, 12, 31)) == []
    assert offered(DAY) == ["leaver", "viva"]
    assert offered(left) == ["viva"]
    assert offered(later) == ["newcomer", "viva"]


def test_two_partners_with_the_name_of_one_member_are_refused_and_both_told() -> None:
    history = granted(begin_alliance(), ask(role("ENoLL", AllianceRole.CORE)))
    with pytest.raises(InvalidValueError, match=r"'enoll-be', 'enoll-fi'.*one member"):
        partners_in_alliance(
            [partner("enoll-fi", "ENoLL"), partner("enoll-be", "Enoll"), partner("x", "X")],
            history.state,
            on=DAY,
        )


def begun(cities: Iterable[CityId] = CITIES) -> AllianceHistory:
    return granted(
        begin_alliance(cities=cities),
        ask(role("ENoLL", AllianceRole.SUPPORTING)),
        ask(ExpertRegistered(expert="x1", member="ENoLL", topics=(CYCLING,), most_groups=1)),
    )


def assignment(group: PairingId = ONE, *topics: TopicId) -> ExpertAssigned:
    return ExpertAssigned(
        expert="x1", group=group, members=(TURKU, RENCA), topics=topics or (CYCLING,)
    )


def test_roles_are_kept_over_time_and_asked_for_any_day() -> None:
    history = granted(
        begun(),
        ask(role("ENoLL", AllianceRole.CORE), DAY.add(days=10)),
        ask(MemberLeft(member="ENoLL"), DAY.add(days=20)),
    )
    member = history.state.members[0]

    assert [member.role_on(DAY.add(days=n)) for n in (-1, 0, 10, 20)] == [
        None,
        AllianceRole.SUPPORTING,
        AllianceRole.CORE,
        None,
    ]
    assert refused(history, MemberLeft(member="ENoLL"), DAY.add(days=21)) == "alliance.member"
    back = granted(history, ask(role("ENoLL", AllianceRole.CORE), DAY.add(days=30)))
    assert len(back.state.members) == 2


def test_a_member_has_one_role_and_stays_what_it_is() -> None:
    assert refused(begun(), role("ENoLL", AllianceRole.SUPPORTING)) == "alliance.one-role"
    other = role("ENoLL", AllianceRole.CORE, MemberKind.BUSINESS)
    assert refused(begun(), other) == "alliance.one-role"


def test_a_request_is_closed_only_with_an_outcome() -> None:
    wish = BrokerageRequested(request="r1", city=TURKU, topic=CYCLING, wish="a living lab")
    history = granted(begun(), ask(wish))
    assert [one.request.request for one in history.state.open_requests] == ["r1"]

    with pytest.raises(InvalidValueError):
        BrokerageClosed(request="r1", outcome=" ")
    strange = BrokerageClosed(request="r1", outcome="found", partners=("nobody",))
    assert refused(history, strange) == "alliance.member"
    found = BrokerageClosed(request="r1", outcome="a lab was found", partners=("ENoLL",))
    closed = granted(history, ask(found))
    assert closed.state.open_requests == ()
    assert refused(closed, found) == "alliance.open-request"
    assert refused(closed, wish) == "alliance.new-key"


def test_an_expert_with_a_conflict_of_interest_is_not_assigned() -> None:
    history = granted(begun(), ask(ConflictDeclared(expert="x1", city=RENCA)))

    assert refused(history, assignment()) == "alliance.conflict-of-interest"
    assert history.state.experts_for([CYCLING], [TURKU, RENCA]) == ()
    assert len(history.state.experts_for([CYCLING], [TURKU])) == 1
    again = history.record(ask(ConflictDeclared(expert="x1", city=RENCA)))
    assert isinstance(again, Refusal)
    assert again.rule == "history.changes-something"


def test_an_expert_helps_only_as_many_groups_as_offered() -> None:
    history = granted(begun(), ask(assignment()))

    assert refused(history, assignment()) == "alliance.assigned-once"
    assert refused(history, assignment(TWO)) == "alliance.expert-load"
    assert history.state.experts_for([CYCLING], []) == ()
    free = granted(history, ask(ExpertReleased(expert="x1", group=ONE)))
    assert refused(free, ExpertReleased(expert="x1", group=ONE)) == "alliance.assigned-once"
    assert refused(free, assignment(TWO, SHADE)) == "alliance.expert-topic"
    reason = free.state.experts_for([CYCLING, SHADE], [])[0][1]
    assert reason == "knows mobility.cycling; helps 0 of at most 1 groups"


def test_coverage_tells_countries_without_any_contact() -> None:
    finland, chile = CountryCode("FI"), CountryCode("CL")

    def contact(office: str) -> ContactNamed:
        return ContactNamed(
            country=finland,
            kind=ContactKind.GOVERNMENT,
            level=GovernmentLevel.NATIONAL,
            office=office,
        )

    history = granted(begun(), ask(contact("Ministry A")), ask(contact("Ministry B")))

    assert [one.office for one in history.state.contacts] == ["Ministry B"]
    assert history.state.coverage([finland, chile]) == (
        (chile, ()),
        (finland, (GovernmentLevel.NATIONAL,)),
    )


def test_a_conflict_that_is_declared_later_ends_the_help_to_that_city_by_itself() -> None:
    history = granted(begun(), ask(assignment()))

    declared = granted(history, ask(ConflictDeclared(expert="x1", city=RENCA)))

    assert declared.entries[-1].events[1:] == (ExpertReleased(expert="x1", group=ONE),)
    (expert,) = declared.state.experts
    assert expert.groups == ()
    told = digest([declared], since=DAY.subtract(days=1)).for_whom(TURKU.value)
    assert told.changes[-1].sentence == "Expert x1 no longer helps edition-01."


def test_experts_of_a_member_that_left_help_nobody_until_it_comes_back() -> None:
    history = granted(begun(), ask(assignment()), ask(MemberLeft(member="ENoLL")))

    assert history.state.experts[0].groups == ()
    assert history.state.experts_for([CYCLING], [TURKU]) == ()
    assert refused(history, assignment(TWO)) == "alliance.member"
    back = granted(history, ask(role("ENoLL", AllianceRole.CORE), DAY.add(days=1)))
    assert len(back.state.experts_for([CYCLING], [TURKU])) == 1
    granted(back, ask(assignment(TWO), DAY.add(days=1)))


def entered(name: str, kind: StakeholderKind = StakeholderKind.RESEARCH) -> StakeholderEntered:
    return StakeholderEntered(stakeholder=name, kind=kind, level=GovernmentLevel.LOCAL)


def test_stakeholders_are_counted_by_kind_and_level_on_any_day() -> None:
    later = DAY.add(days=10)
    history = granted(
        begun(),
        ask(entered("A university")),
        ask(entered("B university")),
        ask(StakeholderLeft(stakeholder="A university"), later),
    )

    counts = {
        (kind, level): number for kind, level, number in history.state.count_stakeholders(DAY)
    }
    place = (StakeholderKind.RESEARCH, GovernmentLevel.LOCAL)
    assert len(counts) == len(StakeholderKind) * len(GovernmentLevel)
    assert (counts.pop(place), sum(counts.values())) == (2, 0)
    assert [one.terms.stakeholder for one in history.state.stakeholders_on(later)] == [
        "B university"
    ]
    assert refused(history, entered("B university"), later) == "alliance.stakeholder-once"
    gone = StakeholderLeft(stakeholder="A university")
    assert refused(history, gone, later) == "alliance.stakeholder-once"


def test_a_dialogue_names_its_parties_and_they_are_known() -> None:
    finland = CountryCode("FI")
    talk = DialogueHeld(
        topic=DialogueTopic.CLIMATE_FINANCE,
        cities=(TURKU,),
        governments=(finland,),
        members=("ENoLL",),
    )
    office = ContactNamed(
        country=finland,
        kind=ContactKind.GOVERNMENT,
        level=GovernmentLevel.NATIONAL,
        office="Ministry A",
    )

    assert refused(begun(), talk) == "alliance.known-contact"
    history = granted(begun(), ask(office), ask(talk))
    assert history.state.dialogues_of(TURKU) == ((DAY, talk),)
    assert history.state.dialogues_of(RENCA) == ()
    assert refused(history, evolve(talk, members=("nobody",))) == "alliance.member"
    for parties in ({"cities": ()}, {"governments": (), "members": ()}, {"cities": (TURKU,) * 2}):
        with pytest.raises(InvalidValueError):
            evolve(talk, **parties)


def test_only_the_configured_co_leads_lead_and_who_is_missing_is_named() -> None:
    three = ("European Commission", "GCoM", "JPI Urban Europe")
    history = granted_all(
        begin_alliance(co_leads=three, cities=CITIES),
        *(role(name, AllianceRole.CO_LEAD) for name in three[:2]),
    )
    outsider = history.record(ask(role("IEA", AllianceRole.CO_LEAD)))
    assert isinstance(outsider, Refusal)
    assert outsider.rule == "alliance.configured-co-lead"
    assert history.state.missing_co_leads(DAY) == ("JPI Urban Europe",)
    full = granted_all(history, role(three[2], AllianceRole.CO_LEAD))
    assert full.state.missing_co_leads(DAY) == ()
    assert parse_history(history_to_json(full)) == full
    with pytest.raises(InvalidValueError):
        begin_alliance(co_leads=("GCoM", "GCoM"))


EXPERTS = st.sampled_from(["x1", "x2"])
NAMES = st.sampled_from(["ENoLL", "IEA"])


def test_the_mission_liaises_with_whom_it_knows_and_sees_with_whom_it_has_not_spoken() -> None:
    network = ContactNamed(
        country=CountryCode("FI"),
        kind=ContactKind.MISSION_NETWORK,
        level=GovernmentLevel.NATIONAL,
        office="Finnish network",
    )
    history = granted_all(
        begin_alliance(cities=CITIES),
        role("NetZeroCities", AllianceRole.SUPPORTING, MemberKind.OTHER_MISSION),
        entered("A university"),
        network,
    )
    talk = LiaisonHeld(partners=("NetZeroCities", "Finnish network"), purpose="coordination")
    history = granted(history, ask(talk, DAY.add(days=10)))
    state = history.state

    assert state.liaisons == ((DAY.add(days=10), talk),)
    everybody = ("A university", "Finnish network", "NetZeroCities")
    assert state.partners_on(DAY) == everybody
    assert state.not_spoken_with(DAY, DAY.add(days=10)) == ("A university",)
    assert state.not_spoken_with(DAY, DAY.add(days=9)) == everybody
    assert state.not_spoken_with(DAY.add(days=10), DAY.add(days=20)) == everybody
    stranger = LiaisonHeld(partners=("Nobody", "NetZeroCities"), purpose="coordination")
    assert refused(history, stranger, DAY.add(days=11)) == "alliance.known-partner"
    gone = granted(history, ask(MemberLeft(member="NetZeroCities"), DAY.add(days=11)))
    assert refused(gone, talk, DAY.add(days=12)) == "alliance.known-partner"
    for partners in ((), ("A", "A")):
        with pytest.raises(InvalidValueError):
            LiaisonHeld(partners=partners, purpose="coordination")


def check(state: Alliance, day: Date) -> None:
    for expert in state.experts:
        assert len(expert.groups) <= expert.terms.most_groups
        assert len(set(expert.groups)) == len(expert.groups)
        helped = {city for one in expert.assignments for city in one.members}
        assert not helped & set(expert.conflicts)
        sender = state.member_on(expert.terms.member, day)
        assert sender is not None or not expert.groups
    standing = [one.terms.stakeholder for one in state.stakeholders_on(day)]
    assert len(set(standing)) == len(standing)
    for record in state.requests:
        assert (record.closed_on is not None) == bool(record.outcome)
    names = [one.name for one in state.members if one.role_on(day) is not None]
    assert len(set(names)) == len(names)


class AllianceMachine(RuleBasedStateMachine):
    """Any roles, requests and assignments."""

    @initialize()
    def begin(self) -> None:
        self.history = begun()
        self.day = DAY

    def act(self, action: AllianceEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 30))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(name=NAMES, taken=st.sampled_from(AllianceRole))
    def take_a_role(self, name: str, taken: AllianceRole) -> None:
        self.act(role(name, taken))

    @rule(name=NAMES)
    def leave(self, name: str) -> None:
        self.act(MemberLeft(member=name))

    @rule(expert=EXPERTS, name=NAMES, most=st.integers(1, 2))
    def register(self, expert: str, name: str, most: int) -> None:
        self.act(ExpertRegistered(expert=expert, member=name, topics=(CYCLING,), most_groups=most))

    @rule(expert=EXPERTS, group=st.sampled_from([ONE, TWO]), city=st.sampled_from([TURKU, RENCA]))
    def assign(self, expert: str, group: PairingId, city: CityId) -> None:
        self.act(ExpertAssigned(expert=expert, group=group, members=(city,), topics=(CYCLING,)))

    @rule(expert=EXPERTS, group=st.sampled_from([ONE, TWO]))
    def release(self, expert: str, group: PairingId) -> None:
        self.act(ExpertReleased(expert=expert, group=group))

    @rule(expert=EXPERTS, city=st.sampled_from([TURKU, RENCA]))
    def declare_a_conflict(self, expert: str, city: CityId) -> None:
        self.act(ConflictDeclared(expert=expert, city=city))

    @rule(name=st.sampled_from(["A", "B"]), leaves=st.booleans())
    def enter_or_leave(self, name: str, leaves: bool) -> None:
        self.act(StakeholderLeft(stakeholder=name) if leaves else entered(name))

    @rule(name=NAMES)
    def speak(self, name: str) -> None:
        topic = DialogueTopic.INNOVATION
        self.act(DialogueHeld(topic=topic, cities=(TURKU,), members=(name,)))

    @rule(name=NAMES, other=st.sampled_from(["A", "B"]))
    def liaise(self, name: str, other: str) -> None:
        known, before = self.history.state.partners_on(self.day), self.history.state.liaisons
        self.act(LiaisonHeld(partners=(name, other), purpose="coordination"))
        spoke = len(self.history.state.liaisons) > len(before)
        assert spoke is ({name, other} <= set(known))

    @rule(key=st.sampled_from("rs"))
    def request(self, key: str) -> None:
        self.act(BrokerageRequested(request=key, city=TURKU, topic=CYCLING, wish="a lab"))

    @rule(key=st.sampled_from("rs"), name=NAMES)
    def close(self, key: str, name: str) -> None:
        self.act(BrokerageClosed(request=key, outcome="met twice", partners=(name,)))

    @invariant()
    def nobody_is_overloaded_and_nothing_closed_without_an_outcome(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestAllianceMachine = AllianceMachine.TestCase
TestAllianceMachine.settings = examples(50)
