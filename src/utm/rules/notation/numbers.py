"""How a number of a rule is written: one number, or a parameter with its dated values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from utm.domain.dates import Period
from utm.domain.evidence import Source
from utm.domain.places import CountryCode
from utm.errors import InvalidValueError
from utm.rules.notation.plain import Plain, Problems
from utm.rules.notation.values import BAD, MOST_ITEMS, PERIOD, SOURCE, TEXT, Bad, Codec, whole
from utm.rules.parameter import Parameter, ParameterValue

__all__ = ["number"]

ItemT = TypeVar("ItemT")

_REQUIRED = ("value", "in_force", "source")
_OPTIONAL = ("programmes", "countries")


def number(least: int, most: int) -> Codec:
    """Describe a whole number, or an object whose ``values`` say where and when each holds."""
    one = whole(least, most)

    def read(plain: Plain, path: str, problems: Problems) -> object:
        if isinstance(plain, dict):
            return _read_parameter(plain, path, problems, one)
        return one.read(plain, path, problems)

    def write(value: object) -> Plain:
        if isinstance(value, Parameter):
            return {"values": [_write_value(each) for each in value.values]}
        return one.write(value)

    return Codec(write=write, read=read, schema={"anyOf": [one.schema, _schema(one)]})


def _write_value(value: ParameterValue) -> Plain:
    return {
        "value": value.value,
        "in_force": PERIOD.write(value.in_force),
        "source": SOURCE.write(value.source),
        "programmes": list(value.programmes),
        "countries": [country.value for country in value.countries],
    }


def _read_parameter(
    plain: dict[str, Plain], path: str, problems: Problems, one: Codec
) -> Parameter | Bad:
    listed = plain.get("values")
    if set(plain) != {"values"} or not isinstance(listed, list) or not listed:
        remedy = "Write a whole number, or an object with a list of values."
        problems.add(path, "is neither a number nor a list of values", remedy)
        return BAD
    if len(listed) > MOST_ITEMS:
        problems.add(path, "has too many values", f"Keep to {MOST_ITEMS:,} values.")
        return BAD
    read = [
        _read_value(each, f"{path}.values[{place}]", problems, one)
        for place, each in enumerate(listed)
    ]
    values = tuple(value for value in read if isinstance(value, ParameterValue))
    if len(values) < len(read):
        return BAD
    try:
        return Parameter(values=values)
    except InvalidValueError as error:
        remedy = "Let the values of one programme and country follow each other."
        problems.add(f"{path}.values", error.reason, remedy)
        return BAD


def _read_value(plain: Plain, path: str, problems: Problems, one: Codec) -> ParameterValue | Bad:
    known = {*_REQUIRED, *_OPTIONAL}
    if not isinstance(plain, dict) or not set(_REQUIRED) <= set(plain) <= known:
        remedy = (
            f"Write an object with {', '.join(_REQUIRED)}, and perhaps {' and '.join(_OPTIONAL)}."
        )
        problems.add(path, "is no value of a parameter", remedy)
        return BAD
    value = one.read(plain["value"], f"{path}.value", problems)
    in_force = PERIOD.read(plain["in_force"], f"{path}.in_force", problems)
    source = SOURCE.read(plain["source"], f"{path}.source", problems)
    programmes = _list(plain.get("programmes", []), f"{path}.programmes", problems, _as_key)
    countries = _list(plain.get("countries", []), f"{path}.countries", problems, CountryCode)
    if not isinstance(value, int) or not isinstance(in_force, Period):
        return BAD
    if not isinstance(source, Source) or programmes is None or countries is None:
        return BAD
    return ParameterValue(
        value=value, in_force=in_force, source=source, programmes=programmes, countries=countries
    )


def _as_key(text: str) -> str:
    if not text.strip():
        raise InvalidValueError(kind="rulebook", value=text, reason="must not be empty")
    return text


def _list(
    plain: Plain, path: str, problems: Problems, build: Callable[[str], ItemT]
) -> tuple[ItemT, ...] | None:
    if not isinstance(plain, list) or len(plain) > MOST_ITEMS:
        problems.add(path, "is no list of texts", "Write a list of texts, or leave it out.")
        return None
    found: list[ItemT] = []
    for place, each in enumerate(plain):
        try:
            found.append(build(each if isinstance(each, str) else ""))
        except InvalidValueError as error:
            problems.add(f"{path}[{place}]", error.reason, "Correct it.", read=each)
    return tuple(found) if len(found) == len(plain) else None


def _schema(one: Codec) -> dict[str, Plain]:
    texts: dict[str, Plain] = {"type": "array", "items": TEXT.schema, "maxItems": MOST_ITEMS}
    code: dict[str, Plain] = {"type": "string", "pattern": "^[A-Z]{2}$"}
    value: dict[str, Plain] = {
        "type": "object",
        "properties": {
            "value": one.schema,
            "in_force": PERIOD.schema,
            "source": SOURCE.schema,
            "programmes": texts,
            "countries": {"type": "array", "items": code, "maxItems": MOST_ITEMS},
        },
        "required": list(_REQUIRED),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "values": {"type": "array", "items": value, "minItems": 1, "maxItems": MOST_ITEMS}
        },
        "required": ["values"],
        "additionalProperties": False,
    }
