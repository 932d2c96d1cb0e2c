"""The rulebook of an opportunity, made from what is published of it."""

from __future__ import annotations

from pendulum import Date

from utm.domain.country_group import CountryGroup
from utm.domain.dates import Period
from utm.domain.opportunity import EligiblePlaces, Opportunity
from utm.domain.registers import InwardOpportunity, JointCall, OutwardAction, RegisterEntry
from utm.funding.criteria import AdmittedApplicant, AnyCity, InEurope, PlacesNotStated, SituatedIn
from utm.rules import AllOf, Not, Rule, Rulebook, RulebookVersion

__all__ = ["eligibility_of", "provider_belongs", "provider_in_words"]

_BEGINNING = Date(1900, 1, 1)


def eligibility_of(entry: RegisterEntry, *, beside: Rule | None = None) -> Rulebook:
    """Make the rulebook that judges who may ask for an opportunity.

    There is one version for each period in which the eligible places stay the same, so
    that places are always those of the day; a day of which nothing is said has a version
    under which the answer is unknown.

    Parameters
    ----------
    entry
        An entry of register A or B, or a joint call.
    beside
        What is asked in addition, as a rule of `utm.rules`: a least number of inhabitants,
        standing in a network.
    """
    opportunity = entry.opportunity
    always = _always(entry, beside)
    title = f"who may ask: {opportunity.title}"
    versions = [
        RulebookVersion(
            id=f"{opportunity.id}-{number}",
            in_force=period,
            rule=_one((_rule_of_places(places, opportunity), *always), title=title),
            source=places.source if places else opportunity.source,
        )
        for number, (period, places) in enumerate(_timeline(opportunity), start=1)
    ]
    return Rulebook(id=opportunity.id.value, title=opportunity.title, versions=tuple(versions))


def provider_belongs(action: OutwardAction, *, countries: CountryGroup, on: Date) -> bool:
    """Tell whether the country of a provider is a member or associated on a day."""
    return action.opportunity.provider.country in countries.members_on(on)


def provider_in_words(action: OutwardAction, *, countries: CountryGroup, on: Date) -> str:
    """Say whether the country of a provider is a member or associated on a day."""
    outside = "" if provider_belongs(action, countries=countries, on=on) else "not "
    country = action.opportunity.provider.country
    return f"its provider's country, {country}, is {outside}among those of {countries.name} on {on}"


def _always(entry: RegisterEntry, beside: Rule | None) -> tuple[Rule, ...]:
    opportunity = entry.opportunity
    rules: list[Rule] = []
    match entry:
        case OutwardAction():
            rules.append(Not(part=InEurope(id="in-europe"), id="outside-europe"))
        case InwardOpportunity():
            rules.append(InEurope(id="in-europe"))
        case JointCall():
            pass
    if opportunity.applicants:
        rules.append(
            AdmittedApplicant(
                id="applicant", kinds=opportunity.applicants, source=opportunity.source
            )
        )
    return (*rules, beside) if beside else tuple(rules)


def _rule_of_places(places: EligiblePlaces | None, opportunity: Opportunity) -> Rule | None:
    if places is None:
        return PlacesNotStated(id="places", source=opportunity.source)
    if not places.countries:
        return None
    return SituatedIn(id="places", countries=places.countries, source=places.source)


def _one(rules: tuple[Rule | None, ...], *, title: str) -> Rule:
    asked = tuple(rule for rule in rules if rule is not None)
    if not asked:
        return AnyCity(id="anybody")
    return AllOf(parts=asked, id="eligible", title=title)


def _timeline(opportunity: Opportunity) -> list[tuple[Period, EligiblePlaces | None]]:
    """Periods without gap or overlap, from the beginning on, with the places valid in them."""
    timeline: list[tuple[Period, EligiblePlaces | None]] = []
    start: Date | None = _BEGINNING
    for places in sorted(opportunity.places, key=lambda each: each.valid.start):
        if start is not None and start < places.valid.start:
            timeline.append((Period(start=start, end=places.valid.start), None))
        timeline.append((places.valid, places))
        start = places.valid.end
    if start is not None:
        timeline.append((Period(start=start), None))
    return timeline
