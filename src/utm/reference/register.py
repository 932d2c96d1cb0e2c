"""The City2City edition of 2026 as published, with what is known of its cities."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from utm.domain.announcements import Announcement
from utm.domain.application import AdmissionOutcome, Application, AuthorityDecision
from utm.domain.city import City
from utm.domain.edition import Edition, Pairing
from utm.domain.evidence import Observation
from utm.domain.exchange import Need
from utm.domain.identifiers import ApplicationId, CallId, EditionId, PairingId, ThemeId, TopicId
from utm.programme.reconciliation import Reconciliation, reconcile
from utm.reference.announcements import announcements, headlines_of
from utm.reference.files import Row, read_rows
from utm.reference.listed_cities import listed_cities
from utm.reference.lookup import find_city
from utm.reference.sources import source_of

__all__ = ["Register", "city2city_2026"]

_EDITION = EditionId("city2city-2026")


@frozen(kw_only=True)
class Register:
    """What is publicly known of one edition and its participants.

    Parameters
    ----------
    cities
        The listed cities, in published order.
    edition
        The groups as published, and what was announced of their number.
    applications
        One a city, in the same order, holding public evidence alone.
    observations
        What the mission announced of its cohort, its calls and this edition.
    """

    cities: tuple[City, ...]
    edition: Edition
    applications: tuple[Application, ...]
    observations: tuple[Observation[Announcement], ...]

    def find(self, text: str) -> City:
        """Find a city by id, name, other spelling, key of others, or country if it has but one.

        Raises
        ------
        UnresolvedNameError
            Nothing fits, or several cities do; the error names them.
        """
        return find_city(self.cities, text)

    def pairing_of(self, city: City) -> Pairing | None:
        """Find the published group of a city; ``None`` if it is in none."""
        for pairing in self.edition.pairings:
            if city.id in pairing.members:
                return pairing
        return None

    def reconcile(self) -> Reconciliation:
        """Compare the announced numbers with the register; nothing is added for what is missing."""
        return reconcile(self.edition, self.cities)


@cache
def city2city_2026() -> Register:
    """The 51 listed cities and 19 listed groups of City2City 2026, with all sources.

    The needs of the applications are derived from the published focus of each group, since
    what the cities wrote themselves is not public; ``needs_basis`` says so.

    Notes
    -----
    Read once from files of the package, without a network, and kept.
    """
    cities = listed_cities()
    members = _members(cities)
    pairings = tuple(_pairing(row, members[row["pairing"]]) for row in read_rows("listed_groups"))
    return Register(
        cities=cities,
        edition=Edition(
            id=_EDITION,
            title="UTM City2City 2026",
            pairings=pairings,
            headlines=headlines_of(_EDITION),
        ),
        applications=tuple(
            _application(city, pairing)
            for pairing in pairings
            for city in members[str(int(pairing.id.value.rpartition("-")[2]))]
        ),
        observations=announcements(),
    )


def _members(cities: tuple[City, ...]) -> dict[str, tuple[City, ...]]:
    groups: dict[str, tuple[City, ...]] = {}
    for row, city in zip(read_rows("listed_cities"), cities, strict=True):
        groups[row["pairing"]] = (*groups.get(row["pairing"], ()), city)
    return groups


def _pairing(row: Row, members: tuple[City, ...]) -> Pairing:
    return Pairing(
        id=PairingId(f"{_EDITION}-{int(row['pairing']):02}"),
        theme=ThemeId(row["theme"]),
        focus=row["focus"],
        topics=tuple(TopicId(topic) for topic in row["topics"].split("; ")),
        members=tuple(city.id for city in members),
    )


def _application(city: City, pairing: Pairing) -> Application:
    share = 1 / len(pairing.topics)
    return Application(
        id=ApplicationId(f"{_EDITION}-{city.id}"),
        call=CallId(_EDITION.value),
        applicant=city,
        needs=tuple(Need(topic=topic, weight_share=share) for topic in pairing.topics),
        theme=pairing.theme,
        authority_decision=AuthorityDecision(
            outcome=AdmissionOutcome.ADMITTED,
            authority="Urban Transitions Mission",
            source=source_of("city2city-page"),
            note="Seen on the published list of pairings; the decision itself is not public.",
        ),
        needs_basis=(
            f"Derived, with equal shares, from the published focus “{pairing.focus}”; "
            "what the city itself asked for is not public."
        ),
    )
