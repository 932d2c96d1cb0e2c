"""Parts of a fact are of the kinds that its class declares, or the fact is refused."""

from enum import Enum
from typing import Any, Generic, Literal, TypeVar, get_type_hints

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import Emissions, GpcSector, InventoryEntry, Scope, YearlyEmissions
from utm.domain.kinds import kind_in_words, require_kinds
from utm.errors import InvalidValueError
from utm.interchange.histories.kinds import KINDS

ValueT = TypeVar("ValueT")


class Colour(Enum):
    RED = "red"


@frozen(kw_only=True)
class Box(Generic[ValueT]):
    value: ValueT


@frozen(kw_only=True)
class Everything:
    text: str
    number: int
    share: float
    day: Date | None
    colour: Colour
    many: tuple[int, ...]
    pair: tuple[str, int]
    box: Box[int]
    mode: Literal["a", "b"]
    note: str = ""


RIGHT: dict[str, Any] = {
    "text": "x",
    "number": 1,
    "share": 0.5,
    "day": None,
    "colour": Colour.RED,
    "many": (1, 2),
    "pair": ("x", 1),
    "box": Box(value=1),
    "mode": "a",
}
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (1, None, b"x", Colour.RED),
    "number": (True, 1.0, "1", None),
    "share": ("0.5", True, None),
    "day": ("2026-01-01", 1),
    "colour": ("red", None),
    "many": ([1, 2], (1, "2"), 1),
    "pair": (("x",), ("x", "y"), ["x", 1], ("x", 1, 1)),
    "box": (1, None),
    "mode": ("c", None),
    "note": (None, 3),
}


@given(st.sampled_from([(name, value) for name, values in WRONG.items() for value in values]))
def test_a_part_of_another_kind_is_refused_and_named(part: tuple[str, object]) -> None:
    name, value = part

    with pytest.raises(InvalidValueError) as caught:
        require_kinds(Everything(**(RIGHT | {name: value})))

    assert caught.value.value is value
    assert f"cannot be its {name}, which must be" in caught.value.reason


@pytest.mark.parametrize(
    "changes", [{}, {"share": 1}, {"day": Date(2026, 1, 1)}, {"many": ()}, {"box": Box(value="x")}]
)
def test_parts_of_the_kinds_that_are_declared_are_admitted(changes: dict[str, Any]) -> None:
    require_kinds(Everything(**(RIGHT | changes)))


def test_all_wrong_parts_are_told_at_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        require_kinds(Everything(**(RIGHT | {"number": "1", "mode": "c", "many": [1]})))

    assert str(caught.value) == (
        "everything: '1' cannot be its number, which must be int; "
        "[1] cannot be its many, which must be a tuple of int; "
        "'c' cannot be its mode, which must be 'a' or 'b'"
    )


@given(st.text(" \t\n"))
def test_text_that_says_nothing_is_refused_where_something_must_be_said(blank: str) -> None:
    nothing = Everything(**(RIGHT | {"text": blank}))

    require_kinds(nothing)
    with pytest.raises(InvalidValueError, match="its text, which must say something"):
        require_kinds(nothing, says_something=True)
    require_kinds(Everything(**(RIGHT | {"note": blank})), says_something=True)


def test_what_has_no_declared_parts_has_nothing_that_is_wrong() -> None:
    require_kinds(3, says_something=True)
    require_kinds(Box(value=3))


def test_a_name_is_told_in_words() -> None:
    assert kind_in_words(YearlyEmissions(year=2019, emissions=Emissions.parse("1 t"))) == (
        "yearly emissions"
    )


@pytest.mark.parametrize("value", [5.0, 5, "5 kt", None])
def test_a_number_without_a_unit_is_no_emission(value: Any) -> None:
    with pytest.raises(InvalidValueError, match="which must be Emissions or NotationKey"):
        InventoryEntry(sector=GpcSector.WASTE, scope=Scope.ONE, value=value)
    with pytest.raises(InvalidValueError, match="which must be Emissions"):
        YearlyEmissions(year=2019, emissions=value)


def test_the_kinds_of_every_action_of_every_life_can_be_read() -> None:
    for kind in KINDS.values():
        lifecycle_of = kind.actions.__args__
        assert lifecycle_of
        for action in lifecycle_of:
            assert set(get_type_hints(action)) >= {one.name for one in attrs.fields(action)}
