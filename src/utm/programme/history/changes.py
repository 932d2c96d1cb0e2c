"""A digest of what changed since a day, for whom, as Markdown and as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = ["Change", "Digest", "Recorded", "digest"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!<>|~])")
_SPACES = re.compile(r"\s+")


@frozen(kw_only=True)
class Change:
    """One thing that happened, ready to be told.

    Parameters
    ----------
    subject
        Whose life it belongs to, e.g. ``"City2City 2026"``.
    on
        The day.
    number
        The place in the history of that life.
    sentence
        What happened.
    concerns
        Keys of those whom it concerns.
    by
        Who asked for it.
    why
        Why.
    """

    subject: str
    on: Date
    number: int
    sentence: str
    concerns: tuple[str, ...]
    by: str
    why: str


class Recorded(Protocol):
    """Whatever can tell what changed; every history can."""

    def changes(self, *, since: Date, until: Date | None = None) -> tuple[Change, ...]:
        """What happened after one day and up to the end of another."""
        ...


@frozen(kw_only=True)
class Digest:
    """What changed after one day and up to the end of another.

    Parameters
    ----------
    since
        The day whose end is the beginning.
    until
        The last day that is told of; ``None`` tells all.
    changes
        By day, then by subject and number.
    """

    since: Date
    until: Date | None
    changes: tuple[Change, ...]

    def for_whom(self, *keys: str) -> Digest:
        """Keep what concerns any of some keys: a city, its group, a person, a partner."""
        kept = tuple(change for change in self.changes if set(keys) & set(change.concerns))
        return Digest(since=self.since, until=self.until, changes=kept)

    @property
    def concerned(self) -> tuple[str, ...]:
        """Everybody whom something concerns, in order."""
        return tuple(sorted({key for change in self.changes for key in change.concerns}))

    @property
    def title(self) -> str:
        """The span in words."""
        until = f" up to {self.until}" if self.until is not None else ""
        return f"What changed after {self.since}{until}"

    @property
    def markdown(self) -> str:
        """The digest as Markdown; text of others is escaped and stays on its line."""
        lines = [f"# {self.title}", ""]
        if not self.changes:
            lines += ["Nothing changed.", ""]
        for day, changes in groupby(self.changes, key=lambda change: change.on):
            lines += [f"## {day}", ""]
            lines += [
                f"- **{_markdown(one.subject)}**: {_markdown(one.sentence)}"
                f" *{_markdown(one.by)}: {_markdown(one.why)}*"
                for one in changes
            ]
            lines.append("")
        return "\n".join(lines)

    @property
    def html(self) -> str:
        """The digest as a fragment of HTML; all text of others is escaped."""
        parts = [f"<h1>{html.escape(self.title)}</h1>"]
        if not self.changes:
            parts.append("<p>Nothing changed.</p>")
        for day, changes in groupby(self.changes, key=lambda change: change.on):
            parts += [f"<h2>{day}</h2>", "<ul>"]
            parts += [
                f"<li><strong>{_html(one.subject)}</strong>: {_html(one.sentence)}"
                f" <em>{_html(one.by)}: {_html(one.why)}</em></li>"
                for one in changes
            ]
            parts.append("</ul>")
        return "\n".join([*parts, ""])


def digest(histories: Iterable[Recorded], *, since: Date, until: Date | None = None) -> Digest:
    """Gather what changed in several histories after a day.

    Parameters
    ----------
    histories
        In any order; the order leaves no trace.
    since
        What happened on this day or before is left out.
    until
        Last day that is told of; ``None`` for everything recorded.

    Raises
    ------
    InvalidValueError
        The last day lies before the day after which it is told.

    Notes
    -----
    What stands in two of the histories, such as a file and an older copy of it, is told once.
    """
    require_date(since, kind="day of a digest")
    if until is not None:
        require_date(until, kind="last day of a digest")
        if until < since:
            raise InvalidValueError(
                kind="last day of a digest", value=str(until), reason=f"lies before {since}"
            )
    gathered = dict.fromkeys(
        change for history in histories for change in history.changes(since=since, until=until)
    )
    # A stable sort keeps the events of one entry in the order in which they happened.
    ordered = sorted(gathered, key=lambda change: (change.on, change.subject, change.number))
    return Digest(since=since, until=until, changes=tuple(ordered))


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _SPACES.sub(" ", text).strip())


def _html(text: str) -> str:
    return html.escape(_SPACES.sub(" ", text).strip())
