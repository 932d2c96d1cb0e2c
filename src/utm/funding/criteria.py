"""Criteria of opportunities, as rules: where a city lies, and what kind of applicant it is."""

from __future__ import annotations

from attrs import frozen

from utm.domain.city import City, GovernmentKind
from utm.domain.consortium import Consortium
from utm.domain.country_group import is_in_europe
from utm.domain.evidence import Source, Unknown, UnknownReason
from utm.domain.partner import ApplicantKind
from utm.domain.places import CountryCode
from utm.rules import Case, Composable, Finding, Rule, Verdict, conclude
from utm.rules.verdict import all_of

__all__ = [
    "AdmittedApplicant",
    "AnyCity",
    "InEurope",
    "PlacesNotStated",
    "SituatedIn",
    "applicant_kind_of",
]

_MOST_NAMED = 5
_KINDS = {
    GovernmentKind.MUNICIPALITY: ApplicantKind.LOCAL_AUTHORITY,
    GovernmentKind.DISTRICT: ApplicantKind.LOCAL_AUTHORITY,
    GovernmentKind.COUNTY: ApplicantKind.LOCAL_AUTHORITY,
    GovernmentKind.METROPOLITAN_AUTHORITY: ApplicantKind.LOCAL_AUTHORITY,
    GovernmentKind.REGION: ApplicantKind.REGIONAL_AUTHORITY,
}


class _AskedOfEveryTown(Composable):
    """A criterion that every town of a consortium must meet."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    def questions(self: Rule, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask it of every town of a consortium; of a city it is a criterion of its own."""
        if isinstance(case.subject, Consortium):
            return tuple([(self, case.about(town)) for town in case.cities])
        return ()

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if every town meets it."""
        return all_of(verdicts)


@frozen(kw_only=True)
class SituatedIn(_AskedOfEveryTown):
    """A city in one of some countries.

    Parameters
    ----------
    id
        Key of the criterion.
    countries
        The countries, at least one.
    source
        Where it is written.
    """

    id: str
    countries: tuple[CountryCode, ...]
    source: Source | None = None

    @property
    def requirement(self) -> str:
        """What is asked."""
        names = [each.country.name for each in self.countries]
        if len(names) > _MOST_NAMED:
            return f"a city in one of {len(names)} listed countries"
        return f"a city in {' or '.join(names)}"

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for each town of a consortium."""
        if isinstance(case.subject, Consortium):
            return conclude(self, case)
        country = case.subject.country
        verdict = Verdict.of(country in self.countries)
        return case.finding(self, verdict, note=f"it lies in {country.country.name}")


@frozen(kw_only=True)
class InEurope(_AskedOfEveryTown):
    """A city in Europe, by the definition of `utm.domain.is_in_europe`.

    Parameters
    ----------
    id
        Key of the criterion.
    source
        Where it is written.
    """

    id: str
    source: Source | None = None

    @property
    def requirement(self) -> str:
        """What is asked."""
        return "a city in Europe"

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for each town of a consortium."""
        if isinstance(case.subject, Consortium):
            return conclude(self, case)
        country = case.subject.country
        verdict = Verdict.of(is_in_europe(country))
        return case.finding(self, verdict, note=f"it lies in {country.country.name}")


@frozen(kw_only=True)
class PlacesNotStated(Composable):
    """Nobody has said, for this day, whose cities may take part: the answer is not known.

    Parameters
    ----------
    id
        Key of the criterion.
    source
        Where something should have been written.
    """

    id: str
    source: Source | None = None

    @property
    def requirement(self) -> str:
        """What is asked."""
        return "a city of an eligible country"

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    def examine(self, case: Case) -> Finding:
        """Answer that it is not known, and whom to ask."""
        missing = case.lacks(
            f"countries that are eligible on {case.day}",
            UnknownReason.NOT_REPORTED,
            ask="ask the provider which countries are eligible",
        )
        return case.finding(self, Verdict.UNKNOWN, missing=(missing,))


@frozen(kw_only=True)
class AnyCity(Composable):
    """Every city may ask: nothing restricts who.

    Parameters
    ----------
    id
        Key of the criterion.
    source
        Where it is written.
    """

    id: str
    source: Source | None = None

    @property
    def requirement(self) -> str:
        """What is asked."""
        return "a city, wherever it lies"

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    def examine(self, case: Case) -> Finding:
        """Answer that it is met."""
        return case.finding(self, Verdict.MET)


@frozen(kw_only=True)
class AdmittedApplicant(_AskedOfEveryTown):
    """An applicant of an admitted kind; a city is one by its kind of government.

    Parameters
    ----------
    id
        Key of the criterion.
    kinds
        Kinds that are admitted, at least one.
    source
        Where it is written.
    """

    id: str
    kinds: tuple[ApplicantKind, ...]
    source: Source | None = None

    @property
    def requirement(self) -> str:
        """What is asked."""
        return f"an applicant that is a {' or '.join(kind.value for kind in self.kinds)}"

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for each town of a consortium."""
        city = case.subject
        if isinstance(city, Consortium):
            return conclude(self, case)
        kind = applicant_kind_of(city)
        if not isinstance(kind, Unknown):
            return case.finding(self, Verdict.of(kind in self.kinds), note=f"it is a {kind.value}")
        possible = {each in self.kinds for each in _KINDS.values()}
        if len(possible) == 1:
            note = "whatever kind of government it has"
            return case.finding(self, Verdict.of(possible.pop()), note=note)
        missing = case.lacks(
            "kind of government", kind.reason, ask="ask which kind of government applies"
        )
        return case.finding(self, Verdict.UNKNOWN, missing=(missing,))


def applicant_kind_of(city: City) -> ApplicantKind | Unknown:
    """Kind of applicant that a city is: a regional authority if a region governs it."""
    government = city.government
    return government if isinstance(government, Unknown) else _KINDS[government]
