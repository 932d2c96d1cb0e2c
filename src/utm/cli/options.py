"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from utm.errors import InvalidValueError

if TYPE_CHECKING:
    from pendulum import Date

    from utm.rules import Rulebook

__all__ = ["DayType", "RulebookType", "day_option"]

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])


class DayType(click.ParamType["Date"]):
    """A day written as ``YYYY-MM-DD``."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Date:
        """Read the day, or fail as a usage error."""
        from utm.domain.dates import civil_date  # noqa: PLC0415 - keeps --help quick

        try:
            return civil_date(str(value))
        except InvalidValueError as error:
            self.fail(f"{value!r} {error.reason}", param, ctx)


class RulebookType(click.ParamType["Rulebook"]):
    """The id of a rulebook that ships with the library."""

    name = "rulebook"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Rulebook:
        """Find the rulebook, or fail as a usage error that names those that exist."""
        from utm.rules.library import find_rulebook  # noqa: PLC0415 - keeps --help quick

        try:
            return find_rulebook(str(value))
        except InvalidValueError as error:
            self.fail(f"{value!r} {error.reason}", param, ctx)


def day_option(*names: str, help: str) -> Callable[[FunctionT], FunctionT]:  # noqa: A002 - click's word
    """Make an option that takes a day."""
    return click.option(*names, type=DayType(), help=help)
