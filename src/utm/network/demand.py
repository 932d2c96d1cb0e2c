"""Demand for research: how many cities and people ask, where; traceable, and safe to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen
from pendulum import Date

from utm.domain.city import City
from utm.domain.dates import require_date
from utm.domain.identifiers import CityId
from utm.domain.prose import require_distinct
from utm.domain.research_need import ResearchNeedId
from utm.errors import InvalidValueError
from utm.network.clusters import NeedCluster

__all__ = [
    "Demand",
    "DemandChange",
    "People",
    "PublicDemand",
    "compare_demand",
    "measure_demand",
    "publish_demand",
]

_FEWEST = 3


@frozen(kw_only=True)
class People:
    """Inhabitants of cities, between two sums, and the cities that it leaves out.

    Parameters
    ----------
    lowest, highest
        Sums of the lowest and of the highest figure of each counted city that nobody doubts.
    counted
        Cities that are in the sums, by key.
    unknown
        Cities without such a figure, by key.
    """

    lowest: int
    highest: int
    counted: tuple[CityId, ...]
    unknown: tuple[CityId, ...]


@frozen(kw_only=True)
class Demand:
    """Who asks for something, with every contributor. For staff; see `publish_demand`.

    Parameters
    ----------
    cluster
        Key of the cluster.
    label
        What it is about.
    until
        The last day that counts.
    needs
        The needs stated by that day, by key.
    cities
        The cities that stated them, by key.
    people
        Their inhabitants.
    regions
        Cities by region of UN M49, by name.
    """

    cluster: str
    label: str
    until: Date
    needs: tuple[ResearchNeedId, ...]
    cities: tuple[CityId, ...]
    people: People
    regions: tuple[tuple[str, tuple[CityId, ...]], ...]


@frozen(kw_only=True)
class PublicDemand:
    """Demand that points at no small group of cities.

    Every number here describes none or at least ``least_cities`` cities, and so does what
    one gets by subtracting some from others.

    Parameters
    ----------
    label
        What it is about. Texts of a city are its own words: publish them with its consent.
    until
        The last day that counts.
    least_cities
        The smallest number of cities that may be described.
    cities
        How many ask; ``None`` if they are too few.
    lowest, highest
        Their inhabitants; ``None`` if too few have a figure, or so few have none that the
        others' sum would point at them.
    regions
        How many ask in each region of UN M49 that has enough.
    elsewhere
        How many ask in all other regions together.
    """

    label: str
    until: Date
    least_cities: int
    cities: int | None
    lowest: int | None
    highest: int | None
    regions: tuple[tuple[str, int], ...]
    elsewhere: int


@frozen(kw_only=True)
class DemandChange:
    """What has come between two days.

    Parameters
    ----------
    before, after
        The demand on both days.
    new_needs
        Needs stated in between, by key.
    new_cities
        Cities that had asked for nothing of it before, by key.
    """

    before: Demand
    after: Demand
    new_needs: tuple[ResearchNeedId, ...]
    new_cities: tuple[CityId, ...]


def measure_demand(cluster: NeedCluster, cities: Iterable[City], *, until: Date) -> Demand:
    """Measure how many cities and people ask for what a cluster is about.

    Parameters
    ----------
    cluster
        The cluster.
    cities
        Cities with their figures; those that asked for nothing are left aside, and one that
        asked and is not among them has no known number of inhabitants.
    until
        The last day; needs stated later do not count.

    Raises
    ------
    InvalidValueError
        A city stands twice.
    """
    require_date(until)
    listed = list(cities)
    require_distinct([city.id for city in listed], kind="cities")
    known = {city.id: city for city in listed}
    needs = [need for need in cluster.needs if need.stated_on <= until]
    asking = tuple(sorted({need.city for need in needs}))
    regions: dict[str, list[CityId]] = {}
    for key in asking:
        regions.setdefault(_region_of(key), []).append(key)
    return Demand(
        cluster=cluster.key,
        label=cluster.label,
        until=until,
        needs=tuple(need.id for need in needs),
        cities=asking,
        people=_people(asking, known),
        regions=tuple((name, tuple(regions[name])) for name in sorted(regions)),
    )


def publish_demand(
    demand: Demand, *, least_cities: int = _FEWEST, earlier: Sequence[Demand] = ()
) -> PublicDemand:
    """Make of a demand what may be published without pointing at a small group.

    Regions with too few cities are told together; if those are still too few, the smallest
    other regions join them, so that nothing can be had by subtraction.

    Two publications could give away by their difference what each of them hides, a city that
    has newly come. So name what was published before. Where too few cities have come or gone
    since, the last publication is repeated, with its own day. Where enough have, but too few
    in some region, no region is told; and where too few have come with a figure, no
    inhabitants are.

    Parameters
    ----------
    demand
        The demand.
    least_cities
        The smallest number of cities that may be described, from 2 up.
    earlier
        The demand of the same cluster on the day of each earlier publication, in order of
        time, also of those that only repeated the one before.

    Raises
    ------
    InvalidValueError
        The number is not a whole number from 2 up, or what was published before is of
        another cluster or of a later day.

    Notes
    -----
    What this cannot see are publications of other clusters with the same cities, and what a
    reader knows from elsewhere.
    """
    if type(least_cities) is not int or least_cities < 2:  # noqa: PLR2004 - one city is no group
        raise InvalidValueError(
            kind="least number of cities",
            value=least_cities,
            reason="must be a whole number from 2 up",
        )
    _require_earlier(demand, earlier)
    told: list[Demand] = []
    for one in earlier:
        if _is_told(one, told, least_cities):
            told.append(one)
    total = len(demand.cities)
    enough = _is_told(demand, told, least_cities)
    if told and not enough:
        return publish_demand(told[-1], least_cities=least_cities, earlier=told[:-1])
    shown, elsewhere = _told_regions(demand, least_cities) if enough else ((), 0)
    if shown and not _regions_are_safe(demand, dict(shown), told, least_cities):
        shown, elsewhere = (), total
    people = demand.people
    counted = [(one.people.counted, people.counted) for one in told]
    safe = len(people.counted) >= least_cities and not 0 < len(people.unknown) < least_cities
    is_counted = enough and safe and _are_apart(counted, least_cities)
    return PublicDemand(
        label=demand.label,
        until=demand.until,
        least_cities=least_cities,
        cities=total if enough else None,
        lowest=people.lowest if is_counted else None,
        highest=people.highest if is_counted else None,
        regions=shown,
        elsewhere=elsewhere,
    )


def compare_demand(
    cluster: NeedCluster, cities: Iterable[City], *, before: Date, after: Date
) -> DemandChange:
    """Tell what has come to a cluster between two days.

    Raises
    ------
    InvalidValueError
        The second day comes before the first.
    """
    if after < before:
        raise InvalidValueError(
            kind="days", value=f"{before}, {after}", reason="must be in order of time"
        )
    listed = tuple(cities)
    first = measure_demand(cluster, listed, until=before)
    second = measure_demand(cluster, listed, until=after)
    return DemandChange(
        before=first,
        after=second,
        new_needs=tuple(need for need in second.needs if need not in first.needs),
        new_cities=tuple(city for city in second.cities if city not in first.cities),
    )


def _told_regions(demand: Demand, least: int) -> tuple[tuple[tuple[str, int], ...], int]:
    counts = Counter({name: len(members) for name, members in demand.regions})
    shown = {name: count for name, count in counts.items() if count >= least}
    elsewhere = counts.total() - sum(shown.values())
    while 0 < elsewhere < least:
        smallest = min(shown, key=lambda name: (shown[name], name))
        elsewhere += shown.pop(smallest)
    return tuple(sorted(shown.items())), elsewhere


def _require_earlier(demand: Demand, earlier: Sequence[Demand]) -> None:
    days = [one.until for one in (*earlier, demand)]
    if days != sorted(days) or any(one.cluster != demand.cluster for one in earlier):
        raise InvalidValueError(
            kind="earlier publications",
            value=[f"{one.cluster} until {one.until}" for one in earlier],
            reason=f"must be of {demand.cluster} and in order of time",
        )


def _is_told(demand: Demand, told: Sequence[Demand], least: int) -> bool:
    """Whether it is published, and not instead the last of what was told before."""
    enough = len(demand.cities) >= least
    return enough and _are_apart([(one.cities, demand.cities) for one in told], least)


def _are_apart(pairs: Iterable[tuple[Iterable[CityId], Iterable[CityId]]], least: int) -> bool:
    """Whether each two sets of cities are the same or differ by enough."""
    changes = (len(set(before) ^ set(after)) for before, after in pairs)
    return not any(0 < change < least for change in changes)


def _regions_are_safe(
    demand: Demand, shown: Mapping[str, int], earlier: Sequence[Demand], least: int
) -> bool:
    """Whether no region shows, beside what was told of it before, who has newly come."""
    now = dict(demand.regions)
    for one in earlier:
        then = dict(one.regions)
        shown_then = dict(_told_regions(one, least)[0])
        if not _are_apart([(then.get(name, ()), now.get(name, ())) for name in then | now], least):
            return False
        if any(name not in shown_then and then.get(name) == now[name] for name in shown):
            return False
    return True


def _people(asking: Iterable[CityId], known: dict[CityId, City]) -> People:
    lowest = highest = 0
    counted: list[CityId] = []
    unknown: list[CityId] = []
    for key in asking:
        city = known.get(key)
        trusted = [] if city is None else [f.inhabitants for f in city.populations if not f.doubt]
        if not trusted:
            unknown.append(key)
            continue
        counted.append(key)
        lowest += min(trusted)
        highest += max(trusted)
    return People(lowest=lowest, highest=highest, counted=tuple(counted), unknown=tuple(unknown))


def _region_of(city: CityId) -> str:
    country = city.country.country
    return country.region or country.name
