"""One thing in an edition that needs a person."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Attention"]


@frozen(kw_only=True)
class Attention:
    """One thing that needs a person.

    Parameters
    ----------
    title
        What it is, in a few words.
    sentence
        What is the matter, and with how many.
    subjects
        Whom it concerns: names, group numbers or details, in order.
    """

    title: str
    sentence: str
    subjects: tuple[str, ...]
