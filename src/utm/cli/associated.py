"""Countries associated to a programme, whose actions register A holds as it does the Union's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from utm.cli.options import DayType
from utm.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utm.domain import CountryGroup, GroupMember

__all__ = ["associated_option", "providers_of"]

_BEGINNING = "2000-01-01"
_TOGETHER = "the European Union or associated"


class AssociatedType(click.ParamType["GroupMember"]):
    """A country by its code, with its first and last day where they matter.

    Without days it is associated at any time since it left the Union, if it ever belonged.
    """

    name = "country"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> GroupMember:
        """Read the country, or fail as a usage error."""
        from utm.domain import (  # noqa: PLC0415 - heavy
            EUROPEAN_UNION,
            CountryCode,
            GroupMember,
            Period,
        )

        code, _, days = str(value).partition("=")
        first, _, last = days.partition("..")
        try:
            country = CountryCode(code.strip().upper())
        except InvalidValueError as error:
            self.fail(str(error), param, ctx)
        left = [m.period.end for m in EUROPEAN_UNION.members if m.country == country]
        start = DayType().convert(
            first or str(max(filter(None, left), default=_BEGINNING)), param, ctx
        )
        end = DayType().convert(last, param, ctx).add(days=1) if last else None
        if end is not None and end <= start:
            self.fail(f"{value!r} ends before it begins", param, ctx)
        return GroupMember(country=country, period=Period(start=start, end=end))


def associated_option(function: Callable[..., object]) -> Callable[..., object]:
    """Add an option for countries whose actions register A holds beside those of the Union."""
    return click.option(
        "--associated",
        type=AssociatedType(),
        multiple=True,
        metavar="COUNTRY",
        help=(
            "Country associated to the programme, whose actions register A holds too: NO, or "
            "GB=2024-01-01 from its first day, or CH=2014-09-15..2016-12-31."
        ),
    )(function)


def providers_of(associated: Sequence[GroupMember]) -> CountryGroup:
    """The member states, and the associated countries that were named.

    Raises
    ------
    click.UsageError
        One belongs already on some of its days.
    """
    from utm.domain import EUROPEAN_UNION  # noqa: PLC0415 - heavy

    try:
        if not associated:
            return EUROPEAN_UNION
        return EUROPEAN_UNION.joined_by(associated, called=_TOGETHER)
    except InvalidValueError as error:
        raise click.UsageError(
            f"--associated: {error.value} is a member state, or named twice, on some of its days"
        ) from error
