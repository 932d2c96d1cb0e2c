"""A recommendation's reasons hold when they are checked, and its points add up."""

import datetime as dt

import attrs
import pytest
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
    TransferEnd,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.errors import InvalidValueError
from utm.knowledge import (
    Advice,
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


def given_up(transfer: Transfer, on: Date) -> Transfer:
    return attrs.evolve(transfer, end=TransferEnd(stopped_on=on, reason="no money"))


def later(transfer: Transfer, on: Date) -> Transfer:
    return attrs.evolve(
        transfer, steps=tuple(attrs.evolve(step, reached_on=on) for step in transfer.steps)
    )


def left_out(advice: Advice) -> dict[str, str]:
    return {one.practice.value: one.reason for one in advice.excluded}


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
    held = library(*(practice(key, "pt-braga") for key in ("reused", "studied", "taught")))
    history = [
        reuse("reused", "pt-braga", "tr-mersin"),
        reuse("studied", "pt-braga", "tr-mersin", stages=1),
        reuse("taught", "tr-mersin", "ec-cuenca", stages=1),
    ]

    advice = recommend_practices(held, MERSIN, [SHADE], on=DAY, transfers=history)

    assert keys(advice) == ["studied"]
    assert left_out(advice) == {
        "reused": "the city reuses it already",
        "taught": "the city has taught it",
    }


def test_what_a_city_gave_up_is_not_recommended_again_and_it_is_said_when() -> None:
    held = library(practice("reused", "pt-braga"), practice("studied", "pt-braga"))
    history = [
        given_up(reuse("reused", "pt-braga", "tr-mersin"), Date(2026, 5, 1)),
        given_up(reuse("studied", "pt-braga", "tr-mersin", stages=1), Date(2026, 6, 1)),
    ]

    def advice(on: Date) -> Advice:
        return recommend_practices(held, MERSIN, [SHADE], on=on, transfers=history)

    assert left_out(advice(Date(2026, 4, 30))) == {"reused": "the city reuses it already"}
    assert left_out(advice(Date(2026, 6, 1))) == {
        "reused": "the city gave it up on 2026-05-01",
        "studied": "the city gave it up on 2026-06-01",
    }
    assert keys(advice(Date(2026, 6, 1))) == []


def test_a_city_that_took_up_again_what_it_gave_up_reuses_it() -> None:
    held = library(practice("shade", "pt-braga"))
    history = [
        given_up(reuse("shade", "pt-braga", "tr-mersin"), Date(2026, 5, 1)),
        reuse("shade", "ec-cuenca", "tr-mersin"),
    ]

    advice = recommend_practices(held, MERSIN, [SHADE], on=Date(2026, 6, 1), transfers=history)

    assert left_out(advice) == {"shade": "the city reuses it already"}


def test_what_others_gave_up_is_not_said_to_be_reused_and_gives_no_points() -> None:
    held = library(practice("shade", "pt-braga"))
    stays = reuse("shade", "pt-braga", "fr-lyon")
    stopped = given_up(reuse("shade", "pt-braga", "ec-cuenca"), Date(2026, 5, 1))

    def told(on: Date, *history: Transfer) -> list[str]:
        advice = recommend_practices(held, MERSIN, [SHADE], on=on, transfers=history)
        (one,) = advice.recommendations
        return [str(reason) for reason in one.reasons if isinstance(reason, ReusedElsewhere)]

    assert told(Date(2026, 4, 30), stays, stopped) == ["is reused by ec-cuenca, fr-lyon"]
    assert told(Date(2026, 5, 1), stays, stopped) == ["is reused by fr-lyon"]
    assert told(Date(2026, 5, 1), stopped) == []


def test_a_transfer_of_the_future_is_neither_for_nor_against_a_practice() -> None:
    held = library(practice("shade", "pt-braga"), practice("roofs", "pt-braga"))
    history = [
        later(reuse("shade", "pt-braga", "fr-lyon"), Date(2028, 1, 1)),
        later(reuse("shade", "pt-braga", "tr-mersin"), Date(2028, 1, 1)),
        later(reuse("roofs", "tr-mersin", "fr-lyon"), Date(2028, 1, 1)),
    ]

    advice = recommend_practices(held, MERSIN, [SHADE], on=DAY, transfers=history)

    assert advice == recommend_practices(held, MERSIN, [SHADE], on=DAY)
    assert sorted(keys(advice)) == ["roofs", "shade"]


days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(
    lambda day: Date(day.year, day.month, day.day)
)


@st.composite
def histories(draw: st.DrawFn) -> list[Transfer]:
    """Transfers of one practice between four cities, some of them given up, on any days."""
    cities = st.sampled_from(("pt-braga", "tr-mersin", "ec-cuenca", "fr-lyon"))
    pairs = st.lists(st.tuples(cities, cities), max_size=4, unique=True)
    found = []
    for origin, adopter in draw(pairs):
        if origin != adopter:
            first, last = sorted((draw(days), draw(days)))
            one = later(reuse("shade", origin, adopter, stages=draw(st.integers(0, 3))), first)
            found.append(given_up(one, last) if draw(st.booleans()) else one)
    return found


@given(histories(), days)
def test_what_comes_after_the_day_changes_no_advice(history: list[Transfer], day: Date) -> None:
    held = PracticeLibrary([publish(practice("shade", "pt-braga"), on=Date(2026, 1, 1))])
    until = [one.until(day) for one in history]

    advice = recommend_practices(held, MERSIN, [SHADE], on=day, transfers=history)

    assert advice == recommend_practices(held, MERSIN, [SHADE], on=day, transfers=until)
    for one in advice.recommendations:
        reused = [r.adopters for r in one.reasons if isinstance(r, ReusedElsewhere)]
        in_use = {other.adopter for other in until if other.is_in_use}
        assert set().union(*reused) == in_use
        assert MERSIN.id not in in_use


def test_transfers_that_share_a_key_are_refused_and_all_named() -> None:
    one, other, third = (reuse(key, "pt-braga", "fr-lyon") for key in ("a", "b", "c"))

    with pytest.raises(InvalidValueError, match="stand twice") as refused:
        recommend_practices(
            library(), MERSIN, [SHADE], on=DAY, transfers=[one, other, third, third, one, one]
        )

    assert refused.value.value == ["a-pt-braga-fr-lyon", "c-pt-braga-fr-lyon"]


def test_a_need_that_stands_twice_is_named_once() -> None:
    held = library(practice("a", "pt-braga"))
    halves = [Need(topic=SHADE.topic, weight_share=0.5)] * 2

    (one,) = recommend_practices(held, MERSIN, halves, on=DAY).recommendations

    assert one.reasons[0] == SameChallenge(points=400_000, topics=(SHADE.topic,), themes=())


def told_by(name: str = "", country: str = "EC", *, authors: tuple[str, ...] = ()) -> Practice:
    return attrs.evolve(
        practice("a", "pt-braga"),
        origins=(PracticeOrigin(country=CountryCode(country), name=name),),
        authors=authors,
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (told_by("CUENCA"), "it was done in a place of the city's name"),
        (told_by("Santa Ana de Cuenca"), "it was done in a place of the city's name"),
        (told_by("Cuenca", "ES"), None),
        (told_by("Quito"), None),
        (told_by(authors=("a museum", "cuenca")), "an author of it has the city's name"),
        (told_by("Cuenca", "ES", authors=("Cuenca",)), None),
    ],
)
def test_what_a_place_of_its_name_did_is_not_recommended_to_a_city(
    told: Practice, reason: str | None
) -> None:
    cuenca = attrs.evolve(CUENCA, aliases=("Santa Ana de Cuenca",))

    advice = recommend_practices(library(told), cuenca, [SHADE], on=DAY)

    assert left_out(advice) == ({} if reason is None else {"a": reason})
    assert keys(advice) == (["a"] if reason is None else [])


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
