"""A group of participants with its score, taken apart."""

from __future__ import annotations

from attrs import frozen

from utm.domain.identifiers import ThemeId, TopicId

__all__ = ["UNIT", "Group", "MemberScore", "ScorePart"]

UNIT = 1_000_000
"""Scores are whole millionths of one fully met need."""


@frozen(kw_only=True, order=True)
class ScorePart:
    """One part of what a member gains.

    Parameters
    ----------
    name
        ``learning``, ``shared_challenge``, a part of the context, e.g. ``climate``, or
        ``priority``.
    score
        Worth in millionths; costs are negative.
    """

    name: str
    score: int


@frozen(kw_only=True, order=True)
class MemberScore:
    """What one member gains from its group.

    Parameters
    ----------
    member
        Its id.
    parts
        Parts that are not zero, learning first, then the shared challenge, then context.
    """

    member: str
    parts: tuple[ScorePart, ...]

    @property
    def score(self) -> int:
        """The sum of the parts in millionths."""
        return sum(part.score for part in self.parts)

    @property
    def gain(self) -> int:
        """What the member itself has: all parts but its priority, in millionths."""
        return sum(part.score for part in self.parts if part.name != "priority")


@frozen(kw_only=True, order=True)
class Group:
    """Participants that learn together under one focus.

    Parameters
    ----------
    members
        Ids in rising order.
    theme
        The theme of the focus.
    focus_topics
        Topics on which somebody gains, the most rewarding first.
    score
        Worth in millionths: the sum of the members' scores.
    member_scores
        What each member gains, in the order of ``members``.
    """

    members: tuple[str, ...]
    theme: ThemeId
    focus_topics: tuple[TopicId, ...]
    score: int
    member_scores: tuple[MemberScore, ...]
