"""Every deliberate exception of the library.

An outcome (ineligible, infeasible, nothing fits) is a value and never raised.
What is raised is misuse or bad input; its facts are attributes and its text is
made from them.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "CommandRefusedError",
    "ExtraMissingError",
    "InputProblem",
    "InvalidInputError",
    "InvalidValueError",
    "UndecidedError",
    "UtmError",
]

_EXCERPT_LENGTH = 80


class UtmError(Exception):
    """Root of all exceptions that this library raises on purpose."""


class InvalidValueError(UtmError, ValueError):
    """A value that its type does not admit.

    Parameters
    ----------
    kind
        What the value was meant to be, e.g. ``"city id"``.
    value
        The value as received.
    reason
        Why it is refused, as a clause: ``"must not be empty"``.
    """

    def __init__(self, *, kind: str, value: object, reason: str) -> None:
        self.kind = kind
        self.value = value
        self.reason = reason
        super().__init__(kind, value, reason)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revive_invalid_value, (self.kind, self.value, self.reason))

    def __str__(self) -> str:
        return f"{self.kind}: {excerpt(self.value)} {self.reason}"


class InputProblem:
    """One problem of an input: where it stands, what was read, how to mend it.

    Parameters
    ----------
    source
        Name of the file or document.
    row
        Row as a spreadsheet shows it (the header is row 1), or ``None``.
    column
        Header of the column, or ``None``.
    path
        JSON path such as ``$.applications[3].name``, or ``None``.
    read
        The offending text, shortened to 80 characters.
    reason
        What is wrong, as a clause.
    remedy
        What to write instead, as a sentence.
    """

    __slots__ = ("column", "path", "read", "reason", "remedy", "row", "source")

    def __init__(
        self,
        *,
        source: str,
        reason: str,
        remedy: str,
        row: int | None = None,
        column: str | None = None,
        path: str | None = None,
        read: object = None,
    ) -> None:
        self.source = source
        self.row = row
        self.column = column
        self.path = path
        self.read = None if read is None else excerpt(read)
        self.reason = reason
        self.remedy = remedy

    @property
    def place(self) -> str:
        """The place in words, e.g. ``row 7, column 'country'`` or ``$.name``."""
        parts = [] if self.row is None else [f"row {self.row}"]
        if self.column is not None:
            parts.append(f"column '{self.column}'")
        if self.path is not None:
            parts.append(self.path)
        return ", ".join(parts) or "the whole file"

    def __str__(self) -> str:
        read = "" if self.read is None else f" (read {self.read})"
        return f"{self.source}: {self.place}: {self.reason}{read}. {self.remedy}"

    def __repr__(self) -> str:
        return f"InputProblem({str(self)!r})"

    def _key(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InputProblem) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


class InvalidInputError(UtmError, ValueError):
    """An input with one or more problems, all of them listed.

    Parameters
    ----------
    problems
        At least one problem, in the order in which a reader meets them.
    """

    def __init__(self, problems: tuple[InputProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'} in the input"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


class UnresolvedNameError(UtmError, LookupError):
    """A name that fits nothing, or more than one thing.

    Parameters
    ----------
    kind
        What was looked for, e.g. ``"city"``.
    value
        The name as received.
    candidates
        What the name fits, or what comes nearest to it; each can be asked for instead.
    fits
        Whether the name fits every candidate; otherwise it fits nothing.
    """

    def __init__(self, *, kind: str, value: str, candidates: tuple[str, ...], fits: bool) -> None:
        self.kind = kind
        self.value = value
        self.candidates = candidates
        self.fits = fits
        super().__init__(kind, value, candidates, fits)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revive_unresolved_name, (self.kind, self.value, self.candidates, self.fits))

    def __str__(self) -> str:
        head = f"{self.kind}: {excerpt(self.value)}"
        if self.fits:
            return f"{head} fits {len(self.candidates)}: {'; '.join(self.candidates)}"
        if not self.candidates:
            return f"{head} is not known"
        return f"{head} is not known; nearest to it: {'; '.join(self.candidates)}"


class ExtraMissingError(UtmError, ImportError):
    """A feature was asked for whose optional dependency is not installed.

    Parameters
    ----------
    feature
        What was asked for, e.g. ``"calendar files"``.
    extra
        The extra that brings it, e.g. ``"ical"``.
    """

    def __init__(self, *, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(feature, extra)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revive_extra_missing, (self.feature, self.extra))

    def __str__(self) -> str:
        return (
            f"{self.feature} need an optional part of the library: "
            f"install 'urban-transitions-mission[{self.extra}]'"
        )


class CommandRefusedError(UtmError):
    """A command was refused where the caller relies on its being granted.

    Parameters
    ----------
    place
        The command in words; empty if it is not known.
    reason
        Why it was refused, as a clause about this very case.
    rule
        Key of the rule that it would have broken.
    text
        The rule in words.
    """

    def __init__(self, *, place: str, reason: str, rule: str, text: str) -> None:
        self.place = place
        self.reason = reason
        self.rule = rule
        self.text = text
        super().__init__(place, reason, rule, text)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revive_refused, (self.place, self.reason, self.rule, self.text))

    def __str__(self) -> str:
        what = f"{self.place}: " if self.place else ""
        return f"{what}refused, since {self.reason} (rule {self.rule}: {self.text})"


class UndecidedError(UtmError, TypeError):
    """A three-valued answer was used as if it were true or false.

    Parameters
    ----------
    value
        The answer that was asked to be one of two.
    """

    def __init__(self, *, value: object) -> None:
        self.value = value
        super().__init__(value)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revive_undecided, (self.value,))

    def __str__(self) -> str:
        return (
            f"{self.value} is one of three answers and has no truth value: "
            "compare with 'is', or combine with '&', '|' and '~'"
        )


def excerpt(value: object) -> str:
    """Quote a value for an error text, on one line and shortened to 80 characters."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        text = f"too large a value of {type(value).__name__}"
    if len(text) <= _EXCERPT_LENGTH:
        return text
    return f"{text[: _EXCERPT_LENGTH - 2]}…{text[-1]}"


def _revive_invalid_value(kind: str, value: object, reason: str) -> InvalidValueError:
    return InvalidValueError(kind=kind, value=value, reason=reason)


def _revive_refused(place: str, reason: str, rule: str, text: str) -> CommandRefusedError:
    return CommandRefusedError(place=place, reason=reason, rule=rule, text=text)


def _revive_undecided(value: object) -> UndecidedError:
    return UndecidedError(value=value)


def _revive_extra_missing(feature: str, extra: str) -> ExtraMissingError:
    return ExtraMissingError(feature=feature, extra=extra)


def _revive_unresolved_name(
    kind: str,
    value: str,
    candidates: tuple[str, ...],
    fits: bool,  # noqa: FBT001 - for pickle
) -> UnresolvedNameError:
    return UnresolvedNameError(kind=kind, value=value, candidates=candidates, fits=fits)
