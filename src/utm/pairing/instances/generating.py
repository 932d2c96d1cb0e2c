"""From a family and a seed to a problem."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from utm.domain.exchange import Need, Offer
from utm.domain.identifiers import TopicId
from utm.errors import InvalidValueError
from utm.pairing.instances.draw import Draw, Wheel
from utm.pairing.instances.family import Family
from utm.pairing.instances.places import PLACES
from utm.pairing.instances.ruling import earlier_pairs_of, policy_of
from utm.pairing.participant import Participant
from utm.pairing.problem import Problem

__all__ = ["generate"]

_CLIMATES = ("Csa", "Cfb", "Aw", "Cfa", "BSh", "Dfb", "Csb", "Am", "BWh", "Cwb")
_ENGLISH = "en"


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

    Raises
    ------
    InvalidValueError
        The number of participants is negative or no whole number, or the seed is none.

    Notes
    -----
    Linear in the number of participants: some ten seconds for 100,000.
    """
    if type(participants) is not int or participants < 0:
        raise InvalidValueError(
            kind="number of participants", value=participants, reason="must be whole, from 0"
        )
    if type(seed) is not int:
        raise InvalidValueError(kind="seed", value=seed, reason="must be a whole number")
    kind = family or Family()
    people = tuple(_People(kind, seed).first(participants))
    return Problem(
        participants=people,
        policy=policy_of(kind, people, seed),
        topics=tuple(_Topics(kind).in_order),
        earlier_pairs=earlier_pairs_of(kind, people, seed),
    )


class _Topics:
    """The topics of a family, and their rank among the sorted."""

    def __init__(self, family: Family) -> None:
        by_theme = [
            [TopicId(f"theme-{theme + 1}.topic-{topic + 1:02}") for topic in range(count)]
            for theme in range(family.themes)
            for count in (family.topics_per_theme,)
        ]
        self.in_order = [topic for topics in by_theme for topic in topics]
        self.sorted = sorted(self.in_order)
        rank = {topic: number for number, topic in enumerate(self.sorted)}
        self.ranks = [[rank[topic] for topic in topics] for topics in by_theme]


class _People:
    """Draws participants one after the other."""

    def __init__(self, family: Family, seed: int) -> None:
        self._family = family
        self._draw = Draw(seed)
        self._topics = _Topics(family)
        self._places = PLACES[: family.places]
        self._place = Wheel.falling(family.places, family.skew)
        self._climate = Wheel([1.0] * len(_CLIMATES))
        count = family.topics_per_theme
        self._needed = Wheel.falling(count, family.need_skew) if family.need_skew else None
        self._offered = (
            Wheel.falling(count, family.offer_skew, from_the_end=family.offers_from_the_end)
            if family.offer_skew
            else None
        )
        regions = sorted({place.region for place in PLACES})
        self._theme_of_region = {
            region: number % family.themes for number, region in enumerate(regions)
        }
        self._needs: dict[tuple[int, int, int], Need] = {}
        self._offers: dict[tuple[int, int], Offer] = {}

    def first(self, count: int) -> Iterator[Participant]:
        """Yield the first so many participants."""
        copies = self._family.copies
        for number in range(0, count, copies):
            drawn = self._participant(f"p{number:05}")
            yield drawn
            for double in range(number + 1, min(number + copies, count)):
                yield evolve(drawn, id=f"p{double:05}")

    def _participant(self, name: str) -> Participant:
        draw, family = self._draw, self._family
        main = draw.below(family.themes)
        place = self._places[self._place.spin(draw)]
        if self._chance(family.regional_loyalty):
            main = self._theme_of_region[place.region]
        needed = self._drawn_topics(1 + draw.below(family.most_needs), main, self._needed)
        stakes = [1 if family.equal_needs else 1 + draw.below(9) for _ in needed]
        offered: list[int] = []
        if draw.share() < family.offering_share:
            offered = self._drawn_topics(1 + draw.below(family.most_offers), main, self._offered)
        total = sum(stakes)
        offers = tuple(self._offer(topic, 1 + draw.below(5)) for topic in offered)
        climate = _CLIMATES[self._climate.spin(draw)]
        population, coast = 50_000 << draw.below(7), float(draw.below(300))
        elevation = float(draw.below(2_500))
        languages = place.languages
        if self._chance(family.english_share) and _ENGLISH not in languages:
            languages = (*languages, _ENGLISH)
        knows = [not self._chance(family.unknown_share) for _ in range(3)]
        return Participant(
            id=name,
            country=place.country,
            needs=tuple(
                self._need(topic, stake, total) for topic, stake in zip(needed, stakes, strict=True)
            ),
            offers=offers,
            languages=languages if knows[0] else None,
            timezone=place.timezone if knows[1] else None,
            climate=climate if knows[2] else None,
            population=population,
            coast_km=coast,
            elevation_m=elevation,
        )

    def _chance(self, share: float) -> bool:
        """Draw only where the family asks, so that a new trait leaves older families alone."""
        return share > 0 and self._draw.share() < share

    def _drawn_topics(self, count: int, main: int, wheel: Wheel | None) -> list[int]:
        draw, family = self._draw, self._family
        found: set[int] = set()
        while len(found) < count:
            loyal = draw.share() < family.theme_loyalty
            theme = main if loyal else draw.below(family.themes)
            topic = wheel.spin(draw) if wheel else draw.below(family.topics_per_theme)
            found.add(self._topics.ranks[theme][topic])
        return sorted(found)

    def _need(self, topic: int, stake: int, total: int) -> Need:
        key = (topic, stake, total)
        if key not in self._needs:
            self._needs[key] = Need(topic=self._topics.sorted[topic], weight_share=stake / total)
        return self._needs[key]

    def _offer(self, topic: int, maturity: int) -> Offer:
        key = (topic, maturity)
        if key not in self._offers:
            self._offers[key] = Offer(topic=self._topics.sorted[topic], maturity=maturity)
        return self._offers[key]
