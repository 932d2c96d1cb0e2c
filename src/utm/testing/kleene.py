"""Kleene's laws for verdicts."""

from __future__ import annotations

from utm.rules import Verdict

__all__ = [
    "law_of_absorption",
    "law_of_associativity",
    "law_of_commutativity",
    "law_of_distribution",
    "law_of_double_negation",
    "law_of_negated_combinations",
]


def law_of_commutativity(first: Verdict, second: Verdict) -> None:
    """`a & b` is `b & a`, and likewise for `|`."""
    _require(first & second is second & first, "and depends on the order")
    _require(first | second is second | first, "or depends on the order")


def law_of_associativity(first: Verdict, second: Verdict, third: Verdict) -> None:
    """Brackets within `&` alone, or within `|` alone, change nothing."""
    _require((first & second) & third is first & (second & third), "and depends on brackets")
    _require((first | second) | third is first | (second | third), "or depends on brackets")


def law_of_distribution(first: Verdict, second: Verdict, third: Verdict) -> None:
    """`a & (b | c)` is `(a & b) | (a & c)`, and likewise with the signs exchanged."""
    left, right = first & (second | third), (first & second) | (first & third)
    _require(left is right, "and does not distribute over or")
    left, right = first | (second & third), (first | second) & (first | third)
    _require(left is right, "or does not distribute over and")


def law_of_absorption(first: Verdict, second: Verdict) -> None:
    """`a & (a | b)` and `a | (a & b)` are `a`."""
    _require(first & (first | second) is first, "and does not absorb")
    _require(first | (first & second) is first, "or does not absorb")


def law_of_double_negation(answer: Verdict) -> None:
    """`~~a` is `a`."""
    _require(~~answer is answer, "two negations change the answer")


def law_of_negated_combinations(first: Verdict, second: Verdict) -> None:
    """`~(a & b)` is `~a | ~b`, and `~(a | b)` is `~a & ~b`."""
    _require(~(first & second) is (~first | ~second), "negation does not turn and into or")
    _require(~(first | second) is (~first & ~second), "negation does not turn or into and")


def _require(holds: bool, broken: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise AssertionError(broken)
