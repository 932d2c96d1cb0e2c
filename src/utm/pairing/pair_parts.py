"""Score parts by third parties: what any two participants are worth to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from utm.errors import InputProblem, InvalidInputError
from utm.pairing.group import UNIT
from utm.pairing.input_problem import problem_at
from utm.pairing.participant import Participant

__all__ = ["PairPart", "own_worths"]

_STEP = 6
_MOST_FAULTS = 20


@runtime_checkable
class PairPart(Protocol):
    """A part of the score that somebody else has written.

    It gives any two participants a worth to each of them, in whole millionths of one fully
    met need, from -1,000,000 to 1,000,000: costs are below zero. The library rounds it down
    to a multiple of six, so that means over one, two or three partners are whole, and
    counts it as a mean over the partners in the group, like a part of the context.

    It must be symmetric and always answer alike; `utm.testing.pairing` has these laws as
    functions. It is asked once for each two participants, so time grows with n².
    """

    @property
    def name(self) -> str:
        """A name of lower-case letters, digits and underscores; it is told in every score."""
        ...

    def worth(self, left: Participant, right: Participant) -> int:
        """Return what the two are worth to each other, in millionths."""
        ...


def own_worths(
    parts: Sequence[PairPart], participants: Sequence[Participant]
) -> Mapping[str, Mapping[tuple[str, str], int]]:
    """Ask every part for every two participants, and round down to multiples of six.

    Returns
    -------
    By the name of the part the worth of each two, the smaller id first; those of zero are
    left out.

    Raises
    ------
    InvalidInputError
        A part gives something else than a whole number within its range.
    """
    ordered = sorted(participants, key=lambda participant: participant.id)
    faults: list[InputProblem] = []
    found: dict[str, dict[tuple[str, str], int]] = {}
    for index, part in enumerate(parts):
        worths = found.setdefault(part.name, {})
        for place, left in enumerate(ordered):
            for right in ordered[place + 1 :]:
                worth = part.worth(left, right)
                if type(worth) is not int or not -UNIT <= worth <= UNIT:
                    reason = f"is what {part.name} gives {left.id} and {right.id}"
                    remedy = f"Return a whole number within {-UNIT} and {UNIT}."
                    faults.append(
                        problem_at(f"$.policy.pair_parts[{index}]", worth, reason, remedy)
                    )
                elif worth := worth // _STEP * _STEP:
                    worths[left.id, right.id] = worth
    if faults:
        raise InvalidInputError(tuple(faults[:_MOST_FAULTS]))
    return found
