"""The measures of the benchmarks are those of trec_eval, and the readers read what they say."""

from pathlib import Path

import pytest

from benchmarks.knowledge.measures import average_precision, ndcg
from benchmarks.knowledge.readers import read_cranfield, read_vaswani


def test_average_precision_by_hand() -> None:
    gains = {"a": 1, "b": 1, "c": 1, "d": 0}

    assert average_precision(["a", "x", "b", "d"], gains) == pytest.approx((1 + 2 / 3) / 3)
    assert average_precision([], gains) == 0
    assert average_precision(["a"], {}) == 0


def test_discounted_gain_by_hand() -> None:
    gains = {"a": 4, "b": 1}

    assert ndcg(["a", "b"], gains, depth=10) == 1
    reached = 1 + 4 / 1.584962500721156
    assert ndcg(["b", "a"], gains, depth=10) == pytest.approx(reached / (4 + 1 / 1.5849625))
    assert ndcg(["x", "a"], gains, depth=1) == 0


def test_cranfield_numbers_questions_in_order_and_its_grade_one_is_the_best(
    tmp_path: Path,
) -> None:
    (tmp_path / "cran.all.1400").write_text(
        ".I 1\n.T\na title\n.A\nsomebody\n.B\nsomewhere\n.W\na body .\n"
    )
    (tmp_path / "cran.qry").write_text(".I 001\n.W\nfirst\n.I 004\n.W\nsecond\n")
    (tmp_path / "cranqrel").write_text("1 1 1 \n2 1  4 \n2 7 -1\n")

    collection = read_cranfield(tmp_path)

    assert collection.texts == {"1": ("a title\n", "a body .\n")}
    assert collection.questions == {"1": "first\n", "2": "second\n"}
    assert collection.gains == {"1": {"1": 4}, "2": {"1": 1, "7": 0}}


def test_vaswani_is_read(tmp_path: Path) -> None:
    (tmp_path / "doc-text.trec").write_text("<DOC>\n<DOCNO>1</DOCNO>\nheat\n</DOC>\n")
    (tmp_path / "query-text.trec").write_text(
        "<top>\n<num>1</num><title>\nHEAT\n</title>\n</top>\n"
    )
    (tmp_path / "qrels").write_text("1 0 1 1\n")

    collection = read_vaswani(tmp_path)

    assert collection.texts == {"1": ("", "\nheat\n")}
    assert collection.questions == {"1": "\nHEAT\n"}
    assert collection.gains == {"1": {"1": 1}}
