"""The JSON Schema of history documents, made from the same classes that read them."""

from __future__ import annotations

from utm.interchange.cells import JsonValue
from utm.interchange.class_schema import Definitions, Schema
from utm.interchange.histories.kinds import KINDS
from utm.interchange.histories.reading import FORMAT, VERSION, HistoryEntry

__all__ = ["history_schema"]


def history_schema() -> Schema:
    """The JSON Schema (2020-12) of ``utm.programme-history``, version 1.

    It describes the form. Whether a history is legal is told by reading it, which carries
    every entry out anew.
    """
    definitions = Definitions()
    kinds: list[JsonValue] = []
    for name, kind in sorted(KINDS.items()):
        entry = definitions.named_class(HistoryEntry[kind.recorded], name=f"entry.{name}")  # type: ignore[name-defined]
        kinds.append(
            {
                "properties": {
                    "kind": {"const": name},
                    "beginning": definitions.of(kind.beginning),
                    "entries": {"type": "array", "items": entry},
                }
            }
        )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:utm:schema:programme-history-1",
        "title": "A history of the mission: what was asked, by whom, when and why",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "kind": {"enum": [*sorted(KINDS)]},
            "beginning": {"type": "object"},
            "entries": {"type": "array"},
        },
        "required": ["format", "version", "kind", "beginning", "entries"],
        "additionalProperties": False,
        "oneOf": kinds,
        "$defs": dict(sorted(definitions.made.items())),
    }
