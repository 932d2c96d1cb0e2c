"""What can be said of rules without any applicant: each finding with a witness."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf
from utm.rules.diagrams import FALSE, TRUE
from utm.rules.fixing import fixed_on
from utm.rules.interpretations import Interpretations
from utm.rules.rulebook import Rulebook
from utm.rules.space import OVER_TOWNS, Space

__all__ = [
    "Comparison",
    "Flaw",
    "FlawKind",
    "Relation",
    "compare_rulebooks",
    "compare_rules",
    "find_example",
    "find_flaws",
]


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
        For `FlawKind.IMPLIED`: the part beside it that implies it; in an *any of*, that it implies.
    witness
        An invented applicant that shows it. It does not meet a contradiction, and meets a
        tautology. To the others it gives an answer that settles nothing: otherwise than
        `implied_by` for `FlawKind.IMPLIED`, and than the whole rule for
        `FlawKind.REDUNDANT`; ``None`` where all answer these two alike.
    is_exact
        False if not every population was tried, as `compare_rules` says: then it is
        likely, and not certain.
    """

    kind: FlawKind
    place: tuple[int, ...]
    rule: Rule
    implied_by: Rule | None = None
    witness: Application | None = None
    is_exact: bool = True

    def __str__(self) -> str:
        why = f": {self.implied_by.requirement}" if self.implied_by is not None else ""
        likely = "" if self.is_exact else " (likely: not every population was tried)"
        return f"{self.rule.requirement}: {self.kind.value}{why}{likely}"


class Relation(Enum):
    """How the applicants that meet one rule lie to those that meet another."""

    EQUIVALENT = "the same cities meet both"
    IMPLIES = "whoever meets the first meets the second"
    IMPLIED = "whoever meets the second meets the first"
    DISJOINT = "nobody meets both"
    OVERLAPPING = "some meet both, some only the first, some only the second"


@frozen(kw_only=True)
class Comparison:
    """How two rules lie to each other, with an invented applicant for each case that exists.

    Parameters
    ----------
    relation
        How they lie to each other.
    both, only_first, only_second, neither
        An application that meets both, the first alone, the second alone, none; ``None``
        where there can be none.
    is_exact
        False if not every population was tried, as `compare_rules` says: whom it gives
        there is, and where it gives nobody there is likely, and not certainly, nobody.
    """

    relation: Relation
    both: Application | None
    only_first: Application | None
    only_second: Application | None
    neither: Application | None
    is_exact: bool = True

    @property
    def sentence(self) -> str:
        """The relation, and how certain it is, in one sentence."""
        likely = "" if self.is_exact else "; likely so, since not every population was tried"
        return f"{self.relation.value}{likely}."


def compare_rules(
    first: Rule,
    second: Rule,
    *,
    on: Date,
    towns: int = 1,
    interpretations: Interpretations | None = None,
) -> Comparison:
    """Compare two rules over all applicants with complete facts, towns of at least one inhabitant.

    Parameters
    ----------
    first, second
        The rules. Their parameters hold as on that day, for no rulebook in particular:
        use `compare_rulebooks` to compare what two rulebooks ask.
    on
        The day.
    towns
        1 compares over all single cities; 2 or 3 over all consortia of so many towns, with
        plans of their own. For three towns whose inhabitants are compared with each other
        (a share, or a floor for their sum), populations are tried close to every limit, not
        all of them: a case that is not found is then likely, and not certain, not to exist,
        and the result says so.
    interpretations
        Readings. The default takes a plan of a kind that is not named not to count, and asks
        a floor of each town.

    Raises
    ------
    InvalidValueError
        A rule holds a criterion of a third party, the readings leave open what is
        asked, or there are more than three towns.
    """
    one, other = fixed_on(first, on), fixed_on(second, on)
    space = Space((one, other), on, towns=towns, interpretations=interpretations)
    return _compare(space, space.function(one), space.function(other))


def compare_rulebooks(
    first: Rulebook,
    second: Rulebook,
    *,
    on: Date,
    towns: int = 1,
    interpretations: Interpretations | None = None,
) -> Comparison:
    """Compare what two rulebooks ask on a day; otherwise as `compare_rules`.

    Raises
    ------
    InvalidValueError
        As `compare_rules`, or one rulebook has no version in force on that day.
    """
    one, other = (fixed_on(book.version_on(on).rule, on, book.id) for book in (first, second))
    return compare_rules(one, other, on=on, towns=towns, interpretations=interpretations)


def find_flaws(
    rule: Rule,
    *,
    on: Date,
    towns: int = 1,
    programme: str = "",
    interpretations: Interpretations | None = None,
) -> tuple[Flaw, ...]:
    """Find contradictions, tautologies and parts without effect, outermost first.

    The scope is that of `compare_rules`. Nothing is told of what lies within a part
    that is told already; of two parts that imply each other, both are told.

    Parameters
    ----------
    rule, on, towns, interpretations
        As for `compare_rules`.
    programme
        Id of the rulebook for which parameters hold.

    Raises
    ------
    InvalidValueError
        As `compare_rules`.
    """
    fixed = fixed_on(rule, on, programme)
    space = Space((fixed,), on, towns=towns, interpretations=interpretations)
    search = _Search(fixed, space)
    if search.whole in (FALSE, TRUE):
        return (search.constant(rule, (), search.whole),)
    return tuple(search.flaws_below(fixed, (), space.whole_scope))


def find_example(
    rule: Rule,
    *,
    on: Date,
    met: bool = True,
    towns: int = 1,
    interpretations: Interpretations | None = None,
) -> Application | None:
    """Invent an applicant that meets a rule, or one that does not; ``None`` if there is none.

    Parameters and errors as for `compare_rules`.
    """
    fixed = fixed_on(rule, on)
    space = Space((fixed,), on, towns=towns, interpretations=interpretations)
    function = space.function(fixed)
    return space.witness(function if met else space.diagrams.negation(function))


def _compare(space: Space, one: int, other: int) -> Comparison:
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
        is_exact=space.is_exact,
    )


class _Search:
    """The search for parts without effect in one rule."""

    def __init__(self, root: Rule, space: Space) -> None:
        self.root = root
        self.space = space
        self.whole = space.function(root)

    def constant(self, rule: Rule, place: tuple[int, ...], answer: int) -> Flaw:
        """Tell that everybody has one answer to a part, and show somebody."""
        return Flaw(
            kind=FlawKind.CONTRADICTION if answer == FALSE else FlawKind.TAUTOLOGY,
            place=place,
            rule=rule,
            witness=self.space.witness(TRUE),
            is_exact=self.space.is_exact,
        )

    def flaws_below(self, node: Rule, place: tuple[int, ...], scope: int | None) -> Iterator[Flaw]:
        within = 0 if isinstance(node, OVER_TOWNS) else scope  # all towns are alike
        for index, part in enumerate(node.parts):
            there = (*place, index)
            flaw = self._flaw_at(part, there, node, within)
            if flaw is None:
                yield from self.flaws_below(part, there, within)
            else:
                yield flaw

    def _flaw_at(
        self, part: Rule, there: tuple[int, ...], node: Rule, scope: int | None
    ) -> Flaw | None:
        own = self.space.function(part, scope=scope)
        if own in (FALSE, TRUE):
            return self.constant(part, there, own)
        if len(node.parts) < 2 or not self._matters_not(there, node):  # noqa: PLR2004
            return None
        sibling = self._implying(own, node, there[-1], scope)
        other = self.whole if sibling is None else self.space.function(sibling, scope=scope)
        return Flaw(
            kind=FlawKind.REDUNDANT if sibling is None else FlawKind.IMPLIED,
            place=there,
            rule=part,
            implied_by=sibling,
            witness=self.space.witness(self.space.difference(own, other)),
            is_exact=self.space.is_exact,
        )

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

    def _implying(self, own: int, node: Rule, index: int, scope: int | None) -> Rule | None:
        if not isinstance(node, AllOf | AnyOf):
            return None
        for other, sibling in enumerate(node.parts):
            function = self.space.function(sibling, scope=scope)
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
