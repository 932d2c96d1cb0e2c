"""Rulebooks: criteria whose versions are dated and cited, one in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.dates import Period, require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import ApplicationId, CallId
from utm.domain.kinds import require_kinds
from utm.domain.waiver import Waiver
from utm.errors import InvalidValueError
from utm.rules.bounds import gather_rules
from utm.rules.case import Case, Rule, examine
from utm.rules.decision import Decision
from utm.rules.finding import VersionStamp
from utm.rules.interpretations import DEFAULT_READINGS, Interpretations
from utm.rules.parameter import parameters_of

__all__ = ["Deadline", "Rulebook", "RulebookVersion"]


@frozen(kw_only=True)
class Deadline:
    """Last day for applications, as it stood at one time.

    Parameters
    ----------
    last_day
        The last day; ``None`` means that applications are taken at any time.
    source
        Where it was read.
    announced_on
        Day from which it stood, if known.
    """

    last_day: Date | None
    source: Source
    announced_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)


@frozen(kw_only=True)
class RulebookVersion:
    """The criteria that are in force over a period.

    Parameters
    ----------
    id
        Name of the version, e.g. ``"2023-06-01"``.
    in_force
        The days on which it applies, half-open.
    rule
        The criteria.
    source
        Where they are written.
    note
        What a reader must know of its dates or its text.

    Raises
    ------
    InvalidValueError
        An id names two rules, or a parameter has no value on some day of the version.
    """

    id: str
    in_force: Period
    rule: Rule
    source: Source
    note: str = ""

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        _require_one_rule_an_id(self.rule, version=self.id)
        for parameter in parameters_of(self.rule):
            if not parameter.covers(self.in_force):
                raise InvalidValueError(
                    kind="parameter",
                    value=str(parameter),
                    reason=f"does not hold on every day of version {self.id}, {self.in_force}",
                )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rule and all its parts, depth first."""
        return gather_rules(self.rule)


@frozen(kw_only=True)
class Rulebook:
    """Who may take part, version by version without gap or overlap.

    Parameters
    ----------
    id
        Key of the rulebook, e.g. ``"city2city-2026"``.
    title
        Its name.
    versions
        Its versions in order of time, each beginning on the day on which the one
        before ends.
    deadlines
        Its deadlines in the order in which they were announced.

    Raises
    ------
    InvalidValueError
        There is no version, two share a name, or there is a gap or an overlap
        between them.
    """

    id: str
    title: str
    versions: tuple[RulebookVersion, ...]
    deadlines: tuple[Deadline, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        names = [version.id for version in self.versions]
        if not names or len(set(names)) < len(names):
            raise InvalidValueError(
                kind="versions", value=names, reason="must be at least one, each named once"
            )
        for before, after in pairwise(self.versions):
            _require_seamless(before, after)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The id of every rule that some version asks, each once: what a waiver may name."""
        ids = (rule.id for version in self.versions for rule in version.rules if rule.id)
        return tuple(dict.fromkeys(ids))

    def version_on(self, day: Date) -> RulebookVersion:
        """Find the version that is in force on a day.

        Raises
        ------
        InvalidValueError
            The day lies outside all versions: the rulebook says nothing about it.
        """
        require_date(day)
        for version in self.versions:
            start, end = version.in_force.start, version.in_force.end
            if start <= day and (end is None or day < end):
                return version
        first, last = self.versions[0].in_force.start, self.versions[-1].in_force.end
        reason = f"lies outside {self.id}, which is in force {Period(start=first, end=last)}"
        raise InvalidValueError(kind="day", value=str(day), reason=reason)

    def covers(self, day: Date) -> bool:
        """Tell whether some version is in force on a day."""
        return any(day in version.in_force for version in self.versions)

    def deadline_on(self, day: Date) -> Deadline | None:
        """Find the deadline that is known to have stood on a day: the last one announced by it.

        A deadline whose day of announcement is not known counts from the day after
        the one that it moved.
        """
        standing: Deadline | None = None
        before: Deadline | None = None
        for deadline in self.deadlines:
            moved = None if before is None or before.last_day is None else before.last_day
            announced_on = deadline.announced_on
            known = announced_on is None and (moved is None or moved < day)
            if known or (announced_on is not None and announced_on <= day):
                standing = deadline
            before = deadline
        return standing

    def version(self, name: str) -> RulebookVersion:
        """Find a version by its name.

        Raises
        ------
        InvalidValueError
            There is none of that name.
        """
        for version in self.versions:
            if version.id == name:
                return version
        known = ", ".join(version.id for version in self.versions)
        raise InvalidValueError(kind="version", value=name, reason=f"is none of {known}")

    def stamp(self, version: RulebookVersion) -> VersionStamp:
        """Name a version of this rulebook, with its dates."""
        return VersionStamp(rulebook=self.id, version=version.id, in_force=version.in_force)

    def assess(
        self,
        subject: Application | City | Consortium,
        *,
        on: Date,
        waivers: tuple[Waiver, ...] = (),
        interpretations: Interpretations | None = None,
        known_by: Date | None = None,
    ) -> Decision:
        """Judge a subject on a day.

        An application is judged under the version of the day of its submission,
        anything else under that of the day itself. An outcome is a value: only
        misuse raises.

        Parameters
        ----------
        subject
            An application; or a city or consortium, of which no plan and no promise
            is known then.
        on
            The day that the facts are judged for.
        waivers
            Waivers of what this rulebook asks; those of others, expired or not yet issued are
            left aside.
        interpretations
            Readings of what the public text leaves open.
        known_by
            Last day of knowledge; what was learned later is left out.

        Raises
        ------
        InvalidValueError
            No version is in force on that day, a day is not exactly a date, or a waiver
            names what no version asks: a slip of the pen would excuse nobody.
        """
        require_date(on)
        application = self._as_application(subject)
        version = self.version_on(application.submitted_on or on)
        return self.judge(
            application,
            version=version,
            on=on,
            waivers=waivers,
            interpretations=interpretations,
            known_by=known_by,
        )

    def judge(
        self,
        subject: Application | City | Consortium,
        *,
        version: RulebookVersion,
        on: Date,
        waivers: tuple[Waiver, ...] = (),
        interpretations: Interpretations | None = None,
        known_by: Date | None = None,
    ) -> Decision:
        """Judge under a version of one's choice; otherwise as `assess`."""
        require_date(on)
        if known_by is not None:
            require_date(known_by, kind="last day of knowledge")
        self.require_waivers(waivers)
        application = self._as_application(subject)
        readings = DEFAULT_READINGS if interpretations is None else interpretations
        _require_readings(readings)
        in_force = _waivers_in_force(waivers, application, on=on, known_by=known_by)
        case = Case(
            application=application,
            subject=application.applicant,
            day=on,
            version=self.stamp(version),
            known_by=known_by,
            interpretations=readings,
            waivers=in_force,
        )
        return Decision.of(case, examine(version.rule, case))

    def own_waivers(self, waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
        """Give those waivers that are of what this rulebook asks, of a file for several."""
        known = self.criteria
        return tuple(waiver for waiver in waivers if waiver.criterion in known)

    def require_waivers(self, waivers: tuple[object, ...]) -> None:
        """Refuse waivers of what no version of this rulebook asks, all of them together.

        Raises
        ------
        InvalidValueError
            Some waiver names no rule of the rulebook, or is no waiver.
        """
        known = self.criteria if waivers else ()
        wrong = {
            place: waiver
            for place, waiver in enumerate(waivers)
            if not isinstance(waiver, Waiver) or waiver.criterion not in known
        }
        if wrong:
            named = [one.criterion if isinstance(one, Waiver) else one for one in wrong.values()]
            raise InvalidValueError(
                kind=", ".join(f"waivers[{place}]" for place in wrong),
                value=named[0] if len(named) == 1 else named,
                reason=f"is no criterion of {self.id}, which asks {', '.join(self.criteria)}",
            )

    def _as_application(self, subject: Application | City | Consortium) -> Application:
        if isinstance(subject, Application):
            return subject
        _require_applicant(subject)
        key = subject.id.value
        return Application(id=ApplicationId(key), call=CallId(self.id), applicant=subject)


def _waivers_in_force(
    waivers: tuple[Waiver, ...], application: Application, *, on: Date, known_by: Date | None
) -> tuple[Waiver, ...]:
    if not waivers:
        return ()
    concerned = {application.key, *(city.id for city in application.cities)}
    kept = [
        waiver
        for waiver in waivers
        if waiver.subject in concerned
        and waiver.holds_on(on)
        and (known_by is None or waiver.issued_on <= known_by)
    ]
    return tuple(
        sorted(kept, key=lambda w: (w.criterion, str(w.subject), str(w.issued_on), repr(w)))
    )


def _require_readings(readings: object) -> None:
    if not isinstance(readings, Interpretations):
        raise InvalidValueError(
            kind="interpretations", value=readings, reason="are no Interpretations"
        )


def _require_applicant(subject: object) -> None:
    if not isinstance(subject, City | Consortium):
        raise InvalidValueError(
            kind="subject", value=subject, reason="is no application, city or consortium"
        )


def _require_seamless(before: RulebookVersion, after: RulebookVersion) -> None:
    end, start = before.in_force.end, after.in_force.start
    if end == start:
        return
    overlap = end is None or end > start
    raise InvalidValueError(
        kind="versions",
        value=f"{before.id}, {after.id}",
        reason=f"{'overlap' if overlap else 'leave a gap'} between {end or 'no end'} and {start}",
    )


def _require_one_rule_an_id(rule: Rule, *, version: str) -> None:
    seen: dict[str, Rule] = {}
    for each in gather_rules(rule):
        if each.id and seen.setdefault(each.id, each) != each:
            raise InvalidValueError(
                kind="rule id", value=each.id, reason=f"names two rules in version {version}"
            )
