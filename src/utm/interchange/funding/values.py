"""Values as other people's files write them, read strictly; problems are told in place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from pendulum import Date

from utm.domain import CountryCode, FundedActionId, Money, civil_date, fold_name
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.funding.exact_json import ExactJson, Place
from utm.interchange.limits import Limits
from utm.interchange.text_encoding import decode_text

__all__ = [
    "action_id",
    "count_of",
    "country_of",
    "day_of",
    "entries_of",
    "items_of",
    "money_of",
    "read_bounded",
    "text_of",
]

_DAY_FIRST = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_LONGEST_SLUG = 80
_MOST_DIGITS = 18


def read_bounded(path: Path | str, limits: Limits) -> str:
    """Read a file as UTF-8, unless it is larger than allowed.

    Raises
    ------
    InvalidInputError
        It is too large, or in another encoding.
    OSError
        It cannot be read.
    """
    place = Path(path)
    with place.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        problem = InputProblem(
            source=place.name,
            reason=f"is larger than {limits.file_bytes:,} bytes",
            remedy="Split the file, or allow for more.",
        )
        raise InvalidInputError((problem,))
    return decode_text(data, source=place.name)


def entries_of(value: ExactJson, place: Place) -> Mapping[str, ExactJson] | None:
    """An object, or a problem."""
    if isinstance(value, Mapping):
        return value
    place.tell("is no object", "Write an object with keys.", value)
    return None


def items_of(value: ExactJson, place: Place) -> Sequence[ExactJson]:
    """A list; none for what is missing, and a problem for anything else."""
    if value is None:
        return ()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    place.tell("is no list", "Write a list in brackets.", value)
    return ()


def text_of(value: ExactJson, place: Place, *, needed: bool = False) -> str:
    """Text on one line; empty for what is missing, unless it is needed."""
    if isinstance(value, str) and value.strip():
        if any(ord(letter) < ord(" ") and letter not in "\n\r\t" for letter in value):
            place.tell("holds control characters", "Write the text anew.", value)
            return ""
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            place.tell("holds half a character (a lone surrogate)", "Write the text anew.")
            return ""
        return " ".join(value.split())
    if value is not None and not isinstance(value, str):
        place.tell("is no text", "Write it in quotes.", value)
    elif needed:
        place.tell("is missing", "Add it.")
    return ""


def day_of(value: ExactJson, place: Place) -> Date | None:
    """A day written first in ISO form, whatever time follows it."""
    text = text_of(value, place)
    if not text:
        return None
    match = _DAY_FIRST.fullmatch(text)
    try:
        return civil_date(match[1] if match else text)
    except InvalidValueError as error:
        place.tell(error.reason, "Write YYYY-MM-DD.", value)
        return None


def money_of(value: ExactJson, currency: str, place: Place) -> Money | None:
    """Money from a number or from its text; never by way of a binary fraction."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        place.tell("is no amount", "Write a number.", value)
        return None
    try:
        return Money.of(value, currency)
    except InvalidValueError as error:
        place.tell(f"{error.reason} ({error.kind})", "Write a plain number.", value)
        return None


def count_of(value: ExactJson, place: Place) -> int | None:
    """A whole number from 0 up, or its digits as text."""
    if value is None:
        return None
    digits = value.strip() if isinstance(value, str) else ""
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    place.tell("is no whole number from 0 up", "Write a plain number.", value)
    return None


def country_of(value: ExactJson, place: Place) -> CountryCode | None:
    """A country from its code of two letters."""
    text = text_of(value, place).upper()
    if not text:
        return None
    try:
        return CountryCode(text)
    except InvalidValueError as error:
        place.tell(error.reason, "Write a code such as KE.", value)
        return None


def action_id(external: str) -> FundedActionId:
    """The key of an action: its published key in plain letters, and ten digits of its SHA-256."""
    words = "-".join(re.findall(r"[a-z0-9]+", fold_name(external)))[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(external.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return FundedActionId(f"{words}-{digest}" if words else digest)
