"""How well the indexes rank, on the public collections Vaswani and Cranfield.

    python -m benchmarks.knowledge.ranking --vaswani FOLDER --cranfield FOLDER

``readers.py`` tells where they come from. Terrier publishes for its BM25 on Vaswani a
mean average precision of 0.2965.
"""

import argparse
import importlib.util
import sqlite3
import statistics
from pathlib import Path

from benchmarks.knowledge.measures import average_precision, ndcg
from benchmarks.knowledge.readers import Collection, read_cranfield, read_vaswani
from utm.domain import LanguageCode, PracticeId
from utm.knowledge.entry import EntryText, IndexEntry
from utm.knowledge.fts_index import FtsIndex
from utm.knowledge.index import PracticeIndex, Question
from utm.knowledge.memory_index import MemoryIndex
from utm.knowledge.tantivy_index import TantivyIndex, tantivy_schema

ENGLISH = LanguageCode("en")
DEPTH = 1000


def fill(index: PracticeIndex, collection: Collection) -> None:
    """Put a collection into an index."""
    index.put(
        IndexEntry(
            id=PracticeId(f"t-{number}"),
            texts=(EntryText(language=ENGLISH, title=title, body=body),),
        )
        for number, (title, body) in collection.texts.items()
    )


def measure(index: PracticeIndex, collection: Collection) -> tuple[float, float]:
    """Mean nDCG@10 and mean average precision over all questions."""
    gained, precise = [], []
    for number, words in collection.questions.items():
        hits = index.search(Question(words=words), limit=DEPTH)
        ranking = [hit.practice.value.removeprefix("t-") for hit in hits]
        gained.append(ndcg(ranking, collection.gains[number], depth=10))
        precise.append(average_precision(ranking, collection.gains[number]))
    return statistics.fmean(gained), statistics.fmean(precise)


def indexes() -> dict[str, PracticeIndex]:
    """One empty index of each kind that is installed."""
    made: dict[str, PracticeIndex] = {
        "FTS5": FtsIndex(sqlite3.connect(":memory:")),
        "memory": MemoryIndex(),
    }
    if importlib.util.find_spec("tantivy"):
        import tantivy  # noqa: PLC0415 - an extra

        made["tantivy"] = TantivyIndex(tantivy.Index(tantivy_schema()))
    return made


def main() -> None:
    """Measure every index on every collection that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vaswani", type=Path)
    parser.add_argument("--cranfield", type=Path)
    arguments = parser.parse_args()
    collections = {
        "Vaswani": (arguments.vaswani, read_vaswani),
        "Cranfield": (arguments.cranfield, read_cranfield),
    }
    print("collection  index    nDCG@10     MAP")
    for name, (folder, read) in collections.items():
        if folder is None:
            continue
        collection = read(folder)
        for kind, index in indexes().items():
            fill(index, collection)
            gained, precise = measure(index, collection)
            print(f"{name:11} {kind:8} {gained:7.4f} {precise:7.4f}")


if __name__ == "__main__":
    main()
