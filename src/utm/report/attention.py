"""What a person must look at before the edition is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from utm.domain import Unknown
from utm.domain.names import fold_name
from utm.domain.wording import capitalised, join_words
from utm.programme.formed_edition import FormedEdition, FormedGroup
from utm.programme.screening import Placement, ScreenedApplication
from utm.report.attention_point import Attention
from utm.report.display_text import NameBook
from utm.report.evidence_points import conflicts, figures_below_floor, missing_evidence
from utm.report.wording import count_in_words, number_in_words, worst_day_in_words
from utm.rules import Finding, Verdict

__all__ = ["Attention", "criteria_of", "points_of_attention"]


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
        missing_evidence,
        conflicts,
        figures_below_floor,
        _provisional_places,
        _unknown_time_zones,
        _no_common_hours,
        _no_known_clocks,
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
            f"{_standing(admitted, len(subjects), grouped=edition.is_feasible)}",
            subjects=tuple(sorted(subjects, key=fold_name)),
        )


def _standing(admitted: int, concerned: int, *, grouped: bool) -> str:
    if not admitted:
        return ""
    if concerned == 1:
        whom = "it"
    elif admitted == concerned:
        whom = "both of them" if concerned == 2 else "all of them"  # noqa: PLR2004 - both
    else:
        whom = f"{number_in_words(admitted)} of them"
    end = f", so {'it takes' if admitted == 1 else 'they take'} part" if grouped else ""
    return f" The authority has admitted {whom}{end}."


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


def _provisional_places(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    subjects = sorted(
        (_name(one, names) for one in edition.screening if one.placement is Placement.PROVISIONAL),
        key=fold_name,
    )
    if not subjects:
        return
    number = _applicants(len(subjects))
    if edition.is_feasible:
        told = f"{capitalised(number)} {'takes' if len(subjects) == 1 else 'take'} part while "
        told += "evidence is missing"
    else:
        told = f"Evidence is missing for {number}, and no group was formed"
    yield Attention(
        title="Provisional places" if edition.is_feasible else "Judged provisionally",
        sentence=f"{told}; missing evidence is not a refusal.",
        subjects=tuple(subjects),
    )


def _unknown_time_zones(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    meeting = {
        member.key
        for group in edition.groups
        for member in group.members
        if group.meetings.is_complete
    }
    lacking = [
        (one, names.short(city.name))
        for one in edition.screening
        if one.placement.takes_part
        for city in one.application.cities
        if isinstance(city.timezone, Unknown)
    ]
    if lacking:
        count = len(lacking)
        unheeded = sum(1 for one, _ in lacking if one.application.key in meeting)
        yield Attention(
            title="Time zone not known",
            sentence=f"The time zone of {count_in_words(count, 'city', 'cities')} is not "
            f"known.{_unheeded(unheeded, count)}",
            subjects=tuple(name for _, name in lacking),
        )


def _unheeded(number: int, concerned: int) -> str:
    if not number:
        return ""
    if concerned == 1:
        whose = "its clock"
    elif number == concerned:
        whose = "their clocks"
    else:
        whose = f"the clocks of {number_in_words(number)} of them"
    return f" Meetings are placed without regard to {whose}."


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
    when = worst_day_in_words(edition.problem.policy.reference_days)
    if numbers:
        yield Attention(
            title="No common office hour",
            sentence=f"In {count_in_words(len(numbers), 'group')} the members share less than "
            f"one hour of 09:00-17:00 {when}, so somebody comes early or stays late.",
            subjects=_groups_in_words(numbers, edition, names),
        )


def _has_no_clock(group: FormedGroup) -> bool:
    return len(group.meetings.unplaced) == len(group.members)


def _no_known_clocks(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    numbers = [n for n, group in enumerate(edition.groups, start=1) if _has_no_clock(group)]
    if numbers:
        yield Attention(
            title="No meetings without time zones",
            sentence=f"For {count_in_words(len(numbers), 'group')} no meetings could be placed, "
            "because the time zone of no member is known.",
            subjects=_groups_in_words(numbers, edition, names),
        )


def _no_meetings(edition: FormedEdition, names: NameBook) -> Iterator[Attention]:
    numbers = [
        number
        for number, group in enumerate(edition.groups, start=1)
        if not group.meetings.is_complete and not _has_no_clock(group)
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
