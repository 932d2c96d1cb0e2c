"""What the exit code of the command says."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """Exit codes of the ``utm`` command; they never change their meaning."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    BAD_INPUT = 3
    INFEASIBLE = 4
    STOPPED_AT_LIMIT = 5
    INTERRUPTED = 130
