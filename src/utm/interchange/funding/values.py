"""Values as other people's files write them, read strictly; problems are told in place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pendulum import Date

from utm.domain import CountryCode, FundedActionId, Money, Organisation, civil_date, fold_name
from utm.domain.currencies import require_currency
from utm.domain.unseen import is_unseen, unseen_in
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.funding.exact_json import ExactJson, Place
from utm.interchange.limits import Limits
from utm.interchange.text_encoding import decode_text

__all__ = [
    "action_id",
    "count_of",
    "country_of",
    "currency_of",
    "day_of",
    "entries_of",
    "items_of",
    "made",
    "money_of",
    "organisation_of",
    "read_bounded",
    "read_bytes",
    "text_of",
    "total_of",
]

FactT = TypeVar("FactT")

_DAY_FIRST = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_ANY = "EUR"  # a number is looked at even where its currency is not known
_LAYOUT = "\n\r\t\x85"
_LONGEST_SLUG = 80
_MOST_DIGITS = 18


def read_bytes(path: Path | str, limits: Limits) -> bytes:
    """Read a file as it is, unless it is larger than allowed.

    Raises
    ------
    InvalidInputError
        It is too large.
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
    return data


def read_bounded(path: Path | str, limits: Limits) -> str:
    """Read a file as UTF-8, unless it is larger than allowed.

    Raises
    ------
    InvalidInputError
        It is too large, or in another encoding.
    OSError
        It cannot be read.
    """
    return decode_text(read_bytes(path, limits), source=Path(path).name)


def made(make: Callable[[], FactT], place: Place, remedy: str) -> FactT | None:
    """What is made; ``None`` and a problem in its place where the library refuses it."""
    try:
        return make()
    except InvalidValueError as error:
        place.tell(f"{error.reason} ({error.kind})", remedy, error.value)
        return None


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
    """Text on one line; empty for what is missing, unless it is needed.

    Marks of direction and characters without width fall away, as they say nothing; a control
    character is a problem, as a wrong encoding leaves it in place of a letter.
    """
    if value is not None and not isinstance(value, str):
        place.tell("is no text", "Write it in quotes.", value)
        return ""
    text = "".join(letter for letter in value or "" if not _says_nothing(letter))
    if not text.strip():
        if needed:
            place.tell("is missing", "Add it.")
        return ""
    unseen = unseen_in(text, layout=_LAYOUT)
    if unseen:
        remedy = "Write the text anew; was it read in the wrong encoding?"
        place.tell(f"holds {', '.join(unseen)}, which is no letter", remedy, value)
        return ""
    return " ".join(text.split())


def _says_nothing(letter: str) -> bool:
    return is_unseen(letter) and unicodedata.category(letter) not in {"Cc", "Cs"}


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


def currency_of(value: ExactJson, place: Place) -> str:
    """The code of a currency; empty, and a problem, for anything else."""
    code = text_of(value, place, needed=True)
    if not code:
        return ""
    try:
        require_currency(code)
    except InvalidValueError as error:
        place.tell(error.reason, "Write a code such as EUR.", value)
        return ""
    return code


def money_of(value: ExactJson, currency: str, place: Place) -> Money | None:
    """Money from a number or from its text; never by way of a binary fraction.

    None is made without a currency, of which `currency_of` has told already.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        place.tell("is no amount", "Write a number.", value)
        return None
    money = made(lambda: Money.of(value, currency or _ANY), place, "Write a plain number.")
    return money if currency else None


def total_of(amounts: Sequence[Money], place: Place) -> Money | None:
    """What amounts of one currency come to; ``None`` where there is none."""
    if not amounts:
        return None
    return made(lambda: Money.total(amounts), place, "Check the amounts.")


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


def organisation_of(name: str, identifier: str, place: Place) -> Organisation | None:
    """An organisation by its name; ``None`` where there is no name."""
    if not name:
        return None
    return made(
        lambda: Organisation(name=name, identifier=identifier), place, "Write the name anew."
    )


def action_id(external: str) -> FundedActionId:
    """The key of an action: its published key in plain letters, and ten digits of its SHA-256."""
    words = "-".join(re.findall(r"[a-z0-9]+", fold_name(external)))[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(external.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return FundedActionId(f"{words}-{digest}" if words else digest)
