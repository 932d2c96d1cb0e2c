"""Everything that was read: each source once, with where it is."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from utm.domain import Application, Source
from utm.programme.formed_edition import FormedEdition
from utm.reference import attribution
from utm.report.attention import criteria_of
from utm.report.display_text import NameBook, plain
from utm.report.wording import day_in_words

__all__ = ["SourceLine", "credit_lines", "list_sources"]

_LONGEST_LINK = 2_000


@frozen(kw_only=True)
class SourceLine:
    """A source.

    Parameters
    ----------
    title
        What it is called.
    issuer
        Who published it.
    dates
        When it was published and read, in words.
    locator
        Where it is, in words.
    link
        The same as an address that may be followed; empty unless it begins with https.
    """

    title: str
    issuer: str
    dates: str
    locator: str
    link: str


def credit_lines() -> tuple[str, ...]:
    """Say whom the report owes its data, one sentence or two for each holder."""
    lines = attribution().splitlines()
    credit: list[str] = []
    for line in lines:
        if credit and not credit[-1].endswith("."):
            credit[-1] = f"{credit[-1]} {line}"
        else:
            credit.append(line)
    return tuple(credit)


def list_sources(edition: FormedEdition, names: NameBook) -> tuple[SourceLine, ...]:
    """List every source that a fact, a criterion or a decision of the edition rests on.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.

    Returns
    -------
    tuple of SourceLine
        By title, each once.
    """
    found = set(_sources(edition))
    lines = dict.fromkeys(_line(source, names) for source in sorted(found, key=_order))
    return tuple(lines)


def _order(source: Source) -> tuple[str, str, str, str, str]:
    return (
        source.title,
        source.issuer,
        source.locator,
        str(source.published_on or ""),
        str(source.retrieved_on or ""),
    )


def _sources(edition: FormedEdition) -> Iterator[Source]:
    for one in edition.screening:
        yield from _sources_of(one.application)
        for finding in criteria_of(one.decision.finding):
            if finding.rule.source is not None:
                yield finding.rule.source
            for piece in finding.evidence:
                yield piece.source
    if edition.reconciliation is not None:
        for comparison in edition.reconciliation.comparisons:
            yield comparison.announced.source


def _sources_of(application: Application) -> Iterator[Source]:
    for city in application.cities:
        for figure in city.populations:
            yield figure.source
        for membership in city.memberships:
            yield membership.source
    for plan in application.plans:
        yield plan.source
    for commitment in application.commitments:
        yield commitment.source
    if application.authority_decision is not None:
        yield application.authority_decision.source


def _line(source: Source, names: NameBook) -> SourceLine:
    dates = (
        ("published", source.published_on),
        ("read", source.retrieved_on),
    )
    locator = plain(source.locator).strip()
    is_link = locator.startswith("https://") and " " not in locator
    return SourceLine(
        title=names.sentence(source.title),
        issuer=names.sentence(source.issuer),
        dates=", ".join(f"{verb} {day_in_words(day)}" for verb, day in dates if day is not None),
        locator=locator,
        link=locator if is_link and len(locator) <= _LONGEST_LINK else "",
    )
