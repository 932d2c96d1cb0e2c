"""Reports that a city makes elsewhere anyway: what they provide is not asked again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import CityId, JourneyStage, Question, Source, StageEvidence
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.journey.commitments import EngagementKind

__all__ = [
    "CDP_ICLEI_TRACK",
    "GCOM_FRAMEWORK",
    "MY_COVENANT",
    "PlatformReport",
    "ReportMapping",
    "ReportedField",
    "questions_to_ask",
]


@frozen(kw_only=True)
class ReportMapping:
    """What a reporting platform provides.

    Parameters
    ----------
    platform
        Key of the platform.
    title
        Its name.
    stages
        Sections of its report with the stage that each shows.
    fulfils
        The commitments that a report of a year fulfils for that year.
    questions
        Sections of its report with the question of ours that each answers.
    source
        Where it is told what the platform asks.
    """

    platform: str
    title: str
    source: Source
    stages: tuple[tuple[str, JourneyStage], ...] = ()
    fulfils: tuple[EngagementKind, ...] = (EngagementKind.PROGRESS_SHOWN,)
    questions: tuple[tuple[str, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        for name, pairs in (("stages", self.stages), ("questions", self.questions)):
            sections = [section for section, _ in pairs]
            if len(set(sections)) < len(sections):
                raise InvalidValueError(
                    kind="report mapping", value=sections, reason=f"names a section twice in {name}"
                )

    def answering(self, *pairs: tuple[str, str]) -> Self:
        """The same platform, some sections of which answer questions of ours as well.

        Parameters
        ----------
        *pairs
            Section of the report and id of the question that it answers.
        """
        return evolve(self, questions=(*self.questions, *pairs))


_FRAMEWORK = Source(
    title="Global Covenant of Mayors Common Reporting Framework",
    issuer="Global Covenant of Mayors for Climate & Energy",
)
_SECTIONS = (
    ("emissions inventory", JourneyStage.INVENTORY),
    ("risk and vulnerability assessment", JourneyStage.ASSESSMENT),
    ("target", JourneyStage.TARGET),
    ("action plan", JourneyStage.PLAN),
    ("monitoring report", JourneyStage.MONITORING),
)
CDP_ICLEI_TRACK = ReportMapping(
    platform="cdp-iclei-track", title="CDP-ICLEI Track", stages=_SECTIONS, source=_FRAMEWORK
)
"""The questionnaire of CDP and ICLEI, by the sections of the common framework."""
MY_COVENANT = ReportMapping(
    platform="mycovenant", title="MyCovenant", stages=_SECTIONS, source=_FRAMEWORK
)
"""The platform of the Covenant of Mayors in Europe, by the sections of the common framework."""
GCOM_FRAMEWORK = ReportMapping(
    platform="gcom", title="Global Covenant of Mayors", stages=_SECTIONS, source=_FRAMEWORK
)
"""What a city reports to the Global Covenant of Mayors itself, by its common framework."""


@frozen(kw_only=True)
class ReportedField:
    """One section of a report, with where it came from.

    Parameters
    ----------
    section
        Its name on the platform.
    value
        What was reported, as text.
    """

    section: str
    value: str

    def __attrs_post_init__(self) -> None:
        if not self.section.strip() or not self.value.strip():
            raise InvalidValueError(
                kind="reported field", value=self.section, reason="must have a name and a value"
            )


@frozen(kw_only=True)
class PlatformReport:
    """A report that a city made on a platform.

    Parameters
    ----------
    city
        The city.
    mapping
        The platform with what it provides.
    year
        The year that is reported on.
    published_on
        Day of the report.
    fields
        What it says, each section once. Sections that are left empty are not in it.
    source
        Where it was read.
    """

    city: CityId
    mapping: ReportMapping
    year: int
    published_on: Date
    fields: tuple[ReportedField, ...]
    source: Source

    def __attrs_post_init__(self) -> None:
        require_date(self.published_on, kind="day of a report")
        sections = [field.section for field in self.fields]
        if len(set(sections)) < len(sections):
            raise InvalidValueError(kind="report", value=sections, reason="has a section twice")

    @property
    def key(self) -> str:
        """Platform and year, which name the report of a city."""
        return f"{self.mapping.platform}-{self.year}"

    @property
    def evidence(self) -> tuple[StageEvidence, ...]:
        """The stages that it shows, each with the report as its source."""
        stages = dict(self.mapping.stages)
        return tuple(
            StageEvidence(
                city=self.city,
                stage=stages[field.section],
                statement=f"{field.section} in {self.mapping.title}, {self.year}",
                source=self.source,
                on=self.published_on,
            )
            for field in self.fields
            if field.section in stages
        )

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Questions of ours that it answers, with the answer."""
        questions = dict(self.mapping.questions)
        return tuple(
            (questions[field.section], field.value)
            for field in self.fields
            if field.section in questions
        )


def questions_to_ask(
    questions: Iterable[Question], reports: Iterable[PlatformReport]
) -> tuple[Question, ...]:
    """Leave out every question that a report has answered already."""
    answered = {question for report in reports for question, _ in report.answers}
    return tuple(question for question in questions if question.id not in answered)
