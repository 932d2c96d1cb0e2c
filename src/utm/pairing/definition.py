"""What a group is worth and which rules it breaks: the definition, in plain whole numbers.

Nothing here is shared with the search, which computes the same from arrays. Verification
and evaluation stand on this module, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import floor

from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.group import UNIT, Group, MemberScore, ScorePart
from utm.pairing.likeness import PairLikeness
from utm.pairing.policy import FocusKind, Policy
from utm.pairing.problem import Problem

__all__ = ["Definition", "Focus"]

Focus = tuple[ThemeId, tuple[TopicId, ...]]
"""A theme and the topics on which the members of a group may gain."""

_SIXTH = 6


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
        self.chances: Mapping[str, Mapping[TopicId, Fraction]] = {
            p.id: {
                offer.topic: Fraction(
                    round(self.policy.helpfulness[offer.maturity - 1] * 1_000), 1_000
                )
                for offer in p.offers
            }
            for p in problem.participants
        }

    def foci(self) -> tuple[Focus, ...]:
        """Return every focus that a group may have."""
        topics = {topic for needs in self.needs.values() for topic in needs}
        topics |= {topic for chances in self.chances.values() for topic in chances}
        ordered = sorted(topics)
        if self.policy.focus is FocusKind.TOPIC:
            return tuple((topic.theme, (topic,)) for topic in ordered)
        themes = sorted({topic.theme for topic in ordered})
        return tuple((theme, tuple(t for t in ordered if t.theme == theme)) for theme in themes)

    def learning(self, member: str, others: Sequence[str], topic: TopicId) -> Fraction:
        """Return the chance that somebody helps with a topic, times its weight."""
        nobody = Fraction(1)
        for other in others:
            nobody *= 1 - self.chances[other].get(topic, Fraction(0))
        return self.needs[member].get(topic, 0) * (1 - nobody)

    def overlap(self, left: str, right: str, topics: Sequence[TopicId]) -> int:
        """Return how much two need the same, in millionths."""
        mine, theirs = self.needs[left], self.needs[right]
        return sum(min(mine.get(topic, 0), theirs.get(topic, 0)) for topic in topics)

    def shared_challenge(self, left: str, right: str, topics: Sequence[TopicId]) -> int:
        """Return the worth to each of two of facing the same needs, a multiple of six."""
        weight = round(self.policy.shared_challenge * UNIT)
        worth = Fraction(weight * self.overlap(left, right, topics), UNIT)
        return floor(worth / _SIXTH) * _SIXTH

    def member_score(self, member: str, members: Sequence[str], focus: Focus) -> MemberScore:
        """Return what one member gains from a group under a focus."""
        _, topics = focus
        others = [other for other in members if other != member]
        learnt = sum((self.learning(member, others, topic) for topic in topics), Fraction(0))
        worth = {"learning": floor(learnt), "shared_challenge": 0}
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

    def focus_topics(self, members: Sequence[str], focus: Focus) -> tuple[TopicId, ...]:
        """Return the topics on which somebody gains, the most rewarding first."""
        if self.policy.focus is FocusKind.TOPIC:
            return focus[1]
        gains: list[tuple[Fraction, TopicId]] = []
        weight = Fraction(round(self.policy.shared_challenge * UNIT), UNIT)
        for topic in focus[1]:
            gain = sum(
                (self.learning(m, [o for o in members if o != m], topic) for m in members),
                Fraction(0),
            )
            overlap = sum(self.overlap(i, j, (topic,)) for i, j in combinations(members, 2))
            gain += weight * overlap * Fraction(2, len(members) - 1)
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
