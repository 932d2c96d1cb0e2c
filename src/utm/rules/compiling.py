"""Rules compiled to one function that gives verdicts without findings.

The source is written from the checked rule alone. It depends on nothing but the
kinds of rules and how they are combined: every value of a rule is bound as a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from textwrap import dedent, indent
from types import CodeType

from attrs import Factory, define, frozen
from pendulum import Date

from utm.domain.application import Application
from utm.rules.bounds import gather_rules
from utm.rules.case import Case, Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import Interpretations
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.quick_leaves import COMMON_NAMES, quick_leaf
from utm.rules.verdict import Verdict, at_least

__all__ = ["Judge", "compile_rule"]

Judge = Callable[[Iterable[Application]], list[Verdict]]
"""Gives the verdict of a rule on the evidence alone, for each application in turn."""

_OUTCOME = re.compile(r"^( *)(MET|UNMET|UNKNOWN|ASK)!$", re.MULTILINE)

_FRAME = """\
def judge(applications):
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


def compile_rule(
    rule: Rule,
    *,
    version: VersionStamp,
    day: Date,
    interpretations: Interpretations,
    known_by: Date | None,
) -> Judge:
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
    frame = _Circumstances(
        version=version, day=day, interpretations=interpretations, known_by=known_by
    )
    writer = _Writer(frame=frame, names={**COMMON_NAMES, "ask_all": frame.asking(rule)})
    source = _FRAME.format(body=indent(writer.write_whole(rule), " " * 8))
    names = {**writer.names, **_VERDICTS, "at_least": at_least}
    exec(_compiled(source), names)  # noqa: S102 - written above; no text of a rule is in it
    judge: Judge = names["judge"]  # type: ignore[assignment]
    return judge


_VERDICTS: dict[str, object] = {verdict.name: verdict for verdict in Verdict}


@lru_cache(maxsize=256)
def _compiled(source: str) -> CodeType:
    return compile(source, filename="<rule>", mode="exec")


@frozen(kw_only=True)
class _Circumstances:
    """What is the same for all cases."""

    version: VersionStamp
    day: Date
    interpretations: Interpretations
    known_by: Date | None

    def asking(self, rule: Rule) -> Callable[[Application], Verdict]:
        """Make a function that has the rule itself answer."""

        def ask(application: Application) -> Verdict:
            case = Case(
                application=application,
                subject=application.applicant,
                day=self.day,
                version=self.version,
                known_by=self.known_by,
                interpretations=self.interpretations,
            )
            return rule.examine(case).verdict

        return ask


@define(kw_only=True)
class _Writer:
    """Writes the statements of rules, and gathers the values that they name."""

    frame: _Circumstances
    names: dict[str, object]
    _rules: int = 0
    _lines: list[str] = Factory(list[str])

    def write_whole(self, rule: Rule) -> str:
        """Write the body that appends one verdict."""
        match rule:
            case AllOf():
                self._write_until("UNMET", rule, otherwise="MET")
            case AnyOf():
                self._write_until("MET", rule, otherwise="UNMET")
            case _:
                self._lines.append(f"append({self._write(rule)})")
        return "\n".join(self._lines)

    def _write_until(self, settling: str, rule: AllOf | AnyOf, *, otherwise: str) -> None:
        """Write parts of which one answer settles all, while an unknown is kept in mind."""
        self._lines.append(f"answer = {otherwise}")
        statements = {
            settling: f"append({settling})\ncontinue",
            otherwise: "pass",
            "UNKNOWN": "answer = UNKNOWN",
        }
        for part in _flattened(rule):
            if part.parts:
                self._lines.append(_dispatched(self._write(part), statements))
                continue
            number = self._leaf(part)
            asked = f"asked = ask_{number}(application)\n{_dispatched('asked', statements)}"
            self._lines.append(self._stated(part, number, {**statements, "ASK": asked}))
        self._lines.append("append(answer)")

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
                number = self._leaf(rule)
                answer = f"v{number}"
                statements = {name: f"{answer} = {name}" for name in _VERDICTS}
                statements["ASK"] = f"{answer} = ask_{number}(application)"
                self._lines.append(self._stated(rule, number, statements))
                return answer

    def _counted(self, count: int, parts: tuple[Rule, ...]) -> str:
        answers = "".join(f"{self._write(part)}, " for part in parts)
        return self._assigned(f"at_least({count}, ({answers}))")

    def _assigned(self, expression: str) -> str:
        self._rules += 1
        answer = f"v{self._rules}"
        self._lines.append(f"{answer} = {expression}")
        return answer

    def _leaf(self, rule: Rule) -> int:
        self._rules += 1
        self.names[f"ask_{self._rules}"] = self.frame.asking(rule)
        return self._rules

    def _stated(self, rule: Rule, number: int, statements: dict[str, str]) -> str:
        quick = quick_leaf(
            rule,
            day=self.frame.day,
            version=self.frame.version,
            interpretations=self.frame.interpretations,
            known_by=self.frame.known_by,
        )
        for name, value in quick.values.items():
            self.names[f"{name}_{number}"] = value
        source = re.sub(r"\$(\w+)", rf"\1_{number}", dedent(quick.source).strip())
        return _OUTCOME.sub(lambda found: indent(statements[found[2]], found[1]), source)


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
