"""The policy within the format ``utm.pairing-problem``, version 1."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import asdict, fields
from pendulum import Date

from utm.domain.identifiers import ThemeId
from utm.pairing.json_reading import JsonObject, JsonReader
from utm.pairing.pair_parts import PairPart
from utm.pairing.policy import (
    Allowance,
    Conflict,
    ContextWeights,
    ExchangeRule,
    Exclusion,
    FocusKind,
    LanguageCapacity,
    LanguageRule,
    Lock,
    Policy,
    Priority,
    ThemeCapacity,
)

__all__ = ["policy_document", "policy_of"]


def policy_of(
    reader: JsonReader, value: object, path: str, pair_parts: Sequence[PairPart] = ()
) -> Policy:
    """Read a policy; absent members have their defaults, and named parts must be given."""
    found = reader.record(
        value, path, required=(), optional=tuple(field.name for field in fields(Policy))
    )
    usual = Policy()

    def whole(name: str, default: int) -> int:
        return found.read(name, default, reader.whole)

    return Policy(
        smallest_group=whole("smallest_group", usual.smallest_group),
        largest_group=whole("largest_group", usual.largest_group),
        fewest_countries=whole("fewest_countries", usual.fewest_countries),
        most_of_one_country=found.read("most_of_one_country", None, reader.whole),
        common_language=found.read(
            "common_language",
            usual.common_language,
            lambda v, at: reader.one_of(v, at, LanguageRule),
        ),
        fewest_common_office_minutes=whole(
            "fewest_common_office_minutes", usual.fewest_common_office_minutes
        ),
        office_opens_minute=whole("office_opens_minute", usual.office_opens_minute),
        office_closes_minute=whole("office_closes_minute", usual.office_closes_minute),
        reference_days=_days(reader, found, usual.reference_days),
        least_stake_share=found.read("least_stake_share", usual.least_stake_share, reader.number),
        exchange=found.read(
            "exchange", usual.exchange, lambda v, at: reader.one_of(v, at, ExchangeRule)
        ),
        least_benefit=found.read("least_benefit", None, reader.number),
        admits_unknown=found.read("admits_unknown", usual.admits_unknown, reader.flag),
        focus=found.read("focus", usual.focus, lambda v, at: reader.one_of(v, at, FocusKind)),
        helpfulness=found.items("helpfulness", usual.helpfulness, reader.number),
        shared_challenge=found.read("shared_challenge", usual.shared_challenge, reader.number),
        context=found.read("context", usual.context, lambda v, at: _context(reader, v, at)),
        pair_parts=_pair_parts(reader, found, pair_parts),
        locks=found.items("locks", (), lambda v, at: _lock(reader, v, at)),
        exclusions=found.items("exclusions", (), lambda v, at: _exclusion(reader, v, at)),
        conflicts=found.items("conflicts", (), lambda v, at: _conflict(reader, v, at)),
        priorities=found.items("priorities", (), lambda v, at: _priority(reader, v, at)),
        groups_each=whole("groups_each", usual.groups_each),
        allowances=found.items("allowances", (), lambda v, at: _allowance(reader, v, at)),
        fewest_groups=whole("fewest_groups", usual.fewest_groups),
        most_groups=found.read("most_groups", None, reader.whole),
        theme_capacities=tuple(
            capacity
            for capacity in found.items(
                "theme_capacities", (), lambda v, at: _theme_capacity(reader, v, at)
            )
            if capacity is not None
        ),
        language_capacities=found.items(
            "language_capacities", (), lambda v, at: _language_capacity(reader, v, at)
        ),
    )


def _pair_parts(
    reader: JsonReader, found: JsonObject, given: Sequence[PairPart]
) -> tuple[PairPart, ...]:
    """Return the given parts that are named, in the order of their names."""
    known = {part.name: part for part in given}

    def part(value: object, path: str) -> PairPart | None:
        name = reader.text(value, path)
        if name not in known:
            remedy = "Give Problem.from_json the part of this name; the document has no code."
            reader.note(path, value, "is not among the pair parts given", remedy)
        return known.get(name)

    read = found.items("pair_parts", (), part)
    return tuple(one for one in read if one is not None)


def _days(reader: JsonReader, found: JsonObject, usual: tuple[Date, ...]) -> tuple[Date, ...]:
    def day(value: object, path: str) -> Date | None:
        text = reader.text(value, path)
        try:
            return Date.fromisoformat(text)
        except ValueError:
            reader.note(path, value, "is not a day", "Write year, month, day: 2026-01-15.")
            return None

    if (days := found.read("reference_days", None, lambda v, at: reader.items(v, at, day))) is None:
        return usual
    return tuple(day for day in days if day is not None)


def _context(reader: JsonReader, value: object, path: str) -> ContextWeights:
    names = tuple(field.name for field in fields(ContextWeights))
    found = reader.record(value, path, required=(), optional=names)
    usual = ContextWeights()

    def number(name: str, default: float) -> float:
        return found.read(name, default, reader.number)

    return ContextWeights(
        climate=number("climate", usual.climate),
        population=number("population", usual.population),
        coast=number("coast", usual.coast),
        mountain=number("mountain", usual.mountain),
        river=number("river", usual.river),
        income=number("income", usual.income),
        language=number("language", usual.language),
        office_hours=number("office_hours", usual.office_hours),
        reciprocity=number("reciprocity", usual.reciprocity),
        hours_apart=number("hours_apart", usual.hours_apart),
        repeat=number("repeat", usual.repeat),
        population_bands=found.items("population_bands", usual.population_bands, reader.whole),
        coast_within_km=number("coast_within_km", usual.coast_within_km),
        mountain_from_m=number("mountain_from_m", usual.mountain_from_m),
    )


def _lock(reader: JsonReader, value: object, path: str) -> Lock:
    found = reader.record(value, path, required=("members", "reason"))
    return Lock(members=found.items("members", (), reader.text), reason=found.text("reason"))


def _exclusion(reader: JsonReader, value: object, path: str) -> Exclusion:
    found = reader.record(value, path, required=("members", "reason"))
    return Exclusion(members=found.items("members", (), reader.text), reason=found.text("reason"))


def _conflict(reader: JsonReader, value: object, path: str) -> Conflict:
    found = reader.record(value, path, required=("members", "reason"), optional=("most_together",))
    return Conflict(
        members=found.items("members", (), reader.text),
        reason=found.text("reason"),
        most_together=found.read("most_together", 1, reader.whole),
    )


def _priority(reader: JsonReader, value: object, path: str) -> Priority:
    found = reader.record(value, path, required=("participant", "worth", "reason"))
    return Priority(
        participant=found.text("participant"),
        worth=found.read("worth", 0.0, reader.number),
        reason=found.text("reason"),
    )


def _allowance(reader: JsonReader, value: object, path: str) -> Allowance:
    found = reader.record(value, path, required=("participant", "most_groups", "reason"))
    return Allowance(
        participant=found.text("participant"),
        most_groups=found.read("most_groups", 1, reader.whole),
        reason=found.text("reason"),
    )


def _theme_capacity(reader: JsonReader, value: object, path: str) -> ThemeCapacity | None:
    found = reader.record(value, path, required=("theme", "most_groups"))
    text = found.text("theme")
    theme = reader.made(f"{path}.theme", text, lambda: ThemeId(text)) if text else None
    most = found.read("most_groups", 0, reader.whole)
    return None if theme is None else ThemeCapacity(theme=theme, most_groups=most)


def _language_capacity(reader: JsonReader, value: object, path: str) -> LanguageCapacity:
    found = reader.record(value, path, required=("language", "most_groups"))
    return LanguageCapacity(
        language=found.text("language"), most_groups=found.read("most_groups", 0, reader.whole)
    )


def policy_document(policy: Policy) -> dict[str, object]:
    """Return a policy as JSON members, all of them, so that defaults of today are kept."""
    document: dict[str, object] = {
        field.name: getattr(policy, field.name) for field in fields(Policy)
    }
    for name in ("common_language", "exchange", "focus"):
        document[name] = getattr(policy, name).value
    document["reference_days"] = [day.isoformat() for day in policy.reference_days]
    document["helpfulness"] = list(policy.helpfulness)
    document["context"] = asdict(policy.context)
    document["pair_parts"] = [part.name for part in policy.pair_parts]
    for name in ("locks", "exclusions"):
        document[name] = [
            {"members": list(entry.members), "reason": entry.reason}
            for entry in getattr(policy, name)
        ]
    document["conflicts"] = [
        {"members": list(c.members), "reason": c.reason, "most_together": c.most_together}
        for c in policy.conflicts
    ]
    document["priorities"] = [asdict(priority) for priority in policy.priorities]
    document["allowances"] = [asdict(allowance) for allowance in policy.allowances]
    document["theme_capacities"] = [
        {"theme": c.theme.value, "most_groups": c.most_groups} for c in policy.theme_capacities
    ]
    document["language_capacities"] = [asdict(c) for c in policy.language_capacities]
    return document
