"""Everything that can be wrong with a problem, found in one go."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from utm.domain.identifiers import TopicId
from utm.domain.places import ClimateClass, CountryCode, LanguageCode, TimeZone
from utm.errors import InputProblem, InvalidValueError
from utm.pairing.input_problem import Malformed, is_finite, problem_at
from utm.pairing.kind_check import of_kind
from utm.pairing.participant import Participant
from utm.pairing.policy import Policy
from utm.pairing.policy_check import problems_of_policy

__all__ = ["problems_of"]

_SUM_TOLERANCE = 1e-6
_LONGEST_ID = 200


def problems_of(
    participants: Sequence[Participant],
    policy: Policy,
    topics: Sequence[TopicId] | None,
    earlier_pairs: Sequence[tuple[str, str]],
) -> Iterator[InputProblem]:
    """Yield every problem: first what is of another kind, then what cannot be so.

    Each in the order of the JSON document. What is of another kind is judged no further.
    """
    found: list[InputProblem] = []
    known = of_kind(topics, tuple[TopicId, ...] | None, "$.topics", found)
    people = of_kind(participants, tuple[Participant, ...], "$.participants", found)
    pairs = of_kind(earlier_pairs, tuple[tuple[str, str], ...], "$.earlier_pairs", found)
    sound_policy = of_kind(policy, Policy, "$.policy", found)
    yield from found
    malformed = Malformed(found)
    if malformed.has_any_in("$.topics"):
        known = None
    for problem in _problems_of_content(people, sound_policy, known, pairs):
        if not malformed.explains(problem):
            yield problem


def _problems_of_content(
    participants: Sequence[Participant],
    policy: Policy,
    topics: Sequence[TopicId] | None,
    earlier_pairs: Sequence[tuple[str, str]],
) -> Iterator[InputProblem]:
    known = None if topics is None else frozenset(topics)
    if topics is not None:
        yield from _repeated("$.topics", [topic.value for topic in topics], "topic")
    yield from _repeated("$.participants", [p.id for p in participants], "participant")
    for index, participant in enumerate(participants):
        yield from _problems_of_participant(f"$.participants[{index}]", participant, known)
    ids = frozenset(participant.id for participant in participants)
    for index, pair in enumerate(earlier_pairs):
        yield from _problems_of_pair(f"$.earlier_pairs[{index}]", pair, ids)
    yield from _repeated(
        "$.earlier_pairs", [" and ".join(pair) for pair in earlier_pairs], "earlier pair"
    )
    yield from problems_of_policy(policy, ids, known)


def _repeated(path: str, names: Iterable[str], kind: str) -> Iterator[InputProblem]:
    for name, count in sorted(Counter(names).items(), key=str):
        if count > 1:
            yield problem_at(path, name, f"{kind} occurs {count} times", "Name it once.")


def _problems_of_pair(
    path: str, pair: tuple[str, str], ids: frozenset[str]
) -> Iterator[InputProblem]:
    for member in pair:
        if member not in ids:
            yield problem_at(path, member, "is not a participant", "Use the id of a participant.")
    if pair[0] == pair[1]:
        yield problem_at(path, pair[0], "pairs a participant with itself", "Name two.")


def _problems_of_participant(
    path: str, participant: Participant, known: frozenset[TopicId] | None
) -> Iterator[InputProblem]:
    name = participant.id
    if not name.strip() or not name.isprintable():
        yield problem_at(f"{path}.id", name, "must be printable text", "Give it a name.")
    elif len(name) > _LONGEST_ID:
        yield problem_at(f"{path}.id", name, f"is over {_LONGEST_ID} characters", "Shorten it.")
    yield from _problems_of_exchange(path, participant, known)
    yield from _problems_of_places(path, participant)
    yield from _problems_of_figures(path, participant)


def _problems_of_exchange(
    path: str, participant: Participant, known: frozenset[TopicId] | None
) -> Iterator[InputProblem]:
    needs = [need.topic for need in participant.needs]
    offers = [offer.topic for offer in participant.offers]
    for field, topics in (("needs", needs), ("offers", offers)):
        yield from _repeated(f"{path}.{field}", [topic.value for topic in topics], "topic")
        for index, topic in enumerate(topics):
            if known is not None and topic not in known:
                yield problem_at(
                    f"{path}.{field}[{index}].topic",
                    topic.value,
                    "is not among the topics of the problem",
                    "Use a topic of $.topics, or add it there.",
                )
    total = math.fsum(need.weight_share for need in participant.needs)
    if needs and abs(total - 1.0) > _SUM_TOLERANCE:
        yield problem_at(
            f"{path}.needs", total, "weights do not sum to 1", "Divide each weight by their sum."
        )


def _problems_of_places(path: str, participant: Participant) -> Iterator[InputProblem]:
    for field, check, value, remedy in (
        ("country", CountryCode, participant.country, "Write two capital letters such as 'NA'."),
        ("timezone", TimeZone, participant.timezone, "Write a name such as 'Africa/Maputo'."),
        ("climate", ClimateClass, participant.climate, "Write a class such as 'Csb'."),
    ):
        if field == "country" or value is not None:
            try:
                check(value)  # type: ignore[arg-type]
            except InvalidValueError as error:
                yield problem_at(f"{path}.{field}", value, error.reason, remedy)
    if participant.languages == ():
        yield problem_at(
            f"{path}.languages", [], "names none", "Leave it out where they are not known."
        )
    for index, language in enumerate(participant.languages or ()):
        try:
            LanguageCode(language)
        except InvalidValueError as error:
            yield problem_at(
                f"{path}.languages[{index}]", language, error.reason, "Write a code such as 'pt'."
            )
    yield from _repeated(f"{path}.languages", participant.languages or (), "language")


def _problems_of_figures(path: str, participant: Participant) -> Iterator[InputProblem]:
    population = participant.population
    if population is not None and population < 0:
        yield problem_at(
            f"{path}.population", population, "must be a whole number, not negative", "Count heads."
        )
    for field, value, least in (
        ("coast_km", participant.coast_km, 0.0),
        ("elevation_m", participant.elevation_m, -math.inf),
    ):
        if value is not None and not (is_finite(value) and value >= least):
            yield problem_at(f"{path}.{field}", value, "is not such a number", "Give a number.")
