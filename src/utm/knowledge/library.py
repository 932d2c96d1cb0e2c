"""The repository of practices: what was evaluated, and the search over what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.city import City
from utm.domain.identifiers import CityId
from utm.domain.practice import Practice, PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.context_likeness import ContextWeights, Likeness, likeness
from utm.knowledge.entry import IndexEntry, TopicNames, entry_of
from utm.knowledge.fusion import fuse, shared_ranks
from utm.knowledge.index import PracticeIndex, Question
from utm.knowledge.lineage import find_circle
from utm.knowledge.meaning import Embedder, MeaningIndex
from utm.knowledge.memory_index import MemoryIndex
from utm.knowledge.record import PracticeRecord

__all__ = ["Found", "FusionWeights", "PracticeLibrary"]

_DEPTH = 200


@frozen(kw_only=True)
class FusionWeights:
    """How much each ranking counts when they are fused, in whole numbers from 0 up."""

    words: int = 2
    meaning: int = 2
    context: int = 1

    def __attrs_post_init__(self) -> None:
        weights = (self.words, self.meaning, self.context)
        if any(type(weight) is not int or weight < 0 for weight in weights):
            raise InvalidValueError(
                kind="weights of a search", value=weights, reason="must be whole and from 0 up"
            )


@frozen(kw_only=True)
class Found:
    """A published practice that was found, with what put it in its place.

    Parameters
    ----------
    practice
        The practice.
    score
        What it was ordered by, in millionths.
    words_rank, meaning_rank, context_rank
        Its rank by words, by meaning and by likeness of context; ``None`` where it has none.
    likeness
        Likeness of the asking city to the most alike of its origins, where it is known.
    """

    practice: Practice
    score: int
    words_rank: int | None = None
    meaning_rank: int | None = None
    context_rank: int | None = None
    likeness: Likeness | None = None


class PracticeLibrary:
    """Practices with their histories, and an index over those that were published.

    Parameters
    ----------
    records
        Practices to begin with.
    cities
        What is known of cities; practices of other cities have no context to compare.
    index
        Where words are looked up; one in memory by default. One that is filled, such as one
        in a file from an earlier day, must be of these practices; what is missing from it or
        has changed since is put.
    embedder
        What search by meaning uses, if it is wanted.
    topic_names
        Names by which topics are found, by language; see `entry_of`.
    take_over
        Whether an index that holds other practices too is cleared of them instead of refused.

    Raises
    ------
    InvalidValueError
        One practice stands twice, some build on each other in a circle, or the index holds
        what is not among the records; nothing is changed then.
    """

    def __init__(
        self,
        records: Iterable[PracticeRecord] = (),
        *,
        cities: Iterable[City] = (),
        index: PracticeIndex | None = None,
        embedder: Embedder | None = None,
        topic_names: TopicNames | None = None,
        take_over: bool = False,
    ) -> None:
        self.cities: Mapping[CityId, City] = {city.id: city for city in cities}
        self.index: PracticeIndex = MemoryIndex() if index is None else index
        self.topic_names: TopicNames = topic_names or {}
        self._meaning = None if embedder is None else MeaningIndex(embedder)
        self._records: dict[PracticeId, PracticeRecord] = {}
        self._entries: dict[PracticeId, IndexEntry] = {}
        self._texts: dict[PracticeId, Practice] = {}
        told = tuple(records)
        foreign = _foreign_to(told, self.index)
        if foreign and not take_over:
            raise InvalidValueError(
                kind="index",
                value=[key.value for key in foreign],
                reason="holds what is not among the practices",
            )
        self.keep(*told)
        for key in foreign:
            self.index.remove(key)

    def keep(self, *records: PracticeRecord) -> None:
        """Take records in, or newer states of records; they can be found at once.

        Raises
        ------
        InvalidValueError
            One practice stands twice among the records, practices would build on each other
            in a circle, or the embedder gave no proper vectors; nothing is changed then, nor
            where the embedder or the index raises an error of its own.
        """
        if len({record.id for record in records}) < len(records):
            raise InvalidValueError(
                kind="records", value=len(records), reason="name one practice twice"
            )
        self._refuse_circles(records)
        texts = {key: text for record in records for key, text in _texts_of(record).items()}
        entries = [
            evolve(entry_of(text, topic_names=self.topic_names), id=key)
            for key, text in texts.items()
        ]
        # What may fail comes first: the embedder, and then the index, which takes all or none.
        changed = [entry for entry in entries if self._entries.get(entry.id) != entry]
        vectors = {} if self._meaning is None else self._meaning.encode(changed)
        self.index.put(entry for entry in entries if not self.index.holds(entry))
        if self._meaning is not None:
            self._meaning.hold(vectors)
        before = [key for record in records for key in _keys_of(self._records.get(record.id))]
        self._records |= {record.id: record for record in records}
        self._texts |= texts
        self._entries |= {entry.id: entry for entry in entries}
        self._forget(key for key in before if key not in texts)

    def remove(self, key: PracticeId) -> bool:
        """Take a record out; tell whether it was in."""
        record = self._records.pop(key, None)
        self._forget(_keys_of(record))
        return record is not None

    def record(self, key: PracticeId) -> PracticeRecord | None:
        """The record of a practice; ``None`` if there is none."""
        return self._records.get(key)

    def published(self, *, on: Date) -> Iterator[Practice]:
        """What is published on a day, in order of the keys."""
        for key in sorted(self._records):
            practice = self._records[key].published_on(on)
            if practice is not None:
                yield practice

    def __len__(self) -> int:
        return len(self._records)

    def search(
        self,
        question: Question,
        *,
        on: Date,
        city: City | None = None,
        limit: int = 10,
        weights: FusionWeights | None = None,
        context: ContextWeights | None = None,
    ) -> tuple[Found, ...]:
        """Find what is published on a day by words, facets, meaning and likeness of context.

        The rankings are fused by reciprocal rank. Without words everything that has the
        facets is ranked; likeness alone then decides, where a city asks.

        Parameters
        ----------
        question
            Words, languages and facets.
        on
            The day; texts are found as they were published on it, whatever came later.
        city
            Who asks; without it context does not count.
        limit
            Most practices to return.
        weights
            How much each ranking counts.
        context
            How much each part of the context counts.
        """
        used = weights or FusionWeights()
        depth = max(_DEPTH, limit)
        by_words = self._by_words(question, on, depth)
        by_meaning = self._by_meaning(question, on, depth)
        keys = dict.fromkeys((*by_words, *by_meaning))
        shown = {key: text for key in keys if (text := self._records[key].published_on(on))}
        alike = {} if city is None else self._likenesses(shown.values(), city, context)
        words = shared_ranks(by_words) if question.words.strip() else {}
        meaning = shared_ranks(by_meaning)
        contexts = shared_ranks({key: found.lowest for key, found in alike.items()})
        scores = dict.fromkeys(keys, 0) | fuse(
            [(used.words, words), (used.meaning, meaning), (used.context, contexts)]
        )
        best = sorted(scores, key=lambda key: (-scores[key], key))[: max(limit, 0)]
        return tuple(
            Found(
                practice=shown[key],
                score=scores[key],
                words_rank=words.get(key),
                meaning_rank=meaning.get(key),
                context_rank=contexts.get(key),
                likeness=alike.get(key),
            )
            for key in best
        )

    def most_alike(
        self, practice: Practice, city: City, weights: ContextWeights | None = None
    ) -> tuple[CityId, Likeness] | None:
        """The origin whose context is most like a city's; ``None`` if none is known."""
        compared = [
            (origin, likeness(city, self.cities[origin], weights=weights))
            for origin in sorted(practice.cities)
            if origin in self.cities
        ]
        return max(compared, key=lambda pair: (pair[1].lowest, pair[1].highest), default=None)

    def _likenesses(
        self, practices: Iterable[Practice], city: City, weights: ContextWeights | None
    ) -> dict[PracticeId, Likeness]:
        alike: dict[PracticeId, Likeness] = {}
        for practice in practices:
            found = self.most_alike(practice, city, weights)
            if found is not None:
                alike[practice.id] = found[1]
        return alike

    def _by_words(self, question: Question, on: Date, depth: int) -> dict[PracticeId, int]:
        # What is not published on the day is passed over after the index has answered; so
        # more is asked for until there is enough, or no more.
        wanted = depth if question.words.strip() else max(depth, len(self.index))
        while True:
            hits = self.index.search(question, limit=wanted)
            shown = {
                practice.id: hit.score
                for hit in hits
                if (practice := self._published(hit.practice, on))
            }
            if len(hits) < wanted or len(shown) >= depth:
                return shown
            wanted *= 2

    def _by_meaning(self, question: Question, on: Date, depth: int) -> dict[PracticeId, int]:
        if self._meaning is None or not question.words.strip():
            return {}
        scores = self._meaning.likeness(question.words)
        groups = [set(group) for group in question.facet_groups()]
        shown = [
            (practice.id, scores[key])
            for key in sorted(scores, key=lambda key: (-scores[key], key))
            if (practice := self._published(key, on))
            and all(group & set(self._entries[key].facets) for group in groups)
        ]
        return dict(shown[:depth])

    def _published(self, key: PracticeId, on: Date) -> Practice | None:
        """The text with a key of the index, if it is what is published on a day."""
        text = self._texts.get(key)
        if text is None:  # left in the index by a removal that failed
            return None
        return text if self._records[text.id].published_on(on) == text else None

    def _refuse_circles(self, records: Sequence[PracticeRecord]) -> None:
        if not any(record.practice.builds_on for record in records):
            return
        held = self._records | {record.id: record for record in records}

        def builds_on(key: PracticeId) -> tuple[PracticeId, ...]:
            return held[key].practice.builds_on if key in held else ()

        for record in records:
            circle = find_circle(record.id, builds_on) if record.practice.builds_on else ()
            if circle:
                raise InvalidValueError(
                    kind="practices",
                    value=[key.value for key in circle],
                    reason="build on each other in a circle",
                )

    def _forget(self, keys: Iterable[PracticeId]) -> None:
        gone = tuple(keys)
        for key in gone:
            del self._entries[key], self._texts[key]
            if self._meaning is not None:
                self._meaning.remove(key)
        for key in gone:
            self.index.remove(key)


def _texts_of(record: PracticeRecord) -> dict[PracticeId, Practice]:
    """Every text that was ever published, the last under the key of the practice itself."""
    texts = tuple(dict.fromkeys(reversed([one.practice for one in record.publications])))
    return dict(zip(_keys(record.id, len(texts)), texts, strict=True))


def _keys_of(record: PracticeRecord | None) -> tuple[PracticeId, ...]:
    return () if record is None else tuple(_texts_of(record))


def _keys(key: PracticeId, count: int) -> list[PracticeId]:
    # An older text has a key of its own, which nobody would choose for a practice and which
    # stays what it is when newer texts come.
    former = range(count - 1, 0, -1)
    digests = [sha256(f"{key.value} {number}".encode()).hexdigest()[:32] for number in former]
    return [key, *(PracticeId(f"former.{digest}") for digest in digests)][:count]


def _foreign_to(records: Iterable[PracticeRecord], index: PracticeIndex) -> list[PracticeId]:
    """What an index holds that is of no record, by key."""
    if not len(index):
        return []
    own = {key for record in records for key in _texts_of(record)}
    held = index.search(Question(), limit=len(index))
    return [hit.practice for hit in held if hit.practice not in own]
