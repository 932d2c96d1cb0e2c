"""The work behind ``utm network``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import networkx as nx

from utm.cli.applicants import Applicants, find_application
from utm.cli.mission_of_files import Sources, read_mission
from utm.cli.network_lines import (
    departure_shown,
    exchange_measures,
    offer_measures,
    tie_measures,
)
from utm.cli.terminal import print_json, print_list, print_text, say
from utm.cli.writing_network import check_targets, write_network
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.network import Mission, NodeKind, kind_of, mission_graph, node_name

__all__ = ["print_network"]

_MANY = {"city": "cities", "opportunity": "opportunities"}


def print_network(
    sources: Sources,
    *,
    leaving: str | None,
    out: Path | None,
    draw: Path | None,
    most: int,
    as_json: bool,
) -> None:
    """Print the measures, and write or draw the graph if it is wanted."""
    check_targets(out, draw)
    known, mission = read_mission(sources)
    graph = _graph(mission)
    names = _names(graph, mission)
    measures = [
        *tie_measures(graph, names),
        *exchange_measures(graph, names, mission.transfers),
        *offer_measures(graph),
    ]
    if leaving is not None:
        measures.append(departure_shown(graph, names, _leaver(known, leaving)))
    write_network(graph, mission, out=out, draw=draw)
    counts = Counter(kind_of(graph, name).value for name in graph)
    if as_json:
        print_json(
            {
                "format": "utm.network-measures",
                "version": 1,
                "on": str(sources.day),
                "nodes": dict(sorted(counts.items())),
                "links": graph.number_of_edges(),
                "measures": [measure.document for measure in measures],
            }
        )
        return
    kinds = ", ".join(_counted(kind, count) for kind, count in sorted(counts.items()))
    print_text(f"{kinds}; {graph.number_of_edges()} links.")
    print_text()
    for measure in measures:
        heading = f"{measure.name}: {measure.measured.definition}"
        print_list(heading, measure.shortened(most))
    for path in (out, draw):
        if path is not None:
            say(f"Wrote {path}.")


def _graph(mission: Mission) -> nx.MultiDiGraph[str]:
    try:
        return mission_graph(mission)
    except InvalidValueError as error:
        problem = InputProblem(
            source="what was given",
            read=error.value,
            reason=f"{error.kind} {error.reason}",
            remedy="Give each thing once.",
        )
        raise InvalidInputError((problem,)) from error


def _names(graph: nx.MultiDiGraph[str], mission: Mission) -> dict[str, str]:
    """What a reader calls each node: its name or title, and its key where it has none."""
    names = {name: str(graph.nodes[name]["key"]) for name in graph}
    for edition in mission.editions:
        for number, pairing in enumerate(edition.pairings, start=1):
            names[node_name(NodeKind.GROUP, pairing.id)] = f"group {number}"
    for application in mission.applications:
        for city in application.cities:
            names[node_name(NodeKind.CITY, city.id)] = city.name
    for practice in mission.practices:
        names[node_name(NodeKind.PRACTICE, practice.id)] = practice.title
    return names


def _leaver(known: Applicants, text: str) -> str:
    application = find_application(known, text)
    city, *others = application.cities
    if others:
        raise click.UsageError(f"{text!r} belongs to a consortium, which leaves as a whole")
    return node_name(NodeKind.CITY, city.id)


def _counted(kind: str, count: int) -> str:
    return f"{count} {kind if count == 1 else _MANY.get(kind, f'{kind}s')}"
