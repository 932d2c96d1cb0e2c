"""Write the graph of a mission for other programs, or draw it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import networkx as nx

from utm.interchange import write_files
from utm.network import Mission

__all__ = ["check_targets", "write_network"]

_GRAPHS = (".graphml", ".json")
_DRAWINGS = (".svg",)


def check_targets(out: Path | None, draw: Path | None) -> None:
    """Refuse a name from which nobody can tell what to write.

    Raises
    ------
    click.UsageError
        An ending is unknown; both are told where both are.
    """
    targets = (("--out", out, _GRAPHS), ("--draw", draw, _DRAWINGS))
    unknown = [
        f"{option} ends in {path.suffix!r}: write {' or '.join(known)}"
        for option, path, known in targets
        if path is not None and path.suffix.lower() not in known
    ]
    if unknown:
        raise click.UsageError("; ".join(unknown))


def write_network(
    graph: nx.MultiDiGraph[str], mission: Mission, *, out: Path | None, draw: Path | None
) -> None:
    """Write the graph and its drawing, both or neither."""
    files: dict[Path | str, bytes | str] = {}
    if out is not None:
        files[out] = _text(graph, out.suffix.lower())
    if draw is not None:
        from utm.report import draw_network  # noqa: PLC0415 - only where it is wanted

        files[draw] = draw_network(mission)
    if files:
        write_files(files)


def _text(graph: nx.MultiDiGraph[str], suffix: str) -> str:
    """The graph with nothing but texts and truth values on it."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in sorted(graph):
        node = graph.nodes[name]
        plain.add_node(name, kind=node["kind"].value, key=node["key"], known=node["known"])
    for start, end, kind in sorted(graph.edges(keys=True)):
        plain.add_edge(start, end, kind=kind)
    if suffix == ".json":
        data = nx.node_link_data(plain, edges="links")
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    lines: Iterator[str] = nx.generate_graphml(plain)
    return "\n".join(lines) + "\n"
