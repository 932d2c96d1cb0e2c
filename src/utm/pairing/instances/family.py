"""What the problems of one kind have in common."""

from __future__ import annotations

from typing import Never

from attrs import field, frozen

from utm.errors import InvalidValueError
from utm.pairing.instances.places import PLACES
from utm.pairing.policy import ContextWeights, ExchangeRule, Policy

__all__ = ["STANDARD_POLICY", "Family"]

STANDARD_POLICY = Policy(
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
"""Groups of two to four in two countries, tied by help, no worth in shared needs."""

_COUNTS = ("themes", "topics_per_theme", "most_needs", "most_offers", "places", "copies")
_SHARES = (
    "theme_loyalty",
    "offering_share",
    "english_share",
    "regional_loyalty",
    "unknown_share",
    "excluded_share",
    "conflict_share",
    "must_place_share",
    "priority_share",
    "repeat_share",
    "theme_groups_share",
    "language_groups_share",
)
_RANGES = {
    **dict.fromkeys(_SHARES, (0.0, 1.0)),
    **dict.fromkeys(("skew", "need_skew", "offer_skew"), (-10.0, 10.0)),
}


@frozen(kw_only=True)
class Family:
    """What the problems of one kind have in common.

    Parameters
    ----------
    name
        Its name, for tables and file names: lower-case words joined by hyphens.
    hard_because
        What makes its problems hard, as a sentence.
    themes
        Number of themes.
    topics_per_theme
        Number of topics under each.
    most_needs, most_offers
        A participant has from one to so many.
    equal_needs
        Whether the needs of a participant weigh all alike; else in ratios of 1 to 9.
    theme_loyalty
        Chance that a topic is drawn from the participant's own main theme.
    need_skew, offer_skew
        Topic number *k* of a theme is drawn with weight 1 / k to this power.
    offers_from_the_end
        Whether topics of offers are counted from the last, so that most is offered where
        least is needed.
    offering_share
        Share of participants that offer anything.
    places
        How many of the 40 known places occur, the most frequent first.
    skew
        Place number *k* is drawn with weight 1 / k to this power; 0 draws all alike.
    regional_loyalty
        Chance that the main theme is the one of the participant's region.
    english_share
        Chance that a participant works in English as well.
    unknown_share
        Chance, for each of languages, time zone and climate, that it is not known.
    copies
        So many participants in a row are alike in everything but their ids.
    excluded_share, conflict_share, must_place_share, priority_share, repeat_share
        Number of exclusions, conflicts (of three, one in a group), participants that must
        be placed, participants with a priority, and earlier pairs: a share of the number
        of participants.
    theme_groups_share
        Groups at most under each theme, as a share of the number of participants;
        ``None`` for no limit.
    language_groups_share
        Groups at most in each language, likewise.
    policy
        Policy of the problems; the rules above are added to it.

    Raises
    ------
    InvalidValueError
        With the first number that is out of its range.
    """

    name: str = "standard"
    hard_because: str = "Very many groupings are nearly as good as the best."
    themes: int = 4
    topics_per_theme: int = 10
    most_needs: int = 4
    most_offers: int = 4
    equal_needs: bool = False
    theme_loyalty: float = 0.7
    need_skew: float = 0.0
    offer_skew: float = 0.0
    offers_from_the_end: bool = False
    offering_share: float = 1.0
    places: int = 22
    skew: float = 1.0
    regional_loyalty: float = 0.0
    english_share: float = 0.0
    unknown_share: float = 0.0
    copies: int = 1
    excluded_share: float = 0.0
    conflict_share: float = 0.0
    must_place_share: float = 0.0
    priority_share: float = 0.0
    repeat_share: float = 0.0
    theme_groups_share: float | None = None
    language_groups_share: float | None = None
    policy: Policy = field(factory=lambda: STANDARD_POLICY)

    def __attrs_post_init__(self) -> None:
        for name in _COUNTS:
            value = getattr(self, name)
            if type(value) is not int or value < 1:
                self._refuse(name, "must be a whole number of at least 1")
        for name in ("most_needs", "most_offers"):
            if getattr(self, name) > self.topics_per_theme:  # the wholly loyal have no other
                self._refuse(name, "must have topics enough for needs and offers in each theme")
        if self.places > len(PLACES):
            self._refuse("places", f"must be from 1 to {len(PLACES)}")
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                self._refuse(name, f"must be from {least:g} to {most:g}")

    def _refuse(self, name: str, reason: str) -> Never:
        value = getattr(self, name)
        raise InvalidValueError(kind=f"{name} of a family", value=value, reason=reason)
