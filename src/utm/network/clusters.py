"""Clusters of research needs: by topic, by likeness of their texts, or by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from attrs import frozen

from utm.domain.identifiers import CityId, TopicId
from utm.domain.names import fold_name
from utm.domain.prose import require_distinct
from utm.domain.research_need import ResearchNeed, ResearchNeedId
from utm.errors import InvalidValueError
from utm.network.alike_texts import FULL_LIKENESS, AlikePair, alike_pairs

__all__ = [
    "ClusterBasis",
    "Clustering",
    "NeedCluster",
    "cluster_by_hand",
    "cluster_by_likeness",
    "cluster_by_topic",
]

_ALIKE = 500


class ClusterBasis(Enum):
    """Why needs stand together."""

    TOPIC = "topic"
    LIKENESS = "likeness"
    HAND = "hand"


@frozen(kw_only=True)
class NeedCluster:
    """Research needs that ask for the same thing.

    Parameters
    ----------
    key
        The topic, the key of its first need, or the name given by hand.
    label
        What it is about, in words.
    basis
        Why its needs stand together.
    needs
        The needs, at least one, by key.
    links
        For likeness: pairs of needs that are alike, with how much, in thousandths. Of needs
        with one text each is paired with the first, and the first alone with those of others.
    """

    key: str
    label: str
    basis: ClusterBasis
    needs: tuple[ResearchNeed, ...]
    links: tuple[tuple[ResearchNeedId, ResearchNeedId, int], ...] = ()

    @property
    def cities(self) -> tuple[CityId, ...]:
        """Cities that put its needs forward, by key."""
        return tuple(sorted({need.city for need in self.needs}))

    @property
    def topics(self) -> tuple[TopicId, ...]:
        """Topics of its needs, by key; for a cluster by topic that topic alone."""
        if self.basis is ClusterBasis.TOPIC:
            return (TopicId(self.key),)
        return tuple(sorted({topic for need in self.needs for topic in need.topics}))


@frozen(kw_only=True)
class Clustering:
    """All clusters of some needs, and what belongs to none.

    Parameters
    ----------
    clusters
        The clusters, the largest first, then by key.
    left
        Needs that belong to none, by key.
    """

    clusters: tuple[NeedCluster, ...]
    left: tuple[ResearchNeed, ...]

    @classmethod
    def of(cls, clusters: Iterable[NeedCluster], needs: Iterable[ResearchNeed]) -> Clustering:
        """Put clusters in order, and find what is left of all needs."""
        ordered = tuple(sorted(clusters, key=lambda each: (-len(each.needs), each.key)))
        placed = {need.id for cluster in ordered for need in cluster.needs}
        return cls(clusters=ordered, left=tuple(n for n in needs if n.id not in placed))


def cluster_by_topic(needs: Iterable[ResearchNeed]) -> Clustering:
    """Cluster needs by the topics that somebody gave them.

    A need of several topics stands in several clusters, so that their sizes do not add up;
    one without a topic is left. O(n) but for sorting.

    Raises
    ------
    InvalidValueError
        A need stands twice.
    """
    ordered = _ordered(needs)
    by_topic: dict[TopicId, list[ResearchNeed]] = {}
    for need in ordered:
        for topic in need.topics:
            by_topic.setdefault(topic, []).append(need)
    clusters = [
        NeedCluster(
            key=topic.value, label=topic.value, basis=ClusterBasis.TOPIC, needs=tuple(members)
        )
        for topic, members in by_topic.items()
    ]
    return Clustering.of(clusters, ordered)


def cluster_by_likeness(needs: Iterable[ResearchNeed], *, least: int = _ALIKE) -> Clustering:
    """Cluster needs whose texts are alike, in chains: a need joins if it is like any member.

    Likeness is `text_likeness`; the clusters are the connected parts of the graph of pairs
    that are at least so alike (single linkage). A chain may thus join two ends that are not
    alike: `NeedCluster.links` shows each step. A cluster is called by the text that is most
    like all others of it; a need that is like no other is a cluster by itself. Needs with one
    text, but for case, accents and punctuation, are joined before any are compared.

    Parameters
    ----------
    needs
        The needs.
    least
        Least likeness in thousandths, 1 to 1000.

    Raises
    ------
    InvalidValueError
        A need stands twice, or the least likeness is out of range.
    """
    ordered = _ordered(needs)
    equal: dict[str, list[int]] = {}
    for at, need in enumerate(ordered):
        # A text without a letter is like nothing, not even itself.
        equal.setdefault(fold_name(need.text) or need.id.value, []).append(at)
    alike = list(equal.values())
    pairs = alike_pairs([ordered[places[0]].text for places in alike], least=least)
    groups: dict[int, list[int]] = {}
    for at, root in enumerate(_joined(len(alike), pairs)):
        groups.setdefault(root, []).append(at)
    links: dict[int, list[AlikePair]] = {}
    for pair in pairs:
        links.setdefault(pair.first, []).append(pair)
    clusters = [
        _alike_cluster(
            ordered,
            {at: alike[at] for at in members},
            [pair for at in members for pair in links.get(at, ())],
        )
        for members in groups.values()
    ]
    return Clustering.of(clusters, ordered)


def cluster_by_hand(
    needs: Iterable[ResearchNeed], names: Mapping[ResearchNeedId, str]
) -> Clustering:
    """Cluster needs as a person has sorted them.

    Parameters
    ----------
    needs
        The needs.
    names
        The name of the cluster of each; a need without one is left.

    Raises
    ------
    InvalidValueError
        A need stands twice, a name is empty, or names a need that is not there.
    """
    ordered = _ordered(needs)
    strange = sorted(set(names) - {need.id for need in ordered})
    if strange or any(not name.strip() for name in names.values()):
        raise InvalidValueError(
            kind="clusters by hand",
            value=[str(key) for key in strange],
            reason="name a need that is not there, or bear no name",
        )
    groups: dict[str, list[ResearchNeed]] = {}
    for need in ordered:
        if need.id in names:
            groups.setdefault(names[need.id], []).append(need)
    clusters = [
        NeedCluster(key=name, label=name, basis=ClusterBasis.HAND, needs=tuple(members))
        for name, members in groups.items()
    ]
    return Clustering.of(clusters, ordered)


def _ordered(needs: Iterable[ResearchNeed]) -> tuple[ResearchNeed, ...]:
    ordered = tuple(sorted(needs, key=lambda need: need.id))
    require_distinct([need.id for need in ordered], kind="research needs")
    return ordered


def _joined(count: int, pairs: Sequence[AlikePair]) -> list[int]:
    """The lowest place in the connected part of each place."""
    parents = list(range(count))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for pair in pairs:
        low, high = sorted((root(pair.first), root(pair.second)))
        parents[high] = low
    return [root(at) for at in range(count)]


def _alike_cluster(
    needs: Sequence[ResearchNeed], alike: Mapping[int, list[int]], pairs: Sequence[AlikePair]
) -> NeedCluster:
    """A cluster of groups of needs with equal texts, and the pairs of groups that are alike."""
    sums = {at: FULL_LIKENESS * (len(places) - 1) for at, places in alike.items()}
    for pair in pairs:
        sums[pair.first] += pair.likeness * len(alike[pair.second])
        sums[pair.second] += pair.likeness * len(alike[pair.first])
    centre = max(alike, key=lambda at: (sums[at], -at))
    equal = [(places[0], other, FULL_LIKENESS) for places in alike.values() for other in places[1:]]
    unlike = [(alike[p.first][0], alike[p.second][0], p.likeness) for p in pairs]
    members = sorted(at for places in alike.values() for at in places)
    return NeedCluster(
        key=needs[members[0]].id.value,
        label=needs[alike[centre][0]].text,
        basis=ClusterBasis.LIKENESS,
        needs=tuple(needs[at] for at in members),
        links=tuple(
            (needs[one].id, needs[other].id, share) for one, other, share in sorted(equal + unlike)
        ),
    )
