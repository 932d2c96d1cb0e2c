"""The report as one file of HTML that needs neither a network nor a script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from utm.errors import ExtraMissingError
from utm.programme.formed_edition import FormedEdition
from utm.report.certificate_page import lay_out_certificate
from utm.report.city_pages import lay_out_cities
from utm.report.comparison import compare_groupings
from utm.report.display_text import shortened
from utm.report.group_pages import lay_out_groups
from utm.report.sources import credit_lines, list_sources
from utm.report.summary import names_in, render_summary
from utm.report.wording import MEANING_OF_WORTH
from utm.report.world_map import draw_world_map

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_report"]

_LONGEST_PROSE = 600


def render_report(edition: FormedEdition) -> str:
    """Render an edition as one self-contained HTML file.

    The file loads nothing: style, map and text are all in it, and its Content Security
    Policy forbids everything else. It has no script. Every text of others is escaped,
    stripped of invisible characters and shortened where it floods the page.

    Parameters
    ----------
    edition
        The edition.

    Returns
    -------
    str
        The file, to be written as UTF-8; the same edition gives the same text.

    Raises
    ------
    ExtraMissingError
        The extra ``report`` is not installed.
    """
    names = names_in(edition)
    template = _environment().get_template("report.html")
    return template.render(
        summary=render_summary(edition),
        map=draw_world_map(edition, names),
        chapters=lay_out_groups(edition, names),
        unplaced=tuple(
            (names.short(one.application.applicant.name), names.sentence(one.reason))
            for one in edition.unplaced
        ),
        outcomes=lay_out_cities(edition, names),
        comparison=compare_groupings(edition, names),
        reconciliation=()
        if edition.reconciliation is None
        else tuple(names.sentence(text) for text in edition.reconciliation.sentences),
        certificate=lay_out_certificate(edition, names),
        sources=list_sources(edition, names),
        attributions=credit_lines(),
        unit=MEANING_OF_WORTH,
        longest_prose=_LONGEST_PROSE,
    )


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(feature="reports", extra="report") from error
    environment = Environment(
        loader=PackageLoader("utm.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shortened"] = shortened
    return environment
