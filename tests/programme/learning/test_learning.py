"""The learning community: moderation with reasons, routing with a cap."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import CityId, LanguageCode, Offer, ThemeId, TopicId
from utm.errors import InvalidValueError
from utm.interchange.histories import history_to_json, parse_history
from utm.programme.history import Command, History, Refusal, digest
from utm.programme.learning import (
    Answer,
    Community,
    CommunityHistory,
    CommunityTerms,
    FaqPublished,
    FaqWithdrawn,
    HelpAsked,
    HelpdeskEvent,
    HelpGiven,
    LearningEvent,
    LearningGroupOpened,
    Moderation,
    ModeratorsNamed,
    PostStatus,
    QuestionAsked,
    QuestionRouted,
    ReaderRole,
    Respondent,
    RoutedTo,
    begin_community,
    route_question,
)
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

TURKU, RENCA, BRAGA, SURAT = KNOWN = tuple(
    CityId(key) for key in ("fi-turku", "cl-renca", "pt-braga", "in-surat")
)
CYCLING, WALKING = TopicId("mobility.cycling"), TopicId("mobility.walking")
DAY = Date(2026, 3, 1)
OPENED = LearningGroupOpened(group="wheels", theme=ThemeId("mobility"), moderators=("Mo",))


def ask(action: LearningEvent, on: Date = DAY, by: str = "Ada", why: str = "daily work"):
    return Command(action=action, by=by, on=on, why=why)


def granted(history: CommunityHistory, *commands: Command[LearningEvent]) -> CommunityHistory:
    following = history.record_all(commands)
    assert isinstance(following, History), following
    return following


def refused(history: CommunityHistory, command: Command[LearningEvent]) -> str:
    refusal = history.record(command)
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def question(key: str = "q1", topic: TopicId = CYCLING) -> QuestionAsked:
    return QuestionAsked(group="wheels", question=key, city=TURKU, topic=topic, text="How?")


def publish(key: str) -> Command[LearningEvent]:
    return ask(Moderation(post=key, status=PostStatus.PUBLISHED), by="Mo", why="on topic")


def to(city: CityId) -> RoutedTo:
    return RoutedTo(city=city, score=1, reasons=("knows it",))


def asked() -> CommunityHistory:
    return granted(begin_community(cities=KNOWN), ask(OPENED), ask(question()), publish("q1"))


def test_a_group_without_a_moderator_cannot_be_opened() -> None:
    with pytest.raises(InvalidValueError):
        LearningGroupOpened(group="x", theme=ThemeId("mobility"), moderators=())
    with pytest.raises(InvalidValueError):
        ModeratorsNamed(group="wheels", moderators=())


def test_only_a_moderator_decides_and_the_reason_is_kept() -> None:
    history = granted(begin_community(cities=KNOWN), ask(OPENED), ask(question()))
    hide = Moderation(post="q1", status=PostStatus.HIDDEN)

    assert refused(history, ask(hide, by="Ada")) == "learning.moderator"
    hidden = granted(history, ask(hide, by="Mo", why="an advertisement"))
    post = hidden.state.post("q1")
    assert post is not None
    assert [one.reason for one in post.decisions] == ["an advertisement"]
    assert refused(hidden, ask(hide, by="Mo")) == "learning.decision"
    again = granted(hidden, publish("q1")).state.post("q1")
    assert again is not None
    assert len(again.decisions) == 2


def test_who_sees_what_follows_from_role_and_status() -> None:
    history = granted(begin_community(cities=KNOWN), ask(OPENED), ask(question()))
    see = history.state.visible_to

    assert see(ReaderRole.VISITOR) == see(ReaderRole.CITY, city=RENCA) == ()
    assert len(see(ReaderRole.MODERATOR)) == len(see(ReaderRole.CITY, city=TURKU)) == 1
    answered = granted(
        asked(),
        ask(Answer(question="q1", answer="a1", city=RENCA, text="So.")),
        publish("a1"),
        ask(Moderation(post="q1", status=PostStatus.HIDDEN), by="Mo", why="withdrawn"),
    )
    assert answered.state.visible_to(ReaderRole.VISITOR) == ()
    own = answered.state.visible_to(ReaderRole.CITY, city=RENCA)
    assert [post.id for post in own] == ["a1"]


def test_what_the_community_forbids_is_refused_by_name() -> None:
    history = asked()
    held = granted(history, ask(question("q2")))
    cooling = question("q3", TopicId("cooling.shade"))

    assert refused(history, ask(OPENED)) == "learning.new-key"
    assert refused(history, ask(question())) == "learning.new-key"
    assert refused(history, ask(cooling)) == "learning.theme"
    missing = Answer(question="q9", answer="a", city=RENCA, text="So.")
    assert refused(history, ask(missing)) == "learning.known-post"
    early = Answer(question="q2", answer="a", city=RENCA, text="So.")
    assert refused(held, ask(early)) == "learning.published-question"
    own = QuestionRouted(question="q1", to=(to(TURKU),))
    assert refused(history, ask(own)) == "learning.others"
    twice = granted(history, ask(QuestionRouted(question="q1", to=(to(RENCA),))))
    assert refused(twice, ask(QuestionRouted(question="q1", to=(to(RENCA),)))) == "learning.others"


def test_no_city_is_asked_more_often_than_the_terms_allow() -> None:
    history = granted(
        begin_community(terms=CommunityTerms(most_asked=1, within_days=30), cities=KNOWN),
        ask(OPENED),
        ask(question("q1")),
        publish("q1"),
        ask(question("q2")),
        publish("q2"),
        ask(QuestionRouted(question="q1", to=(to(RENCA),))),
    )
    again = QuestionRouted(question="q2", to=(to(RENCA),))
    offers = (Offer(topic=CYCLING, maturity=5),)
    known = [Respondent(city=RENCA, offers=offers)]

    assert refused(history, ask(again, DAY.add(days=29))) == "learning.cap"
    assert route_question(history.state, "q2", known, on=DAY.add(days=29)) == ()
    assert len(route_question(history.state, "q2", known, on=DAY.add(days=30))) == 1
    granted(history, ask(again, DAY.add(days=30)))


def test_a_question_goes_to_the_cities_best_placed_with_reasons() -> None:
    state = granted(
        asked(), ask(Answer(question="q1", answer="a1", city=SURAT, text="So.")), publish("a1")
    ).state
    respondents = [
        Respondent(city=TURKU, offers=(Offer(topic=CYCLING, maturity=5),)),
        Respondent(city=RENCA, offers=(Offer(topic=WALKING, maturity=5),)),
        Respondent(
            city=BRAGA,
            offers=(Offer(topic=CYCLING, maturity=2),),
            languages=(LanguageCode("pt"),),
        ),
        Respondent(city=SURAT),
        Respondent(city=CityId("np-leh")),
    ]

    told = route_question(state, "q1", respondents, on=DAY, asker_languages=(LanguageCode("pt"),))

    assert [one.city for one in told] == [BRAGA, RENCA, SURAT]
    assert told[0].reasons == (
        "offers mobility.cycling at maturity 2 of 5",
        "shares the language pt",
    )
    assert told[2].reasons == ("has answered 1 on this topic before",)
    shuffled = route_question(
        state, "q1", respondents[::-1], on=DAY, asker_languages=(LanguageCode("pt"),)
    )
    assert shuffled == told
    assert len(route_question(state, "q1", respondents, on=DAY, most=1)) == 1


def test_between_equals_the_city_that_was_asked_less_comes_first_and_nobody_is_asked_twice() -> (
    None
):
    state = granted(
        asked(),
        ask(question("q2")),
        publish("q2"),
        ask(QuestionRouted(question="q1", to=(to(BRAGA),))),
    ).state
    equals = [
        Respondent(city=city, offers=(Offer(topic=CYCLING, maturity=3),))
        for city in (BRAGA, RENCA, SURAT)
    ]

    told = route_question(state, "q2", equals, on=DAY)
    again = route_question(state, "q1", equals, on=DAY)

    assert [one.city for one in told] == [*sorted([RENCA, SURAT]), BRAGA]
    assert told[2].reasons[-1] == "was asked 1 of at most 3 times lately"
    assert [one.city for one in again] == sorted([RENCA, SURAT])


def test_a_request_for_help_is_answered_and_can_become_a_frequent_question() -> None:
    frequent = FaqPublished(
        entry="f1", question="Is a visa paid?", answer="Só o transporte.", tickets=("t1",)
    )
    history = granted(
        begin_community(cities=KNOWN),
        ask(HelpAsked(ticket="t1", city=RENCA, text="Do you pay for our visa?")),
    )
    assert refused(history, ask(frequent)) == "learning.faq-from-answers"
    assert [one.asked.city for one in history.state.helpdesk.open_tickets] == [RENCA]

    history = granted(history, ask(HelpGiven(ticket="t1", answer="Only the train.")), ask(frequent))
    desk = history.state.helpdesk
    assert not desk.open_tickets
    assert [one.entry for one in desk.find("so the TRANSPORTE")] == ["f1"]
    assert desk.find("bus") == ()
    news = digest([history], since=Date(2025, 1, 1))
    assert len(news.for_whom(RENCA.value).changes) == 3
    assert "Only the train" not in news.html
    assert "pay for our" not in news.html
    for action, rule_id in (
        (HelpGiven(ticket="t1", answer="Again."), "learning.open-ticket"),
        (HelpGiven(ticket="t9", answer="What?"), "learning.open-ticket"),
        (HelpAsked(ticket="t1", city=TURKU, text="?"), "learning.open-ticket"),
        (HelpAsked(ticket="t2", city=CityId("aq-no"), text="?"), "history.known-city"),
        (frequent, "learning.faq-shown"),
        (FaqWithdrawn(entry="f9"), "learning.faq-shown"),
    ):
        assert refused(history, ask(action)) == rule_id
    gone = granted(history, ask(FaqWithdrawn(entry="f1"), DAY.add(days=9)))
    assert gone.state.helpdesk.find("transporte") == ()
    assert parse_history(history_to_json(gone)) == gone


POSTS = st.sampled_from(["q1", "q2", "a1", "a2"])
CITIES = st.sampled_from([TURKU, RENCA, BRAGA])


def check(state: Community, day: Date) -> None:
    for city in (TURKU, RENCA, BRAGA):
        assert state.asked_lately(city, day) <= state.terms.most_asked
    for post in state.posts:
        shown = post.decisions[-1].status if post.decisions else PostStatus.HELD
        assert post.status is shown
        assert all(one.reason and one.by == "Mo" for one in post.decisions)
    for post in state.visible_to(ReaderRole.VISITOR):
        assert post.status is PostStatus.PUBLISHED
    assert all(group.moderators for group in state.groups)


TICKETS, ENTRIES = st.sampled_from(["t1", "t2"]), st.sampled_from(["f1", "f2"])
HELPDESK_STEPS: st.SearchStrategy[HelpdeskEvent] = st.one_of(
    st.builds(HelpAsked, ticket=TICKETS, city=CITIES, text=st.just("Whom may I ask?")),
    st.builds(HelpGiven, ticket=TICKETS, answer=st.just("Us.")),
    st.builds(
        FaqPublished,
        entry=ENTRIES,
        question=st.just("Whom may we ask?"),
        answer=st.just("The helpdesk."),
        tickets=st.just(()) | st.tuples(TICKETS),
    ),
    st.builds(FaqWithdrawn, entry=ENTRIES),
)


class LearningMachine(RuleBasedStateMachine):
    """Any posts, decisions and routings."""

    @initialize()
    def begin(self) -> None:
        terms = CommunityTerms(most_asked=1, within_days=20)
        self.history = granted(begin_community(terms=terms, cities=KNOWN), ask(OPENED))
        self.day = DAY

    def act(self, action: LearningEvent, by: str = "Mo") -> None:
        outcome = self.history.record(ask(action, self.day, by))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 15))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(key=POSTS, city=CITIES)
    def ask_something(self, key: str, city: CityId) -> None:
        self.act(QuestionAsked(group="wheels", question=key, city=city, topic=CYCLING, text="?"))

    @rule(key=POSTS, about=POSTS, city=CITIES)
    def answer(self, key: str, about: str, city: CityId) -> None:
        self.act(Answer(question=about, answer=key, city=city, text="So."))

    @rule(key=POSTS, status=st.sampled_from(PostStatus), by=st.sampled_from(["Mo", "Ada"]))
    def moderate(self, key: str, status: PostStatus, by: str) -> None:
        self.act(Moderation(post=key, status=status), by)

    @rule(key=POSTS, cities=st.lists(CITIES, min_size=1, max_size=2, unique=True))
    def route(self, key: str, cities: list[CityId]) -> None:
        self.act(QuestionRouted(question=key, to=tuple(map(to, cities))))

    @rule(action=HELPDESK_STEPS)
    def help(self, action: HelpdeskEvent) -> None:
        self.act(action)

    @invariant()
    def help_is_answered_once_and_faq_come_from_answers(self) -> None:
        asked, answered, shown = set(), set(), []
        for entry in self.history.standing:
            match entry.command.action:
                case HelpAsked(ticket=key):
                    asked.add(key)
                case HelpGiven(ticket=key):
                    assert key in asked - answered
                    answered.add(key)
                case FaqPublished(entry=key, tickets=tickets):
                    assert set(tickets) <= answered
                    shown.append(key)
                case FaqWithdrawn(entry=key):
                    shown.remove(key)
                case _:
                    pass
        desk = self.history.state.helpdesk
        assert {one.asked.ticket for one in desk.open_tickets} == asked - answered
        assert [one.entry for one in desk.shown] == shown

    @invariant()
    def nobody_is_asked_too_often_and_every_decision_is_kept(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestLearningMachine = LearningMachine.TestCase
TestLearningMachine.settings = examples(50)
