"""Answers in files: a grouping by its ids, with the prices that bound it, if there are any.

    {"format": "utm.pairing-answer", "version": 1, "instance": "standard-n53-s1",
     "by": "who or what", "groups": [{"theme": "theme-1", "members": ["p00000", "p00007"]}],
     "prices": [12, 0, ...], "capacity_prices": {"theme theme-1": 3}}

Small enough to be kept beside the instance's name, and easy to write from any language. Prices
are whole millionths in the order of the ids.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from utm.domain import ThemeId
from utm.pairing import ProposedGroup, Result

FORMAT, VERSION = "utm.pairing-answer", 1


class AnswerError(ValueError):
    """A file that is no answer; the text lists all that is wrong with it."""


@frozen(kw_only=True)
class Answer:
    """Groups, and prices that prove a bound where there are any."""

    instance: str | None
    by: str
    groups: tuple[ProposedGroup, ...]
    prices: tuple[int, ...] = ()
    capacity_prices: Mapping[str, int] = field(factory=dict)
    claimed_bound: int | None = None

    @classmethod
    def of_result(cls, result: Result, instance: str | None, by: str) -> "Answer":
        return cls(
            instance=instance,
            by=by,
            groups=tuple(
                ProposedGroup(members=group.members, theme=group.theme) for group in result.groups
            ),
            prices=tuple(entry.price for entry in result.prices),
            capacity_prices={one.capacity: one.price for one in result.capacity_prices},
            claimed_bound=result.bound,
        )

    def text(self) -> str:
        """One line for each group, so that two versions can be compared."""
        lines = [
            json.dumps({"theme": None if g.theme is None else g.theme.value, "members": g.members})
            for g in self.groups
        ]
        parts = {
            "format": json.dumps(FORMAT),
            "version": json.dumps(VERSION),
            "instance": json.dumps(self.instance),
            "by": json.dumps(self.by),
            "groups": "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else "[]",
            "prices": json.dumps(self.prices),
            "capacity_prices": json.dumps(dict(sorted(self.capacity_prices.items()))),
        }
        if self.claimed_bound is not None:
            parts["bound"] = str(self.claimed_bound)
        return "{\n " + ",\n ".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def read_answer(path: Path) -> Answer:
    """Read an answer, or a result of the library.

    Raises
    ------
    AnswerError
        With everything that is wrong with the form of the file.
    InvalidInputError
        The file is a result of the library with problems.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise AnswerError(f"{path.name} is no JSON file: {error}") from error
    if not isinstance(document, dict):
        raise AnswerError(f"{path.name}: $ is not an object")
    if document.get("format") == "utm.pairing-result":
        return Answer.of_result(Result.from_json(text), None, path.name)
    faults = list(faults_of(document))
    if faults:
        raise AnswerError(f"{path.name}:\n" + "\n".join(f"- {fault}" for fault in faults))
    return Answer(
        instance=document.get("instance"),
        by=document.get("by", path.name),
        groups=tuple(
            ProposedGroup(
                members=tuple(group["members"]),
                theme=ThemeId(group["theme"]) if group.get("theme") else None,
            )
            for group in document["groups"]
        ),
        prices=tuple(document.get("prices", ())),
        capacity_prices=document.get("capacity_prices", {}),
        claimed_bound=document.get("bound"),
    )


def faults_of(document: dict) -> list[str]:
    """Everything that is wrong with the form of an answer, each with its path."""
    faults = []
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        faults.append(f"$.format is not {FORMAT!r} with version {VERSION}")
    if not isinstance(document.get("instance", ""), str | None):
        faults.append("$.instance is not the name of an instance")
    if not isinstance(document.get("by", ""), str):
        faults.append("$.by is not text")
    if type(document.get("bound", 0)) is not int:
        faults.append("$.bound is not a whole number of millionths")
    prices = document.get("prices", [])
    if not isinstance(prices, list) or any(type(price) is not int for price in prices):
        faults.append("$.prices are not whole millionths")
    tolls = document.get("capacity_prices", {})
    if not isinstance(tolls, dict) or any(type(toll) is not int for toll in tolls.values()):
        faults.append("$.capacity_prices are not whole millionths by name")
    return faults + faults_of_groups(document.get("groups"))


def faults_of_groups(groups: object) -> list[str]:
    if not isinstance(groups, list):
        return ["$.groups is not a list"]
    faults = []
    for index, group in enumerate(groups):
        members = group.get("members") if isinstance(group, dict) else None
        if not isinstance(members, list) or any(not isinstance(name, str) for name in members):
            faults.append(f"$.groups[{index}].members is not a list of ids")
        elif not is_theme(group.get("theme")):
            faults.append(f"$.groups[{index}].theme is not the key of a theme")
    return faults


def is_theme(text: object) -> bool:
    if text is None:
        return True
    try:
        return isinstance(text, str) and bool(ThemeId(text))
    except ValueError:
        return False
