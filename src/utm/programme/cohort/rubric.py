"""The selection principles as a rubric: scored by reviewers, weighted by you, and tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from itertools import permutations

from attrs import field, frozen
from pendulum import Date

from utm.domain import ApplicationId, Source
from utm.errors import InvalidValueError
from utm.programme.ranking import rank_spans, span_in_words

__all__ = [
    "SELECTION_SOURCE",
    "RatedApplication",
    "Review",
    "SelectionPrinciple",
    "WeightRoom",
    "equal_weights",
    "find_weight_room",
    "rate_applications",
]

SELECTION_SOURCE = Source(
    title="Call for cities to join the Urban Transitions Mission",
    issuer="European External Action Service, Delegation to India",
    published_on=Date(2023, 8, 1),
)
"""Where the principles are named. It gives neither weights nor thresholds."""

_HIGHEST_MARK = 5
_WIDEST_AGREEMENT = 2
_MILLION = 1_000_000


class SelectionPrinciple(Enum):
    """What the mission looks for in a city, beside its rules."""

    AMBITION = "ambition of the climate target"
    READINESS = "readiness of the climate action strategy"
    KNOWLEDGE = "knowledge and solutions to share with peers"
    CROSS_SECTOR = "planned solutions and measures across sectors"
    INNOVATION = "readiness to test innovation"
    STAKEHOLDERS = "track record of engaging stakeholders"
    COOPERATION = "track record of international cooperation"


def equal_weights() -> dict[SelectionPrinciple, int]:
    """One for each principle. The mission publishes no weights."""
    return dict.fromkeys(SelectionPrinciple, 1)


@frozen(kw_only=True)
class Review:
    """What one reviewer thinks of one application.

    Parameters
    ----------
    application
        Which.
    reviewer
        Who.
    marks
        From 0 to 5 for each principle that the reviewer could judge, each once.
    """

    application: ApplicationId
    reviewer: str
    marks: tuple[tuple[SelectionPrinciple, int], ...]

    def __attrs_post_init__(self) -> None:
        principles = [principle for principle, _ in self.marks]
        if len(set(principles)) < len(principles):
            raise InvalidValueError(
                kind="review", value=self.application.value, reason="marks a principle twice"
            )
        for _, mark in self.marks:
            if type(mark) is not int or not 0 <= mark <= _HIGHEST_MARK:
                raise InvalidValueError(
                    kind="mark of a review", value=mark, reason="must be a whole number 0 to 5"
                )


@frozen(kw_only=True)
class RatedApplication:
    """An application with its score and its place, and how far both may move.

    Parameters
    ----------
    application
        Which.
    score_low, score_high
        Weighted mean of the marks as a share of the best, in millionths: two numbers where
        a principle was marked by nobody, which may then be anything from 0 to 5.
    best_rank, worst_rank
        Between which ranks it lies under the weights given.
    best_rank_of_all, worst_rank_of_all
        The same over all weightings that were tried.
    moved_by
        The changes of weight, in words, under which its best rank becomes another.
    unmarked
        Principles that nobody marked.
    left_out
        Reviewers whose review was left out for a conflict of interest.
    disputed
        Principles on which the marks of the panel lie more than two apart.
    """

    application: ApplicationId
    score_low: int
    score_high: int
    best_rank: int
    worst_rank: int
    best_rank_of_all: int
    worst_rank_of_all: int
    moved_by: tuple[str, ...]
    unmarked: tuple[SelectionPrinciple, ...]
    left_out: tuple[str, ...]
    disputed: tuple[SelectionPrinciple, ...] = ()

    @property
    def sentence(self) -> str:
        """The place in words, with what it depends on."""
        here = span_in_words(self.best_rank, self.worst_rank)
        anywhere = span_in_words(self.best_rank_of_all, self.worst_rank_of_all)
        told = f"{self.application}: rank {here}, and {anywhere} over all weightings tried"
        if self.unmarked:
            told += f"; not marked: {', '.join(one.value for one in self.unmarked)}"
        return f"{told}."


@frozen
class _Marked:
    """Mean mark of each principle, as low and high, in millionths of the best mark."""

    application: ApplicationId
    low: tuple[int, ...]
    high: tuple[int, ...]
    left_out: tuple[str, ...] = field(default=())
    disputed: tuple[SelectionPrinciple, ...] = field(default=())

    def bounds(self, weights: tuple[int, ...]) -> tuple[int, int]:
        total = sum(weights)
        low = sum(weight * mark for weight, mark in zip(weights, self.low, strict=True))
        high = sum(weight * mark for weight, mark in zip(weights, self.high, strict=True))
        return low // total, high // total


def rate_applications(
    reviews: Iterable[Review],
    weights: Mapping[SelectionPrinciple, int],
    *,
    conflicts: Iterable[tuple[str, ApplicationId]] = (),
) -> tuple[RatedApplication, ...]:
    """Rank applications by the marks of their reviewers, and test how firm the ranks are.

    The sensitivity analysis tries the weights given, equal weights, and for each principle
    its weight doubled and its weight dropped. It tells what moves a rank; it does not say
    which weights are right.

    Parameters
    ----------
    reviews
        In any order; one of each reviewer for an application.
    weights
        A whole number from 0 up for every principle, not all 0.
    conflicts
        Reviewer and application that must not meet: such reviews are left out and named.

    Returns
    -------
    tuple of RatedApplication
        By best rank, worst rank and key. An application of which every review was left out
        is still there, with nothing known.

    Raises
    ------
    InvalidValueError
        A weight is missing or negative, all are 0, or a reviewer marked one application
        twice.
    """
    chosen = _weights_in_order(weights)
    marked = _mark(reviews, set(conflicts))
    tried = _weightings(chosen)
    spans = {name: rank_spans([one.bounds(these) for one in marked]) for name, these in tried}
    here = spans["as given"]
    rated: list[RatedApplication] = []
    for number, one in enumerate(marked):
        low, high = one.bounds(chosen)
        everywhere = {name: ranks[number] for name, ranks in spans.items()}
        rated.append(
            RatedApplication(
                application=one.application,
                score_low=low,
                score_high=high,
                best_rank=here[number][0],
                worst_rank=here[number][1],
                best_rank_of_all=min(best for best, _ in everywhere.values()),
                worst_rank_of_all=max(worst for _, worst in everywhere.values()),
                moved_by=tuple(
                    name for name, (best, _) in everywhere.items() if best != here[number][0]
                ),
                unmarked=tuple(
                    principle
                    for principle, one_low, one_high in zip(
                        SelectionPrinciple, one.low, one.high, strict=True
                    )
                    if one_low != one_high
                ),
                left_out=one.left_out,
                disputed=one.disputed,
            )
        )
    return tuple(sorted(rated, key=lambda r: (r.best_rank, r.worst_rank, r.application)))


@frozen(kw_only=True)
class WeightRoom:
    """How far one weight may move, all others kept, before the order of two changes.

    Parameters
    ----------
    principle
        Whose weight moves.
    weight
        The weight given.
    least
        The order stays while the weight is above this number; ``None`` if it may fall to 0.
    most
        The order stays while the weight is below this number; ``None`` if it may grow
        without end.
    changed_below, changed_above
        The two whose order changes at that end, the one that is ahead now first.
    """

    principle: SelectionPrinciple
    weight: int
    least: Fraction | None
    most: Fraction | None
    changed_below: tuple[ApplicationId, ApplicationId] | None = None
    changed_above: tuple[ApplicationId, ApplicationId] | None = None

    @property
    def sentence(self) -> str:
        """The room in words."""
        if self.least is None and self.most is None:
            return f"{self.principle.value}: any weight keeps the order."
        ends: list[str] = []
        if self.least is not None and self.changed_below is not None:
            ahead, behind = self.changed_below
            ends.append(f"down to {float(self.least):.2f}, where {behind} reaches {ahead}")
        if self.most is not None and self.changed_above is not None:
            ahead, behind = self.changed_above
            ends.append(f"up to {float(self.most):.2f}, where {behind} reaches {ahead}")
        return f"{self.principle.value}: from {self.weight} {' and '.join(ends)}."


def find_weight_room(
    reviews: Iterable[Review],
    weights: Mapping[SelectionPrinciple, int],
    *,
    conflicts: Iterable[tuple[str, ApplicationId]] = (),
) -> tuple[WeightRoom, ...]:
    """Find exactly how far each weight may move before the order of two applications changes.

    One is ahead of another if even its lowest score is above the other's highest, so that
    nothing is told of applications whose scores overlap or are equal. Weights are compared
    exactly, without rounding: scores are linear in each of them.

    Parameters
    ----------
    reviews, weights, conflicts
        As for `rate_applications`, with the same errors.

    Returns
    -------
    tuple of WeightRoom
        One for each principle, in their order. Takes time quadratic in the number of
        applications.
    """
    chosen = _weights_in_order(weights)
    marked = _mark(reviews, set(conflicts))
    return tuple(
        _room_of(place, principle, chosen, marked)
        for place, principle in enumerate(SelectionPrinciple)
    )


def _room_of(
    place: int, principle: SelectionPrinciple, chosen: tuple[int, ...], marked: list[_Marked]
) -> WeightRoom:
    weight = chosen[place]
    below: list[tuple[Fraction, tuple[ApplicationId, ApplicationId]]] = []
    above: list[tuple[Fraction, tuple[ApplicationId, ApplicationId]]] = []
    for ahead, behind in permutations(marked, 2):
        leads = [low - high for low, high in zip(ahead.low, behind.high, strict=True)]
        lead = sum(each * by for each, by in zip(leads, chosen, strict=True))
        if lead <= 0 or leads[place] == 0:
            continue
        turn = weight - Fraction(lead, leads[place])  # the weight at which the lead is gone
        pair = (ahead.application, behind.application)
        if turn > weight:
            above.append((turn, pair))
        elif turn >= 0:
            below.append((turn, pair))
    last_below, first_above = max(below, default=None), min(above, default=None)
    return WeightRoom(
        principle=principle,
        weight=weight,
        least=None if last_below is None else last_below[0],
        most=None if first_above is None else first_above[0],
        changed_below=None if last_below is None else last_below[1],
        changed_above=None if first_above is None else first_above[1],
    )


def _weights_in_order(weights: Mapping[SelectionPrinciple, int]) -> tuple[int, ...]:
    missing = [one.value for one in SelectionPrinciple if one not in weights]
    if missing:
        raise InvalidValueError(kind="weights", value=missing, reason="are missing")
    chosen = tuple(weights[principle] for principle in SelectionPrinciple)
    if any(type(one) is not int or one < 0 for one in chosen) or not any(chosen):
        raise InvalidValueError(
            kind="weights", value=chosen, reason="must be whole numbers from 0 up, not all 0"
        )
    return chosen


def _weightings(chosen: tuple[int, ...]) -> list[tuple[str, tuple[int, ...]]]:
    found = [("as given", chosen), ("equal weights", (1,) * len(chosen))]
    for place, principle in enumerate(SelectionPrinciple):
        for word, factor in (("doubled", 2), ("dropped", 0)):
            changed = tuple(
                weight * factor if number == place else weight
                for number, weight in enumerate(chosen)
            )
            if any(changed):
                found.append((f"{principle.value} {word}", changed))
    return found


def _mark(reviews: Iterable[Review], conflicts: set[tuple[str, ApplicationId]]) -> list[_Marked]:
    by_application: dict[ApplicationId, dict[str, Review]] = {}
    left_out: dict[ApplicationId, set[str]] = {}
    for review in reviews:
        key = review.application
        kept = by_application.setdefault(key, {})
        if (review.reviewer, key) in conflicts:
            left_out.setdefault(key, set()).add(review.reviewer)
        elif review.reviewer in kept:
            raise InvalidValueError(
                kind="review", value=key.value, reason=f"was made twice by {review.reviewer}"
            )
        else:
            kept[review.reviewer] = review
    return [
        _mark_one(key, list(by_application[key].values()), tuple(sorted(left_out.get(key, ()))))
        for key in sorted(by_application)
    ]


def _mark_one(key: ApplicationId, reviews: list[Review], left_out: tuple[str, ...]) -> _Marked:
    low: list[int] = []
    high: list[int] = []
    disputed: list[SelectionPrinciple] = []
    for principle in SelectionPrinciple:
        marks = [mark for review in reviews for one, mark in review.marks if one is principle]
        if marks:
            mean = int(Fraction(sum(marks) * _MILLION, len(marks) * _HIGHEST_MARK))
            low.append(mean)
            high.append(mean)
            if max(marks) - min(marks) > _WIDEST_AGREEMENT:
                disputed.append(principle)
        else:
            low.append(0)
            high.append(_MILLION)
    return _Marked(key, tuple(low), tuple(high), left_out, tuple(disputed))
