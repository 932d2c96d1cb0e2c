"""Needs that came out of groups, handed on: to research, and to those who plan trainings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from utm.domain import (
    CityId,
    ConsortiumId,
    EditionId,
    PairingId,
    ResearchNeed,
    ResearchNeedId,
    Source,
    TopicId,
)
from utm.errors import InvalidValueError
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.outcome_events import NeedKind, NeedRaised
from utm.programme.exchange.state import EditionState

__all__ = ["TrainingDemand", "research_needs_of", "training_demand"]


@frozen(kw_only=True)
class TrainingDemand:
    """What groups want to be trained in, on one topic, with everybody who wants it.

    Parameters
    ----------
    topic
        The topic.
    raised_by
        Participants, by key.
    groups
        The groups that the needs came out of, with their editions, in order.
    statements
        The needs in their own words, each once, in order.
    """

    topic: TopicId
    raised_by: tuple[ParticipantId, ...]
    groups: tuple[tuple[EditionId, PairingId], ...]
    statements: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The demand in one sentence."""
        told = "; ".join(self.statements)
        return f"{self.topic}: {len(self.raised_by)} want training, for {told}."


def research_needs_of(
    state: EditionState, *, towns: Mapping[ConsortiumId, tuple[CityId, ...]] | None = None
) -> tuple[ResearchNeed, ...]:
    """The needs for research that came out of an edition, with their groups as source.

    Parameters
    ----------
    state
        The edition.
    towns
        The towns of each consortium that raised a need: each of them puts it forward.

    Returns
    -------
    tuple of ResearchNeed
        One for each need and city, in order; ready for
        [cluster_by_topic][utm.network.cluster_by_topic] and for demand.

    Raises
    ------
    InvalidValueError
        The towns of a consortium that raised a need are not given.
    """
    known: Mapping[ConsortiumId, tuple[CityId, ...]] = {} if towns is None else towns
    found: list[ResearchNeed] = []
    for number, (on, need) in enumerate(state.needs, start=1):
        if need.kind is not NeedKind.RESEARCH:
            continue
        source = Source(title=f"Group {need.group} of edition {state.id}", published_on=on)
        found += [
            ResearchNeed(
                id=ResearchNeedId(f"{state.id}-need-{number:03}-{city}"),
                city=city,
                stated_on=on,
                text=need.statement,
                source=source,
                topics=(need.topic,),
            )
            for city in _cities(need, known)
        ]
    return tuple(found)


def _cities(
    need: NeedRaised, towns: Mapping[ConsortiumId, tuple[CityId, ...]]
) -> tuple[CityId, ...]:
    found: list[CityId] = []
    for member in need.raised_by:
        if isinstance(member, CityId):
            found.append(member)
        elif member in towns:
            found += towns[member]
        else:
            raise InvalidValueError(
                kind="consortium", value=member.value, reason="has towns that are not given"
            )
    return tuple(dict.fromkeys(found))


def training_demand(editions: Iterable[EditionState]) -> tuple[TrainingDemand, ...]:
    """What groups of some editions want to be trained in, the most wanted topic first."""
    by_topic: dict[TopicId, list[tuple[EditionId, NeedRaised]]] = {}
    for state in sorted(editions, key=lambda one: one.id):
        for _, need in state.needs:
            if need.kind is NeedKind.TRAINING:
                by_topic.setdefault(need.topic, []).append((state.id, need))
    demands = [_demand(topic, needs) for topic, needs in by_topic.items()]
    return tuple(sorted(demands, key=lambda one: (-len(one.raised_by), one.topic)))


def _demand(topic: TopicId, needs: list[tuple[EditionId, NeedRaised]]) -> TrainingDemand:
    raised_by = {member for _, need in needs for member in need.raised_by}
    return TrainingDemand(
        topic=topic,
        raised_by=tuple(sorted(raised_by, key=lambda one: one.value)),
        groups=tuple(dict.fromkeys((edition, need.group) for edition, need in needs)),
        statements=tuple(dict.fromkeys(need.statement for _, need in needs)),
    )
