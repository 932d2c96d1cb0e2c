"""Loops compiled to machine code where numba is there, and interpreted where it is not."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

__all__ = ["IS_COMPILED", "SOON_CHOSEN", "chooses_by_loops", "compiled", "inlined", "wants_loops"]

_Loop = TypeVar("_Loop", bound=Callable[..., Any])

IS_COMPILED = find_spec("numba") is not None
"""Whether the extra ``fast`` is installed."""

SOON_CHOSEN = 75
"""So many participants are grouped before loops to choose their groups are loaded."""

_FEW = 350
_MANY = 4_000


def wants_loops(copies: int) -> bool:
    """Return whether loops are the better way for so many copies, or else NumPy.

    For few, making machine code takes longer than it saves. For very many, NumPy's tables
    of all pairs do not fit in memory, so that loops are used even if they are interpreted.
    """
    return copies > (_FEW if IS_COMPILED else _MANY)


def chooses_by_loops(classes: int) -> bool:
    """Return whether loops choose groups of so many participants, or else HiGHS and NumPy.

    Among few, these have chosen before the loops are loaded. Interpreted, loops take too long.
    """
    return IS_COMPILED and classes > SOON_CHOSEN


def compiled(loop: _Loop) -> _Loop:
    """Return the loop compiled when it is first called; the machine code is kept on disk.

    Compiled or not, a loop over whole numbers gives the same numbers. It makes no arrays: then
    numba need not count who refers to those that it is handed, which took longer than the work.
    """
    if not IS_COMPILED:
        return loop
    numba: Any = import_module("numba")
    made: _Loop = numba.njit(cache=True, nogil=True, _nrt=False)(loop)
    return made


def inlined(loop: _Loop) -> _Loop:
    """Return the same for a loop that is part of others, compiled into each of them."""
    if not IS_COMPILED:
        return loop
    numba: Any = import_module("numba")
    made: _Loop = numba.njit(cache=True, nogil=True, forceinline=True, _nrt=False)(loop)
    return made
