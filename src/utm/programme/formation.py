"""Form an edition: screen the applicants, group them, place their meetings, tell why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen
from pendulum import Date

from utm import pairing  # its functions by attribute: the solver loads when it is called
from utm.domain import (
    Application,
    City,
    Edition,
    EditionId,
    PairingId,
    Taxonomy,
    Unknown,
    UnknownReason,
    Waiver,
)
from utm.errors import InvalidValueError
from utm.pairing import (
    Group,
    Policy,
    Problem,
    Progress,
    ProposedGroup,
    Result,
    StopCriterion,
)
from utm.programme.attendees import Attendee
from utm.programme.formed_edition import FormedEdition, FormedGroup, Unplaced
from utm.programme.group_story import focus_in_words, tell_why
from utm.programme.holidays import HolidayCalendar
from utm.programme.measures import GroupingMeasures, GroupMeasures, measure_grouping
from utm.programme.meeting_rules import MeetingRules
from utm.programme.posing import notes_on_evidence, problem_of, why_left_out
from utm.programme.reconciliation import Reconciliation, reconcile
from utm.programme.screening import ScreenedApplication, screen_applications
from utm.programme.sessions import (
    Facilitator,
    SessionGroup,
    SessionsPlan,
    SessionsProblem,
    assign_facilitators,
    schedule_sessions,
)
from utm.rules import Rulebook

__all__ = ["EditionRules", "Stage", "form_edition"]


@frozen(kw_only=True)
class EditionRules:
    """Everything that an edition is formed under.

    Parameters
    ----------
    id
        Key of the edition.
    title
        Its name.
    on
        Day of the judgement.
    taxonomy
        Themes and topics.
    rulebook
        Who may take part.
    policy
        What a good group is, and what a group must be.
    meetings
        How many meetings, in which year.
    place_incomplete
        Whether applicants whose evidence is incomplete are placed provisionally.
    """

    id: EditionId
    title: str
    on: Date
    taxonomy: Taxonomy
    rulebook: Rulebook
    policy: Policy
    meetings: MeetingRules
    place_incomplete: bool = True


@frozen(kw_only=True)
class Stage:
    """Where the formation stands, for a progress display.

    Parameters
    ----------
    name
        What is being done, in words.
    done, total
        Steps done and steps in all.
    detail
        What the step itself reports, if anything.
    """

    name: str
    done: int
    total: int
    detail: str = ""


def form_edition(
    applications: Iterable[Application],
    rules: EditionRules,
    *,
    waivers: tuple[Waiver, ...] = (),
    published: Edition | None = None,
    holidays: Callable[[City], HolidayCalendar | None] | None = None,
    facilitators: Iterable[Facilitator] = (),
    stop: StopCriterion | None = None,
    seed: int = 0,
    on_stage: Callable[[Stage], None] | None = None,
) -> FormedEdition:
    """Do the main job: from applications to groups with meetings and reasons.

    Parameters
    ----------
    applications
        In any order; the order never changes the answer.
    rules
        What the edition is formed under.
    waivers
        Exceptions that the authority has made.
    published
        A list of groups that was published for the same applicants: it is scored under
        the same policy and compared.
    holidays
        Public holidays of a city; without it none are known, and the plans say so.
    facilitators
        Who may lead groups: they are shared out by their clocks and limits of load, and
        nobody leads two meetings at once. Without any the groups have no facilitator.
    stop
        When to stop looking for a better grouping; ``None`` for no limit.
    seed
        Seed of the search.
    on_stage
        Called as the work goes on.

    Returns
    -------
    FormedEdition
        Without groups where nothing satisfies the hard rules.

    Raises
    ------
    InvalidValueError
        An applicant stands twice.
    """
    say = on_stage or _ignore
    everybody = tuple(applications)
    _refuse_repeats(everybody)
    say(Stage(name="screening", done=0, total=len(everybody)))
    screening = screen_applications(
        everybody,
        rules.rulebook,
        on=rules.on,
        waivers=waivers,
        place_incomplete=rules.place_incomplete,
    )
    problem = problem_of(screening, policy=rules.policy, taxonomy=rules.taxonomy)
    # through the package, so that the solver is loaded only when it is used
    result = pairing.solve(
        problem, stop=stop, seed=seed, on_progress=lambda step: say(_solving(step))
    )
    formed = measure_grouping("formed", pairing.evaluate(problem, result.groups))
    attendees = {
        one.application.key.value: _attendee(one.application, holidays)
        for one in screening
        if one.placement.takes_part
    }
    people = tuple(sorted(facilitators, key=lambda one: one.key))
    ordered = _in_order(result, formed, rules)
    say(Stage(name="placing meetings", done=0, total=len(ordered)))
    sessions = _sessions(ordered, attendees, people, rules)
    say(Stage(name="placing meetings", done=len(ordered), total=len(ordered)))
    groups = _form_groups(ordered, screening, sessions, rules)
    return FormedEdition(
        id=rules.id,
        title=rules.title,
        formed_on=rules.on,
        taxonomy=rules.taxonomy,
        screening=screening,
        problem=problem,
        result=result,
        verification=pairing.verify(problem, result),
        groups=groups,
        unplaced=_unplaced(result, screening),
        measures=(formed, *_published_measures(problem, published)),
        meeting_rules=rules.meetings,
        reconciliation=_reconciled(published, everybody),
        notes=(*_notes(screening, published), *_notes_on_policy(result)),
        sessions=sessions,
        attendees=tuple(attendees[key] for key in sorted(attendees)),
        facilitators=people,
    )


def _ignore(stage: Stage) -> None:
    del stage


def _refuse_repeats(applications: tuple[Application, ...]) -> None:
    seen: set[str] = set()
    for application in applications:
        if application.key.value in seen:
            raise InvalidValueError(
                kind="applicant", value=application.key.value, reason="has applied twice"
            )
        seen.add(application.key.value)


def _solving(step: Progress) -> Stage:
    detail = "" if step.bound is None else f"gap at most {step.gap:.2%}"
    return Stage(name="grouping", done=0, total=1, detail=detail)


def _in_order(
    result: Result, measures: GroupingMeasures, rules: EditionRules
) -> list[tuple[PairingId, Group, GroupMeasures]]:
    """The groups, numbered by theme and then by members."""
    theme_order = [theme.id for theme in rules.taxonomy.themes]
    ordered = sorted(
        zip(result.groups, measures.groups, strict=True),
        key=lambda pair: (theme_order.index(pair[0].theme), pair[0].members),
    )
    return [
        (PairingId(f"{rules.id}-{number:02}"), group, counted)
        for number, (group, counted) in enumerate(ordered, start=1)
    ]


def _sessions(
    ordered: Iterable[tuple[PairingId, Group, GroupMeasures]],
    attendees: Mapping[str, Attendee],
    facilitators: tuple[Facilitator, ...],
    rules: EditionRules,
) -> SessionsPlan:
    groups = tuple(
        SessionGroup(key=key.value, members=tuple(attendees[name] for name in group.members))
        for key, group, _ in ordered
    )
    if facilitators:
        groups = assign_facilitators(groups, facilitators, rules.meetings)
    return schedule_sessions(
        SessionsProblem(rules=rules.meetings, groups=groups, facilitators=facilitators)
    )


def _form_groups(
    ordered: Iterable[tuple[PairingId, Group, GroupMeasures]],
    screening: tuple[ScreenedApplication, ...],
    sessions: SessionsPlan,
    rules: EditionRules,
) -> tuple[FormedGroup, ...]:
    by_key = {one.application.key.value: one.application for one in screening}
    placed = {one.group: one for one in sessions.groups}
    formed: list[FormedGroup] = []
    for key, group, counted in ordered:
        members = tuple(by_key[member] for member in group.members)
        formed.append(
            FormedGroup(
                id=key,
                theme=group.theme,
                focus=focus_in_words(group.focus_topics, rules.taxonomy),
                topics=group.focus_topics,
                members=members,
                scored=group,
                measures=counted,
                why=tell_why(group, members, counted, rules.taxonomy),
                meetings=placed[key.value].meetings,
                facilitator=placed[key.value].facilitator,
            )
        )
    return tuple(formed)


def _attendee(
    member: Application, holidays: Callable[[City], HolidayCalendar | None] | None
) -> Attendee:
    zones = {city.timezone for city in member.cities}
    several = Unknown(
        reason=UnknownReason.AMBIGUOUS_ENTITY, note="the towns do not share one time zone"
    )
    return Attendee(
        key=member.key.value,
        name=member.applicant.name,
        timezone=zones.pop() if len(zones) == 1 else several,
        holidays=None if holidays is None else holidays(member.cities[0]),
    )


def _unplaced(result: Result, screening: tuple[ScreenedApplication, ...]) -> tuple[Unplaced, ...]:
    reasons = {unmatched.participant: unmatched.reason for unmatched in result.unmatched}
    unplaced: list[Unplaced] = []
    for one in screening:
        key = one.application.key.value
        if not one.placement.takes_part:
            unplaced.append(Unplaced(application=one.application, reason=why_left_out(one)))
        elif key in reasons:
            unplaced.append(Unplaced(application=one.application, reason=reasons[key]))
    return tuple(unplaced)


def _published_measures(
    problem: Problem, published: Edition | None
) -> tuple[GroupingMeasures, ...]:
    if published is None:
        return ()
    taking_part = {participant.id for participant in problem.participants}
    groups = [
        ProposedGroup(theme=pairing.theme, members=tuple(key.value for key in pairing.members))
        for pairing in published.pairings
        if all(key.value in taking_part for key in pairing.members)
    ]
    return (measure_grouping("published", pairing.evaluate(problem, groups)),)


def _reconciled(
    published: Edition | None, applications: tuple[Application, ...]
) -> Reconciliation | None:
    if published is None:
        return None
    return reconcile(published, [application.applicant for application in applications])


def _notes(
    screening: tuple[ScreenedApplication, ...], published: Edition | None
) -> tuple[str, ...]:
    notes = list(notes_on_evidence(screening))
    if published is not None and any(one.application.needs_basis for one in screening):
        notes.insert(
            1,
            "Needs that were derived from the published groups favour those groups: by "
            "construction no other grouping shares more of a challenge. What the comparison "
            "can show is how much better the same cities could fit in their context.",
        )
    return tuple(notes)


def _notes_on_policy(result: Result) -> Iterator[str]:
    return (note.text for note in result.notes if not note.participant)
