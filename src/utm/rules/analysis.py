"""What can be said of rules without any applicant: each finding with a witness."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import product

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.errors import InvalidValueError
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.diagrams import FALSE, TRUE, Diagrams
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.worlds import Worlds

__all__ = ["Comparison", "Flaw", "FlawKind", "Relation", "compare_rules", "find_flaws"]


class FlawKind(Enum):
    """What may be wrong with a rule."""

    CONTRADICTION = "nobody can meet it"
    TAUTOLOGY = "everybody meets it"
    REDUNDANT = "it makes no difference"
    IMPLIED = "another part implies it"


@frozen(kw_only=True)
class Flaw:
    """Something that the author of a rule may not have meant.

    Parameters
    ----------
    kind
        What it is.
    place
        Where, as indexes of parts from the root: ``(1, 0)`` is the first part of the second.
    rule
        The rule at that place.
    implied_by
        For `FlawKind.IMPLIED`: the part beside it that implies it.
    """

    kind: FlawKind
    place: tuple[int, ...]
    rule: Rule
    implied_by: Rule | None = None

    def __str__(self) -> str:
        why = f": {self.implied_by.requirement}" if self.implied_by is not None else ""
        return f"{self.rule.requirement}: {self.kind.value}{why}"


class Relation(Enum):
    """How the cities that meet one rule lie to those that meet another."""

    EQUIVALENT = "the same cities meet both"
    IMPLIES = "whoever meets the first meets the second"
    IMPLIED = "whoever meets the second meets the first"
    DISJOINT = "nobody meets both"
    OVERLAPPING = "some meet both, some only the first, some only the second"


@frozen(kw_only=True)
class Comparison:
    """How two rules lie to each other, with an invented city for each case that exists.

    Parameters
    ----------
    relation
        How they lie to each other.
    both, only_first, only_second, neither
        An application that meets both, the first alone, the second alone, none; ``None``
        where there can be none.
    """

    relation: Relation
    both: Application | None
    only_first: Application | None
    only_second: Application | None
    neither: Application | None


def compare_rules(first: Rule, second: Rule, *, on: Date) -> Comparison:
    """Compare two rules over all single cities with complete facts.

    Of consortia nothing is said: a rule for every town, for some town or for a
    share of inhabitants is taken for a city alone. A plan of a kind that a rule
    does not name is taken not to count.

    Raises
    ------
    InvalidValueError
        A rule holds a criterion of a third party.
    """
    space = _Space((first, second), on)
    one, other = space.function(first), space.function(second)
    both = space.diagrams.conjunction(one, other)
    only_first = space.diagrams.conjunction(one, space.diagrams.negation(other))
    only_second = space.diagrams.conjunction(other, space.diagrams.negation(one))
    neither = space.diagrams.negation(space.diagrams.disjunction(one, other))
    return Comparison(
        relation=_relation(both, only_first, only_second),
        both=space.witness(both),
        only_first=space.witness(only_first),
        only_second=space.witness(only_second),
        neither=space.witness(neither),
    )


def find_flaws(rule: Rule, *, on: Date) -> tuple[Flaw, ...]:
    """Find contradictions, tautologies and parts without effect, outermost first.

    The scope is that of `compare_rules`. Nothing is told of what lies within a part
    that is told already; of two parts that imply each other, both are told.

    Raises
    ------
    InvalidValueError
        The rule holds a criterion of a third party.
    """
    search = _Search(rule, _Space((rule,), on))
    if search.whole in (FALSE, TRUE):
        kind = FlawKind.CONTRADICTION if search.whole == FALSE else FlawKind.TAUTOLOGY
        return (Flaw(kind=kind, place=(), rule=rule),)
    return tuple(search.flaws_below(rule, ()))


class _Search:
    """The search for parts without effect in one rule."""

    def __init__(self, root: Rule, space: _Space) -> None:
        self.root = root
        self.space = space
        self.whole = space.function(root)

    def flaws_below(self, node: Rule, place: tuple[int, ...]) -> Iterator[Flaw]:
        for index, part in enumerate(node.parts):
            there = (*place, index)
            flaw = self._flaw_at(part, there, node)
            if flaw is None:
                yield from self.flaws_below(part, there)
            else:
                yield flaw

    def _flaw_at(self, part: Rule, there: tuple[int, ...], node: Rule) -> Flaw | None:
        own = self.space.function(part)
        if own in (FALSE, TRUE):
            kind = FlawKind.CONTRADICTION if own == FALSE else FlawKind.TAUTOLOGY
            return Flaw(kind=kind, place=there, rule=part)
        if len(node.parts) < 2 or not self._matters_not(there, node):  # noqa: PLR2004
            return None
        sibling = self._implying(own, node, there[-1])
        kind = FlawKind.REDUNDANT if sibling is None else FlawKind.IMPLIED
        return Flaw(kind=kind, place=there, rule=part, implied_by=sibling)

    def _matters_not(self, there: tuple[int, ...], node: Rule) -> bool:
        """Tell whether the whole is the same function without the part at a place."""
        match node:
            case AllOf():
                instead = [TRUE]
            case AnyOf():
                instead = [FALSE]
            case _:
                instead = [TRUE, FALSE]
        return all(
            self.space.function(self.root, told={there: value}) == self.whole for value in instead
        )

    def _implying(self, own: int, node: Rule, index: int) -> Rule | None:
        if not isinstance(node, AllOf | AnyOf):
            return None
        for other, sibling in enumerate(node.parts):
            function = self.space.function(sibling)
            small, large = (function, own) if isinstance(node, AllOf) else (own, function)
            if other != index and self.space.implies(small, large):
                return sibling
        return None


def _relation(both: int, only_first: int, only_second: int) -> Relation:
    if only_first == only_second == FALSE:
        return Relation.EQUIVALENT
    if only_first == FALSE:
        return Relation.IMPLIES
    if only_second == FALSE:
        return Relation.IMPLIED
    return Relation.DISJOINT if both == FALSE else Relation.OVERLAPPING


class _Space:
    """The functions of some rules over the same cities."""

    def __init__(self, rules: tuple[Rule, ...], day: Date) -> None:
        leaves = [each for rule in rules for each in gather_rules(rule) if not each.parts]
        self.worlds = Worlds(leaves, day)
        self.diagrams = Diagrams(self.worlds.sizes)
        self._leaves: dict[int, int] = {}  # by identity: the rules outlive the space

    def witness(self, node: int) -> Application | None:
        values = self.diagrams.example(node)
        return None if values is None else self.worlds.application(values)

    def function(
        self,
        rule: Rule,
        *,
        told: dict[tuple[int, ...], int] | None = None,
        place: tuple[int, ...] = (),
    ) -> int:
        """Turn a rule into a diagram; what is told of some places takes their place."""
        if told and place in told:
            return told[place]
        below = [
            self.function(part, told=told, place=(*place, index))
            for index, part in enumerate(rule.parts)
        ]
        return self._combined(rule, below) if below else self._leaf(rule)

    def implies(self, first: int, second: int) -> bool:
        """Tell whether the second is true wherever the first is."""
        return self.diagrams.conjunction(first, self.diagrams.negation(second)) == FALSE

    def _combined(self, rule: Rule, below: list[int]) -> int:
        """Make one function of those of the parts; a city alone is its one town."""
        match rule:
            case Not():
                return self.diagrams.negation(below[0])
            case AllOf() | ForAll() | Exists() | ShareOfInhabitants():
                needed = len(below)
            case AnyOf():
                needed = 1
            case AtLeast() | ForAtLeast():
                needed = rule.count
            case _:
                raise InvalidValueError(
                    kind="rule", value=rule.requirement, reason="cannot be analysed"
                )
        return self.diagrams.at_least(needed, below)

    def _leaf(self, leaf: Rule) -> int:
        found = self._leaves.get(id(leaf))
        if found is None:
            found = self._leaves[id(leaf)] = self._function_of_leaf(leaf)
        return found

    def _function_of_leaf(self, leaf: Rule) -> int:
        numbers = self.worlds.variables_of(leaf)
        sizes = self.worlds.sizes
        result = FALSE
        for values in product(*(range(sizes[number]) for number in numbers)):
            world = [0] * len(sizes)
            met = TRUE
            for number, value in zip(numbers, values, strict=True):
                world[number] = value
                truths = [each == value for each in range(sizes[number])]
                met = self.diagrams.conjunction(met, self.diagrams.variable(number, truths))
            if self.worlds.answer(leaf, world):
                result = self.diagrams.disjunction(result, met)
        return result
