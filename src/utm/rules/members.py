"""Rules about the towns of a consortium; a single city counts as its one member."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from utm.domain.evidence import Source, UnknownReason
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule
from utm.rules.combinators import Composable
from utm.rules.conclusion import conclude
from utm.rules.evidence import MissingEvidence
from utm.rules.finding import Finding
from utm.rules.inhabitants import InhabitantSpan
from utm.rules.parameter import Number, describe, number_for, require_numbers
from utm.rules.population import read_inhabitants
from utm.rules.verdict import Verdict, all_of, any_of, at_least

__all__ = ["Exists", "ForAll", "ForAtLeast", "ShareOfInhabitants"]


@frozen(kw_only=True)
class ForAll(Composable):
    """Every town must meet a rule.

    Parameters
    ----------
    rule
        What each must meet.
    id, title, source
        Key, name in words, and where it is written.
    """

    rule: Rule
    id: str = ""
    title: str = ""
    source: Source | None = None

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or f"for every town: {self.rule.requirement}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask the rule of every town."""
        return _of_every_town(self.rule, case)

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if every town meets it."""
        return all_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class Exists(Composable):
    """Some town must meet a rule. Parameters as for `ForAll`."""

    rule: Rule
    id: str = ""
    title: str = ""
    source: Source | None = None

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or f"for some town: {self.rule.requirement}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask the rule of every town."""
        return _of_every_town(self.rule, case)

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if some town meets it."""
        return any_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class ForAtLeast(Composable):
    """So many towns must meet a rule; ``count`` is from 1 up, the rest as for `ForAll`."""

    count: int
    rule: Rule
    id: str = ""
    title: str = ""
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int or self.count < 1:
            raise InvalidValueError(
                kind="number of towns", value=self.count, reason="must be a whole number from 1 up"
            )

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)

    @property
    def requirement(self) -> str:
        """What is asked."""
        return self.title or f"for at least {self.count} towns: {self.rule.requirement}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask the rule of every town."""
        return _of_every_town(self.rule, case)

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if so many towns meet it."""
        return at_least(self.count, verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        return conclude(self, case)


@frozen(kw_only=True)
class ShareOfInhabitants(Composable):
    """Towns with at least a given share of all inhabitants must meet a rule.

    Where populations or answers are not certain, the answer is definite only if
    the lowest and the highest possible share lie on one side of the limit.

    Parameters
    ----------
    least_percent
        The least share that is enough, in whole percent, 1 to 100; or a `Parameter` of such
        numbers. Where it differs between the countries of the towns, the answer is definite
        only if it is the same under each.
    rule
        What the towns must meet.
    id, title, source
        As for `ForAll`.
    """

    least_percent: Number
    rule: Rule
    id: str = ""
    title: str = ""
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_numbers(
            self.least_percent, kind="share of inhabitants in percent", least=1, most=100
        )

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)

    @property
    def requirement(self) -> str:
        """What is asked."""
        least = describe(self.least_percent, unit="%")
        share = f"at least {least} of inhabitants live in towns that meet"
        return self.title or f"{share}: {self.rule.requirement}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask the rule of every town."""
        return _of_every_town(self.rule, case)

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:
        """Met if even the lowest possible share is enough, unmet if not even the highest is."""
        spans = [read_inhabitants(case, city) for city in case.cities]
        limits = {number_for(self.least_percent, case.about(city)) for city in case.cities}
        answers = {_compare_share(verdicts, spans, Fraction(limit, 100)) for limit in limits}
        return answers.pop() if len(answers) == 1 else Verdict.UNKNOWN

    def examine(self, case: Case) -> Finding:
        """Answer for one case."""
        finding = conclude(self, case)
        if finding.effective is not Verdict.UNKNOWN:
            return finding
        return evolve(finding, missing=_missing_counts(case))


def _of_every_town(rule: Rule, case: Case) -> tuple[tuple[Rule, Case], ...]:
    return tuple([(rule, case.about(city)) for city in case.cities])


def _compare_share(
    verdicts: tuple[Verdict, ...], spans: list[InhabitantSpan], least: Fraction
) -> Verdict:
    if all(verdict is Verdict.MET for verdict in verdicts):
        return Verdict.MET
    if all(verdict is Verdict.UNMET for verdict in verdicts):
        return Verdict.UNMET
    if _lowest_share(verdicts, spans) >= least:
        return Verdict.MET
    if _highest_share(verdicts, spans) < least:
        return Verdict.UNMET
    return Verdict.UNKNOWN


def _lowest_share(verdicts: tuple[Verdict, ...], spans: list[InhabitantSpan]) -> Fraction:
    """Count the fewest in towns that surely meet the rule, the most in all others."""
    inside = sum(s.fewest for v, s in zip(verdicts, spans, strict=True) if v is Verdict.MET)
    others = [s.most for v, s in zip(verdicts, spans, strict=True) if v is not Verdict.MET]
    bounded = [most for most in others if most is not None]
    if len(bounded) < len(others) or inside == 0:
        return Fraction(0)
    return Fraction(inside, inside + sum(bounded))


def _highest_share(verdicts: tuple[Verdict, ...], spans: list[InhabitantSpan]) -> Fraction:
    """Count the most in towns that may meet the rule, the fewest in all others."""
    outside = sum(s.fewest for v, s in zip(verdicts, spans, strict=True) if v is Verdict.UNMET)
    others = [s.most for v, s in zip(verdicts, spans, strict=True) if v is not Verdict.UNMET]
    bounded = [most for most in others if most is not None]
    if len(bounded) < len(others) or outside == 0:
        return Fraction(1)
    return Fraction(sum(bounded), sum(bounded) + outside)


def _missing_counts(case: Case) -> tuple[MissingEvidence, ...]:
    spans = [read_inhabitants(case, city) for city in case.cities]
    return tuple(
        case.about(city).lacks(
            "number of inhabitants",
            UnknownReason.NOT_VERIFIED if city.populations else UnknownReason.NOT_REPORTED,
            ask="ask for the latest official count of the area that the town governs",
        )
        for city, span in zip(case.cities, spans, strict=True)
        if span.most is None or span.most != span.fewest
    )
