"""Write to the terminal: tables on stdout, progress and hints on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from utm.interchange import JsonValue
    from utm.programme import Stage

__all__ = [
    "print_json",
    "print_list",
    "print_plain",
    "print_table",
    "print_text",
    "progress_of_stages",
    "say",
]

_WIDTH_WITHOUT_TERMINAL = 100


def print_json(document: dict[str, JsonValue]) -> None:
    """Write one JSON document with sorted keys to stdout."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    sys.stdout.write(text + "\n")


def print_text(text: str = "") -> None:
    """Write a paragraph to stdout, wrapped to the width of the terminal."""
    _console(stderr=False).print(text, markup=False, highlight=False)


def print_plain(text: str) -> None:
    """Write text to stdout as it is, with one newline at its end."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def print_list(heading: str, items: Sequence[str]) -> None:
    """Write a heading and a list below it to stdout; nothing where the list is empty."""
    if items:
        print_text(heading)
        for item in items:
            print_text(f"  - {item}")
        print_text()


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table to stdout; cells wrap, nothing is cut off."""
    from rich import box  # noqa: PLC0415 - an extra, and slow
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold", vertical="top")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console(stderr=False).print(table)


def say(text: str, *, quiet: bool = False) -> None:
    """Write a hint to stderr."""
    if not quiet:
        _console(stderr=True).print(text, markup=False, highlight=False)


@contextmanager
def progress_of_stages(*, quiet: bool) -> Generator[Callable[[Stage], None]]:
    """Show how far the work is as a bar on stderr; nothing when stderr is no terminal."""
    console = _console(stderr=True)
    if quiet or not console.is_terminal:
        yield _ignore
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("starting", total=None)

        def show(stage: Stage) -> None:
            words = stage.name if not stage.detail else f"{stage.name}: {stage.detail}"
            bar.update(task, description=words, total=stage.total or None, completed=stage.done)

        yield show


def _ignore(stage: Stage) -> None:
    del stage


def _console(*, stderr: bool) -> Console:
    from rich.console import Console  # noqa: PLC0415 - an extra, and slow

    class PipedConsole(Console):
        """A console that leaves a closed pipe to the command instead of failing with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    stream = sys.stderr if stderr else sys.stdout
    is_terminal = stream.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not is_terminal
    return PipedConsole(
        file=stream,
        color_system=None if plain else "auto",
        force_terminal=is_terminal,
        width=None if is_terminal else _WIDTH_WITHOUT_TERMINAL,
        soft_wrap=False,
    )
