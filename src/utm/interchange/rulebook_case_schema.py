"""The JSON Schema of the cases beside a rulebook, made from the classes that read them."""

from __future__ import annotations

from utm.interchange.class_schema import Definitions, Schema
from utm.interchange.documents import VERSION, format_of
from utm.rules import RulebookCases

__all__ = ["rulebook_cases_schema"]


def rulebook_cases_schema() -> Schema:
    """JSON Schema (2020-12) of ``utm.rulebook-cases``, version 1.

    Whatever `from_json` reads as `RulebookCases` satisfies it; the reader also checks
    what a schema cannot say.
    """
    definitions = Definitions()
    data = definitions.of(RulebookCases)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cases beside a rulebook: facts, the right answers, and why",
        "type": "object",
        "properties": {
            "format": {"const": format_of(RulebookCases)},
            "version": {"const": VERSION},
            "data": data,
        },
        "required": ["format", "version", "data"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.made.items())),
    }
