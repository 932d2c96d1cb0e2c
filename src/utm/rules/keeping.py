"""What was made for a rule is kept while it may be asked for again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from utm.rules.case import Rule
from utm.rules.script import Circumstances

__all__ = ["kept"]

MadeT = TypeVar("MadeT")


class _Itself:
    """A rule as a key that no other rule equals, however alike."""

    __slots__ = ("rule",)

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.rule is other.rule

    def __hash__(self) -> int:
        return id(self.rule)


def kept(
    make: Callable[[Rule, Circumstances], MadeT],
) -> Callable[[Rule, Circumstances], MadeT]:
    """Make something of a rule once, and give it again while the same rule is asked likewise.

    The last 128 are kept. What was refused is refused anew.
    """

    @lru_cache(maxsize=128)
    def made_for(itself: _Itself, circumstances: Circumstances) -> MadeT:
        return make(itself.rule, circumstances)

    @wraps(make)
    def give(rule: Rule, circumstances: Circumstances) -> MadeT:
        return made_for(_Itself(rule), circumstances)

    return give
