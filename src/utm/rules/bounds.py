"""How large a rule may be, so that no rule exhausts the machine that reads it."""

from __future__ import annotations

from utm.errors import InvalidValueError
from utm.rules.case import Rule

__all__ = ["DEEPEST_RULE", "MOST_RULES", "gather_rules"]

DEEPEST_RULE = 64
"""How many levels a rule may have."""

MOST_RULES = 5_000
"""How many rules, parts included, one version may hold."""


def gather_rules(rule: Rule) -> tuple[Rule, ...]:
    """Give a rule and all its parts, depth first, without recursion.

    Raises
    ------
    InvalidValueError
        The rule is deeper or larger than the bounds, as a rule is that contains itself, or
        something in it is no rule.
    """
    found: list[Rule] = []
    waiting: list[tuple[Rule, tuple[int, ...]]] = [(rule, ())]
    while waiting:
        each, path = waiting.pop()
        if len(path) >= DEEPEST_RULE or len(found) >= MOST_RULES:
            raise InvalidValueError(
                kind="rule",
                value=f"{_in_words(path[:3])}…",
                reason=f"goes beyond {DEEPEST_RULE} levels or {MOST_RULES:,} rules",
            )
        if not hasattr(each, "parts"):
            raise InvalidValueError(
                kind=f"rule at {_in_words(path)}", value=each, reason="is no rule"
            )
        if type(each.id) is not str:
            raise InvalidValueError(
                kind=f"id of the rule at {_in_words(path)}", value=each.id, reason="is no text"
            )
        found.append(each)
        waiting.extend(
            (part, (*path, index)) for index, part in reversed(list(enumerate(each.parts)))
        )
    return tuple(found)


def _in_words(path: tuple[int, ...]) -> str:
    return ".".join(f"parts[{index}]" for index in path) or "the whole"
