"""Rules compiled to one function that gives verdicts without findings.

The source is written from the checked rule alone. It depends on nothing but the
kinds of rules and how they are combined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import indent
from typing import cast

from attrs import define

from utm.domain.application import Application
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.keeping import kept
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.quick_leaves import COMMON_NAMES
from utm.rules.script import Circumstances, Script
from utm.rules.verdict import Verdict, at_least

__all__ = ["Judge", "compile_rule"]

Judge = Callable[[Iterable[Application]], list[Verdict]]
"""Gives the verdict of a rule on the evidence alone, for each application in turn."""

_FRAME = """\
def judge(applications, {names}):
    verdicts = []
    append = verdicts.append
    for application in applications:
        city = application.applicant
        if city.__class__ is not City or city.identity is not None:
            append(ask_all(application))
            continue
{body}
    return verdicts
"""


@kept
def compile_rule(rule: Rule, circumstances: Circumstances) -> Judge:
    """Make a function that judges many applications under one rule, without findings.

    Each verdict is that of the rule's own finding, without waivers. A city alone
    whose evidence is of a usual shape is judged by straight code; all others, and
    criteria of third parties, are asked by `Rule.examine`. In a rule that
    combines others with *all of* or *any of*, the first answer that settles it ends
    the judgement of a city.

    Raises
    ------
    InvalidValueError
        The rule is beyond the bounds of depth and size.
    """
    gather_rules(rule)
    names = {
        **COMMON_NAMES,
        **_VERDICTS,
        "at_least": at_least,
        "ask_all": _asking(rule, circumstances),
    }
    writer = _Writer(circumstances=circumstances, script=Script(names=names))
    writer.write_whole(rule)
    return cast(Judge, writer.script.function("judge", _FRAME, depth=8))


_VERDICTS: dict[str, object] = {verdict.name: verdict for verdict in Verdict}


def _asking(rule: Rule, circumstances: Circumstances) -> Callable[[Application], Verdict]:
    """Make a function that has the rule itself answer."""

    def ask(application: Application) -> Verdict:
        return rule.examine(circumstances.case_of(application)).verdict

    return ask


@define(kw_only=True)
class _Writer:
    """Writes the statements of rules."""

    circumstances: Circumstances
    script: Script

    def write_whole(self, rule: Rule) -> None:
        """Write the body that appends one verdict."""
        match rule:
            case AllOf():
                self._write_until("UNMET", rule, otherwise="MET")
            case AnyOf():
                self._write_until("MET", rule, otherwise="UNMET")
            case _:
                self.script.write(f"append({self._write(rule)})")

    def _write_until(self, settling: str, rule: AllOf | AnyOf, *, otherwise: str) -> None:
        """Write parts of which one answer settles all, while an unknown is kept in mind."""
        self.script.write(f"answer = {otherwise}")
        statements = {
            settling: f"append({settling})\ncontinue",
            otherwise: "pass",
            "UNKNOWN": "answer = UNKNOWN",
        }
        for part in _flattened(rule):
            if part.parts:
                self.script.write(_dispatched(self._write(part), statements))
                continue
            number = self.script.number()
            asked = f"asked = ask_{number}(application)\n{_dispatched('asked', statements)}"
            self._write_leaf(part, number, {**statements, "ASK": asked})
        self.script.write("append(answer)")

    def _write(self, rule: Rule) -> str:  # noqa: PLR0911 - one a kind of rule
        """Write statements that leave the answer of a rule in a variable, and name it."""
        match rule:
            case Not():
                part = self._write(rule.part)
                swapped = f"UNMET if {part} is MET else MET if {part} is UNMET else UNKNOWN"
                return self._assigned(swapped)
            case ForAll() | Exists() | ShareOfInhabitants():
                return self._write(rule.rule)  # a city alone is its one town
            case ForAtLeast():
                return self._counted(rule.count, (rule.rule,))
            case AllOf():
                return self._counted(len(rule.parts), rule.parts)
            case AnyOf():
                return self._counted(1, rule.parts)
            case AtLeast():
                return self._counted(rule.count, rule.parts)
            case _:
                number = self.script.number()
                answer = f"v{number}"
                statements = {name: f"{answer} = {name}" for name in _VERDICTS}
                statements["ASK"] = f"{answer} = ask_{number}(application)"
                self._write_leaf(rule, number, statements)
                return answer

    def _counted(self, count: int, parts: tuple[Rule, ...]) -> str:
        answers = "".join(f"{self._write(part)}, " for part in parts)
        return self._assigned(f"at_least({count}, ({answers}))")

    def _assigned(self, expression: str) -> str:
        answer = f"v{self.script.number()}"
        self.script.write(f"{answer} = {expression}")
        return answer

    def _write_leaf(self, rule: Rule, number: int, statements: Mapping[str, str]) -> None:
        self.script.names[f"ask_{number}"] = _asking(rule, self.circumstances)
        leaf = self.circumstances.quick_leaf(rule)
        self.script.write_leaf(leaf, number, lambda answer: statements[answer.word])


def _dispatched(answer: str, statements: dict[str, str]) -> str:
    """Write the statement that belongs to the value of a variable."""
    return "\n".join(
        f"if {answer} is {name}:\n{indent(statement, '    ')}"
        for name, statement in statements.items()
        if statement != "pass"
    )


def _flattened(rule: AllOf | AnyOf) -> Iterator[Rule]:
    """Give the parts; those of a part that combines likewise, and of a city alone, in its place."""
    for part in rule.parts:
        while isinstance(part, ForAll | Exists | ShareOfInhabitants):
            part = part.rule  # noqa: PLW2901 - a city alone is its one town
        if isinstance(part, AllOf | AnyOf) and type(part) is type(rule):
            yield from _flattened(part)
        else:
            yield part
