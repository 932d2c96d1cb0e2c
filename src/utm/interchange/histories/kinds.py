"""Which lives a history document can tell, how each begins, and what may be asked in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import frozen

from utm.domain import CallId, City, CityId, CountryCode, EditionId
from utm.interchange.histories.rulings import CallAction, in_call, of_call
from utm.programme.alliance import Alliance, AllianceEvent, begin_alliance
from utm.programme.calls import CallState, begin_call
from utm.programme.campaigns import CampaignEvent, Campaigns, begin_campaigns
from utm.programme.cohort import CohortEvent, CohortState, begin_cohort
from utm.programme.exchange import (
    EditionEvent,
    EditionState,
    EditionTerms,
    ParticipantId,
    begin_edition,
)
from utm.programme.gatherings import GatheringEvent, Gatherings, begin_gatherings
from utm.programme.history import EntriesVoided, History
from utm.programme.journey import Engagement, EngagementEvent, begin_engagement
from utm.programme.learning import Community, CommunityTerms, LearningEvent, begin_community
from utm.programme.networks import NetworkEvent, NetworkRegistry, begin_networks
from utm.programme.pathways import PlanEvent, PlanState, begin_plan
from utm.rules import Rulebook

__all__ = ["KINDS", "AnyHistory", "HistoryKind", "kind_of"]

# States, actions and beginnings differ from kind to kind: hence Any in this file.

AnyHistory: TypeAlias = History[Any, Any, Any]
"""A history of any life."""


@frozen(kw_only=True)
class NameBeginning:
    """A life that begins with nothing but a name."""

    name: str


@frozen(kw_only=True)
class RegisterBeginning:
    """A life that begins with a name and the cities that it may tell of."""

    name: str
    cities: tuple[CityId, ...] = ()


@frozen(kw_only=True)
class AllianceBeginning:
    """An alliance, who leads it together, and the cities that it may tell of.

    Without co-leads it is left open who leads.
    """

    name: str
    co_leads: tuple[str, ...] = ()
    cities: tuple[CityId, ...] = ()


@frozen(kw_only=True)
class CallBeginning:
    """A call with the rulebook that judges its applications."""

    call: CallId
    rulebook: Rulebook


@frozen(kw_only=True)
class CohortBeginning:
    """A cohort with the cities that the register knows from the beginning."""

    title: str
    register: tuple[City, ...]


@frozen(kw_only=True)
class Entrant:
    """Somebody that may take part in an edition, with the country."""

    participant: ParticipantId
    country: CountryCode


@frozen(kw_only=True)
class EditionBeginning:
    """An edition, what it asks of its groups, and who may take part."""

    edition: EditionId
    terms: EditionTerms
    participants: tuple[Entrant, ...]


@frozen(kw_only=True)
class CityBeginning:
    """The life of something that belongs to one city."""

    city: CityId


@frozen(kw_only=True)
class CommunityBeginning:
    """A learning community, how often it may ask a city, and those that it may tell of."""

    name: str
    terms: CommunityTerms
    cities: tuple[CityId, ...] = ()


def _same(_: AnyHistory, action: Any) -> Any:  # noqa: ANN401
    return action


@frozen(kw_only=True)
class HistoryKind:
    """One kind of life.

    Parameters
    ----------
    name
        Its name in documents.
    state
        The class of its states.
    beginning
        The class of what it begins with.
    actions
        The union of all that may be asked for.
    begin
        Make the empty history of a beginning.
    beginning_of
        The beginning of a history.
    in_document, in_history
        An action as a document writes it, and as the history knows it. They differ only
        where a fact of the history can be judged anew from less.
    """

    name: str
    state: type[object]
    beginning: type[object]
    actions: Any
    begin: Callable[[Any], AnyHistory]
    beginning_of: Callable[[AnyHistory], Any]
    in_document: Callable[[AnyHistory, Any], Any] = _same
    in_history: Callable[[AnyHistory, Any], Any] = _same

    @property
    def recorded(self) -> Any:  # noqa: ANN401
        """The union of all that an entry may hold: entries are voided in every kind of life."""
        return self.actions | EntriesVoided


def _named(
    name: str,
    state: type[object],
    actions: Any,  # noqa: ANN401
    begin: Callable[[str], AnyHistory],
) -> HistoryKind:
    return HistoryKind(
        name=name,
        state=state,
        beginning=NameBeginning,
        actions=actions,
        begin=lambda beginning: begin(beginning.name),
        beginning_of=lambda history: NameBeginning(name=history.lifecycle.name),
    )


def _with_register(
    name: str,
    state: type[object],
    actions: Any,  # noqa: ANN401
    begin: Callable[..., AnyHistory],
) -> HistoryKind:
    return HistoryKind(
        name=name,
        state=state,
        beginning=RegisterBeginning,
        actions=actions,
        begin=lambda beginning: begin(beginning.name, cities=beginning.cities),
        beginning_of=lambda history: RegisterBeginning(
            name=history.lifecycle.name, cities=history.lifecycle.start.register.cities
        ),
    )


def _edition_beginning(history: AnyHistory) -> EditionBeginning:
    start: EditionState = history.lifecycle.start
    return EditionBeginning(
        edition=start.id,
        terms=start.terms,
        participants=tuple(
            Entrant(participant=key, country=country) for key, country in start.participants
        ),
    )


KINDS = {
    kind.name: kind
    for kind in (
        HistoryKind(
            name="call",
            state=CallState,
            beginning=CallBeginning,
            actions=CallAction,
            begin=lambda given: begin_call(given.call, given.rulebook),
            beginning_of=lambda history: CallBeginning(
                call=history.lifecycle.start.call, rulebook=history.lifecycle.start.rulebook
            ),
            in_document=lambda _, action: of_call(action),
            in_history=lambda history, action: in_call(history.lifecycle.start.rulebook, action),
        ),
        HistoryKind(
            name="cohort",
            state=CohortState,
            beginning=CohortBeginning,
            actions=CohortEvent,
            begin=lambda given: begin_cohort(given.title, given.register),
            beginning_of=lambda history: CohortBeginning(
                title=history.lifecycle.start.title, register=history.lifecycle.start.cities
            ),
        ),
        HistoryKind(
            name="edition",
            state=EditionState,
            beginning=EditionBeginning,
            actions=EditionEvent,
            begin=lambda given: begin_edition(
                given.edition,
                [(one.participant, one.country) for one in given.participants],
                terms=given.terms,
            ),
            beginning_of=_edition_beginning,
        ),
        HistoryKind(
            name="engagement",
            state=Engagement,
            beginning=CityBeginning,
            actions=EngagementEvent,
            begin=lambda given: begin_engagement(given.city),
            beginning_of=lambda history: CityBeginning(city=history.lifecycle.start.city),
        ),
        HistoryKind(
            name="plan",
            state=PlanState,
            beginning=CityBeginning,
            actions=PlanEvent,
            begin=lambda given: begin_plan(given.city),
            beginning_of=lambda history: CityBeginning(city=history.lifecycle.start.city),
        ),
        HistoryKind(
            name="learning",
            state=Community,
            beginning=CommunityBeginning,
            actions=LearningEvent,
            begin=lambda given: begin_community(given.name, terms=given.terms, cities=given.cities),
            beginning_of=lambda history: CommunityBeginning(
                name=history.lifecycle.name,
                terms=history.lifecycle.start.terms,
                cities=history.lifecycle.start.register.cities,
            ),
        ),
        _with_register("gatherings", Gatherings, GatheringEvent, begin_gatherings),
        HistoryKind(
            name="alliance",
            state=Alliance,
            beginning=AllianceBeginning,
            actions=AllianceEvent,
            begin=lambda given: begin_alliance(
                given.name, co_leads=given.co_leads, cities=given.cities
            ),
            beginning_of=lambda history: AllianceBeginning(
                name=history.lifecycle.name,
                co_leads=history.lifecycle.start.co_leads,
                cities=history.lifecycle.start.register.cities,
            ),
        ),
        _named("networks", NetworkRegistry, NetworkEvent, begin_networks),
        _with_register("campaigns", Campaigns, CampaignEvent, begin_campaigns),
    )
}
"""Every kind of life that a document can tell, by name."""


def kind_of(history: AnyHistory) -> HistoryKind | None:
    """The kind of a history; ``None`` for a lifecycle that is not of the library."""
    start = history.lifecycle.start
    return next((kind for kind in KINDS.values() if kind.state is type(start)), None)
