"""Compare what an edition announces of itself with the register of its participants."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.edition import Edition, Headline
from utm.domain.evidence import Observation
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.wording import join_words
from utm.errors import InvalidValueError

__all__ = ["HeadlineComparison", "Reconciliation", "reconcile"]


@frozen(kw_only=True)
class HeadlineComparison:
    """One announced size of an edition beside the size that its register has.

    Parameters
    ----------
    announced
        What was announced, with its source.
    listed
        What the register adds up to.
    """

    announced: Observation[Headline]
    listed: Headline

    @property
    def pairings_difference(self) -> int:
        """Listed groups less announced ones."""
        return self.listed.pairings - self.announced.value.pairings

    @property
    def cities_difference(self) -> int:
        """Listed cities less announced ones."""
        return self.listed.cities - self.announced.value.cities

    @property
    def countries_difference(self) -> int:
        """Listed countries less announced ones."""
        return self.listed.countries - self.announced.value.countries

    @property
    def agrees(self) -> bool:
        """Tell whether all three numbers are the same."""
        return self.listed == self.announced.value

    @property
    def sentence(self) -> str:
        """The comparison in words; it explains no difference."""
        source = self.announced.source.title
        if self.agrees:
            return f"The register holds {_sizes(self.listed)}, as announced in “{source}”."
        differences = join_words(
            tuple(
                _difference(count, singular, plural)
                for count, singular, plural in (
                    (self.pairings_difference, "pairing", "pairings"),
                    (self.cities_difference, "city", "cities"),
                    (self.countries_difference, "country", "countries"),
                )
                if count
            )
        )
        return (
            f"“{source}” announces {_sizes(self.announced.value)}; the register holds "
            f"{_sizes(self.listed)}: {differences}. "
            "Why they differ is not known, and nothing has been added to make them agree."
        )


@frozen(kw_only=True)
class Reconciliation:
    """The size of a register beside everything that was announced of it.

    Parameters
    ----------
    listed
        What the register adds up to.
    comparisons
        One for each announced size, in the order of the edition.
    """

    listed: Headline
    comparisons: tuple[HeadlineComparison, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether every announced size is that of the register."""
        return all(comparison.agrees for comparison in self.comparisons)

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each announced size, or one that says that there is none."""
        if not self.comparisons:
            return (f"The register holds {_sizes(self.listed)}; no size was announced.",)
        return tuple(comparison.sentence for comparison in self.comparisons)

    def __str__(self) -> str:
        return " ".join(self.sentences)


def reconcile(edition: Edition, participants: Iterable[City | Consortium]) -> Reconciliation:
    """Count the groups, cities and countries of an edition and compare them with its headlines.

    Parameters
    ----------
    edition
        The edition as published.
    participants
        The facts on its members; others are not counted.

    Returns
    -------
    Reconciliation
        The counts and one comparison a headline. A town of a consortium counts as one city.

    Raises
    ------
    InvalidValueError
        A member of a group is not among the participants, so that its country is not known.

    Notes
    -----
    Takes time linear in the number of participants.
    """
    by_id: dict[CityId | ConsortiumId, City | Consortium] = {
        participant.id: participant for participant in participants
    }
    cities: dict[CityId, City] = {}
    for pairing in edition.pairings:
        for member in pairing.members:
            if member not in by_id:
                raise InvalidValueError(
                    kind="member",
                    value=member.value,
                    reason=f"of {pairing.id} is not among the participants",
                )
            cities.update((city.id, city) for city in _cities_of(by_id[member]))
    listed = Headline(
        pairings=len(edition.pairings),
        cities=len(cities),
        countries=len({city.country for city in cities.values()}),
    )
    return Reconciliation(
        listed=listed,
        comparisons=tuple(
            HeadlineComparison(announced=headline, listed=listed) for headline in edition.headlines
        ),
    )


def _cities_of(participant: City | Consortium) -> tuple[City, ...]:
    return participant.members if isinstance(participant, Consortium) else (participant,)


def _sizes(size: Headline) -> str:
    return join_words(
        (
            _count(size.pairings, "pairing", "pairings"),
            _count(size.cities, "city", "cities"),
            _count(size.countries, "country", "countries"),
        )
    )


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _difference(number: int, singular: str, plural: str) -> str:
    return f"{_count(abs(number), singular, plural)} {'fewer' if number < 0 else 'more'}"
