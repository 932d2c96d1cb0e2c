"""Every index keeps the laws, whatever it is made of."""

import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import attrs
import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from tests.searching import examples
from utm.domain import LanguageCode, Practice, PracticeId
from utm.errors import InvalidValueError
from utm.knowledge import (
    Analyser,
    EntryText,
    Facet,
    FacetKind,
    FtsIndex,
    Hit,
    IndexEntry,
    MemoryIndex,
    PracticeIndex,
    Question,
    TantivyIndex,
    entry_of,
    fts_index,
    in_chunks,
    pruning,
    tantivy_index,
    tantivy_schema,
    word_counts,
)
from utm.knowledge.bm25 import Bm25
from utm.knowledge.fts_index import match_expression
from utm.knowledge.pruning import AskedTerm, stages_of
from utm.testing.knowledge import HOSTILE, index_laws, practices, questions

ENGLISH = LanguageCode("en")
MOBILITY = Facet(FacetKind.THEME, "mobility")
COOLING = Facet(FacetKind.THEME, "cooling")
EUROPE = Facet(FacetKind.CONTINENT, "europe")


def in_sqlite() -> FtsIndex:
    return FtsIndex(sqlite3.connect(":memory:"))


def in_tantivy() -> TantivyIndex:
    return TantivyIndex(tantivy.Index(tantivy_schema()))


KINDS: dict[str, Callable[[], PracticeIndex]] = {
    "memory": MemoryIndex,
    "sqlite": in_sqlite,
    "tantivy": in_tantivy,
}
each_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)

TestMemoryIndex = index_laws(MemoryIndex).TestCase
TestFtsIndex = index_laws(in_sqlite).TestCase
TestTantivyIndex = index_laws(in_tantivy, exact=False).TestCase
TestMemoryIndex.settings = settings(examples(8), stateful_step_count=15)
TestFtsIndex.settings = settings(examples(10), stateful_step_count=20)
# An index in tantivy starts a thread at every change, which takes its time.
TestTantivyIndex.settings = settings(examples(5), stateful_step_count=10)
few = examples(25)


def entry(key: str, title: str, *facets: Facet, body: str = "", language: str = "en") -> IndexEntry:
    text = EntryText(language=LanguageCode(language), title=title, body=body)
    return IndexEntry(id=PracticeId(key), texts=(text,), facets=facets)


def keys(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.practice.value for hit in hits]


@each_kind
def test_a_word_in_the_title_counts_more_than_in_the_body(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put(
        [
            entry("in-body", "Green roofs", body="heat"),
            entry("in-title", "Heat roofs", body="green"),
            *(entry(f"other-{number}", "cycling lanes") for number in range(5)),
        ]
    )

    assert keys(index.search(Question(words="heat"))) == ["in-title", "in-body"]


@each_kind
def test_equal_scores_stand_in_order_of_their_keys_and_pages_do_not_overlap(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put([entry(f"p-{number:02}", "heat pump") for number in reversed(range(40))])
    index.put([entry(f"q-{number:02}", "cycling") for number in range(60)])

    found = keys(index.search(Question(words="heat"), limit=7))

    assert found == [f"p-{number:02}" for number in range(7)]


@each_kind
def test_values_of_one_facet_widen_and_facets_of_two_kinds_narrow(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put(
        [
            entry("a", "heat", MOBILITY, EUROPE),
            entry("b", "heat", COOLING),
            entry("c", "heat"),
            *(entry(f"z-{number}", "roof") for number in range(5)),
        ]
    )

    def found(*facets: Facet) -> list[str]:
        return sorted(keys(index.search(Question(words="heat", facets=facets))))

    assert found(MOBILITY) == ["a"]
    assert found(MOBILITY, COOLING) == ["a", "b"]
    assert found(MOBILITY, COOLING, EUROPE) == ["a"]
    assert found(COOLING, EUROPE) == []


@each_kind
def test_a_word_that_looks_like_a_facet_is_none(make: Callable[[], PracticeIndex]) -> None:
    index = make()
    index.put([entry("a", "theme_mobility", COOLING), entry("b", "theme", MOBILITY)])

    assert keys(index.search(Question(facets=(MOBILITY,)))) == ["b"]
    assert "a" in keys(index.search(Question(words="theme_mobility")))


@each_kind
def test_stop_words_alone_find_nothing_and_no_words_find_all(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put([entry("b", "the heat of it"), entry("a", "roof")])

    assert index.search(Question(words="the of")) == ()
    assert keys(index.search(Question(words="  "))) == ["a", "b"]


@each_kind
def test_a_text_is_found_in_its_own_language_and_by_a_question_in_any(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put(
        [
            entry("es", "Movilizaciones", language="es"),
            entry("tr", "ısıtma", language="tr"),
            entry("zh", "城市能源", language="zh"),
            entry("en", "mobile homes"),
        ]
    )

    assert keys(index.search(Question(words="movilización"))) == ["es"]
    assert keys(index.search(Question(words="ISITMA"))) == ["tr"]
    assert keys(index.search(Question(words="能源"))) == ["zh"]
    english = Question(words="movilización", languages=(ENGLISH,))
    assert index.search(english) == ()


@each_kind
def test_one_key_twice_is_refused_and_nothing_is_changed(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put([entry("a", "heat")])

    with pytest.raises(InvalidValueError, match="stands twice"):
        index.put([entry("b", "roof"), entry("a", "cold"), entry("b", "roof")])

    assert len(index) == 1
    assert keys(index.search(Question(words="heat"))) == ["a"]


@each_kind
def test_an_error_half_way_leaves_nothing_behind(make: Callable[[], PracticeIndex]) -> None:
    index = make()

    def broken():
        yield entry("a", "heat")
        message = "the file ends here"
        raise OSError(message)

    with pytest.raises(OSError, match="ends here"):
        index.put(broken())

    assert len(index) == 0
    assert index.search(Question(words="heat")) == ()
    index.put([entry("a", "heat")])
    assert len(index) == 1


@each_kind
@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:24])
def test_hostile_text_is_only_words(make: Callable[[], PracticeIndex], words: str) -> None:
    index = make()
    index.put([entry("a", words or "x", body="roof"), entry("b", "zebra")])

    found = index.search(Question(words=words))
    assert "b" not in keys(found)
    assert found == index.search(Question(words=words))


@each_kind
def test_a_language_of_which_nothing_is_left_is_asked_in_no_more(
    make: Callable[[], PracticeIndex],
) -> None:
    removed, replaced, reopened = make(), make(), make()
    for index in (removed, replaced, reopened):
        index.put(
            [
                entry("a", "tree", language="xx"),
                entry("b", "bus", language="en"),
                entry("c", "car", language="xx"),
            ]
        )
    assert keys(removed.search(Question(words="trees"))) == ["a"]

    removed.remove(PracticeId("b"))
    replaced.put([entry("b", "bus", language="xx")])
    reopened.remove(PracticeId("b"))
    reopened.put([entry("d", "lane", language="en")])

    assert removed.search(Question(words="trees")) == ()
    assert replaced.search(Question(words="trees")) == ()
    assert keys(reopened.search(Question(words="trees"))) == ["a"]


changes = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(("en", "es", "xx", None)),
        st.sampled_from(("trees", "tree", "ciudades", "bus")),
    ),
    max_size=8,
)


@few
@given(changes, st.sampled_from(("trees", "ciudad", "buses", "the tree")))
def test_what_was_removed_or_replaced_leaves_no_trace_in_what_is_found(
    drawn: list[tuple[str, str | None, str]], words: str
) -> None:
    indexes = [make() for make in KINDS.values()]
    last: dict[str, IndexEntry] = {}
    for key, language, title in drawn:
        told = None if language is None else entry(key, title, language=language)
        last.pop(key, None)
        if told is not None:
            last[key] = told
        for index in indexes:
            if told is None:
                index.remove(PracticeId(key))
            else:
                index.put([told])
            index.search(Question(words=words))
    anew = MemoryIndex()
    anew.put(last.values())

    found = set(keys(anew.search(Question(words=words))))

    for index in indexes:
        assert set(keys(index.search(Question(words=words)))) == found


def test_what_another_index_over_the_same_tantivy_index_removes_is_noticed() -> None:
    held = tantivy.Index(tantivy_schema())
    one, other = TantivyIndex(held), TantivyIndex(held)
    one.put([entry("a", "tree", language="xx"), entry("b", "bus"), entry("c", "x", language="xx")])
    assert keys(one.search(Question(words="trees"))) == ["a"]

    other.remove(PracticeId("b"))

    assert one.search(Question(words="trees")) == ()


@few
@given(st.lists(practices(), max_size=6, unique_by=lambda p: p.id), questions())
def test_order_of_insertion_changes_nothing(told: list[Practice], question: Question) -> None:
    there, back = in_sqlite(), in_sqlite()
    for practice in told:
        there.put([entry_of(practice)])
    back.put([entry_of(practice) for practice in reversed(told)])

    assert there.search(question) == back.search(question)


@few
@given(st.lists(practices(), max_size=6, unique_by=lambda p: p.id), questions())
def test_more_facets_never_find_more_and_every_hit_has_them(
    told: list[Practice], question: Question
) -> None:
    index = in_sqlite()
    index.put(map(entry_of, told))
    facets = {practice.id: set(entry_of(practice).facets) for practice in told}

    hits = index.search(question)
    without = index.search(attrs.evolve(question, facets=()))

    assert set(hits) <= set(without)
    for hit in hits:
        for group in question.facet_groups():
            assert set(group) & facets[hit.practice]


@few
@given(st.lists(practices(), max_size=6, unique_by=lambda p: p.id), questions())
def test_all_words_find_no_more_than_any_word(told: list[Practice], question: Question) -> None:
    index = in_sqlite()
    index.put(map(entry_of, told))

    every = index.search(attrs.evolve(question, all_words=True))
    some = index.search(attrs.evolve(question, all_words=False))

    assert set(every) <= set(some)


@each_kind
@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("en", "es", "bus buse"), ("en", "fr", "the bus")],
    ids=["one stem of two words", "a word that one language passes over"],
)
def test_asking_for_all_words_changes_no_score(
    make: Callable[[], PracticeIndex], first: str, second: str, words: str
) -> None:
    index = make()
    index.put(
        [
            entry("a", "the bus", language=first),
            entry("b", "the bus buse", language=second),
            *(entry(f"z-{number}", "roof") for number in range(5)),
        ]
    )

    every = index.search(Question(words=words, all_words=True))

    assert every
    assert set(every) <= set(index.search(Question(words=words)))


@given(st.text(max_size=40), st.booleans())
def test_only_quoted_words_reach_the_query_language(words: str, all_words: bool) -> None:
    question = Question(words=words, all_words=all_words)
    terms = question.asked_terms(Analyser(), ["en", "tr", "th"])
    groups = terms.groups if terms and terms.terms else ()

    asked = match_expression([*groups, ("theme_mobility",)])

    bare = re.sub(r'"[^"\x00-\x1f]*"', '""', asked)
    assert re.fullmatch(r'(\(""( OR "")*\) AND )*\(""\)', bare)


def test_a_quote_within_a_term_would_be_doubled() -> None:
    assert match_expression([('a"b', "c")]) == '("a""b" OR "c")'


@each_kind
def test_all_words_are_asked_for_in_the_language_of_each_text(
    make: Callable[[], PracticeIndex],
) -> None:
    index = make()
    index.put(
        [
            entry("en", "the energies of cities"),
            entry("es", "la energía de las ciudades", language="es"),
            entry("half", "energy"),
        ]
    )

    def found(words: str) -> list[str]:
        return sorted(keys(index.search(Question(words=words, all_words=True))))

    assert found("energies cities") == ["en"]
    assert found("the energies of cities") == ["en"]
    assert found("la energía de ciudades") == ["es"]
    assert found("the of") == []


def test_a_long_question_loses_no_language() -> None:
    index = in_sqlite()
    names = ("en", "es", "fr", "pt", "tr", "ru", "de", "it", "hi", "ar", "id", "fi", "sv", "nl")
    index.put([entry(name, "nothing", language=name) for name in names])
    words = [f"bicycles{number}energies{number}" for number in range(64)]
    index.put([entry("long", " ".join(words), language="tr")])

    assert keys(index.search(Question(words=" ".join(words)))) == ["long"]
    assert keys(index.search(Question(words=words[63]))) == ["long"]


def test_an_index_of_another_analyser_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    FtsIndex(connection, Analyser(stemming=False))

    with pytest.raises(InvalidValueError, match="another analyser"):
        FtsIndex(connection)


def test_an_index_is_found_again_in_its_database() -> None:
    connection = sqlite3.connect(":memory:")
    FtsIndex(connection).put([entry("a", "heat")])

    assert keys(FtsIndex(connection).search(Question(words="heat"))) == ["a"]


def test_a_transaction_of_the_caller_can_still_be_rolled_back() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    index = FtsIndex(connection)
    connection.execute("BEGIN")
    index.put([entry("a", "heat")])
    connection.execute("ROLLBACK")

    assert len(index) == 0
    assert index.search(Question(words="heat")) == ()


def test_a_document_of_ten_megabytes_is_found() -> None:
    index = in_sqlite()
    index.put([entry("long", "heat", body="cycling lanes " * 750_000), entry("short", "roof")])

    assert keys(index.search(Question(words="lanes"))) == ["long"]


def test_facets_that_are_no_plain_words_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        Facet(FacetKind.THEME, 'x" OR "y')
    with pytest.raises(InvalidValueError):
        Facet(FacetKind.THEME, "")
    assert Facet.of(FacetKind.REGION, "Southern Europe").value == "southern-europe"


@few
@given(
    st.lists(practices(), max_size=12, unique_by=lambda p: p.id),
    questions(),
    st.integers(1, 5),
)
def test_a_search_that_visits_the_rarest_terms_first_finds_what_one_of_all_finds(
    told: list[Practice], question: Question, limit: int
) -> None:
    reference, pruned = MemoryIndex(), in_sqlite()
    reference.put(map(entry_of, told))
    pruned.put(map(entry_of, told))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning, "_FIRST_WORK", 0.5)
        patch.setattr(pruning, "_GROWTH", 1.3)
        assert pruned.search(question, limit=limit) == reference.search(question, limit=limit)


@few
@given(st.lists(practices(), max_size=12, unique_by=lambda p: p.id), questions(), st.integers(1, 5))
def test_tantivy_finds_by_the_rarest_terms_first_what_it_finds_by_all(
    told: list[Practice], question: Question, limit: int
) -> None:
    index = in_tantivy()
    index.put(map(entry_of, told))
    asked = attrs.evolve(question, facets=(), all_words=False)
    whole = index.search(asked, limit=limit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy_index, "_FIRST_WORK", 0.5)
        patch.setattr(pruning, "_GROWTH", 1.3)
        staged = index.search(asked, limit=limit)

    # It adds numbers of seven digits up in another order.
    assert [hit.score for hit in staged] == pytest.approx([hit.score for hit in whole], rel=1e-5)
    scores = {hit.practice: hit.score for hit in index.search(asked, limit=len(told) + 1)}
    assert [scores[hit.practice] for hit in staged] == pytest.approx(
        [hit.score for hit in whole], rel=1e-5
    )


def test_tantivy_looks_no_further_once_nothing_else_can_be_among_the_best() -> None:
    index = in_tantivy()
    index.put([entry(f"z-{number}", "energy of cities") for number in range(60)])
    index.put([entry(f"a-{number}", "agrivoltaics, energy") for number in range(3)])
    asked: list[tantivy.Query] = []

    def watched(self: TantivyIndex, query: tantivy.Query, limit: int) -> tuple[Hit, ...]:
        asked.append(query)
        return best(self, query, limit)

    best = TantivyIndex._best
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy_index, "_FIRST_WORK", 0.5)
        patch.setattr(TantivyIndex, "_best", watched)
        found = keys(index.search(Question(words="agrivoltaics energy"), limit=2))

    assert found == ["a-0", "a-1"]
    assert len(asked) == 1


def test_what_holds_only_a_frequent_word_is_not_visited_when_it_cannot_be_among_the_best() -> None:
    bm25 = Bm25(texts=1_000_000, length=50_000_000)
    frequent, rare = (
        AskedTerm(term=term, sign=term, rarity=bm25.rarity(holders), holders=holders, often=often)
        for term, holders, often in (("energy", 200_000, 30_000), ("agrivoltaics", 50, 10))
    )

    first, *_, last = stages_of([frequent, rare], bm25, share=1.0)

    assert first.terms == ("agrivoltaics.2", "agrivoltaics")
    assert first.most_beyond == bm25.most(frequent.rarity)
    assert set(last.terms) == {"energy", "agrivoltaics"}
    assert last.most_beyond == 0


@few
@given(st.integers(1, 10**6), st.integers(1, 40), st.integers(0, 400), st.data())
def test_no_text_gains_more_from_a_term_than_the_most(
    texts: int, frequency: int, others: int, data: st.DataObject
) -> None:
    length = frequency + others
    bm25 = Bm25(
        texts=texts,
        length=length + data.draw(st.integers(0, 50 * texts)),
        shortest=data.draw(st.integers(0, length)),
    )
    rarity = bm25.rarity(data.draw(st.integers(1, texts)))

    gain = bm25.gain(rarity, frequency, length)
    assert gain <= bm25.most(rarity, frequency) <= bm25.most(rarity)


@pytest.mark.parametrize("most_noted", [0, 2, 256])
@pytest.mark.parametrize("many", [0, 100])
def test_counts_are_those_of_the_full_text_table_after_every_change(
    most_noted: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_counts, "_MOST_NOTED", most_noted)
    monkeypatch.setattr(fts_index, "_MANY", many)
    index = in_sqlite()

    def counts() -> dict[str, tuple[int, int]]:
        words = [word for (word,) in index.connection.execute("SELECT word FROM utm_word")]
        noted = word_counts.noted_changes(index.connection)
        counted = ((word, word_counts.count_of(index.connection, word, noted)) for word in words)
        return {word: (one[1], one[2]) for word, one in counted if one and one[1:] != (0, 0)}

    def held() -> dict[str, tuple[int, int]]:
        terms = dict(index.connection.execute("SELECT term, doc FROM utm_held"))
        words = [term for term in terms if not pruning.is_often(term)]
        return {word: (terms[word], terms.get(pruning.often_of(word), 0)) for word in words}

    index.put([entry("a", "heat heat pump", COOLING), entry("b", "roof")])
    before = counts()
    assert before == held()
    assert before["heat"] == (1, 1)
    index.put([entry("c", "heat roof lanes", MOBILITY), entry("a", "pump")])
    assert counts() == held()
    index.remove(PracticeId("c"))
    assert counts() == held()
    index.put([entry("a", "heat heat pump", COOLING)])
    assert counts() == held() == before


class _SoonCounted(index_laws(in_sqlite)):  # type: ignore[misc]
    """With the few notes of changes that short histories make."""

    @initialize()
    def count_soon(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(word_counts, "_MOST_NOTED", 3)

    def teardown(self) -> None:
        self.patch.undo()


TestFtsIndexSoonCounted = _SoonCounted.TestCase
TestFtsIndexSoonCounted.settings = settings(examples(10), stateful_step_count=20)


def test_a_change_after_a_large_fill_gathers_anew() -> None:
    """Else each change would walk through the room that the fill had needed."""
    index = in_sqlite()
    index.put(entry(f"p-{number}", f"word{number}") for number in range(300))

    index.put([entry("p-7", "pump")])

    assert keys(index.search(Question(words="pump"))) == ["p-7"]
    assert keys(index.search(Question(words="word8"))) == ["p-8"]
    assert index.search(Question(words="word7")) == ()


def test_a_large_fill_within_a_transaction_of_the_caller_can_be_rolled_back() -> None:
    index = in_sqlite()
    index.put([entry("a", "roof")])
    index.connection.commit()
    index.connection.execute("BEGIN")
    index.put(entry(f"p-{number}", f"word{number}") for number in range(300))
    index.connection.rollback()

    assert len(index) == 1
    assert keys(index.search(Question(words="roof"))) == ["a"]


def test_workers_leave_the_same_bytes() -> None:
    told = [
        entry(f"p-{number}", f"heat roof{number % 7} énergie {number}", body="roof " * (number % 3))
        for number in range(1_250)
    ]

    def fill(executor: Executor | None) -> tuple[bytes, bytes]:
        connection = sqlite3.connect(":memory:")
        index = FtsIndex(connection, executor=executor)
        index.put(told)
        fresh = connection.serialize()
        index.put(reversed(told))
        return fresh, connection.serialize()

    with ProcessPoolExecutor(2) as executor:
        assert fill(executor) == fill(None)


def test_long_texts_are_put_in_smaller_chunks_and_leave_the_same_bytes() -> None:
    told = [entry(f"p-{number}", "heat", body=f"roof{number} " * 20) for number in range(30)]

    def fill() -> bytes:
        connection = sqlite3.connect(":memory:")
        FtsIndex(connection).put(told)
        return connection.serialize()

    together = fill()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_chunks, "_CHUNK_CHARACTERS", 500)
        assert fill() == together


def test_workers_change_nothing_about_errors() -> None:
    told = [entry(f"p-{number}", "heat") for number in range(1_500)]
    with ThreadPoolExecutor(1) as executor:
        index = FtsIndex(sqlite3.connect(":memory:"), executor=executor)
        with pytest.raises(InvalidValueError, match="stands twice"):
            index.put([*told, told[0]])
        assert len(index) == 0
        index.put(told)
        assert len(index) == len(told)
