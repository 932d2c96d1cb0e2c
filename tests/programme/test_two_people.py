"""Two people ask for things in any order, each on what was so when they looked last."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.programme.alliance import test_alliance as alliance
from tests.programme.calls import test_calls as calls
from tests.programme.campaigns import test_campaigns as campaigns
from tests.programme.cohort import test_cohort as cohort
from tests.programme.exchange import test_edition_machine as edition
from tests.programme.exchange.editions import empty
from tests.programme.gatherings import test_gatherings as gatherings
from tests.programme.journey import test_engagement as engagement
from tests.programme.learning import test_learning as learning
from tests.programme.networks import test_networks as networks
from tests.programme.pathways import test_plans as plans
from tests.searching import examples
from utm.domain import ApplicationForm, ApplicationId, CityId, PlanId
from utm.interchange.histories import KINDS, AnyHistory, history_to_json, kind_of, parse_history
from utm.programme.alliance import (
    AllianceRole,
    BrokerageClosed,
    BrokerageRequested,
    ConflictDeclared,
    ExpertAssigned,
    ExpertRegistered,
    ExpertReleased,
    MemberLeft,
    StakeholderLeft,
)
from utm.programme.calls import (
    EvidenceSupplied,
    Extension,
    FormIssue,
    Retraction,
    ReviewStart,
    RollingReview,
    Ruling,
    judge_application,
)
from utm.programme.campaigns import CampaignCancelled, begin_campaigns
from utm.programme.gatherings import (
    Enrolment,
    GlobalEventHeld,
    SeriesAnnounced,
    SeriesClosed,
    SessionHeld,
    SummitHeld,
    begin_gatherings,
)
from utm.programme.history import CitiesEntered, Command, EntriesVoided, Refusal
from utm.programme.journey import (
    CDP_ICLEI_TRACK,
    MY_COVENANT,
    Completion,
    Release,
    ReportImport,
    begin_engagement,
)
from utm.programme.learning import Answer, Moderation, PostStatus, QuestionAsked, QuestionRouted
from utm.programme.pathways import PlanAdoption, PlanRevision, begin_plan
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

Making = Callable[[Any, Date], Any]
"""From what somebody saw, and the day, to what is asked for; ``None`` for nothing."""


def plainly(actions: st.SearchStrategy[Any]) -> st.SearchStrategy[Making]:
    """Actions that do not depend on what was seen."""
    return actions.map(lambda action: lambda _seen, _day: action)


def entering(cities: Sequence[CityId]) -> st.SearchStrategy[CitiesEntered]:
    """Some cities are entered in the register of the history."""
    chosen = st.lists(st.sampled_from(cities), min_size=1, unique=True)
    return chosen.map(lambda found: CitiesEntered(cities=tuple(found)))


def on_state(check: Callable[[Any, Date], None]) -> Callable[[AnyHistory, Date], None]:
    """A check of states as one of histories."""
    return lambda history, day: check(history.state, day)


@frozen(kw_only=True)
class Life:
    """One kind of life: how it begins, what may be asked for, and what must always hold."""

    begun: Callable[[], AnyHistory]
    first_day: Date
    makings: st.SearchStrategy[Making]
    check: Callable[[AnyHistory, Date], None]


def _submit(number: int, ago: int, version: str) -> Making:
    def make(_seen: Any, day: Date) -> Any:
        sent = day.subtract(days=ago)
        moment = pendulum.datetime(sent.year, sent.month, sent.day, 12, tz="UTC")
        return calls.submission(number, moment, form_version=version)

    return make


def _judge(number: int) -> Making:
    def make(seen: Any, day: Date) -> Any:
        key = ApplicationId(f"a{number}")
        if seen.record_of(key) is None:
            return None
        return Ruling(decision=judge_application(seen, key, on=day))

    return make


def _supply(number: int) -> Making:
    def make(seen: Any, _day: Date) -> Any:
        record = seen.record_of(ApplicationId(f"a{number}"))
        if record is None:
            return None
        known = evolve(calls.CITIES[number], populations=())
        return EvidenceSupplied(application=evolve(record.application, applicant=known))

    return make


FEW = st.integers(0, 2)
CALLS = st.one_of(
    st.builds(_submit, FEW, st.integers(-2, 40), st.sampled_from("12")),
    st.builds(_judge, FEW),
    st.builds(_supply, FEW),
    plainly(
        st.builds(lambda n: ReviewStart(application=ApplicationId(f"a{n}"), reviewer="Bo"), FEW)
    ),
    plainly(st.builds(lambda n: Retraction(application=ApplicationId(f"a{n}")), FEW)),
    plainly(st.just(RollingReview())),
    plainly(
        st.builds(
            lambda version: FormIssue(
                form=ApplicationForm(version=version, questions=calls.FORM.questions)
            ),
            st.sampled_from("123"),
        )
    ),
    st.builds(
        lambda after: (
            lambda _seen, day: Extension(last_day=day.add(days=after), rolling_afterwards=False)
        ),
        st.integers(-40, 90),
    ),
)
TWO_CITIES = st.sampled_from([alliance.TURKU, alliance.RENCA])
TWO_GROUPS = st.sampled_from([alliance.ONE, alliance.TWO])
ALLIANCE = plainly(
    st.one_of(
        entering(alliance.CITIES),
        st.builds(alliance.role, alliance.NAMES, st.sampled_from(AllianceRole)),
        st.builds(MemberLeft, member=alliance.NAMES),
        st.builds(
            ExpertRegistered,
            expert=alliance.EXPERTS,
            member=alliance.NAMES,
            topics=st.just((alliance.CYCLING,)),
            most_groups=st.integers(1, 2),
        ),
        st.builds(
            ExpertAssigned,
            expert=alliance.EXPERTS,
            group=TWO_GROUPS,
            members=st.tuples(TWO_CITIES),
            topics=st.just((alliance.CYCLING,)),
        ),
        st.builds(ExpertReleased, expert=alliance.EXPERTS, group=TWO_GROUPS),
        st.builds(ConflictDeclared, expert=alliance.EXPERTS, city=TWO_CITIES),
        st.builds(alliance.entered, st.sampled_from("AB")),
        st.builds(StakeholderLeft, stakeholder=st.sampled_from("AB")),
        st.builds(
            BrokerageRequested,
            request=st.sampled_from("rs"),
            city=TWO_CITIES,
            topic=st.just(alliance.CYCLING),
            wish=st.just("a lab"),
        ),
        st.builds(
            BrokerageClosed,
            request=st.sampled_from("rs"),
            outcome=st.just("met twice"),
            partners=st.tuples(alliance.NAMES),
        ),
    )
)
SERIES = st.sampled_from("ab")
GATHERINGS = st.one_of(
    plainly(entering(gatherings.CITIES)),
    st.builds(
        lambda key, sessions, length: (
            lambda _seen, day: SeriesAnnounced(
                series=key,
                title=key,
                provider="IRENA",
                sessions=sessions,
                first_day=day,
                last_day=day.add(days=length),
                fewest_attended=1,
            )
        ),
        SERIES,
        st.integers(1, 3),
        st.integers(0, 100),
    ),
    plainly(st.builds(Enrolment, series=SERIES, city=TWO_CITIES)),
    plainly(
        st.builds(
            SessionHeld, series=SERIES, title=st.just("solar"), attendees=st.tuples(TWO_CITIES)
        )
    ),
    plainly(st.builds(SeriesClosed, series=SERIES)),
    plainly(
        st.builds(
            SummitHeld,
            title=st.just("Summit"),
            place=st.just("Riyadh"),
            attendees=st.tuples(TWO_CITIES),
        )
    ),
    plainly(
        st.builds(
            GlobalEventHeld,
            title=st.just("Day"),
            place=st.just("Brussels"),
            attendees=st.tuples(TWO_CITIES),
            annual=st.sampled_from(["", "outreach"]),
        )
    ),
)
FEW_KINDS = st.sampled_from(list(engagement.EngagementKind)[:3])
FEW_YEARS = st.integers(2024, 2025)
ENGAGEMENT = plainly(
    st.one_of(
        st.builds(engagement.given_for, FEW_YEARS, FEW_KINDS),
        st.builds(
            Completion,
            city=st.just(engagement.TURKU),
            kind=FEW_KINDS,
            year=FEW_YEARS,
            evidence=st.just(engagement.REPORT),
        ),
        st.builds(Release, city=st.just(engagement.TURKU), kind=FEW_KINDS, year=FEW_YEARS),
        st.builds(
            lambda year, mapping: ReportImport(
                report=engagement.report(year, "target", mapping=mapping)
            ),
            FEW_YEARS,
            st.sampled_from([CDP_ICLEI_TRACK, MY_COVENANT]),
        ),
    )
)


def _adopt(key: str, ago: int | None) -> Making:
    return lambda _seen, day: PlanAdoption(
        plan=plans.plan(key, adopted_on=None if ago is None else day.subtract(days=ago))
    )


def _revise(key: str, ago: int | None, year: int) -> Making:
    def make(seen: Any, day: Date) -> Any:
        # Whoever revises takes the last plan that was seen for the current one.
        before = seen.chain[-1].plan.id if seen.chain else PlanId("a")
        adopted_on = None if ago is None else day.subtract(days=ago)
        revised = plans.plan(key, adopted_on=adopted_on)
        return PlanRevision(plan=revised, supersedes=before, targets=(plans.aim(year),))

    return make


AGO = st.none() | st.integers(-5, 400)
PLANS = st.one_of(
    st.builds(_adopt, st.sampled_from("abcd"), AGO),
    st.builds(_revise, st.sampled_from("abcd"), AGO, st.integers(2020, 2050)),
)
LEARNING = plainly(
    st.one_of(
        entering(learning.KNOWN),
        st.builds(
            QuestionAsked,
            group=st.just("wheels"),
            question=learning.POSTS,
            city=learning.CITIES,
            topic=st.just(learning.CYCLING),
            text=st.just("?"),
        ),
        st.builds(
            Answer,
            question=learning.POSTS,
            answer=learning.POSTS,
            city=learning.CITIES,
            text=st.just("So."),
        ),
        learning.HELPDESK_STEPS,
        st.builds(Moderation, post=learning.POSTS, status=st.sampled_from(PostStatus)),
        st.builds(
            lambda key, city: QuestionRouted(question=key, to=(learning.to(city),)),
            learning.POSTS,
            learning.CITIES,
        ),
    )
)
CAMPAIGNS = plainly(
    st.one_of(
        entering(campaigns.CITIES),
        st.builds(
            campaigns.milestone,
            st.sampled_from("mn"),
            st.sampled_from([city.value for city in campaigns.CITIES]),
        ),
        st.builds(campaigns.planned, st.sampled_from(["c1", "c2"])),
        st.builds(
            campaigns.reach, st.integers(0, 99), st.sampled_from(["web", "newsletter", "radio"])
        ),
        st.builds(CampaignCancelled, campaign=st.sampled_from(["c1", "c2"])),
        campaigns.NEWSLETTER_STEPS,
    )
)


def _community() -> AnyHistory:
    terms = learning.CommunityTerms(most_asked=1, within_days=20)
    begun = learning.begin_community(terms=terms, cities=learning.KNOWN[:2])
    return learning.granted(begun, learning.ask(learning.OPENED))


LIVES = {
    "alliance": Life(
        begun=lambda: alliance.begun(cities=alliance.CITIES[:1]),
        first_day=alliance.DAY,
        makings=ALLIANCE,
        check=on_state(alliance.check),
    ),
    "call": Life(
        begun=calls.launched, first_day=Date(2023, 6, 1), makings=CALLS, check=on_state(calls.check)
    ),
    "campaigns": Life(
        begun=lambda: begin_campaigns(cities=campaigns.CITIES[:1]),
        first_day=campaigns.DAY,
        makings=CAMPAIGNS,
        check=on_state(campaigns.check),
    ),
    "cohort": Life(
        begun=cohort.begun,
        first_day=Date(2022, 1, 1),
        makings=plainly(cohort.commands("Ada").map(lambda command: command.action)),
        check=lambda history, _day: cohort.check_cohort(history),
    ),
    "edition": Life(
        begun=lambda: empty(most_groups_a_facilitator=2),
        first_day=edition.START,
        makings=plainly(edition.ACTIONS),
        check=lambda history, _day: edition.check(history.state),
    ),
    "engagement": Life(
        begun=lambda: begin_engagement(engagement.TURKU),
        first_day=Date(2024, 1, 1),
        makings=ENGAGEMENT,
        check=on_state(engagement.check),
    ),
    "gatherings": Life(
        begun=lambda: begin_gatherings(cities=gatherings.CITIES[:1]),
        first_day=Date(2024, 1, 1),
        makings=GATHERINGS,
        check=on_state(gatherings.check),
    ),
    "learning": Life(
        begun=_community, first_day=learning.DAY, makings=LEARNING, check=on_state(learning.check)
    ),
    "networks": Life(
        begun=networks.begun,
        first_day=networks.DAY,
        makings=plainly(networks.ACTIONS),
        check=lambda history, _day: networks.check(history.state),
    ),
    "plan": Life(
        begun=lambda: begin_plan(plans.TURKU),
        first_day=Date(2018, 1, 1),
        makings=PLANS,
        check=on_state(plans.check),
    ),
}


def assert_only_cities_of_the_register_are_told_of(history: AnyHistory) -> None:
    if history.lifecycle.register is None:
        return
    known = {city.value for city in history.lifecycle.register(history.lifecycle.start).cities}
    for entry in history.standing:
        action = entry.command.action
        told = set(re.findall(r"CityId\(value='([^']+)'\)", repr(action)))
        if isinstance(action, CitiesEntered):
            assert told - known, "an entry that changes nothing"
            known |= told
        assert told <= known
    assert known == {city.value for city in history.lifecycle.register(history.state).cities}


def test_every_kind_of_life_is_tried() -> None:
    assert set(LIVES) == set(KINDS)


@pytest.mark.parametrize("name", sorted(LIVES))
@examples(40)
@given(data=st.data())
def test_no_interleaving_of_two_peoples_commands_breaks_an_invariant(
    name: str, data: st.DataObject
) -> None:
    life = LIVES[name]
    history = life.begun()
    assert kind_of(history) is KINDS[name]
    seen = [history, history]
    days = [life.first_day, life.first_day]
    steps = st.tuples(
        *(st.integers(0, 1), st.booleans(), st.booleans(), st.integers(0, 30)),
        life.makings | st.builds(EntriesVoided, entries=st.tuples(st.integers(1, 9))),
    )
    for who, looks, is_careful, later, make in data.draw(st.lists(steps, max_size=16)):
        if looks:
            seen[who] = history
        days[who] = days[who].add(days=later)
        action = make if isinstance(make, EntriesVoided) else make(seen[who].state, days[who])
        if action is None:
            continue
        command = Command(action=action, by=("Ada", "Mo")[who], on=days[who], why="daily work")
        unseen = len(history.entries) - len(seen[who].entries)
        outcome = history.record(command, seen=len(seen[who].entries) if is_careful else None)
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, history.lifecycle)
            continue
        assert not (is_careful and unseen)
        assert outcome.entries[:-1] == history.entries
        history = outcome
        life.check(history, days[who])
    assert_history_laws(history)
    assert parse_history(history_to_json(history)) == history
    assert_only_cities_of_the_register_are_told_of(history)
