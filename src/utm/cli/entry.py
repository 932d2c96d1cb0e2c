"""Start the command, and turn every ending into an exit code and a clear text."""

from __future__ import annotations

import os
import sys
import traceback
from io import TextIOWrapper

from utm.cli.exit_codes import ExitCode
from utm.errors import ExtraMissingError, InvalidInputError, UtmError

__all__ = ["run"]


def run() -> None:
    """Run the command with the arguments of the process and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a name may hold what the terminal cannot show
            stream.reconfigure(errors="replace")
    sys.exit(_outcome())


def _outcome() -> int:
    try:
        from utm.cli.main import utm  # noqa: PLC0415 - needs click, an extra
    except ImportError:
        _say("utm: " + str(ExtraMissingError(feature="the commands", extra="cli")))
        return ExitCode.USAGE
    try:
        result = utm.main(standalone_mode=False, prog_name="utm")
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        # The reader has gone; Python must not complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last place that can explain
        return explain_failure(error)
    return result if isinstance(result, int) else ExitCode.DONE


def _interrupted() -> ExitCode:
    _say("utm: interrupted; nothing was left half written")
    return ExitCode.INTERRUPTED


def explain_failure(error: Exception) -> int:
    """Say on stderr what went wrong and choose the exit code.

    The trace of calls is shown when the environment sets ``UTM_DEBUG``.
    """
    import click  # noqa: PLC0415 - an extra

    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.Abort):
        return _interrupted()
    if isinstance(error, click.ClickException):
        error.show()
        return ExitCode.USAGE
    if os.environ.get("UTM_DEBUG"):
        traceback.print_exception(error)
    text, code = _explanation(error)
    _say(f"utm: {text}")
    return code


def _explanation(error: Exception) -> tuple[str, ExitCode]:
    if isinstance(error, InvalidInputError):
        return f"{error}\nNothing was written.", ExitCode.BAD_INPUT
    if isinstance(error, ExtraMissingError):
        return str(error), ExitCode.USAGE
    if isinstance(error, UtmError):
        return str(error), ExitCode.BAD_INPUT
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}", ExitCode.UNEXPECTED
    return (
        f"unexpected failure: {type(error).__name__}: {error}\n"
        "Set UTM_DEBUG=1 to see where, and please report it."
    ), ExitCode.UNEXPECTED


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - stderr is this function's purpose
