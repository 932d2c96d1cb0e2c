"""Hypothesis strategies for evidence, rules and readings of them."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pendulum import Date

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    ClimatePlan,
    Commitment,
    CommitmentStatement,
    Consortium,
    ConsortiumId,
    CountryCode,
    GovernmentKind,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Observation,
    Period,
    PlanCoverage,
    PlanId,
    PlanKind,
    PlanMode,
    PopulationBasis,
    PopulationFigure,
    Source,
    Unknown,
    UnknownReason,
    add_months,
)
from utm.domain.city import DegreeOfUrbanisation
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    CommitmentGiven,
    ConflictReading,
    Exists,
    ForAll,
    ForAtLeast,
    GraceClock,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    Number,
    OpenQuestion,
    Parameter,
    ParameterValue,
    PopulationReading,
    Rule,
    ShareOfInhabitants,
    TownsReading,
    UndatedReading,
    Urbanised,
    Verdict,
    WholeCityPlan,
)

__all__ = [
    "applications_to_judge",
    "cities_to_judge",
    "completions_of",
    "criteria",
    "days",
    "memberships",
    "numbers",
    "plans_for",
    "population_figures",
    "readings",
    "rules",
    "verdicts",
]

_NETWORK = NetworkId("gcom")
_FLOORS = (40_000, 50_000, 60_000)
_SOURCES = tuple(Source(title=f"Register {name}", issuer=name) for name in "ABC")
_PLANS = tuple(kind for kind in PlanKind if kind is not PlanKind.NONE)
_LONG_AGO = Date(2000, 1, 1)
_FIRST_DAY, _LAST_DAY = Date(2022, 1, 1), Date(2027, 12, 31)


def verdicts() -> SearchStrategy[Verdict]:
    """Draw met, unmet or unknown."""
    return st.sampled_from(Verdict)


@st.composite
def days(draw: st.DrawFn) -> Date:
    """Draw a day from 2022 to 2027."""
    ordinal = draw(st.integers(_FIRST_DAY.toordinal(), _LAST_DAY.toordinal()))
    return Date.fromordinal(ordinal)


def population_figures() -> SearchStrategy[PopulationFigure]:
    """Draw figures on both sides of the usual floors, of every basis, some in doubt."""
    return st.builds(
        PopulationFigure,
        inhabitants=st.sampled_from((0, 30_000, 49_999, 50_000, 50_001, 90_000)),
        basis=st.sampled_from(PopulationBasis),
        source=st.sampled_from(_SOURCES),
        year=st.none() | st.integers(2010, 2025),
        doubt=st.sampled_from(("", "", "", "looks like a misplaced digit")),
    )


@st.composite
def memberships(draw: st.DrawFn) -> NetworkMembership:
    """Draw standings in one network: over a period, in a list, or without days."""
    start = draw(days())
    end = add_months(start, draw(st.integers(1, 40)))
    return NetworkMembership(
        network=_NETWORK,
        status=draw(st.sampled_from(MembershipStatus)),
        source=draw(st.sampled_from(_SOURCES)),
        period=draw(st.sampled_from((None, Period(start=start), Period(start=start, end=end)))),
        listed_on=draw(st.none() | days()),
        promised_by=draw(st.none() | days()),
    )


@st.composite
def plans_for(draw: st.DrawFn, members: tuple[CityId, ...]) -> ClimatePlan:
    """Draw a plan that covers some of the given cities, or a statement that they have none."""
    unknown = Unknown(reason=UnknownReason.NOT_REPORTED)
    adopted_on = draw(st.none() | days())
    expires_on = (
        None if adopted_on is None else draw(st.none() | st.just(add_months(adopted_on, 9)))
    )
    kind = draw(st.sampled_from(PlanKind))
    covers = tuple(draw(st.lists(st.sampled_from(members), min_size=1, unique=True)))
    if kind is PlanKind.NONE:
        return ClimatePlan(
            id=PlanId("none"),
            kind=kind,
            covers=covers,
            source=draw(st.sampled_from(_SOURCES)),
            expires_on=draw(st.none() | days()),
        )
    return ClimatePlan(
        id=PlanId(f"plan-{draw(st.integers(0, 999))}"),
        kind=kind,
        covers=covers,
        source=draw(st.sampled_from(_SOURCES)),
        coverage=draw(st.sampled_from((*PlanCoverage, PlanCoverage.WHOLE_CITY, unknown))),
        mode=draw(st.sampled_from((*PlanMode, unknown))),
        adopted_on=adopted_on,
        expires_on=expires_on,
    )


@st.composite
def cities_to_judge(draw: st.DrawFn, name: str = "Invented") -> City:
    """Draw a city with whatever evidence, from none to contradictory."""
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note="two places of that name")
    unknown = Unknown(reason=UnknownReason.NOT_REPORTED)
    return City(
        id=CityId.of("FI", name),
        name=name,
        country=CountryCode("FI"),
        government=draw(st.sampled_from((*GovernmentKind, unknown))),
        populations=tuple(draw(st.lists(population_figures(), max_size=4))),
        memberships=tuple(draw(st.lists(memberships(), max_size=3))),
        identity=draw(st.sampled_from((None, None, None, doubt))),
        urbanisation=draw(
            st.just(unknown)
            | st.builds(
                Observation,
                value=st.sampled_from(DegreeOfUrbanisation),
                source=st.sampled_from(_SOURCES),
                recorded_on=st.none() | days(),
                valid_until=st.none() | days(),
            )
        ),
    )


@st.composite
def applications_to_judge(draw: st.DrawFn) -> Application:
    """Draw an application of a city or of two or three towns, with whatever evidence."""
    count = draw(st.sampled_from((1, 1, 2, 3)))
    cities = tuple(draw(cities_to_judge(name=f"Invented {word}")) for word in "ABC"[:count])
    applicant = (
        cities[0]
        if count == 1
        else Consortium(id=ConsortiumId("invented"), name="Invented Towns", members=cities)
    )
    plans = draw(st.lists(plans_for(tuple(city.id for city in cities)), max_size=3))
    promises = draw(st.lists(st.sampled_from(Commitment), unique=True))
    return Application(
        id=ApplicationId("invented"),
        call=CallId("invented"),
        applicant=applicant,
        plans=tuple(plans),
        commitments=tuple(
            CommitmentStatement(
                commitment=promise,
                given=draw(st.booleans()),
                source=draw(st.sampled_from(_SOURCES)),
                stated_on=draw(st.none() | days()),
            )
            for promise in promises
        ),
        submitted_on=draw(st.none() | days()),
        engaged_on=draw(st.none() | days()),
    )


@st.composite
def completions_of(draw: st.DrawFn, application: Application, on: Date) -> Application:
    """Draw a completion: what is unknown of an application is filled in, the rest kept.

    Cities without figures get one of their own area, doubts about identity end,
    standings that do not reach the day are joined by one that does, plans get
    their coverage and mode, and promises that nobody answered are answered.
    """
    applicant = application.applicant
    whole = (
        evolve(applicant, members=tuple(draw(_completed(city, on)) for city in applicant.members))
        if isinstance(applicant, Consortium)
        else draw(_completed(applicant, on))
    )
    plans = tuple(
        evolve(
            plan,
            coverage=draw(st.sampled_from(PlanCoverage))
            if isinstance(plan.coverage, Unknown)
            else plan.coverage,
            mode=draw(st.sampled_from(PlanMode)) if isinstance(plan.mode, Unknown) else plan.mode,
        )
        if not plan.is_absence
        else plan
        for plan in application.plans
    )
    for city in application.cities:
        if not any(city.id in plan.covers for plan in plans) and draw(st.booleans()):
            plans = (*plans, draw(plans_for((city.id,))))
    answered = {statement.commitment for statement in application.commitments}
    promises = tuple(
        CommitmentStatement(commitment=each, given=draw(st.booleans()), source=_SOURCES[0])
        for each in Commitment
        if each not in answered
    )
    return evolve(
        application,
        applicant=whole,
        plans=plans,
        commitments=(*application.commitments, *promises),
    )


@st.composite
def _completed(draw: st.DrawFn, city: City, on: Date) -> City:
    populations = city.populations or (
        PopulationFigure(
            inhabitants=draw(st.integers(0, 100_000)),
            basis=PopulationBasis.MUNICIPALITY,
            source=_SOURCES[0],
        ),
    )
    known = city.memberships
    if not known and draw(st.booleans()):
        status = draw(st.sampled_from(MembershipStatus))
        known = (
            NetworkMembership(
                network=_NETWORK, status=status, source=_SOURCES[0], period=Period(start=on)
            ),
        )
    seen = city.urbanisation
    if isinstance(seen, Unknown):
        degree = draw(st.sampled_from(DegreeOfUrbanisation))
        seen = Observation(value=degree, source=_SOURCES[0])
    return evolve(
        city, populations=populations, memberships=known, identity=None, urbanisation=seen
    )


def readings() -> SearchStrategy[Interpretations]:
    """Draw any combination of readings."""
    return st.builds(
        Interpretations,
        population=st.sampled_from(PopulationReading),
        conflict=st.sampled_from(ConflictReading),
        preferred_issuers=st.just(("A", "B")),
        towns=st.sampled_from(TownsReading),
        joint_plan=st.sampled_from(OpenQuestion),
        equivalent_plan=st.sampled_from(OpenQuestion),
        on_hold=st.sampled_from(OpenQuestion),
        undated_standing=st.sampled_from(UndatedReading),
        listing_counts_years=st.integers(0, 5),
        grace_clock=st.sampled_from(GraceClock),
    )


@st.composite
def numbers(draw: st.DrawFn, values: SearchStrategy[int]) -> Number:
    """Draw a number of a rule: mostly one for all, else one that differs by date and country."""
    if draw(st.integers(0, 3)):
        return draw(values)
    turn = draw(days())
    dated = [
        ParameterValue(
            value=draw(values), in_force=Period(start=_LONG_AGO, end=turn), source=_SOURCES[0]
        ),
        ParameterValue(value=draw(values), in_force=Period(start=turn), source=_SOURCES[1]),
    ]
    if draw(st.booleans()):
        dated.append(
            ParameterValue(
                value=draw(values),
                in_force=Period(start=draw(days())),
                source=_SOURCES[2],
                countries=(CountryCode("FI"),),
            )
        )
    return Parameter(values=tuple(dated))


def criteria() -> SearchStrategy[Rule]:
    """Draw a criterion: a floor, a standing, a plan, a promise or a degree of urbanisation."""
    sources = st.none() | st.sampled_from(_SOURCES)
    return st.one_of(
        st.builds(
            MinimumPopulation,
            id=st.just("population"),
            floor_inhabitants=numbers(st.sampled_from(_FLOORS)),
            source=sources,
        ),
        st.builds(
            NetworkSignatory,
            id=st.just("signatory"),
            network=st.just(_NETWORK),
            network_name=st.just("Global Covenant of Mayors"),
            grace_months=numbers(st.integers(0, 4)),
            source=sources,
        ),
        st.builds(
            WholeCityPlan,
            id=st.just("plan"),
            kinds=st.lists(st.sampled_from(_PLANS), min_size=1, unique=True).map(tuple),
            own_for_towns=st.booleans(),
            source=sources,
        ),
        st.builds(
            CommitmentGiven,
            id=st.just("promise"),
            commitment=st.sampled_from(Commitment),
            source=sources,
        ),
        st.builds(
            Urbanised,
            id=st.just("urbanised"),
            degrees=st.lists(st.sampled_from(DegreeOfUrbanisation), min_size=1, unique=True).map(
                tuple
            ),
            source=sources,
        ),
    )


def rules(*, monotone: bool = False, most_leaves: int = 6) -> SearchStrategy[Rule]:
    """Draw a tree of criteria.

    Parameters
    ----------
    monotone
        True to leave out negations.
    most_leaves
        About how many criteria a tree has at most.
    """

    def extend(inner: SearchStrategy[Rule]) -> SearchStrategy[Rule]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        choices: list[SearchStrategy[Rule]] = [
            st.builds(AllOf, parts=parts),
            st.builds(AnyOf, parts=parts),
            parts.flatmap(
                lambda some: st.builds(
                    AtLeast, parts=st.just(some), count=st.integers(1, len(some))
                )
            ),
            st.builds(ForAll, rule=inner),
            st.builds(Exists, rule=inner),
            st.builds(ForAtLeast, rule=inner, count=st.integers(1, 3)),
            st.builds(ShareOfInhabitants, rule=inner, least_percent=st.integers(1, 100)),
        ]
        if not monotone:
            choices.append(st.builds(Not, part=inner))
        return st.one_of(choices)

    return st.recursive(criteria(), extend, max_leaves=most_leaves)
