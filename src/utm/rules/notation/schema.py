"""The JSON Schema of a rulebook."""

from __future__ import annotations

from utm.rules.notation.kinds import RULE_KINDS, RuleKind
from utm.rules.notation.plain import Plain
from utm.rules.notation.values import MOST_ITEMS, NULLABLE_DATE, PERIOD, SOURCE, TEXT
from utm.rules.notation.writing import FORMAT, FORMAT_VERSION

__all__ = ["rulebook_schema"]


def rulebook_schema() -> dict[str, Plain]:
    """Describe the format of a rulebook as JSON Schema, draft 2020-12.

    Whatever `read_rulebook` accepts is valid. The reader also bounds depth and
    checks that versions follow each other, which a schema cannot say.
    """
    version = _object(
        {
            "id": TEXT.schema,
            "in_force": PERIOD.schema,
            "rule": {"$ref": "#/$defs/rule"},
            "source": SOURCE.schema,
            "note": TEXT.schema,
        },
        optional=("note",),
    )
    deadline = _object(
        {
            "last_day": NULLABLE_DATE.schema,
            "source": SOURCE.schema,
            "announced_on": NULLABLE_DATE.schema,
        },
        optional=("announced_on",),
    )
    book = _object(
        {
            "format": {"const": FORMAT},
            "format_version": {"const": FORMAT_VERSION},
            "id": TEXT.schema,
            "title": TEXT.schema,
            "versions": {"type": "array", "items": version, "minItems": 1, "maxItems": MOST_ITEMS},
            "deadlines": {"type": "array", "items": deadline, "maxItems": MOST_ITEMS},
        },
        optional=("deadlines",),
    )
    definitions: dict[str, Plain] = {
        "rule": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in RULE_KINDS]},
        **{name: _kind_schema(kind) for name, kind in RULE_KINDS.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rulebook: dated, cited criteria",
        **book,
        "$defs": definitions,
    }


def _kind_schema(kind: RuleKind) -> dict[str, Plain]:
    properties: dict[str, Plain] = {"kind": {"const": kind.name}}
    for name, codec in (*kind.required.items(), *kind.optional.items()):
        properties[name] = codec.schema
    if kind.one_rule:
        properties[kind.one_rule] = {"$ref": "#/$defs/rule"}
    if kind.many_rules:
        properties[kind.many_rules] = {
            "type": "array",
            "items": {"$ref": "#/$defs/rule"},
            "minItems": 1,
            "maxItems": MOST_ITEMS,
        }
    return _object(properties, optional=tuple(kind.optional))


def _object(properties: dict[str, Plain], *, optional: tuple[str, ...] = ()) -> dict[str, Plain]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
