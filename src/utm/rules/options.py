"""What could change about one criterion, and what cannot."""

from __future__ import annotations

from itertools import combinations

from attrs import evolve, frozen

from utm.domain.city import City
from utm.domain.identifiers import CityId, ConsortiumId
from utm.rules.candidates import candidates_for
from utm.rules.candidates_against import candidates_against
from utm.rules.case import Case, Rule, examine
from utm.rules.change import (
    Change,
    apply_changes,
)
from utm.rules.finding import Finding
from utm.rules.population import MinimumPopulation, read_inhabitants
from utm.rules.verdict import Verdict

__all__ = ["ChangeSet", "Obstacle", "case_after", "obstacle_of", "options_for"]

ChangeSet = frozenset[Change]

_MOST_CHANGES_FOR_ONE = 4


@frozen(kw_only=True)
class Obstacle:
    """A criterion that stands in the way, and of which no change is known.

    It is not met, or under a negation it is, for a reason that nobody can change; or it is a
    criterion of a third party whose answer is not known.

    Parameters
    ----------
    criterion
        Id of the rule.
    subject, subject_name
        Whom it concerns.
    text
        What stands in the way.
    short_inhabitants
        How many inhabitants are lacking, where that is what is lacking.
    """

    criterion: str
    subject: CityId | ConsortiumId
    subject_name: str
    text: str
    short_inhabitants: int | None = None

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.text}"


def options_for(rule: Rule, case: Case, goal: Verdict = Verdict.MET) -> tuple[ChangeSet, ...]:
    """Find all minimal sets of changes after which a criterion is met, or unmet, each tried out.

    An empty set alone means that it is so already; nothing at all means that
    nothing can be changed about it.
    """
    found: list[ChangeSet] = []
    finding = examine(rule, case)
    if finding.effective is goal:
        return (frozenset(),)
    candidates_of = candidates_for if goal is Verdict.MET else candidates_against
    candidates = candidates_of(rule, case, finding)
    for size in range(min(len(candidates), _MOST_CHANGES_FOR_ONE) + 1):
        for chosen in combinations(candidates, size):
            changes = frozenset(chosen)
            if any(smaller <= changes for smaller in found):
                continue
            if examine(rule, case_after(chosen, case)).effective is goal:
                found.append(changes)
    return tuple(found)


def case_after(changes: tuple[Change, ...], case: Case) -> Case:
    """Give the case as it would be after some changes."""
    application, readings = apply_changes(changes, case.application, case.interpretations)
    subject = next(
        (city for city in application.cities if city.id == case.subject.id), application.applicant
    )
    return evolve(case, application=application, subject=subject, interpretations=readings)


def obstacle_of(rule: Rule, case: Case, finding: Finding) -> Obstacle:
    """Say why nothing can be changed about a criterion, with the margin."""
    short: int | None = None
    subject = case.subject
    unmet = finding.effective is Verdict.UNMET
    if unmet and isinstance(rule, MinimumPopulation) and isinstance(subject, City):
        most = read_inhabitants(case, subject).most
        short = rule.floor_for(case) - most if most is not None else None
    text = finding.sentence
    if short is not None:
        text = f"{short:,} inhabitant{'' if short == 1 else 's'} short"
    return Obstacle(
        criterion=rule.id,
        subject=case.subject.id,
        subject_name=case.subject.name,
        text=text,
        short_inhabitants=short,
    )
