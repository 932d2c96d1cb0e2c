"""Findings for people and for programs: Markdown, plain data, Mermaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from utm.rules.decision import Decision
from utm.rules.evidence import MissingEvidence, Obligation
from utm.rules.finding import Finding
from utm.rules.statements import state
from utm.rules.verdict import Verdict

__all__ = ["as_dict", "as_markdown", "as_mermaid", "decision_as_dict", "decision_as_markdown"]

_Plain = str | int | float | bool | None | list["_Plain"] | dict[str, "_Plain"]

_MARK = {Verdict.MET: "✓", Verdict.UNMET: "✗", Verdict.UNKNOWN: "?"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def as_markdown(finding: Finding) -> str:
    """Write a finding as a nested Markdown list; decisive leaves are bold."""
    decisive = {id(leaf) for leaf in finding.decisive_leaves}
    return "\n".join(_lines(finding, decisive, depth=0)) + "\n"


def decision_as_markdown(decision: Decision) -> str:
    """Write a decision with its findings, what is missing, and the authority's decision beside."""
    version = decision.version
    rows = [
        f"## {_escape(decision.subject_name)}: {decision.outcome.value}",
        "",
        (
            f"Judged for {decision.day} under {_escape(version.rulebook)}, version "
            f"{_escape(version.version)} (in force {version.in_force}). "
            f"Record {decision.digest[:16]}."
        ),
        "",
        as_markdown(decision.finding).rstrip("\n"),
    ]
    rows += _section("Still to be done", [str(duty) for duty in decision.obligations])
    rows += _section("Missing evidence", [str(lack) for lack in decision.missing])
    known = decision.authority_decision
    if known is not None:
        day = f" on {known.as_of}" if known.as_of else ""
        beside = f"{known.authority}: {known.outcome.value}{day} ({known.source})"
        rows += _section("The authority's decision, which changes no finding", [beside])
    return "\n".join(rows) + "\n"


def as_dict(finding: Finding) -> dict[str, _Plain]:
    """Give a finding as plain data, ready for JSON."""
    return _dict_of(finding, {id(leaf) for leaf in finding.decisive_leaves})


def decision_as_dict(decision: Decision) -> dict[str, _Plain]:
    """Give a decision as plain data, ready for JSON."""
    known = decision.authority_decision
    return {
        "subject": decision.subject.value,
        "name": decision.subject_name,
        "outcome": decision.outcome.value,
        "sentence": decision.sentence,
        "rulebook": decision.version.rulebook,
        "version": decision.version.version,
        "day": decision.day.isoformat(),
        "known_by": decision.known_by.isoformat() if decision.known_by else None,
        "digest": decision.digest,
        "library_version": decision.library_version,
        "obligations": [_obligation(duty) for duty in decision.obligations],
        "missing": [_missing(lack) for lack in decision.missing],
        "needed": [_missing(lack) for lack in decision.needed],
        "authority_decision": None
        if known is None
        else {
            "outcome": known.outcome.value,
            "authority": known.authority,
            "source": known.source.title,
            "as_of": known.as_of.isoformat() if known.as_of else None,
            "note": known.note,
        },
        "finding": as_dict(decision.finding),
    }


def as_mermaid(finding: Finding) -> str:
    """Draw a finding as a Mermaid flow chart; decisive leaves have a thick border."""
    decisive = {id(leaf) for leaf in finding.decisive_leaves}
    numbers = {id(each): number for number, each in enumerate(finding.walk())}
    rows = ["flowchart TD"]
    for each in finding.walk():
        number = numbers[id(each)]
        label = f"{_MARK[each.verdict]} {each.rule.requirement}"
        if each.subject != finding.subject:
            label = f"{each.subject_name}: {label}"
        kind = each.verdict.value + (" decisive" if id(each) in decisive else "")
        rows.append(f'    n{number}["{_entities(label)}"]')
        rows.extend(f"    class n{number} {name}" for name in kind.split())
        rows.extend(f"    n{number} --> n{numbers[id(part)]}" for part in each.parts)
    rows += [
        "    classDef met stroke:#2e7d32",
        "    classDef unmet stroke:#b71c1c",
        "    classDef unknown stroke:#6d4c41,stroke-dasharray:4 3",
        "    classDef decisive stroke-width:3px",
    ]
    return "\n".join(rows) + "\n"


def _lines(finding: Finding, decisive: set[int], *, depth: int) -> Iterator[str]:
    text = _escape(finding.sentence)
    if id(finding) in decisive:
        text = f"**{text}**"
    threshold = finding.threshold
    cited = f" *({_escape(threshold.source.title)})*" if threshold.source else ""
    yield f"{'  ' * depth}- {_MARK[finding.verdict]} {text}{cited}"
    for part in finding.parts:
        yield from _lines(part, decisive, depth=depth + 1)


def _section(title: str, items: list[str]) -> list[str]:
    return ["", f"### {title}", "", *(f"- {_escape(item)}" for item in items)] if items else []


def _dict_of(finding: Finding, decisive: set[int]) -> dict[str, _Plain]:
    threshold = finding.threshold
    waiver = finding.waiver
    return {
        "rule": finding.rule_id,
        "subject": finding.subject.value,
        "subject_name": finding.subject_name,
        "day": finding.day.isoformat(),
        "verdict": finding.verdict.value,
        "effective": finding.effective.value,
        "decisive": id(finding) in decisive,
        "sentence": finding.sentence,
        "requirement": threshold.requirement,
        "rulebook": threshold.version.rulebook,
        "version": threshold.version.version,
        "in_force": str(threshold.version.in_force),
        "source": threshold.source.title if threshold.source else None,
        "evidence": [
            {"statement": state(piece), "source": piece.source.title} for piece in finding.evidence
        ],
        "note": finding.note,
        "readings": list(finding.readings),
        "missing": [_missing(lack) for lack in finding.missing],
        "obligations": [_obligation(duty) for duty in finding.obligations],
        "waiver": None
        if waiver is None
        else {
            "category": waiver.category.value,
            "authority": waiver.authority,
            "reason": waiver.reason,
            "issued_on": waiver.issued_on.isoformat(),
            "expires_on": waiver.expires_on.isoformat() if waiver.expires_on else None,
        },
        "parts": [_dict_of(part, decisive) for part in finding.parts],
    }


def _missing(lack: MissingEvidence) -> dict[str, _Plain]:
    return {
        "subject": lack.subject.value,
        "subject_name": lack.subject_name,
        "fact": lack.fact,
        "reason": lack.reason.value,
        "ask": lack.ask,
        "note": lack.note,
    }


def _obligation(duty: Obligation) -> dict[str, _Plain]:
    return {
        "criterion": duty.criterion,
        "subject": duty.subject.value,
        "subject_name": duty.subject_name,
        "duty": duty.duty,
        "due_on": duty.due_on.isoformat(),
        "starts_on": duty.starts_on.isoformat(),
        "presumed": duty.presumed,
    }


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _entities(text: str) -> str:
    plain = " ".join(text.split())
    for sign, entity in (
        ("#", "#35;"),
        ('"', "#quot;"),
        ("<", "#lt;"),
        (">", "#gt;"),
        ("`", "#96;"),
    ):
        plain = plain.replace(sign, entity)
    return plain
