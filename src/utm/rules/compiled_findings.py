"""Rules compiled to one function that gives whole findings.

The finding is that of `Rule.examine`, part by part. Cities whose evidence is of a usual
shape get theirs from straight code, which sets the attributes of each finding in its place;
what is of another shape is asked of the criterion.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import define, fields

from utm.domain.application import Application
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.conclusion import conclude_from
from utm.rules.finding import Draft, Finding
from utm.rules.keeping import kept
from utm.rules.members import Exists, ForAll, ForAtLeast
from utm.rules.quick_leaves import COMMON_NAMES
from utm.rules.script import Answer, Circumstances, Script
from utm.rules.verdict import Verdict, all_of, any_of, at_least

__all__ = ["Finder", "compile_findings"]

Finder = Callable[[Application], Finding]
"""Gives the finding of a rule for an application, waivers left aside."""

_FRAME = """\
def find(application, {names}):
    city = application.applicant
    case = None
    if city.__class__ is not City or city.identity is not None:
        return rule_all.examine(case_of(application))
    subject = city.id
    subject_name = city.name
    plain = True
{body}
"""

_NAMES: dict[str, object] = {
    **COMMON_NAMES,
    **{verdict.name: verdict for verdict in Verdict},
    "Draft": Draft,
    "Finding": Finding,
    "all_of": all_of,
    "any_of": any_of,
    "at_least": at_least,
    "conclude_from": conclude_from,
    "new": object.__new__,
}


@kept
def compile_findings(rule: Rule, circumstances: Circumstances) -> Finder:
    """Make a function that gives the finding of one rule for one application after another.

    It pays to make it for many applications: making it takes as long as some dozens
    of findings.

    Raises
    ------
    InvalidValueError
        The rule is beyond the bounds of depth and size.
    """
    gather_rules(rule)
    if circumstances.known_by is not None:  # then no evidence is of a usual shape
        return lambda application: rule.examine(circumstances.case_of(application))
    names = {
        **_NAMES,
        "rule_all": rule,
        "case_of": circumstances.case_of,
        "version": circumstances.version,
        "day": circumstances.day,
    }
    writer = _Writer(circumstances=circumstances, script=Script(names=names))
    writer.script.write(f"return f{writer.write(rule)}")
    return cast(Finder, writer.script.function("find", _FRAME))


_COMBINING = {AllOf, AnyOf, AtLeast, Not, ForAll, Exists, ForAtLeast}
"""The very classes: a subclass, which may answer as it likes, is asked itself."""


@define(kw_only=True)
class _Writer:
    """Writes statements that leave the finding of a rule in ``f1`` and its verdict in ``v1``.

    While ``plain`` holds, no answer rests on a promise, and that on the evidence is the
    effective one throughout.
    """

    circumstances: Circumstances
    script: Script

    def write(self, rule: Rule) -> int:
        """Write the statements of a rule and its parts, and give its number."""
        if type(rule) not in _COMBINING:
            return self._leaf(rule)
        match rule:
            case AllOf():
                return self._combined(rule, "all_of({})")
            case AnyOf():
                return self._combined(rule, "any_of({})")
            case AtLeast():
                return self._combined(rule, f"at_least({rule.count}, {{}})")
            case Not() | ForAll() | Exists() | ForAtLeast():
                return self._concluded(rule)
            case _:
                return self._leaf(rule)

    def _combined(self, rule: AllOf | AnyOf | AtLeast, combining: str) -> int:
        parts = [self.write(part) for part in rule.parts]
        number = self._named(rule)
        verdicts = "".join(f"v{part}, " for part in parts)
        findings = "".join(f"f{part}, " for part in parts)
        self.script.write(
            f"parts = ({findings})",
            "if plain:",
            f"    v{number} = {combining.format(f'({verdicts})')}",
            *_indented(_drafted(number, parts="parts")),
            "else:",
            *_indented(_asked(number, f"conclude_from(rule_{number}, case, parts)")),
        )
        return number

    def _concluded(self, rule: Not | ForAll | Exists | ForAtLeast) -> int:
        """A city alone is its one town, and is asked the one part."""
        part = self.write(rule.parts[0])
        number = self._named(rule)
        self.script.write(*_asked(number, f"conclude_from(rule_{number}, case, (f{part},))"))
        return number

    def _leaf(self, rule: Rule) -> int:
        number = self._named(rule)
        leaf = self.circumstances.quick_leaf(rule)

        def state(answer: Answer) -> str:
            if answer.word == "ASK":
                return f"v{number} = None"
            return f"v{number} = {answer.word}\nnote = {answer.note or repr('')}"

        self.script.write_leaf(leaf, number, state)
        readings = f"readings_{number}" if "readings" in leaf.values else "()"
        self.script.write(
            f"if v{number} is None:",
            *_indented(_asked(number, f"rule_{number}.examine(case)")),
            "else:",
            *_indented(_drafted(number, evidence=leaf.evidence, note="note", readings=readings)),
        )
        return number

    def _named(self, rule: Rule) -> int:
        number = self.script.number()
        self.script.names[f"rule_{number}"] = rule
        return number


def _drafted(number: int, **told: str) -> list[str]:
    """Write a finding attribute by attribute; only then is it closed to changes."""
    finding, verdict = f"f{number}", f"v{number}"
    shared = {name: name for name in ("version", "subject", "subject_name", "day")}
    answers = dict.fromkeys(("verdict", "effective", "firm"), verdict)
    values = {"rule": f"rule_{number}", **shared, **answers, "note": "''", "waiver": "None", **told}
    return [
        f"{finding} = new(Draft)",
        *(f"{finding}.{each.name} = {values.get(each.name, '()')}" for each in fields(Draft)),
        f"{finding}.__class__ = Finding",
    ]


def _asked(number: int, question: str) -> list[str]:
    return [
        "if case is None:",
        "    case = case_of(application)",
        f"f{number} = {question}",
        f"v{number} = f{number}.verdict",
        f"plain = plain and f{number}.firm is v{number}",
    ]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]
