"""Numbers of rules that differ by date, programme and country, each value cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from typing import TypeGuard

from attrs import AttrsInstance, evolve, field, fields, frozen, has
from pendulum import Date

from utm.domain.dates import Period
from utm.domain.evidence import Source
from utm.domain.kinds import require_kinds
from utm.domain.places import CountryCode
from utm.errors import InvalidValueError
from utm.rules.bounds import gather_rules
from utm.rules.case import Case, Rule
from utm.rules.finding import VersionStamp

__all__ = [
    "Number",
    "Parameter",
    "ParameterValue",
    "describe",
    "number_for",
    "parameters_of",
    "require_numbers",
    "value_at",
    "value_for",
    "values_of",
]

_Scope = tuple[str, str]  # programme and country; an empty text stands for all others
_EVERYWHERE: _Scope = ("", "")


@frozen(kw_only=True)
class ParameterValue:
    """One number, where and when it holds, and where that is written.

    Parameters
    ----------
    value
        The number.
    in_force
        The days on which it holds, half-open.
    source
        Where it is written.
    programmes
        Ids of the rulebooks for which it holds; none means all that are not named elsewhere.
    countries
        Countries of the cities for which it holds; none means all that are not named elsewhere.
    """

    value: int
    in_force: Period
    source: Source
    programmes: tuple[str, ...] = ()
    countries: tuple[CountryCode, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_kinds(self)

    @property
    def where(self) -> str:
        """Where and when it holds, as a clause."""
        under = f"under {', '.join(self.programmes)} " if self.programmes else ""
        countries = ", ".join(country.value for country in self.countries)
        within = f"in {countries} " if self.countries else ""
        when = str(self.in_force)
        if self.in_force.end is not None:
            when = f"from {self.in_force.start} until before {self.in_force.end}"
        return f"{within}{under}{when}"

    @property
    def scopes(self) -> Iterator[tuple[str, str]]:
        """Give every pair of programme and country that it speaks of; empty for all others."""
        countries = [country.value for country in self.countries] or [""]
        return product(self.programmes or ("",), countries)


@frozen(kw_only=True)
class Parameter:
    """A number that differs by date, programme and country.

    For a city, the value that names both its country and the rulebook counts before
    one that names only one of them, and that before the value for everybody else.

    Parameters
    ----------
    values
        All values. Those of one programme and country follow each other without gap or
        overlap, and at least one holds for everybody else.

    Raises
    ------
    InvalidValueError
        Values of one scope leave a gap or overlap, no value holds for everybody else, or
        one names a country, another a programme, and none says which counts for both.
        All such problems are told together.
    """

    values: tuple[ParameterValue, ...]
    _by_scope: dict[_Scope, tuple[ParameterValue, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_scope: dict[_Scope, list[ParameterValue]] = {}
        for value in self.values:
            for scope in value.scopes:
                by_scope.setdefault(scope, []).append(value)
        ordered = {
            scope: tuple(sorted(values, key=lambda one: one.in_force.start))
            for scope, values in sorted(by_scope.items())
        }
        object.__setattr__(self, "_by_scope", ordered)
        problems = [*self._problems_of_scopes(), *self._problems_between_scopes()]
        if problems:
            raise InvalidValueError(
                kind="parameter",
                value=", ".join(str(one.value) for one in self.values),
                reason="; ".join(problems),
            )

    def value_on(
        self, day: Date, *, programme: str = "", country: CountryCode | None = None
    ) -> ParameterValue:
        """Find the value for a day, a rulebook and the country of a city.

        Raises
        ------
        InvalidValueError
            None holds on that day.
        """
        where = "" if country is None else country.value
        for scope in dict.fromkeys(((programme, where), ("", where), (programme, ""), _EVERYWHERE)):
            for value in self._by_scope.get(scope, ()):
                if day in value.in_force:
                    return value
        raise InvalidValueError(
            kind="day", value=str(day), reason="lies outside all values of a parameter"
        )

    def covers(self, period: Period) -> bool:
        """Tell whether some value for everybody else holds on every day of a period."""
        span = _span_of(self._by_scope[_EVERYWHERE])
        return _contains(span, period)

    def values_on(self, day: Date) -> tuple[ParameterValue, ...]:
        """Give every value that holds on a day for somebody."""
        return tuple(value for value in self.values if day in value.in_force)

    @property
    def countries(self) -> tuple[CountryCode, ...]:
        """Every country that some value names, in alphabetical order."""
        named = {country for value in self.values for country in value.countries}
        return tuple(sorted(named, key=lambda country: country.value))

    def fixed_on(self, day: Date, *, programme: str = "") -> Number:
        """Give what is left of it on one day under one rulebook: a number, or one a country.

        Raises
        ------
        InvalidValueError
            No value holds on that day.
        """
        elsewhere = self.value_on(day, programme=programme)
        period = Period(start=day)
        values = [evolve(elsewhere, in_force=period, programmes=(), countries=())]
        for country in self.countries:
            held = self.value_on(day, programme=programme, country=country)
            if held.value != elsewhere.value:
                values.append(evolve(held, in_force=period, programmes=(), countries=(country,)))
        return Parameter(values=tuple(values)) if len(values) > 1 else elsewhere.value

    def __str__(self) -> str:
        return describe(self)

    def _problems_of_scopes(self) -> Iterator[str]:
        if _EVERYWHERE not in self._by_scope:
            yield "must have a value for everybody who is not named elsewhere"
        for scope, values in self._by_scope.items():
            for before, after in pairwise(values):
                end, start = before.in_force.end, after.in_force.start
                if end != start:
                    overlap = end is None or end > start
                    word = "overlap" if overlap else "leave a gap"
                    between = f"between {end or 'no end'} and {start}"
                    yield f"the values {_in_words(scope)} {word} {between}"

    def _problems_between_scopes(self) -> Iterator[str]:
        programmes = [scope for scope in self._by_scope if scope[0] and not scope[1]]
        countries = [scope for scope in self._by_scope if scope[1] and not scope[0]]
        for by_programme, by_country in product(programmes, countries):
            both = (by_programme[0], by_country[1])
            common = _common(
                _span_of(self._by_scope[by_programme]), _span_of(self._by_scope[by_country])
            )
            if common is None:
                continue
            settled = self._by_scope.get(both)
            if settled is None or not _contains(_span_of(settled), common):
                when = _in_words_of_period(common)
                yield f"two values hold {_in_words(both)} {when}: add one that names both"


Number = int | Parameter
"""A number of a rule: the same always, or by date, programme and country."""


def values_of(number: Number) -> tuple[int, ...]:
    """Give every number that may hold, each once, in the order given."""
    if isinstance(number, Parameter):
        return tuple(dict.fromkeys(one.value for one in number.values))
    return (number,)


def parameters_of(rule: Rule) -> tuple[Parameter, ...]:
    """Give every parameter of a rule and of its parts, in the order of the rule."""
    return tuple(
        number
        for each in gather_rules(rule)
        if _is_record(each)
        for number in (getattr(each, one.name) for one in fields(type(each)))
        if isinstance(number, Parameter)
    )


def require_numbers(number: object, *, kind: str, least: int, most: int | None = None) -> None:
    """Refuse a number of a rule that is no whole number within bounds, in any of its values."""
    numbers = values_of(number) if isinstance(number, Parameter) else (number,)
    bad = [one for one in numbers if not _is_within(one, least, most)]
    if not bad:
        return
    reach = f"from {least} up" if most is None else f"from {least} to {most}"
    value = bad[0] if len(bad) == 1 else tuple(bad)
    raise InvalidValueError(kind=kind, value=value, reason=f"must be a whole number {reach}")


def value_for(parameter: Parameter, case: Case) -> ParameterValue:
    """Find the value that holds for the city of a case.

    The day is the one that chose the version: that of the submission, else that of the
    judgement. If the version is not in force on it, the nearest day on which it is counts.
    """
    (city,) = case.cities
    day = case.application.submitted_on or case.day
    return value_at(parameter, day, case.version, city.country)


def value_at(
    parameter: Parameter, day: Date, version: VersionStamp, country: CountryCode
) -> ParameterValue:
    """Find the value for a country on the day that chose a version; else as `value_for`."""
    period = version.in_force
    if day < period.start:
        day = period.start
    elif period.end is not None and day >= period.end:
        day = period.end.subtract(days=1)
    return parameter.value_on(day, programme=version.rulebook, country=country)


def number_for(number: Number, case: Case) -> int:
    """Find the number that holds for the city of a case."""
    return value_for(number, case).value if isinstance(number, Parameter) else number


def describe(number: Number, unit: str = "") -> str:
    """Say a number in words; of a parameter every value, with where and when it holds."""
    if not isinstance(number, Parameter):
        return f"{number:,}{unit}"
    told = [f"{one.value:,}{unit} {one.where}" for one in number.values]
    return "; ".join(told)


def _is_record(rule: object) -> TypeGuard[AttrsInstance]:
    return has(type(rule))


def _is_within(number: object, least: int, most: int | None) -> bool:
    return type(number) is int and least <= number and (most is None or number <= most)


def _span_of(values: Iterable[ParameterValue]) -> Period:
    """Give the days from the first to the last of values in order."""
    first, *rest = values
    last = rest[-1] if rest else first
    if last.in_force.end is not None and last.in_force.end <= first.in_force.start:
        return first.in_force  # they overlap, and that is told already
    return Period(start=first.in_force.start, end=last.in_force.end)


def _contains(outer: Period, inner: Period) -> bool:
    if inner.start < outer.start:
        return False
    return outer.end is None or (inner.end is not None and inner.end <= outer.end)


def _common(first: Period, second: Period) -> Period | None:
    if not first.overlaps(second):
        return None
    ends = [end for end in (first.end, second.end) if end is not None]
    return Period(start=max(first.start, second.start), end=min(ends, default=None))


def _in_words(scope: _Scope) -> str:
    programme, country = scope
    if scope == _EVERYWHERE:
        return "for everybody else"
    return " ".join(
        [*([f"in {country}"] if country else []), *([f"under {programme}"] if programme else [])]
    )


def _in_words_of_period(period: Period) -> str:
    until = "" if period.end is None else f" until before {period.end}"
    return f"from {period.start}{until}"
