"""Fixed instances: the real edition, and invented ones that anybody can make again."""

from collections.abc import Callable
from functools import partial
from random import Random

from utm.domain import Need, Offer
from utm.pairing import Participant, Problem, ProposedGroup
from utm.programme import city2city_policy
from utm.programme.participants import participant_of
from utm.reference import city2city_2026, city2city_taxonomy

COUNTRIES = ("AR", "BR", "CL", "GH", "ID", "IN", "KE", "MX", "NP", "PT", "TR", "UA", "US")
TIME_ZONES = (
    "America/Sao_Paulo",
    "America/New_York",
    "Europe/Lisbon",
    "Europe/Istanbul",
    "Africa/Nairobi",
    "Asia/Kathmandu",
    "Asia/Jakarta",
)
CLIMATES = ("Af", "Aw", "BSk", "Cfa", "Cfb", "Csa", "Csb", "Cwa", "Dfb")
LANGUAGES = ("en", "es", "pt", "tr", "fr")

Instance = tuple[Problem, list[ProposedGroup]]


def real_edition() -> Instance:
    """The 51 listed cities with needs derived from their groups, and those groups."""
    register = city2city_2026()
    problem = Problem(
        participants=tuple(participant_of(one) for one in register.applications),
        policy=city2city_policy(),
    )
    published = [
        ProposedGroup(members=tuple(member.value for member in group.members), theme=group.theme)
        for group in register.edition.pairings
    ]
    return problem, published


def invented_call(participants: int, *, seed: int) -> Instance:
    """Applicants with two or three needs and up to three offers each, from a seed."""
    random = Random(seed)
    topics = [topic.id for topic in city2city_taxonomy().topics()]
    return Problem(
        participants=tuple(
            invent_participant(f"city-{number:03}", random, topics)
            for number in range(participants)
        ),
        policy=city2city_policy(),
    ), []


def invent_participant(name: str, random: Random, topics: list) -> Participant:
    """One applicant whose facts are all known and all drawn at random."""
    needed = random.sample(topics, random.randint(2, 3))
    others = [topic for topic in topics if topic not in needed]
    offered = random.sample(others, random.randint(0, 3))
    return Participant(
        id=name,
        country=random.choice(COUNTRIES),
        needs=tuple(Need(topic=topic, weight_share=1 / len(needed)) for topic in needed),
        offers=tuple(Offer(topic=topic, maturity=random.randint(1, 5)) for topic in offered),
        languages=tuple(sorted(random.sample(LANGUAGES, random.randint(1, 2)))),
        timezone=random.choice(TIME_ZONES),
        climate=random.choice(CLIMATES),
        population=random.randint(50_000, 5_000_000),
        coast_km=float(random.randint(0, 600)),
        elevation_m=float(random.randint(0, 2_500)),
    )


INSTANCES: dict[str, Callable[[], Instance]] = {
    "24 invented": partial(invented_call, 24, seed=1),
    "City2City 2026, 51 real": real_edition,
    "60 invented": partial(invented_call, 60, seed=2),
    "145 invented": partial(invented_call, 145, seed=3),
    "300 invented": partial(invented_call, 300, seed=4),
}
