"""Readers of two public test collections, which lie elsewhere and are never committed.

Vaswani (NPL): 11,429 short abstracts, 93 questions, relevant or not. From the repository
terrier-org/pyterrier, folder ``tests/fixtures/vaswani_npl``: ``corpus/doc-text.trec``,
``query-text.trec`` and ``qrels``, put side by side into one folder.

Cranfield: 1,400 abstracts, 225 questions, four grades. ``cran.all.1400``, ``cran.qry`` and
``cranqrel``. Judgements number the questions 1-225 in their order and not by their ids, and
grade 1 is the best: a code c from 1 to 4 gives a gain of 5 - c, and -1 gives none.
"""

import re
from pathlib import Path
from typing import NamedTuple


class Collection(NamedTuple):
    """Texts by id as (title, body), questions by number, gains by question and text."""

    texts: dict[str, tuple[str, str]]
    questions: dict[str, str]
    gains: dict[str, dict[str, int]]


def read_vaswani(folder: Path) -> Collection:
    """Read Vaswani."""
    texts = {
        number: ("", body)
        for number, body in re.findall(
            r"<DOCNO>(.*?)</DOCNO>(.*?)</DOC>", (folder / "doc-text.trec").read_text(), re.DOTALL
        )
    }
    questions = dict(
        re.findall(
            r"<num>(.*?)</num>\s*<title>(.*?)</title>",
            (folder / "query-text.trec").read_text(),
            re.DOTALL,
        )
    )
    gains: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels").read_text().splitlines():
        question, _, text, gain = line.split()
        gains.setdefault(question, {})[text] = int(gain)
    return Collection(texts, questions, gains)


def read_cranfield(folder: Path) -> Collection:
    """Read Cranfield; the body of a text begins with its title, which is left as it is."""
    texts = {}
    for record in re.split(r"^\.I ", (folder / "cran.all.1400").read_text(), flags=re.MULTILINE):
        if record.strip():
            parts = re.split(r"^\.([TABW])\n", record, flags=re.MULTILINE)
            fields = dict(zip(parts[1::2], parts[2::2], strict=True))
            texts[parts[0].strip()] = (fields["T"], fields["W"])
    asked = re.split(r"^\.I .*\n\.W\n", (folder / "cran.qry").read_text(), flags=re.MULTILINE)
    questions = {str(number): text for number, text in enumerate(asked) if text.strip()}
    gains: dict[str, dict[str, int]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        question, text, code = line.split()
        gain = 5 - int(code) if int(code) > 0 else 0
        gains.setdefault(question, {})[text] = gain
    return Collection(texts, questions, gains)
