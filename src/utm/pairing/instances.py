"""Problems at random, for tests, benchmarks and those who build other engines.

The numbers come from a generator written out here, so that a seed means the same
problem on every machine and in every version of Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from attrs import field, frozen

from utm.domain.exchange import Need, Offer
from utm.domain.identifiers import TopicId
from utm.errors import InvalidValueError
from utm.pairing.participant import Participant
from utm.pairing.policy import ContextWeights, ExchangeRule, Policy
from utm.pairing.problem import Problem

__all__ = ["Family", "generate"]

_T = TypeVar("_T")
_MASK = (1 << 64) - 1

# country, time zone, languages; the first are drawn most often
_PLACES = (
    ("ES", "Europe/Madrid", ("es",)),
    ("IN", "Asia/Kolkata", ("en", "hi")),
    ("IT", "Europe/Rome", ("it",)),
    ("BR", "America/Sao_Paulo", ("pt",)),
    ("US", "America/New_York", ("en",)),
    ("TR", "Europe/Istanbul", ("tr",)),
    ("CO", "America/Bogota", ("es",)),
    ("GH", "Africa/Accra", ("en",)),
    ("FR", "Europe/Paris", ("fr",)),
    ("MA", "Africa/Casablanca", ("ar", "fr")),
    ("ID", "Asia/Jakarta", ("id",)),
    ("MX", "America/Mexico_City", ("es",)),
    ("PT", "Europe/Lisbon", ("pt",)),
    ("KE", "Africa/Nairobi", ("en", "sw")),
    ("UA", "Europe/Kyiv", ("uk",)),
    ("CL", "America/Santiago", ("es",)),
    ("ZA", "Africa/Johannesburg", ("en",)),
    ("JP", "Asia/Tokyo", ("ja",)),
    ("FI", "Europe/Helsinki", ("fi", "sv")),
    ("MZ", "Africa/Maputo", ("pt",)),
    ("NP", "Asia/Kathmandu", ("ne",)),
    ("NZ", "Pacific/Auckland", ("en",)),
)
_CLIMATES = ("Csa", "Cfb", "Aw", "Cfa", "BSh", "Dfb", "Csb", "Am", "BWh", "Cwb")


_STANDARD_POLICY = Policy(
    shared_challenge=0.0,
    exchange=ExchangeRule.HELP,
    context=ContextWeights(
        climate=0.03,
        population=0.02,
        coast=0.02,
        mountain=0.0,
        river=0.0,
        income=0.0,
        language=0.03,
        office_hours=0.0,
        hours_apart=0.01,
        repeat=0.0,
    ),
)


@frozen(kw_only=True)
class Family:
    """What the problems of one kind have in common.

    Parameters
    ----------
    name
        Its name, for tables.
    themes
        Number of themes.
    topics_per_theme
        Number of topics under each.
    most_needs, most_offers
        A participant has from one to so many.
    theme_loyalty
        Chance that a topic is drawn from the participant's own main theme.
    offering_share
        Share of participants that offer anything.
    places
        How many of the 22 known places occur, the most frequent first.
    skew
        Place number *k* is drawn with weight 1 / k to this power; 0 draws all alike.
    policy
        Policy of the problems.
    """

    name: str = "standard"
    themes: int = 4
    topics_per_theme: int = 10
    most_needs: int = 4
    most_offers: int = 4
    theme_loyalty: float = 0.7
    offering_share: float = 1.0
    places: int = 22
    skew: float = 1.0
    policy: Policy = field(factory=lambda: _STANDARD_POLICY)

    def __attrs_post_init__(self) -> None:
        counts = (self.themes, self.topics_per_theme, self.most_needs, self.most_offers)
        most = self.topics_per_theme  # a wholly loyal participant has no other
        if min(counts) < 1 or max(self.most_needs, self.most_offers) > most:
            raise InvalidValueError(
                kind="family", value=counts, reason="must have topics enough for needs and offers"
            )
        if not 1 <= self.places <= len(_PLACES):
            raise InvalidValueError(
                kind="family", value=self.places, reason=f"must have 1 to {len(_PLACES)} places"
            )


def generate(*, participants: int, seed: int, family: Family | None = None) -> Problem:
    """Return a problem at random; the same arguments, the same problem, on any machine.

    Parameters
    ----------
    participants
        How many take part.
    seed
        Any whole number.
    family
        The kind of problem; by default forty topics under four themes, one to four needs
        and offers each, groups of two to four tied by help, no worth in shared needs.
    """
    kind = family or Family()
    draw = _Draw(seed)
    people = tuple(_participant(draw, f"p{number:05}", kind) for number in range(participants))
    topics = tuple(
        _topic(theme, topic)
        for theme in range(kind.themes)
        for topic in range(kind.topics_per_theme)
    )
    return Problem(participants=people, policy=kind.policy, topics=topics)


class _Draw:
    """SplitMix64: 64 bits of state, one multiplication chain a number."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((self._state ^ (self._state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, count: int) -> int:
        return self.bits() * count >> 64

    def share(self) -> float:
        return (self.bits() >> 11) / (1 << 53)

    def one_of(self, values: Sequence[_T], weights: Sequence[float]) -> _T:
        sums = list(accumulate(weights))
        aim = self.share() * sums[-1]
        return values[next(index for index, upto in enumerate(sums) if aim < upto)]


def _topic(theme: int, topic: int) -> TopicId:
    return TopicId(f"theme-{theme + 1}.topic-{topic + 1:02}")


def _topics(draw: _Draw, count: int, main: int, family: Family) -> list[TopicId]:
    found: set[TopicId] = set()
    while len(found) < count:
        loyal = draw.share() < family.theme_loyalty
        theme = main if loyal else draw.below(family.themes)
        found.add(_topic(theme, draw.below(family.topics_per_theme)))
    return sorted(found)


def _participant(draw: _Draw, name: str, family: Family) -> Participant:
    main = draw.below(family.themes)
    weights = [(place + 1) ** -family.skew for place in range(family.places)]
    country, timezone, languages = draw.one_of(_PLACES[: family.places], weights)
    needed = _topics(draw, 1 + draw.below(family.most_needs), main, family)
    stakes = [1 + draw.below(9) for _ in needed]
    offered: list[TopicId] = []
    if draw.share() < family.offering_share:
        offered = _topics(draw, 1 + draw.below(family.most_offers), main, family)
    return Participant(
        id=name,
        country=country,
        needs=tuple(
            Need(topic=topic, weight_share=stake / sum(stakes))
            for topic, stake in zip(needed, stakes, strict=True)
        ),
        offers=tuple(Offer(topic=topic, maturity=1 + draw.below(5)) for topic in offered),
        languages=languages,
        timezone=timezone,
        climate=draw.one_of(_CLIMATES, [1.0] * len(_CLIMATES)),
        population=50_000 << draw.below(7),
        coast_km=float(draw.below(300)),
        elevation_m=float(draw.below(2_500)),
    )
