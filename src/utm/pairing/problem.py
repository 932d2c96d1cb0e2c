"""A problem: who takes part, under which policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from attrs import field, frozen

from utm.domain.identifiers import TopicId
from utm.errors import InvalidInputError
from utm.pairing.pair_parts import PairPart
from utm.pairing.participant import Participant
from utm.pairing.policy import Policy
from utm.pairing.problem_check import problems_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Problem"]


def _sorted_pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((min(pair), max(pair)) for pair in pairs))


@frozen(kw_only=True)
class Problem:
    """Participants to be grouped, and the policy that says what a good group is.

    Parameters
    ----------
    participants
        Who takes part, in any order: the order never changes an answer.
    policy
        Weights and hard rules.
    topics
        Topics that may occur; ``None`` admits whatever the participants name.
    earlier_pairs
        Ids of any two who were in one group before.

    Raises
    ------
    InvalidInputError
        With every problem at once, each with its JSON path.
    """

    participants: tuple[Participant, ...]
    policy: Policy = field(factory=Policy)
    topics: tuple[TopicId, ...] | None = None
    earlier_pairs: tuple[tuple[str, str], ...] = field(default=(), converter=_sorted_pairs)

    def __attrs_post_init__(self) -> None:
        found = tuple(problems_of(self.participants, self.policy, self.topics, self.earlier_pairs))
        if found:
            raise InvalidInputError(found)

    @classmethod
    def from_json(cls, text: str, *, pair_parts: Sequence[PairPart] = ()) -> Self:
        """Read the format ``utm.pairing-problem`` version 1.

        Parameters
        ----------
        text
            The document.
        pair_parts
            Score parts by third parties that its policy may name: a document holds no code.

        Raises
        ------
        InvalidInputError
            With every problem at once, each with its JSON path.
        """
        from utm.pairing.problem_json import problem_fields  # noqa: PLC0415

        return cls(**problem_fields(text, pair_parts))

    def to_json(self) -> str:
        """Write the format ``utm.pairing-problem`` version 1; the same problem, the same text."""
        from utm.pairing.problem_json import problem_text  # noqa: PLC0415

        return problem_text(self)

    def to_networkx(self) -> nx.DiGraph[str]:
        """Participants as nodes, who could help whom as edges.

        Nodes carry ``country`` and the ids of needs and offers. An edge from helper to
        helped carries ``topics``. Participants are not joined for a shared need.
        """
        from utm.pairing.graphs import problem_graph  # noqa: PLC0415

        return problem_graph(self)
