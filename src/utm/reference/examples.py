"""Invented example documents that show the form of each list, to be filled in."""

from __future__ import annotations

from importlib.resources import files

from utm.errors import InvalidValueError

__all__ = ["EXAMPLES", "example_document"]

EXAMPLES = ("practices", "transfers", "opportunities", "needs", "partners")
"""The lists of which there is an example."""


def example_document(name: str) -> str:
    """Give the example of a list as JSON text.

    The cities are real and what is told of them is invented; the joint call of 2022 among
    the opportunities is the real one.

    Parameters
    ----------
    name
        One of `EXAMPLES`.

    Raises
    ------
    InvalidValueError
        There is no such example.
    """
    if name not in EXAMPLES:
        raise InvalidValueError(kind="example", value=name, reason=f"is none of {EXAMPLES}")
    place = files("utm.reference").joinpath("data", "examples", f"{name}.json")
    return place.read_text(encoding="utf-8")
