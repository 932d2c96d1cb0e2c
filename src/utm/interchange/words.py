"""Cells whose text is a name, a code, a day or one of a few words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from functools import cache
from itertools import product

from attrs import frozen

from utm.domain import (
    CityId,
    ClimateClass,
    CountryCode,
    Identifier,
    LanguageCode,
    PlanId,
    Taxonomy,
    ThemeId,
    TimeZone,
    TopicId,
    civil_date,
    clean_name,
    fold_name,
)
from utm.domain.countries import all_countries
from utm.domain.time_zone_data import zone_names
from utm.errors import InvalidValueError
from utm.interchange.cells import JsonValue, Refusal, TextCell, hidden_character

__all__ = [
    "YesNoCell",
    "city_id_cell",
    "climate_cell",
    "country_cell",
    "day_cell",
    "digits_cell",
    "language_cell",
    "line_cell",
    "nearest",
    "one_of",
    "plan_id_cell",
    "prose_cell",
    "theme_cell",
    "time_zone_cell",
    "title_cell",
    "topic_cell",
]

_OTHER_DAYS = re.compile(r"[0-9]{1,4}[./ -][0-9]{1,2}[./ -][0-9]{1,4}")
_TITLE_CHARACTERS = 500
_ONE_LINE = r"^\S(.*\S)?$"


def nearest(text: str, words: Iterable[str]) -> str | None:
    """The word that is spelled most like a text, if one is near."""
    by_fold = {fold_name(word): word for word in sorted(words)}
    found = get_close_matches(fold_name(text[:100]), list(by_fold), n=1, cutoff=0.7)
    return by_fold[found[0]] if found else None


def line_cell(*, kind: str, most_characters: int) -> TextCell:
    """A name or title on one line."""

    def parse(text: str) -> object:
        if len(text) > most_characters:
            return Refusal(
                reason=f"has {len(text):,} characters",
                remedy=f"Write at most {most_characters} characters.",
            )
        hidden = hidden_character(text)
        if hidden is not None:
            return hidden
        return clean_name(text, kind=kind) if text.strip() else Refusal(reason="is blank")

    schema: dict[str, JsonValue] = {
        "type": "string",
        "minLength": 1,
        "maxLength": most_characters,
        "pattern": _ONE_LINE,
    }
    return TextCell(
        parse=parse,
        schema=schema,
        json_values='a text on one line in quotation marks, such as "Turku"',
        is_prose=True,
    )


def title_cell() -> TextCell:
    """Title of a source."""
    return line_cell(kind="title", most_characters=_TITLE_CHARACTERS)


def prose_cell(*, most_characters: int) -> TextCell:
    """Free text, on several lines if need be."""

    def parse(text: str) -> object:
        if len(text) > most_characters:
            return Refusal(
                reason=f"has {len(text):,} characters",
                remedy=f"Write at most {most_characters:,} characters.",
            )
        hidden = hidden_character(text, lines=True)
        if hidden is not None:
            return hidden
        return text.strip() or Refusal(reason="is blank")

    schema: dict[str, JsonValue] = {
        "type": "string",
        "minLength": 1,
        "maxLength": most_characters,
    }
    return TextCell(
        parse=parse,
        schema=schema,
        json_values='a text in quotation marks, such as "We seek partners."',
        is_prose=True,
    )


def one_of(kind: type[Enum], synonyms: Mapping[str, Enum] | None = None) -> TextCell:
    """One of the words of an enumeration."""
    words = {fold_name(str(member.value)): member for member in kind}
    words |= {fold_name(member.name): member for member in kind}
    words |= {fold_name(word): member for word, member in (synonyms or {}).items()}
    admitted = [str(member.value) for member in kind]

    def parse(text: str) -> object:
        found = words.get(fold_name(text))
        return found if found is not None else _no_such(admitted)

    quoted = [f'"{word}"' for word in admitted]
    return TextCell(
        parse=parse,
        schema={"enum": admitted},
        json_values=f"{', '.join(quoted[:-1])} or {quoted[-1]}",
    )


def country_cell() -> TextCell:
    """A country by ISO code or English name."""

    def parse(text: str) -> object:
        try:
            return CountryCode.parse(text)
        except InvalidValueError:
            return _no_such(country.name for country in all_countries())

    return TextCell(
        parse=parse,
        schema={"type": "string", "pattern": "^[A-Z]{2}$"},
        json_values='the two capital letters of its ISO code, such as "FI"',
    )


def time_zone_cell() -> TextCell:
    """A zone of the IANA database by its exact name."""

    def parse(text: str) -> object:
        try:
            return TimeZone(text.replace(" ", "_"))
        except InvalidValueError:
            return _no_such(_zone_names())

    return TextCell(
        parse=parse,
        schema={"type": "string", "minLength": 1},
        json_values='a name of the IANA database, such as "Europe/Helsinki"',
    )


def climate_cell() -> TextCell:
    """A Köppen-Geiger class, whatever the case."""
    dry = [f"B{second}{third}" for second, third in product("WS", "hk")]
    mild = [f"C{second}{third}" for second, third in product("fsw", "abc")]
    cold = [f"D{second}{third}" for second, third in product("fsw", "abcd")]
    classes = [*(f"A{letter}" for letter in "fmws"), *dry, *mild, *cold, "ET", "EF"]
    by_fold = {name.casefold(): name for name in classes}

    def parse(text: str) -> object:
        name = by_fold.get(text.casefold())
        return (
            Refusal(reason="is not a Köppen-Geiger class") if name is None else ClimateClass(name)
        )

    return TextCell(
        parse=parse,
        schema={"enum": classes},
        json_values='a class in quotation marks, such as "Dfb"',
    )


def language_cell() -> TextCell:
    """A code of ISO 639."""

    def parse(text: str) -> object:
        # The code of Nauruan is 'na'; in capitals it is rather somebody's missing value.
        code = text if text == "NA" else text.lower()
        return _parsed(LanguageCode, code, reason="holds something that is not a language code")

    return TextCell(
        parse=parse,
        schema={"type": "string", "pattern": "^[a-z]{2,3}$"},
        json_values='an ISO 639 code in lower case, such as "fi"',
    )


def digits_cell() -> TextCell:
    """A key of digits, kept as text."""
    key = re.compile("[1-9][0-9]{0,9}")

    def parse(text: str) -> object:
        return text if key.fullmatch(text) else Refusal(reason="is not a number of 1 to 10 digits")

    return TextCell(
        parse=parse,
        schema={"type": "string", "pattern": f"^{key.pattern}$"},
        json_values='the digits in quotation marks, such as "633679"',
    )


def day_cell() -> TextCell:
    """A day as ``YYYY-MM-DD``."""

    def parse(text: str) -> object:
        try:
            return civil_date(text)
        except InvalidValueError:
            pass
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return Refusal(reason="is not a day of the calendar", remedy="Check month and day.")
        if _OTHER_DAYS.fullmatch(text):
            return Refusal(
                reason="is not of the form YYYY-MM-DD",
                remedy="Write year, month, day with hyphens: 31 December 2025 is 2025-12-31.",
            )
        return Refusal(reason="is not a day")

    return TextCell(
        parse=parse,
        schema={"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        json_values='year, month and day in quotation marks, such as "2025-12-15"',
    )


def city_id_cell() -> TextCell:
    """A city's key in this library."""
    return _identifier_cell(
        CityId, 'the country in lower case, a hyphen and words, such as "fi-turku"'
    )


def plan_id_cell() -> TextCell:
    """A plan's key."""
    return _identifier_cell(PlanId, 'words joined by hyphens, such as "south-coast-secap"')


def theme_cell(taxonomy: Taxonomy | None) -> TextCell:
    """A theme by id or label; without a taxonomy any well-formed id."""
    if taxonomy is None:
        return _identifier_cell(ThemeId, 'the id of a theme, such as "mobility"')
    words = [word for theme in taxonomy.themes for word in (theme.label, theme.id.value)]

    def parse(text: str) -> object:
        found = taxonomy.resolve_theme(text)
        return _no_such(words) if found is None else found.id

    ids = [theme.id.value for theme in taxonomy.themes]
    return TextCell(parse=parse, schema={"enum": ids}, json_values=_id_such_as("theme", ids))


def topic_cell(taxonomy: Taxonomy | None) -> TextCell:
    """A topic by id or label; without a taxonomy any well-formed id."""
    if taxonomy is None:
        return _identifier_cell(TopicId, 'the id of a topic, such as "mobility.cycling"')
    words = [word for topic in taxonomy.topics() for word in (topic.label, topic.id.value)]

    def parse(text: str) -> object:
        found = taxonomy.resolve_topic(text)
        return _no_such(words) if found is None else found.id

    ids = [topic.id.value for topic in taxonomy.topics()]
    return TextCell(parse=parse, schema={"enum": ids}, json_values=_id_such_as("topic", ids))


@frozen(kw_only=True)
class YesNoCell:
    """Yes or no; nothing else counts as either."""

    is_prose: bool = False

    @property
    def schema(self) -> Mapping[str, JsonValue]:
        """JSON Schema of the truth value."""
        return {"type": "boolean"}

    @property
    def json_values(self) -> str:
        """The two truth values."""
        return "true or false, without quotation marks"

    def read_text(self, text: str) -> object:
        """Read ``yes`` or ``no``."""
        answers = {"yes": True, "no": False}
        found = answers.get(text.casefold())
        return Refusal(reason="is neither yes nor no") if found is None else found

    def read_json(self, value: JsonValue) -> object:
        """Read ``true`` or ``false``."""
        return value if type(value) is bool else Refusal(reason="is neither true nor false")

    def text_of(self, value: object) -> str:
        """Write ``yes`` or ``no``."""
        return "yes" if value else "no"

    def json_of(self, value: object) -> JsonValue:
        """Write ``true`` or ``false``."""
        return bool(value)


def _id_such_as(kind: str, ids: Sequence[str]) -> str:
    example = f', such as "{ids[0]}"' if ids else ""
    return f"the id of a {kind}{example}"


def _identifier_cell(kind: type[Identifier], json_values: str) -> TextCell:
    def parse(text: str) -> object:
        return _parsed(kind, text, reason=f"is not a {kind.KIND}")

    pattern = f"^(?:{kind.GRAMMAR.pattern})$"
    return TextCell(
        parse=parse,
        schema={"type": "string", "maxLength": 120, "pattern": pattern},
        json_values=json_values,
    )


def _parsed(kind: Callable[[str], object], text: str, *, reason: str) -> object:
    try:
        return kind(text)
    except InvalidValueError:
        return Refusal(reason=reason)


def _no_such(words: Iterable[str]) -> Refusal:
    return Refusal(reason="is not a value of this column", choices=tuple(words))


def _is_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))


@cache
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(name for name in zone_names() if _is_place(name)))
