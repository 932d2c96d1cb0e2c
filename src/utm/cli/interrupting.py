"""Ctrl-C ends a search with the best so far, and not the command."""

from __future__ import annotations

import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from utm.pairing import Progress

__all__ = ["Interruption", "stop_on_interrupt"]


class Interruption:
    """A stop criterion that Ctrl-C sets off; a second Ctrl-C ends the command at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, progress: Progress) -> bool:
        """Tell whether Ctrl-C was pressed."""
        del progress
        return self.asked

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Take the signal."""
        del number, frame
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def stop_on_interrupt() -> Generator[Interruption]:
    """Let Ctrl-C end a search with its best so far instead of ending the command."""
    interruption = Interruption()
    before = signal.signal(signal.SIGINT, interruption.ask)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)
