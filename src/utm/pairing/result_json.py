"""The format ``utm.pairing-result``, version 1."""

from __future__ import annotations

from typing import TypedDict, TypeVar

from attrs import fields

from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.group import Group, MemberScore, ScorePart
from utm.pairing.json_reading import JsonObject, JsonReader, as_text
from utm.pairing.result import (
    BoundScope,
    CapacityPrice,
    GroupPrice,
    Note,
    Price,
    Result,
    Statistics,
    Status,
    Unmatched,
)

__all__ = ["ResultFields", "result_fields", "result_text"]

_FORMAT = "utm.pairing-result"
_VERSION = 1
_NOWHERE = "unreadable"
_NEARLY = 1e-6
_I = TypeVar("_I", ThemeId, TopicId)


class ResultFields(TypedDict):
    """Arguments of a result."""

    status: Status
    groups: tuple[Group, ...]
    unmatched: tuple[Unmatched, ...]
    score: int
    bound: int
    price_bound: int
    scope: BoundScope
    prices: tuple[Price, ...]
    infeasible_because: tuple[str, ...]
    notes: tuple[Note, ...]
    seed: int
    statistics: Statistics
    capacity_prices: tuple[CapacityPrice, ...]
    group_prices: tuple[GroupPrice, ...]


def result_fields(text: str) -> ResultFields:
    """Read the arguments of a result.

    Raises
    ------
    InvalidInputError
        With every problem of form at once. Whether the result is right is a matter of
        `verify`.
    """
    reader = JsonReader("pairing result")
    document = dict(reader.document(text, _FORMAT, _VERSION))
    gap = document.pop("gap", None)  # told for readers; it follows from score and bound
    later = ("capacity_prices", "group_prices")
    names = tuple(field.name for field in fields(Result) if field.name not in later)
    found = reader.record(document, "$", required=names, optional=later)
    read = _Reading(reader)
    result = ResultFields(
        status=found.read("status", Status.STOPPED, lambda v, at: reader.one_of(v, at, Status)),
        groups=found.items("groups", (), read.group),
        unmatched=found.items("unmatched", (), read.unmatched),
        score=found.read("score", 0, reader.whole),
        bound=found.read("bound", 0, reader.whole),
        price_bound=found.read("price_bound", 0, reader.whole),
        scope=found.read(
            "scope", BoundScope.ALL_ADMISSIBLE, lambda v, at: reader.one_of(v, at, BoundScope)
        ),
        prices=found.items("prices", (), read.price),
        infeasible_because=found.items("infeasible_because", (), reader.text),
        notes=found.items("notes", (), read.note),
        seed=found.read("seed", 0, reader.whole),
        statistics=read.statistics(found),
        capacity_prices=found.items("capacity_prices", (), read.capacity_price),
        group_prices=found.items("group_prices", (), read.group_price),
    )
    if gap is not None and not reader.problems:
        _check_gap(reader, gap, Result(**result).gap)
    reader.finish()
    return result


def _check_gap(reader: JsonReader, told: object, right: float) -> None:
    """Note a gap that a reader of the file would be misled by."""
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    if not is_number or not abs(float(str(told)) - right) <= _NEARLY:  # not a number is not near
        reason = "does not follow from score and bound"
        reader.note("$.gap", told, reason, f"Write {round(right, 9)}, or leave it out.")


class _Reading:
    """Readers of the parts of a result."""

    def __init__(self, reader: JsonReader) -> None:
        self._reader = reader

    def group(self, value: object, path: str) -> Group:
        names = tuple(field.name for field in fields(Group))
        found = self._reader.record(value, path, required=names)
        theme = found.read("theme", None, lambda v, at: self._identifier(v, at, ThemeId))
        topics = found.items("focus_topics", (), lambda v, at: self._identifier(v, at, TopicId))
        return Group(
            members=found.items("members", (), self._reader.text),
            theme=theme or ThemeId(_NOWHERE),
            focus_topics=tuple(topic for topic in topics if topic is not None),
            score=found.read("score", 0, self._reader.whole),
            member_scores=found.items("member_scores", (), self._member_score),
        )

    def _identifier(self, value: object, path: str, kind: type[_I]) -> _I | None:
        text = self._reader.text(value, path)
        return self._reader.made(path, value, lambda: kind(text)) if text else None

    def _member_score(self, value: object, path: str) -> MemberScore:
        found = self._reader.record(value, path, required=("member", "parts"))
        parts = found.items("parts", (), self._part)
        return MemberScore(member=found.text("member"), parts=parts)

    def _part(self, value: object, path: str) -> ScorePart:
        found = self._reader.record(value, path, required=("name", "score"))
        return ScorePart(name=found.text("name"), score=found.read("score", 0, self._reader.whole))

    def unmatched(self, value: object, path: str) -> Unmatched:
        found = self._reader.record(value, path, required=("participant", "reason"))
        return Unmatched(participant=found.text("participant"), reason=found.text("reason"))

    def price(self, value: object, path: str) -> Price:
        found = self._reader.record(value, path, required=("participant", "price"))
        return Price(
            participant=found.text("participant"),
            price=found.read("price", 0, self._reader.whole),
        )

    def capacity_price(self, value: object, path: str) -> CapacityPrice:
        found = self._reader.record(value, path, required=("capacity", "price"))
        return CapacityPrice(
            capacity=found.text("capacity"), price=found.read("price", 0, self._reader.whole)
        )

    def group_price(self, value: object, path: str) -> GroupPrice:
        found = self._reader.record(value, path, required=("members", "price"))
        return GroupPrice(
            members=found.items("members", (), self._reader.text),
            price=found.read("price", 0, self._reader.whole),
        )

    def note(self, value: object, path: str) -> Note:
        found = self._reader.record(value, path, required=("participant", "attribute", "text"))
        return Note(
            participant=found.text("participant"),
            attribute=found.text("attribute"),
            text=found.text("text"),
        )

    def statistics(self, found: JsonObject) -> Statistics:
        reader = self._reader

        def read(value: object, path: str) -> Statistics:
            inner = reader.record(value, path, required=("pricing_rounds", "columns"))
            return Statistics(
                pricing_rounds=inner.read("pricing_rounds", 0, reader.whole),
                columns=inner.read("columns", 0, reader.whole),
            )

        return found.read("statistics", Statistics(pricing_rounds=0, columns=0), read)


def result_text(result: Result) -> str:
    """Write a result, with the gap beside score and bound for readers."""
    return as_text(
        {
            "format": _FORMAT,
            "version": _VERSION,
            "status": result.status.value,
            "score": result.score,
            "bound": result.bound,
            "gap": round(result.gap, 9),
            "price_bound": result.price_bound,
            "scope": result.scope.value,
            "groups": [_group_document(group) for group in result.groups],
            "unmatched": [
                {"participant": entry.participant, "reason": entry.reason}
                for entry in result.unmatched
            ],
            "infeasible_because": list(result.infeasible_because),
            "prices": [
                {"participant": price.participant, "price": price.price} for price in result.prices
            ],
            "capacity_prices": [
                {"capacity": price.capacity, "price": price.price}
                for price in result.capacity_prices
            ],
            "group_prices": [
                {"members": list(price.members), "price": price.price}
                for price in result.group_prices
            ],
            "notes": [
                {"participant": note.participant, "attribute": note.attribute, "text": note.text}
                for note in result.notes
            ],
            "seed": result.seed,
            "statistics": {
                "pricing_rounds": result.statistics.pricing_rounds,
                "columns": result.statistics.columns,
            },
        }
    )


def _group_document(group: Group) -> dict[str, object]:
    return {
        "members": list(group.members),
        "theme": group.theme.value,
        "focus_topics": [topic.value for topic in group.focus_topics],
        "score": group.score,
        "member_scores": [
            {
                "member": scores.member,
                "parts": [{"name": part.name, "score": part.score} for part in scores.parts],
            }
            for scores in group.member_scores
        ],
    }
