"""Limits on the grouping as a whole, apart from the search: how many groups there may be.

Each limit is a capacity with places; a group takes a place of one or more. Where it has a
choice, as among the languages that its members speak, it takes the cheapest in a proof
and any with a place left in a grouping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from utm.domain.identifiers import ThemeId
from utm.pairing.definition import Definition

__all__ = ["Limits"]

_REQUIRED = "required groups"
_FURTHER = "further groups"
_Formed = tuple[tuple[str, ...], ThemeId]


class Limits:
    """Capacities of a policy and what groups take of them.

    Parameters
    ----------
    definition
        Participants and policy.

    Attributes
    ----------
    places
        How many groups each capacity admits, by its name.
    """

    FREE = frozenset({_REQUIRED})
    """Capacities whose price may be below zero, as all their places must be taken."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        policy = definition.policy
        self._languages = {c.language: c.most_groups for c in policy.language_capacities}
        self._themes = {c.theme: c.most_groups for c in policy.theme_capacities}
        places = {f"theme {theme}": most for theme, most in self._themes.items()}
        places |= {f"language {code}": most for code, most in self._languages.items()}
        fewest, most = policy.fewest_groups, policy.most_groups
        if fewest:
            places[_REQUIRED] = fewest
        if most is not None and (most > fewest or not fewest):
            places[_FURTHER] = most - fewest
        self.places = {
            name: min(count, sum(definition.places.values()) + 1) for name, count in places.items()
        }

    def spoken(self, members: Sequence[str]) -> frozenset[str] | None:
        """Return the limited languages among which a group must choose; ``None`` for a free one."""
        known = [self._definition.people[member].languages for member in members]
        sets = [frozenset(languages) for languages in known if languages is not None]
        if not self._languages or not sets:
            return None
        common = sets[0].intersection(*sets[1:])
        return None if common - set(self._languages) else common

    def dues(self, members: Sequence[str], theme: ThemeId, prices: Mapping[str, int]) -> int:
        """Return the least that a group pays for capacities."""
        spoken = self.spoken(members)
        if spoken is None:
            return self.dues_but_for_language(theme, prices)
        language = min((prices.get(f"language {code}", 0) for code in spoken), default=0)
        return self.dues_but_for_language(theme, prices) + language

    def least_dues(self, theme: ThemeId, prices: Mapping[str, int]) -> int:
        """Return a bound from below on the dues of all groups under a theme."""
        languages = [prices.get(f"language {code}", 0) for code in self._languages]
        return self.dues_but_for_language(theme, prices) + min(0, *languages, 0)

    def dues_but_for_language(self, theme: ThemeId, prices: Mapping[str, int]) -> int:
        """Return the least that a group pays for its theme and its place among all groups."""
        policy = self._definition.policy
        seats = [prices.get(name, 0) for name in (_REQUIRED, _FURTHER) if name in self.places]
        if policy.most_groups is None:
            seats.append(0)
        return prices.get(f"theme {theme}", 0) + min(seats)

    def faults(self, groups: Sequence[_Formed]) -> Iterator[str]:
        """Yield a sentence for each limit that a grouping breaks."""
        policy = self._definition.policy
        if len(groups) < policy.fewest_groups:
            yield f"There are {len(groups)} groups; at least {policy.fewest_groups} are wanted."
        if policy.most_groups is not None and len(groups) > policy.most_groups:
            yield f"There are {len(groups)} groups; at most {policy.most_groups} may be."
        for theme, most in sorted(self._themes.items()):
            count = sum(group[1] == theme for group in groups)
            if count > most:
                yield f"{count} groups work under {theme}; at most {most} can."
        yield from self._language_faults([self.spoken(members) for members, _ in groups])

    def _language_faults(self, choices: Sequence[frozenset[str] | None]) -> Iterator[str]:
        """Give each group a language in turn, moving others where that makes room."""
        holders: dict[str, list[int]] = {code: [] for code in self._languages}
        for index, choice in enumerate(choices):
            if not choice:
                continue
            tried: set[str] = set()
            if not self._seat(index, choices, holders, tried):
                count = 1 + sum(len(holders[code]) for code in tried)
                can = sum(self._languages[code] for code in tried)
                names = " or ".join(sorted(tried))
                yield f"{count} groups can only work in {names}; at most {can} can."
                return

    def _seat(
        self,
        index: int,
        choices: Sequence[frozenset[str] | None],
        holders: dict[str, list[int]],
        tried: set[str],
    ) -> bool:
        for code in sorted(choices[index] or ()):
            if code in tried:
                continue
            tried.add(code)
            if len(holders[code]) < self._languages[code]:
                holders[code].append(index)
                return True
            for place, other in enumerate(holders[code]):
                if self._seat(other, choices, holders, tried):
                    holders[code][place] = index
                    return True
        return False
