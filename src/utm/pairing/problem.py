"""A problem: who takes part, under which policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self, cast

from attrs import field, frozen

from utm.domain.identifiers import TopicId
from utm.errors import InvalidInputError
from utm.pairing.pair_parts import PairPart
from utm.pairing.participant import Participant
from utm.pairing.policy import Policy
from utm.pairing.problem_check import problems_of
from utm.pairing.rows import as_tuple, in_order, with_tuples

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Problem"]


def _sorted_pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    rows = cast("object", as_tuple(pairs))
    if not isinstance(rows, tuple):
        return pairs
    each = cast("tuple[tuple[str, ...], ...]", rows)
    found = cast("tuple[tuple[str, str], ...]", tuple(in_order(pair, str) for pair in each))
    return tuple(sorted(found)) if all(map(_is_pair, found)) else found


def _is_pair(pair: object) -> bool:
    if not isinstance(pair, tuple):
        return False
    names = cast("tuple[object, ...]", pair)
    return len(names) == 2 and all(isinstance(name, str) for name in names)  # noqa: PLR2004


@frozen(kw_only=True, field_transformer=with_tuples)
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

    @classmethod
    def from_networkx(cls, graph: nx.Graph[str], *, policy: Policy | None = None) -> Self:
        """Read participants from the nodes of a graph.

        Parameters
        ----------
        graph
            Any graph whose nodes carry what `to_networkx` writes. Needs without
            ``need_shares`` weigh alike. Edges, and attributes of other names, are left.
        policy
            The policy; ``None`` for the default one. A graph holds none.

        Raises
        ------
        InvalidInputError
            With every problem at once, the nodes counted as ``$.participants`` in their order.
        """
        from utm.pairing.graphs import graph_document  # noqa: PLC0415

        read = cls.from_json(graph_document(graph))
        return cls(
            participants=read.participants,
            policy=policy or read.policy,
            topics=read.topics,
            earlier_pairs=read.earlier_pairs,
        )

    def to_networkx(self) -> nx.DiGraph[str]:
        """Participants as nodes, who could help whom as edges.

        Nodes carry what is known of each: ``country``, the ids of ``needs`` with their
        ``need_shares``, those of ``offers`` with their ``offer_maturities``, and the other
        fields of a `Participant` where they are known. An edge from helper to helped carries
        ``topics``. Participants are not joined for a shared need. The graph carries
        ``topics`` and ``earlier_pairs``; `from_networkx` reads all of that again.
        """
        from utm.pairing.graphs import problem_graph  # noqa: PLC0415

        return problem_graph(self)
