"""The words for numbers and outcomes that the report and the terminal share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pendulum import Date

from utm.domain import CountryCode
from utm.domain.wording import join_words
from utm.pairing import UNIT, Result, Status
from utm.rules import Verdict

__all__ = [
    "CHECK_IN_WORDS",
    "MEANING_OF_WORTH",
    "PART_IN_WORDS",
    "VERDICT_IN_WORDS",
    "count_in_words",
    "country_name",
    "day_in_words",
    "hours_in_words",
    "number_in_words",
    "percent_at_most",
    "proof_sentences",
    "span_in_words",
    "status_in_words",
    "worst_day_in_words",
    "worth",
]

_MINUTES_AN_HOUR = 60
_SMALL_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_STATUS_IN_WORDS = {
    Status.OPTIMAL: "Proven best",
    Status.WITHIN_GAP: "Proven close to the best",
    Status.STOPPED: "Stopped at a limit",
    Status.INFEASIBLE: "Nothing satisfies the hard rules",
}
VERDICT_IN_WORDS = {
    Verdict.MET: "met",
    Verdict.UNMET: "not met",
    Verdict.UNKNOWN: "not known",
}
"""The answer to a criterion, as a clause."""

MEANING_OF_WORTH = (
    "A fully met need is the unit: a city counts 1 when somebody in its group can surely help it "
    "with everything that it seeks. Facing the same challenge together, and a like context, count "
    "for a part of it."
)
"""What scores are counted in, as sentences."""

PART_IN_WORDS = {
    "learning": "Help from each other",
    "shared_challenge": "Shared challenge",
    "climate": "Climate alike",
    "population": "Size alike",
    "coast": "Distance to the sea alike",
    "mountain": "Altitude alike",
    "river": "Life on a river alike",
    "income": "Income level alike",
    "language": "Language in common",
    "office_hours": "Office hours in common",
    "hours_apart": "Hours apart",
    "repeat": "Met before",
}
"""Parts of the score, as labels."""

CHECK_IN_WORDS = {
    "participants": "everybody is placed at most once, and nobody is forgotten",
    "rules": "every rule is kept",
    "scores": "every score is right",
    "claims": "score, bound and prices agree with each other",
    "prices": "no admissible group is worth more than the prices of its members together",
}
"""What an independent check looks at, as clauses; a check without an entry keeps its name."""


def number_in_words(number: int) -> str:
    """Write small numbers as words, others as digits: ``four``, ``51``, ``1,206``."""
    return _SMALL_NUMBERS[number] if 0 <= number < len(_SMALL_NUMBERS) else f"{number:,}"


def count_in_words(number: int, singular: str, plural: str | None = None) -> str:
    """Count things in words: ``one city``, ``19 groups``."""
    noun = singular if number == 1 else (plural or f"{singular}s")
    return f"{number_in_words(number)} {noun}"


def day_in_words(day: Date) -> str:
    """Write a day without any doubt about the order of its parts: ``8 January 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def worst_day_in_words(days: Sequence[Date]) -> str:
    """Say for which days a least value holds: ``in the worse of January and July``.

    Parameters
    ----------
    days
        The days over which the least was taken, at least one.
    """
    months = tuple(dict.fromkeys(_MONTHS[day.month - 1] for day in sorted(days)))
    if len(months) == 1:
        return f"in {months[0]}"
    worst = "worse" if len(months) == 2 else "worst"  # noqa: PLR2004 - of two, or of more
    return f"in the {worst} of {join_words(months)}"


def span_in_words(numbers: Sequence[int]) -> str:
    """Say which numbers occur: ``two or three``, ``two to four``, ``two, three or five``."""
    found = sorted(set(numbers))
    words = [number_in_words(number) for number in found]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:  # noqa: PLR2004 - a row
        return f"{words[0]} to {words[-1]}"
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def hours_in_words(minutes: int) -> str:
    """Write a length of time: ``45 min``, ``8 h``, ``1 h 30 min``."""
    hours, rest = divmod(minutes, _MINUTES_AN_HOUR)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(part for part in parts if part) or "0 min"


def worth(score: int) -> str:
    """Write a score in fully met needs, to a thousandth: ``17.676``."""
    return f"{score / UNIT:.3f}"


def percent_at_most(share: float) -> str:
    """Write a share as a percentage that is never below it: 0.00123 is ``0.13 %``."""
    return f"{math.ceil(round(share * 10_000, 6)) / 100:g} %"


def country_name(code: str) -> str:
    """Give the everyday English name of a country."""
    return CountryCode(code).country.name


def status_in_words(result: Result) -> str:
    """Say how a search ended, as a heading."""
    if result.status is Status.OPTIMAL and not result.groups:
        return "No group is worth forming"
    return _STATUS_IN_WORDS[result.status]


def proof_sentences(result: Result) -> tuple[str, ...]:
    """Say how good a grouping is proven to be.

    Parameters
    ----------
    result
        What the engine found.

    Returns
    -------
    tuple of str
        Sentences; where nothing satisfies the hard rules, what contradicts what.
    """
    if result.status is Status.INFEASIBLE:
        return ("No grouping satisfies the hard rules.", *result.infeasible_because)
    if result.status is Status.UNDECIDED:
        return ("The search was stopped before any grouping that keeps the hard rules was found.",)
    stopped = "The search was stopped at a limit before it had ended by itself."
    bound = f"{worth(result.bound)} fully met needs"
    most = f"No grouping under these rules can be worth more than {bound}"
    if not result.groups:
        if result.status is Status.STOPPED:
            return (stopped, "It had found no grouping by then.", f"{most}.")
        return ("No group that keeps every rule is worth anything, and that is proven.",)
    ending = (
        "this is proven to be the best"
        if result.gap == 0
        else f"this is proven to be within {percent_at_most(result.gap)} of the best"
    )
    sentence = f"{most}; this one is worth {worth(result.score)}: {ending}."
    return (stopped, sentence) if result.status is Status.STOPPED else (sentence,)
