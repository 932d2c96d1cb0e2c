"""Limits of themes and languages that no group can reach: most of them are slips of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from utm.pairing.problem import Problem
from utm.pairing.result import Note

__all__ = ["idle_limits"]


def idle_limits(problem: Problem) -> Iterator[Note]:
    """Yield a note for each capacity whose theme nobody names, or whose language nobody speaks.

    Such a limit is no fault: where somebody withdraws, or a policy serves several editions, it
    stays as it is. But a limit of ``enrgy`` leaves the groups on energy without one.
    """
    people = problem.participants
    named = {need.topic.theme for person in people for need in person.needs}
    named |= {offer.topic.theme for person in people for offer in person.offers}
    themes = sorted(theme.value for theme in named)
    for capacity in problem.policy.theme_capacities:
        if capacity.theme not in named:
            text = f"No need or offer is under {capacity.theme}, so its limit binds no group."
            yield _note("theme_capacities", text, _nearest(capacity.theme.value, themes))
    spoken = sorted({code for person in people for code in person.languages or ()})
    for limit in problem.policy.language_capacities:
        if limit.language not in spoken:
            text = f"Nobody is known to speak {limit.language}, so its limit binds no group."
            yield _note("language_capacities", text, _listed(spoken))


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" The nearest theme is {near[0]}." if near else ""


def _listed(spoken: list[str]) -> str:
    return f" Spoken are: {', '.join(spoken)}." if spoken else ""


def _note(attribute: str, text: str, advice: str) -> Note:
    return Note(participant="", attribute=attribute, text=f"{text}{advice}")
