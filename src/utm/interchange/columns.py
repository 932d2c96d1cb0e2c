"""The columns of an applicants' file: the one place where the format is defined.

Readers, writers, template, JSON Schema, the table in the documentation and the
remedies of problems are all made from this list.
"""

from __future__ import annotations

from utm.domain import Taxonomy
from utm.interchange.city_columns import (
    identity_columns,
    membership_columns,
    note_columns,
    place_columns,
    plan_columns,
    population_columns,
)
from utm.interchange.column import DAY, ApplicantColumn, Scope, header_key
from utm.interchange.missing_facts import missing_columns
from utm.interchange.numbers import DecimalCell, WholeNumberCell
from utm.interchange.words import YesNoCell, day_cell, prose_cell, theme_cell, topic_cell

__all__ = [
    "MOST_NEEDS",
    "MOST_OFFERS",
    "ApplicantColumn",
    "Scope",
    "applicant_columns",
    "header_key",
]

MOST_NEEDS = 4
MOST_OFFERS = 4
_PROSE_CHARACTERS = 5_000


def applicant_columns(taxonomy: Taxonomy | None = None) -> tuple[ApplicantColumn, ...]:
    """All columns in the order of the template.

    Parameters
    ----------
    taxonomy
        The themes and topics that are admitted; without it every well-formed id is.
    """
    return (
        *identity_columns(),
        *population_columns("population"),
        *population_columns("population_2"),
        *missing_columns("population"),
        *place_columns(),
        *membership_columns(),
        *missing_columns("gcom"),
        *plan_columns(),
        *missing_columns("plan"),
        *_application(taxonomy),
        *(column for at in range(1, MOST_NEEDS + 1) for column in _need(at, taxonomy)),
        *(column for at in range(1, MOST_OFFERS + 1) for column in _offer(at, taxonomy)),
        *note_columns(),
    )


def _application(taxonomy: Taxonomy | None) -> tuple[ApplicantColumn, ...]:
    return (
        ApplicantColumn(
            name="submitted_on",
            meaning="Day of the application; its rules apply.",
            values=DAY,
            example="2025-12-15",
            cell=day_cell(),
            scope=Scope.APPLICATION,
            synonyms=("submitted",),
        ),
        ApplicantColumn(
            name="engaged_on",
            meaning="Day on which it engaged with the programme; periods of grace run from it.",
            values=DAY,
            example="",
            cell=day_cell(),
            scope=Scope.APPLICATION,
        ),
        ApplicantColumn(
            name="commits_to_engage",
            meaning="Whether the applicant commits itself to engage.",
            values="yes or no",
            example="yes",
            cell=YesNoCell(),
            scope=Scope.APPLICATION,
        ),
        ApplicantColumn(
            name="commits_resources",
            meaning="Whether it commits itself to allocate resources.",
            values="yes or no",
            example="yes",
            cell=YesNoCell(),
            scope=Scope.APPLICATION,
        ),
        ApplicantColumn(
            name="theme",
            meaning="The main theme it asks for.",
            values="the id or label of a theme",
            example=_theme_example(taxonomy),
            cell=theme_cell(taxonomy),
            scope=Scope.APPLICATION,
        ),
    )


def _need(at: int, taxonomy: Taxonomy | None) -> tuple[ApplicantColumn, ...]:
    return (
        ApplicantColumn(
            name=f"need_{at}",
            meaning=f"Topic on which it seeks help, number {at}.",
            values="the id or label of a topic",
            example=_topic_example(at - 1, taxonomy),
            cell=topic_cell(taxonomy),
            scope=Scope.APPLICATION,
        ),
        ApplicantColumn(
            name=f"need_{at}_weight",
            meaning="Its importance beside the other needs; for all needs or for none. "
            "Only the proportions count.",
            values="a number above 0, such as 2",
            example="",
            cell=DecimalCell(above=0, most=1e9),
            scope=Scope.APPLICATION,
        ),
        _own_words(f"need_{at}"),
    )


def _offer(at: int, taxonomy: Taxonomy | None) -> tuple[ApplicantColumn, ...]:
    topic = _topic_example(at + 1, taxonomy) if at == 1 else ""
    return (
        ApplicantColumn(
            name=f"offer_{at}",
            meaning=f"Topic on which it can help others, number {at}.",
            values="the id or label of a topic",
            example=topic,
            cell=topic_cell(taxonomy),
            scope=Scope.APPLICATION,
        ),
        ApplicantColumn(
            name=f"offer_{at}_maturity",
            meaning="How far it has come: 1 an idea, 2 planned, 3 tried out, 4 in regular use, "
            "5 at full scale with results.",
            values="1, 2, 3, 4 or 5",
            example="4" if topic else "",
            cell=WholeNumberCell(least=1, most=5),
            scope=Scope.APPLICATION,
        ),
        _own_words(f"offer_{at}"),
    )


def _own_words(of: str) -> ApplicantColumn:
    return ApplicantColumn(
        name=f"{of}_in_words",
        meaning="The same in the applicant's own words.",
        values="free text",
        example="",
        cell=prose_cell(most_characters=_PROSE_CHARACTERS),
        scope=Scope.APPLICATION,
    )


def _theme_example(taxonomy: Taxonomy | None) -> str:
    return "" if taxonomy is None else next((theme.id.value for theme in taxonomy.themes), "")


def _topic_example(at: int, taxonomy: Taxonomy | None) -> str:
    topics = [] if taxonomy is None else [topic.id.value for topic in taxonomy.topics()]
    return topics[at] if at < min(len(topics), 3) else ""
