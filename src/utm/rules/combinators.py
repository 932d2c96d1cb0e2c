"""Combinations of rules: all of, any of, not, at least so many."""

from __future__ import annotations

from attrs import frozen

from utm.domain.evidence import Source
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule
from utm.rules.conclusion import conclude
from utm.rules.finding import Finding
from utm.rules.verdict import Verdict, all_of, any_of, at_least

__all__ = ["AllOf", "AnyOf", "AtLeast", "Composable", "Not"]


class Composable:
    """The operators ``&``, ``|`` and ``~`` for rules. Unnamed combinations are flattened."""

    __slots__ = ()

    def __and__(self: Rule, other: Rule) -> AllOf:
        return AllOf(parts=(*_conjuncts(self), *_conjuncts(other)))

    def __or__(self: Rule, other: Rule) -> AnyOf:
        return AnyOf(parts=(*_disjuncts(self), *_disjuncts(other)))

    def __invert__(self: Rule) -> Not:
        return Not(part=self)


@frozen(kw_only=True)
class AllOf(Composable):
    """Every part must be met.

    Parameters
    ----------
    parts
        At least one rule.
    id
        Key, if waivers or readers are to name the combination.
    title
        Its name in words; without one the parts are listed.
    source
        Where it is written.
    """

    parts: tuple[Rule, ...]
    id: str = ""
    title: str = ""
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        _require_parts(self.parts)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or _joined(self.parts, "and")

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask every part about the same case."""
        return tuple([(part, case) for part in self.parts])

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if all are met."""
        return all_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class AnyOf(Composable):
    """At least one part must be met. Parameters as for `AllOf`."""

    parts: tuple[Rule, ...]
    id: str = ""
    title: str = ""
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        _require_parts(self.parts)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or _joined(self.parts, "or")

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask every part about the same case."""
        return tuple([(part, case) for part in self.parts])

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if one is met."""
        return any_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class Not(Composable):
    """The part must not be met. A waiver of something within it changes nothing.

    Parameters
    ----------
    part
        The rule that must not be met.
    id, title, source
        As for `AllOf`.
    """

    part: Rule
    id: str = ""
    title: str = ""
    source: Source | None = None

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The one part."""
        return (self.part,)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or f"not: {self.part.requirement}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask the part, waivers left aside."""
        return ((self.part, case.without_waivers()),)

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if the part is unmet."""
        return ~verdicts[0]

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class AtLeast(Composable):
    """So many of the parts must be met.

    Parameters
    ----------
    count
        How many, from 1 to the number of parts.
    parts, id, title, source
        As for `AllOf`.
    """

    count: int
    parts: tuple[Rule, ...]
    id: str = ""
    title: str = ""
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        _require_parts(self.parts)
        if type(self.count) is not int or not 1 <= self.count <= len(self.parts):
            raise InvalidValueError(
                kind="number of parts to be met",
                value=self.count,
                reason=f"must be a whole number from 1 to {len(self.parts)}",
            )

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or f"at least {self.count} of: {_joined(self.parts, 'and')}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask every part about the same case."""
        return tuple([(part, case) for part in self.parts])

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if so many are met."""
        return at_least(self.count, verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


def _conjuncts(rule: Rule) -> tuple[Rule, ...]:
    unnamed = isinstance(rule, AllOf) and not rule.id and not rule.title
    return rule.parts if unnamed else (rule,)


def _disjuncts(rule: Rule) -> tuple[Rule, ...]:
    unnamed = isinstance(rule, AnyOf) and not rule.id and not rule.title
    return rule.parts if unnamed else (rule,)


def _require_parts(parts: object) -> None:
    if type(parts) is not tuple:
        raise InvalidValueError(kind="rule", value=parts, reason="must have its parts in a tuple")
    if parts == ():
        raise InvalidValueError(kind="rule", value=(), reason="must have at least one part")


def _joined(parts: tuple[Rule, ...], word: str) -> str:
    phrases = [part.requirement for part in parts]
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} {word} {phrases[-1]}"
