"""One line on the terminal that renews itself while somebody waits."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TextIO

from utm.cli.interrupting import Interruption, stop_on_interrupt
from utm.pairing import UNIT, AnyOf, Progress, StopCriterion

__all__ = ["LiveLine", "line_of", "searching", "waiting"]

_TICK = 0.5
_STOPPING = "stopping; Ctrl-C again leaves at once"


def line_of(seconds: float, doing: str, progress: Progress | None, width: int) -> str:
    """Return what is known of a search in one line, as much of it as there is room for.

    Parameters
    ----------
    seconds
        Since the command began to wait.
    doing
        What it does meanwhile; the stage of the search where that is empty.
    progress
        Where the search stands; ``None`` where that is not told.
    width
        Of the terminal, in characters.
    """
    parts = [f"{seconds:6.1f} s  {doing or (progress.stage if progress else '')}"]
    if progress is not None:
        if progress.score is not None:
            parts.append(f"worth {progress.score / UNIT:.3f}")
        if progress.bound is not None:
            parts.append(f"at most {progress.bound / UNIT:.3f}")
        if progress.score is not None and progress.bound is not None:
            parts.append(f"gap {progress.gap:.2%}")
        parts.append(f"{progress.columns:,} groups seen")
    line = parts[0][: width - 1]
    for index, part in enumerate(parts[1:]):
        longer = f"{line}{', ' if index else ': '}{part}"
        if len(longer) >= width:
            break
        line = longer
    return line


class LiveLine:
    """A line on a terminal; where there is none, nothing.

    As a stop criterion it ends nothing, and shows what it is told; it is renewed twice a second
    even where nothing is told.

    Parameters
    ----------
    stream
        Where to write; ``None`` for nowhere.
    doing
        What is done meanwhile, where no search tells its stage.
    interruption
        Ctrl-C, which is said to have been heard.
    """

    def __init__(
        self, stream: TextIO | None, doing: str = "", interruption: Interruption | None = None
    ) -> None:
        self._stream = stream
        self._doing = doing
        self._interruption = interruption
        self._began = time.monotonic()
        self._told: Progress | None = None
        self._shown = 0.0
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def __call__(self, progress: Progress) -> bool:
        """Show where a search stands; never tell it to end."""
        self.show(progress)
        return False

    def show(self, progress: Progress) -> None:
        """Show where a search stands."""
        self._told = progress
        if self._stream is not None and time.monotonic() - self._shown > _TICK / 5:
            self._write()

    def run(self) -> None:
        """Renew the line until it is ended."""
        while not self._ended.wait(_TICK):
            self._write()

    def end(self) -> None:
        """Leave the line as it stands."""
        self._ended.set()
        if self._shown and self._stream is not None:
            self._stream.write("\n")

    def _write(self) -> None:
        with self._lock:
            if self._stream is None or self._ended.is_set():
                return
            self._shown = time.monotonic()
            width = shutil.get_terminal_size().columns
            is_stopping = self._interruption is not None and self._interruption.asked
            doing = _STOPPING if is_stopping else self._doing
            line = line_of(self._shown - self._began, doing, self._told, width)
            self._stream.write(f"\r{line:<{width - 1}}")
            self._stream.flush()


@contextmanager
def waiting(
    doing: str = "", *, quiet: bool = False, interruption: Interruption | None = None
) -> Generator[LiveLine]:
    """Show a live line on stderr while something goes on, if that is a terminal."""
    is_shown = not quiet and sys.stderr.isatty()
    line = LiveLine(sys.stderr if is_shown else None, doing, interruption)
    clock = threading.Thread(target=line.run, daemon=True)
    if is_shown:
        clock.start()
    try:
        yield line
    finally:
        line.end()
        if is_shown:
            clock.join()


@contextmanager
def searching(*criteria: StopCriterion, quiet: bool = False) -> Generator[StopCriterion]:
    """Give the criterion of a search that Ctrl-C ends, and that shows where it stands."""
    with (
        stop_on_interrupt() as interruption,
        waiting(quiet=quiet, interruption=interruption) as line,
    ):
        yield AnyOf(line, interruption, *criteria)
