"""Which actions first: by cost, cut and co-benefits, and how sure that order is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from utm.domain import Emissions, Unknown
from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError
from utm.programme.ranking import rank_spans, span_in_words

__all__ = ["CandidateAction", "PriorityWeights", "RankedAction", "prioritise"]

_FULL = 1_000_000
_PERCENT = 100


@frozen(kw_only=True)
class CandidateAction:
    """Something that a city could do.

    Parameters
    ----------
    id
        Its key.
    name
        Its name.
    cost_euros
        What it costs in whole euros over its life, or why that is not known.
    cut_a_year
        What it cuts each year once it runs, or why that is not known.
    co_benefits
        What else it brings, each once, e.g. ``("air quality", "jobs")``.
    """

    id: str
    name: str
    cost_euros: int | Unknown
    cut_a_year: Emissions | Unknown
    co_benefits: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if isinstance(self.cost_euros, int) and self.cost_euros < 0:
            raise InvalidValueError(
                kind="cost of an action", value=self.cost_euros, reason="must not be negative"
            )
        if len(set(self.co_benefits)) < len(self.co_benefits):
            raise InvalidValueError(
                kind="co-benefits", value=self.co_benefits, reason="name one thing twice"
            )


@frozen(kw_only=True)
class PriorityWeights:
    """How much each criterion counts, in whole per cent; together 100.

    Parameters
    ----------
    cost_percent
        Low cost.
    cut_percent
        A large cut.
    co_benefits_percent
        Many co-benefits.
    """

    cost_percent: int = 30
    cut_percent: int = 50
    co_benefits_percent: int = 20

    def __attrs_post_init__(self) -> None:
        if min(self.shares) < 0 or sum(self.shares) != _PERCENT:
            raise InvalidValueError(
                kind="weights", value=self.shares, reason="must be from 0 up and sum to 100"
            )

    @property
    def shares(self) -> tuple[int, int, int]:
        """Cost, cut, co-benefits."""
        return (self.cost_percent, self.cut_percent, self.co_benefits_percent)


@frozen(kw_only=True)
class RankedAction:
    """An action with its place, and how far that place may move.

    Parameters
    ----------
    action
        The action.
    score_low, score_high
        Its score in hundred-millionths under the weights given: two numbers where a cost
        or a cut is not known, which is then taken to be the worst and the best of all.
    best_rank, worst_rank
        Between which ranks it lies under the weights given, from 1; ties count as both.
    best_rank_of_all, worst_rank_of_all
        The same under all weightings that were tried.
    first_of
        In how many of them it is surely first, alone or tied.
    weightings
        How many weightings were tried.
    """

    action: CandidateAction
    score_low: int
    score_high: int
    best_rank: int
    worst_rank: int
    best_rank_of_all: int
    worst_rank_of_all: int
    first_of: int
    weightings: int

    @property
    def sentence(self) -> str:
        """The place in words."""
        place = span_in_words(self.best_rank, self.worst_rank)
        anywhere = span_in_words(self.best_rank_of_all, self.worst_rank_of_all)
        return (
            f"{self.action.name}: rank {place}; over {self.weightings} weightings rank "
            f"{anywhere}, and first in {self.first_of} of them."
        )


@frozen
class _Scored:
    """Worth of an action by criterion in millionths, as low and high."""

    action: CandidateAction
    low: tuple[int, int, int]
    high: tuple[int, int, int] = field()

    def bounds(self, shares: tuple[int, int, int]) -> tuple[int, int]:
        low = sum(share * value for share, value in zip(shares, self.low, strict=True))
        high = sum(share * value for share, value in zip(shares, self.high, strict=True))
        return low, high


def prioritise(
    actions: Iterable[CandidateAction],
    weights: PriorityWeights | None = None,
    *,
    step_percent: int = 5,
) -> tuple[RankedAction, ...]:
    """Put actions in order, and say how much the order depends on the weights.

    Each criterion is stretched over the known values: the best action is worth 1, the
    worst 0, equal ones are worth 1 each. So a rank is relative to the actions that are
    compared, and may change when one is added.

    Parameters
    ----------
    actions
        In any order, each key once.
    weights
        How much each criterion counts; by default the cut half, cost 30 %, co-benefits 20 %.
    step_percent
        Grid of the sensitivity analysis, a divisor of 100: every weighting in such steps
        is tried, 231 of them for 5.

    Returns
    -------
    tuple of RankedAction
        By best rank, worst rank and key.

    Raises
    ------
    InvalidValueError
        A key stands twice, or the step does not divide 100.

    Notes
    -----
    Takes time proportional to the weightings times the square of the actions.
    """
    chosen = weights or PriorityWeights()
    ordered = sorted(actions, key=lambda action: action.id)
    if len({action.id for action in ordered}) < len(ordered):
        raise InvalidValueError(kind="actions", value=len(ordered), reason="name a key twice")
    if step_percent <= 0 or _PERCENT % step_percent:
        raise InvalidValueError(kind="step", value=step_percent, reason="must divide 100")
    scored = _score(ordered)
    tried = [_ranks(scored, shares) for shares in _grid(step_percent)]
    here = _ranks(scored, chosen.shares)
    ranked = [
        _rank(one, chosen, here[number], [ranks[number] for ranks in tried])
        for number, one in enumerate(scored)
    ]
    return tuple(sorted(ranked, key=lambda one: (one.best_rank, one.worst_rank, one.action.id)))


def _rank(
    scored: _Scored,
    weights: PriorityWeights,
    here: tuple[int, int],
    everywhere: Sequence[tuple[int, int]],
) -> RankedAction:
    low, high = scored.bounds(weights.shares)
    return RankedAction(
        action=scored.action,
        score_low=low,
        score_high=high,
        best_rank=here[0],
        worst_rank=here[1],
        best_rank_of_all=min(best for best, _ in everywhere),
        worst_rank_of_all=max(worst for _, worst in everywhere),
        first_of=sum(1 for _, worst in everywhere if worst == 1),
        weightings=len(everywhere),
    )


def _grid(step: int) -> list[tuple[int, int, int]]:
    return [
        (cost, cut, _PERCENT - cost - cut)
        for cost in range(0, _PERCENT + 1, step)
        for cut in range(0, _PERCENT - cost + 1, step)
    ]


def _ranks(scored: Sequence[_Scored], shares: tuple[int, int, int]) -> list[tuple[int, int]]:
    return rank_spans([one.bounds(shares) for one in scored])


def _score(actions: Sequence[CandidateAction]) -> list[_Scored]:
    costs = _stretch(
        [None if isinstance(a.cost_euros, Unknown) else -a.cost_euros for a in actions]
    )
    cuts = _stretch(
        [
            None if isinstance(a.cut_a_year, Unknown) else a.cut_a_year.kilograms_co2e
            for a in actions
        ]
    )
    benefits = _stretch([len(a.co_benefits) for a in actions])
    return [
        _Scored(action, (cost[0], cut[0], benefit[0]), (cost[1], cut[1], benefit[1]))
        for action, cost, cut, benefit in zip(actions, costs, cuts, benefits, strict=True)
    ]


def _stretch(values: Sequence[int | None]) -> list[tuple[int, int]]:
    known = [value for value in values if value is not None]
    worst, best = (min(known), max(known)) if known else (0, 0)
    if worst == best:
        return [(0, _FULL) if value is None else (_FULL, _FULL) for value in values]
    worth = [
        None if value is None else (value - worst) * _FULL // (best - worst) for value in values
    ]
    return [(0, _FULL) if one is None else (one, one) for one in worth]
