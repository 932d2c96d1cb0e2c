"""Who takes part: what it needs, what it offers, and what is known of its context."""

from __future__ import annotations

from attrs import field, frozen

from utm.domain.city import IncomeGroup
from utm.domain.exchange import Need, Offer
from utm.pairing.rows import in_order

__all__ = ["Participant"]


def _sorted_needs(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    return in_order(needs, Need, lambda need: need.topic.value)


def _sorted_offers(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    return in_order(offers, Offer, lambda offer: offer.topic.value)


def _sorted_languages(languages: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if languages is None else in_order(languages, str)


@frozen(kw_only=True)
class Participant:
    """A city or consortium that wants to be in a group.

    ``None`` means *not known*: it scores nothing, meets no rule by itself, and is
    named in the notes of the result. A `Problem` checks the values.

    Parameters
    ----------
    id
        Its key, unique in the problem.
    needs
        Topics on which it wants help; the shares sum to 1, or there are none.
    offers
        Topics on which it can help others.
    country
        ISO 3166-1 alpha-2 code, e.g. ``NA`` for Namibia.
    languages
        ISO 639 codes of the languages it can work in, at least one.
    timezone
        Name in the IANA database, e.g. ``Asia/Kathmandu``.
    climate
        Köppen-Geiger class, e.g. ``Csb``.
    population
        Inhabitants.
    coast_km
        Distance to the nearest sea coast in kilometres.
    elevation_m
        Height above the sea in metres; may be negative.
    on_river
        Whether a major river runs through it.
    income
        World Bank income group of its country.
    """

    id: str
    country: str
    needs: tuple[Need, ...] = field(default=(), converter=_sorted_needs)
    offers: tuple[Offer, ...] = field(default=(), converter=_sorted_offers)
    languages: tuple[str, ...] | None = field(default=None, converter=_sorted_languages)
    timezone: str | None = None
    climate: str | None = None
    population: int | None = None
    coast_km: float | None = None
    elevation_m: float | None = None
    on_river: bool | None = None
    income: IncomeGroup | None = None
