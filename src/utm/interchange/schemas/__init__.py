"""The JSON Schemas (2020-12) of the formats, published with the package as files."""

from __future__ import annotations

import json
from importlib.resources import files

from utm.interchange.cells import JsonValue

__all__ = ["read_schema"]


def read_schema(name: str) -> dict[str, JsonValue]:
    """Read a published schema, e.g. ``"edition-1"``."""
    text = files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, JsonValue] = json.loads(text)
    return schema
