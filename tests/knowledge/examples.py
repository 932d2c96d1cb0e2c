"""A practice, its reviewers and their rubric, for the tests to share."""

import attrs
from pendulum import Date

from utm.domain import (
    BuildingBlock,
    CityId,
    ClimateAmong,
    CountryCode,
    EnablingCondition,
    EvidenceStrength,
    LanguageCode,
    Lesson,
    LessonKind,
    Practice,
    PracticeEvidence,
    PracticeId,
    PracticeOrigin,
    PracticeText,
    Readiness,
    Source,
    TopicId,
)
from utm.knowledge import (
    GiveReview,
    OpenEvaluation,
    PracticeRecord,
    Publish,
    Review,
    Reviewer,
    Submit,
    advance_practice,
    draft_practice,
    standard_rubric,
)

# Every question weighs the same here, so that scores are easy to add up in the head.
RUBRIC = attrs.evolve(
    standard_rubric(),
    criteria=tuple(attrs.evolve(c, weight=1) for c in standard_rubric().criteria),
)
REVIEWERS = (
    Reviewer(name="Ana Álvares", organisation="a university"),
    Reviewer(name="Ben", city=CityId("gb-birmingham")),
    Reviewer(name="Chloé"),
)
BRAGA_SHADE = Practice(
    id=PracticeId("braga-shade"),
    texts=(
        PracticeText(
            language=LanguageCode("en"),
            title="Shade at bus stops",
            summary="Trees and light roofs cool those who wait.",
        ),
    ),
    topics=(TopicId("cooling.shade"),),
    origins=(PracticeOrigin(country=CountryCode("PT"), city=CityId("pt-braga")),),
    readiness=Readiness.DEPLOYED,
    blocks=(BuildingBlock(name="trees", purpose="They give shade."),),
    conditions=(
        EnablingCondition(
            statement="Summers are hot and dry.",
            requirement=ClimateAmong(main_groups=("B", "C")),
        ),
    ),
    lessons=(Lesson(kind=LessonKind.TRADE_OFF, statement="Trees need water in July."),),
    evidence=(
        PracticeEvidence(
            statement="Felt heat fell at twelve stops.",
            strength=EvidenceStrength.MEASURED,
            source=Source(title="a report of the city"),
        ),
    ),
    authors=("Braga Gardens",),
)


def review(reviewer: Reviewer, score: int) -> Review:
    return Review(
        reviewer=reviewer.name,
        rubric=RUBRIC.version,
        scores=tuple((criterion.id, score) for criterion in RUBRIC.criteria),
        comment="as I see it",
    )


def publish(practice: Practice, *, on: Date) -> PracticeRecord:
    """Take a practice through its whole evaluation on one day."""
    record = draft_practice(practice, on=on, by="a city", reason="worth telling")
    ana, ben, _ = REVIEWERS
    for command, by in (
        (Submit(), "a city"),
        (OpenEvaluation(rubric=RUBRIC, reviewers=(ana, ben)), "an editor"),
        (GiveReview(review=review(ana, 4)), ana.name),
        (GiveReview(review=review(ben, 4)), ben.name),
        (Publish(), "an editor"),
    ):
        following = advance_practice(record, command, on=on, by=by, reason="it is time")
        assert isinstance(following, PracticeRecord), following
        record = following
    return record
