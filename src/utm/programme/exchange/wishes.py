"""What participants have said they seek and offer, brought into the grouping problem."""

from __future__ import annotations

from attrs import evolve

from utm.pairing import Participant, Problem
from utm.programme.exchange.state import EditionState

__all__ = ["problem_with_wishes"]


def problem_with_wishes(state: EditionState, problem: Problem) -> Problem:
    """The grouping problem with what participants have said in the history of the edition.

    Who came late is added: with its wishes once it has said them, and before that with its
    country alone, so that nothing is scored for it that is not known. Of everybody else the
    last that was said takes the place of what the problem holds.

    Parameters
    ----------
    state
        The edition.
    problem
        The problem under which its groups were formed.

    Returns
    -------
    Problem
        The same problem if nothing was said that it does not hold.

    Raises
    ------
    InvalidInputError
        Somebody seeks or offers what the problem cannot hold; all of it is told.
    """
    said = {one.profile.id: one.profile for one in state.wishes}
    known = {one.id for one in problem.participants}
    kept = tuple(said.get(one.id, one) for one in problem.participants)
    late = tuple(
        said.get(key.value, Participant(id=key.value, country=country.value))
        for key, country in state.participants
        if key.value not in known
    )
    if kept == problem.participants and not late:
        return problem
    return evolve(problem, participants=(*kept, *late))
