"""Whether what a problem is made of is of the kinds that its classes declare, place by place.

A checker of types finds that before a program runs; a notebook has none. What is of another
kind is told, and something stands in for it, so that all else can still be judged.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import copy
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, frozen, has
from pendulum import Date

from utm.domain.exchange import Need, Offer
from utm.domain.identifiers import ThemeId, TopicId
from utm.errors import InputProblem
from utm.pairing.input_problem import problem_at

__all__ = ["of_kind"]

_T = TypeVar("_T")
_LARGEST = 10**18  # so that every whole number fits into an array


def of_kind(value: _T, kind: object, path: str, found: list[InputProblem]) -> _T:
    """Return a value in which something stands in for each part of another kind.

    Parameters
    ----------
    value
        The value; it is returned itself where nothing is wrong with it.
    kind
        The type that it should have, as one would annotate it.
    path
        Its JSON path.
    found
        Gets a problem for each part that is of another kind.
    """
    wanted = _kind_of(kind)
    return value if wanted.fits(value) else cast("_T", wanted.mended(value, path, found))


class _Kind(ABC):
    """What a part must be."""

    @abstractmethod
    def fits(self, value: object) -> bool:
        """Tell whether a value is of this kind, with all its parts."""

    @abstractmethod
    def mended(self, value: object, path: str, found: list[InputProblem]) -> object:
        """Tell what is wrong with a value that does not fit, and return one that does."""

    @abstractmethod
    def stand_in(self, path: str) -> object:
        """Return a value that fits, another one for each path."""


@frozen(kw_only=True)
class _Plain(_Kind):
    """A value without parts: ``told`` is what is wrong with another one, and a remedy."""

    is_one: Callable[[object], bool]
    told: tuple[str, str]
    make: Callable[[str], object]

    def fits(self, value: object) -> bool:
        return self.is_one(value)

    def mended(self, value: object, path: str, found: list[InputProblem]) -> object:
        found.append(problem_at(path, value, *self.told))
        return self.make(path)

    def stand_in(self, path: str) -> object:
        return self.make(path)


@frozen
class _Optional(_Kind):
    """A value or ``None``."""

    known: _Kind

    def fits(self, value: object) -> bool:
        return value is None or self.known.fits(value)

    def mended(self, value: object, path: str, found: list[InputProblem]) -> object:
        self.known.mended(value, path, found)
        return None

    def stand_in(self, path: str) -> object:  # noqa: ARG002 - one for all
        return None


@frozen
class _Row(_Kind):
    """A tuple of values of one kind, of some length or of any."""

    each: _Kind
    length: int | None

    def fits(self, value: object) -> bool:
        row = self._row(value)
        return row is not None and all(map(self.each.fits, row))

    def mended(self, value: object, path: str, found: list[InputProblem]) -> object:
        row = self._row(value)
        if row is None:
            remedy = f"Name exactly {self.length}." if self.length else "Write it in brackets."
            reason = f"is no tuple{f' of {self.length}' if self.length else ''}"
            found.append(problem_at(path, value, reason, remedy))
            return self.stand_in(path)
        return tuple(_sound(self.each, one, f"{path}[{i}]", found) for i, one in enumerate(row))

    def stand_in(self, path: str) -> object:
        return tuple(self.each.stand_in(f"{path}[{index}]") for index in range(self.length or 0))

    def _row(self, value: object) -> tuple[object, ...] | None:
        if not isinstance(value, tuple):
            return None
        row = cast("tuple[object, ...]", value)
        return row if self.length in {None, len(row)} else None


@frozen
class _Record(_Kind):
    """An instance of a class made by attrs, which does not check its parts itself."""

    cls: type[Any]
    parts: tuple[tuple[str, _Kind, bool], ...]  # name, kind, and whether it must be given

    def fits(self, value: object) -> bool:
        return isinstance(value, self.cls) and all(
            kind.fits(getattr(value, name)) for name, kind, _ in self.parts
        )

    def mended(self, value: object, path: str, found: list[InputProblem]) -> object:
        if not isinstance(value, self.cls):
            name = self.cls.__name__
            found.append(problem_at(path, value, f"is no {name}", f"Write {name}(...)."))
            return self.stand_in(path)
        made = copy(value)
        for name, kind, _ in self.parts:
            part = _sound(kind, getattr(value, name), f"{path}.{name}", found)
            object.__setattr__(made, name, part)  # keeps the order in which parts were given
        return made

    def stand_in(self, path: str) -> object:
        required = {
            name: kind.stand_in(f"{path}.{name}")
            for name, kind, is_required in self.parts
            if is_required
        }
        return self.cls(**required)


def _sound(kind: _Kind, value: object, path: str, found: list[InputProblem]) -> object:
    return value if kind.fits(value) else kind.mended(value, path, found)


def _parts(cls: type[Any]) -> tuple[tuple[str, _Kind, bool], ...]:
    hints = get_type_hints(cls)
    return tuple(
        (one.name, _kind_of(hints[one.name]), one.default is NOTHING) for one in fields(cls)
    )


@cache
def _kind_of(hint: object) -> _Kind:
    alternatives = get_args(hint)
    if get_origin(hint) is tuple:
        return _Row(
            _kind_of(alternatives[0]), None if Ellipsis in alternatives else len(alternatives)
        )
    if NoneType in alternatives:
        known, none = alternatives
        return _Optional(_kind_of(known if none is NoneType else none))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _choice(hint)
    return _Record(hint, _parts(hint)) if isinstance(hint, type) and has(hint) else _ANYTHING


def _choice(kind: type[Enum]) -> _Plain:
    members = tuple(kind)
    choices = ", ".join(map(str, members))
    return _Plain(
        is_one=lambda value: isinstance(value, kind),
        told=("is not one of the choices", f"Use one of: {choices}."),
        make=lambda _: members[0],
    )


def _instances(kind: type[Any], remedy: str, make: Callable[[str], object]) -> _Plain:
    return _Plain(
        is_one=lambda value: isinstance(value, kind),
        told=(f"is no {kind.__name__}", remedy),
        make=make,
    )


def _is_whole(value: object) -> bool:
    return type(value) is int and -_LARGEST <= value <= _LARGEST


def _topic_at(path: str) -> TopicId:
    return TopicId(f"any.{_numbers(path)}")


def _numbers(path: str) -> str:
    return "-".join(["topic", *re.findall(r"\d+", path)])


_PLAIN: dict[object, _Plain] = {
    str: _Plain(
        is_one=lambda value: isinstance(value, str),
        told=("is not text", "Write text in quotation marks."),
        make=lambda path: path,
    ),
    int: _Plain(
        is_one=_is_whole,
        told=("is not a whole number of at most 18 digits", "Write digits without a point."),
        make=lambda _: _LARGEST,  # what stands in for a limit is below none
    ),
    float: _Plain(
        is_one=lambda value: type(value) is float or type(value) is int,
        told=("is not a number", "Write a number."),
        make=lambda _: 1.0,
    ),
    bool: _Plain(
        is_one=lambda value: isinstance(value, bool),
        told=("is neither True nor False", "Write True or False."),
        make=lambda _: False,
    ),
    Date: _Plain(
        is_one=lambda value: type(value) is Date,
        told=("is not a day", "Write pendulum.Date(2026, 1, 15)."),
        make=lambda _: Date(2026, 1, 15),
    ),
    TopicId: _instances(TopicId, "Write TopicId('theme.topic').", _topic_at),
    ThemeId: _instances(ThemeId, "Write ThemeId('theme').", lambda at: ThemeId(_numbers(at))),
    Need: _instances(  # a need and an offer check themselves
        Need, "Write Need(...).", lambda at: Need(topic=_topic_at(at), weight_share=1.0)
    ),
    Offer: _instances(
        Offer, "Write Offer(...).", lambda at: Offer(topic=_topic_at(at), maturity=1)
    ),
}
_ANYTHING = _Plain(is_one=lambda _: True, told=("", ""), make=lambda _: None)
"""A protocol, of which others judge."""
