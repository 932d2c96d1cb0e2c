"""What an application says in short, so that many are judged without reading each again."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen
from pendulum import Date

from utm.domain.city import City, MembershipStatus, NetworkMembership
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
        where a gist says too little: such a gist holds on no day.
    inhabitants
        The one figure; -1 where there is none.
    words
        All else, interned: equal texts are one object while one of them is in use.
    """

    since: int
    until: int
    inhabitants: int
    words: str


_TOO_LITTLE = Gist(since=_AFTER_ALL_DAYS, until=_FIRST_DAY, inhabitants=-1, words="")


def gist_of(application: Application) -> Gist:
    """Say in short what an application says; it holds on no day if that takes more than words.

    Several figures of inhabitants or a doubt about one, a consortium, an identity in doubt:
    whoever reads such evidence must weigh it. The time is linear in the number of facts.
    """
    city = application.applicant
    if type(city) is not City or _must_be_weighed(city):
        return _TOO_LITTLE
    starts: list[Date | None] = []
    ends: list[Date | None] = []
    words = [f"{one.basis.value} of {_value(city.government)}" for one in city.populations]
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
    return Gist(
        since=max([day.toordinal() for day in starts if day], default=_FIRST_DAY),
        until=min([day.toordinal() for day in ends if day], default=_AFTER_ALL_DAYS),
        inhabitants=city.populations[0].inhabitants if city.populations else -1,
        words=sys.intern("; ".join(words)),
    )


def _must_be_weighed(city: City) -> bool:
    return (
        city.identity is not None
        or len(city.populations) > 1
        or any(figure.doubt for figure in city.populations)
    )


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
