"""JSON as text: read strictly, written canonically."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from utm.errors import InputProblem
from utm.interchange.cells import JsonValue
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["canonical_json", "json_path", "read_json"]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Refused(str):
    """A number that JSON or the machine cannot hold, as it was written."""

    __slots__ = ()


class _Repeating(dict[str, "JsonValue"]):
    """An object that names keys twice."""

    repeated: tuple[str, ...] = ()


def canonical_json(value: JsonValue) -> str:
    """Write JSON in one way only: sorted keys, two spaces, UTF-8 as it is, a last newline.

    Raises
    ------
    ValueError
        The value holds NaN or an infinite number.
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n"


def json_path(parent: str, key: str | int) -> str:
    """Extend a path by a key or an index, e.g. ``$.applicants[3].name``."""
    if isinstance(key, int):
        return f"{parent}[{key}]"
    return f"{parent}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{parent}[{json.dumps(key)}]"


def read_json(text: str, *, problems: Problems, limits: Limits) -> JsonValue:
    """Read JSON and tell whatever strict JSON or the machine does not admit.

    Told are syntax (with line and character), keys that stand twice, NaN and numbers too
    large, lone surrogates, texts that are too long and nesting that is too deep.

    Returns
    -------
    JsonValue
        The value; to be used only if no problem was told.
    """
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_Refused,
            parse_float=_number,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, character {error.colno}"
        _tell(problems, "$", f"is not JSON at {place}: {error.msg}", "Mend the syntax there.")
        return None
    except RecursionError:
        _tell(problems, "$", "is nested too deeply", "Check what made the file.")
        return None
    for path, reason, remedy, read in _faults(value, limits):
        _tell(problems, path, reason, remedy, read)
    return value


def _faults(value: JsonValue, limits: Limits) -> Iterator[tuple[str, str, str, object]]:
    """Places with what is wrong there, in reading order."""
    waiting: list[tuple[str, int, JsonValue]] = [("$", 0, value)]
    while waiting:
        path, depth, found = waiting.pop()
        if depth > limits.json_depth:
            yield path, "is nested too deeply", "Check what made the file.", None
        elif isinstance(found, _Refused):
            yield path, "is no number that can be read", "Write a finite number.", str(found)
        elif isinstance(found, str):
            yield from ((path, *fault) for fault in _text_faults(found, limits))
        elif isinstance(found, Mapping):
            if isinstance(found, _Repeating):
                for key in found.repeated:
                    yield json_path(path, key), "stands twice", "Keep one of the two.", None
            for key in found:
                yield from ((path, *fault) for fault in _text_faults(key, limits))
            children = [(json_path(path, key), depth + 1, part) for key, part in found.items()]
            waiting.extend(reversed(children))
        elif isinstance(found, Sequence):
            parts = [(json_path(path, at), depth + 1, part) for at, part in enumerate(found)]
            waiting.extend(reversed(parts))


def _text_faults(text: str, limits: Limits) -> Iterator[tuple[str, str, object]]:
    if len(text) > limits.cell_characters:
        remedy = f"Write at most {limits.cell_characters:,} characters."
        yield f"has {len(text):,} characters", remedy, text
    elif any("\ud800" <= character <= "\udfff" for character in text):
        yield "holds half a character (a lone surrogate)", "Write the text anew.", text


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    counts = Counter(key for key, _ in pairs)
    repeating = _Repeating(made)
    repeating.repeated = tuple(key for key in made if counts[key] > 1)
    return repeating


def _number(text: str) -> float | _Refused:
    number = float(text)
    return _Refused(text) if number in {float("inf"), float("-inf")} else number


def _whole(text: str) -> int | _Refused:
    try:
        return int(text)
    except ValueError:  # Python refuses integers of thousands of digits
        return _Refused(text)


def _tell(problems: Problems, path: str, reason: str, remedy: str, read: object = None) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, reason=reason, remedy=remedy, read=read)
    )
