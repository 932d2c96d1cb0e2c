"""Build and measure the graph of a mission of 13,500 cities and 100,000 practices.

Run as ``python benchmarks/network/scale.py``. The mission is invented, the same each time;
making its facts is not timed, making the graph of them is.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from random import Random
from typing import TypeVar

from pendulum import Date

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    CountryCode,
    Edition,
    EditionId,
    LanguageCode,
    Need,
    Offer,
    Pairing,
    PairingId,
    Practice,
    PracticeId,
    PracticeOrigin,
    PracticeText,
    Readiness,
    ResearchNeed,
    ResearchNeedId,
    Source,
    ThemeId,
    TopicId,
    Transfer,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.domain.countries import all_countries
from utm.network import (
    Mission,
    balance_of_exchange,
    cluster_by_likeness,
    cover_regions,
    cover_topics,
    departure_of,
    find_brokers,
    isolated_cities,
    mission_graph,
)

CITIES, PRACTICES, GROUPS, TRANSFERS, NEEDS = 13_500, 100_000, 3_000, 5_000, 5_000
TOPICS = tuple(TopicId(f"theme-{n % 4}.topic-{n}") for n in range(28))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOURCE = Source(title="Invented")
READY = tuple(Readiness)[-1]
ResultT = TypeVar("ResultT")


def invent_mission(random: Random) -> Mission:
    codes = [CountryCode(country.alpha2) for country in all_countries()]
    cities = [
        City(id=CityId.of(code.value, f"city {n}"), name=f"City {n}", country=code)
        for n, code in enumerate(random.choices(codes, k=CITIES))
    ]
    applications = [
        Application(
            id=ApplicationId(city.id.value),
            call=CallId("call"),
            applicant=city,
            needs=tuple(Need(topic=t, weight_share=1 / 3) for t in random.sample(TOPICS, 3)),
            offers=tuple(Offer(topic=t, maturity=3) for t in random.sample(TOPICS, 2)),
        )
        for city in cities
    ]
    keys = [city.id for city in cities]
    grouped = random.sample(keys, 3 * GROUPS)
    groups = [
        Pairing(
            id=PairingId(f"group-{n}"),
            theme=ThemeId("theme-0"),
            focus="focus",
            topics=(TOPICS[n % len(TOPICS)],),
            members=tuple(grouped[3 * n : 3 * n + 3]),
        )
        for n in range(GROUPS)
    ]
    return Mission(
        applications=tuple(applications),
        editions=(Edition(id=EditionId("edition"), title="Edition", pairings=tuple(groups)),),
        practices=tuple(invent_practice(n, random.choice(keys), random) for n in range(PRACTICES)),
        transfers=tuple(invent_transfer(n, *random.sample(keys, 2)) for n in range(TRANSFERS)),
    )


def invent_practice(number: int, city: CityId, random: Random) -> Practice:
    text = PracticeText(language=LanguageCode("en"), title=f"Practice {number}", summary="What.")
    return Practice(
        id=PracticeId(f"practice-{number}"),
        texts=(text,),
        topics=tuple(random.sample(TOPICS, 2)),
        origins=(PracticeOrigin(country=CountryCode(city.value[:2].upper()), city=city),),
        readiness=READY,
    )


def invent_transfer(number: int, adopter: CityId, origin: CityId) -> Transfer:
    return Transfer(
        id=TransferId(f"transfer-{number}"),
        practice=PracticeId(f"practice-{number}"),
        origin=origin,
        adopter=adopter,
        steps=tuple(
            TransferStep(stage=stage, reached_on=Date(2025, 1, 1), evidence=(SOURCE,))
            for stage in TransferStage
        ),
        unchanged_because="it fitted",
    )


def invent_needs(random: Random) -> list[ResearchNeed]:
    words = ["".join(random.choices(LETTERS, k=random.randint(4, 9))) for _ in range(3_000)]
    return [
        ResearchNeed(
            id=ResearchNeedId(f"need-{n}"),
            city=CityId("fi-turku"),
            stated_on=Date(2025, 1, 1),
            text=f"{' '.join(random.choices(words, k=8))}",
            source=SOURCE,
        )
        for n in range(NEEDS)
    ]


def timed(what: str, measure: Callable[[], ResultT]) -> ResultT:
    begun, worked = time.perf_counter(), time.process_time()
    result = measure()
    elapsed, used = time.perf_counter() - begun, time.process_time() - worked
    print(f"{what:<44}{elapsed:9.2f} s, of which {used:.2f} s at work", flush=True)
    return result


def main() -> None:
    random = Random(1)
    mission = invent_mission(random)
    graph = timed("graph of 13,500 cities, 100,000 practices", lambda: mission_graph(mission))
    print(f"{len(graph):,} nodes, {graph.number_of_edges():,} links")
    timed("isolated cities", lambda: isolated_cities(graph))
    timed("coverage of topics", lambda: cover_topics(graph))
    timed("coverage of regions", lambda: cover_regions(graph))
    timed("balance of exchange", lambda: balance_of_exchange(graph))
    timed("departure of one city", lambda: departure_of(graph, next(iter(graph))))
    needs = invent_needs(random)
    timed("clusters of 5,000 needs by likeness", lambda: cluster_by_likeness(needs))
    timed("brokers, from 400 pivots", lambda: find_brokers(graph))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak:,} MiB, the facts themselves included")


if __name__ == "__main__":
    main()
