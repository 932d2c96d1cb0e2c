"""Capacities as classes of their own, of which a group takes a place besides its members.

How many groups there may be, under a theme or in a language, is a limit like that on the
groups of one participant: each capacity has places and gets a price. A group that could
take a place of either of two capacities, such as work in two languages, appears once
under each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Booleans, FocusArrays, Integers
from utm.pairing.pairs import FORBIDDEN, PairTable, kinds_of
from utm.pairing.policy import Policy

__all__ = ["Capacities", "capacities_of"]

_FREE = -1


@frozen(kw_only=True, eq=False)
class Capacities:
    """The capacities of a policy, and every focus once for each choice among them.

    Parameters
    ----------
    names
        Names of the capacities.
    places
        How many groups each admits.
    required
        1 where all places must be taken, otherwise 0.
    foci
        Every focus with each choice of a language and of a seat.
    uses
        Classes of the capacities that a group of each focus takes, padded with -1, shape
        (foci, u) with u up to 3.
    """

    names: tuple[str, ...]
    places: Integers
    required: Integers
    foci: tuple[FocusArrays, ...]
    uses: Integers


def capacities_of(
    policy: Policy,
    foci: Sequence[FocusArrays],
    languages: Booleans,
    codes: Sequence[str],
    *,
    classes: int,
    seats: int,
) -> Capacities:
    """Number the capacities after the classes of participants, and multiply the foci.

    Parameters
    ----------
    policy
        The policy.
    foci
        One entry for each theme or topic.
    languages, codes
        Who speaks what, shape (n, languages + 1), and the codes of all but the last column.
    classes, seats
        How many classes of participants there are, and how many places in groups they have.
    """
    table = _Table(classes, seats)
    theme = {c.theme: table.add(f"theme {c.theme}", c.most_groups) for c in policy.theme_capacities}
    tongues = _tongues(policy, languages, codes, table)
    choices = _seats(policy, table)
    chosen: list[FocusArrays] = []
    uses: list[tuple[int, int, int]] = []
    for focus in foci:
        for spoken, language in tongues:
            narrowed = focus if spoken is None else _spoken_in(focus, spoken, languages)
            for seat in choices:
                chosen.append(narrowed)
                uses.append((theme.get(focus.theme, _FREE), language, seat))
    used = np.array(uses, dtype=np.int64).reshape(len(uses), 3)
    return Capacities(
        names=tuple(table.names),
        places=np.array(table.places, dtype=np.int64),
        required=np.array(table.required, dtype=np.int64),
        foci=tuple(chosen),
        uses=used[:, (used != _FREE).any(axis=0)],
    )


class _Table:
    def __init__(self, classes: int, seats: int) -> None:
        self._classes = classes
        self._seats = seats
        self.names: list[str] = []
        self.places: list[int] = []
        self.required: list[int] = []

    def add(self, name: str, places: int, *, required: bool = False) -> int:
        self.names.append(name)
        self.places.append(min(places, self._seats + 1))  # more is no limit, or no hope
        self.required.append(int(required))
        return self._classes + len(self.names) - 1


def _tongues(
    policy: Policy, languages: Booleans, codes: Sequence[str], table: _Table
) -> list[tuple[Integers | None, int]]:
    """Return the choices of a language: columns of which one is spoken, and the capacity."""
    if not policy.language_capacities:
        return [(None, _FREE)]
    limited = {c.language: c.most_groups for c in policy.language_capacities}
    free = [n for n in range(languages.shape[1]) if n == len(codes) or codes[n] not in limited]
    choices: list[tuple[Integers | None, int]] = [(np.array(free, dtype=np.int64), _FREE)]
    for code, most in sorted(limited.items()):
        number = table.add(f"language {code}", most)
        if code in codes:
            choices.append((np.array([codes.index(code)], dtype=np.int64), number))
    return choices


def _seats(policy: Policy, table: _Table) -> list[int]:
    """Return the capacities of which each group takes one place: required ones, and others."""
    fewest, most = policy.fewest_groups, policy.most_groups
    if fewest == 0 and most is None:
        return [_FREE]
    choices: list[int] = []
    if fewest:
        choices.append(table.add("required groups", fewest, required=True))
    if most is None:
        choices.append(_FREE)
    elif most > fewest or not choices:
        choices.append(table.add("further groups", most - fewest))
    return choices


def _spoken_in(focus: FocusArrays, columns: Integers, languages: Booleans) -> FocusArrays:
    """Return a focus for groups that all speak one of some languages."""
    kinds, first = kinds_of([tuple(row) for row in languages[:, columns].tolist()])
    spoken = languages[first][:, columns].astype(np.float64)
    table = np.where(spoken @ spoken.T > 0, 0, FORBIDDEN)
    speaking = PairTable(kinds=kinds, table=table.astype(np.int64))
    return evolve(focus, pairs=focus.pairs.with_table(speaking), working_languages=columns)
