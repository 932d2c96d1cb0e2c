"""Only what is published on the day is found, by words, meaning and likeness together."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs
import networkx as nx
import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.knowledge.cities import BRAGA, CUENCA, MERSIN
from tests.knowledge.examples import BRAGA_SHADE, REVIEWERS, RUBRIC, publish, review
from utm.domain import (
    BuildingBlock,
    CityId,
    CountryCode,
    LanguageCode,
    Practice,
    PracticeId,
    PracticeOrigin,
    PracticeText,
    Taxonomy,
    Theme,
    ThemeId,
    Topic,
    TopicId,
)
from utm.errors import InvalidValueError
from utm.knowledge import (
    Facet,
    FacetKind,
    FtsIndex,
    FusionWeights,
    GiveReview,
    IndexEntry,
    MeaningIndex,
    MemoryIndex,
    OpenEvaluation,
    PracticeIndex,
    PracticeLibrary,
    PracticeRecord,
    PracticeStage,
    Publish,
    Question,
    Retire,
    Revise,
    Submit,
    TantivyIndex,
    advance_practice,
    draft_practice,
    entry_of,
    fuse,
    highlight,
    shared_ranks,
    tantivy_schema,
)
from utm.knowledge.lineage import find_circle
from utm.testing.knowledge import HashingEmbedder, practices

DAY = Date(2026, 3, 2)
ENGLISH = BRAGA_SHADE.texts[0].language


def practice(key: str, city: str, title: str, summary: str = "So it was.") -> Practice:
    origin = PracticeOrigin(country=CountryCode(city[:2].upper()), city=CityId(city))
    text = PracticeText(language=ENGLISH, title=title, summary=summary)
    return attrs.evolve(
        BRAGA_SHADE,
        id=PracticeId(key),
        topics=(TopicId("energy.storage"),),
        origins=(origin,),
        texts=(text,),
        blocks=(BuildingBlock(name="the whole", purpose="All of it."),),
    )


def library(*told: Practice, **options: object) -> PracticeLibrary:
    records = [publish(one, on=DAY) for one in told]
    return PracticeLibrary(records, cities=(BRAGA, MERSIN, CUENCA), **options)


def found(held: PracticeLibrary, words: str, *, on: Date = DAY, **options: object) -> list[str]:
    hits = held.search(Question(words=words), on=on, **options)
    return [hit.practice.id.value for hit in hits]


def test_a_draft_is_not_found() -> None:
    draft = draft_practice(BRAGA_SHADE, on=DAY, by="Braga", reason="worth telling")
    held = PracticeLibrary([draft])

    assert found(held, "shade") == []
    assert held.record(BRAGA_SHADE.id) == draft
    assert list(held.published(on=DAY)) == []


def test_a_practice_is_found_from_its_publication_to_its_expiry() -> None:
    held = library(BRAGA_SHADE)

    assert found(held, "shade", on=Date(2026, 3, 1)) == []
    assert found(held, "shade", on=DAY) == ["braga-shade"]
    assert found(held, "shade", on=Date(2029, 3, 1)) == ["braga-shade"]
    assert found(held, "shade", on=Date(2029, 3, 2)) == []


def test_a_newer_state_takes_the_place_of_an_older_one_at_once() -> None:
    record = publish(BRAGA_SHADE, on=DAY)
    held = PracticeLibrary([record])
    retired = advance_practice(record, Retire(), on=DAY, by="an editor", reason="it was wrong")
    assert isinstance(retired, PracticeRecord)
    held.keep(retired)
    assert found(held, "shade") == []

    revised = advance_practice(
        retired, Revise(practice=BRAGA_SHADE), on=DAY, by="Braga", reason="mended"
    )
    assert isinstance(revised, PracticeRecord)
    held.keep(revised)

    assert found(held, "shade") == []
    assert len(held.index) == 0
    assert len(held) == 1


def test_removing_takes_away_exactly_one() -> None:
    held = library(BRAGA_SHADE, practice("other", "tr-mersin", "Shade in Mersin"))

    assert held.remove(PracticeId("other"))
    assert not held.remove(PracticeId("other"))
    assert found(held, "shade") == ["braga-shade"]


def test_one_practice_twice_is_refused_and_nothing_is_kept() -> None:
    held = library()
    record = publish(BRAGA_SHADE, on=DAY)

    with pytest.raises(InvalidValueError, match="twice"):
        held.keep(record, record)

    assert len(held) == 0
    assert len(held.index) == 0


def builds(key: str, *older: str) -> PracticeRecord:
    told = practice(key, "pt-braga", "Shade")
    return publish(attrs.evolve(told, builds_on=tuple(map(PracticeId, older))), on=DAY)


def test_practices_that_build_on_each_other_in_a_circle_are_refused_and_nothing_is_lost() -> None:
    held = PracticeLibrary([builds("a", "b", "unheard-of"), builds("b", "c")])

    with pytest.raises(InvalidValueError, match="in a circle") as refused:
        held.keep(builds("c", "a"), builds("d"))

    assert refused.value.value == ["c", "a", "b"]
    assert found(held, "shade") == ["a", "b"]
    held.keep(builds("c"), builds("d", "a", "b"))
    assert found(held, "shade") == ["a", "b", "c", "d"]


lineages = st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef")))


@given(lineages, st.sampled_from("abcdef"))
def test_a_circle_is_found_exactly_where_there_is_one(
    older: dict[str, set[str]], start: str
) -> None:
    graph = nx.DiGraph([(one, other) for one, others in older.items() for other in others])

    circle = find_circle(
        PracticeId(start), lambda key: [PracticeId(one) for one in older.get(key.value, ())]
    )

    way = [key.value for key in circle]
    assert all(two in older[one] for one, two in pairwise([*way, start]) if way)
    expected = [
        1 + nx.shortest_path_length(graph, other, start)
        for other in older.get(start, ())
        if nx.has_path(graph, other, start)
    ]
    assert len(way) == min(expected, default=0)


def filled_indexes() -> list[PracticeIndex]:
    return [
        FtsIndex(sqlite3.connect(":memory:")),
        MemoryIndex(),
        TantivyIndex(tantivy.Index(tantivy_schema())),
    ]


@pytest.mark.parametrize("index", filled_indexes(), ids=lambda one: type(one).__name__)
def test_a_filled_index_is_opened_again_and_brought_up_to_date(index: PracticeIndex) -> None:
    rewritten = practice("b", "tr-mersin", "Shade in Mersin")
    library(BRAGA_SHADE, practice("b", "tr-mersin", "Lanes in Mersin"), index=index)

    again = library(BRAGA_SHADE, rewritten, practice("c", "ec-cuenca", "Shade"), index=index)

    assert len(index) == 3
    assert sorted(found(again, "shade")) == ["b", "braga-shade", "c"]
    assert found(again, "lanes") == []


@pytest.mark.parametrize("index", filled_indexes(), ids=lambda one: type(one).__name__)
def test_an_index_of_other_practices_is_refused_by_name_and_left_alone(
    index: PracticeIndex,
) -> None:
    library(BRAGA_SHADE, practice("b", "tr-mersin", "Lanes"), index=index)

    with pytest.raises(InvalidValueError, match="not among the practices") as refused:
        library(practice("b", "tr-mersin", "Shade"), index=index)

    assert refused.value.value == ["braga-shade"]
    assert len(index) == 2
    assert index.holds(entry_of(practice("b", "tr-mersin", "Lanes")))


def rewritten_in_2029(first: Practice, second: Practice) -> PracticeRecord:
    record = publish(first, on=DAY)
    ana, ben, _ = REVIEWERS
    for command, by in (
        (Revise(practice=second), "a city"),
        (Submit(), "a city"),
        (OpenEvaluation(rubric=RUBRIC, reviewers=(ana, ben)), "an editor"),
        (GiveReview(review=review(ana, 4)), ana.name),
        (GiveReview(review=review(ben, 4)), ben.name),
        (Publish(), "an editor"),
    ):
        following = advance_practice(record, command, on=Date(2029, 5, 1), by=by, reason="due")
        assert isinstance(following, PracticeRecord), following
        record = following
    return record


def test_a_text_that_was_rewritten_is_found_as_it_was_on_the_day() -> None:
    first = practice("a", "pt-braga", "Shade at stops")
    second = practice("a", "tr-mersin", "Cool roofs")
    record = rewritten_in_2029(first, second)
    held = PracticeLibrary([record, publish(practice("b", "ec-cuenca", "Roofs"), on=DAY)])

    (then,) = held.search(Question(words="shade"), on=DAY)
    assert then.practice == first
    assert found(held, "roofs") == ["b"]
    assert found(held, "shade", on=Date(2029, 4, 1)) == []
    assert found(held, "shade", on=Date(2029, 5, 1)) == []
    assert found(held, "roofs", on=Date(2029, 5, 1)) == ["a"]
    assert [one.title for one in (p.texts[0] for p in held.published(on=DAY))] == [
        "Shade at stops",
        "Roofs",
    ]
    held.remove(PracticeId("a"))
    assert len(held.index) == 1


def test_a_new_text_beside_the_old_one_takes_the_place_of_neither() -> None:
    first = practice("a", "pt-braga", "Shade at stops")
    held = library(first)
    held.keep(rewritten_in_2029(first, practice("a", "tr-mersin", "Cool roofs")))

    assert len(held.index) == 2
    assert found(held, "shade") == ["a"]
    assert found(held, "roofs", on=Date(2029, 5, 1)) == ["a"]


@given(st.dates(dt.date(2026, 1, 1), dt.date(2033, 1, 1)))
def test_the_text_published_on_a_day_is_that_of_the_state_at_its_end(day: dt.date) -> None:
    record = rewritten_in_2029(BRAGA_SHADE, practice("braga-shade", "tr-mersin", "Roofs"))
    on = Date(day.year, day.month, day.day)
    state = record.state_on(on)
    published = state is not None and state.stage_on(on) is PracticeStage.PUBLISHED

    assert record.published_on(on) == (state.practice if state and published else None)


def test_many_expired_practices_do_not_hide_one_that_is_published() -> None:
    old = [practice(f"a-{number:03}", "pt-braga", "Shade") for number in range(450)]
    records = [publish(one, on=Date(2020, 1, 1)) for one in old]
    records.append(publish(practice("z", "pt-braga", "Shade"), on=DAY))

    assert found(PracticeLibrary(records), "shade") == ["z"]


def test_words_alone_decide_without_a_city_and_context_counts_with_one() -> None:
    held = library(
        practice("a-here", "ec-cuenca", "Shade"),
        practice("b-there", "tr-mersin", "Shade"),
        practice("c-elsewhere", "pt-braga", "Lanes"),
    )

    assert found(held, "shade") == ["a-here", "b-there"]
    assert found(held, "shade", city=BRAGA) == ["b-there", "a-here"]
    assert found(held, "", city=BRAGA) == ["c-elsewhere", "b-there", "a-here"]


def test_a_hit_tells_what_put_it_in_its_place() -> None:
    held = library(BRAGA_SHADE, practice("other", "tr-mersin", "Lanes", "No shade here."))

    first, second = held.search(Question(words="shade"), on=DAY, city=MERSIN)

    assert (first.practice.id.value, first.words_rank, first.context_rank) == ("braga-shade", 1, 2)
    assert (second.words_rank, second.context_rank) == (2, 1)
    assert first.score == 2_000_000 // 61 + 1_000_000 // 62
    assert second.likeness is not None
    assert second.likeness.lowest == 1_000_000


def test_weights_decide_which_ranking_counts() -> None:
    held = library(
        practice("in-title", "ec-cuenca", "Shade"),
        practice("in-body", "tr-mersin", "Lanes", "and shade"),
    )
    context = FusionWeights(words=0, meaning=0, context=1)

    assert found(held, "shade", city=MERSIN, weights=context) == ["in-body", "in-title"]
    with pytest.raises(InvalidValueError):
        FusionWeights(words=-1)


def test_meaning_finds_what_shares_no_word_and_obeys_facets() -> None:
    embedder = HashingEmbedder(likewise={"bicycle": "cycling"})
    told = (
        practice("bikes", "tr-mersin", "Bicycle streets"),
        practice("roofs", "pt-braga", "Green roofs"),
    )
    held = library(*told, embedder=embedder)
    asia = Facet(FacetKind.CONTINENT, "asia")

    assert found(library(*told), "cycling") == []
    assert found(held, "cycling")[0] == "bikes"
    assert [
        hit.practice.id.value
        for hit in held.search(Question(words="cycling", facets=(asia,)), on=DAY)
    ] == ["bikes"]
    held.remove(PracticeId("bikes"))
    assert "bikes" not in found(held, "cycling")


def test_an_embedder_that_keeps_no_promise_is_refused() -> None:
    class Broken(HashingEmbedder):
        def encode_texts(self, texts: object) -> list[list[float]]:
            return [[float("nan")] * self.dimensions for _ in texts]

    with pytest.raises(InvalidValueError, match="finite"):
        MeaningIndex(Broken()).put([entry_of(BRAGA_SHADE)])


class Failing(HashingEmbedder):
    """An embedder whose service is down, or answers what it should not, while told so."""

    fails = ""

    def encode_texts(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return self._as_told(super().encode_texts(texts))

    def encode_questions(self, questions: Sequence[str]) -> Sequence[Sequence[float]]:
        return self._as_told(super().encode_questions(questions))

    def _as_told(self, right: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
        if self.fails == "is down":
            message = "no answer"
            raise ConnectionError(message)
        wrong: dict[str, Sequence[Sequence[float]]] = {
            "no number at the end": [*right[:-1], [float("nan")] * self.dimensions],
            "too long at the end": [*right[:-1], [1.0] * (self.dimensions + 1)],
            "too few": right[:-1],
            "too many": [*right, *right],
        }
        return wrong.get(self.fails, right)


FAILURES = ("is down", "no number at the end", "too long at the end", "too few", "too many")
each_failure = pytest.mark.parametrize("failure", FAILURES)


@each_failure
@pytest.mark.parametrize("kind", range(3), ids=("sqlite", "memory", "tantivy"))
def test_a_failing_embedder_leaves_the_library_as_it_was(kind: int, failure: str) -> None:
    index = filled_indexes()[kind]
    embedder = Failing()
    held = library(BRAGA_SHADE, embedder=embedder, index=index)
    embedder.fails = failure

    with pytest.raises((ConnectionError, InvalidValueError)):
        held.keep(*(publish(practice(key, "tr-mersin", "Shade"), on=DAY) for key in "bc"))
    with pytest.raises((ConnectionError, InvalidValueError)):
        held.keep(publish(practice("braga-shade", "pt-braga", "Lanes"), on=DAY))
    with pytest.raises((ConnectionError, InvalidValueError)):
        found(held, "shade")
    embedder.fails = ""

    assert (len(held), len(index)) == (1, 1)
    assert found(held, "shade") == found(held, "") == ["braga-shade"]
    held.keep(publish(practice("b", "tr-mersin", "Shade"), on=DAY))
    assert sorted(found(held, "shade")) == ["b", "braga-shade"]


@each_failure
def test_a_library_that_cannot_be_made_leaves_its_index_as_it_was(failure: str) -> None:
    index = FtsIndex(sqlite3.connect(":memory:"))
    library(BRAGA_SHADE, index=index)
    embedder = Failing()
    embedder.fails = failure

    with pytest.raises((ConnectionError, InvalidValueError)):
        library(practice("b", "tr-mersin", "Lanes"), index=index, embedder=embedder, take_over=True)

    assert len(index) == 1
    assert index.holds(entry_of(BRAGA_SHADE))


@each_failure
def test_vectors_are_put_all_or_none_however_many(failure: str) -> None:
    embedder = Failing()
    held = MeaningIndex(embedder)
    held.put([entry_of(practice("a", "pt-braga", "Shade"))])
    before = held.likeness("shade")

    class InTheSecondBatch(Failing):
        def encode_texts(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
            encoded = super().encode_texts(texts)
            self.fails = failure
            return encoded

    held.embedder = InTheSecondBatch()
    with pytest.raises((ConnectionError, InvalidValueError)):
        held.put(entry_of(practice(f"b-{n}", "pt-braga", "Shade")) for n in range(300))

    held.embedder = embedder
    assert held.likeness("shade") == before


class Full(MemoryIndex):
    """An index on a disk that is full while told so."""

    is_full = False

    def put(self, entries: Iterable[IndexEntry]) -> None:
        self._refuse_if_full()
        super().put(entries)

    def remove(self, key: PracticeId) -> bool:
        self._refuse_if_full()
        return super().remove(key)

    def _refuse_if_full(self) -> None:
        if self.is_full:
            message = "no space left"
            raise OSError(message)


def test_an_index_that_cannot_be_written_leaves_the_library_as_it_was() -> None:
    index = Full()
    held = library(BRAGA_SHADE, index=index, embedder=HashingEmbedder())
    index.is_full = True

    with pytest.raises(OSError, match="no space"):
        held.keep(publish(practice("b", "tr-mersin", "Shade"), on=DAY))

    assert len(held) == 1
    assert found(held, "shade") == ["braga-shade"]


def test_what_an_index_could_not_remove_is_not_found_and_may_be_kept_again() -> None:
    index = Full()
    held = library(BRAGA_SHADE, practice("b", "tr-mersin", "Shade"), index=index)
    index.is_full = True

    with pytest.raises(OSError, match="no space"):
        held.remove(PracticeId("b"))
    index.is_full = False

    assert found(held, "shade") == found(held, "") == ["braga-shade"]
    held.keep(publish(practice("b", "tr-mersin", "Shade"), on=DAY))
    assert sorted(found(held, "shade")) == ["b", "braga-shade"]


scores = st.dictionaries(st.text("abcd", min_size=1, max_size=2), st.integers(0, 4))


@given(scores)
def test_equal_scores_share_a_rank_and_higher_ones_rank_higher(given: dict[str, int]) -> None:
    ranks = shared_ranks(given)

    for one, score in given.items():
        assert ranks[one] == 1 + sum(other > score for other in given.values())


@given(st.lists(st.tuples(st.integers(0, 3), scores.map(shared_ranks)), max_size=3))
def test_fusing_depends_neither_on_order_nor_on_names(rankings: list) -> None:
    fused = fuse(rankings)

    assert fused == fuse(rankings[::-1])
    for key, score in fused.items():
        expected = sum(
            weight * 1_000_000 // (60 + ranks[key]) for weight, ranks in rankings if key in ranks
        )
        assert score == expected


def test_highlights_show_the_words_and_nothing_is_marked_up() -> None:
    told = practice("a", "pt-braga", "Cooling <b>roofs</b>", "Roofs that cool. " + "x " * 300)

    title, summary = highlight(told, Question(words="roof"))

    assert (title.field, title.text) == ("title", "Cooling <b>roofs</b>")
    assert [title.text[start:end] for start, end in title.marks] == ["roofs"]
    assert summary.cut_after
    assert not summary.cut_before
    assert len(summary.text) <= 160


def test_a_highlight_begins_at_a_word_and_shows_the_densest_place() -> None:
    far = "heat " + "x " * 200 + "the new pump gives heat here"
    told = practice("a", "pt-braga", "Lanes", far)

    (summary,) = highlight(told, Question(words="heat pump"), characters=60)

    assert [summary.text[start:end] for start, end in summary.marks] == ["pump", "heat"]
    assert summary.cut_before
    assert summary.text.split()[0] == "x"


@pytest.mark.parametrize(
    ("language", "title", "asked", "marked"),
    [
        ("el", "Η Ενέργεια της πόλης", "ΕΝΕΡΓΕΙΑ", ["Ενέργεια"]),
        ("el", "Μικρές πόλεις", "μικρες ΠΟΛΕΙΣ", ["Μικρές", "πόλεις"]),
        ("ru", "Озеленение городских улиц", "городской", ["городских"]),
        ("ru", "Зелёный двор", "зеленый", ["Зелёный"]),
        ("uk", "Міський сад", "МІСЬКИЙ", ["Міський"]),
        ("ka", "ქალაქის ენერგია", "ენერგია", ["ენერგია"]),
        ("ka", "ᲔᲜᲔᲠᲒᲘᲐ ქალაქში", "ენერგია", ["ᲔᲜᲔᲠᲒᲘᲐ"]),
        ("ar", "كفاءة الطَّاقة في المدينة", "الطاقة", ["الطَّاقة"]),
        ("tr", "Işıklı İSTASYONLAR", "istasyon", ["İSTASYONLAR"]),
        ("tr", "ISI yalıtımı", "ısı", ["ISI"]),
        ("lt", "Miesto ė\u0301nergija", "energija", ["ė\u0301nergija"]),
        ("de", "STRASSEN und Straßen", "Straße", ["STRASSEN", "Straßen"]),
        ("es", "Ｅｎｅｒｇíａ limpia", "energia", ["Ｅｎｅｒｇíａ"]),
        ("hi", "शहर की ऊर्जा", "ऊर्जा", ["ऊर्जा"]),
        ("zh", "城市能源规划", "能源", ["能源"]),
        ("th", "แผนพลังงานเมือง", "พลังงาน", ["พลังงาน"]),
    ],
    ids=lambda given: given if isinstance(given, str) and len(given) == 2 else None,
)
def test_what_is_marked_is_the_word_as_it_is_written_in_every_script(
    language: str, title: str, asked: str, marked: list[str]
) -> None:
    text = PracticeText(language=LanguageCode(language), title=title, summary="So it was.")
    told = attrs.evolve(practice("a", "pt-braga", "x"), texts=(text,))
    question = Question(words=asked)
    held = FtsIndex(sqlite3.connect(":memory:"))
    held.put([entry_of(told)])

    excerpts = {each.field: each for each in highlight(told, question)}

    assert held.search(question)
    assert excerpts["title"].text == title
    assert [title[start:end] for start, end in excerpts["title"].marks] == marked


@settings(max_examples=25, deadline=None)
@given(practices(), st.sampled_from(("bus", "énergies", "能源", "calle roofs", "the")))
def test_every_mark_is_a_word_of_the_question(told: Practice, words: str) -> None:
    question = Question(words=words)
    held = FtsIndex(sqlite3.connect(":memory:"))
    held.put([entry_of(told)])

    excerpts = highlight(told, question, characters=30)

    assert bool(excerpts) == bool(held.search(question))
    for excerpt in excerpts:
        assert excerpt.marks
        for start, end in excerpt.marks:
            assert 0 <= start < end <= len(excerpt.text)


TURKISH = LanguageCode("tr")
STORAGE = TopicId("energy.storage")


def names_of_storage(label: str, theme: str) -> Taxonomy:
    topic = Topic(id=STORAGE, label=label)
    return Taxonomy(
        version="1", themes=(Theme(id=ThemeId("energy"), label=theme, topics=(topic,)),)
    )


def test_a_practice_is_found_by_the_words_of_its_topic() -> None:
    held = library(practice("a", "pt-braga", "Old cellars"))

    assert found(held, "storages") == ["a"]
    assert found(held, "energies") == ["a"]


def test_a_practice_is_found_by_the_names_of_its_topics_in_every_language_that_names_them() -> None:
    names = {
        ENGLISH: names_of_storage("Keeping warmth", "Power"),
        TURKISH: names_of_storage("Isı depolama", "Enerji"),
    }
    held = library(practice("a", "pt-braga", "Old cellars"), topic_names=names)

    assert found(held, "warmth") == found(held, "powers") == ["a"]
    assert found(held, "ısı") == found(held, "DEPOLAMA") == ["a"]
    assert found(held, "storage") == []
    (excerpt,) = highlight(
        practice("a", "pt-braga", "Old cellars"), Question(words="depolama"), topic_names=names
    )
    assert (excerpt.field, excerpt.language, excerpt.text) == (
        "topics",
        TURKISH,
        "Enerji, Isı depolama",
    )


def test_a_title_counts_more_than_the_name_of_a_topic() -> None:
    held = library(
        practice("a-topic", "pt-braga", "Old cellars"),
        attrs.evolve(
            practice("b-title", "pt-braga", "Old storage"), topics=(TopicId("cooling.shade"),)
        ),
        *(
            attrs.evolve(
                practice(f"z-{number}", "pt-braga", "Lanes"), topics=(TopicId("cooling.shade"),)
            )
            for number in range(5)
        ),
    )

    assert found(held, "storage") == ["b-title", "a-topic"]


def test_other_names_of_topics_make_an_index_out_of_date() -> None:
    index = FtsIndex(sqlite3.connect(":memory:"))
    records = [publish(practice("a", "pt-braga", "Old cellars"), on=DAY)]
    PracticeLibrary(records, index=index)

    names = {ENGLISH: names_of_storage("Keeping warmth", "Power")}
    held = PracticeLibrary(records, index=index, topic_names=names)

    assert found(held, "warmth") == ["a"]
    assert found(held, "storage") == []


def test_an_index_of_other_practices_is_taken_over_where_that_is_asked_for() -> None:
    index = FtsIndex(sqlite3.connect(":memory:"))
    PracticeLibrary([publish(practice("a", "pt-braga", "Lanes"), on=DAY)], index=index)

    records = [publish(practice("b", "pt-braga", "Roofs"), on=DAY)]
    held = PracticeLibrary(records, index=index, take_over=True)

    assert len(index) == 1
    assert found(held, "lanes") == []
    assert found(held, "roofs") == ["b"]
