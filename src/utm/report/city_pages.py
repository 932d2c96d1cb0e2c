"""Each applicant as the report shows it: decision, criterion by criterion, with sources."""

from __future__ import annotations

from attrs import frozen

from utm.domain.names import fold_name
from utm.domain.wording import join_words
from utm.programme.formed_edition import FormedEdition
from utm.programme.screening import ScreenedApplication
from utm.report.attention import criteria_of
from utm.report.display_text import LONGEST_NAME, NameBook, plain
from utm.report.wording import VERDICT_IN_WORDS, country_name, day_in_words
from utm.rules import Finding, MissingEvidence, Outcome, Verdict

__all__ = ["CityPage", "CriterionLine", "OutcomeChapter", "lay_out_cities"]

_OUTCOMES = {
    Outcome.INELIGIBLE: "A rule is not met",
    Outcome.INCOMPLETE: "Evidence is missing",
    Outcome.CONDITIONAL: "Eligible on a condition",
    Outcome.ELIGIBLE_BY_WAIVER: "Eligible by waiver",
    Outcome.ELIGIBLE: "Eligible",
}


@frozen(kw_only=True)
class CriterionLine:
    """One criterion for one city.

    Parameters
    ----------
    subject
        Whom it is about; empty where that is the applicant.
    requirement
        What is asked.
    verdict
        ``met``, ``unmet`` or ``unknown``, for the style.
    verdict_in_words
        The answer in words.
    note
        How the evidence was read.
    evidence
        What was seen, each with its source.
    missing
        What is missing and what to ask for.
    obligations
        What was promised.
    waiver
        The exception in force, if any.
    written_in
        Where the criterion is written.
    """

    subject: str
    requirement: str
    verdict: str
    verdict_in_words: str
    note: str
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    obligations: tuple[str, ...]
    waiver: str
    written_in: str


@frozen(kw_only=True)
class CityPage:
    """An applicant with the decision on it.

    Parameters
    ----------
    anchor
        Its place on the page.
    name, whole_name
        Its name as shown, and the whole where that was cut.
    country
        Its country, or countries.
    headline
        The answers in a few words.
    placement
        What follows for the grouping.
    group
        Number of its group; ``None`` without one.
    reason
        Why it is in no group.
    judged
        Under which rules, of which day.
    authority
        What the authority decided, with the source.
    criteria
        Criterion by criterion.
    notes
        Doubts about the place, and how needs came about.
    """

    anchor: str
    name: str
    whole_name: str
    country: str
    headline: str
    placement: str
    group: int | None
    reason: str
    judged: str
    authority: str
    criteria: tuple[CriterionLine, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class OutcomeChapter:
    """All applicants with one outcome.

    Parameters
    ----------
    key
        The outcome as a word, for the style.
    label
        The outcome in words.
    cities
        The applicants, by name.
    """

    key: str
    label: str
    cities: tuple[CityPage, ...]


def lay_out_cities(edition: FormedEdition, names: NameBook) -> tuple[OutcomeChapter, ...]:
    """Lay out all applicants, those that need most attention first.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.
    """
    groups = {
        member.key.value: number
        for number, group in enumerate(edition.groups, start=1)
        for member in group.members
    }
    reasons = {one.application.key.value: one.reason for one in edition.unplaced}
    by_outcome: dict[Outcome, list[CityPage]] = {}
    for one in edition.screening:
        key = one.application.key.value
        page = _page(one, names, groups.get(key), reasons.get(key, ""))
        by_outcome.setdefault(one.decision.outcome, []).append(page)
    return tuple(
        OutcomeChapter(
            key=outcome.name.lower().replace("_", "-"),
            label=label,
            cities=tuple(sorted(by_outcome[outcome], key=_by_name)),
        )
        for outcome, label in _OUTCOMES.items()
        if outcome in by_outcome
    )


def _by_name(page: CityPage) -> tuple[str, str]:
    return fold_name(page.name), page.anchor


def _page(one: ScreenedApplication, names: NameBook, group: int | None, reason: str) -> CityPage:
    application = one.application
    whole = plain(application.applicant.name)
    countries = dict.fromkeys(country_name(city.country.value) for city in application.cities)
    findings = tuple(criteria_of(one.decision.finding))
    return CityPage(
        anchor=f"city-{application.key.value}",
        name=names.short(application.applicant.name),
        whole_name=whole if len(whole) > LONGEST_NAME else "",
        country=join_words(countries),
        headline=_headline(findings),
        placement=one.placement.value,
        group=group,
        reason=names.sentence(reason),
        judged=_judged(one),
        authority=_authority(one, names),
        criteria=_criteria(findings, one, names),
        notes=_notes(one, names),
    )


def _headline(findings: tuple[Finding, ...]) -> str:
    """Count the answers: ``2 met, 1 not met, 2 not known``."""
    counts = {
        verdict: sum(1 for finding in findings if finding.effective is verdict)
        for verdict in Verdict
    }
    return ", ".join(
        f"{count} {VERDICT_IN_WORDS[verdict]}" for verdict, count in counts.items() if count
    )


def _judged(one: ScreenedApplication) -> str:
    version = one.decision.version
    return (
        f"Judged for {day_in_words(one.decision.day)} by the rules “{version.rulebook}”, "
        f"version {version.version}. Record {one.decision.digest[:16]}."
    )


def _authority(one: ScreenedApplication, names: NameBook) -> str:
    decided = one.application.authority_decision
    if decided is None:
        return ""
    day = f", as of {day_in_words(decided.as_of)}" if decided.as_of else ""
    note = f" {decided.note}" if decided.note else ""
    return names.sentence(
        f"{decided.outcome.value.capitalize()} by {decided.authority}{day} "
        f"({decided.source}).{note}"
    )


def _criteria(
    findings: tuple[Finding, ...], one: ScreenedApplication, names: NameBook
) -> tuple[CriterionLine, ...]:
    """Lay out the criteria; what a gap is about is told in full once, and then referred to."""
    told: set[str] = set()
    lines: list[CriterionLine] = []
    for finding in findings:
        lines.append(_criterion(finding, one, names, frozenset(told)))
        told.update(missing.note for missing in finding.missing)
    return tuple(lines)


def _criterion(
    finding: Finding, one: ScreenedApplication, names: NameBook, told: frozenset[str]
) -> CriterionLine:
    waiver = finding.waiver
    source = finding.rule.source
    about_other = finding.subject != one.application.key
    return CriterionLine(
        subject=names.short(finding.subject_name) if about_other else "",
        requirement=names.sentence(finding.rule.requirement),
        verdict=finding.verdict.name.lower(),
        verdict_in_words=VERDICT_IN_WORDS[finding.verdict],
        note="" if _told_below(finding) else names.sentence(finding.note),
        evidence=tuple(names.sentence(text) for text in finding.observed),
        missing=tuple(
            names.sentence(_gap(missing, is_told=missing.note in told))
            for missing in finding.missing
        ),
        obligations=tuple(names.sentence(str(obligation)) for obligation in finding.obligations),
        waiver=""
        if waiver is None
        else names.sentence(
            f"{waiver.category.value.capitalize()} by {waiver.authority} from "
            f"{day_in_words(waiver.issued_on)}: {waiver.reason}"
        ),
        written_in="" if source is None else names.sentence(source.title),
    )


def _gap(missing: MissingEvidence, *, is_told: bool) -> str:
    note = f" ({'as told before' if is_told else missing.note})" if missing.note else ""
    return f"{missing.fact}: {missing.reason.value}{note}; {missing.ask}"


def _told_below(finding: Finding) -> bool:
    return any(finding.note == missing.note for missing in finding.missing)


def _notes(one: ScreenedApplication, names: NameBook) -> tuple[str, ...]:
    application = one.application
    told = [lack.note for finding in criteria_of(one.decision.finding) for lack in finding.missing]
    sentences: list[str] = []
    for city in application.cities:
        doubt = city.identity
        if doubt is not None and not (doubt.note and doubt.note in told):
            sentences.append(f"{city.name}: which place is meant is {doubt}")
        known = (*told, doubt.note if doubt is not None else "")
        sentences += [note for note in city.notes if not any(note in text for text in known)]
    if application.needs_basis:
        sentences.append(f"Needs: {application.needs_basis}")
    return tuple(names.sentence(sentence) for sentence in sentences)
