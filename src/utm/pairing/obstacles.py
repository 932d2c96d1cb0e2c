"""Which rules alone keep a participant out of every group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from utm.pairing.arrays import PairingArrays
from utm.pairing.context import millionths
from utm.pairing.hours import SLOT_MINUTES
from utm.pairing.policy import ExchangeRule, FocusKind, LanguageRule

__all__ = ["obstacles_to"]


def obstacles_to(arrays: PairingArrays, number: int) -> tuple[str, ...]:
    """Name each rule that alone forbids every group with a participant of a class.

    Where only several rules together forbid them all, none is named. Time and memory
    grow with the number of participants times that of the foci.
    """
    row = int(np.searchsorted(arrays.class_of, number))
    return (
        *_too_few(arrays),
        *_exchange(arrays, row),
        *_stake(arrays, row),
        *_language(arrays, row),
        *_office_hours(arrays, row),
    )


def _too_few(arrays: PairingArrays) -> Iterator[str]:
    policy = arrays.policy
    if len(arrays.ids) < policy.smallest_group:
        yield f"a group needs {policy.smallest_group} members, and {len(arrays.ids)} take part"
    countries = int(arrays.countries.max()) + 1  # they are numbered without a gap
    if countries == 1 < policy.fewest_countries:
        yield "no other participant is from another country"
    elif countries < policy.fewest_countries:
        yield (
            f"a group must span {policy.fewest_countries} countries, "
            f"and the participants are from {countries}"
        )


def _exchange(arrays: PairingArrays, row: int) -> Iterator[str]:
    rule = arrays.policy.exchange
    if rule is ExchangeRule.NOT_ASKED or any(focus.can_be_tied[row] for focus in arrays.foci):
        return
    if rule is ExchangeRule.HELP_OR_SHARED_NEED:
        yield "nobody shares a need with it, helps it or is helped by it"
    else:
        yield "nobody helps it or is helped by it"


def _stake(arrays: PairingArrays, row: int) -> Iterator[str]:
    least = arrays.policy.least_stake_share
    for focus in arrays.foci:
        needs = focus.needs[row]
        if needs.sum() + (needs > 0).sum() >= millionths(least):
            return
    if least > 0:
        kind = "theme" if arrays.policy.focus is FocusKind.THEME else "topic"
        yield f"no {kind} holds {least:.0%} of its needs"


def _language(arrays: PairingArrays, row: int) -> Iterator[str]:
    if arrays.policy.common_language is LanguageRule.NOT_ASKED:
        return
    if not arrays.languages[row].any():
        yield "its languages are not known"
        return
    shared = (arrays.languages & arrays.languages[row]).any(axis=1)
    if int(shared.sum()) == 1:  # itself
        yield f"nobody {_shares(arrays)} a language with it"


def _office_hours(arrays: PairingArrays, row: int) -> Iterator[str]:
    least = arrays.policy.fewest_common_office_minutes
    if least == 0:
        return
    minutes = (arrays.slots & arrays.slots[row]).sum(axis=2) * SLOT_MINUTES
    enough = (minutes >= least).all(axis=1)
    enough[row] = False
    if not arrays.slots[row].any():
        yield "its time zone is not known"
    elif not enough.any():
        yield f"nobody {_shares(arrays)} {least} office minutes with it"


def _shares(arrays: PairingArrays) -> str:
    return "shares" if arrays.policy.admits_unknown else "is known to share"
