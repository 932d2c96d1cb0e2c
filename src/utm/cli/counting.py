"""The work behind ``utm cohort``."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from pendulum import Date

from utm.cli.applicants import CALL_CLOSED_ON
from utm.cli.recording import read_kind
from utm.cli.terminal import print_json, print_list, print_text
from utm.domain import CohortCount, CohortTarget, Observation
from utm.interchange import JsonValue
from utm.programme.cohort import (
    MISSION_TARGETS,
    AnnouncedSize,
    CohortCensus,
    CohortHistory,
    Pace,
    TargetOutcome,
    TargetProgress,
    compare_announced_sizes,
    count_cities,
    count_cohort,
    outcome_of,
    pace_to,
)
from utm.reference import city2city_2026
from utm.reference.announcements import announcements

__all__ = ["print_cohort"]


@frozen(kw_only=True)
class _Count:
    """The cohort on a day, as a history or as the register knows it."""

    of: str
    on: Date
    census: CohortCensus
    waves: tuple[tuple[int, int], ...]
    departed: int
    announced: tuple[AnnouncedSize, ...]
    paces: tuple[Pace, ...]
    outcomes: tuple[TargetOutcome, ...]
    progress: tuple[TargetProgress, ...] = ()


def print_cohort(path: Path | None, *, on: Date | None, as_json: bool) -> None:
    """Print the cohort on a day."""
    day = on or Date.today()
    counted = _of_register(day) if path is None else _of_history(path, day)
    if as_json:
        print_json(_document(counted))
    else:
        _print(counted)


def _of_history(path: Path, day: Date) -> _Count:
    history: CohortHistory = read_kind(path, "cohort")
    history = history.as_of(day)
    state = history.state
    known = _known(day)
    days = {one.day for one in compare_announced_sizes(known) if one.day is not None}
    return _Count(
        of=history.lifecycle.name,
        on=day,
        census=count_cohort(state, on=day),
        waves=tuple(sorted(state.wave_sizes(day).items())),
        departed=len(state.departed(day)),
        announced=compare_announced_sizes(known, named={one: state.size(one) for one in days}),
        paces=_paces(known, day, state.size(day)),
        outcomes=_outcomes(known, day, history),
        progress=tuple(
            state.progress(target, min(day, target.due_on)) for target in MISSION_TARGETS
        ),
    )


def _of_register(day: Date) -> _Count:
    cities = city2city_2026().cities if day >= CALL_CLOSED_ON else ()
    known = _known(day)
    named = {
        one.day: len(cities)
        for one in compare_announced_sizes(known)
        if one.day is not None and one.day >= CALL_CLOSED_ON
    }
    announced = compare_announced_sizes(known, named=named)
    return _Count(
        of="The cities that the City2City 2026 register names, a part of the cohort",
        on=day,
        census=count_cities(cities, on=day),
        waves=(),
        departed=0,
        announced=announced,
        paces=_paces(known, day, announced[-1].announced.value.cities) if announced else (),
        outcomes=_outcomes(known, day),
    )


def _known(day: Date) -> tuple[Observation[object], ...]:
    """What had been announced by a day; counts that stand for no day at all are left out."""
    known: list[Observation[object]] = []
    for one in announcements():
        value = one.value
        since = one.as_of
        if since is None and isinstance(value, CohortCount) and value.year is not None:
            since = Date(value.year, 1, 1)
        has_day = since is not None or not isinstance(value, CohortCount)
        if has_day and (since is None or since <= day):
            known.append(Observation(value=value, source=one.source, as_of=one.as_of))
    return tuple(known)


def _paces(known: tuple[Observation[object], ...], day: Date, size: int) -> tuple[Pace, ...]:
    """How fast the cohort must grow for each announced target whose year is not over."""
    due = {target for target, _ in _due(known, day)}
    return tuple(
        pace_to(target, cities=size, on=day) for target in _targets(known) if target not in due
    )


def _targets(known: tuple[Observation[object], ...]) -> tuple[CohortTarget, ...]:
    targets = {one.value for one in known if isinstance(one.value, CohortTarget)}
    return tuple(sorted(targets, key=lambda one: (one.by_year, one.cities)))


def _due(
    known: tuple[Observation[object], ...], day: Date
) -> tuple[tuple[CohortTarget, Date], ...]:
    """The announced targets whose day has come, with that day."""
    days = [(target, Date(target.by_year, 12, 31)) for target in _targets(known)]
    return tuple((target, due) for target, due in days if due <= day)


def _outcomes(
    known: tuple[Observation[object], ...], day: Date, history: CohortHistory | None = None
) -> tuple[TargetOutcome, ...]:
    """What came of targets whose day has come.

    Counted is what the history tells of that day. Before it begins it tells nothing, which is
    not none: then the last announced count is taken, with its day.
    """
    found: list[TargetOutcome] = []
    announced = compare_announced_sizes(known)
    for target, due in _due(known, day):
        counts = [(one.announced.value.cities, one.day) for one in announced if one.day is not None]
        told = [(cities, on) for cities, on in counts if on <= due]
        if history is not None and history.as_of(due).standing:
            told = [(history.state.size(due), due)]
        found += [
            outcome_of(target, cities=cities, counted_on=on, on=day) for cities, on in told[-1:]
        ]
    return tuple(found)


def _print(counted: _Count) -> None:
    census = counted.census
    print_text(f"{counted.of}, on {counted.on}:")
    print_list(
        f"{_number(len(census.cities), 'city', 'cities')} in "
        f"{_number(len(census.countries), 'country', 'countries')}.",
        [
            census.people.sentence,
            *(
                f"wave {number}: {_number(cities, 'city', 'cities')} joined"
                for number, cities in counted.waves
            ),
            *([f"{counted.departed} left"] if counted.departed else []),
            *(f"{region}: {cities}" for region, cities in census.regions.items() if cities),
            f"{len(census.empty_subregions)} subregions of the world have no city",
        ],
    )
    print_list("Announced:", [one.sentence for one in counted.announced])
    print_list("Still to come:", [pace.sentence for pace in counted.paces])
    print_list("Whose day has come:", [one.sentence for one in counted.outcomes])
    print_list("Targets:", [one.sentence for one in counted.progress])


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _document(counted: _Count) -> dict[str, JsonValue]:
    census = counted.census
    return {
        "format": "utm.cohort-count",
        "version": 1,
        "of": counted.of,
        "on": counted.on.isoformat(),
        "cities": [key.value for key in census.cities],
        "countries": [code.value for code in census.countries],
        "inhabitants": census.people.inhabitants,
        "inhabitants_unknown_of": [key.value for key in census.people.unknown],
        "waves": {str(number): cities for number, cities in counted.waves},
        "departed": counted.departed,
        "regions": dict(census.regions),
        "empty_subregions": list(census.empty_subregions),
        "announced": [
            {
                "cities": one.announced.value.cities,
                "source": one.announced.source.title,
                "from_waves": one.from_waves,
                "named": one.named,
                "sentence": one.sentence,
            }
            for one in counted.announced
        ],
        "paces": [
            {
                "cities": pace.cities,
                "by": pace.last_day.isoformat(),
                "cities_a_year": round(pace.cities_a_year, 1),
            }
            for pace in counted.paces
        ],
        "outcomes": [
            {
                "cities": one.target.cities,
                "by": one.last_day.isoformat(),
                "counted": one.cities,
                "counted_on": one.counted_on.isoformat(),
                "missed_by": one.missed_by,
            }
            for one in counted.outcomes
        ],
        "targets": [
            {
                "kind": one.target.kind.value,
                "cities": one.target.cities,
                "by": one.target.due_on.isoformat(),
                "reached": [key.value for key in one.reached],
            }
            for one in counted.progress
        ],
    }
