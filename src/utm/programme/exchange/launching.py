"""Begin the life of an edition from the groups that were formed, or that were published."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import Date

from utm.domain import Application, CountryCode, Edition, EditionId, Pairing
from utm.programme.exchange.entry import wishes_of
from utm.programme.exchange.group_events import (
    GroupFormed,
)
from utm.programme.exchange.lifecycle import (
    EditionEvent,
    EditionHistory,
    begin_edition,
    participants_of,
)
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.participation_events import WishesExpressed
from utm.programme.exchange.state import EditionTerms
from utm.programme.formed_edition import FormedEdition
from utm.programme.history import Command, Refusal

__all__ = ["launch_formed", "launch_groups", "launch_published"]


def launch_formed(
    formed: FormedEdition, *, by: str, on: Date, why: str, terms: EditionTerms | None = None
) -> EditionHistory | Refusal:
    """Begin an edition with the groups that the engine formed.

    Parameters
    ----------
    formed
        The result of forming it. Who is in no group stays on the waiting list.
    by, on, why
        Who adopts the grouping, on which day, for which reason.
    terms
        What the edition asks of its groups; by default groups as large as the policy of
        the grouping allows, and otherwise as for City2City.

    Returns
    -------
    EditionHistory or Refusal
        Either all groups are formed, or none is.
    """
    policy = formed.problem.policy
    groups = [
        Pairing(
            id=group.id,
            theme=group.theme,
            focus=group.focus,
            topics=group.topics,
            members=tuple(member.key for member in group.members),
        )
        for group in formed.groups
    ]
    taking_part = [one.application for one in formed.screening if one.placement.takes_part]
    return launch_groups(
        formed.id,
        participants_of(taking_part),
        groups,
        by=by,
        on=on,
        why=why,
        terms=terms
        or EditionTerms(smallest_group=policy.smallest_group, largest_group=policy.largest_group),
        wishes=[wishes_of(one) for one in taking_part],
    )


def launch_published(
    edition: Edition,
    applications: Iterable[Application],
    *,
    by: str,
    on: Date,
    why: str,
    terms: EditionTerms | None = None,
) -> EditionHistory | Refusal:
    """Begin an edition with the groups that were published, as they are.

    Parameters
    ----------
    edition
        The published list.
    applications
        Who takes part, its members among them.
    by, on, why, terms
        As for [launch_formed][utm.programme.exchange.launch_formed].
    """
    applications = tuple(applications)
    return launch_groups(
        edition.id,
        participants_of(applications),
        edition.pairings,
        by=by,
        on=on,
        why=why,
        terms=terms,
        wishes=[wishes_of(one) for one in applications],
    )


def launch_groups(
    key: EditionId,
    participants: Iterable[tuple[ParticipantId, CountryCode]],
    groups: Iterable[Pairing],
    *,
    by: str,
    on: Date,
    why: str,
    terms: EditionTerms | None = None,
    wishes: Iterable[WishesExpressed] = (),
) -> EditionHistory | Refusal:
    """Begin an edition with groups from wherever they come.

    Parameters
    ----------
    key
        Key of the edition.
    participants
        Everybody who may take part, with the country.
    groups
        The groups.
    by, on, why, terms
        As for [launch_formed][utm.programme.exchange.launch_formed].
    wishes
        What participants seek and offer, as they expressed it.
    """
    history = begin_edition(key, participants, terms=terms)
    said = sorted(wishes, key=lambda one: one.participant.value)
    actions: list[EditionEvent] = [*(GroupFormed(group=group) for group in groups), *said]
    return history.record_all(Command(action=action, by=by, on=on, why=why) for action in actions)
