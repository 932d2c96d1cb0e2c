"""Reviews of a practice, who may give one, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from utm.domain.identifiers import CityId
from utm.domain.names import name_key
from utm.domain.practice import Practice
from utm.domain.prose import require_prose
from utm.errors import InvalidValueError
from utm.knowledge.rubric import Rubric

__all__ = ["Review", "Reviewer", "conflicts_of_interest", "mean_share", "widest_disagreement"]


@frozen(kw_only=True)
class Reviewer:
    """Somebody who judges practices.

    Parameters
    ----------
    name
        Name, unique among the reviewers of one practice.
    organisation
        Who employs them; empty for nobody.
    city
        The city they work for, if any.
    """

    name: str
    organisation: str = ""
    city: CityId | None = None

    def __attrs_post_init__(self) -> None:
        require_prose(self.name, kind="name of a reviewer")


@frozen(kw_only=True)
class Review:
    """The scores that one reviewer gave under one version of a rubric.

    Parameters
    ----------
    reviewer
        Name of the reviewer.
    rubric
        Version of the rubric.
    scores
        One (criterion, score) for each criterion.
    comment
        Why.
    """

    reviewer: str
    rubric: str
    scores: tuple[tuple[str, int], ...]
    comment: str

    def __attrs_post_init__(self) -> None:
        require_prose(self.reviewer, kind="name of a reviewer")
        require_prose(self.comment, kind="comment of a review")
        if len({criterion for criterion, _ in self.scores}) < len(self.scores):
            raise InvalidValueError(
                kind="review", value=self.reviewer, reason="scores a criterion twice"
            )

    def mismatch_with(self, rubric: Rubric) -> str:
        """Say everything in which the review does not fit a rubric; empty if it fits."""
        if self.rubric != rubric.version:
            return f"judges by {self.rubric}, not by {rubric.version}"
        asked = {criterion.id for criterion in rubric.criteria}
        scored = {criterion for criterion, _ in self.scores}
        outside = {c for c, score in self.scores if c in asked and not _is_on(score, rubric)}
        found = (
            ("does not score", asked - scored, ""),
            ("scores", scored - asked, ", for which the rubric does not ask"),
            ("scores", outside, f" off the scale from 0 to {rubric.highest_score}"),
        )
        return "; ".join(
            f"{verb} {', '.join(sorted(names))}{more}" for verb, names, more in found if names
        )


def _is_on(score: object, rubric: Rubric) -> bool:
    return type(score) is int and 0 <= score <= rubric.highest_score


def conflicts_of_interest(
    reviewer: Reviewer, practice: Practice, *, submitted_by: str, written_by: Iterable[str] = ()
) -> tuple[str, ...]:
    """Why a reviewer may not judge a practice, one clause a reason; empty when they may.

    Nobody judges what they or their organisation drafted, revised, submitted or are an author
    of, or what their own city did. Names are compared without case, accents and punctuation.
    What only the reviewer knows, such as a friendship, is declared instead.

    Parameters
    ----------
    reviewer
        Who would judge.
    practice
        What would be judged.
    submitted_by
        Who handed it in last; empty for nobody.
    written_by
        Everybody who drafted or revised it.
    """
    name, organisation = name_key(reviewer.name), name_key(reviewer.organisation)
    parts = (
        ("submitted it", "which submitted it", _folded((submitted_by,))),
        ("drafted or revised it", "which drafted or revised it", _folded(written_by)),
        ("is an author of it", "an author of it", _folded(practice.authors)),
    )
    reasons = [did for did, _, names in parts if name in names]
    if organisation:
        reasons += [
            f"works for {reviewer.organisation}, {did}"
            for _, did, names in parts
            if organisation in names
        ]
    if reviewer.city is not None and reviewer.city in practice.cities:
        reasons.append(f"works for {reviewer.city}, where it was done")
    return tuple(reasons)


def _folded(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names if name}


def mean_share(reviews: Sequence[Review], rubric: Rubric) -> Fraction:
    """The weighted mean score of some reviews, as an exact share of the highest.

    Parameters
    ----------
    reviews
        One or more reviews that fit the rubric.
    """
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    gained = sum(weights[c] * score for review in reviews for c, score in review.scores)
    return Fraction(gained, sum(weights.values()) * len(reviews) * rubric.highest_score)


def widest_disagreement(reviews: Sequence[Review], rubric: Rubric) -> tuple[str, int]:
    """The criterion on which two reviews lie furthest apart, and by how many steps.

    The first such criterion of the rubric, and 0 steps where fewer than two reviews are given.
    """
    spreads: dict[str, int] = {}
    for criterion in rubric.criteria:
        given = [score for review in reviews for c, score in review.scores if c == criterion.id]
        spreads[criterion.id] = max(given) - min(given) if given else 0
    widest = max(spreads, key=lambda criterion: spreads[criterion])
    return widest, spreads[widest]
