"""What a group is worth and which rules it breaks: the definition, in plain whole numbers.

Nothing here is shared with the search, which computes the same from arrays. Verification
and evaluation stand on this module, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import prod

from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.group import UNIT, Group, MemberScore, ScorePart
from utm.pairing.likeness import PairLikeness
from utm.pairing.policy import Conflict, Exclusion, FocusKind, Lock, Policy
from utm.pairing.problem import Problem

__all__ = ["Definition", "Focus"]

Focus = tuple[ThemeId, tuple[TopicId, ...]]
"""A theme and the topics on which the members of a group may gain."""

_SIXTH = 6
_CERTAIN = 1_000


class Definition:
    """Scores of any group of a problem's participants, computed one at a time.

    Parameters
    ----------
    problem
        The problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.policy: Policy = problem.policy
        self.people = {p.id: p for p in problem.participants}
        self.likeness = PairLikeness(problem)
        self._shared_challenge = round(self.policy.shared_challenge * UNIT)
        self.priorities: Mapping[str, int] = {
            priority.participant: round(priority.worth * UNIT)
            for priority in self.policy.priorities
        }
        self.places: Mapping[str, int] = dict.fromkeys(self.people, self.policy.groups_each)
        self.places |= {one.participant: one.most_groups for one in self.policy.allowances}
        self.places |= {name: 1 for lock in self.policy.locks for name in lock.members}
        self.needs: Mapping[str, Mapping[TopicId, int]] = {
            p.id: {need.topic: round(need.weight_share * UNIT) for need in p.needs}
            for p in problem.participants
        }
        self.misses: Mapping[str, Mapping[TopicId, int]] = {
            p.id: {
                offer.topic: _CERTAIN
                - round(self.policy.helpfulness[offer.maturity - 1] * _CERTAIN)
                for offer in p.offers
            }
            for p in problem.participants
        }
        self._foci: tuple[Focus, ...] | None = None
        self._by_name: Sequence[Exclusion | Conflict | Lock] = (
            *self.policy.exclusions,
            *self.policy.conflicts,
            *self.policy.locks,
        )
        self._named_in: dict[str, list[int]] = {}
        for number, rule in enumerate(self._by_name):
            for member in rule.members:
                self._named_in.setdefault(member, []).append(number)

    def foci(self) -> tuple[Focus, ...]:
        """Return every focus that a group may have."""
        if self._foci is None:
            self._foci = self._all_foci()
        return self._foci

    def _all_foci(self) -> tuple[Focus, ...]:
        topics = {topic for needs in self.needs.values() for topic in needs}
        topics |= {topic for misses in self.misses.values() for topic in misses}
        ordered = sorted(topics)
        if self.policy.focus is FocusKind.TOPIC:
            return tuple((topic.theme, (topic,)) for topic in ordered)
        themes = sorted({topic.theme for topic in ordered})
        return tuple((theme, tuple(t for t in ordered if t.theme == theme)) for theme in themes)

    def rules_naming(self, members: Iterable[str]) -> list[Exclusion | Conflict | Lock]:
        """Return the rules that name any of some participants, in the order of the policy."""
        numbers = {number for member in members for number in self._named_in.get(member, ())}
        return [self._by_name[number] for number in sorted(numbers)]

    def learning(self, member: str, others: Sequence[str], topic: TopicId) -> int:
        """Return the chance that somebody helps with a topic, times its weight.

        In millionths of thousandths for one other, and a thousand times finer for each more.
        """
        need = self.needs[member].get(topic, 0)
        if need == 0:
            return 0
        everybody: int = _CERTAIN ** len(others)
        nobody = prod(self.misses[other].get(topic, _CERTAIN) for other in others)
        return need * (everybody - nobody)

    def overlap(self, left: str, right: str, topics: Collection[TopicId]) -> int:
        """Return how much two need the same, in millionths."""
        theirs = self.needs[right]
        return sum(
            min(need, theirs.get(topic, 0))
            for topic, need in self.needs[left].items()
            if topic in topics
        )

    def shared_challenge(self, left: str, right: str, topics: Collection[TopicId]) -> int:
        """Return the worth to each of two of facing the same needs, a multiple of six."""
        worth = self._shared_challenge * self.overlap(left, right, topics)
        return worth // (UNIT * _SIXTH) * _SIXTH

    def member_score(self, member: str, members: Sequence[str], focus: Focus) -> MemberScore:
        """Return what one member gains from a group under a focus."""
        topics = frozenset(focus[1])
        others = [other for other in members if other != member]
        learnt = sum(
            self.learning(member, others, topic) for topic in self.needs[member] if topic in topics
        )
        worth = {"learning": learnt // _CERTAIN ** len(others), "shared_challenge": 0}
        for other in others:
            worth["shared_challenge"] += self.shared_challenge(member, other, topics)
            for part, score in self.likeness.parts(member, other).items():
                worth[part] = worth.get(part, 0) + score
        parts = [
            ScorePart(name=part, score=score if part == "learning" else score // len(others))
            for part, score in worth.items()
        ]
        parts.append(ScorePart(name="priority", score=self.priorities.get(member, 0)))
        return MemberScore(member=member, parts=tuple(part for part in parts if part.score))

    def score(self, members: Sequence[str], focus: Focus) -> int:
        """Return what a group of two or more is worth, in millionths, whatever the rules say."""
        return sum(self.member_score(member, members, focus).score for member in members)

    def focus_topics(self, members: Sequence[str], focus: Focus) -> tuple[TopicId, ...]:
        """Return the topics on which somebody gains, the most rewarding first."""
        if self.policy.focus is FocusKind.TOPIC:
            return focus[1]
        needed = {topic for member in members for topic in self.needs[member]}
        gains: list[tuple[int, TopicId]] = []
        several = len(members) - 1
        for topic in needed.intersection(focus[1]):
            learnt = sum(self.learning(m, [o for o in members if o != m], topic) for m in members)
            overlap = sum(self.overlap(i, j, (topic,)) for i, j in combinations(members, 2))
            # both over UNIT times the number of partners times a thousand for each of them
            gain = learnt * UNIT * several
            gain += 2 * self._shared_challenge * overlap * _CERTAIN**several
            if gain:
                gains.append((-gain, topic))
        return tuple(topic for _, topic in sorted(gains))

    def group(self, members: Sequence[str], focus: Focus) -> Group:
        """Return a group of two or more with its score and parts, whatever the rules say."""
        ordered = tuple(sorted(members))
        scores = tuple(self.member_score(member, ordered, focus) for member in ordered)
        return Group(
            members=ordered,
            theme=focus[0],
            focus_topics=self.focus_topics(ordered, focus),
            score=sum(score.score for score in scores),
            member_scores=scores,
        )
