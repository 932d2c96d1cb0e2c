"""City networks: who belongs where, since when, and what is covered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import CityId, CountryCode, MembershipStatus, NetworkId, Period, Source
from utm.programme.alliance import (
    ContactKind,
    ContactNamed,
    GovernmentLevel,
    begin_alliance,
)
from utm.programme.history import Command, History, Refusal
from utm.programme.networks import (
    CityEntered,
    NetworkEntered,
    StandingTaken,
    begin_networks,
    cover_countries,
)
from utm.testing.programme import (
    assert_history_laws,
    assert_refusal_is_explained,
    interleavings,
    record_each,
)

DAY = Date(2024, 1, 1)
GCOM, C40 = NetworkId("gcom"), NetworkId("c40")
TURKU, RENCA = CityId("fi-turku"), CityId("cl-renca")
LATER = Date(2090, 1, 1)
LIST = Source(title="list of members")
JOINS = {MembershipStatus.COMMITTED, MembershipStatus.SIGNATORY}


def ask(action, on=DAY):
    return Command(action=action, by="Ada", on=on, why="read in a list")


def stands(status, city=TURKU, network=GCOM):
    return StandingTaken(city=city, network=network, status=status, source=LIST)


def begun():
    history = begin_networks().record_all(
        [
            ask(NetworkEntered(network=GCOM, title="Global Covenant of Mayors")),
            ask(NetworkEntered(network=C40, title="C40 Cities")),
            ask(CityEntered(city=TURKU, country=CountryCode("FI"))),
            ask(CityEntered(city=RENCA, country=CountryCode("CL"))),
        ]
    )
    assert isinstance(history, History)
    return history


def test_a_city_belongs_to_a_network_for_the_days_of_its_standings():
    days = [Date(2024, month, 1) for month in (2, 3, 4, 6)]
    steps = (
        MembershipStatus.COMMITTED,
        MembershipStatus.SIGNATORY,
        MembershipStatus.WITHDRAWN,
        MembershipStatus.SIGNATORY,
    )
    state = (
        begun()
        .record_all([ask(stands(status), day) for status, day in zip(steps, days, strict=True)])
        .state
    )

    assert state.memberships(TURKU, GCOM) == (
        Period(start=days[0], end=days[2]),
        Period(start=days[3]),
    )
    assert [state.members(GCOM, day) for day in (DAY, days[0], days[2], days[3])] == [
        (),
        (TURKU,),
        (),
        (TURKU,),
    ]
    assert state.networks_of(TURKU, days[1]) == (GCOM,)


@pytest.mark.parametrize(
    ("action", "law"),
    [
        (stands(MembershipStatus.SIGNATORY, city=CityId("aq-no")), "networks.entered"),
        (stands(MembershipStatus.SIGNATORY, network=NetworkId("no")), "networks.entered"),
        (stands(MembershipStatus.WITHDRAWN), "networks.member"),
        (stands(MembershipStatus.ON_HOLD), "networks.member"),
        (NetworkEntered(network=GCOM, title="again"), "networks.entered-once"),
        (CityEntered(city=TURKU, country=CountryCode("SE")), "networks.entered-once"),
    ],
)
def test_what_is_unknown_or_does_not_follow_is_refused(action, law):
    refusal = begun().record(ask(action))
    assert isinstance(refusal, Refusal)
    assert refusal.rule == law


def test_the_coverage_of_a_country_names_levels_networks_and_gaps():
    contact = ContactNamed(
        country=CountryCode("FI"),
        kind=ContactKind.MISSION_NETWORK,
        level=GovernmentLevel.NATIONAL,
        office="Ministry of the Environment",
    )
    alliance = begin_alliance().record(ask(contact)).state
    registry = begun().record(ask(stands(MembershipStatus.SIGNATORY))).state

    chile, finland = cover_countries(registry, alliance, on=DAY)

    assert finland.networks == ((GCOM, 1),)
    assert finland.levels == (GovernmentLevel.NATIONAL,)
    assert finland.mission_network == "Ministry of the Environment"
    assert finland.gaps == (
        "no local contact",
        "no regional contact",
        "no supranational contact",
    )
    assert chile.networks == ()
    assert chile.gaps[-2:] == ("no national mission network", "no city in a network")


ACTIONS = st.one_of(
    st.builds(
        stands,
        st.sampled_from(MembershipStatus),
        st.sampled_from([TURKU, RENCA]),
        st.sampled_from([GCOM, C40]),
    ),
    st.builds(CityEntered, city=st.just(CityId("in-leh")), country=st.just(CountryCode("IN"))),
)


def check(state):
    last = {}
    for one in state.standings:
        assert one.city in dict(state.cities)
        before = last.get((one.city, one.network))
        assert before is not one.status
        if one.status is MembershipStatus.WITHDRAWN:
            assert before in {*JOINS, MembershipStatus.ON_HOLD}
        last[one.city, one.network] = one.status
    for network in (GCOM, C40):
        counted = {
            city
            for (city, where), status in last.items()
            if where == network and status in {*JOINS, MembershipStatus.ON_HOLD}
        }
        assert set(state.members(network, LATER)) == counted
        assert counted == {
            city for city, _ in state.cities if state.networks_of(city, LATER).count(network)
        }


@given(st.data())
def test_no_interleaving_of_two_peoples_commands_breaks_the_registry(data):
    each = []
    for _ in range(2):
        steps = data.draw(st.lists(st.tuples(st.integers(0, 90), ACTIONS), max_size=8))
        each.append(
            [ask(action, DAY.add(days=day)) for day, action in sorted(steps, key=lambda s: s[0])]
        )
    history = record_each(begun(), data.draw(interleavings(*each)), check=check)
    assert_history_laws(history)


class NetworkMachine(RuleBasedStateMachine):
    """Any standings on days that go on."""

    @initialize()
    def begin(self):
        self.history = begun()
        self.day = DAY

    @rule(length=st.integers(1, 40))
    def let_days_pass(self, length):
        self.day = self.day.add(days=length)

    @rule(action=ACTIONS)
    def try_anything(self, action):
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @invariant()
    def the_registry_is_whole(self):
        check(self.history.state)

    def teardown(self):
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestNetworkMachine = NetworkMachine.TestCase
TestNetworkMachine.settings = examples(50)
