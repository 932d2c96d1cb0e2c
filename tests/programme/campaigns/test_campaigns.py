"""Campaigns: audience, channels, dates and counted reach."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import CityId, CountryCode, MissionPillar, Observation, Source
from utm.errors import InvalidValueError
from utm.programme.campaigns import (
    CampaignCancelled,
    CampaignEvent,
    CampaignHistory,
    CampaignPlanned,
    Campaigns,
    ConsentWithdrawn,
    IssueSent,
    MilestoneReached,
    NewsletterBegun,
    NewsletterEvent,
    NewsPublished,
    ReachReported,
    Subscribed,
    TestimonialGiven,
    Unsubscribed,
    activities_by_pillar,
    begin_campaigns,
    reach_by_origin,
)
from utm.programme.gatherings import SummitHeld, begin_gatherings
from utm.programme.history import Command, History, Refusal, digest
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

DAY = Date(2026, 1, 1)
COUNTED = Source(title="newsletter statistics")


def ask(action: CampaignEvent, on: Date = DAY) -> Command[CampaignEvent]:
    return Command(action=action, by="Ada", on=on, why="the communication plan")


CITIES = (CityId("fi-turku"), CityId("tr-mersin"))


def planned(key: str = "c1", **changes: object) -> CampaignPlanned:
    facts: dict[str, object] = {
        "campaign": key,
        "title": "Cities show how",
        "audiences": ("cities", "ministries"),
        "channels": ("newsletter", "web"),
        "first_day": Date(2026, 2, 1),
        "last_day": Date(2026, 3, 1),
    }
    return CampaignPlanned(**(facts | changes))  # type: ignore[arg-type]


def reach(people: int, channel: str = "web") -> ReachReported:
    return ReachReported(
        campaign="c1", channel=channel, people=Observation(value=people, source=COUNTED)
    )


def milestone(key: str = "m1", *cities: str) -> MilestoneReached:
    return MilestoneReached(
        milestone=key,
        title="the hundredth city joined",
        evidence=COUNTED,
        cities=tuple(map(CityId, cities)),
    )


def news(key: str, day: Date, *cities: CityId) -> NewsPublished:
    return NewsPublished(
        news=key, title="a lane was opened", happened_on=day, source=COUNTED, cities=cities
    )


def voice(key: str = "t1") -> TestimonialGiven:
    return TestimonialGiven(
        testimonial=key,
        city=CityId("fi-turku"),
        role="deputy mayor",
        text="Now we know whom to ask.",
        consent=Source(title="letter"),
    )


def granted(history: CampaignHistory, *commands: Command[CampaignEvent]) -> CampaignHistory:
    following = history.record_all(commands)
    assert isinstance(following, History), following
    return following


def refused(history: CampaignHistory, action: CampaignEvent, on: Date) -> str:
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def test_reach_is_told_by_channel_and_never_added_up() -> None:
    history = granted(
        begin_campaigns(cities=CITIES),
        ask(planned()),
        ask(reach(100), Date(2026, 2, 10)),
        ask(reach(150), Date(2026, 2, 20)),
    )
    campaign = history.state.campaigns[0]

    assert campaign.sentence == "Cities show how: 150 through web; not known: newsletter."
    assert len(history.entries) == 3
    assert "cities" in digest([history], since=Date(2025, 1, 1)).concerned


def test_a_campaign_runs_on_both_its_days_and_not_once_cancelled() -> None:
    history = granted(begin_campaigns(cities=CITIES), ask(planned()))
    state = history.state

    running = [len(state.running(Date(2026, *day))) for day in ((1, 31), (2, 1), (3, 1), (3, 2))]
    assert running == [0, 1, 1, 0]
    cancelled = granted(history, ask(CampaignCancelled(campaign="c1"), Date(2026, 2, 5)))
    assert len(cancelled.state.running(Date(2026, 2, 4))) == 1
    assert cancelled.state.running(Date(2026, 2, 5)) == ()
    assert refused(cancelled, reach(1), Date(2026, 2, 6)) == "campaign.known"


def test_what_campaigns_forbid_is_refused_by_name() -> None:
    history = granted(begin_campaigns(cities=CITIES), ask(planned()))

    assert refused(history, planned(), DAY) == "campaign.new-key"
    assert refused(history, planned("c2"), Date(2026, 3, 2)) == "campaign.planned-ahead"
    assert refused(history, reach(1), Date(2026, 1, 31)) == "campaign.begun"
    assert isinstance(history.record(ask(reach(1), Date(2026, 2, 1))), History)
    assert refused(history, reach(1, "radio"), Date(2026, 2, 2)) == "campaign.channel"
    assert refused(begin_campaigns(cities=CITIES), reach(1), DAY) == "campaign.known"


@pytest.mark.parametrize(
    "changes",
    [
        {"audiences": ()},
        {"channels": ()},
        {"channels": ("web", "web")},
        {"last_day": Date(2026, 1, 31)},
    ],
)
def test_a_campaign_for_nobody_or_with_dates_out_of_order_is_refused(
    changes: dict[str, object],
) -> None:
    with pytest.raises(InvalidValueError):
        planned(**changes)
    with pytest.raises(InvalidValueError):
        reach(-1)


def test_a_newsletter_goes_to_those_who_asked_for_it_and_they_are_told() -> None:
    history = granted(
        begin_campaigns(),
        ask(NewsletterBegun(newsletter="n1", title="News of the cohort")),
        ask(Subscribed(newsletter="n1", subscriber="s1", consent=COUNTED)),
        ask(Subscribed(newsletter="n1", subscriber="s2", consent=COUNTED)),
        ask(IssueSent(newsletter="n1", issue="1"), Date(2026, 2, 1)),
        ask(Unsubscribed(newsletter="n1", subscriber="s1"), Date(2026, 2, 2)),
        ask(IssueSent(newsletter="n1", issue="2"), Date(2026, 3, 1)),
    )

    letter = history.state.newsletter("n1")
    assert letter is not None
    assert [number for _, _, number in letter.issues] == [2, 1]
    told = digest([history], since=Date(2026, 1, 31)).for_whom("s1").changes
    assert [one.sentence for one in told] == [
        "Issue 1 of n1 was sent.",
        "s1 no longer receives n1.",
    ]
    late = Date(2026, 4, 1)
    for action, rule_id in (
        (NewsletterBegun(newsletter="n1", title="again"), "campaign.known-newsletter"),
        (IssueSent(newsletter="n9", issue="1"), "campaign.known-newsletter"),
        (IssueSent(newsletter="n1", issue="2"), "campaign.issue-once"),
        (Subscribed(newsletter="n1", subscriber="s2", consent=COUNTED), "campaign.opt-in"),
        (Unsubscribed(newsletter="n1", subscriber="s1"), "campaign.opt-in"),
    ):
        assert refused(history, action, late) == rule_id
    nobody = granted(history, ask(Unsubscribed(newsletter="n1", subscriber="s2"), late))
    assert refused(nobody, IssueSent(newsletter="n1", issue="3"), late) == "campaign.opt-in"


def test_news_tell_their_day_and_what_is_past_the_latest_first() -> None:
    history = granted(
        begin_campaigns(cities=CITIES),
        ask(news("a", Date(2025, 6, 19))),
        ask(news("b", Date(2025, 12, 1), CITIES[1])),
    )

    assert [one.news for one in history.state.news_of()] == ["b", "a"]
    assert [one.news for one in history.state.news_of(CITIES[1])] == ["b"]
    assert refused(history, news("a", DAY), DAY) == "campaign.new-key"
    assert refused(history, news("c", DAY.add(days=1)), DAY) == "campaign.news-of-the-past"
    assert "News of 2025-06-19" in digest([history], since=Date(2025, 1, 1)).markdown.replace(
        "\\", ""
    )
    with pytest.raises(InvalidValueError, match="names a city twice"):
        news("d", DAY, CITIES[0], CITIES[0])


def test_activities_are_told_by_the_pillar_that_they_serve_and_those_of_none_too() -> None:
    both = (MissionPillar.INTEGRATED_APPROACH, MissionPillar.RESEARCH_NEEDS)
    campaigns = granted(
        begin_campaigns(), ask(planned("c1", pillars=both)), ask(planned("c2", title="untold"))
    )
    summit = SummitHeld(title="Summit", place="Riyadh", attendees=(), pillars=both[:1])
    gatherings = begin_gatherings().record(
        Command(action=summit, by="Ada", on=DAY, why="the work plan")
    )
    assert isinstance(gatherings, History)

    told = activities_by_pillar(gatherings.state, campaigns.state)
    title = campaigns.state.campaigns[0].terms.title
    assert {one.pillar: one.activities for one in told} == {
        MissionPillar.INTEGRATED_APPROACH: ("Summit", title),
        MissionPillar.KNOWLEDGE_AND_FUNDING: (),
        MissionPillar.RESEARCH_NEEDS: (title,),
        None: ("untold",),
    }
    assert told[1].sentence == "Evidence and good practice and funding: none."
    assert told[3].sentence == "Of no pillar: untold."
    with pytest.raises(InvalidValueError, match="pillars"):
        planned("c3", pillars=both[:1] * 2)
    with pytest.raises(InvalidValueError, match="pillars"):
        SummitHeld(title="Summit", place="Riyadh", attendees=(), pillars=both[:1] * 2)


def test_everything_that_is_wrong_with_a_plan_is_told_at_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        planned(audiences=(), channels=(), last_day=Date(2026, 1, 31))
    for part in ("end before it begins", "audiences", "channels"):
        assert part in caught.value.reason


def test_a_milestone_is_told_with_its_source_and_to_its_cities() -> None:
    history = granted(begin_campaigns(cities=CITIES), ask(milestone("m1", "fi-turku", "tr-mersin")))

    assert history.state.milestones == ((DAY, milestone("m1", "fi-turku", "tr-mersin")),)
    assert refused(history, milestone(), DAY) == "campaign.new-key"
    news = digest([history], since=Date(2025, 1, 1))
    assert {"m1", "fi-turku", "tr-mersin"} <= set(news.concerned)
    assert "newsletter statistics" in news.markdown
    with pytest.raises(InvalidValueError, match="names a city twice"):
        milestone("m2", "fi-turku", "fi-turku")


def test_a_testimonial_is_shown_while_there_is_consent_and_its_text_stands_in_no_digest() -> None:
    history = granted(
        begin_campaigns(cities=CITIES),
        ask(voice()),
        ask(ConsentWithdrawn(testimonial="t1"), Date(2026, 3, 1)),
    )
    state = history.state

    shown = [state.testimonials_on(Date(2026, *day)) for day in ((1, 1), (2, 28), (3, 1))]
    assert shown == [(voice(),), (voice(),), ()]
    assert history.state.testimonials_on(Date(2025, 12, 31)) == ()
    news = digest([history], since=Date(2025, 1, 1))
    assert "whom to ask" not in news.markdown + news.html
    assert "fi-turku" in digest([history], since=Date(2026, 2, 1)).concerned
    assert refused(history, voice(), Date(2026, 3, 2)) == "campaign.new-key"
    for key in ("t1", "t2"):
        gone = ConsentWithdrawn(testimonial=key)
        assert refused(history, gone, Date(2026, 3, 2)) == "campaign.consent"


def test_reach_is_told_apart_by_where_the_practice_comes_from_and_is_a_lower_bound() -> None:
    history = granted(
        begin_campaigns(cities=CITIES),
        ask(planned("c1", shows=(CountryCode("FI"), CountryCode("CL")))),
        ask(planned("c2", shows=(CountryCode("PT"),), channels=("web",))),
        ask(planned("c3")),
        ask(reach(100), Date(2026, 2, 10)),
        ask(reach(40, "newsletter"), Date(2026, 2, 10)),
        ask(
            ReachReported(
                campaign="c2", channel="web", people=Observation(value=70, source=COUNTED)
            ),
            Date(2026, 2, 11),
        ),
    )
    europe, elsewhere = reach_by_origin(history.state)

    assert (europe.campaigns, europe.at_least_people, europe.uncounted) == (2, 100, 0)
    assert (elsewhere.campaigns, elsewhere.at_least_people, elsewhere.uncounted) == (1, 100, 0)
    assert europe.sentence.startswith("Practice from Europe: 2 campaigns, people reached")
    early = history.as_of(Date(2026, 1, 31)).state
    assert [one.at_least_people for one in reach_by_origin(early)] == [None, None]
    assert [one.uncounted for one in reach_by_origin(early)] == [2, 1]
    with pytest.raises(InvalidValueError, match="once each"):
        planned(shows=(CountryCode("FI"), CountryCode("FI")))


def check(state: Campaigns, on: Date) -> None:
    withdrawn = {one.given for one in state.testimonials if one.withdrawn_on is not None}
    assert not withdrawn & set(state.testimonials_on(on))
    keys = [one.milestone for _, one in state.milestones]
    assert len(set(keys)) == len(keys)
    for campaign in state.campaigns:
        known = [channel for channel, _ in campaign.reach]
        assert sorted(known + list(campaign.unreported)) == sorted(campaign.terms.channels)


LETTERS, PEOPLE = st.sampled_from(["n1", "n2"]), st.sampled_from(["s1", "s2"])
NEWSLETTER_STEPS: st.SearchStrategy[NewsletterEvent] = st.one_of(
    st.builds(NewsletterBegun, newsletter=LETTERS, title=st.just("News of the cohort")),
    st.builds(Subscribed, newsletter=LETTERS, subscriber=PEOPLE, consent=st.just(COUNTED)),
    st.builds(Unsubscribed, newsletter=LETTERS, subscriber=PEOPLE),
    st.builds(IssueSent, newsletter=LETTERS, issue=st.sampled_from(["1", "2", "3"])),
)


class CampaignMachine(RuleBasedStateMachine):
    """Any plans, reports and cancellations."""

    @initialize()
    def begin(self) -> None:
        self.history = begin_campaigns(cities=CITIES)
        self.day = DAY

    def act(self, action: CampaignEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 30))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(key=st.sampled_from(["c1", "c2"]))
    def plan(self, key: str) -> None:
        self.act(planned(key))

    @rule(people=st.integers(0, 99), channel=st.sampled_from(["web", "newsletter", "radio"]))
    def report(self, people: int, channel: str) -> None:
        self.act(reach(people, channel))

    @rule(key=st.sampled_from(["c1", "c2"]))
    def cancel(self, key: str) -> None:
        self.act(CampaignCancelled(campaign=key))

    @rule(key=st.sampled_from(["a", "b"]))
    def tell(self, key: str) -> None:
        self.act(milestone(key))
        self.act(voice(key))

    @rule(action=NEWSLETTER_STEPS)
    def write_a_newsletter(self, action: NewsletterEvent) -> None:
        self.act(action)

    @rule(key=st.sampled_from(["a", "b"]), ago=st.integers(-3, 30))
    def tell_news(self, key: str, ago: int) -> None:
        self.act(news(key, self.day.subtract(days=ago)))

    @rule(key=st.sampled_from(["a", "b"]))
    def take_consent_back(self, key: str) -> None:
        self.act(ConsentWithdrawn(testimonial=key))

    @invariant()
    def an_issue_went_to_those_who_had_asked_for_it_and_to_nobody_else(self) -> None:
        receiving: dict[str, list[str]] = {}
        sent: dict[str, list[tuple[str, int]]] = {}
        for entry in self.history.standing:
            match entry.command.action:
                case NewsletterBegun(newsletter=key):
                    assert key not in receiving
                    receiving[key], sent[key] = [], []
                case Subscribed(newsletter=key, subscriber=who):
                    receiving[key].append(who)
                case Unsubscribed(newsletter=key, subscriber=who):
                    receiving[key].remove(who)
                case IssueSent(newsletter=key, issue=issue):
                    assert receiving[key]
                    sent[key].append((issue, len(receiving[key])))
                case NewsPublished(happened_on=day):
                    assert day <= entry.command.on
                case _:
                    pass
        for one in self.history.state.newsletters:
            key = one.terms.newsletter
            assert list(one.subscribers) == receiving.pop(key)
            assert [(issue, number) for _, issue, number in one.issues] == sent[key]
        assert not receiving

    @invariant()
    def reach_is_of_channels_of_the_campaign(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestCampaignMachine = CampaignMachine.TestCase
TestCampaignMachine.settings = examples(50)
