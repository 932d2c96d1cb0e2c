"""What a person must look at before the edition is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from utm.domain import Unknown, UnknownReason
from utm.domain.names import fold_name
from utm.domain.wording import capitalised, join_words
from utm.programme.formed_edition import FormedEdition
from utm.programme.screening import Placement, ScreenedApplication
from utm.report.display_text import NameBook
from utm.report.wording import count_in_words, number_in_words
from utm.rules import Finding, Verdict

__all__ = ["Attention", "criteria_of", "points_of_attention"]

_OWN_DAY = re.compile(r" on [0-9]{4}-[0-9]{2}-[0-9]{2}$")
"""Applicants are judged for days of their own, and lack the same fact all the same."""


@frozen(kw_only=True)
class Attention:
    """One thing that needs a person.

    Parameters
    ----------
    title
        What it is, in a few words.
    sentence
        What is the matter, and with how many.
    subjects
        Whom it concerns: names, group numbers or details, in order.
    """

    title: str
    sentence: str
    subjects: tuple[str, ...]


def points_of_attention(edition: FormedEdition, names: NameBook) -> tuple[Attention, ...]:
    """List what needs a person, the most pressing first.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.
    """
    looks: tuple[Callable[[FormedEdition, NameBook], Iterator[Attention]], ...] = (
        _failed_checks,
        _broken_rules,
        _unplaced,
        _missing_evidence,
        _conflicts,
        _provisional_places,
        _unknown_time_zones,
        _no_common_hours,
        _no_meetings,
        _differing_numbers,
    )
    return tuple(point for look in looks for point in look(edition, names))


def criteria_of(finding: Finding) -> Iterator[Finding]:
    """Give the findings that a reader looks at: criteria without parts, and what is excused."""
    return (part for part in finding.walk() if not part.parts or part.waiver is not None)


def _name(one: ScreenedApplication, names: NameBook) -> str:
    return names.short(one.application.applicant.name)


def _applicants(number: int) -> str:
    return count_in_words(number, "applicant")


def _failed_checks(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    problems = tuple(names.sentence(fault) for fault in edition.verification.faults)
    if problems:
        yield Attention(
            title="The result failed its own check",
            sentence="An independent check disagrees with the engine. Do not use this result.",
            subjects=problems,
        )


def _broken_rules(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    by_requirement: dict[str, list[str]] = {}
    for one in edition.screening:
        for leaf in one.decision.finding.decisive_leaves:
            if leaf.effective is Verdict.UNMET:
                by_requirement.setdefault(leaf.rule.requirement, []).append(_name(one, names))
    for requirement, subjects in by_requirement.items():
        placed = {
            _name(one, names) for one in edition.screening if one.placement is Placement.ADMITTED
        }
        admitted = sum(1 for subject in subjects if subject in placed)
        yield Attention(
            title=f"Not met: {names.sentence(requirement)}",
            sentence=f"On the evidence, {_applicants(len(subjects))} "
            f"{'does' if len(subjects) == 1 else 'do'} not meet this."
            f"{_standing(admitted, len(subjects))}",
            subjects=tuple(sorted(subjects, key=fold_name)),
        )


def _standing(admitted: int, concerned: int) -> str:
    if not admitted:
        return ""
    if concerned == 1:
        return " It takes part because the authority has admitted it."
    who = "All" if admitted == concerned else capitalised(number_in_words(admitted))
    one = admitted == 1
    return (
        f" {who} of them {'takes' if one else 'take'} part because the authority has admitted "
        f"{'it' if one else 'them'}."
    )


def _unplaced(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    if edition.unplaced:
        number = len(edition.unplaced)
        yield Attention(
            title="Without a group",
            sentence=f"{capitalised(_applicants(number))} "
            f"{'has' if number == 1 else 'have'} no group.",
            subjects=tuple(
                f"{names.short(one.application.applicant.name)}: {names.sentence(one.reason)}"
                for one in edition.unplaced
            ),
        )


def _by_fact(
    edition: FormedEdition, names: NameBook, *, conflicting: bool
) -> dict[str, tuple[str, ...]]:
    subjects: dict[str, dict[str, None]] = {}
    for one in edition.screening:
        for missing in one.decision.needed:
            if (missing.reason is UnknownReason.CONFLICTING) == conflicting:
                of_fact = subjects.setdefault(_OWN_DAY.sub("", missing.fact), {})
                of_fact.setdefault(names.short(missing.subject_name))
    ordered = sorted(subjects, key=lambda fact: (-len(subjects[fact]), fact))
    return {fact: tuple(sorted(subjects[fact], key=fold_name)) for fact in ordered}


def _missing_evidence(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    for fact, subjects in _by_fact(edition, names, conflicting=False).items():
        yield Attention(
            title=f"Missing evidence: {names.sentence(fact)}",
            sentence=f"Not known for {number_in_words(len(subjects))} of "
            f"{_applicants(len(edition.screening))}; a decision waits for it.",
            subjects=subjects,
        )


def _conflicts(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    for fact, subjects in _by_fact(edition, names, conflicting=True).items():
        yield Attention(
            title=f"Sources disagree: {names.sentence(fact)}",
            sentence=f"For {_applicants(len(subjects))} the sources lie on either side of "
            "what is asked. Somebody with authority must say which one counts.",
            subjects=subjects,
        )


def _provisional_places(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    subjects = sorted(
        (_name(one, names) for one in edition.screening if one.placement is Placement.PROVISIONAL),
        key=fold_name,
    )
    if subjects:
        yield Attention(
            title="Provisional places",
            sentence=f"{capitalised(_applicants(len(subjects)))} "
            f"{'takes' if len(subjects) == 1 else 'take'} part while evidence is missing; "
            "missing evidence is not a refusal.",
            subjects=tuple(subjects),
        )


def _unknown_time_zones(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    subjects = tuple(
        names.short(city.name)
        for one in edition.screening
        if one.placement.takes_part
        for city in one.application.cities
        if isinstance(city.timezone, Unknown)
    )
    if subjects:
        yield Attention(
            title="Time zone not known",
            sentence=f"Meetings are placed without regard to the clocks of "
            f"{count_in_words(len(subjects), 'city', 'cities')}.",
            subjects=subjects,
        )


def _groups_in_words(
    numbers: Iterable[int], edition: FormedEdition, names: NameBook
) -> tuple[str, ...]:
    return tuple(
        f"Group {number}: "
        f"{join_words(names.short(m.applicant.name) for m in edition.groups[number - 1].members)}"
        for number in numbers
    )


def _no_common_hours(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    numbers = [
        number
        for number, group in enumerate(edition.groups, start=1)
        if group.measures.common_office_minutes is not None
        and group.measures.common_office_minutes < 60  # noqa: PLR2004 - an hour
    ]
    if numbers:
        yield Attention(
            title="No common office hour",
            sentence=f"In {count_in_words(len(numbers), 'group')} the members share less than "
            "one hour of 09:00-17:00, so somebody comes early or stays late.",
            subjects=_groups_in_words(numbers, edition, names),
        )


def _no_meetings(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    numbers = [
        number
        for number, group in enumerate(edition.groups, start=1)
        if not group.meetings.is_complete
    ]
    if numbers:
        yield Attention(
            title="Meetings do not fit",
            sentence=f"For {count_in_words(len(numbers), 'group')} the meetings asked for do "
            "not fit into the year; each says what could give.",
            subjects=_groups_in_words(numbers, edition, names),
        )


def _differing_numbers(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    if edition.reconciliation is not None and not edition.reconciliation.agrees:
        yield Attention(
            title="Announced numbers differ from the list",
            sentence="What was announced of this edition and what its register holds are not "
            "the same.",
            subjects=tuple(names.sentence(text) for text in edition.reconciliation.sentences),
        )
