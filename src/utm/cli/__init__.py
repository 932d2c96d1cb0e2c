"""The ``utm`` command: the main job and its parts, from the shell.

Data goes to stdout, progress and warnings to stderr. Exit codes: 0 done,
1 unexpected failure, 2 usage, 3 bad input, 4 nothing satisfies the hard rules,
5 stopped at a limit with a valid result, 130 interrupted.
"""

from utm.cli.entry import run
from utm.cli.exit_codes import ExitCode

__all__ = ["ExitCode", "run"]
