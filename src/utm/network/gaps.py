"""Gaps: research needs that no practice answers and no city offers to help with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum

from attrs import frozen

from utm.domain.application import Application
from utm.domain.identifiers import CityId, ConsortiumId, TopicId
from utm.domain.practice import Practice, PracticeId
from utm.network.clusters import NeedCluster

__all__ = ["Answer", "AnswerState", "find_answers"]


class AnswerState(Enum):
    """Whether something answers a cluster of needs."""

    GAP = "gap"
    PARTLY = "partly answered"
    ANSWERED = "answered"
    UNTOLD = "no topic to look for"


@frozen(kw_only=True)
class Answer:
    """What is there for a cluster of needs.

    Parameters
    ----------
    cluster
        The cluster.
    state
        Whether all, some or none of its topics are answered; untold without a topic.
    practices
        Practices about one of its topics, by key.
    offers
        Who offers help with one of its topics, by key.
    open_topics
        Topics with neither, by key.
    """

    cluster: NeedCluster
    state: AnswerState
    practices: tuple[PracticeId, ...]
    offers: tuple[CityId | ConsortiumId, ...]
    open_topics: tuple[TopicId, ...]


def find_answers(
    clusters: Iterable[NeedCluster],
    *,
    practices: Iterable[Practice],
    applications: Iterable[Application],
) -> tuple[Answer, ...]:
    """Tell for each cluster what answers it; gaps are those with the state `AnswerState.GAP`.

    An offer of a city that put a need of the cluster forward itself is no answer to it, nor is
    one of a consortium to a need of its own town, or of a town to a need of its own consortium.
    Give published practices only. O(clusters + practices + offers + towns).
    """
    told: dict[TopicId, list[PracticeId]] = {}
    for practice in practices:
        for topic in practice.topics:
            told.setdefault(topic, []).append(practice.id)
    offered: dict[TopicId, list[CityId | ConsortiumId]] = {}
    kin: dict[str, set[str]] = {}
    for application in applications:
        for town in application.cities:
            kin.setdefault(town.id.value, set()).add(application.key.value)
            kin.setdefault(application.key.value, set()).add(town.id.value)
        for offer in application.offers:
            offered.setdefault(offer.topic, []).append(application.key)
    return tuple(_answer(cluster, told, offered, kin) for cluster in clusters)


def _answer(
    cluster: NeedCluster,
    told: dict[TopicId, list[PracticeId]],
    offered: dict[TopicId, list[CityId | ConsortiumId]],
    kin: Mapping[str, AbstractSet[str]],
) -> Answer:
    """What answers a cluster; kin are a consortium and its towns, by their keys."""
    asking = {city.value for city in cluster.cities}
    own = asking.union(*(kin.get(key, ()) for key in asking))
    helpers = {
        topic: [key for key in offered.get(topic, ()) if key.value not in own]
        for topic in cluster.topics
    }
    still = tuple(topic for topic in cluster.topics if not told.get(topic) and not helpers[topic])
    if not cluster.topics:
        state = AnswerState.UNTOLD
    elif not still:
        state = AnswerState.ANSWERED
    else:
        state = AnswerState.GAP if len(still) == len(cluster.topics) else AnswerState.PARTLY
    return Answer(
        cluster=cluster,
        state=state,
        practices=tuple(sorted({key for t in cluster.topics for key in told.get(t, ())})),
        offers=tuple(
            sorted({key for keys in helpers.values() for key in keys}, key=lambda key: key.value)
        ),
        open_topics=still,
    )
