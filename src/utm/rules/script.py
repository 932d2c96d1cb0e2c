"""What a compiled rule is written from: statements, and the values that they name.

No text of a rule is ever part of a source: every value of a rule is bound as a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from textwrap import dedent, indent
from types import CodeType

from attrs import Factory, define, frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.kinds import require_kinds
from utm.rules.case import Case, Rule
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import Interpretations
from utm.rules.quick_leaves import QuickLeaf, quick_leaf

__all__ = ["Answer", "Circumstances", "Script"]

_ANSWER = re.compile(r"^( *)(MET|UNMET|ASK)! ?(.*)$", re.MULTILINE)
_VALUE = re.compile(r"\$(\w+)")


@frozen(kw_only=True)
class Circumstances:
    """What is the same for all cases."""

    version: VersionStamp
    day: Date
    interpretations: Interpretations
    known_by: Date | None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)

    def case_of(self, application: Application) -> Case:
        """Make the case of an applicant, without waivers."""
        return Case(
            application=application,
            subject=application.applicant,
            day=self.day,
            version=self.version,
            known_by=self.known_by,
            interpretations=self.interpretations,
        )

    def quick_leaf(self, rule: Rule) -> QuickLeaf:
        """Say how to answer a criterion quickly."""
        return quick_leaf(
            rule,
            day=self.day,
            interpretations=self.interpretations,
            known_by=self.known_by,
        )


@frozen(kw_only=True)
class Answer:
    """One of the ways in which the source of a criterion ends.

    Parameters
    ----------
    word
        ``MET``, ``UNMET`` or ``ASK``.
    note
        The note of the finding, as an expression; empty for none.
    """

    word: str
    note: str


@define(kw_only=True)
class Script:
    """A function while it is written: its lines, and the names that they use."""

    names: dict[str, object]
    _rules: int = 0
    _lines: list[str] = Factory(list[str])

    def number(self) -> int:
        """Give the next rule a number, by which its names are told apart."""
        self._rules += 1
        return self._rules

    def write(self, *lines: str) -> None:
        """Add lines."""
        self._lines += lines

    def write_leaf(self, leaf: QuickLeaf, number: int, statement: Callable[[Answer], str]) -> None:
        """Add the source of a criterion, with a statement in the place of each answer."""
        for name, value in leaf.values.items():
            self.names[f"{name}_{number}"] = value
        source = _VALUE.sub(rf"\1_{number}", dedent(leaf.source).strip())
        self.write(_ANSWER.sub(lambda found: _stated(found, statement), source))

    def function(self, name: str, frame: str) -> object:
        """Make the function that a frame defines.

        The frame has the places ``{body}`` and ``{names}``: a name that is bound as a
        parameter is found quicker than a global one.
        """
        names = ", ".join(f"{each}={each}" for each in self.names)
        body = indent("\n".join(self._lines), "    ")
        source = frame.format(body=body, names=names)
        bound = dict(self.names)
        exec(_compiled(source), bound)  # noqa: S102 - written here; no text of a rule is in it
        return bound[name]


@lru_cache(maxsize=256)
def _compiled(source: str) -> CodeType:
    return compile(source, filename="<rule>", mode="exec")


def _stated(found: re.Match[str], statement: Callable[[Answer], str]) -> str:
    margin, word, note = found.groups()
    return indent(statement(Answer(word=word, note=note)), margin)
