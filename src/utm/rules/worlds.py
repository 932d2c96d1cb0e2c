"""All cities that rules can tell apart, and one invented city for each.

Rules ask of a city its inhabitants, its standing in networks, its plan, its
promises and the day of its engagement. The values of each fall into a few
regions within which every criterion answers alike. One value stands for its
region.
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
from utm.domain.dates import Period, add_months
from utm.domain.evidence import Observation, Source
from utm.domain.identifiers import ApplicationId, CallId, CityId, NetworkId, PlanId
from utm.domain.places import CountryCode
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanKind, PlanMode
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule, examine
from utm.rules.commitment import CommitmentGiven
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import Interpretations, OpenQuestion
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict

__all__ = ["Leaf", "Variable", "Worlds"]

Leaf = MinimumPopulation | NetworkSignatory | WholeCityPlan | CommitmentGiven | Urbanised
_Setting = Callable[[Application], Application]

_SOURCE = Source(title="invented, to show what the rules tell apart")
_KEY = CityId("fi-invented")
_PLAN = PlanId("invented")
_READINGS = Interpretations(equivalent_plan=OpenQuestion.DOES_NOT_COUNT)
_STANDINGS = (MembershipStatus.SIGNATORY, MembershipStatus.COMMITTED, MembershipStatus.WITHDRAWN)


@frozen(kw_only=True)
class Variable:
    """One thing that may differ between cities.

    Parameters
    ----------
    name
        What differs.
    settings
        For each region, how to make an application that lies in it.
    """

    name: str
    settings: tuple[_Setting, ...]


class Worlds:
    """The cities that some criteria can tell apart on a day.

    Parameters
    ----------
    leaves
        The criteria; rules of third parties cannot be analysed.
    day
        The day.

    Raises
    ------
    InvalidValueError
        A criterion is of a kind whose facts are not known here.
    """

    def __init__(self, leaves: Iterable[Rule], day: Date) -> None:
        self.day = day
        self.leaves = tuple(_known_leaf(leaf) for leaf in leaves)
        self.variables = tuple(self._variables())

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many regions each variable has."""
        return tuple(len(variable.settings) for variable in self.variables)

    def application(self, values: Sequence[int]) -> Application:
        """Invent the application that lies in given regions, one a variable."""
        city = City(id=_KEY, name="Invented", country=CountryCode("FI"))
        application = Application(
            id=ApplicationId("invented"), call=CallId("invented"), applicant=city
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
            interpretations=_READINGS,
        )

    def answer(self, leaf: Rule, values: Sequence[int]) -> bool:
        """Tell whether a criterion is met in given regions."""
        return examine(leaf, self.case(values)).verdict is Verdict.MET

    def variables_of(self, leaf: Rule) -> tuple[int, ...]:
        """Find the numbers of the variables that a criterion may depend on, in order."""
        match _known_leaf(leaf):
            case MinimumPopulation():
                names = {"inhabitants"}
            case NetworkSignatory() as standing:
                names = {f"standing in {standing.network}", "engagement"}
            case WholeCityPlan():
                names = {"plan"}
            case Urbanised():
                names = {"degree of urbanisation"}
            case CommitmentGiven() as promise:
                names = {f"promise to {promise.commitment.value}"}
        return tuple(i for i, variable in enumerate(self.variables) if variable.name in names)

    def _variables(self) -> Iterator[Variable]:
        floors = {e.floor_inhabitants for e in self.leaves if isinstance(e, MinimumPopulation)}
        if floors:
            counts = (min(floors) - 1, *sorted(floors))
            yield Variable(name="inhabitants", settings=tuple(_with_inhabitants(n) for n in counts))
        yield from self._variables_of_standing()
        if any(isinstance(leaf, WholeCityPlan) for leaf in self.leaves):
            whole = [_with_plan(kind, PlanCoverage.WHOLE_CITY) for kind in PlanKind]
            partial = _with_plan(PlanKind.SECAP, PlanCoverage.PARTIAL)
            yield Variable(name="plan", settings=(*whole, partial))
        if any(isinstance(leaf, Urbanised) for leaf in self.leaves):
            degrees = tuple(_with_urbanisation(each) for each in DegreeOfUrbanisation)
            yield Variable(name="degree of urbanisation", settings=degrees)
        asked = {leaf.commitment for leaf in self.leaves if isinstance(leaf, CommitmentGiven)}
        for each in (commitment for commitment in Commitment if commitment in asked):
            answers = tuple(_with_promise(each, given=given) for given in (True, False))
            yield Variable(name=f"promise to {each.value}", settings=answers)

    def _variables_of_standing(self) -> Iterator[Variable]:
        standings = [leaf for leaf in self.leaves if isinstance(leaf, NetworkSignatory)]
        for network in sorted({leaf.network for leaf in standings}):
            settings = tuple(_with_standing(network, status) for status in _STANDINGS)
            yield Variable(name=f"standing in {network}", settings=settings)
        graces = sorted({leaf.grace_months for leaf in standings if leaf.grace_months})
        if graces:
            engaged = (self.day, *(_just_past(self.day, months) for months in graces))
            yield Variable(name="engagement", settings=tuple(_engaged_on(day) for day in engaged))


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


def _on_city(edit: Callable[[City], City]) -> _Setting:
    def setting(application: Application) -> Application:
        (city,) = application.cities
        return evolve(application, applicant=edit(city))

    return setting


def _with_inhabitants(inhabitants: int) -> _Setting:
    figure = PopulationFigure(
        inhabitants=inhabitants, basis=PopulationBasis.MUNICIPALITY, source=_SOURCE
    )
    return _on_city(lambda city: evolve(city, populations=(figure,)))


def _with_urbanisation(degree: DegreeOfUrbanisation) -> _Setting:
    seen = Observation(value=degree, source=_SOURCE)
    return _on_city(lambda city: evolve(city, urbanisation=seen))


def _with_standing(network: NetworkId, status: MembershipStatus) -> _Setting:
    membership = NetworkMembership(network=network, status=status, source=_SOURCE)
    return _on_city(lambda city: evolve(city, memberships=(*city.memberships, membership)))


def _engaged_on(day: Date) -> _Setting:
    return lambda application: evolve(application, engaged_on=day)


def _with_plan(kind: PlanKind, coverage: PlanCoverage) -> _Setting:
    plan = ClimatePlan(
        id=_PLAN,
        kind=kind,
        covers=(_KEY,),
        source=_SOURCE,
        coverage=coverage,
        mode=PlanMode.INDIVIDUAL,
    )
    return lambda application: evolve(application, plans=(plan,))


def _with_promise(commitment: Commitment, *, given: bool) -> _Setting:
    statement = CommitmentStatement(commitment=commitment, given=given, source=_SOURCE)
    return lambda application: evolve(
        application, commitments=(*application.commitments, statement)
    )
