"""Measure a grouping, published or formed, by the same yardsticks."""

from __future__ import annotations

from statistics import fmean

from attrs import frozen

from utm.pairing import EvaluatedGroup, Evaluation

__all__ = ["GroupMeasures", "GroupingMeasures", "measure_grouping"]

_MINUTES_AN_HOUR = 60


@frozen(kw_only=True)
class GroupMeasures:
    """What can be counted about one group.

    Parameters
    ----------
    members
        Keys of the members.
    common_office_minutes
        Minutes of the office day that all share on the worse of the policy's reference
        days; ``None`` where the time zone of a member is not known.
    common_languages
        Languages that all members list; ``None`` where those of a member are not known.
    countries
        Distinct countries of the members.
    """

    members: tuple[str, ...]
    common_office_minutes: int | None
    common_languages: tuple[str, ...] | None
    countries: tuple[str, ...]


@frozen(kw_only=True)
class GroupingMeasures:
    """What can be counted about a whole grouping.

    Parameters
    ----------
    name
        Which grouping it is.
    groups
        One entry a group.
    placed
        Number of participants in a group.
    score
        Its worth under the policy, in millionths of one fully met need.
    parts
        The worth by part (``learning``, ``shared_challenge``, ``climate`` …), in
        millionths, in the order of the policy.
    violations
        Hard rules of the policy that it breaks, as sentences.
    """

    name: str
    groups: tuple[GroupMeasures, ...]
    placed: int
    score: int
    parts: tuple[tuple[str, int], ...]
    violations: tuple[str, ...]

    @property
    def mean_common_office_hours(self) -> float | None:
        """Mean over the groups whose time zones are all known, in hours."""
        known = [
            g.common_office_minutes for g in self.groups if g.common_office_minutes is not None
        ]
        return fmean(known) / _MINUTES_AN_HOUR if known else None

    @property
    def groups_without_common_hour(self) -> int:
        """Groups known to share less than one hour of office time."""
        return sum(
            1
            for group in self.groups
            if group.common_office_minutes is not None
            and group.common_office_minutes < _MINUTES_AN_HOUR
        )

    @property
    def groups_with_common_language(self) -> int:
        """Groups whose members all list one language."""
        return sum(1 for group in self.groups if group.common_languages)

    @property
    def mean_countries(self) -> float:
        """Mean number of countries in a group; 0 without groups."""
        return fmean(len(group.countries) for group in self.groups) if self.groups else 0.0

    @property
    def context_score(self) -> int:
        """Worth of likeness of context, in millionths."""
        return sum(
            score for name, score in self.parts if name not in {"learning", "shared_challenge"}
        )


def measure_grouping(name: str, evaluation: Evaluation) -> GroupingMeasures:
    """Count what a grouping achieves.

    Parameters
    ----------
    name
        Which grouping it is, e.g. ``"published"``.
    evaluation
        Its worth and its violations, as `evaluate` gives them.
    """
    groups = [evaluated.group for evaluated in evaluation.groups]
    parts: dict[str, int] = {}
    for group in groups:
        for member in group.member_scores:
            for part in member.parts:
                parts[part.name] = parts.get(part.name, 0) + part.score
    broken = [violation for one in evaluation.groups for violation in one.violations]
    return GroupingMeasures(
        name=name,
        groups=tuple(_measure(evaluated) for evaluated in evaluation.groups),
        placed=sum(len(group.members) for group in groups),
        score=sum(group.score for group in groups),
        parts=tuple(sorted(parts.items())),
        violations=(*broken, *evaluation.violations),
    )


def _measure(evaluated: EvaluatedGroup) -> GroupMeasures:
    return GroupMeasures(
        members=evaluated.group.members,
        common_office_minutes=evaluated.common_office_minutes,
        common_languages=evaluated.common_languages,
        countries=evaluated.countries,
    )
