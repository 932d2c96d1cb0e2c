"""An index for large repositories: tantivy behind the same protocol (extra ``search-large``)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from attrs import field, frozen

from utm.domain.practice import PracticeId
from utm.errors import ExtraMissingError
from utm.knowledge.analyser import Analyser
from utm.knowledge.bm25 import Bm25
from utm.knowledge.entry import Facet, IndexEntry
from utm.knowledge.in_chunks import analysed_in_order, in_chunks
from utm.knowledge.index import AskedTerms, Hit, Question
from utm.knowledge.pruning import AskedTerm, Stage, stages_of
from utm.knowledge.terms import (
    PlainEntry,
    fingerprint_of,
    millionths,
    plain_fingerprint,
    plain_terms,
)

if TYPE_CHECKING:
    import tantivy

__all__ = ["TantivyIndex", "tantivy_schema"]

_Noted = tuple[int, int, tuple[tuple[str, int], ...]]  # practices, files, languages with counts
_Gathered = tuple[str, str, tuple[str, ...], str, int]  # key, words, facets, languages, print

_FIRST_WORK = 20_000.0  # practices that are looked at in less time than a stage takes
_AMONG_EQUALS = 30  # practices beyond the limit that may score the same as its last
_WITHOUT_WORDS = "_"  # stands for the language of a practice without texts
# Memory in which tantivy gathers practices before it writes a part of the index. An index of
# few parts is searched sooner; what is not needed is not taken.
_FILLING, _CHANGING = 2_000_000_000, 128_000_000
_SIDE_BY_SIDE = 100_000  # practices that are put in an order of their facets
_SURELY = 1.0001  # tantivy rounds its scores to some seven digits


def tantivy_schema() -> tantivy.Schema:
    """The fields that a tantivy index of practices has.

    Make an index with ``tantivy.Index(tantivy_schema())``, or with a path as its second
    argument for one on disk.

    Raises
    ------
    ExtraMissingError
        The extra ``search-large`` is not installed.
    """
    try:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used
    except ImportError as error:
        raise ExtraMissingError(feature="tantivy indexes", extra="search-large") from error
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facets", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("languages", tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("fingerprint", stored=True)
    return builder.build()


@frozen
class TantivyIndex:
    """An index in tantivy, which the caller has made with `tantivy_schema`.

    It finds what the other indexes find and orders it by BM25 too. Tantivy keeps the length
    of a text in one byte and counts removed practices until it merges its files, so that
    scores differ a little from those of `MemoryIndex`, and after removals from those of an
    index made anew. A search without facets visits the practices with the rarest terms first,
    as in `FtsIndex`; nothing is lost by it. A change takes effect at once and costs some
    milliseconds.

    Parameters
    ----------
    index
        An index with the fields of `tantivy_schema`.
    analyser
        How texts become terms; the same for the life of the index.
    executor
        Where the texts are analysed when many practices are put at once, such as a
        ``ProcessPoolExecutor``; here by default. What is found is the same. Whoever made it
        shuts it down.
    """

    index: tantivy.Index
    analyser: Analyser = field(factory=Analyser)
    executor: Executor | None = field(default=None, kw_only=True, repr=False)
    _held: dict[_Noted, tuple[str, ...]] = field(
        init=False, factory=dict[_Noted, tuple[str, ...]], repr=False, eq=False
    )

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add or replace practices; on an error nothing is changed."""
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        self.index.reload()
        is_new = len(self) == 0
        writer = self.index.writer(heap_size=_FILLING if is_new else _CHANGING, num_threads=1)
        analyse = partial(_analysed, self.analyser)
        try:
            chunks = analysed_in_order(in_chunks(entries), analyse, self.executor)
            found = (
                (entry.id.value, *terms)
                for chunk, analysed in chunks
                for entry, terms in zip(chunk, analysed, strict=True)
            )
            while gathered := list(islice(found, _SIDE_BY_SIDE)):
                for key, words, facets, languages, fingerprint in _by_facets(gathered):
                    if not is_new:
                        writer.delete_documents_by_term("id", key)
                    document = tantivy.Document()  # by its methods, in half the time
                    document.add_text("id", key)
                    document.add_text("words", words)
                    document.add_text("facets", " ".join(facets))
                    document.add_text("languages", languages)
                    document.add_integer("fingerprint", fingerprint)
                    writer.add_document(document)
        except BaseException:
            writer.rollback()
            raise
        self._change(writer)

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out."""
        if key not in self:
            return False
        writer = self.index.writer(num_threads=1)
        writer.delete_documents_by_term("id", key.value)
        self._change(writer)
        return True

    def search(self, question: Question, *, limit: int = 10) -> tuple[Hit, ...]:
        """The best hits, best first."""
        asked = question.asked_terms(self.analyser, self._languages())
        if limit <= 0 or (asked is not None and not asked.terms):
            return ()
        groups = question.facet_groups()
        if asked is None:
            return self._in_order(self._query(asked, groups), limit)
        # Few practices with a rare word have the facets too, so that a search with facets
        # seldom ends before its last stage.
        if asked.groups == (asked.terms,) and not groups:
            for stage in self._stages(asked.terms):
                hits = self._best(self._visiting(stage.terms, asked.terms), limit)
                if len(hits) == limit and hits[-1].score > _SURELY * millionths(stage.most_beyond):
                    return hits
        return self._best(self._query(asked, groups), limit)

    def _stages(self, terms: Sequence[str]) -> list[Stage]:
        """What to look at before looking at all."""
        searcher = self.index.searcher()
        # Removed practices count in tantivy until it merges its files, among the holders of
        # terms as among those of languages; each practice has a language, and some several.
        most = sum(holders for _, holders in searcher.terms_with_prefix("languages", ""))
        counted = [(term, searcher.doc_freq("words", term)) for term in terms]
        asked = [
            AskedTerm(
                term=term,
                sign=term,
                rarity=math.log(1 + (most - holders + 0.5) / (holders + 0.5)),
                holders=holders,
                often=None,
            )
            for term, holders in counted
            if holders
        ]
        bm25 = Bm25(texts=most, length=most)
        return stages_of(asked, bm25, first_work=_FIRST_WORK)[:-1]

    def holds(self, entry: IndexEntry) -> bool:
        """Whether it holds exactly this of a practice."""
        searcher = self.index.searcher()
        found = searcher.search(self._term("id", entry.id.value), 1).hits
        if not found:
            return False
        held = int(searcher.doc(found[0][1])["fingerprint"][0])
        return held == fingerprint_of(entry, self.analyser)

    def __len__(self) -> int:
        return self.index.searcher().num_docs

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, PracticeId):
            return False
        return bool(self.index.searcher().search(self._term("id", key.value), 1).hits)

    def _best(self, asked: tantivy.Query, limit: int) -> tuple[Hit, ...]:
        searcher = self.index.searcher()
        wanted = limit + _AMONG_EQUALS
        while True:
            found = searcher.search(asked, wanted, count=False).hits
            scored = [(-millionths(float(score)), place) for score, place in found]
            if len(scored) < wanted or scored[-1][0] > scored[limit - 1][0]:
                last = scored[min(limit, len(scored)) - 1][0] if scored else 0
                named = sorted(
                    (score, str(searcher.doc(place)["id"][0]))
                    for score, place in scored
                    if score <= last
                )
                return tuple(
                    Hit(practice=PracticeId(key), score=-score) for score, key in named[:limit]
                )
            wanted *= 4

    def _in_order(self, asked: tantivy.Query, limit: int) -> tuple[Hit, ...]:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        searcher = self.index.searcher()
        found = searcher.search(
            asked, limit, count=False, order_by_field="id", order=tantivy.Order.Asc
        )
        keys = [str(searcher.doc(place)["id"][0]) for _, place in found.hits]
        return tuple(Hit(practice=PracticeId(key), score=0) for key in keys)

    def _query(self, asked: AskedTerms | None, groups: Sequence[Sequence[Facet]]) -> tantivy.Query:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        facets = [self._any_of("facets", [one.term for one in group]) for group in groups]
        if asked is None:
            counted, narrowing = [tantivy.Query.all_query()], facets
        elif asked.are_the_groups:
            counted = [self._any_of("words", group) for group in asked.groups]
            narrowing = facets
        else:
            counted = [self._any_of("words", asked.terms)]
            narrowing = [*(self._any_of("words", group) for group in asked.groups), *facets]
        if narrowing:  # together, which tantivy looks through sooner than one by one
            counted.append(tantivy.Query.const_score_query(_all_of(narrowing), 0.0))
        return _all_of(counted)

    def _visiting(self, visited: Sequence[str], terms: Sequence[str]) -> tantivy.Query:
        """All terms count, in practices that hold some of them."""
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        others = [term for term in terms if term not in visited]
        parts = [(tantivy.Occur.Must, self._any_of("words", visited))]
        parts += [(tantivy.Occur.Should, self._term("words", term)) for term in others]
        return tantivy.Query.boolean_query(parts)

    def _any_of(self, name: str, values: Sequence[str]) -> tantivy.Query:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        terms = [(tantivy.Occur.Should, self._term(name, value)) for value in values]
        return tantivy.Query.boolean_query(terms)

    def _term(self, name: str, value: str) -> tantivy.Query:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        return tantivy.Query.term_query(self.index.schema, name, value, "freq")

    def _languages(self) -> tuple[str, ...]:
        """The languages of what is in the index now, in any order."""
        # Tantivy's list of languages keeps those of removed practices until it merges its
        # files. To count those that are left takes milliseconds; so it is done once a change,
        # and a change that another made shows in the list or in the numbers beside it.
        searcher = self.index.searcher()
        listed = tuple(searcher.terms_with_prefix("languages", ""))
        noted = (searcher.num_docs, searcher.num_segments, listed)
        held = self._held.get(noted)
        if held is None:
            held = self._count_languages(searcher)
            self._held.clear()
            self._held[noted] = held
        return held

    def _count_languages(self, searcher: tantivy.Searcher) -> tuple[str, ...]:
        import tantivy  # noqa: PLC0415 - an extra, imported where it is used

        every = tantivy.Query.all_query()  # of what was not removed
        counted = searcher.terms_with_prefix("languages", "", filter_query=every)
        return tuple(name for name, count in counted if count and name != _WITHOUT_WORDS)

    def _change(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self._held.clear()


def _all_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    import tantivy  # noqa: PLC0415 - an extra, imported where it is used

    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _analysed(
    analyser: Analyser, entries: Sequence[PlainEntry]
) -> list[tuple[str, tuple[str, ...], str, int]]:
    """Words, facets and languages of entries as tantivy takes them, and their fingerprints."""
    analysed: list[tuple[str, tuple[str, ...], str, int]] = []
    for entry in entries:
        terms = plain_terms(entry, analyser)
        analysed.append(
            (
                " ".join(terms.words),
                terms.facets,
                " ".join(terms.languages) or _WITHOUT_WORDS,
                plain_fingerprint(entry, analyser),
            )
        )
    return analysed


def _by_facets(gathered: Sequence[_Gathered]) -> list[_Gathered]:
    """Practices in an order in which those with like facets lie side by side.

    A search for several facets then passes over whole stretches. The most frequent facets
    count first: stretches of rare ones are short anyway.
    """
    times = Counter(chain.from_iterable([one[2] for one in gathered]))
    by_times = sorted(times, key=lambda facet: (-times[facet], facet))
    rank = {facet: place for place, facet in enumerate(by_times)}
    ranks = {one[2]: tuple(sorted([rank[facet] for facet in one[2]])) for one in gathered}
    in_order = {ranked: place for place, ranked in enumerate(sorted(set(ranks.values())))}
    stretch = {facets: in_order[ranked] for facets, ranked in ranks.items()}
    return sorted(gathered, key=lambda one: (stretch[one[2]], one[0]))
