"""Rulebooks as canonical JSON, and their content hash."""

from __future__ import annotations

import hashlib

from utm.errors import InvalidValueError
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.notation.kinds import kind_of
from utm.rules.notation.plain import Plain, canonical_text
from utm.rules.notation.values import NULLABLE_DATE, PERIOD, SOURCE
from utm.rules.rulebook import Rulebook

__all__ = ["FORMAT", "FORMAT_VERSION", "content_hash", "rule_as_plain", "write_rulebook"]

FORMAT = "utm-rulebook"
"""Name of the format of a rulebook."""

FORMAT_VERSION = 1
"""Version of the format."""


def write_rulebook(rulebook: Rulebook) -> str:
    """Write a rulebook as canonical JSON: equal rulebooks give equal texts.

    Raises
    ------
    InvalidValueError
        It holds a rule of a kind that is not part of the format.
    """
    return canonical_text(_rulebook_as_plain(rulebook))


def content_hash(rulebook: Rulebook) -> str:
    """SHA-256 of the canonical JSON: 64 hexadecimal digits."""
    return hashlib.sha256(write_rulebook(rulebook).encode("ascii")).hexdigest()


def rule_as_plain(rule: Rule) -> Plain:
    """Turn one rule into plain data; errors as for `write_rulebook`."""
    gather_rules(rule)  # refuses rules beyond the bounds
    return _as_plain(rule)


def _as_plain(rule: Rule) -> Plain:
    kind = kind_of(rule)
    if kind is None:
        raise InvalidValueError(
            kind="rule", value=type(rule).__name__, reason="is of no kind that can be written down"
        )
    plain: dict[str, Plain] = {"kind": kind.name}
    for name, codec in (*kind.required.items(), *kind.optional.items()):
        plain[name] = codec.write(getattr(rule, name))
    parts: list[Plain] = [_as_plain(part) for part in rule.parts]
    if kind.one_rule:
        plain[kind.one_rule] = parts[0]
    if kind.many_rules:
        plain[kind.many_rules] = parts
    return plain


def _rulebook_as_plain(rulebook: Rulebook) -> Plain:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "id": rulebook.id,
        "title": rulebook.title,
        "versions": [
            {
                "id": version.id,
                "in_force": PERIOD.write(version.in_force),
                "rule": rule_as_plain(version.rule),
                "source": SOURCE.write(version.source),
                "note": version.note,
            }
            for version in rulebook.versions
        ],
        "deadlines": [
            {
                "last_day": NULLABLE_DATE.write(deadline.last_day),
                "source": SOURCE.write(deadline.source),
                "announced_on": NULLABLE_DATE.write(deadline.announced_on),
            }
            for deadline in rulebook.deadlines
        ],
    }
