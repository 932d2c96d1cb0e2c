"""How fast the indexes are on invented practices, and how large they grow.

    python -m benchmarks.knowledge.scale --practices 1000000 --kind fts --folder FOLDER

Texts of 25 to 75 words are drawn from 60,000 words whose frequencies follow Zipf's law, in
12 themes and 10 regions, and on demand 2,000 cities of 100 countries. A question has three
words, at least one of middling frequency.
"""

import argparse
import gc
import itertools
import random
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from utm.domain import LanguageCode, PracticeId
from utm.knowledge.entry import EntryText, Facet, FacetKind, IndexEntry
from utm.knowledge.fts_index import FtsIndex
from utm.knowledge.index import PracticeIndex, Question
from utm.knowledge.memory_index import MemoryIndex
from utm.knowledge.tantivy_index import TantivyIndex, tantivy_schema

ENGLISH = LanguageCode("en")
VOCABULARY = 60_000
THEMES = [Facet(FacetKind.THEME, f"theme-{number}") for number in range(12)]
REGIONS = [Facet(FacetKind.REGION, f"region-{number}") for number in range(10)]
QUESTIONS = 200
CHANGES = 1_000
Thing = TypeVar("Thing")


def invent_words(chance: random.Random) -> list[str]:
    """Distinct words of four to nine letters, the most frequent first."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(chance.choices(letters, k=chance.randint(4, 9)))] = None
    return list(words)


def invent_places(chance: random.Random) -> list[tuple[Facet, ...]]:
    """Two thousand cities with their countries and regions, as facets."""
    regions = [chance.choice(REGIONS) for _ in range(100)]
    return [
        (
            Facet(FacetKind.CITY, f"city-{chance.randrange(10**6)}-{number}"),
            Facet(FacetKind.COUNTRY, f"country-{country}"),
            regions[country],
        )
        for number in range(2_000)
        for country in (chance.randrange(100),)
    ]


def invent_entries(
    count: int, words: list[str], *, with_places: bool = False
) -> Iterator[IndexEntry]:
    """Practices as an index takes them, the same in every run."""
    chance = random.Random(2)
    places = invent_places(random.Random(4)) if with_places else [(one,) for one in REGIONS]
    shares = list(itertools.accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
    for number in range(count):
        drawn = chance.choices(words, cum_weights=shares, k=chance.randint(25, 75))
        text = EntryText(
            language=ENGLISH,
            title=" ".join(drawn[:6]),
            summary=" ".join(drawn[6:20]),
            body=" ".join(drawn[20:]),
        )
        yield IndexEntry(
            id=PracticeId(f"p-{number}"),
            texts=(text,),
            facets=(chance.choice(THEMES), *chance.choice(places)),
        )


def invent_questions(words: list[str]) -> list[str]:
    """Three words each: one frequent, one of middling frequency, one of any."""
    chance = random.Random(3)
    return [
        " ".join(
            (
                chance.choice(words[20:200]),
                chance.choice(words[200:5_000]),
                chance.choice(words[: VOCABULARY // 2]),
            )
        )
        for _ in range(QUESTIONS)
    ]


def time_each(work: Callable[[Thing], object], things: Sequence[Thing], *, times: int = 3) -> str:
    """Median and 95th percentile in milliseconds, without the first ten that warm up.

    Each is done some times and the quickest counts, so that other work on the machine weighs
    less; what is left of it is in the clock and less so in the work.
    """
    clock, work_ms = [], []
    for thing in things:
        spent = []
        for _ in range(times):
            began, worked = time.perf_counter(), time.process_time()
            work(thing)
            done = time.process_time() - worked
            spent.append((time.perf_counter() - began, done))
        clock.append(min(one for one, _ in spent) * 1_000)
        work_ms.append(min(one for _, one in spent) * 1_000)
    return f"clock {percentiles(clock[10:])}   work {percentiles(work_ms[10:])}"


def percentiles(spent: list[float]) -> str:
    """Median and 95th percentile."""
    p95 = sorted(spent)[len(spent) * 95 // 100]
    return f"p50 {statistics.median(spent):7.3f} p95 {p95:7.3f} ms"


def open_index(kind: str, folder: Path | None, executor: Executor | None) -> PracticeIndex:
    """An empty index, on disk where a folder is given."""
    if kind == "memory":
        return MemoryIndex()
    if kind == "tantivy":
        import tantivy  # noqa: PLC0415 - an extra

        return TantivyIndex(
            tantivy.Index(tantivy_schema(), None if folder is None else str(folder)),
            executor=executor,
        )
    connection = sqlite3.connect(":memory:" if folder is None else folder / "practices.sqlite")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA mmap_size = 1000000000")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MB of log
    return FtsIndex(connection, executor=executor)


def weigh(index: PracticeIndex, folder: Path | None) -> str:
    """Sizes in decimal megabytes."""
    if isinstance(index, FtsIndex):
        try:
            rows = index.connection.execute(
                "SELECT name, sum(pgsize) / 1e6 FROM dbstat GROUP BY name"
            ).fetchall()
            return ", ".join(f"{name} {size:.0f}" for name, size in rows if size >= 1)
        except sqlite3.OperationalError:
            pass  # this SQLite cannot weigh single tables
    if folder is None:
        return "in memory"
    return f"{sum(path.stat().st_size for path in folder.iterdir()) / 1e6:.0f}"


def main() -> None:
    """Fill an index, ask it, change it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--practices", type=int, default=10_000)
    parser.add_argument("--kind", choices=("fts", "memory", "tantivy"), default="fts")
    parser.add_argument("--folder", type=Path, help="an empty folder for the index")
    parser.add_argument("--workers", type=int, default=0, help="processes that analyse")
    parser.add_argument("--with-places", action="store_true", help="facets of cities as well")
    arguments = parser.parse_args()
    words = invent_words(random.Random(1))
    executor = ProcessPoolExecutor(arguments.workers) if arguments.workers else None
    index = open_index(arguments.kind, arguments.folder, executor)
    # Texts that lie in memory already, out of the way of the collector of garbage.
    entries = list(invent_entries(arguments.practices, words, with_places=arguments.with_places))
    gc.freeze()
    began, worked = time.perf_counter(), time.process_time()
    index.put(entries)
    clock, work = time.perf_counter() - began, time.process_time() - worked
    if executor is not None:
        executor.shutdown()
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"put      {clock:.1f} s on the clock, {work:.1f} s of work "
        f"and {helpers.ru_utime + helpers.ru_stime:.1f} s of work in workers"
    )
    print("MB      ", weigh(index, arguments.folder))
    questions = invent_questions(words)
    asked = [*questions[:10], *questions]
    facets = (THEMES[3], REGIONS[4])
    print("words   ", time_each(lambda q: index.search(Question(words=q)), asked))
    print(
        "filtered",
        time_each(lambda q: index.search(Question(words=q, facets=facets)), asked),
    )
    print(
        "all     ",
        time_each(lambda q: index.search(Question(words=q, all_words=True)), asked),
    )
    titles = itertools.islice(itertools.cycle(asked), CHANGES + 10)
    fresh = [
        IndexEntry(id=PracticeId(f"new-{number}"), texts=(EntryText(language=ENGLISH, title=one),))
        for number, one in enumerate(titles)
    ]
    other_texts = list(invent_entries(2 * CHANGES, words))[-len(fresh) :]
    others = [evolve(one, id=PracticeId(f"p-{number}")) for number, one in enumerate(other_texts)]
    print("update  ", time_each(lambda one: index.put([one]), fresh, times=1))
    print("replace ", time_each(lambda one: index.put([one]), others, times=1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(f"peak     {peak:.0f} MB of memory, {len(index):,} practices")


if __name__ == "__main__":
    main()
