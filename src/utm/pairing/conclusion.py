"""Groups, the unmatched and the unknown: what a search has found, in words and parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import prod

import numpy as np

from utm.domain.identifiers import TopicId
from utm.pairing.arrays import FocusArrays, PairingArrays
from utm.pairing.columns import Columns, learning_and_worth
from utm.pairing.context import millionths
from utm.pairing.group import Group, MemberScore, ScorePart
from utm.pairing.idle_limits import idle_limits
from utm.pairing.obstacles import obstacles_to
from utm.pairing.participant import Participant
from utm.pairing.policy import FocusKind, LanguageRule, Policy
from utm.pairing.problem import Problem
from utm.pairing.result import Note, Status, Unmatched
from utm.pairing.unsatisfiable import Tries, has_group, soon_grouped

__all__ = ["ENDED", "example_of", "groups_of", "notes_of", "unmatched_of"]

_CERTAIN = 1_000
_UNIT = 1_000_000


def groups_of(arrays: PairingArrays, columns: Columns) -> tuple[Group, ...]:
    """Put participants in the places of the classes, in the order of their ids."""
    order = np.lexsort((columns.focus, *columns.copies.T[::-1]))
    free = [list(members) for members in arrays.class_members]
    groups: list[Group] = []
    for index in order.tolist():
        copies = [copy for copy in columns.copies[index].tolist() if copy >= 0]
        names = [
            arrays.ids[
                free[int(arrays.class_of[copy])][0]
                if arrays.several[copy]
                else free[int(arrays.class_of[copy])].pop(0)
            ]
            for copy in copies
        ]
        focus = arrays.foci[int(columns.focus[index])]
        groups.append(_group(arrays, focus, dict(zip(names, copies, strict=True))))
    return tuple(sorted(groups, key=lambda group: group.members))


def example_of(arrays: PairingArrays, columns: Columns, index: int) -> Group:
    """Return one column as a group, each class by its first participants."""
    return groups_of(arrays, columns.taken(np.array([index], dtype=np.int64)))[0]


def _group(arrays: PairingArrays, focus: FocusArrays, copy_of: dict[str, int]) -> Group:
    names = sorted(copy_of)
    copies = [copy_of[name] for name in names]
    learning, _ = learning_and_worth(focus, np.array([copies], dtype=np.int64))
    scores: list[MemberScore] = []
    for place, (name, copy) in enumerate(zip(names, copies, strict=True)):
        others = np.array([other for other in copies if other != copy], dtype=np.int64)
        mine = np.full(len(others), copy, dtype=np.int64)
        named = {
            "learning": int(learning[0, place]),
            "shared_challenge": focus.shared(mine, others).sum(),
        }
        named |= {part: pairs.of(mine, others).sum() for part, pairs in arrays.context.items()}
        divided = {
            part: int(worth) if part == "learning" else int(worth) // len(others)
            for part, worth in named.items()
        }
        number = arrays.class_of[copy]
        divided["priority"] = int(arrays.bonus[number] - arrays.must[number])
        parts = tuple(ScorePart(name=part, score=worth) for part, worth in divided.items() if worth)
        scores.append(MemberScore(member=name, parts=parts))
    return Group(
        members=tuple(names),
        theme=focus.theme,
        focus_topics=_focus_topics(focus, copies, arrays.policy),
        score=sum(score.score for score in scores),
        member_scores=tuple(scores),
    )


def _focus_topics(focus: FocusArrays, copies: Sequence[int], policy: Policy) -> tuple[TopicId, ...]:
    """Return the topics on which somebody gains, the most rewarding first."""
    if policy.focus is FocusKind.TOPIC:
        return focus.topics
    needs, misses = focus.needs[copies], focus.misses[copies]
    size = len(copies)
    shared = millionths(policy.shared_challenge)
    gains: list[tuple[Fraction, TopicId]] = []
    for column, topic in enumerate(focus.topics):
        need = [int(share) for share in needs[:, column]]
        miss = [int(chance) for chance in misses[:, column]]
        helped = sum(
            need[i] * (_CERTAIN ** (size - 1) - prod(miss[:i] + miss[i + 1 :])) for i in range(size)
        )
        overlap = sum(min(pair) for pair in combinations(need, 2))
        gain = Fraction(helped, _CERTAIN ** (size - 1))
        gain += Fraction(2 * shared * overlap, _UNIT * (size - 1))
        if gain > 0:
            gains.append((-gain, topic))
    return tuple(topic for _, topic in sorted(gains))


def unmatched_of(
    problem: Problem,
    arrays: PairingArrays,
    pool: Columns,
    groups: Sequence[Group],
    *,
    status: Status,
) -> tuple[Unmatched, ...]:
    """Name everybody who is in no group, with the reason."""
    placed = {name for group in groups for name in group.members}
    participants = {p.id: p for p in problem.participants}
    held = pool.copies[pool.copies >= 0]
    seen = set(arrays.class_of[held].tolist())
    if status is not Status.INFEASIBLE:
        unseen = [number for number in range(len(arrays.class_members)) if number not in seen]
        seen |= set(soon_grouped(arrays, np.array(unseen, dtype=np.int64)).tolist())
    found: list[Unmatched] = []
    tries = Tries(_TRIED)
    for number, members in enumerate(arrays.class_members):
        left = [arrays.ids[index] for index in members if arrays.ids[index] not in placed]
        if left:
            reason = _reason(arrays, status)
            if status is not Status.INFEASIBLE and number not in seen:
                someone = participants[left[0]]  # the reasons hold for all who are alike
                reason = _never(arrays, number, someone, tries) or reason
            found += [Unmatched(participant=name, reason=reason) for name in left]
    return tuple(sorted(found))


_TRIED = 1_000_000
_OPEN = "No group with it was found that keeps every rule; too many could be tried to try them all."
ENDED = "It could be in a group, but the search ended before a place was found for it."
"""Why somebody is in no group where it is not proven that it should be in none."""
_REASONS = {
    Status.OPTIMAL: "It could be in a group, but the others in such groups gain more elsewhere.",
    Status.WITHIN_GAP: ENDED,
    Status.STOPPED: ENDED,
    Status.UNDECIDED: (
        "It could be in a group, but the search ended before a grouping was found "
        "that keeps every lock."
    ),
    Status.INFEASIBLE: "No grouping keeps every rule, so nobody is placed.",
}


def _reason(arrays: PairingArrays, status: Status) -> str:
    if status is Status.OPTIMAL and arrays.capacities:
        return "It could be in a group, but the groups that may be formed gain more without it."
    return _REASONS[status]


def _never(
    arrays: PairingArrays, number: int, participant: Participant, tries: Tries
) -> str | None:
    """Return why somebody can be in no group; ``None`` where it can."""
    obstacles = "; ".join(obstacles_to(arrays, number))
    possible = False if obstacles else has_group(arrays, number, tries)
    if possible:
        return None
    if possible is None:
        return _OPEN
    if not participant.needs and not participant.offers:
        return "It names neither a need nor an offer, and no group with it keeps every rule."
    return f"No group with it keeps every rule{': ' if obstacles else ''}{obstacles}."


def notes_of(problem: Problem) -> tuple[Note, ...]:
    """Name limits that no group can reach, and what is not known and counts in the policy."""
    unknown = [
        note
        for participant in problem.participants
        for note in _notes_on(participant, problem.policy)
    ]
    return tuple(sorted([*idle_limits(problem), *unknown]))


def _notes_on(participant: Participant, policy: Policy) -> Iterator[Note]:
    weights = policy.context
    rules = {
        "languages": policy.common_language is not LanguageRule.NOT_ASKED,
        "timezone": policy.fewest_common_office_minutes > 0,
    }
    for attribute, parts in (
        ("languages", ("language",)),
        ("timezone", ("office_hours", "hours_apart")),
        ("climate", ("climate",)),
        ("population", ("population",)),
        ("coast_km", ("coast",)),
        ("elevation_m", ("mountain",)),
        ("on_river", ("river",)),
        ("income", ("income",)),
    ):
        if getattr(participant, attribute) is not None:
            continue
        unscored = [part for part in parts if getattr(weights, part) > 0]
        text = f"Not known, so {' and '.join(unscored)} counts for nothing." if unscored else ""
        if rules.get(attribute, False):
            passes = "was not checked" if policy.admits_unknown else "counts as not kept"
            text = f"{text} The rule on it {passes}.".strip()
        if text:
            yield Note(participant=participant.id, attribute=attribute, text=text)
