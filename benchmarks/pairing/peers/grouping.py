"""A grouping that a search changes step by step, within all limits."""

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.pairing.scoring import MILLION, Members, Scorer

LOCK_BONUS = 20 * MILLION
"""What placing somebody who must be placed counts in a search, beside its worth."""

Formed = tuple[Members, int, int, str | None]  # members, focus, value, language


class Grouping:
    """Groups under keys that never return; those without a group are alone."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.groups: dict[int, Formed] = {}
        self.group_of: list[int | None] = [None] * len(scorer.ids)
        self.value = 0
        self._next = 0
        policy = scorer.policy
        self._theme_room = {c.theme: c.most_groups for c in policy.theme_capacities}
        self._language_room = {c.language: c.most_groups for c in policy.language_capacities}
        self.is_limited = bool(
            self._theme_room or self._language_room or policy.most_groups is not None
        )
        self._used: Counter[object] = Counter()

    def value_of(self, members: Members, worth: int) -> int:
        locks = self.scorer.locks
        return worth + sum(LOCK_BONUS for member in members if member in locks) if locks else worth

    def weigh(self, members: Iterable[int], without: Sequence[int] = ()) -> Formed | None:
        """The group as it would be formed after some others are gone, or ``None``."""
        ordered = tuple(sorted(members))
        if not self.is_limited:
            found = self.scorer.best(ordered)
            return (
                None
                if found is None
                else (ordered, found[1], self.value_of(ordered, found[0]), None)
            )
        gone = Counter(thing for key in without for thing in self._things(self.groups[key]))
        options = []
        for focus in self.scorer.shared_foci(ordered):
            worth = self.scorer.worth(ordered, focus)
            if worth is not None:
                options.append((-worth, focus))
        for negative, focus in sorted(options):
            language = self._fitting(ordered, focus, gone)
            if language is not False:
                return (ordered, focus, self.value_of(ordered, -negative), language)
        return None

    def _fitting(self, members: Members, focus: int, gone: Counter) -> str | bool | None:
        theme = self.scorer.themes[focus]
        most = self.scorer.policy.most_groups
        if most is not None and self._used["groups"] - gone["groups"] >= most:
            return False
        if theme in self._theme_room and self._used[theme] - gone[theme] >= self._theme_room[theme]:
            return False
        languages = self.scorer.languages_of(members)
        if languages is None:
            return None
        room = [
            (self._language_room[code] - self._used[code] + gone[code], code) for code in languages
        ]
        left, code = max(room, default=(0, None))
        return code if left > 0 else False

    def _things(self, formed: Formed) -> list[object]:
        language = [] if formed[3] is None else [formed[3]]
        return ["groups", self.scorer.themes[formed[1]], *language]

    def add(self, formed: Formed) -> int:
        key = self._next
        self._next += 1
        self.groups[key] = formed
        self.value += formed[2]
        for member in formed[0]:
            self.group_of[member] = key
        if self.is_limited:
            self._used.update(self._things(formed))
        return key

    def remove(self, key: int) -> Formed:
        formed = self.groups.pop(key)
        self.value -= formed[2]
        for member in formed[0]:
            self.group_of[member] = None
        if self.is_limited:
            self._used.subtract(self._things(formed))
        return formed

    def members_with(self, number: int) -> Members:
        """The group of one, or it alone."""
        key = self.group_of[number]
        return (number,) if key is None else self.groups[key][0]

    def answer(self) -> list[tuple[Members, int]]:
        return sorted((members, focus) for members, focus, _, _ in self.groups.values())
