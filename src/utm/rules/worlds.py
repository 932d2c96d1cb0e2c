"""All applicants that rules can tell apart, and one invented applicant for each.

Rules ask of a city its country, its inhabitants, its standing in networks, its plan
and its degree of urbanisation, and of an applicant its promises and the day of its
engagement. The values of each fall into a few regions within which every criterion
answers alike. One value stands for its region. Consortia are invented town by town.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.application import Application, Commitment, CommitmentStatement
from utm.domain.city import (
    City,
    DegreeOfUrbanisation,
    MembershipStatus,
    NetworkMembership,
    PopulationBasis,
    PopulationFigure,
)
from utm.domain.consortium import Consortium
from utm.domain.dates import Period, add_months
from utm.domain.evidence import Observation, Source
from utm.domain.identifiers import ApplicationId, CallId, CityId, ConsortiumId, NetworkId, PlanId
from utm.domain.places import CountryCode
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanKind, PlanMode
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule, examine
from utm.rules.commitment import CommitmentGiven
from utm.rules.counts import counts_to_tell_apart
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import Interpretations, TownsReading
from utm.rules.members import ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.parameter import Parameter, parameters_of, values_of
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict

__all__ = ["Leaf", "Variable", "Worlds"]

Leaf = MinimumPopulation | NetworkSignatory | WholeCityPlan | CommitmentGiven | Urbanised
_Setting = Callable[[Application], Application]

_SOURCE = Source(title="invented, to show what the rules tell apart")
_ELSEWHERE = ("FI", "SE", "NO", "DK")
_TOWNS_OF_WHICH_SOME_ARE_TRIED = 3  # `counts_to_tell_apart` is complete up to two
_STANDINGS = (MembershipStatus.SIGNATORY, MembershipStatus.COMMITTED, MembershipStatus.WITHDRAWN)


@frozen(kw_only=True)
class Variable:
    """One thing that may differ between applicants.

    Parameters
    ----------
    name
        What differs.
    town
        Which town it is about, from 0; ``None`` if about the applicant.
    settings
        For each region, how to make an application that lies in it.
    """

    name: str
    town: int | None
    settings: tuple[_Setting, ...]


class Worlds:
    """The applicants that some rules can tell apart on a day.

    Parameters
    ----------
    rules
        The rules and all their parts; criteria of third parties cannot be analysed.
    day
        The day.
    towns
        1 for single cities; else how many towns every consortium has.
    readings
        What the text leaves open; they must leave nothing unsettled that is asked.

    Raises
    ------
    InvalidValueError
        A criterion is of a kind whose facts are not known here.
    """

    def __init__(
        self, rules: Iterable[Rule], day: Date, *, towns: int, readings: Interpretations
    ) -> None:
        self.day = day
        self.towns = towns
        self.readings = readings
        self.rules = tuple(rules)
        self.leaves = tuple(_known_leaf(rule) for rule in self.rules if not rule.parts)
        self.countries = self._countries()
        self.counts = self._counts()
        self.variables = tuple(self._variables())

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many regions each variable has."""
        return tuple(len(variable.settings) for variable in self.variables)

    def application(self, values: Sequence[int]) -> Application:
        """Invent the application that lies in given regions, one a variable."""
        cities = tuple(self._city(town) for town in range(self.towns))
        applicant = (
            cities[0]
            if self.towns == 1
            else Consortium(id=ConsortiumId("invented"), name="Invented", members=cities)
        )
        application = Application(
            id=ApplicationId("invented"), call=CallId("invented"), applicant=applicant
        )
        for variable, value in zip(self.variables, values, strict=True):
            application = variable.settings[value](application)
        return application

    def case(self, values: Sequence[int]) -> Case:
        """Invent the case that lies in given regions."""
        application = self.application(values)
        return Case(
            application=application,
            subject=application.applicant,
            day=self.day,
            version=VersionStamp(rulebook="", version="", in_force=Period(start=self.day)),
            interpretations=self.readings,
        )

    def answer(self, rule: Rule, values: Sequence[int], town: int | None = None) -> bool:
        """Tell whether a criterion is met in given regions, by one town or by the applicant.

        Raises
        ------
        InvalidValueError
            The readings leave it open.
        """
        case = self.case(values)
        if town is not None:
            case = case.about(case.cities[town])
        finding = examine(rule, case)
        if finding.verdict is Verdict.UNKNOWN:
            raise InvalidValueError(
                kind="interpretations",
                value=rule.requirement,
                reason=f"leave it open: {'; '.join(str(lack) for lack in finding.needed)}",
            )
        return finding.verdict is Verdict.MET

    def variables_of(self, leaf: Rule, town: int | None = None) -> tuple[int, ...]:
        """Find the numbers of the variables that a criterion may depend on, in order.

        With a town, only what is said of it or of the whole applicant.
        """
        leaf = _known_leaf(leaf)
        names = {"country"} if any(one.countries for one in parameters_of(leaf)) else set[str]()
        match leaf:
            case MinimumPopulation():
                names.add("inhabitants")
            case NetworkSignatory():
                names |= {f"standing in {leaf.network}", "engagement"}
            case WholeCityPlan():
                names.add("plan")
            case Urbanised():
                names.add("degree of urbanisation")
            case CommitmentGiven():
                names.add(f"promise to {leaf.commitment.value}")
        return self._numbers(names, town)

    def counts_of(self, town: int) -> tuple[int, ...]:
        """Find the number of the variable for the inhabitants of a town, if there is one."""
        return self._numbers({"inhabitants"}, town)

    def countries_of(self) -> tuple[int, ...]:
        """Find the numbers of the variables for the countries of the towns."""
        return self._numbers({"country"}, None)

    def _numbers(self, names: set[str], town: int | None) -> tuple[int, ...]:
        return tuple(
            number
            for number, variable in enumerate(self.variables)
            if variable.name in names and (town is None or variable.town in {None, town})
        )

    def _city(self, town: int) -> City:
        code = self.countries[0]
        name = "Invented" if self.towns == 1 else f"Invented {'ABC'[town]}"
        return City(id=CityId.of(code.value, name), name=name, country=code)

    def _countries(self) -> tuple[CountryCode, ...]:
        named = {c.value for leaf in self.leaves for p in parameters_of(leaf) for c in p.countries}
        named |= {
            c.value
            for rule in self.rules
            if isinstance(rule, ShareOfInhabitants) and isinstance(rule.least_percent, Parameter)
            for c in rule.least_percent.countries
        }
        other = next(code for code in _ELSEWHERE if code not in named)
        return (CountryCode(other), *(CountryCode(code) for code in sorted(named)))

    def _counts(self) -> tuple[int, ...]:
        floors = {
            value
            for leaf in self.leaves
            if isinstance(leaf, MinimumPopulation)
            for value in values_of(leaf.floor_inhabitants)
        }
        together = self.towns > 1
        shares = {
            value
            for rule in self.rules
            if isinstance(rule, ShareOfInhabitants) and together
            for value in values_of(rule.least_percent)
        }
        summed = together and self.readings.towns is TownsReading.SUM
        self.is_exact = self.towns < _TOWNS_OF_WHICH_SOME_ARE_TRIED or not (shares or summed)
        return counts_to_tell_apart(floors, shares, towns=self.towns, summed=summed)

    def _variables(self) -> Iterator[Variable]:
        for town in range(self.towns):
            yield from self._variables_of_town(town)
        graces = {
            months
            for leaf in self.leaves
            if isinstance(leaf, NetworkSignatory)
            for months in values_of(leaf.grace_months)
            if months
        }
        if graces:
            engaged = (self.day, *(_just_past(self.day, months) for months in sorted(graces)))
            settings = tuple(_engaged_on(day) for day in engaged)
            yield Variable(name="engagement", town=None, settings=settings)
        asked = {leaf.commitment for leaf in self.leaves if isinstance(leaf, CommitmentGiven)}
        for each in (commitment for commitment in Commitment if commitment in asked):
            answers = tuple(_with_promise(each, given=given) for given in (True, False))
            yield Variable(name=f"promise to {each.value}", town=None, settings=answers)

    def _variables_of_town(self, town: int) -> Iterator[Variable]:
        if len(self.countries) > 1:
            countries = tuple(_within(town, code) for code in self.countries)
            yield Variable(name="country", town=town, settings=countries)
        if self.counts:
            counts = tuple(_with_inhabitants(town, count) for count in self.counts)
            yield Variable(name="inhabitants", town=town, settings=counts)
        networks = {leaf.network for leaf in self.leaves if isinstance(leaf, NetworkSignatory)}
        for network in sorted(networks):
            settings = tuple(_with_standing(town, network, status) for status in _STANDINGS)
            yield Variable(name=f"standing in {network}", town=town, settings=settings)
        if any(isinstance(leaf, WholeCityPlan) for leaf in self.leaves):
            kinds = [kind for kind in PlanKind if kind is not PlanKind.NONE]
            whole = [_with_plan(town, kind, PlanCoverage.WHOLE_CITY) for kind in kinds]
            partial = _with_plan(town, PlanKind.SECAP, PlanCoverage.PARTIAL)
            yield Variable(name="plan", town=town, settings=(*whole, partial))
        if any(isinstance(leaf, Urbanised) for leaf in self.leaves):
            degrees = tuple(_with_urbanisation(town, each) for each in DegreeOfUrbanisation)
            yield Variable(name="degree of urbanisation", town=town, settings=degrees)


def _known_leaf(leaf: Rule) -> Leaf:
    if isinstance(leaf, Leaf):
        return leaf
    raise InvalidValueError(
        kind="rule", value=leaf.requirement, reason="is of a kind that cannot be analysed"
    )


def _just_past(day: Date, months: int) -> Date:
    """Find the latest day of engagement whose grace ended before a day."""
    start = day.subtract(months=months)
    while add_months(start, months) >= day:
        start = start.subtract(days=1)
    return start


def _on_town(town: int, edit: Callable[[City], City]) -> _Setting:
    def setting(application: Application) -> Application:
        applicant = application.applicant
        if isinstance(applicant, City):
            return evolve(application, applicant=edit(applicant))
        members = list(applicant.members)
        members[town] = edit(members[town])
        return evolve(application, applicant=evolve(applicant, members=tuple(members)))

    return setting


def _within(town: int, country: CountryCode) -> _Setting:
    return _on_town(
        town,
        lambda city: evolve(city, id=CityId.of(country.value, city.name), country=country),
    )


def _with_inhabitants(town: int, inhabitants: int) -> _Setting:
    figure = PopulationFigure(
        inhabitants=inhabitants, basis=PopulationBasis.MUNICIPALITY, source=_SOURCE
    )
    return _on_town(town, lambda city: evolve(city, populations=(figure,)))


def _with_urbanisation(town: int, degree: DegreeOfUrbanisation) -> _Setting:
    seen = Observation(value=degree, source=_SOURCE)
    return _on_town(town, lambda city: evolve(city, urbanisation=seen))


def _with_standing(town: int, network: NetworkId, status: MembershipStatus) -> _Setting:
    membership = NetworkMembership(network=network, status=status, source=_SOURCE)
    return _on_town(town, lambda city: evolve(city, memberships=(*city.memberships, membership)))


def _engaged_on(day: Date) -> _Setting:
    return lambda application: evolve(application, engaged_on=day)


def _with_plan(town: int, kind: PlanKind, coverage: PlanCoverage) -> _Setting:
    def setting(application: Application) -> Application:
        city = application.cities[town]
        plan = ClimatePlan(
            id=PlanId(f"of-{city.id}"),
            kind=kind,
            covers=(city.id,),
            source=_SOURCE,
            coverage=coverage,
            mode=PlanMode.INDIVIDUAL,
        )
        return evolve(application, plans=(*application.plans, plan))

    return setting


def _with_promise(commitment: Commitment, *, given: bool) -> _Setting:
    statement = CommitmentStatement(commitment=commitment, given=given, source=_SOURCE)
    return lambda application: evolve(
        application, commitments=(*application.commitments, statement)
    )
