"""The work behind ``utm needs``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.matching_funding import noon
from utm.cli.sorting_needs import read_names
from utm.cli.terminal import print_json, print_list, print_text, say
from utm.domain import Application, City, Opportunity, Partner, ResearchNeed
from utm.errors import InvalidValueError
from utm.funding import FittingCall, FittingPartner, fitting_calls, fitting_partners
from utm.interchange import JsonValue
from utm.interchange.lists import NEEDS, OPPORTUNITIES, PARTNERS, PRACTICES
from utm.network import (
    Answer,
    AnswerState,
    Clustering,
    Demand,
    DemandChange,
    NeedCluster,
    PublicDemand,
    cluster_by_hand,
    cluster_by_likeness,
    cluster_by_topic,
    compare_demand,
    find_answers,
    measure_demand,
    publish_demand,
)

__all__ = ["Summing", "print_demand"]


@frozen(kw_only=True)
class Summing:
    """What is summed up, as it was asked for."""

    needs: Path
    by: str
    groups: Path | None
    practices: Path | None
    opportunities: Path | None
    partners: Path | None
    applicants: Path | None
    on: Date | None
    since: Date | None
    public: int | None
    published: tuple[Date, ...]


@frozen(kw_only=True)
class _Line:
    """One cluster with its demand, what answers it, and what has come in."""

    demand: Demand
    answer: Answer
    calls: tuple[FittingCall, ...]
    partners: tuple[FittingPartner, ...]
    change: DemandChange | None
    published: tuple[Demand, ...]


def print_demand(asked: Summing, *, as_json: bool) -> None:
    """Print the demand, the greatest first."""
    day = asked.on or Date.today()
    _check(asked, day)
    known = read_or_register(asked.applicants, on=None)
    found = _clustered(asked, NEEDS.read(asked.needs), day)
    if found.left:
        why = "stand in no group" if asked.by == "hand" else "name no topic"
        say(f"Left out: {len(found.left)} needs that {why}.")
    lines = _lines(asked, found.clusters, known.applications, day)
    lines.sort(key=lambda line: (-len(line.demand.cities), line.demand.cluster))
    if asked.public is not None:
        if asked.by == "likeness":
            say("Headings are words of a city: publish them with its consent, or take --by topic.")
        _print_public(
            [
                publish_demand(one.demand, least_cities=asked.public, earlier=one.published)
                for one in lines
            ],
            day,
            as_json=as_json,
        )
    elif as_json:
        print_json(
            {
                "format": "utm.demand",
                "version": 1,
                "until": str(day),
                "clusters": [_document(line) for line in lines],
            }
        )
    else:
        names = {city.id: city.name for each in known.applications for city in each.cities}
        for line in lines:
            who = ", ".join(names.get(key, key.value) for key in line.demand.cities)
            print_list(_heading(line.demand), [f"asked by {who}", *_told(line, asked)])
        if not lines:
            print_text(f"Nobody had asked for anything by {day}.")


def _check(asked: Summing, day: Date) -> None:
    """Refuse options that do not go together."""
    if asked.since is not None and asked.since >= day:
        raise click.UsageError(f"--since {asked.since} is not before {day}")
    if any(published >= day for published in asked.published):
        raise click.UsageError(f"--published must be before {day}")
    if asked.published and asked.public is None:
        raise click.UsageError("--published belongs to --public")
    unused = [
        f"--{name}"
        for name in ("practices", "opportunities", "partners", "since")
        if getattr(asked, name) is not None
    ]
    if asked.public is not None and unused:
        raise click.UsageError(f"--public tells nothing of {', '.join(unused)}: leave it out")
    if (asked.by == "hand") is not (asked.groups is not None):
        raise click.UsageError("--by hand and --groups FILE belong together")


def _clustered(asked: Summing, needs: Sequence[ResearchNeed], day: Date) -> Clustering:
    stated = [need for need in needs if need.stated_on <= day]
    if asked.by == "topic":
        return cluster_by_topic(stated)
    if asked.groups is None:
        return cluster_by_likeness(stated)
    names = read_names(asked.groups, known={need.id for need in needs})
    return cluster_by_hand(stated, {need.id: names[need.id] for need in stated if need.id in names})


def _lines(
    asked: Summing,
    clusters: tuple[NeedCluster, ...],
    applications: tuple[Application, ...],
    day: Date,
) -> list[_Line]:
    cities = [city for each in applications for city in each.cities]
    records = () if asked.practices is None else PRACTICES.read(asked.practices)
    published = [record.published_on(day) for record in records]
    answers = find_answers(
        clusters,
        practices=[practice for practice in published if practice is not None],
        applications=applications,
    )
    by_key = {answer.cluster.key: answer for answer in answers}
    calls = _opportunities(asked.opportunities)
    partners = _partners(asked.partners)
    return [
        _Line(
            demand=measure_demand(cluster, cities, until=day),
            answer=by_key[cluster.key],
            calls=fitting_calls(cluster, calls, at=noon(day)),
            partners=fitting_partners(cluster, partners),
            change=_change(cluster, cities, asked.since, day),
            published=tuple(
                measure_demand(cluster, cities, until=each) for each in sorted(asked.published)
            ),
        )
        for cluster in clusters
    ]


def _opportunities(path: Path | None) -> list[Opportunity]:
    return [] if path is None else [one.entry.opportunity for one in OPPORTUNITIES.read(path)]


def _partners(path: Path | None) -> tuple[Partner, ...]:
    return () if path is None else PARTNERS.read(path)


def _change(
    cluster: NeedCluster, cities: list[City], since: Date | None, day: Date
) -> DemandChange | None:
    if since is None:
        return None
    try:
        return compare_demand(cluster, cities, before=since, after=day)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from error


def _heading(demand: Demand) -> str:
    cities = "1 city" if len(demand.cities) == 1 else f"{len(demand.cities)} cities"
    return f"{demand.label}: {cities}, {_people(demand)}"


def _people(demand: Demand) -> str:
    low, high, unknown = demand.people.lowest, demand.people.highest, demand.people.unknown
    told = f"{low:,} people" if low == high else f"{low:,} to {high:,} people"
    return f"{told} besides {len(unknown)} cities without a figure" if unknown else told


def _told(line: _Line, asked: Summing) -> list[str]:
    answer = line.answer
    regions = [f"{region}: {len(cities)}" for region, cities in line.demand.regions]
    lines = [", ".join(regions), _state(answer, asked)]
    if answer.practices:
        lines.append(f"practices: {', '.join(key.value for key in answer.practices)}")
    if answer.offers:
        lines.append(f"offers: {', '.join(key.value for key in answer.offers)}")
    lines += [
        f"call: {call.opportunity.title}, {call.state.availability.value}, {call.state.reason}"
        for call in line.calls
    ]
    lines += [
        f"partner: {fit.partner.name} ({fit.partner.country}), {fit.partner.kind.value}"
        for fit in line.partners
    ]
    if line.change is not None:
        new = ", ".join(key.value for key in line.change.new_cities) or "nobody"
        lines.append(f"new since {line.change.before.until}: {new}")
    return lines


def _state(answer: Answer, asked: Summing) -> str:
    if answer.state is AnswerState.UNTOLD:
        return "no topic, so that nothing can be looked for"
    if answer.state is AnswerState.ANSWERED:
        return "every topic is answered"
    still = ", ".join(topic.value for topic in answer.open_topics)
    if asked.practices is None:
        return f"nobody offers help with {still}; practices were not looked at"
    partly = "a gap" if answer.state is AnswerState.GAP else "partly answered"
    return f"{partly}, no practice and no offer: {still}"


def _print_public(demands: list[PublicDemand], day: Date, *, as_json: bool) -> None:
    # In the order of what is told, for that of today's numbers would tell more.
    ordered = sorted(demands, key=lambda one: (-(one.cities or 0), one.label))
    told = [one for one in ordered if one.cities is not None]
    hidden = len(demands) - len(told)
    if as_json:
        print_json(
            {
                "format": "utm.public-demand",
                "version": 1,
                "until": str(day),
                "clusters": [_public_document(one) for one in told],
                "clusters_with_too_few_cities": hidden,
            }
        )
        return
    for one in told:
        people = "" if one.lowest is None else f", {one.lowest:,} to {one.highest:,} people"
        regions = [f"{region}: {count}" for region, count in one.regions]
        regions += [f"elsewhere: {one.elsewhere}"] if one.elsewhere else []
        as_before = "" if one.until == day else f", as published on {one.until}"
        heading = f"{one.label}: {one.cities} cities{people}{as_before}"
        print_list(heading, regions or ["no region told"])
    if hidden:
        print_text(f"{hidden} more with too few cities to be told.")


def _document(line: _Line) -> JsonValue:
    demand, answer = line.demand, line.answer
    people = demand.people
    document: dict[str, JsonValue] = {
        "cluster": demand.cluster,
        "label": demand.label,
        "needs": [key.value for key in demand.needs],
        "cities": [key.value for key in demand.cities],
        "people": {
            "lowest": people.lowest,
            "highest": people.highest,
            "counted": [key.value for key in people.counted],
            "unknown": [key.value for key in people.unknown],
        },
        "regions": {region: [key.value for key in cities] for region, cities in demand.regions},
        "answered": answer.state.value,
        "practices": [key.value for key in answer.practices],
        "offers": [key.value for key in answer.offers],
        "open_topics": [topic.value for topic in answer.open_topics],
        "calls": [
            {
                "opportunity": call.opportunity.id.value,
                "availability": call.state.availability.value,
                "days_left": call.state.days_left,
                "topics": [topic.value for topic in call.topics],
            }
            for call in line.calls
        ],
        "partners": [
            {
                "partner": fit.partner.id.value,
                "kind": fit.partner.kind.value,
                "topics": [topic.value for topic in fit.topics],
            }
            for fit in line.partners
        ],
    }
    if line.change is not None:
        document["new_needs"] = [key.value for key in line.change.new_needs]
        document["new_cities"] = [key.value for key in line.change.new_cities]
    return document


def _public_document(one: PublicDemand) -> JsonValue:
    return {
        "label": one.label,
        "until": str(one.until),
        "least_cities": one.least_cities,
        "cities": one.cities,
        "lowest": one.lowest,
        "highest": one.highest,
        "regions": dict(one.regions),
        "elsewhere": one.elsewhere,
    }
