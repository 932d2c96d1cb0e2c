"""The JSON Schemas of the formats ``utm.pairing-problem`` and ``utm.pairing-result``.

They describe the form: keys, kinds of values, ranges of single numbers. What several values
say together, such as that weights sum to 1 or that a lock names participants, is told by
reading the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from utm.domain.city import IncomeGroup
from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.policy import ContextWeights, ExchangeRule, FocusKind, LanguageRule
from utm.pairing.result import BoundScope, Status

__all__ = ["Schema", "problem_schema", "result_schema"]

Schema = dict[str, object]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_FLAG: Schema = {"type": "boolean"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_NUMBER: Schema = {"type": "number"}
_TOPIC: Schema = {"type": "string", "pattern": f"^(?:{TopicId.GRAMMAR.pattern})$"}
_THEME: Schema = {"type": "string", "pattern": f"^(?:{ThemeId.GRAMMAR.pattern})$"}


def problem_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of ``utm.pairing-problem``, version 1.

    Every document that `Problem.from_json` accepts is valid.
    """
    return {
        "$schema": _DRAFT,
        "$id": "urn:utm:schema:pairing-problem-1",
        "title": "Participants to be grouped, and the policy that says what a good group is",
        **_object(
            {
                "format": {"const": "utm.pairing-problem"},
                "version": {"const": 1},
                "participants": _items(_participant()),
                "policy": _policy(),
                "topics": _or_null(_items(_TOPIC)),
                "earlier_pairs": _items({**_items(_TEXT), "minItems": 2, "maxItems": 2}),
            },
            optional=("policy", "topics", "earlier_pairs"),
        ),
    }


def result_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of ``utm.pairing-result``, version 1.

    Every document that `Result.from_json` accepts is valid.
    """
    part = _object({"name": _TEXT, "score": _WHOLE})
    group = _object(
        {
            "members": _items(_TEXT),
            "theme": _THEME,
            "focus_topics": _items(_TOPIC),
            "score": _WHOLE,
            "member_scores": _items(_object({"member": _TEXT, "parts": _items(part)})),
        }
    )
    return {
        "$schema": _DRAFT,
        "$id": "urn:utm:schema:pairing-result-1",
        "title": "A grouping with the bound and the prices that prove how good it is",
        **_object(
            {
                "format": {"const": "utm.pairing-result"},
                "version": {"const": 1},
                "status": _one_of(Status),
                "score": _WHOLE,
                "bound": _WHOLE,
                "gap": {
                    "description": "For readers: it follows from score and bound.",
                    "type": "number",
                    "minimum": 0,
                    "maximum": 1,
                },
                "price_bound": _WHOLE,
                "scope": _one_of(BoundScope),
                "groups": _items(group),
                "unmatched": _items(_object({"participant": _TEXT, "reason": _TEXT})),
                "infeasible_because": _items(_TEXT),
                "prices": _items(_object({"participant": _TEXT, "price": _WHOLE})),
                "capacity_prices": _items(_object({"capacity": _TEXT, "price": _WHOLE})),
                "group_prices": _items(_object({"members": _items(_TEXT), "price": _WHOLE})),
                "notes": _items(_object({"participant": _TEXT, "attribute": _TEXT, "text": _TEXT})),
                "seed": _WHOLE,
                "statistics": _object({"pricing_rounds": _WHOLE, "columns": _WHOLE}),
            },
            optional=("gap", "capacity_prices", "group_prices"),
        ),
    }


def _participant() -> Schema:
    share: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    said = _or_null(_TEXT)
    need = _object(
        {"topic": _TOPIC, "weight_share": share, "statement": said}, optional=("statement",)
    )
    offer = _object(
        {"topic": _TOPIC, "maturity": _from(1, 5), "statement": said}, optional=("statement",)
    )
    known: Schema = {
        "needs": _items(need),
        "offers": _items(offer),
        "languages": _or_null({**_items(_TEXT), "minItems": 1}),
        "timezone": _or_null(_TEXT),
        "climate": _or_null(_TEXT),
        "population": _or_null(_from(0)),
        "coast_km": _or_null({"type": "number", "minimum": 0}),
        "elevation_m": _or_null(_NUMBER),
        "on_river": _or_null(_FLAG),
        "income": {"enum": [*(group.value for group in IncomeGroup), None]},
    }
    identity: Schema = {"id": {"type": "string", "minLength": 1}, "country": _TEXT}
    return _object({**identity, **known}, optional=known)


def _policy() -> Schema:
    minute: Schema = {"type": "integer", "minimum": 0, "maximum": 24 * 60, "multipleOf": 15}
    day: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    properties: Schema = {
        "smallest_group": _from(2, 4),
        "largest_group": _from(2, 4),
        "fewest_countries": _from(1, 4),
        "most_of_one_country": _or_null(_from(1)),
        "common_language": _one_of(LanguageRule),
        "fewest_common_office_minutes": _from(0, 24 * 60),
        "office_opens_minute": minute,
        "office_closes_minute": minute,
        "reference_days": {**_items(day), "minItems": 1},
        "least_stake_share": _SHARE,
        "exchange": _one_of(ExchangeRule),
        "least_benefit": _or_null(_SHARE),
        "admits_unknown": _FLAG,
        "focus": _one_of(FocusKind),
        "helpfulness": {**_items(_SHARE), "minItems": 5, "maxItems": 5},
        "shared_challenge": _SHARE,
        "context": _context(),
        "pair_parts": _items(_TEXT),
        **_entries(),
        "groups_each": _from(1, 100),
        "fewest_groups": _from(0),
        "most_groups": _or_null(_from(0)),
    }
    return _object(properties, optional=properties)


def _entries() -> Schema:
    named: Schema = {"members": {**_items(_TEXT), "minItems": 1, "maxItems": 4}, "reason": _REASON}
    two: Schema = {**_items(_TEXT), "minItems": 2, "maxItems": 2}
    several: Schema = {**_items(_TEXT), "minItems": 2}
    some: Schema = {"members": several, "reason": _REASON, "most_together": _from(1)}
    worth: Schema = {"type": "number", "minimum": 0, "maximum": 10}
    first: Schema = {"participant": _TEXT, "worth": worth, "reason": _REASON}
    allowed: Schema = {"participant": _TEXT, "most_groups": _from(1, 100), "reason": _REASON}
    return {
        "locks": _items(_object(named)),
        "exclusions": _items(_object({"members": two, "reason": _REASON})),
        "conflicts": _items(_object(some, optional=("most_together",))),
        "priorities": _items(_object(first)),
        "allowances": _items(_object(allowed)),
        "theme_capacities": _items(_object({"theme": _THEME, "most_groups": _from(0)})),
        "language_capacities": _items(_object({"language": _TEXT, "most_groups": _from(0)})),
    }


_REASON: Schema = {"type": "string", "pattern": r"\S"}


def _context() -> Schema:
    thresholds: Schema = {
        "population_bands": _items(_from(1)),
        "coast_within_km": _NUMBER,
        "mountain_from_m": _NUMBER,
    }
    names = [name for name in ContextWeights.__annotations__ if name not in thresholds]
    properties = {**dict.fromkeys(names, _SHARE), **thresholds}
    return _object(properties, optional=properties)


def _object(properties: Schema, *, optional: Iterable[str] = ()) -> Schema:
    left_out = set(optional)
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }


def _items(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _from(least: int, most: int | None = None) -> Schema:
    upper = {} if most is None else {"maximum": most}
    return {"type": "integer", "minimum": least, **upper}


def _one_of(kind: type[Enum]) -> Schema:
    return {"enum": [member.value for member in kind]}
