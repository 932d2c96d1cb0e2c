"""Small missions, invented."""

from itertools import count

from hypothesis import strategies as st
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
    Need,
    Offer,
    Pairing,
    PairingId,
    PracticeId,
    Source,
    ThemeId,
    TopicId,
    Transfer,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.network import Mission

KEYS = ("ec-cuenca", "fi-oulu", "fi-turku", "ke-kisumu", "pt-braga", "pt-porto", "tr-mersin")
CYCLING, SHADE = TopicId("mobility.cycling"), TopicId("cooling.shade")
CHARGING = TopicId("mobility.charging")
TOPICS = (CYCLING, CHARGING, SHADE)
SOURCE = Source(title="Workshop")


def city(key: str) -> City:
    name = key[3:].title()
    return City(id=CityId(key), name=name, country=CountryCode(key[:2].upper()))


def application(
    subject: City, *, needs: tuple[TopicId, ...] = (), offers: tuple[TopicId, ...] = ()
) -> Application:
    return Application(
        id=ApplicationId(subject.id.value),
        call=CallId("call"),
        applicant=subject,
        needs=tuple(Need(topic=topic, weight_share=1 / len(needs)) for topic in needs),
        offers=tuple(Offer(topic=topic, maturity=3) for topic in offers),
    )


def group(number: int, *keys: str) -> Pairing:
    return Pairing(
        id=PairingId(f"group-{number}"),
        theme=ThemeId("mobility"),
        focus="cycling",
        topics=(CYCLING,),
        members=tuple(map(CityId, keys)),
    )


def edition(*groups: Pairing) -> Edition:
    return Edition(id=EditionId("edition"), title="Edition", pairings=groups)


def transfer(number: int, adopter: str, origin: str, practice: str = "tracks") -> Transfer:
    days = [Date(2025, month, 1) for month in (1, 2, 3)]
    return Transfer(
        id=TransferId(f"transfer-{number}"),
        practice=PracticeId(practice),
        origin=CityId(origin),
        adopter=CityId(adopter),
        steps=tuple(
            TransferStep(stage=stage, reached_on=day, evidence=(SOURCE,))
            for stage, day in zip(TransferStage, days, strict=True)
        ),
        unchanged_because="it fitted",
    )


@st.composite
def missions(draw: st.DrawFn) -> Mission:
    """Missions of at most seven cities in a few groups, some of which learned from others."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    some = st.lists(st.sampled_from(TOPICS), unique=True, max_size=2).map(tuple)
    applications = tuple(
        application(city(key), needs=draw(some), offers=draw(some)) for key in keys
    )
    waiting = list(keys)
    groups = []
    for number in count(1):
        size = draw(st.integers(0, 3))
        members, waiting = waiting[:size], waiting[size:]
        if len(members) < 2:
            break
        groups.append(group(number, *members))
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys))
    learned = (
        draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), max_size=3))
        if len(keys) > 1
        else []
    )
    transfers = tuple(transfer(n, *pair) for n, pair in enumerate(learned))
    return Mission(applications=applications, editions=(edition(*groups),), transfers=transfers)
