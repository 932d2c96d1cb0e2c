"""Many applicants at once: verdicts without findings, and what-if over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.dates import require_date
from utm.domain.waiver import Waiver
from utm.rules.bounds import gather_rules
from utm.rules.case import Case, Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.decision import Decision
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import Interpretations
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.quick_leaves import CODES, quick_leaf
from utm.rules.rulebook import Rulebook, RulebookVersion
from utm.rules.verdict import Verdict

__all__ = ["VerdictTable", "assess_many", "judge_many"]

_MET_ONLY = bytes([0, 1, 0]) + bytes(253)
_UNMET_ONLY = bytes([1, 0, 0]) + bytes(253)


def assess_many(
    rulebook: Rulebook,
    applications: Sequence[Application],
    *,
    on: Date,
    waivers: tuple[Waiver, ...] = (),
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
) -> tuple[Decision, ...]:
    """Judge many applications, with findings; each decision is that of `Rulebook.assess`."""
    return tuple(
        rulebook.assess(
            application,
            on=on,
            waivers=waivers,
            interpretations=interpretations,
            known_by=known_by,
        )
        for application in applications
    )


def judge_many(
    rulebook: Rulebook,
    applications: Sequence[Application],
    *,
    on: Date,
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
) -> tuple[Verdict, ...]:
    """Answer the whole rule for many applications, without findings and without waivers.

    Each verdict is that of the finding of `Rulebook.assess`. The time is linear
    in the number of applications.

    Raises
    ------
    InvalidValueError
        As `Rulebook.assess`.
    """
    require_date(on)
    verdicts: list[Verdict] = [Verdict.UNKNOWN] * len(applications)
    for version, indexes in _by_version(rulebook, applications, on):
        table = VerdictTable(
            [applications[index] for index in indexes],
            version=rulebook.stamp(version),
            on=on,
            interpretations=interpretations,
            known_by=known_by,
        )
        for index, verdict in zip(indexes, table.verdicts(version.rule), strict=True):
            verdicts[index] = verdict
    return tuple(verdicts)


def _by_version(
    rulebook: Rulebook, applications: Sequence[Application], on: Date
) -> Iterator[tuple[RulebookVersion, list[int]]]:
    groups: dict[str, list[int]] = {}
    names: dict[Date, str] = {}
    for index, application in enumerate(applications):
        day = application.submitted_on or on
        name = names.get(day)
        if name is None:
            name = names[day] = rulebook.version_on(day).id
        groups.setdefault(name, []).append(index)
    for name, indexes in groups.items():
        yield rulebook.version(name), indexes


@frozen(kw_only=True)
class _Lanes:
    """The answers for all applicants: one byte each, 1 where met and 1 where unmet."""

    met: int
    unmet: int


class VerdictTable:
    """The answers of criteria for many applicants, kept so that rules can change quickly.

    Every criterion is answered once for everybody and remembered. Another rule
    over the same criteria, or one with another threshold, costs what is new in it.

    Parameters
    ----------
    applications
        The applicants.
    version
        The version that the answers are given under.
    on
        The day that is judged.
    interpretations
        Readings of what the public text leaves open.
    known_by
        Last day of knowledge.
    """

    def __init__(
        self,
        applications: Sequence[Application],
        *,
        version: VersionStamp,
        on: Date,
        interpretations: Interpretations | None = None,
        known_by: Date | None = None,
    ) -> None:
        require_date(on)
        self._version = version
        self._day = on
        self._readings = interpretations or Interpretations()
        self._known_by = known_by
        self._count = len(applications)
        self._cities = [each for each in applications if isinstance(each.applicant, City)]
        self._towns = [
            (index, each)
            for index, each in enumerate(applications)
            if not isinstance(each.applicant, City)
        ]
        self._everybody = int.from_bytes(b"\x01" * len(self._cities), "little")
        # The rules are kept too: what has no repr of its own is told apart by its address.
        self._known: dict[str, tuple[Rule, _Lanes]] = {}

    def verdicts(self, rule: Rule) -> tuple[Verdict, ...]:
        """Answer a rule for everybody, in the order of the applicants.

        Each verdict is that of the rule's own finding, without waivers.
        """
        gather_rules(rule)  # refuses rules beyond the bounds
        lanes = self._lanes(rule)
        # in every byte: 0 where unmet, 1 where met, 2 where neither
        codes = lanes.met + 2 * (self._everybody - lanes.met - lanes.unmet)
        answers = [CODES[code] for code in codes.to_bytes(len(self._cities), "little")]
        for index, application in self._towns:
            answers.insert(index, rule.examine(self._case_of(application)).verdict)
        return tuple(answers)

    def _lanes(self, rule: Rule) -> _Lanes:  # noqa: PLR0911 - one a kind of rule
        match rule:
            case Not():
                lanes = self._lanes(rule.part)
                return _Lanes(met=lanes.unmet, unmet=lanes.met)
            case ForAll() | Exists() | ShareOfInhabitants():
                return self._lanes(rule.rule)  # a city alone is its one town
            case AllOf():
                return self._at_least(len(rule.parts), rule.parts)
            case AnyOf():
                return self._at_least(1, rule.parts)
            case AtLeast():
                return self._at_least(rule.count, rule.parts)
            case ForAtLeast():
                return self._at_least(rule.count, rule.parts)
            case _:
                return self._leaf(rule)

    def _at_least(self, count: int, parts: tuple[Rule, ...]) -> _Lanes:
        lanes = [self._lanes(part) for part in parts]
        met = self._where_at_least(count, [each.met for each in lanes])
        unmet = self._where_at_least(len(parts) - count + 1, [each.unmet for each in lanes])
        return _Lanes(met=met, unmet=unmet)

    def _where_at_least(self, count: int, masks: list[int]) -> int:
        if count <= 0:
            return self._everybody
        reached = [self._everybody] + [0] * count
        for mask in masks:
            for k in range(count, 0, -1):
                reached[k] |= reached[k - 1] & mask
        return reached[count]

    def _leaf(self, rule: Rule) -> _Lanes:
        key = repr(rule)
        known = self._known.get(key)
        if known is None:
            answer = quick_leaf(
                rule,
                self._case_of,
                day=self._day,
                interpretations=self._readings,
                known_by=self._known_by,
            )
            codes = bytes(map(answer, self._cities))
            lanes = _Lanes(
                met=int.from_bytes(codes.translate(_MET_ONLY), "little"),
                unmet=int.from_bytes(codes.translate(_UNMET_ONLY), "little"),
            )
            known = self._known[key] = (rule, lanes)
        return known[1]

    def _case_of(self, application: Application) -> Case:
        return Case(
            application=application,
            subject=application.applicant,
            day=self._day,
            version=self._version,
            known_by=self._known_by,
            interpretations=self._readings,
        )
