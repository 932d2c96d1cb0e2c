"""The edition in a few lines, and what in it needs a person's attention."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from utm.domain.wording import capitalised, join_words
from utm.programme.formed_edition import FormedEdition
from utm.programme.meetings import MeetingPlan
from utm.report.attention import Attention, points_of_attention
from utm.report.display_text import NameBook
from utm.report.wording import (
    count_in_words,
    day_in_words,
    number_in_words,
    proof_sentences,
    span_in_words,
    worst_day_in_words,
)

__all__ = ["KeyFigure", "Summary", "names_in", "render_summary"]


@frozen(kw_only=True)
class KeyFigure:
    """One number that everybody asks for first.

    Parameters
    ----------
    number
        The number.
    label
        What it counts, in the number's grammatical form.
    """

    number: int
    label: str


@frozen(kw_only=True)
class Summary:
    """What a programme officer tells the board.

    Parameters
    ----------
    title
        Name of the edition.
    formed_on
        Day of the judgement, in words.
    figures
        Applicants, placed, groups, themes, countries.
    lines
        The same and what matters besides, as sentences.
    proof
        How good the grouping is proven to be, as sentences.
    attention
        What needs a person, the most pressing first.
    notes
        What a reader must know before using the result.
    """

    title: str
    formed_on: str
    figures: tuple[KeyFigure, ...]
    lines: tuple[str, ...]
    proof: tuple[str, ...]
    attention: tuple[Attention, ...]
    notes: tuple[str, ...]


def render_summary(edition: FormedEdition) -> Summary:
    """Put an edition into a few sentences, the same for terminal and report.

    Parameters
    ----------
    edition
        The edition.

    Returns
    -------
    Summary
        Plain text throughout: nothing in it is markup, no line breaks, no control
        characters, names of at most 80 characters.
    """
    names = names_in(edition)
    return Summary(
        title=names.short(edition.title),
        formed_on=day_in_words(edition.formed_on),
        figures=_figures(edition),
        lines=tuple(names.sentence(line) for line in _lines(edition)),
        proof=tuple(names.sentence(sentence) for sentence in proof_sentences(edition.result)),
        attention=points_of_attention(edition, names),
        notes=tuple(names.sentence(note) for note in edition.notes),
    )


def names_in(edition: FormedEdition) -> NameBook:
    """Collect the names of all applicants and their towns."""
    applications = [one.application for one in edition.screening]
    return NameBook.of(
        (
            name
            for application in applications
            for name in (
                application.applicant.name,
                *(city.name for city in application.cities),
            )
        ),
        {application.key.value: application.applicant.name for application in applications},
    )


def _figures(edition: FormedEdition) -> tuple[KeyFigure, ...]:
    numbers = (
        (len(edition.screening), "applicant", "applicants"),
        (_placed(edition), "placed", "placed"),
        (len(edition.groups), "group", "groups"),
        (len({group.theme for group in edition.groups}), "theme", "themes"),
        (len(_countries(edition)), "country", "countries"),
    )
    return tuple(
        KeyFigure(number=number, label=singular if number == 1 else plural)
        for number, singular, plural in numbers
    )


def _placed(edition: FormedEdition) -> int:
    return sum(len(group.members) for group in edition.groups)


def _countries(edition: FormedEdition) -> set[str]:
    return {
        city.country.value
        for group in edition.groups
        for member in group.members
        for city in member.cities
    }


def _lines(edition: FormedEdition) -> tuple[str, ...]:
    applicants = count_in_words(len(edition.screening), "applicant")
    if not edition.groups:
        return (f"{capitalised(applicants)}, and no group was formed.",)
    return (
        _placing_line(edition),
        _theme_line(edition),
        _country_line(edition),
        _hours_line(edition),
        _meeting_line(edition),
    )


def _placing_line(edition: FormedEdition) -> str:
    total, placed = len(edition.screening), _placed(edition)
    span = span_in_words([len(group.members) for group in edition.groups])
    who = (
        f"{_all_of(total, 'applicant')} have"
        if placed == total
        else f"{capitalised(number_in_words(placed))} of {count_in_words(total, 'applicant')} have"
    )
    return f"{who} a place, in {count_in_words(len(edition.groups), 'group')} of {span}."


def _all_of(number: int, noun: str) -> str:
    if number == 2:  # noqa: PLR2004 - English has a word for all of two
        return f"Both {noun}s"
    return f"All {count_in_words(number, noun)}"


def _theme_line(edition: FormedEdition) -> str:
    counts = [
        (theme.label, sum(1 for group in edition.groups if group.theme == theme.id))
        for theme in edition.taxonomy.themes
    ]
    words = [f"{label} ({count_in_words(count, 'group')})" for label, count in counts if count]
    return f"They work on {join_words(words)}."


def _country_line(edition: FormedEdition) -> str:
    countries = len(_countries(edition))
    fewest = min(len(group.measures.countries) for group in edition.groups)
    return (
        f"The members come from {count_in_words(countries, 'country', 'countries')}; "
        f"every group brings together at least {number_in_words(fewest)}."
    )


def _hours_line(edition: FormedEdition) -> str:
    known = [
        group.measures.common_office_minutes
        for group in edition.groups
        if group.measures.common_office_minutes is not None
    ]
    if not known:
        return "Common office hours are known for no group, because time zones are missing."
    sharing = sum(1 for minutes in known if minutes >= 60)  # noqa: PLR2004 - an hour
    when = worst_day_in_words(edition.problem.policy.reference_days)
    what = f"an hour or more of office time (09:00-17:00) {when}"
    unknown = len(edition.groups) - len(known)
    if not unknown:
        return f"{_of_all(sharing, len(known), 'share', 'shares')} {what}."
    less = len(known) - sharing
    short = f"; {count_in_words(less, 'group')} {'shares' if less == 1 else 'share'} less"
    return (
        f"{capitalised(count_in_words(sharing, 'group')) if sharing else 'No group'} "
        f"{'are' if sharing > 1 else 'is'} known to share {what}{short if less else ''}; "
        f"of {count_in_words(unknown, 'group')} it is not known, because time zones are missing."
    )


def _of_all(number: int, total: int, verb: str, verb_of_one: str) -> str:
    if total == 1:
        return f"The one group {verb_of_one if number else f'does not {verb}'}"
    if number == 0:
        return f"No group {verb_of_one}"
    if number == total:
        return f"{_all_of(total, 'group')} {verb}"
    return (
        f"{capitalised(number_in_words(number))} of {count_in_words(total, 'group')} "
        f"{verb_of_one if number == 1 else verb}"
    )


def _meeting_line(edition: FormedEdition) -> str:
    plans = [group.meetings for group in edition.groups]
    full = [plan for plan in plans if plan.is_complete]
    who = _of_all(len(full), len(plans), "have", "has")
    placed = f"{who} {count_in_words(edition.meeting_rules.number, 'meeting')} placed"
    return f"{placed}; {_ease(full, alone=len(plans) == 1)}." if full else f"{placed}."


def _ease(full: Sequence[MeetingPlan], *, alone: bool) -> str:
    """Count the plans without a burden; of a plan that lacks a clock it is not known."""
    easy = [plan for plan in full if all(m.is_in_office_hours for m in plan.meetings)]
    known = sum(1 for plan in easy if not plan.unplaced)
    unknown = len(easy) - known
    lies = "every meeting lies in everyone's office hours"
    if alone and unknown:
        return f"whether {lies} is not known, because time zones are missing"
    if alone:
        return lies if known else f"not {lies}"
    told = (
        f"in {count_in_words(known, 'group')} {lies}"
        if known
        else "no group is known to have every meeting in everyone's office hours"
    )
    return f"{told}; of {count_in_words(unknown, 'group')} it is not known" if unknown else told
