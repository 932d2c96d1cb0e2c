"""The format ``utm.pairing-problem``, version 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict, TypeVar

from attrs import fields

from utm.domain.city import IncomeGroup
from utm.domain.exchange import Need, Offer
from utm.domain.identifiers import TopicId
from utm.pairing.input_problem import Malformed
from utm.pairing.json_reading import JsonReader, as_text
from utm.pairing.pair_parts import PairPart
from utm.pairing.participant import Participant
from utm.pairing.policy import Policy
from utm.pairing.policy_check import PROBLEM_FORMAT
from utm.pairing.policy_json import policy_document, policy_of
from utm.pairing.problem import Problem
from utm.pairing.problem_check import problems_of

__all__ = ["ProblemFields", "problem_fields", "problem_text"]

_T = TypeVar("_T")
_VERSION = 1
_ANY_TOPIC = TopicId("any.topic")  # so that the other faults of a need without one are told


class ProblemFields(TypedDict):
    """Arguments of a problem."""

    participants: tuple[Participant, ...]
    policy: Policy
    topics: tuple[TopicId, ...] | None
    earlier_pairs: tuple[tuple[str, str], ...]


def problem_fields(text: str, pair_parts: Sequence[PairPart] = ()) -> ProblemFields:
    """Read the arguments of a problem.

    Parameters
    ----------
    text
        The document.
    pair_parts
        The parts by third parties that it may name.

    Raises
    ------
    InvalidInputError
        With every problem of form and of content at once.
    """
    reader = JsonReader("pairing problem")
    document = reader.document(text, PROBLEM_FORMAT, _VERSION)
    found = reader.record(
        document,
        "$",
        required=("participants",),
        optional=("policy", "topics", "earlier_pairs"),
    )
    read = _Reading(reader)
    result = ProblemFields(
        participants=found.items("participants", (), read.participant),
        policy=found.read(
            "policy",
            Policy(),
            lambda value, path: policy_of(reader, value, path, pair_parts),
        ),
        topics=found.read("topics", None, read.topics),
        earlier_pairs=found.items("earlier_pairs", (), read.pair),
    )
    malformed = Malformed(reader.problems)
    reader.problems += [one for one in problems_of(**result) if not malformed.explains(one)]
    reader.finish()
    return result


class _Reading:
    """Readers of the parts of a problem."""

    def __init__(self, reader: JsonReader) -> None:
        self._reader = reader

    def topic(self, value: object, path: str) -> TopicId | None:
        text = self._reader.text(value, path)
        return self._reader.made(path, value, lambda: TopicId(text)) if text else None

    def topics(self, value: object, path: str) -> tuple[TopicId, ...]:
        return _present(self._reader.items(value, path, self.topic))

    def pair(self, value: object, path: str) -> tuple[str, str]:
        names = self._reader.items(value, path, self._reader.text)
        if len(names) == 2:  # noqa: PLR2004
            return names[0], names[1]
        self._reader.note(path, value, "does not name two participants", "Name exactly two.")
        return f"{path}[0]", f"{path}[1]"

    def need(self, value: object, path: str) -> Need | None:
        reader = self._reader
        found = reader.record(
            value, path, required=("topic", "weight_share"), optional=("statement",)
        )
        topic = found.read("topic", None, self.topic)
        share = found.read("weight_share", 1.0, reader.number)
        said = found.read("statement", None, reader.text)
        need = reader.made(
            f"{path}.weight_share",
            share,
            lambda: Need(topic=topic or _ANY_TOPIC, weight_share=share, statement=said),
        )
        return None if topic is None else need

    def offer(self, value: object, path: str) -> Offer | None:
        reader = self._reader
        found = reader.record(value, path, required=("topic", "maturity"), optional=("statement",))
        topic = found.read("topic", None, self.topic)
        maturity = found.read("maturity", 1, reader.whole)
        said = found.read("statement", None, reader.text)
        offer = reader.made(
            f"{path}.maturity",
            maturity,
            lambda: Offer(topic=topic or _ANY_TOPIC, maturity=maturity, statement=said),
        )
        return None if topic is None else offer

    def income(self, value: object, path: str) -> IncomeGroup:
        return self._reader.one_of(value, path, IncomeGroup)

    def languages(self, value: object, path: str) -> tuple[str, ...]:
        return self._reader.items(value, path, self._reader.text)

    def participant(self, value: object, path: str) -> Participant:
        reader = self._reader
        required = ("id", "country")
        optional = tuple(f.name for f in fields(Participant) if f.name not in required)
        found = reader.record(value, path, required=required, optional=optional)
        return Participant(
            id=found.read("id", path, reader.text),
            country=found.text("country"),
            needs=_present(found.items("needs", (), self.need)),
            offers=_present(found.items("offers", (), self.offer)),
            languages=found.read("languages", None, self.languages),
            timezone=found.read("timezone", None, reader.text),
            climate=found.read("climate", None, reader.text),
            population=found.read("population", None, reader.whole),
            coast_km=found.read("coast_km", None, reader.number),
            elevation_m=found.read("elevation_m", None, reader.number),
            on_river=found.read("on_river", None, reader.flag),
            income=found.read("income", None, self.income),
        )


def _present(found: Iterable[_T | None]) -> tuple[_T, ...]:
    return tuple(item for item in found if item is not None)


def problem_text(problem: Problem) -> str:
    """Write a problem; what is not known is left out."""
    document: dict[str, object] = {"format": PROBLEM_FORMAT, "version": _VERSION}
    if problem.topics is not None:
        document["topics"] = [topic.value for topic in problem.topics]
    document["participants"] = [_participant_document(p) for p in problem.participants]
    document["earlier_pairs"] = [list(pair) for pair in problem.earlier_pairs]
    document["policy"] = policy_document(problem.policy)
    return as_text(document)


def _participant_document(participant: Participant) -> dict[str, object]:
    document: dict[str, object] = {"id": participant.id, "country": participant.country}
    document["needs"] = [
        {"topic": need.topic.value, "weight_share": need.weight_share, **_said(need.statement)}
        for need in participant.needs
    ]
    document["offers"] = [
        {"topic": offer.topic.value, "maturity": offer.maturity, **_said(offer.statement)}
        for offer in participant.offers
    ]
    for name in ("timezone", "climate", "population", "coast_km", "elevation_m", "on_river"):
        if getattr(participant, name) is not None:
            document[name] = getattr(participant, name)
    if participant.languages is not None:
        document["languages"] = list(participant.languages)
    if participant.income is not None:
        document["income"] = participant.income.value
    return document


def _said(statement: str | None) -> dict[str, object]:
    return {} if statement is None else {"statement": statement}
