"""Which practices a city should look at, each with its reasons as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain.city import City
from utm.domain.exchange import Need
from utm.domain.identifiers import CityId
from utm.domain.names import fold_name
from utm.domain.practice import Practice, PracticeId
from utm.domain.transfer import Transfer
from utm.errors import InvalidValueError
from utm.knowledge.context_likeness import ContextWeights, Likeness
from utm.knowledge.library import PracticeLibrary
from utm.knowledge.reasons import (
    HasComeFar,
    LikeContext,
    NearToOthers,
    Reason,
    ReusedElsewhere,
    SameChallenge,
    ShownByEvidence,
    WouldNeedAdapting,
)
from utm.knowledge.replication import ordered_transfers
from utm.knowledge.transferability import (
    ConditionStanding,
    TransferabilityGap,
    transferability_gap,
)

__all__ = [
    "Advice",
    "Exclusion",
    "Recommendation",
    "RecommendationWeights",
    "recommend_practices",
]

_UNIT = 1_000_000
_RANKS = 5
_MANY_TRANSFERS = 3


@frozen(kw_only=True)
class RecommendationWeights:
    """How many millionths each reason can give or take; ours, and a judgement.

    Parameters
    ----------
    challenge
        For answering the whole of what is needed; half of it for the same theme alone.
    context
        For a context that is shown to be alike in every part.
    evidence
        For the strongest kind of evidence.
    readiness
        For a practice that is widespread.
    reuse
        For three cities or more that reuse it.
    adapting
        Taken for conditions of which none is met; unknown ones take nothing.
    same_city, same_country, same_region
        Taken for each better recommendation that comes from the same place, the narrowest
        place alone.
    context_parts
        How much each part of the context counts.
    """

    challenge: int = 400_000
    context: int = 250_000
    evidence: int = 150_000
    readiness: int = 100_000
    reuse: int = 100_000
    adapting: int = 200_000
    same_city: int = 150_000
    same_country: int = 80_000
    same_region: int = 30_000
    context_parts: ContextWeights = field(factory=ContextWeights)

    def __attrs_post_init__(self) -> None:
        weights = [
            self.challenge,
            self.context,
            self.evidence,
            self.readiness,
            self.reuse,
            self.adapting,
            self.same_city,
            self.same_country,
            self.same_region,
        ]
        if any(type(weight) is not int or weight < 0 for weight in weights):
            raise InvalidValueError(
                kind="weights of reasons", value=weights, reason="must be whole and from 0 up"
            )


@frozen(kw_only=True)
class Recommendation:
    """A practice that a city should look at.

    Parameters
    ----------
    practice
        The practice.
    score
        The sum of the points of its reasons, in millionths.
    reasons
        Why, and what speaks against it; each can be checked against the facts.
    gap
        What would have to be adapted or found out.
    """

    practice: Practice
    score: int
    reasons: tuple[Reason, ...]
    gap: TransferabilityGap


@frozen(kw_only=True)
class Exclusion:
    """A practice that answers the need and is not recommended, with the reason."""

    practice: PracticeId
    reason: str


@frozen(kw_only=True)
class Advice:
    """What a city is advised to look at.

    Parameters
    ----------
    recommendations
        Best first.
    excluded
        What answers the need but was left out, in order of the keys.
    """

    recommendations: tuple[Recommendation, ...]
    excluded: tuple[Exclusion, ...]


def recommend_practices(
    library: PracticeLibrary,
    city: City,
    needs: Sequence[Need],
    *,
    on: Date,
    transfers: Iterable[Transfer] = (),
    limit: int = 5,
    weights: RecommendationWeights | None = None,
) -> Advice:
    """Choose practices for what a city needs.

    Only what is published on the day and shares a topic or a theme with a need comes into
    question, and nothing that the city did itself, has taught, reuses already or gave up, nor
    what was done in a place of its name that bears no key. The choice is greedy: each next
    practice is the one with the most points after a deduction for every one chosen before from
    the same place, so that origins differ (after Carbonell and Goldstein's maximal marginal
    relevance). Equal points go by the keys.

    Parameters
    ----------
    library
        Where practices and cities are known.
    city
        Who asks.
    needs
        What it needs; their shares weigh the topics.
    on
        The day.
    transfers
        What was transferred; what came after the day is not seen.
    limit
        Most practices to recommend.
    weights
        How many points each reason gives.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key.

    Notes
    -----
    Time grows with the published practices, and with the limit times those in question.
    """
    used = weights or RecommendationWeights()
    history = [transfer.until(on) for transfer in ordered_transfers(transfers)]
    met, names = _already_met(city.id, history), city.names
    adopters: dict[PracticeId, set[CityId]] = {}
    for transfer in history:
        if transfer.is_in_use:
            adopters.setdefault(transfer.practice, set()).add(transfer.adopter)
    candidates: list[Recommendation] = []
    excluded: list[Exclusion] = []
    for practice in library.published(on=on):
        challenge = _challenge(practice, needs, used)
        if challenge is None:
            continue
        reason = _of_its_own(practice, city, names) or met.get(practice.id)
        if reason:
            excluded.append(Exclusion(practice=practice.id, reason=reason))
            continue
        gap = transferability_gap(practice, city, on=on)
        alike = library.most_alike(practice, city, used.context_parts)
        reusing = sorted(adopters.get(practice.id, ()))
        reasons = (challenge, *_merits(practice, alike, gap, reusing, used))
        candidates.append(_recommendation(practice, reasons, gap))
    return Advice(recommendations=_diverse(candidates, limit, used), excluded=tuple(excluded))


def _of_its_own(practice: Practice, city: City, names: frozenset[str]) -> str | None:
    """Why a practice is the city's own, as far as keys and names tell."""
    if city.id in practice.cities:
        return "the city did it itself"
    there = [origin for origin in practice.origins if origin.country == city.country]
    named = [origin.name for origin in there if origin.city is None and origin.name]
    if any(fold_name(name) in names for name in named):
        return "it was done in a place of the city's name"
    if there and any(fold_name(author) in names for author in practice.authors):
        return "an author of it has the city's name"
    return None


def _already_met(city: CityId, history: Iterable[Transfer]) -> dict[PracticeId, str]:
    """Practices that a city knows by its transfers, with how; the latest standing counts."""
    taught: dict[PracticeId, str] = {}
    stopped: dict[PracticeId, Date] = {}
    reused: dict[PracticeId, str] = {}
    for transfer in history:
        if transfer.origin == city and transfer.stage is not None:
            taught[transfer.practice] = "the city has taught it"
        elif transfer.adopter == city and transfer.is_in_use:
            reused[transfer.practice] = "the city reuses it already"
        elif transfer.adopter == city and transfer.end is not None:
            day = transfer.end.stopped_on
            stopped[transfer.practice] = max(day, stopped.get(transfer.practice, day))
    gave_up = {practice: f"the city gave it up on {day}" for practice, day in stopped.items()}
    return taught | gave_up | reused


def _challenge(
    practice: Practice, needs: Sequence[Need], weights: RecommendationWeights
) -> SameChallenge | None:
    topics = tuple(dict.fromkeys(need.topic for need in needs if need.topic in practice.topics))
    themes = tuple(
        dict.fromkeys(
            need.topic.theme
            for need in needs
            if need.topic not in topics and need.topic.theme in practice.themes
        )
    )
    shares = sum((_share(need) for need in needs if need.topic in topics), Fraction(0))
    near = sum(
        (
            _share(need)
            for need in needs
            if need.topic not in topics and need.topic.theme in practice.themes
        ),
        Fraction(0),
    )
    if not topics and not themes:
        return None
    points = int(weights.challenge * min(Fraction(1), shares + near / 2))
    return SameChallenge(points=points, topics=topics, themes=themes)


def _share(need: Need) -> Fraction:
    return Fraction(round(need.weight_share * _UNIT), _UNIT)


def _merits(
    practice: Practice,
    alike: tuple[CityId, Likeness] | None,
    gap: TransferabilityGap,
    reusing: Sequence[CityId],
    weights: RecommendationWeights,
) -> list[Reason]:
    merits: list[Reason] = []
    if alike is not None:
        origin, found = alike
        points = weights.context * found.lowest // _UNIT
        merits.append(LikeContext(points=points, origin=origin, likeness=found))
    strongest = practice.strongest_evidence
    if strongest is not None:
        points = weights.evidence * strongest.rank // _RANKS
        merits.append(ShownByEvidence(points=points, strength=strongest))
    points = weights.readiness * practice.readiness.rank // _RANKS
    merits.append(HasComeFar(points=points, readiness=practice.readiness))
    if reusing:
        count = min(len(reusing), _MANY_TRANSFERS)
        points = weights.reuse * count // _MANY_TRANSFERS
        merits.append(ReusedElsewhere(points=points, adopters=tuple(reusing)))
    unmet = gap.of(ConditionStanding.UNMET)
    unknown = gap.of(ConditionStanding.UNKNOWN)
    if unmet or unknown:
        taken = weights.adapting * len(unmet) // len(gap.findings)
        merits.append(WouldNeedAdapting(points=-taken, unmet=unmet, unknown=unknown))
    return merits


def _recommendation(
    practice: Practice, reasons: tuple[Reason, ...], gap: TransferabilityGap
) -> Recommendation:
    score = sum(reason.points for reason in reasons)
    return Recommendation(practice=practice, score=score, reasons=reasons, gap=gap)


def _diverse(
    candidates: Sequence[Recommendation], limit: int, weights: RecommendationWeights
) -> tuple[Recommendation, ...]:
    waiting = {candidate.practice.id: candidate for candidate in candidates}
    chosen: list[Recommendation] = []
    while waiting and len(chosen) < limit:
        marked_down = [_marked_down(one, chosen, weights) for one in waiting.values()]
        best = min(marked_down, key=lambda one: (-one.score, one.practice.id))
        chosen.append(best)
        del waiting[best.practice.id]
    return tuple(chosen)


def _marked_down(
    candidate: Recommendation, chosen: Sequence[Recommendation], weights: RecommendationWeights
) -> Recommendation:
    nearer = ((4, weights.same_city), (3, weights.same_country), (2, weights.same_region))
    paths = {origin.path for origin in candidate.practice.origins}
    taken = 0
    near: list[PracticeId] = []
    for other in chosen:
        others = {origin.path for origin in other.practice.origins}
        for depth, deduction in nearer:
            if _cut(paths, depth) & _cut(others, depth):
                taken += deduction
                near.append(other.practice.id)
                break
    if not near:
        return candidate
    reason = NearToOthers(points=-taken, practices=tuple(near))
    return evolve(candidate, score=candidate.score - taken, reasons=(*candidate.reasons, reason))


def _cut(paths: Iterable[tuple[str, ...]], depth: int) -> set[tuple[str, ...]]:
    return {path[:depth] for path in paths if len(path) >= depth}
