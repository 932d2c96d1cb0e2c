"""Each group as the report shows it: members, reasons, score and meetings."""

from __future__ import annotations

from attrs import frozen

from utm.domain import Application, Coordinates
from utm.domain.wording import join_words
from utm.pairing import UNIT
from utm.programme.formed_edition import FormedEdition, FormedGroup
from utm.report.display_text import NameBook
from utm.report.group_map import GroupMap, draw_group_map
from utm.report.languages import language_name
from utm.report.map_marks import letter_of
from utm.report.meeting_tables import MeetingTable, tabulate_meetings
from utm.report.wording import (
    PART_IN_WORDS,
    country_name,
    hours_in_words,
    worst_day_in_words,
    worth,
)

__all__ = ["GroupPage", "MemberLine", "ScoreLine", "ThemeChapter", "lay_out_groups"]

_MAIN_PARTS = ("learning", "shared_challenge")
_BAR_WIDTH = 100.0
_TOPICS_IN_FOCUS = 3


@frozen(kw_only=True)
class MemberLine:
    """A member of a group.

    Parameters
    ----------
    letter
        Its letter on the map and in the tables of the group.
    name
        Its name.
    country
        Its country, or countries.
    towns
        The towns of a consortium.
    anchor
        Where its findings stand.
    """

    letter: str
    name: str
    country: str
    towns: tuple[str, ...]
    anchor: str


@frozen(kw_only=True)
class ScoreLine:
    """What one member gains, with a bar.

    Parameters
    ----------
    letter, name
        The member.
    learning, shared_challenge, context, total
        The parts and their sum, in fully met needs.
    bars
        Width of each part, in hundredths of the largest sum of the edition.
    """

    letter: str
    name: str
    learning: str
    shared_challenge: str
    context: str
    total: str
    bars: tuple[float, float, float]


@frozen(kw_only=True)
class GroupPage:
    """Everything that the report shows of a group.

    Parameters
    ----------
    number, anchor, key
        Its number, its place on the page and its key in data.
    title
        Its members in words.
    focus
        Its challenge.
    members, why
        Who, and why.
    facts
        Label and value of what the members have in common.
    worth
        Its worth in fully met needs.
    scores
        What each member gains.
    context_parts
        Label and worth of each part of the context.
    meetings
        When it meets.
    map
        Where it lies; ``None`` where no place is known.
    unmapped
        Cities whose place is not known.
    """

    number: int
    anchor: str
    key: str
    title: str
    focus: str
    members: tuple[MemberLine, ...]
    why: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    worth: str
    scores: tuple[ScoreLine, ...]
    context_parts: tuple[tuple[str, str], ...]
    meetings: MeetingTable
    map: GroupMap | None
    unmapped: tuple[str, ...]


@frozen(kw_only=True)
class ThemeChapter:
    """The groups of one theme.

    Parameters
    ----------
    index
        Index of the theme in the taxonomy.
    label
        Its name.
    groups
        Its groups.
    """

    index: int
    label: str
    groups: tuple[GroupPage, ...]


def lay_out_groups(edition: FormedEdition, names: NameBook) -> tuple[ThemeChapter, ...]:
    """Lay out all groups, theme by theme in the order of the taxonomy.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.
    """
    scores = [member.score for group in edition.groups for member in group.scored.member_scores]
    largest = max(scores, default=0)
    pages = [
        (group.theme, _page(number, group, edition, names, largest))
        for number, group in enumerate(edition.groups, start=1)
    ]
    return tuple(
        ThemeChapter(
            index=index,
            label=theme.label,
            groups=tuple(page for of_theme, page in pages if of_theme == theme.id),
        )
        for index, theme in enumerate(edition.taxonomy.themes)
        if any(of_theme == theme.id for of_theme, _ in pages)
    )


def _page(
    number: int, group: FormedGroup, edition: FormedEdition, names: NameBook, largest: int
) -> GroupPage:
    return GroupPage(
        number=number,
        anchor=f"group-{number}",
        key=group.id.value,
        title=join_words(names.short(member.applicant.name) for member in group.members),
        focus=names.sentence(group.focus),
        members=tuple(_member(i, member, names) for i, member in enumerate(group.members)),
        why=tuple(names.sentence(sentence) for sentence in group.why),
        facts=_facts(group, edition),
        worth=worth(group.scored.score),
        scores=_scores(group, names, largest),
        context_parts=_context_parts(group),
        meetings=tabulate_meetings(group, names),
        map=draw_group_map(group),
        unmapped=tuple(
            names.short(city.name)
            for member in group.members
            for city in member.cities
            if not isinstance(city.coordinates, Coordinates)
        ),
    )


def _member(index: int, member: Application, names: NameBook) -> MemberLine:
    countries = dict.fromkeys(country_name(city.country.value) for city in member.cities)
    towns = member.cities if len(member.cities) > 1 else ()
    return MemberLine(
        letter=letter_of(index),
        name=names.short(member.applicant.name),
        country=join_words(countries),
        towns=tuple(names.short(town.name) for town in towns),
        anchor=f"city-{member.key.value}",
    )


def _facts(group: FormedGroup, edition: FormedEdition) -> tuple[tuple[str, str], ...]:
    measures = group.measures
    minutes, languages = measures.common_office_minutes, measures.common_languages
    when = worst_day_in_words(edition.problem.policy.reference_days)
    shared = f"{hours_in_words(minutes) if minutes else 'none'} {when}"
    further = [edition.taxonomy.topic(topic).label for topic in group.topics[_TOPICS_IN_FOCUS:]]
    return (
        *([("Further topics", join_words(further))] if further else []),
        ("Office hours in common", "not known" if minutes is None else shared),
        (
            "Languages that all list",
            "not known"
            if languages is None
            else join_words(language_name(code) for code in languages) or "none",
        ),
        ("Worth", f"{worth(group.scored.score)} fully met needs"),
    )


def _scores(group: FormedGroup, names: NameBook, largest: int) -> tuple[ScoreLine, ...]:
    lines: list[ScoreLine] = []
    pairs = zip(group.members, group.scored.member_scores, strict=True)
    for index, (member, scored) in enumerate(pairs):
        parts = {part.name: part.score for part in scored.parts}
        main = [parts.get(name, 0) for name in _MAIN_PARTS]
        split = (*main, scored.score - sum(main))
        lines.append(
            ScoreLine(
                letter=letter_of(index),
                name=names.short(member.applicant.name),
                learning=worth(split[0]),
                shared_challenge=worth(split[1]),
                context=worth(split[2]),
                total=worth(scored.score),
                bars=(_bar(split[0], largest), _bar(split[1], largest), _bar(split[2], largest)),
            )
        )
    return tuple(lines)


def _bar(score: int, largest: int) -> float:
    return round(max(0, score) / max(largest, UNIT // 10) * _BAR_WIDTH, 1)


def _context_parts(group: FormedGroup) -> tuple[tuple[str, str], ...]:
    totals: dict[str, int] = {}
    for member in group.scored.member_scores:
        for part in member.parts:
            if part.name not in _MAIN_PARTS:
                totals[part.name] = totals.get(part.name, 0) + part.score
    return tuple(
        (PART_IN_WORDS.get(name, name), worth(totals[name]))
        for name in sorted(totals, key=lambda name: (-totals[name], name))
    )
