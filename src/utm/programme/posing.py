"""The grouping problem that screened applicants pose, and what was made of their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from utm.domain import Taxonomy
from utm.domain.wording import capitalised
from utm.pairing import Participant, Policy, Problem
from utm.programme.participants import participant_of
from utm.programme.screening import Placement, ScreenedApplication

__all__ = ["notes_on_evidence", "notes_on_unknowns", "problem_of", "why_left_out"]

_KNOWN_BY = {
    "needs": "what they need",
    "languages": "what they speak",
    "timezone": "their time zone",
    "climate": "their climate",
    "population": "their population",
    "coast_km": "their distance to the coast",
    "elevation_m": "their elevation",
    "income": "their income group",
}


def problem_of(
    screening: Iterable[ScreenedApplication], *, policy: Policy, taxonomy: Taxonomy
) -> Problem:
    """Pose the grouping problem of those who take part.

    Parameters
    ----------
    screening
        Applications with their placement; those that do not take part are left out.
    policy
        What a good group is, and what a group must be.
    taxonomy
        Its topics are those that may occur.

    Raises
    ------
    InvalidInputError
        The policy names somebody who does not take part, or a participant names a topic
        that the taxonomy lacks; with every problem at once.
    """
    return Problem(
        participants=tuple(
            participant_of(one.application) for one in screening if one.placement.takes_part
        ),
        policy=policy,
        topics=tuple(topic.id for topic in taxonomy.topics()),
    )


def why_left_out(one: ScreenedApplication) -> str:
    """Say on which ground an applicant does not take part."""
    grounds: tuple[str, ...] = ()
    if one.placement is Placement.LEFT_OUT_BY_RULES:
        grounds = tuple(leaf.sentence for leaf in one.decision.finding.decisive_leaves)
    elif one.placement is Placement.LEFT_OUT_FOR_EVIDENCE:
        grounds = tuple(f"{lack.fact} is {lack.reason.value}" for lack in one.decision.needed)
    head = capitalised(one.placement.value)
    return f"{head}. {' '.join(grounds)}" if grounds else f"{head}."


def notes_on_evidence(screening: Sequence[ScreenedApplication]) -> tuple[str, ...]:
    """Say which needs were derived, and whether any offer is known."""
    derived = sum(1 for one in screening if one.application.needs_basis)
    notes: list[str] = []
    if derived:
        notes.append(
            f"The needs of {derived} applicants were derived and not stated by themselves: "
            "see the basis given with each."
        )
    if screening and not any(one.application.offers for one in screening):
        notes.append(
            "No applicant's offers are known, so nobody is credited with helping another: "
            "groups are judged by the challenge that they share and by their context."
        )
    return tuple(notes)


def notes_on_unknowns(screening: Sequence[ScreenedApplication]) -> tuple[str, ...]:
    """Say what a participant lacks, and how a consortium became one participant."""
    placed = [one.application for one in screening if one.placement.takes_part]
    people = [participant_of(application) for application in placed]
    consortia = [
        person.id
        for application, person in zip(placed, people, strict=True)
        if len(application.cities) > 1
    ]
    notes = list(_unknowns(people))
    if consortia:
        notes.append(
            f"Consortia: {', '.join(consortia)}. The country of each is that of its first "
            "member; of the rest only what all members have in common is kept."
        )
    return tuple(notes)


def _unknowns(people: Sequence[Participant]) -> Iterator[str]:
    for name, words in _KNOWN_BY.items():
        missing = [person.id for person in people if getattr(person, name) in {None, ()}]
        if missing:
            yield (
                f"{len(missing)} of {len(people)} participants score nothing for {words}, "
                f"which is not known of them: {', '.join(missing)}."
            )
