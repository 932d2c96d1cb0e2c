"""Values with a notation of their own for the converter: numbers, times, rulebooks as text."""

from __future__ import annotations

import json
import re
from datetime import time
from decimal import Decimal
from fractions import Fraction

import pendulum
from cattrs import Converter
from pendulum import DateTime

from utm.errors import InvalidInputError
from utm.interchange.unfit import UnfitError, is_object, together
from utm.rules import Rulebook, read_rulebook, write_rulebook

__all__ = [
    "DECIMAL_PATTERN",
    "FRACTION_PATTERN",
    "INSTANT_PATTERN",
    "TIME_PATTERN",
    "register_own_notations",
]

DECIMAL_PATTERN = r"-?[0-9]{1,40}(\.[0-9]{1,40})?"
"""A decimal number as text, exactly as written."""

INSTANT_PATTERN = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}"
)
"""An instant as text, with its offset from UTC."""

TIME_PATTERN = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?"
"""A time of day as text, without a zone."""

FRACTION_PATTERN = r"-?[0-9]{1,40}(/[0-9]{1,40})?"
"""A fraction as text, exactly: a whole number, or two with a stroke between them."""


def register_own_notations(made: Converter) -> None:
    """Teach a converter decimals, fractions, instants and times, and rulebooks in their format."""
    made.register_structure_hook(time, _time)
    made.register_unstructure_hook(time, lambda value: value.isoformat())
    made.register_structure_hook(Fraction, _fraction)
    made.register_unstructure_hook(Fraction, str)
    made.register_structure_hook(Decimal, _decimal)
    made.register_unstructure_hook(Decimal, _decimal_text)
    made.register_structure_hook(DateTime, _instant)
    made.register_unstructure_hook(DateTime, _instant_text)
    made.register_structure_hook(Rulebook, _rulebook)
    made.register_unstructure_hook(Rulebook, lambda value: json.loads(write_rulebook(value)))


def _decimal(value: object, _: object) -> Decimal:
    if type(value) is not str or not re.fullmatch(DECIMAL_PATTERN, value):
        raise UnfitError(value, "is not a decimal number", 'Write it as a text: "10.5".')
    return Decimal(value)


def _decimal_text(value: Decimal) -> str:
    text = f"{value:f}"
    if not re.fullmatch(DECIMAL_PATTERN, text):
        raise UnfitError(text, "has more digits than a document holds", "Round it.")
    return text


def _time(value: object, _: object) -> time:
    remedy = 'Write a time of day as "17:00".'
    if type(value) is not str or not re.fullmatch(TIME_PATTERN, value):
        raise UnfitError(value, "is not a time of day", remedy)
    try:
        return time.fromisoformat(value)
    except ValueError as error:
        raise UnfitError(value, "is no time of day", remedy) from error


def _fraction(value: object, _: object) -> Fraction:
    remedy = 'Write a fraction as "3/5", or a whole number as "1".'
    if type(value) is not str or not re.fullmatch(FRACTION_PATTERN, value):
        raise UnfitError(value, "is not a fraction", remedy)
    try:
        return Fraction(value)
    except ZeroDivisionError as error:
        raise UnfitError(value, "divides by zero", remedy) from error


def _instant(value: object, _: object) -> DateTime:
    remedy = 'Write an instant as "2026-01-08T12:00:00+01:00".'
    if type(value) is not str or not re.fullmatch(INSTANT_PATTERN, value):
        raise UnfitError(value, "is not an instant with its offset", remedy)
    try:
        return pendulum.instance(DateTime.fromisoformat(value))
    except ValueError as error:
        raise UnfitError(value, "is no instant", remedy) from error


def _instant_text(value: DateTime) -> str:
    text = value.isoformat()
    if not re.fullmatch(INSTANT_PATTERN, text):
        raise UnfitError(text, "has no offset from UTC in whole minutes", "Give it a time zone.")
    return text


def _rulebook(value: object, _: object) -> Rulebook:
    if not is_object(value):
        raise UnfitError(value, "is not an object", "Write a utm.rulebook document.")
    try:
        return read_rulebook(json.dumps(value))
    except InvalidInputError as error:
        told: list[Exception] = [
            UnfitError(one.read, f"at {one.place} of the rulebook: {one.reason}", one.remedy)
            for one in error.problems
        ]
        raise together(told, Rulebook) from error
