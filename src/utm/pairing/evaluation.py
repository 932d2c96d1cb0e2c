"""What any given grouping is worth under a policy, and which rules it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from utm.domain.identifiers import ThemeId
from utm.errors import InputProblem, InvalidInputError
from utm.pairing.definition import Definition, Focus
from utm.pairing.group import Group
from utm.pairing.input_problem import problem_at
from utm.pairing.kind_check import of_kind
from utm.pairing.limits import Limits
from utm.pairing.problem import Problem
from utm.pairing.rows import in_order
from utm.pairing.violations import repeated_groups, violations_of

__all__ = ["EvaluatedGroup", "Evaluation", "ProposedGroup", "evaluate"]


def _sorted_members(members: tuple[str, ...]) -> tuple[str, ...]:
    return in_order(members, str)


@frozen(kw_only=True)
class ProposedGroup:
    """A group that somebody has formed.

    Parameters
    ----------
    members
        Ids of two or more participants.
    theme
        Its theme; ``None`` for the one under which it is worth most. Where the rules forbid
        the group under some themes (or topics of its theme, if a group works on one), only
        the others are looked at, as long as there are any.
    """

    members: tuple[str, ...] = field(converter=_sorted_members)
    theme: ThemeId | None = None


@frozen(kw_only=True)
class EvaluatedGroup:
    """A proposed group with its worth, the rules it breaks, and what the members share.

    Parameters
    ----------
    group
        The group with score and parts, in the same units as a result.
    violations
        A sentence for each hard rule that it breaks.
    countries
        Countries of the members, each once.
    common_languages
        Languages that all speak; ``None`` where those of a member are not known.
    common_office_minutes
        Office minutes in common on the worst reference day; ``None`` where a time zone
        is not known.
    """

    group: Group
    violations: tuple[str, ...]
    countries: tuple[str, ...]
    common_languages: tuple[str, ...] | None
    common_office_minutes: int | None


@frozen(kw_only=True)
class Evaluation:
    """A whole grouping, evaluated.

    Parameters
    ----------
    groups
        The groups in the order in which they were proposed.
    violations
        A sentence for each rule that the grouping as a whole breaks.
    unplaced
        Participants in no group.
    """

    groups: tuple[EvaluatedGroup, ...]
    violations: tuple[str, ...]
    unplaced: tuple[str, ...]

    @property
    def score(self) -> int:
        """Worth of all groups together in millionths, broken rules or not."""
        return sum(evaluated.group.score for evaluated in self.groups)

    @property
    def keeps_every_rule(self) -> bool:
        """Whether neither a group nor the whole breaks a rule."""
        return not self.violations and not any(group.violations for group in self.groups)


def evaluate(problem: Problem, groups: Iterable[ProposedGroup | Group]) -> Evaluation:
    """Score a grouping that somebody has formed, and list the rules that it breaks.

    Parameters
    ----------
    problem
        Participants and policy.
    groups
        The groups; those of a `Result` may be given as they are.

    Raises
    ------
    InvalidInputError
        A group names somebody unknown, names somebody twice, or has fewer than two
        members, or no topic of the problem belongs to its theme.

    Notes
    -----
    A broken rule is listed and not raised: published groupings break rules that a
    policy sets later. Linear in the number of groups, times the number of themes.
    """
    definition = Definition(problem)
    proposed = tuple(groups)
    foci = definition.foci()
    _check(definition, proposed, foci)
    evaluated = tuple(_evaluated(definition, group, foci) for group in proposed)
    placed = Counter(member for group in proposed for member in group.members)
    return Evaluation(
        groups=evaluated,
        violations=(
            *_whole_violations(definition, placed),
            *repeated_groups(evaluated_groups.group.members for evaluated_groups in evaluated),
            *Limits(definition).faults([(e.group.members, e.group.theme) for e in evaluated]),
        ),
        unplaced=tuple(sorted(set(definition.people) - set(placed))),
    )


def _check(
    definition: Definition, groups: Sequence[ProposedGroup | Group], foci: Sequence[Focus]
) -> None:
    themes = {theme for theme, _ in foci}
    found: list[InputProblem] = []
    for index, group in enumerate(groups):
        path = f"$.groups[{index}]"
        malformed: list[InputProblem] = []
        of_kind(group, Group if isinstance(group, Group) else ProposedGroup, path, malformed)
        found += malformed
        if malformed:
            continue
        found += [
            problem_at(f"{path}.members", name, "is not a participant", "Use a participant's id.")
            for name in group.members
            if name not in definition.people
        ]
        if len(set(group.members)) < max(2, len(group.members)):
            found.append(
                problem_at(
                    f"{path}.members", group.members, "are not two or more", "Name each once."
                )
            )
        if (group.theme is None and not foci) or (
            group.theme is not None and group.theme not in themes
        ):
            found.append(
                problem_at(f"{path}.theme", group.theme, "has no topic here", "Use another theme.")
            )
    if found:
        raise InvalidInputError(tuple(found))


def _evaluated(
    definition: Definition, proposed: ProposedGroup | Group, foci: Sequence[Focus]
) -> EvaluatedGroup:
    members = proposed.members
    possible = [focus for focus in foci if proposed.theme in {None, focus[0]}]
    if isinstance(proposed, Group) and len(possible) > 1:
        possible = [focus for focus in possible if set(proposed.focus_topics) <= set(focus[1])]
    scored = [(definition.group(members, focus), focus) for focus in possible]
    scored.sort(key=lambda each: (-each[0].score, each[1]))
    judged = ((group, violations_of(definition, members, focus)) for group, focus in scored)
    best = next(judged)
    group, violations = best if not best[1] else next((j for j in judged if not j[1]), best)
    return EvaluatedGroup(
        group=group,
        violations=violations,
        countries=tuple(sorted({definition.people[member].country for member in members})),
        common_languages=definition.likeness.common_languages(members),
        common_office_minutes=definition.likeness.common_office_minutes(members),
    )


def _whole_violations(definition: Definition, placed: Counter[str]) -> tuple[str, ...]:
    twice = [
        f"{name} is in {count} groups."
        for name, count in sorted(placed.items())
        if count > definition.places[name]
    ]
    missing = [
        f"{name} must be placed: {lock.reason}."
        for lock in definition.policy.locks
        for name in lock.members
        if name not in placed
    ]
    return (*twice, *missing)
