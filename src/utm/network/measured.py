"""What a measure says: values with their definition, source, cost, and whether they are exact."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

__all__ = ["Measured"]

ValueT = TypeVar("ValueT", covariant=True)  # noqa: PLC0105 - the field's name is the usual one


@frozen(kw_only=True)
class Measured(Generic[ValueT]):
    """The result of a measure of the graph.

    Parameters
    ----------
    value
        What was measured.
    definition
        What it means, in one or two sentences.
    source
        Who defined it so.
    complexity
        How its time grows.
    is_exact
        Whether the value is exact.
    approximation
        How it was approximated and how far it may be off; empty if it is exact.
    """

    value: ValueT
    definition: str
    source: str
    complexity: str
    is_exact: bool = True
    approximation: str = ""
