"""The work behind ``utm edition compare``."""

from __future__ import annotations

from pathlib import Path

import click
from pendulum import Date

from utm.cli.recording import read_kind
from utm.cli.terminal import print_json, print_list, print_table
from utm.interchange import JsonValue
from utm.programme.exchange import (
    EditionHistory,
    EditionIndicators,
    PartOf,
    ProgrammeIndicators,
    pool_editions,
    training_demand,
)

__all__ = ["compare_edition_files"]


def compare_edition_files(paths: tuple[Path, ...], *, on: Date | None, as_json: bool) -> None:
    """Print the indicators of several editions, each alone and all together."""
    day = on or Date.today()
    histories: list[EditionHistory] = [read_kind(path, "edition") for path in paths]
    states = [history.as_of(day).state for history in histories]
    if len({state.id for state in states}) < len(states):
        raise click.UsageError("an edition is given twice")
    pooled = pool_editions(states)
    wanted = [one.sentence for one in training_demand(states)]
    if as_json:
        print_json(
            {
                "format": "utm.edition-comparison",
                "version": 1,
                "on": day.isoformat(),
                "editions": [
                    {"edition": one.edition.value, **_document(one)} for one in pooled.editions
                ],
                "together": {**_document(pooled), "returned": _part(pooled.returned)},
                "training_demand": list(wanted),
            }
        )
        return
    columns = [(one.edition.value, _cells(one)) for one in pooled.editions]
    columns.append(("together", _cells(pooled)))
    names = list(columns[0][1])
    print_table(
        f"Editions on {day}",
        ["indicator", *(name for name, _ in columns)],
        [[name, *(cells[name] for _, cells in columns)] for name in names],
    )
    print_list("Took part more than once:", [str(pooled.returned)])
    print_list("Wanted trainings:", wanted)


def _cells(found: EditionIndicators | ProgrammeIndicators) -> dict[str, str]:
    median = found.median_days_to_first_meeting
    rate = found.pilots_a_group
    return {
        "groups": str(found.groups),
        "completed": str(found.completed),
        "attendance": str(found.attendance),
        "gave and received": str(found.two_way),
        "pilots": str(found.pilots),
        "pilots a group": "no groups" if rate is None else f"{rate:.2f}",
        "tested pilots": str(found.tested),
        "practices transferred": str(found.transfers),
        "from Europe, to Europe": f"{found.from_europe}, {found.to_europe}",
        "visits": str(found.visits),
        "median days to the first meeting": "nobody met" if median is None else f"{median:g}",
        "attrition": str(found.attrition),
        "training needs": str(found.training_needs),
        "research needs": str(found.research_needs),
        "measured results": str(found.measured),
    }


def _document(found: EditionIndicators | ProgrammeIndicators) -> dict[str, JsonValue]:
    return {
        "groups": found.groups,
        "completed": _part(found.completed),
        "attendance": _part(found.attendance),
        "two_way": _part(found.two_way),
        "pilots": found.pilots,
        "tested": _part(found.tested),
        "transfers": found.transfers,
        "from_europe": found.from_europe,
        "to_europe": found.to_europe,
        "visits": found.visits,
        "median_days_to_first_meeting": found.median_days_to_first_meeting,
        "attrition": _part(found.attrition),
        "training_needs": found.training_needs,
        "research_needs": found.research_needs,
        "measured": _part(found.measured),
    }


def _part(part: PartOf) -> dict[str, JsonValue]:
    return {"count": part.count, "whole": part.whole}
