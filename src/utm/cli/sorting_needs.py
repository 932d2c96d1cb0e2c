"""Which needs a person has put together by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from utm.domain import ResearchNeedId
from utm.errors import InputProblem
from utm.interchange import JsonValue, Limits
from utm.interchange.json_text import json_path, read_json
from utm.interchange.problems import Problems
from utm.interchange.text_encoding import read_text

__all__ = ["read_names"]

_LIMITS = Limits()


def read_names(path: Path, *, known: set[ResearchNeedId]) -> dict[ResearchNeedId, str]:
    """Read the group of each need from an object of names with the keys of their needs.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths: a key of no need, or one that stands twice.
    """
    problems = Problems(path.name, _LIMITS)
    text = read_text(path, limits=_LIMITS).removeprefix("\ufeff")
    document = read_json(text, problems=problems, limits=_LIMITS)
    problems.raise_if_any()
    names: dict[ResearchNeedId, str] = {}
    keys = {need.value: need for need in known}
    groups: Mapping[str, JsonValue] = {}
    if isinstance(document, Mapping):
        groups = document
    else:
        _tell(problems, "$", "is not an object", 'Write {"name": ["key of a need", …], …}.')
    for name, listed in groups.items():
        here = json_path("$", name)
        if not name.strip():
            _tell(problems, here, "is no name", "Name the group.")
        if isinstance(listed, str) or not isinstance(listed, Sequence):
            _tell(problems, here, "is not an array", "Write the keys of its needs in brackets.")
            continue
        for at, key in enumerate(listed):
            need = keys.get(key) if isinstance(key, str) else None
            if need is None:
                _tell(problems, f"{here}[{at}]", "is no need of the list", "Delete it.", key)
            elif need in names:
                _tell(problems, f"{here}[{at}]", "stands in two groups", "Keep one.", key)
            else:
                names[need] = name
    problems.raise_if_any()
    return names


def _tell(problems: Problems, path: str, reason: str, remedy: str, read: JsonValue = None) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, reason=reason, remedy=remedy, read=read)
    )
