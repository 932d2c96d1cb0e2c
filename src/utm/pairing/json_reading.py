"""Reading JSON strictly: every problem with its path, nothing guessed, nothing ignored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TypeGuard, TypeVar

from utm.errors import InputProblem, InvalidInputError, InvalidValueError

__all__ = ["JsonObject", "JsonReader", "as_text"]

_T = TypeVar("_T")
_D = TypeVar("_D")
_E = TypeVar("_E", bound=Enum)
_OF_ONE_RECORD = 8  # problems back that may be of the same record


def as_text(document: Mapping[str, object]) -> str:
    """Write a document: two spaces, letters as they are, a line end at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _no_repeats(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} occurs twice in one object")
        found[key] = value
    return found


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


class JsonReader:
    """Takes a document apart and collects what is wrong with it.

    Parameters
    ----------
    source
        Name of the document in problems.

    Attributes
    ----------
    problems
        What was wrong so far.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self.problems: list[InputProblem] = []

    def note(self, path: str, read: object, reason: str, remedy: str) -> None:
        """Record a problem."""
        self.problems.append(
            InputProblem(source=self._source, path=path, read=read, reason=reason, remedy=remedy)
        )

    def finish(self) -> None:
        """Raise what was recorded, if anything."""
        if self.problems:
            raise InvalidInputError(tuple(self.problems))

    def document(self, text: str, name: str, version: int) -> Mapping[str, object]:
        """Parse a document of a named format and version.

        Raises
        ------
        InvalidInputError
            It is not JSON, or of another format or version.
        """
        try:
            parsed: object = json.loads(text, object_pairs_hook=_no_repeats)
        except (ValueError, TypeError, RecursionError) as error:
            self.note("$", None, f"is not JSON: {error}", "Mend the syntax.")
            self.finish()
            raise  # not reached: finish raised
        if not _is_object(parsed):
            self.note("$", parsed, "is not an object", "Begin with a brace.")
        else:
            found = parsed
            if found.get("format") != name:
                self.note("$.format", found.get("format"), "is another format", f"Write {name!r}.")
            if found.get("version") != version or found.get("version") is True:
                self.note(
                    "$.version", found.get("version"), "is another version", f"Write {version}."
                )
            if not self.problems:
                return {k: v for k, v in found.items() if k not in {"format", "version"}}
        self.finish()
        raise AssertionError  # not reached: finish raised

    def members(
        self, value: object, path: str, *, required: Sequence[str], optional: Sequence[str] = ()
    ) -> Mapping[str, object]:
        """Return the members of an object; unknown and missing keys are problems."""
        if not _is_object(value):
            self.note(path, value, "is not an object", "Write an object in braces.")
            return {}
        found = value
        for key in found:
            if key not in required and key not in optional:
                known = ", ".join([*required, *optional])
                self.note(f"{path}.{key}", None, "is not a known key", f"Use one of: {known}.")
        for key in required:
            if key not in found:
                self.note(f"{path}.{key}", None, "is missing", "Add it.")
        return {k: v for k, v in found.items() if k in required or k in optional}

    def record(
        self, value: object, path: str, *, required: Sequence[str], optional: Sequence[str] = ()
    ) -> JsonObject:
        """Return an object whose members are read by name."""
        return JsonObject(
            self, self.members(value, path, required=required, optional=optional), path
        )

    def items(self, value: object, path: str, read: Callable[[object, str], _T]) -> tuple[_T, ...]:
        """Read every item of an array."""
        if not _is_array(value):
            self.note(path, value, "is not an array", "Write an array in brackets.")
            return ()
        return tuple(read(item, f"{path}[{index}]") for index, item in enumerate(value))

    def text(self, value: object, path: str) -> str:
        """Read text."""
        if isinstance(value, str):
            return value
        self.note(path, value, "is not text", "Write text in quotation marks.")
        return ""

    def whole(self, value: object, path: str) -> int:
        """Read a whole number."""
        if type(value) is int:
            return value
        self.note(path, value, "is not a whole number", "Write digits without a point.")
        return 0

    def number(self, value: object, path: str) -> float:
        """Read a number."""
        if type(value) is int or type(value) is float:
            return value
        self.note(path, value, "is not a number", "Write a number.")
        return 0.0

    def flag(self, value: object, path: str) -> bool:
        """Read true or false."""
        if isinstance(value, bool):
            return value
        self.note(path, value, "is neither true nor false", "Write true or false.")
        return False

    def one_of(self, value: object, path: str, kind: type[_E]) -> _E:
        """Read a member of an enumeration by its value."""
        for member in kind:
            if value == member.value:
                return member
        choices = ", ".join(repr(member.value) for member in kind)
        self.note(path, value, "is not one of the choices", f"Use one of: {choices}.")
        return next(iter(kind))

    def made(self, path: str, value: object, make: Callable[[], _T]) -> _T | None:
        """Make a value that checks itself; its refusal is a problem, told once for a place."""
        try:
            return make()
        except InvalidValueError as error:
            if all(problem.path != path for problem in self.problems[-_OF_ONE_RECORD:]):
                self.note(path, value, error.reason, f"Give a proper {error.kind}.")
            return None


class JsonObject:
    """An object whose members are read by name; an absent one is its default.

    Parameters
    ----------
    reader
        Collects the problems.
    members
        What the object holds.
    path
        Its JSON path.
    """

    def __init__(self, reader: JsonReader, members: Mapping[str, object], path: str) -> None:
        self._reader = reader
        self._members = members
        self._path = path

    def read(self, name: str, default: _D, read: Callable[[object, str], _T]) -> _D | _T:
        """Read a member; where it is absent, or null and the default is too, the default."""
        value = self._members.get(name)
        if name not in self._members or (value is None and default is None):
            return default
        return read(value, f"{self._path}.{name}")

    def text(self, name: str) -> str:
        """Read text, empty where absent."""
        return self.read(name, "", self._reader.text)

    def items(
        self, name: str, default: tuple[_T, ...], read: Callable[[object, str], _T]
    ) -> tuple[_T, ...]:
        """Read an array."""
        return self.read(name, default, lambda value, path: self._reader.items(value, path, read))
