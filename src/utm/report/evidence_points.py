"""What a person must look at in the evidence: gaps, conflicts, figures below a floor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from utm.domain import PopulationBasis, PopulationFigure, UnknownReason
from utm.domain.names import fold_name
from utm.domain.wording import capitalised, join_words
from utm.programme.formed_edition import FormedEdition
from utm.report.attention_point import Attention
from utm.report.display_text import NameBook
from utm.report.wording import VERDICT_IN_WORDS, count_in_words, number_in_words
from utm.rules import Finding, MinimumPopulation, Verdict

__all__ = ["conflicts", "figures_below_floor", "missing_evidence"]

_OWN_DAY = re.compile(r" on [0-9]{4}-[0-9]{2}-[0-9]{2}$")
"""Applicants are judged for days of their own, and lack the same fact all the same."""

_MOST_NAMED = 10
"""Cities that a sentence still names one by one."""


@frozen(kw_only=True)
class _Lack:
    """That a fact is missing for somebody, and whether the decision waits for it."""

    applicant: str
    name: str
    waits: bool


def missing_evidence(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    """Tell each fact that some decision waits for, with everybody for whom it is missing."""
    total = count_in_words(len(edition.screening), "applicant")
    for fact, lacks in _by_fact(edition, names, conflicting=False).items():
        concerned = len({lack.applicant for lack in lacks})
        yield Attention(
            title=f"Missing evidence: {names.sentence(fact)}",
            sentence=f"Not known for {number_in_words(concerned)} of {total}; {_waiting(lacks)}.",
            subjects=_subjects(lacks),
        )


def conflicts(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    """Tell each fact on which sources disagree while some decision waits for it."""
    for fact, lacks in _by_fact(edition, names, conflicting=True).items():
        concerned = len({lack.applicant for lack in lacks})
        yield Attention(
            title=f"Sources disagree: {names.sentence(fact)}",
            sentence=f"For {count_in_words(concerned, 'applicant')} the sources lie on either "
            "side of what is asked. Somebody with authority must say which one counts; "
            f"{_waiting(lacks)}.",
            subjects=_subjects(lacks),
        )


def _by_fact(
    edition: FormedEdition, names: NameBook, *, conflicting: bool
) -> dict[str, tuple[_Lack, ...]]:
    found: dict[str, dict[tuple[str, str], _Lack]] = {}
    for one in edition.screening:
        needed = one.decision.needed
        for missing in dict.fromkeys((*needed, *one.decision.missing)):
            if (missing.reason is UnknownReason.CONFLICTING) == conflicting:
                key = one.application.key.value
                found.setdefault(_OWN_DAY.sub("", missing.fact), {}).setdefault(
                    (key, missing.subject.value),
                    _Lack(
                        applicant=key,
                        name=names.short(missing.subject_name),
                        waits=missing in needed,
                    ),
                )
    waited = {fact: tuple(of.values()) for fact, of in found.items()}
    counts = {fact: sum(1 for lack in lacks if lack.waits) for fact, lacks in waited.items()}
    ordered = sorted(
        (fact for fact in waited if counts[fact]), key=lambda fact: (-counts[fact], fact)
    )
    return {fact: waited[fact] for fact in ordered}


def _waiting(lacks: Sequence[_Lack]) -> str:
    concerned = {lack.applicant for lack in lacks}
    waiting = {lack.applicant for lack in lacks if lack.waits}
    if len(concerned) == 1:
        return "the decision waits for it"
    if waiting == concerned:
        return "the decision on each of them waits for it"
    return (
        f"the decision on {number_in_words(len(waiting))} of them waits for it, "
        f"on {number_in_words(len(concerned) - len(waiting))} it does not"
    )


def _subjects(lacks: Sequence[_Lack]) -> tuple[str, ...]:
    ordered = sorted(lacks, key=lambda lack: (fold_name(lack.name), lack.name, lack.applicant))
    return tuple(lack.name if lack.waits else f"{lack.name} (not waiting)" for lack in ordered)


def figures_below_floor(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    """Tell who has a figure below a floor that was asked for, by the area counted."""
    found: dict[int, dict[tuple[str, str], Finding]] = {}
    for one in edition.screening:
        for finding in one.decision.finding.walk():
            rule = finding.rule
            floor = rule.floor if isinstance(rule, MinimumPopulation) else None
            if floor is not None and _low_figures(finding):
                who = (fold_name(finding.subject_name), finding.subject.value)
                found.setdefault(floor, {}).setdefault(who, finding)
    for floor, findings in sorted(found.items()):
        ordered = [findings[who] for who in sorted(findings)]
        yield Attention(
            title=f"Figures below the floor of {floor:,}",
            sentence=f"{capitalised(count_in_words(len(ordered), 'city', 'cities'))} "
            f"{'has' if len(ordered) == 1 else 'have'} a published figure below it "
            f"({_by_basis(ordered, names)}). A figure is an observation and no verdict; the "
            "finding follows it.",
            subjects=tuple(names.sentence(_figures(finding)) for finding in ordered),
        )


def _low_figures(finding: Finding) -> tuple[tuple[PopulationFigure, str], ...]:
    """Give the figures beyond doubt that lie below the floor, each with its source in words."""
    rule = finding.rule
    if not isinstance(rule, MinimumPopulation) or rule.floor is None:
        return ()
    return tuple(
        (piece, words)
        for piece, words in zip(finding.evidence, finding.observed, strict=True)
        if isinstance(piece, PopulationFigure)
        and piece.inhabitants < rule.floor
        and not piece.doubt
    )


def _by_basis(findings: Sequence[Finding], names: NameBook) -> str:
    """Name who is below the floor by each area counted, or count them where they are many."""
    below: dict[PopulationBasis, dict[str, str]] = {}
    for finding in findings:
        for figure, _ in _low_figures(finding):
            of_area = below.setdefault(figure.basis, {})
            of_area[finding.subject.value] = names.short(finding.subject_name)
    return "; ".join(
        f"{_area(basis)}: "
        + (
            join_words(below[basis].values())
            if len(findings) <= _MOST_NAMED
            else number_in_words(len(below[basis]))
        )
        for basis in PopulationBasis
        if basis in below
    )


def _area(basis: PopulationBasis) -> str:
    return "area not stated" if basis is PopulationBasis.UNSTATED else basis.value


def _figures(finding: Finding) -> str:
    answer = f"criterion {VERDICT_IN_WORDS[finding.verdict]}"
    if finding.verdict is Verdict.UNKNOWN:
        reasons = dict.fromkeys(lack.reason.value for lack in finding.missing)
        answer += f" ({join_words(reasons)})" if reasons else ""
    words = join_words(words for _, words in _low_figures(finding))
    return f"{finding.subject_name}: {words}; {answer}"
