"""Everything that can be wrong with conflicts, priorities, allowances and capacities."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from utm.domain.identifiers import TopicId
from utm.domain.places import LanguageCode
from utm.errors import InputProblem, InvalidValueError
from utm.pairing.input_problem import problem_at, problems_of_members, problems_of_reason
from utm.pairing.policy import Policy

__all__ = ["problems_of_limits"]

_HIGHEST_PRIORITY = 10
_MOST_GROUPS_EACH = 100


def problems_of_limits(
    policy: Policy, ids: frozenset[str], topics: frozenset[TopicId] | None
) -> Iterator[InputProblem]:
    """Yield every problem of a policy's conflicts, priorities, allowances and capacities."""
    yield from _problems_of_conflicts(policy, ids)
    yield from _problems_of_priorities(policy, ids)
    yield from _problems_of_allowances(policy, ids)
    yield from _problems_of_counts(policy)
    yield from _problems_of_capacities(policy)
    yield from _problems_of_themes(policy, topics)


def _problems_of_conflicts(policy: Policy, ids: frozenset[str]) -> Iterator[InputProblem]:
    for index, conflict in enumerate(policy.conflicts):
        path = f"$.policy.conflicts[{index}]"
        if len(conflict.members) < 2:  # noqa: PLR2004
            yield problem_at(path, conflict.members, "names fewer than two", "Name two or more.")
        yield from problems_of_members(path, conflict.members, ids)
        yield from problems_of_reason(path, conflict.reason)
        if not _whole(conflict.most_together, 1):
            yield problem_at(
                f"{path}.most_together", conflict.most_together, "must be 1 or more", "Use 1."
            )


def _problems_of_priorities(policy: Policy, ids: frozenset[str]) -> Iterator[InputProblem]:
    seen: dict[str, int] = {}
    for index, priority in enumerate(policy.priorities):
        path = f"$.policy.priorities[{index}]"
        name, worth = priority.participant, priority.worth
        yield from _problems_of_naming(path, name, ids, seen.get(name))
        seen.setdefault(name, index)
        if not (type(worth) in {int, float} and 0 <= worth <= _HIGHEST_PRIORITY):
            yield problem_at(
                f"{path}.worth", worth, "must be within 0 and 10", "Count in fully met needs."
            )
        yield from problems_of_reason(path, priority.reason)


def _problems_of_naming(
    path: str, name: str, ids: frozenset[str], before: int | None
) -> Iterator[InputProblem]:
    """Yield what is wrong with the participant of an entry of a list, named before or not."""
    if name not in ids:
        yield problem_at(
            f"{path}.participant", name, "is not a participant", "Use the id of a participant."
        )
    if before is not None:
        listed = path[: path.rindex("[")]
        yield problem_at(path, name, f"repeats {listed}[{before}]", "Remove one of the two.")


def _problems_of_allowances(policy: Policy, ids: frozenset[str]) -> Iterator[InputProblem]:
    advice = f"Use 1 to {_MOST_GROUPS_EACH}."
    if not _within(policy.groups_each):
        yield problem_at(
            "$.policy.groups_each", policy.groups_each, "is not such a number of groups", advice
        )
    locked = {name: index for index, lock in enumerate(policy.locks) for name in lock.members}
    seen: dict[str, int] = {}
    for index, allowance in enumerate(policy.allowances):
        path = f"$.policy.allowances[{index}]"
        name, most = allowance.participant, allowance.most_groups
        yield from _problems_of_naming(path, name, ids, seen.get(name))
        seen.setdefault(name, index)
        if not _within(most):
            yield problem_at(f"{path}.most_groups", most, "is not such a number of groups", advice)
        elif most > 1 and name in locked:
            yield problem_at(
                f"{path}.most_groups",
                most,
                f"is more than the one group of $.policy.locks[{locked[name]}]",
                "Remove the lock or the allowance.",
            )
        yield from problems_of_reason(path, allowance.reason)


def _within(count: object) -> bool:
    return _whole(count, 1) and isinstance(count, int) and count <= _MOST_GROUPS_EACH


def _problems_of_counts(policy: Policy) -> Iterator[InputProblem]:
    fewest, most = policy.fewest_groups, policy.most_groups
    if not _whole(fewest, 0):
        yield problem_at(
            "$.policy.fewest_groups", fewest, "must be 0 or more", "Use 0 for no rule."
        )
    if most is not None and not _whole(most, 0):
        yield problem_at(
            "$.policy.most_groups", most, "must be 0 or more", "Leave it out for no limit."
        )
    if most is not None and _whole(fewest, 0) and _whole(most, 0) and fewest > most:
        yield problem_at(
            "$.policy.fewest_groups", fewest, "is above the most groups", "Exchange the two."
        )


def _problems_of_capacities(policy: Policy) -> Iterator[InputProblem]:
    themes = [(str(c.theme), c.most_groups) for c in policy.theme_capacities]
    languages = [(c.language, c.most_groups) for c in policy.language_capacities]
    for kind, capacities in (("theme", themes), ("language", languages)):
        seen: dict[str, int] = {}
        for index, (key, most) in enumerate(capacities):
            path = f"$.policy.{kind}_capacities[{index}]"
            if not _whole(most, 0):
                yield problem_at(
                    f"{path}.most_groups", most, "must be 0 or more", "Leave it out for no limit."
                )
            if key in seen:
                yield problem_at(
                    path, key, f"repeats $.policy.{kind}_capacities[{seen[key]}]", "Join the two."
                )
            seen.setdefault(key, index)
    for index, (code, _) in enumerate(languages):
        try:
            LanguageCode(code)
        except InvalidValueError as error:
            path = f"$.policy.language_capacities[{index}].language"
            yield problem_at(path, code, error.reason, "Write a code such as 'fr'.")


def _problems_of_themes(
    policy: Policy, topics: frozenset[TopicId] | None
) -> Iterator[InputProblem]:
    """Yield a problem for each limit of a theme that no topic of the problem belongs to."""
    if topics is None:
        return
    known = {topic.theme.value for topic in topics}
    for index, capacity in enumerate(policy.theme_capacities):
        theme = capacity.theme.value
        if theme not in known:
            near = get_close_matches(theme, sorted(known), n=1)
            yield problem_at(
                f"$.policy.theme_capacities[{index}].theme",
                theme,
                "is the theme of no topic of the problem",
                f"Write {near[0]!r}." if near else "Use the theme of a topic of $.topics.",
            )


def _whole(value: object, least: int) -> bool:
    return type(value) is int and value >= least
