"""What a column of an applicants' file is."""

from __future__ import annotations

import re
from enum import Enum

from attrs import field, frozen

from utm.domain import fold_name
from utm.interchange.cells import Cell

__all__ = ["DAY", "ApplicantColumn", "Scope", "choice_of", "header_key"]

DAY = "a day as YYYY-MM-DD"


class Scope(Enum):
    """What a column speaks of."""

    CITY = "the city of the row"
    APPLICATION = "the whole application; for a consortium in one of its rows, or alike in several"


@frozen(kw_only=True)
class ApplicantColumn:
    """One column of an applicants' file, and the key of the same name in JSON.

    Parameters
    ----------
    name
        Its header.
    meaning
        What it tells, as a sentence.
    values
        What may stand in it, as the end of "Write …".
    example
        A valid cell; empty where the template leaves it empty.
    cell
        How it is read and written.
    required
        Whether it must stand in every row. All others may be empty: unknown.
    scope
        Whether it tells of the city or of the whole application.
    synonyms
        Other headers that are understood.
    """

    name: str
    meaning: str
    values: str
    example: str
    cell: Cell = field(repr=False, eq=False)
    required: bool = False
    scope: Scope = Scope.CITY
    synonyms: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Its header and synonyms, reduced to what tolerant reading compares."""
        return frozenset(header_key(text) for text in (self.name, *self.synonyms))

    @property
    def remedy(self) -> str:
        """What to write, as a sentence."""
        tail = "" if self.required else ", or leave it empty if it is not known"
        return f"Write {self.values}{tail}."

    @property
    def json_remedy(self) -> str:
        """What to write in JSON, as a sentence."""
        tail = "" if self.required else ", or leave it out if it is not known"
        return f"Write {self.cell.json_values}{tail}."


def header_key(text: str) -> str:
    """Reduce a header to letters and digits: ``"Population year"`` is ``population_year``."""
    return re.sub(r"\s", "", fold_name(text))


def choice_of(kind: type[Enum]) -> str:
    """The words of an enumeration as a phrase: ``individual or joint``."""
    words = [str(member.value) for member in kind]
    return f"{', '.join(words[:-1])} or {words[-1]}"
