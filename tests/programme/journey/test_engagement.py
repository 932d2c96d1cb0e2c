"""Engagement: due, done with evidence, imported and not asked again."""

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.searching import examples
from utm.domain import CityId, CountryCode, EditionId, JourneyStage, Question, Source
from utm.programme.alliance import Alliance, DialogueHeld, DialogueTopic
from utm.programme.exchange import PracticeTransferred, begin_edition
from utm.programme.gatherings import Gatherings, SummitHeld
from utm.programme.history import Command, History, Refusal
from utm.programme.journey import (
    CDP_ICLEI_TRACK,
    MY_COVENANT,
    Completion,
    Engagement,
    EngagementEvent,
    EngagementHistory,
    EngagementKind,
    PlatformReport,
    Release,
    ReportedField,
    ReportImport,
    ReportMapping,
    UndertakingGiven,
    UndertakingStanding,
    begin_engagement,
    completions_shown,
    questions_to_ask,
)
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

TURKU = CityId("fi-turku")
REPORT = Source(title="CDP-ICLEI Track 2025, public response of Turku")
SHOWN = EngagementKind.PROGRESS_SHOWN


def ask(action: EngagementEvent, on: Date) -> Command[EngagementEvent]:
    return Command(action=action, by="Ada", on=on, why="the yearly round")


def report(
    year: int = 2025,
    *sections: str,
    mapping: ReportMapping = CDP_ICLEI_TRACK,
    city: CityId = TURKU,
    on: Date = Date(2025, 7, 1),  # noqa: B008 - a date does not change
) -> PlatformReport:
    return PlatformReport(
        city=city,
        mapping=mapping,
        year=year,
        published_on=on,
        fields=tuple(ReportedField(section=one, value="given") for one in sections),
        source=REPORT,
    )


def given_for(year: int, kind: EngagementKind = SHOWN) -> UndertakingGiven:
    return UndertakingGiven(city=TURKU, kind=kind, year=year, due_on=Date(year, 12, 31))


def begun() -> EngagementHistory:
    history = begin_engagement(TURKU).record(ask(given_for(2025), Date(2025, 1, 1)))
    assert isinstance(history, History)
    return history


def refused(history: EngagementHistory, action: EngagementEvent, on: Date) -> str:
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def test_an_imported_report_fulfils_what_it_shows_with_itself_as_evidence() -> None:
    imported = begun().record(ask(ReportImport(report=report(2025, "target")), Date(2025, 8, 1)))
    assert isinstance(imported, History)
    undertaking = imported.state.find(SHOWN, 2025)
    assert undertaking is not None

    assert undertaking.evidence == REPORT
    assert undertaking.standing_on(Date(2025, 7, 31)) is UndertakingStanding.OPEN
    assert undertaking.standing_on(Date(2025, 8, 1)) is UndertakingStanding.DONE
    assert [one.stage for one in imported.state.evidence] == [JourneyStage.TARGET]
    assert all(one.source == REPORT for one in imported.state.evidence)
    assert len(imported.entries[-1].events) == 2


def test_an_empty_report_and_one_of_another_year_fulfil_nothing() -> None:
    for other in (report(2025), report(2024, "target")):
        imported = begun().record(ask(ReportImport(report=other), Date(2025, 8, 1)))
        assert isinstance(imported, History)
        assert len(imported.entries[-1].events) == 1


def test_what_a_report_answers_is_not_asked_again() -> None:
    mapping = ReportMapping(
        platform="track", title="Track", source=REPORT, questions=(("target", "ambition"),)
    )
    questions = [Question(id="ambition", text="Your target?"), Question(id="hopes", text="?")]

    asked = questions_to_ask(questions, [report(2025, "target", mapping=mapping)])
    asked_of_others = questions_to_ask(questions, [report(2025, "action plan", mapping=mapping)])

    assert [question.id for question in asked] == ["hopes"]
    assert len(asked_of_others) == 2


def test_what_was_not_done_in_time_is_overdue_and_may_be_done_late() -> None:
    history = begun()
    assert [one.year for one in history.state.overdue(Date(2026, 1, 1))] == [2025]
    assert history.state.overdue(Date(2025, 12, 31)) == ()

    done = Completion(city=TURKU, kind=SHOWN, year=2025, evidence=REPORT)
    late = history.record(ask(done, Date(2026, 1, 5)))
    assert isinstance(late, History)
    undertaking = late.state.undertakings[0]
    assert undertaking.standing_on(Date(2026, 1, 4)) is UndertakingStanding.OVERDUE
    assert undertaking.standing_on(Date(2026, 1, 5)) is UndertakingStanding.DONE_LATE
    assert refused(late, done, Date(2026, 1, 6)) == "engagement.still-open"
    assert late.state.sentence(Date(2026, 2, 1)) == "fi-turku has done 1 of 1 undertakings."


def test_what_the_rules_forbid_is_refused_by_name() -> None:
    history = begun()
    other = CityId("cl-renca")
    day = Date(2025, 6, 1)

    assert refused(history, given_for(2025), day) == "engagement.once-a-year"
    assert refused(history, given_for(2024), day) == "engagement.due-later"
    never = Completion(city=TURKU, kind=EngagementKind.SUMMIT, year=2025, evidence=REPORT)
    assert refused(history, never, day) == "engagement.given"
    future = ReportImport(report=report(2025, "target"))
    assert refused(history, future, day) == "engagement.published"
    foreign = ReportImport(report=report(2025, "target", city=other, on=day))
    assert refused(history, foreign, day) == "engagement.own-city"
    imported = history.record(ask(future, Date(2025, 8, 1)))
    assert isinstance(imported, History)
    assert refused(imported, future, Date(2025, 8, 2)) == "engagement.one-report-a-year"


def test_what_the_mission_has_recorded_is_shown_and_not_asked_again() -> None:
    other, finland = CityId("cl-renca"), CountryCode("FI")
    day = Date(2025, 6, 2)
    gatherings = Gatherings(
        summits=(
            (day, SummitHeld(title="Summit", place="Riyadh", attendees=(TURKU,))),
            (Date(2026, 6, 2), SummitHeld(title="Later", place="Oslo", attendees=(TURKU,))),
        )
    )
    talks = DialogueHeld(
        topic=DialogueTopic.INNOVATION, cities=(TURKU,), governments=(finland,), members=("IEA",)
    )
    transfer = PracticeTransferred(
        practice="depots", origin=TURKU, adopter=other, adaptation="smaller"
    )
    edition = evolve(
        begin_edition(EditionId("e"), [(TURKU, finland), (other, CountryCode("CL"))]).state,
        transfers=((day, transfer),),
    )
    history = begin_engagement(TURKU).record_all(
        [
            ask(given_for(year, kind), Date(2025, 1, 1))
            for year in (2025, 2026)
            for kind in EngagementKind
        ]
    )
    assert isinstance(history, History)

    shown = completions_shown(
        history.state,
        on=Date(2025, 12, 1),
        country=finland,
        gatherings=gatherings,
        alliance=Alliance(dialogues=((day, talks),)),
        editions=(edition,),
    )

    assert {(one.year, one.kind) for one in shown} == {
        (2025, EngagementKind.SUMMIT),
        (2025, EngagementKind.NATIONAL_DIALOGUE),
        (2025, EngagementKind.ALLIANCE_DIALOGUE),
        (2025, EngagementKind.SOLUTION_PROVIDER),
    }
    done = history.record_all([ask(one, Date(2025, 12, 1)) for one in shown])
    assert isinstance(done, History)
    undertaking = done.state.find(EngagementKind.SUMMIT, 2025)
    assert undertaking is not None
    assert str(undertaking.evidence).startswith("Summit, attended on 2025-06-02")
    again = completions_shown(done.state, on=Date(2025, 12, 1), gatherings=gatherings)
    assert again == ()
    abroad = completions_shown(
        history.state, on=Date(2025, 12, 1), alliance=Alliance(dialogues=((day, talks),))
    )
    assert [one.kind for one in abroad] == [EngagementKind.ALLIANCE_DIALOGUE]


KINDS = st.sampled_from(EngagementKind)
YEARS = st.integers(2024, 2028)


def check(state: Engagement, day: Date) -> None:
    undertakings = state.undertakings
    keys = [(one.kind, one.year) for one in undertakings]
    assert len(set(keys)) == len(keys)
    for one in undertakings:
        done = one.standing_on(day) in {
            UndertakingStanding.DONE,
            UndertakingStanding.DONE_LATE,
        }
        assert done == (one.evidence is not None)
        assert not (one.done_on and one.released_on)


class EngagementMachine(RuleBasedStateMachine):
    """Any undertakings, completions, releases and imports."""

    @initialize()
    def begin(self) -> None:
        self.history = begin_engagement(TURKU)
        self.day = Date(2024, 1, 1)

    def try_to(self, action: EngagementEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 300))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(kind=KINDS, year=YEARS)
    def undertake(self, kind: EngagementKind, year: int) -> None:
        self.try_to(given_for(year, kind))

    @rule(kind=KINDS, year=YEARS)
    def complete(self, kind: EngagementKind, year: int) -> None:
        self.try_to(Completion(city=TURKU, kind=kind, year=year, evidence=REPORT))

    @rule(kind=KINDS, year=YEARS)
    def release(self, kind: EngagementKind, year: int) -> None:
        self.try_to(Release(city=TURKU, kind=kind, year=year))

    @rule(year=YEARS, mapping=st.sampled_from([CDP_ICLEI_TRACK, MY_COVENANT]))
    def import_report(self, year: int, mapping: ReportMapping) -> None:
        self.try_to(ReportImport(report=report(year, "target", mapping=mapping)))

    @invariant()
    def nothing_is_done_without_evidence_or_undertaken_twice(self) -> None:
        check(self.history.state, self.day)

    @invariant()
    def every_report_of_a_year_leaves_nothing_open_that_it_fulfils(self) -> None:
        state = self.history.state
        for entry in self.history.entries:
            if isinstance(entry.command.action, ReportImport):
                year = entry.command.action.report.year
                before = self.history.as_of(entry.command.on).state.find(SHOWN, year)
                after = state.find(SHOWN, year)
                if before is not None and len(entry.events) > 1:
                    assert after is not None
                    assert after.done_on is not None

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestEngagementMachine = EngagementMachine.TestCase
TestEngagementMachine.settings = examples(50)
