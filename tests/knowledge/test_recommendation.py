"""A recommendation's reasons hold when they are checked, and its points add up."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.knowledge.cities import BRAGA, CUENCA, MERSIN, SOURCE
from tests.knowledge.examples import BRAGA_SHADE, publish
from utm.domain import (
    Adaptation,
    CityId,
    CountryCode,
    EvidenceStrength,
    Need,
    Practice,
    PracticeId,
    PracticeOrigin,
    TopicId,
    Transfer,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.knowledge import (
    ConditionStanding,
    HasComeFar,
    LikeContext,
    NearToOthers,
    PracticeLibrary,
    RecommendationWeights,
    ReusedElsewhere,
    SameChallenge,
    ShownByEvidence,
    WouldNeedAdapting,
    likeness,
    recommend_practices,
    transferability_gap,
)
from utm.testing.knowledge import practices

DAY = Date(2026, 3, 2)
SHADE = Need(topic=TopicId("cooling.shade"), weight_share=1.0)
ALL = (BRAGA, MERSIN, CUENCA)


def reuse(practice: str, origin: str, adopter: str, *, stages: int = 3) -> Transfer:
    return Transfer(
        id=TransferId(f"{practice}-{origin}-{adopter}"),
        practice=PracticeId(practice),
        origin=CityId(origin),
        adopter=CityId(adopter),
        steps=tuple(
            TransferStep(stage=stage, reached_on=DAY, evidence=(SOURCE,))
            for stage in list(TransferStage)[:stages]
        ),
        adaptations=(Adaptation(what="trees", change="palms", why="less water"),),
    )


def practice(key: str, city: str, topic: str = "cooling.shade") -> Practice:
    origin = PracticeOrigin(country=CountryCode(city[:2].upper()), city=CityId(city))
    return attrs.evolve(
        BRAGA_SHADE, id=PracticeId(key), origins=(origin,), topics=(TopicId(topic),)
    )


def library(*told: Practice) -> PracticeLibrary:
    return PracticeLibrary([publish(one, on=DAY) for one in told], cities=ALL)


def keys(advice: object) -> list[str]:
    return [one.practice.id.value for one in advice.recommendations]


def test_nothing_that_the_city_did_itself_is_recommended() -> None:
    held = library(practice("own", "tr-mersin"), practice("other", "pt-braga"))

    advice = recommend_practices(held, MERSIN, [SHADE], on=DAY)

    assert keys(advice) == ["other"]
    assert [(one.practice.value, one.reason) for one in advice.excluded] == [
        ("own", "the city did it itself")
    ]


def test_nothing_that_the_city_teaches_or_reuses_is_recommended() -> None:
    held = library(practice("reused", "pt-braga"), practice("studied", "pt-braga"))
    history = [
        reuse("reused", "pt-braga", "tr-mersin"),
        reuse("studied", "pt-braga", "tr-mersin", stages=1),
    ]

    assert keys(recommend_practices(held, MERSIN, [SHADE], on=DAY, transfers=history)) == [
        "studied"
    ]


def test_only_published_practices_on_the_need_come_into_question() -> None:
    held = library(practice("a", "pt-braga"), practice("b", "pt-braga", "energy.solar"))

    assert keys(recommend_practices(held, MERSIN, [SHADE], on=DAY)) == ["a"]
    assert keys(recommend_practices(held, MERSIN, [SHADE], on=Date(2026, 3, 1))) == []
    assert keys(recommend_practices(held, MERSIN, [], on=DAY)) == []


def test_the_same_topic_counts_twice_the_same_theme() -> None:
    held = library(practice("a", "pt-braga", "cooling.roofs"), practice("b", "ec-cuenca"))

    first, second = recommend_practices(held, MERSIN, [SHADE], on=DAY).recommendations

    assert isinstance(first.reasons[0], SameChallenge)
    assert (first.practice.id.value, first.reasons[0].points) == ("b", 400_000)
    assert (second.reasons[0].points, second.reasons[0].topics) == (200_000, ())


def test_a_second_practice_from_one_city_gives_way_to_one_from_elsewhere() -> None:
    held = library(
        practice("braga-1", "pt-braga"),
        practice("braga-2", "pt-braga"),
        practice("cuenca", "ec-cuenca"),
    )

    diverse = recommend_practices(held, MERSIN, [SHADE], on=DAY, limit=3)
    plain = recommend_practices(
        held,
        MERSIN,
        [SHADE],
        on=DAY,
        weights=RecommendationWeights(same_city=0, same_country=0, same_region=0),
    )

    assert keys(plain) == ["braga-1", "braga-2", "cuenca"]
    assert keys(diverse) == ["braga-1", "cuenca", "braga-2"]
    last = diverse.recommendations[2].reasons[-1]
    assert isinstance(last, NearToOthers)
    assert last.practices == (PracticeId("braga-1"),)


def test_the_order_of_records_and_needs_changes_nothing() -> None:
    told = [practice(f"p-{number}", "pt-braga") for number in range(5)]
    needs = [
        Need(topic=TopicId("cooling.shade"), weight_share=0.6),
        Need(topic=TopicId("energy.solar"), weight_share=0.4),
    ]

    there = recommend_practices(library(*told), MERSIN, needs, on=DAY)
    back = recommend_practices(library(*told[::-1]), MERSIN, needs[::-1], on=DAY)

    assert keys(there) == keys(back)
    assert [one.score for one in there.recommendations] == [
        one.score for one in back.recommendations
    ]


def check(reason: object, one: object, history: list[Transfer], before: list[Practice]) -> None:
    """Hold one reason against the facts that it speaks of."""
    told = one.practice
    match reason:
        case SameChallenge(topics=topics, themes=themes):
            assert set(topics) <= set(told.topics)
            assert set(themes) <= set(told.themes)
            assert topics or themes
        case LikeContext(origin=origin, likeness=alike):
            assert origin in told.cities
            there = next(city for city in ALL if city.id == origin)
            assert alike == likeness(MERSIN, there)
        case ShownByEvidence(strength=strength):
            assert strength in {piece.strength for piece in told.evidence}
        case HasComeFar(readiness=readiness):
            assert readiness is told.readiness
        case ReusedElsewhere(adopters=adopters):
            assert set(adopters) == {t.adopter for t in history if t.practice == told.id}
        case WouldNeedAdapting(unmet=unmet, unknown=unknown):
            gap = transferability_gap(told, MERSIN, on=DAY)
            assert unmet == gap.of(ConditionStanding.UNMET)
            assert unknown == gap.of(ConditionStanding.UNKNOWN)
        case NearToOthers(practices=near):
            earlier = {other.id: other for other in before}
            for key in near:
                theirs = {origin.path[1] for origin in earlier[key].origins}
                assert theirs & {origin.path[1] for origin in told.origins}


publishable = practices().filter(lambda one: one.strongest_evidence is not EvidenceStrength.TOLD)


@settings(max_examples=25, deadline=None)
@given(st.lists(publishable, max_size=6, unique_by=lambda one: one.id), st.data())
def test_every_reason_holds_and_the_points_add_up(
    told: list[Practice], data: st.DataObject
) -> None:
    history = [
        reuse(one.id.value, "es-madrid", "fr-lyon") for one in told if data.draw(st.booleans())
    ]
    advice = recommend_practices(library(*told), MERSIN, [SHADE], on=DAY, transfers=history)

    for place, one in enumerate(advice.recommendations):
        assert one.score == sum(reason.points for reason in one.reasons)
        assert MERSIN.id not in one.practice.cities
        before = [other.practice for other in advice.recommendations[:place]]
        for reason in one.reasons:
            assert str(reason)
            check(reason, one, history, before)
