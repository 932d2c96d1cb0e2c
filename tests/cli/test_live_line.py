"""The line on the terminal while somebody waits."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.cli.interrupting import Interruption
from utm.cli.live_line import LiveLine, line_of
from utm.pairing import Progress

PROGRESS = Progress(
    stage="proving the bound", seconds=1.0, score=202_000_000, bound=205_000_000, columns=77_126
)


@given(width=st.integers(20, 200), seconds=st.floats(0, 1e5))
def test_a_line_never_wraps_and_cuts_no_number(width, seconds):
    line = line_of(seconds, "", PROGRESS, width)
    whole = line_of(seconds, "", PROGRESS, 1_000)
    assert len(line) < width
    rest = whole.removeprefix(line)
    assert whole.startswith(line)
    assert rest == "" or len(line) == width - 1 or rest[:2] in {": ", ", "}


def test_a_wide_line_tells_all_that_is_known():
    assert line_of(12.34, "", PROGRESS, 120) == (
        "  12.3 s  proving the bound: worth 202.000, at most 205.000, gap 1.46%, 77,126 groups seen"
    )


def test_what_is_not_known_yet_is_left_out():
    early = Progress(stage="reading", seconds=0.0, score=None, bound=None, columns=3)
    assert line_of(0.0, "", early, 80) == "   0.0 s  reading: 3 groups seen"
    assert line_of(2.0, "checking", None, 80) == "   2.0 s  checking"


def test_it_ends_no_search_and_says_that_ctrl_c_was_heard(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    stream, interruption = io.StringIO(), Interruption()
    line = LiveLine(stream, interruption=interruption)
    assert line(PROGRESS) is False
    interruption.asked = True
    line._shown = 0.0  # as if some time had passed
    line.show(PROGRESS)
    line.end()
    first, second = stream.getvalue().removeprefix("\r").split("\r")
    assert "proving the bound" in first
    assert "Ctrl-C again" in second
    assert len(first) == 79
    assert second.endswith("\n")


@pytest.mark.parametrize("doing", ["", "checking"])
def test_where_there_is_no_terminal_nothing_is_written(doing):
    line = LiveLine(None, doing)
    assert line(PROGRESS) is False
    line.end()
