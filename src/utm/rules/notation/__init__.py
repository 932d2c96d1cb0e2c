"""Rulebooks as data: canonical JSON both ways, content hash, JSON Schema."""

from utm.rules.notation.plain import Plain
from utm.rules.notation.reading import read_rulebook
from utm.rules.notation.schema import rulebook_schema
from utm.rules.notation.writing import content_hash, rule_as_plain, write_rulebook

__all__ = [
    "Plain",
    "content_hash",
    "read_rulebook",
    "rule_as_plain",
    "rulebook_schema",
    "write_rulebook",
]
