"""Hypothesis strategies for taxonomies, applications, editions and waivers.

Needs the extra ``testing``.
"""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from utm.domain import (
    AdmissionOutcome,
    Application,
    ApplicationId,
    AuthorityDecision,
    CallId,
    City,
    Commitment,
    CommitmentStatement,
    Consortium,
    ConsortiumId,
    Edition,
    EditionId,
    Headline,
    Need,
    Observation,
    Offer,
    Pairing,
    PairingId,
    Taxonomy,
    Theme,
    ThemeId,
    Topic,
    TopicId,
    Waiver,
    WaiverCategory,
    fold_name,
)
from utm.testing.domain import (
    cities,
    city_ids,
    dates,
    members,
    names,
    plans,
    slugs,
    sources,
    titles,
)

__all__ = [
    "applications",
    "authority_decisions",
    "commitment_statements",
    "consortia",
    "editions",
    "headlines",
    "needs",
    "observations",
    "offers",
    "pairings",
    "taxonomies",
    "topic_ids",
    "waivers",
]


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """Taxonomies of one to three themes with one to four topics each."""
    keys = draw(st.lists(_words(), min_size=1, max_size=3, unique=True))
    labels = iter(draw(st.lists(names(), min_size=15, max_size=15, unique_by=fold_name)))
    themes: list[Theme] = []
    for key in keys:
        parts = draw(st.lists(_words(), min_size=1, max_size=4, unique=True))
        topics = tuple(Topic(id=TopicId(f"{key}.{part}"), label=next(labels)) for part in parts)
        themes.append(Theme(id=ThemeId(key), label=f"Theme {key}", topics=topics))
    return Taxonomy(version=draw(titles()), themes=tuple(themes))


def topic_ids() -> SearchStrategy[TopicId]:
    """Keys of topics under any theme."""
    return st.tuples(_words(), _words()).map(lambda words: TopicId(".".join(words)))


def needs(
    topics: SearchStrategy[TopicId] | None = None, *, most: int = 4
) -> SearchStrategy[tuple[Need, ...]]:
    """The needs of one participant: distinct topics, shares that sum to 1.

    Parameters
    ----------
    topics
        Where topics are drawn from; any by default.
    most
        Most needs.
    """
    entry = st.tuples(
        topic_ids() if topics is None else topics, st.integers(1, 9), st.none() | titles()
    )
    entries = st.lists(entry, max_size=most, unique_by=lambda need: need[0])
    return entries.map(_shared_out)


def offers(
    topics: SearchStrategy[TopicId] | None = None, *, most: int = 4
) -> SearchStrategy[tuple[Offer, ...]]:
    """The offers of one participant: distinct topics.

    Parameters
    ----------
    topics
        Where topics are drawn from; any by default.
    most
        Most offers.
    """
    offer = st.builds(
        Offer,
        topic=topic_ids() if topics is None else topics,
        maturity=st.integers(1, 5),
        statement=st.none() | titles(),
    )
    return st.lists(offer, max_size=most, unique_by=lambda made: made.topic).map(tuple)


def consortia(towns: SearchStrategy[City] | None = None) -> SearchStrategy[Consortium]:
    """Consortia of two or three towns.

    Parameters
    ----------
    towns
        Where the towns are drawn from; any cities by default.
    """
    chosen = st.lists(
        cities() if towns is None else towns, min_size=2, max_size=3, unique_by=lambda town: town.id
    )
    return st.builds(
        Consortium, id=slugs().map(ConsortiumId), name=names(), members=chosen.map(tuple)
    )


def commitment_statements() -> SearchStrategy[tuple[CommitmentStatement, ...]]:
    """Answers of one applicant, at most one a commitment."""
    statement = st.builds(
        CommitmentStatement,
        commitment=members(Commitment),
        given=st.booleans(),
        source=sources(),
        stated_on=st.none() | dates(),
    )
    return st.lists(statement, max_size=2, unique_by=lambda made: made.commitment).map(tuple)


def authority_decisions() -> SearchStrategy[AuthorityDecision]:
    """What an authority is known to have decided."""
    return st.builds(
        AuthorityDecision,
        outcome=members(AdmissionOutcome),
        authority=titles(),
        source=sources(),
        as_of=st.none() | dates(),
        note=st.just("") | titles(),
    )


def applications() -> SearchStrategy[Application]:
    """Applications of cities and consortia, with much or little beside the applicant."""
    return st.builds(
        Application,
        id=slugs().map(ApplicationId),
        call=slugs().map(CallId),
        applicant=cities() | consortia(),
        submitted_on=st.none() | dates(),
        plans=st.lists(plans(), max_size=2, unique_by=lambda plan: plan.id).map(tuple),
        commitments=commitment_statements(),
        needs=needs(),
        offers=offers(),
        theme=st.none() | _words().map(ThemeId),
        authority_decision=st.none() | authority_decisions(),
        needs_basis=st.just("") | titles(),
        engaged_on=st.none() | dates(),
    )


def headlines() -> SearchStrategy[Headline]:
    """Announced sizes of an edition."""
    counts = st.integers(0, 500)
    return st.builds(Headline, pairings=counts, cities=counts, countries=counts)


def observations(
    values: SearchStrategy[Headline] | None = None,
) -> SearchStrategy[Observation[Headline]]:
    """Cited observations; of headlines by default."""
    return st.builds(
        Observation[Headline],
        value=headlines() if values is None else values,
        source=sources(),
        as_of=st.none() | dates(),
        recorded_on=st.none() | dates(),
        valid_until=st.none() | dates(),
    )


def pairings() -> SearchStrategy[Pairing]:
    """Groups of two to four."""
    consortium_ids = slugs().map(lambda words: ConsortiumId(f"consortium.{words}"))
    chosen = st.lists(city_ids() | consortium_ids, min_size=2, max_size=4, unique=True)
    return st.builds(
        Pairing,
        id=slugs().map(PairingId),
        theme=_words().map(ThemeId),
        focus=titles(),
        topics=st.lists(topic_ids(), max_size=3, unique=True).map(tuple),
        members=chosen.map(tuple),
    )


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Editions of up to four groups, in which nobody stands twice."""
    drawn = draw(st.lists(pairings(), max_size=4))
    kept: list[Pairing] = []
    taken: set[object] = set()
    for at, pairing in enumerate(drawn):
        if taken.isdisjoint(pairing.members):
            taken |= set(pairing.members)
            kept.append(evolve(pairing, id=PairingId(f"{pairing.id}.{at}")))
    return Edition(
        id=draw(slugs().map(EditionId)),
        title=draw(titles()),
        pairings=tuple(kept),
        headlines=tuple(draw(st.lists(observations(), max_size=2))),
    )


@st.composite
def waivers(draw: st.DrawFn) -> Waiver:
    """Waivers with and without an end."""
    issued_on, days = draw(dates()), draw(st.none() | st.integers(1, 2_000))
    return Waiver(
        criterion=draw(slugs()),
        subject=draw(city_ids() | slugs().map(ConsortiumId)),
        category=draw(members(WaiverCategory)),
        authority=draw(titles()),
        reason=draw(titles()),
        issued_on=issued_on,
        expires_on=None if days is None else issued_on.add(days=days),
        reference=draw(st.just("") | titles()),
    )


def _words() -> SearchStrategy[str]:
    return st.sampled_from(("mobility", "energy", "heat", "water-2")) | slugs()


def _shared_out(entries: list[tuple[TopicId, int, str | None]]) -> tuple[Need, ...]:
    total = sum(weight for _, weight, _ in entries)
    return tuple(
        Need(topic=topic, weight_share=weight / total, statement=statement)
        for topic, weight, statement in entries
    )
