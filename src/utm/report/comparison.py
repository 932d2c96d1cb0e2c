"""The formed grouping and the published one by the same yardsticks."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from utm.programme.formed_edition import FormedEdition
from utm.programme.measures import GroupingMeasures
from utm.report.display_text import NameBook
from utm.report.wording import worth

__all__ = ["Comparison", "Yardstick", "compare_groupings"]

_MAIN_PARTS = ("learning", "shared_challenge")


@frozen(kw_only=True)
class Yardstick:
    """One measure of every grouping.

    Parameters
    ----------
    label
        What is measured.
    values
        The values, in the order of the groupings.
    """

    label: str
    values: tuple[str, ...]


@frozen(kw_only=True)
class Comparison:
    """All groupings by all measures.

    Parameters
    ----------
    groupings
        Names of the groupings.
    yardsticks
        The measures.
    violations
        For each grouping that breaks hard rules: its name and which.
    verdict
        What the comparison comes to, as a sentence; empty without a second grouping.
    """

    groupings: tuple[str, ...]
    yardsticks: tuple[Yardstick, ...]
    violations: tuple[tuple[str, tuple[str, ...]], ...]
    verdict: str


def compare_groupings(edition: FormedEdition, names: NameBook) -> Comparison:
    """Set the groupings of an edition beside each other.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.
    """
    measures = edition.measures
    readings: tuple[tuple[str, Callable[[GroupingMeasures], str]], ...] = (
        ("Groups", lambda one: str(len(one.groups))),
        ("Participants in a group", lambda one: str(one.placed)),
        ("Worth, in fully met needs", lambda one: worth(one.score)),
        ("of which help from each other", lambda one: worth(_part(one, "learning"))),
        ("of which shared challenge", lambda one: worth(_part(one, "shared_challenge"))),
        ("of which likeness of context", lambda one: worth(one.context_score)),
        ("Office hours in common, mean of groups", _mean_hours),
        ("Groups that share less than one office hour", _groups_without_hour),
        ("Groups with a language that all list", _groups_with_language),
        ("Countries in a group, mean", lambda one: f"{one.mean_countries:.2f}"),
        ("Hard rules broken", lambda one: str(len(one.violations)) if one.violations else "none"),
    )
    return Comparison(
        groupings=tuple(names.sentence(one.name).capitalize() for one in measures),
        yardsticks=tuple(
            Yardstick(label=label, values=tuple(read(one) for one in measures))
            for label, read in readings
        ),
        violations=tuple(
            (
                names.sentence(one.name).capitalize(),
                tuple(names.sentence(violation) for violation in one.violations),
            )
            for one in measures
            if one.violations
        ),
        verdict=_verdict(measures),
    )


def _part(measures: GroupingMeasures, name: str) -> int:
    return sum(score for part, score in measures.parts if part == name)


def _mean_hours(measures: GroupingMeasures) -> str:
    hours = measures.mean_common_office_hours
    return "not known" if hours is None else f"{hours:.2f} h"


def _groups_without_hour(measures: GroupingMeasures) -> str:
    return _of_known(measures, measures.groups_without_common_hour)


def _of_known(measures: GroupingMeasures, number: int) -> str:
    unknown = sum(1 for group in measures.groups if group.common_office_minutes is None)
    return f"{number} ({unknown} not known)" if unknown else str(number)


def _groups_with_language(measures: GroupingMeasures) -> str:
    return str(measures.groups_with_common_language)


def _verdict(measures: tuple[GroupingMeasures, ...]) -> str:
    if len(measures) < 2:  # noqa: PLR2004 - a comparison needs two
        return ""
    formed, other = measures[0], measures[1]
    if other.score <= 0 or formed.score == other.score:
        relation = "worth as much as" if formed.score == other.score else "worth more than"
        return f"Under this policy the formed grouping is {relation} the {other.name} one."
    share = formed.score / other.score - 1
    more = "more" if share > 0 else "less"
    return (
        f"Under this policy the formed grouping is worth {abs(share):.1%} {more} than the "
        f"{other.name} one. The policy is this library's; what the {other.name} grouping was "
        "made for is not public."
    ).replace("%", " %")
