"""What an application says in short, so that many are judged without reading each again."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen
from pendulum import Date

from utm.domain.city import City, MembershipStatus, NetworkMembership, PopulationFigure
from utm.domain.evidence import Observation, Unknown

if TYPE_CHECKING:
    from utm.domain.application import Application

__all__ = ["Gist", "gist_of"]

_FIRST_DAY, _AFTER_ALL_DAYS = 1, 3_652_060  # ordinals of the calendar: years 1 to 9999


@frozen(kw_only=True)
class Gist:
    """The evidence of one city's application as a number, a text and the days for which they hold.

    Two applications with the same words are told apart by nothing but their inhabitants, on
    any day that both hold for, by a rule that reads inhabitants, standing in networks, plans,
    commitments and degree of urbanisation of a city and asks of the inhabitants only whether
    they reach a floor. With a rule whose numbers vary, country and day of submission tell them
    apart too.

    Parameters
    ----------
    since
        Ordinal of the first day on which all of the evidence holds.
    until
        Ordinal of the first day on which some of it no longer does. It is not after ``since``
        where a gist says too little, which is so of consortia: such a gist holds on no day.
    inhabitants
        The one figure; -1 where there is none, and where several or a doubtful one must be
        weighed: then the words tell each.
    words
        All else, interned: equal texts are one object while one of them is in use.
    """

    since: int
    until: int
    inhabitants: int
    words: str


_OF_NOBODY = Gist(since=_AFTER_ALL_DAYS, until=_FIRST_DAY, inhabitants=-1, words="")


def gist_of(application: Application) -> Gist:
    """Say in short what the application of a city says; that of a consortium holds on no day.

    The time is linear in the number of facts.
    """
    city = application.applicant
    if type(city) is not City:
        return _OF_NOBODY
    figures = city.populations
    is_plain = len(figures) <= 1 and not any(figure.doubt for figure in figures)
    starts: list[Date | None] = []
    ends: list[Date | None] = []
    words = [_words_of_figure(figure, city, is_plain=is_plain) for figure in figures]
    for membership in city.memberships:
        words.append(_words_of_standing(membership, application))
        if membership.period is not None and membership.listed_on is None:
            starts.append(membership.period.start)
            ends.append(membership.period.end)
    for plan in application.plans:
        if city.id in plan.covers:
            words.append(f"{plan.kind.value}/{_value(plan.coverage)}")
            starts.append(plan.adopted_on)
            ends.append(plan.expires_on)
    for statement in application.commitments:
        words.append(f"{statement.commitment.value}={statement.given}")
        starts.append(statement.stated_on)
    if isinstance(city.urbanisation, Observation):
        words.append(f"degree {city.urbanisation.value.value}")
        ends.append(city.urbanisation.valid_until)
    if city.identity is not None:
        words.append("in doubt")
    return Gist(
        since=max([day.toordinal() for day in starts if day], default=_FIRST_DAY),
        until=min([day.toordinal() for day in ends if day], default=_AFTER_ALL_DAYS),
        inhabitants=figures[0].inhabitants if figures and is_plain else -1,
        words=sys.intern("; ".join(words)),
    )


def _words_of_figure(figure: PopulationFigure, city: City, *, is_plain: bool) -> str:
    words = f"{figure.basis.value} of {_value(city.government)}"
    if is_plain:
        return words
    doubt = " in doubt" if figure.doubt else ""
    return f"{words}: {figure.inhabitants} in {figure.year} by {figure.source.issuer!r}{doubt}"


def _words_of_standing(membership: NetworkMembership, application: Application) -> str:
    words = f"{membership.network.value}:{membership.status.value}"
    if membership.listed_on is not None:  # what a list shows of a day depends on both
        words += f", {membership.period or 'undated'}, in a list of {membership.listed_on}"
    elif membership.period is None:
        words += ", undated"
    if membership.status is MembershipStatus.COMMITTED:  # a time of grace runs from such a day
        days = (membership.promised_by, application.engaged_on, application.submitted_on)
        words += f", {', '.join(map(str, days))}"
    return words


def _value(one: Enum | Unknown) -> str:
    return "?" if isinstance(one, Unknown) else str(one.value)
