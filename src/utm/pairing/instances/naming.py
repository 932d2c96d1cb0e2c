"""Names and fingerprints of generated problems, so that two people mean the same one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Self, cast

from attrs import frozen

from utm.errors import InvalidValueError
from utm.pairing.instances.families import find_family
from utm.pairing.instances.generating import generate
from utm.pairing.participant import Participant
from utm.pairing.problem import Problem

__all__ = ["InstanceName", "fingerprint"]

_GRAMMAR = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)-n(0|[1-9]\d{0,8})-s(0|[1-9]\d{0,18})")


@frozen(kw_only=True, order=True)
class InstanceName:
    """The name of a generated problem: ``FAMILY-nPARTICIPANTS-sSEED``.

    Parameters
    ----------
    family
        Name of one of `FAMILIES`.
    participants
        How many take part.
    seed
        Not negative.

    Raises
    ------
    InvalidValueError
        There is no such family, or a number is negative or too large.
    """

    family: str
    participants: int
    seed: int

    def __attrs_post_init__(self) -> None:
        find_family(self.family)
        if not _GRAMMAR.fullmatch(str(self)):
            raise InvalidValueError(
                kind="name of an instance", value=str(self), reason="has a number out of range"
            )

    def __str__(self) -> str:
        return f"{self.family}-n{self.participants}-s{self.seed}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name such as ``standard-n300-s1``.

        Raises
        ------
        InvalidValueError
            The text is no such name.
        """
        found = _GRAMMAR.fullmatch(text)
        if not found:
            raise InvalidValueError(
                kind="name of an instance", value=text, reason="is not like 'standard-n300-s1'"
            )
        return cls(family=found[1], participants=int(found[2]), seed=int(found[3]))

    def problem(self) -> Problem:
        """Generate the problem of this name; the same on every machine."""
        return generate(
            participants=self.participants, seed=self.seed, family=find_family(self.family)
        )


def fingerprint(problem: Problem) -> str:
    """Return what tells a problem from every other: 64 hexadecimal digits.

    Notes
    -----
    SHA-256 of the problem's JSON document, with keys sorted, no blanks, ASCII only, and
    without members that have their default. So it does not change when the
    format gains a member that this problem does not use.
    """
    document = json.loads(problem.to_json())
    plain = json.loads(Problem(participants=(_SOMEBODY,)).to_json())
    somebody = plain["participants"][0]
    document["participants"] = [_unlike(somebody, one) for one in document["participants"]]
    document["policy"] = _unlike(plain["policy"], document["policy"])
    text = json.dumps(
        _unlike(plain, document), sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()


_Record = Mapping[str, object]
_SOMEBODY = Participant(id="-", country="FI")
_ALWAYS = {"format", "version", "id", "country", "participants", "policy"}


def _unlike(default: _Record, document: _Record) -> dict[str, object]:
    """Leave out what is as by default, in records within records as well."""
    kept: dict[str, object] = {}
    for name, value in document.items():
        usual = default.get(name)
        if isinstance(value, dict) and isinstance(usual, dict) and name not in _ALWAYS:
            inner = _unlike(cast("_Record", usual), cast("_Record", value))
            if inner:
                kept[name] = inner
        elif name in _ALWAYS or name not in default or value != usual:
            kept[name] = value
    return kept
