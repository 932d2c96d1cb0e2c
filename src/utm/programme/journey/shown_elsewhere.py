"""What a city has undertaken and done, as the other histories of the mission show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pendulum import Date

from utm.domain import CityId, CountryCode, Source
from utm.programme.alliance import Alliance
from utm.programme.exchange.outcome_events import NeedKind
from utm.programme.exchange.state import EditionState
from utm.programme.gatherings import Gatherings
from utm.programme.journey.commitments import EngagementKind, UndertakingStanding
from utm.programme.journey.engagement import Completion, Engagement

__all__ = ["completions_shown"]

Evidence: TypeAlias = tuple[Date, EngagementKind, str]
_WAITING = {UndertakingStanding.OPEN, UndertakingStanding.OVERDUE}


def completions_shown(
    engagement: Engagement,
    *,
    on: Date,
    country: CountryCode | None = None,
    gatherings: Gatherings | None = None,
    alliance: Alliance | None = None,
    editions: Iterable[EditionState] = (),
) -> tuple[Completion, ...]:
    """What a city need not report, since the mission has recorded it: ready to be asked for.

    A summit and dialogues count for the year in which they were, and so do trainings attended
    and practices taken over (knowledge transfer), practices that others took from the city
    (sharing solutions), and research needs that it raised in a group (innovation hub).

    Parameters
    ----------
    engagement
        What the city has undertaken.
    on
        The day; nothing later is looked at.
    country
        That of the city. Without it nothing counts as dialogue with its national government.
    gatherings, alliance, editions
        Where to look. What is not given shows nothing.

    Returns
    -------
    tuple of Completion
        One for each open undertaking that is shown, with the earliest evidence; by year and
        kind.
    """
    found: dict[tuple[int, EngagementKind], tuple[Date, str]] = {}
    for day, kind, title in _shown(engagement.city, country, gatherings, alliance, tuple(editions)):
        key = (day.year, kind)
        if day <= on and (key not in found or (day, title) < found[key]):
            found[key] = (day, title)
    waiting = [one for one, standing in engagement.standing(on) if standing in _WAITING]
    return tuple(
        Completion(
            city=engagement.city,
            kind=one.kind,
            year=one.year,
            evidence=Source(
                title=found[one.year, one.kind][1], published_on=found[one.year, one.kind][0]
            ),
        )
        for one in sorted(waiting, key=lambda each: (each.year, each.kind.value))
        if (one.year, one.kind) in found
    )


def _shown(
    city: CityId,
    country: CountryCode | None,
    gatherings: Gatherings | None,
    alliance: Alliance | None,
    editions: tuple[EditionState, ...],
) -> Iterator[Evidence]:
    if gatherings is not None:
        yield from _by_gatherings(city, gatherings)
    if alliance is not None:
        yield from _by_dialogues(city, country, alliance)
    for state in editions:
        yield from _by_edition(city, state)


def _by_gatherings(city: CityId, gatherings: Gatherings) -> Iterator[Evidence]:
    for day, summit in gatherings.summits:
        if city in summit.attendees:
            yield day, EngagementKind.SUMMIT, f"{summit.title}, attended on {day}"
    for series in gatherings.series:
        for day, session in series.held:
            if city in session.attendees:
                title = f"{series.terms.title}: {session.title}, attended on {day}"
                yield day, EngagementKind.KNOWLEDGE_TRANSFER, title


def _by_dialogues(
    city: CityId, country: CountryCode | None, alliance: Alliance
) -> Iterator[Evidence]:
    for day, dialogue in alliance.dialogues_of(city):
        title = f"dialogue on {dialogue.topic.value} of {day}"
        if country in dialogue.governments:
            yield day, EngagementKind.NATIONAL_DIALOGUE, title
        if dialogue.members:
            yield day, EngagementKind.ALLIANCE_DIALOGUE, title


def _by_edition(city: CityId, state: EditionState) -> Iterator[Evidence]:
    for day, transfer in state.transfers:
        title = f"{transfer.practice} in edition {state.id}, {day}"
        if city == transfer.origin:
            yield day, EngagementKind.SOLUTION_PROVIDER, title
        if city == transfer.adopter:
            yield day, EngagementKind.KNOWLEDGE_TRANSFER, title
    for day, need in state.needs:
        if need.kind is NeedKind.RESEARCH and city in need.raised_by:
            yield day, EngagementKind.INNOVATION_HUB, f"{need.statement} ({need.group}, {day})"
