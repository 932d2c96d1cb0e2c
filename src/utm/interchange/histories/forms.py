"""What may be asked for in each kind of history, as a form to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from attrs import frozen

from utm.errors import InputProblem, InvalidInputError
from utm.interchange.cells import JsonValue
from utm.interchange.class_schema import Definitions, Schema
from utm.interchange.histories.kinds import KINDS
from utm.interchange.unions import tag_of
from utm.interchange.words import nearest

__all__ = ["ActionForm", "action_form", "action_forms", "beginning_form"]

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DAY = "YYYY-MM-DD"


@frozen(kw_only=True)
class ActionForm:
    """One thing that may be asked for in a kind of history, and what it must tell.

    Parameters
    ----------
    name
        Its name in a document, e.g. ``"meeting_held"``.
    meaning
        What it is, in one sentence.
    required, optional
        Names of its facts.
    empty
        The action with every required fact, none of them filled in. It cannot be recorded as
        it stands: each place that was left as it is is refused.
    """

    name: str
    meaning: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    empty: Mapping[str, JsonValue]


def action_forms(kind: str) -> tuple[ActionForm, ...]:
    """All that may be asked for in a kind of history, as its format writes it.

    Raises
    ------
    InvalidInputError
        There is no such kind.
    """
    return tuple(_form(action) for action in get_args(_kind(kind).recorded))


def action_form(kind: str, name: str) -> ActionForm:
    """One of them, by its name.

    Raises
    ------
    InvalidInputError
        There is no such kind, or no such action in it.
    """
    forms = {form.name: form for form in action_forms(kind)}
    if name not in forms:
        _refuse("ACTION", name, f"is no action of the kind {kind}", list(forms))
    return forms[name]


def beginning_form(kind: str) -> JsonValue:
    """What a kind of history begins with, not filled in.

    Raises
    ------
    InvalidInputError
        There is no such kind.
    """
    return _empty_of(_kind(kind).beginning)[1]


def _kind(name: str) -> Any:  # noqa: ANN401 - kinds differ in their states and actions
    if name not in KINDS:
        _refuse("KIND", name, "is no kind of history", sorted(KINDS))
    return KINDS[name]


def _refuse(source: str, read: str, reason: str, known: list[str]) -> None:
    close = nearest(read, known)
    remedy = f"Did you mean '{close}'?" if close else f"Write one of: {', '.join(known)}."
    problem = InputProblem(source=source, reason=reason, remedy=remedy, read=read)
    raise InvalidInputError((problem,))


def _form(action: Any) -> ActionForm:  # noqa: ANN401 - the kinds of actions are open
    schema, empty = _empty_of(action)
    required = _names(schema.get("required"))
    shown = schema.get("properties")
    names = tuple(shown) if isinstance(shown, Mapping) else ()
    return ActionForm(
        name=tag_of(action),
        meaning=(action.__doc__ or "").partition("\n")[0],
        required=required,
        optional=tuple(one for one in names if one not in required),
        empty={tag_of(action): empty},
    )


def _empty_of(kind: Any) -> tuple[Schema, JsonValue]:  # noqa: ANN401
    definitions = Definitions()
    schema = definitions.of(kind)
    return _resolved(schema, definitions)[0], _empty(schema, definitions)


def _names(value: JsonValue) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _resolved(schema: JsonValue, definitions: Definitions) -> tuple[Schema, str]:
    """A schema and its name; empty where it has none."""
    given: dict[str, JsonValue] = dict(schema) if isinstance(schema, Mapping) else {}
    reference = given.get("$ref")
    if not isinstance(reference, str):
        return given, ""
    name = reference.rpartition("/")[2]
    made = definitions.made[name]
    return dict(made) if isinstance(made, Mapping) else {}, name


def _empty(schema: JsonValue, definitions: Definitions) -> JsonValue:
    found, name = _resolved(schema, definitions)
    options, words, properties = (found.get(one) for one in ("anyOf", "enum", "properties"))
    if isinstance(options, list):
        return _empty(_first_that_tells(options), definitions)
    if isinstance(words, list):
        return f"one of: {', '.join(map(str, words))}"
    if isinstance(properties, Mapping):
        return {one: _empty(properties[one], definitions) for one in _names(found["required"])}
    if found.get("type") == "array":
        parts = found.get("prefixItems", [found["items"]])
        return [_empty(one, definitions) for one in parts] if isinstance(parts, list) else []
    return _place(found, name)


def _place(found: Schema, name: str) -> JsonValue:
    """What stands where nothing is filled in; no reader takes it for a value."""
    if found.get("type") != "string":
        return None
    if name:
        return f"({_WORD.sub(' ', name).lower()})"
    return _DAY if "[0-9]{4}-[0-9]{2}-[0-9]{2}$" in str(found.get("pattern")) else ""


def _first_that_tells(options: list[JsonValue]) -> JsonValue:
    """The first choice that is neither null nor unknown."""
    silent = ({"type": "null"}, {"$ref": "#/$defs/Unknown"})
    return next((one for one in options if one not in silent), options[0])
