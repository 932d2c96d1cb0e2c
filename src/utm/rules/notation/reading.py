"""Rulebooks from JSON: strict, bounded, every problem with its place, no code run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from pendulum import Date

from utm.domain.dates import Period
from utm.domain.evidence import Source
from utm.errors import InvalidValueError
from utm.rules.bounds import DEEPEST_RULE, MOST_RULES
from utm.rules.case import Rule
from utm.rules.notation.kinds import RULE_KINDS, RuleKind
from utm.rules.notation.plain import Plain, Problems, parse_text
from utm.rules.notation.values import (
    BAD,
    MOST_ITEMS,
    NULLABLE_DATE,
    PERIOD,
    SOURCE,
    TEXT,
    Bad,
    Codec,
)
from utm.rules.notation.writing import FORMAT, FORMAT_VERSION
from utm.rules.rulebook import Deadline, Rulebook, RulebookVersion

__all__ = ["read_rulebook"]

BuiltT = TypeVar("BuiltT")

_RULEBOOK_FIELDS = ("format", "format_version", "id", "title", "versions")
_VERSION_FIELDS: Mapping[str, Codec] = {"id": TEXT, "in_force": PERIOD, "source": SOURCE}
_DEADLINE_FIELDS: Mapping[str, Codec] = {"last_day": NULLABLE_DATE, "source": SOURCE}


def read_rulebook(text: str, *, source: str = "the rulebook") -> Rulebook:
    """Read a rulebook from JSON text.

    Nothing in the text is executed. Its size, its depth and the number of its
    rules are bounded.

    Parameters
    ----------
    text
        The document.
    source
        Name of the document, for error texts.

    Raises
    ------
    InvalidInputError
        With every problem found, each with its JSON path.
    """
    problems = Problems(source)
    plain = parse_text(text, source=source)
    rulebook = _Reader(problems).rulebook(plain)
    problems.raise_if_any()
    if rulebook is None:  # pragma: no cover - whoever returns None has noted why
        raise InvalidValueError(kind="rulebook", value=source, reason="could not be read")
    return rulebook


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.rules_read = 0

    def rulebook(self, plain: Plain) -> Rulebook | None:
        record = self._record(plain, "$", required=_RULEBOOK_FIELDS, optional=("deadlines",))
        if record is None or not self._is_our_format(record):
            return None
        key, title = (
            TEXT.read(record[name], f"$.{name}", self.problems) for name in ("id", "title")
        )
        versions = self._list(record["versions"], "$.versions", self._version)
        deadlines = self._list(record.get("deadlines", []), "$.deadlines", self._deadline)
        if not isinstance(key, str) or not isinstance(title, str):
            return None
        if versions is None or deadlines is None:
            return None
        return self._build(
            "$", lambda: Rulebook(id=key, title=title, versions=versions, deadlines=deadlines)
        )

    def _is_our_format(self, record: dict[str, Plain]) -> bool:
        version = record["format_version"]
        if record["format"] == FORMAT and type(version) is int and version == FORMAT_VERSION:
            return True
        read = f"{record['format']} {version}"
        remedy = f"Write format {FORMAT!r} and format_version {FORMAT_VERSION}."
        self.problems.add("$.format", "is another format", remedy, read=read)
        return False

    def _version(self, plain: Plain, path: str) -> RulebookVersion | None:
        required = (*_VERSION_FIELDS, "rule")
        record = self._record(plain, path, required=required, optional=("note",))
        if record is None:
            return None
        key = TEXT.read(record["id"], f"{path}.id", self.problems)
        note = TEXT.read(record.get("note", ""), f"{path}.note", self.problems)
        period = PERIOD.read(record["in_force"], f"{path}.in_force", self.problems)
        source = SOURCE.read(record["source"], f"{path}.source", self.problems)
        rule = self._rule(record["rule"], f"{path}.rule", depth=1)
        if not isinstance(key, str) or not isinstance(note, str) or rule is None:
            return None
        if not isinstance(period, Period) or not isinstance(source, Source):
            return None
        return self._build(
            path,
            lambda: RulebookVersion(id=key, in_force=period, rule=rule, source=source, note=note),
        )

    def _deadline(self, plain: Plain, path: str) -> Deadline | None:
        record = self._record(
            plain, path, required=tuple(_DEADLINE_FIELDS), optional=("announced_on",)
        )
        if record is None:
            return None
        days = [
            NULLABLE_DATE.read(record.get(name), f"{path}.{name}", self.problems)
            for name in ("last_day", "announced_on")
        ]
        source = SOURCE.read(record["source"], f"{path}.source", self.problems)
        last_day, announced_on = (day if isinstance(day, Date) else None for day in days)
        if BAD in days or not isinstance(source, Source):
            return None
        return self._build(
            path, lambda: Deadline(last_day=last_day, source=source, announced_on=announced_on)
        )

    def _rule(self, plain: Plain, path: str, *, depth: int) -> Rule | None:
        self.rules_read += 1
        if depth > DEEPEST_RULE or self.rules_read > MOST_RULES:
            if self.rules_read <= MOST_RULES + 1:
                remedy = f"Keep to {DEEPEST_RULE} levels and {MOST_RULES:,} rules."
                self.problems.add(path, "goes beyond what a rulebook may hold", remedy)
            return None
        kind = self._kind(plain, path)
        if kind is None or not isinstance(plain, dict):
            return None
        rules = tuple(name for name in (kind.one_rule, kind.many_rules) if name)
        record = self._record(
            plain,
            path,
            required=("kind", *kind.required, *rules),
            optional=tuple(kind.optional),
        )
        if record is None:
            return None
        fields = self._fields(kind, record, path)
        parts = self._parts(kind, record, path, depth=depth)
        if parts is None or any(isinstance(value, Bad) for value in fields.values()):
            return None
        return self._build(path, lambda: kind.build(**fields, **parts))

    def _kind(self, plain: Plain, path: str) -> RuleKind | None:
        name = plain.get("kind") if isinstance(plain, dict) else plain
        if isinstance(plain, dict) and isinstance(name, str) and name in RULE_KINDS:
            return RULE_KINDS[name]
        remedy = f"Write an object whose kind is one of {', '.join(RULE_KINDS)}."
        self.problems.add(path, "is of no known kind", remedy, read=name)
        return None

    def _fields(self, kind: RuleKind, record: dict[str, Plain], path: str) -> dict[str, object]:
        codecs = {**kind.required, **kind.optional}
        return {
            name: codec.read(record[name], f"{path}.{name}", self.problems)
            for name, codec in codecs.items()
            if name in record
        }

    def _parts(
        self, kind: RuleKind, record: dict[str, Plain], path: str, *, depth: int
    ) -> dict[str, object] | None:
        def below(plain: Plain, place: str) -> Rule | None:
            return self._rule(plain, place, depth=depth + 1)

        if kind.one_rule:
            rule = below(record[kind.one_rule], f"{path}.{kind.one_rule}")
            return None if rule is None else {kind.one_rule: rule}
        if kind.many_rules:
            rules = self._list(record[kind.many_rules], f"{path}.{kind.many_rules}", below)
            return None if rules is None else {kind.many_rules: rules}
        return {}

    def _record(
        self, plain: Plain, path: str, *, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, Plain] | None:
        if not isinstance(plain, dict):
            self.problems.add(path, "is no object", "Write an object in braces.", read=plain)
            return None
        absent = [name for name in required if name not in plain]
        extra = [name for name in plain if name not in (*required, *optional)]
        for name in absent:
            self.problems.add(f"{path}.{name}", "is missing", "Add it.")
        for name in extra:
            known = ", ".join((*required, *optional))
            self.problems.add(path, "holds a key that is not known", f"Keep to {known}.", read=name)
        return None if absent or extra else plain

    def _list(
        self, plain: Plain, path: str, read: Callable[[Plain, str], BuiltT | None]
    ) -> tuple[BuiltT, ...] | None:
        if not isinstance(plain, list) or len(plain) > MOST_ITEMS:
            remedy = f"Write a list of at most {MOST_ITEMS:,} items."
            self.problems.add(path, "is no such list", remedy)
            return None
        items = [read(item, f"{path}[{number}]") for number, item in enumerate(plain)]
        whole = [item for item in items if item is not None]
        return tuple(whole) if len(whole) == len(items) else None

    def _build(self, path: str, build: Callable[[], BuiltT]) -> BuiltT | None:
        try:
            return build()
        except InvalidValueError as error:
            self.problems.add(path, f"{error.kind} {error.reason}", "Correct it.", read=error.value)
            return None
