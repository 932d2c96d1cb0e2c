"""How the examples of a page are run; docs/contributing.md tells writers the rules."""

import contextlib
import doctest
import io
import os
import re
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sybil import Document, Example, Lexeme, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.lexers import LexerCollection
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from tests.docs.ready_command import ready_command

ROOT = Path(__file__).resolve().parents[2]
FENCES = RawFencedCodeBlockLexer(re.compile(r"(?P<info>[^\n]*)\n"))
TITLE = re.compile(r'title="([^"]+)"')
NOT_RUN = {"git", "make", "pip", "python", "python3", "cd", "source", ".venv/bin/pip"}
TIMEOUT_S = 120
COLUMNS = "100"


class PageError(AssertionError):
    """An example of a page that does not do what the page says."""


def run_python(example: Example) -> None:
    """Run a block in the page's namespace and directory, and keep what it prints."""
    printed = io.StringIO()
    page = example.namespace
    with contextlib.chdir(page["_directory"]), contextlib.redirect_stdout(printed):
        PythonEvaluator()(example)
    page["_printed"] = printed.getvalue()


def compare_output(example: Example) -> None:
    """Compare a block titled Output with what the block before it printed."""
    demand_equal(example.parsed, example.namespace["_printed"], "the block above")


def write_file(example: Example) -> None:
    """Write a block that is titled with the name of a file to that file."""
    title = TITLE.search(example.region.lexemes["info"])
    assert title is not None
    name = Path(title[1])
    assert not name.is_absolute()
    assert ".." not in name.parts
    target = Path(example.namespace["_directory"]) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(example.parsed, encoding="utf-8")


def run_console(example: Example) -> None:
    """Run each command of a block and compare what it prints, where the page shows it."""
    directory = example.namespace["_directory"]
    commands = list(split_commands(example.parsed))
    exit_code = 0
    for number, (command, expected) in enumerate(commands):
        words = command.split()
        if words[0] in NOT_RUN:
            check_unrun(words)
            continue
        asks_for_code = any("$?" in later for later, _ in commands[number + 1 : number + 2])
        exit_code, printed = run_command(command, directory=directory, exit_code=exit_code)
        example.namespace["_printed"] = printed
        if exit_code and not asks_for_code:
            message = f"{command}: exit code {exit_code}\n{printed}"
            raise PageError(message)
        if expected:
            demand_equal(expected, printed, command)


def split_commands(block: str) -> Iterator[tuple[str, str]]:
    """Split a block into commands and the output that the page shows for each."""
    assert block.startswith("$ "), "a console block begins with a command after '$ '"
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.replace("\\\n", " ").partition("\n")
        yield command, expected


def run_command(command: str, *, directory: str, exit_code: int) -> tuple[int, str]:
    """Run a command as a terminal would, knowing the exit code of the one before it."""
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([str(ready_command()), scripts, os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": COLUMNS}
    ended = subprocess.run(
        ["bash", "-c", f"(exit {exit_code})\n{command}"],
        cwd=directory,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=TIMEOUT_S,
    )
    return ended.returncode, ended.stdout


def check_unrun(words: list[str]) -> None:
    """Check of a command that sets up a machine what can be checked without running it."""
    if words[0] == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        missing = [word for word in words[1:] if "=" not in word and word not in targets]
        assert not missing, f"no such target of make: {missing}"


def demand_equal(expected: str, printed: str, what: str) -> None:
    """Compare two texts, where ... stands for anything and trailing blanks for nothing."""
    wanted, got = (
        "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())
        for text in (expected, printed)
    )
    if not doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS):
        message = f"{what} printed\n\n{got}\nand the page says\n\n{wanted}"
        raise PageError(message)


def find_examples(document: Document) -> Iterable[Region]:
    """Find the blocks of a page that are to be run, compared or written."""
    for region in LexerCollection([FENCES])(document):
        info = region.lexemes["info"].strip()
        language = info.partition(" ")[0]
        title = TITLE.search(info)
        if language == "python":
            evaluator = run_python
        elif language in {"console", "bash", "sh"}:
            evaluator = run_console
        elif title and title[1] == "Output":
            evaluator = compare_output
        elif title:
            evaluator = write_file
        else:
            continue
        source = region.lexemes["source"]
        assert isinstance(source, Lexeme)
        region.parsed = source
        region.evaluator = evaluator
        yield region


def run_page(page: Path) -> None:
    """Run all examples of a page from top to bottom, in an empty directory of its own.

    A page is one test, and not one for each example, since an example builds upon those
    before it: alone, or on another worker, it would mean nothing.
    """
    document = PAGES.parse(page)
    with tempfile.TemporaryDirectory(prefix="utm-page-") as directory:
        document.namespace.update(_directory=directory, _printed="")
        for example in document.examples():
            try:
                example.evaluate()
            except PageError as error:
                message = f"{page.name}, line {example.line}: {error}"
                raise PageError(message) from None


PAGES = Sybil(parsers=[find_examples], path=str(ROOT), pattern="*.md")
