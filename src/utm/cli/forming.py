"""The work behind ``utm edition form``: read, form, write all files or none, summarise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen
from pendulum import Date, datetime

from utm.cli.applicants import CALL_CLOSED_ON, read_or_register
from utm.cli.exit_codes import ExitCode
from utm.cli.interrupting import stop_on_interrupt
from utm.cli.public_holidays import holidays_by_country
from utm.cli.summary import print_summary, problems_document, summary_document
from utm.cli.terminal import print_json, progress_of_stages, say
from utm.domain import (
    Application,
    CountryCode,
    Edition,
    EditionId,
    Period,
)
from utm.domain.names import fold_name
from utm.errors import InvalidInputError
from utm.interchange import (
    MeetingSeries,
    edition_to_json,
    read_facilitators,
    render_ics,
    write_files,
)
from utm.pairing import AnyOf, GapBelow, LanguageRule, MaxRuntime, StopCriterion
from utm.programme import (
    EditionRules,
    FormedEdition,
    FormedGroup,
    HolidayCalendar,
    MeetingRules,
    city2city_policy,
    days_within,
    form_edition,
)
from utm.programme.sessions import Facilitator
from utm.reference import city2city_2026, city2city_taxonomy
from utm.report import render_report
from utm.rules import Rulebook

__all__ = ["LANGUAGE_RULES", "REGISTER_YEAR_STARTS_ON", "FormingOptions", "form_and_write"]

REGISTER_YEAR_STARTS_ON = Date(2026, 2, 1)
"""The first programme year is not public; the month after the call closed is assumed."""

LANGUAGE_RULES = {
    "no": LanguageRule.NOT_ASKED,
    "pairs": LanguageRule.PAIRWISE,
    "all": LanguageRule.ALL,
}
"""What the words of the command line ask of the languages of a group."""


@frozen(kw_only=True)
class FormingOptions:
    """What the command line asks for; ``None`` stands for a default that depends on the rest."""

    applicants: Path | None
    directory: Path
    title: str | None
    rulebook: Rulebook
    on: Date | None
    start: Date | None
    places_incomplete: bool
    most_members: int
    common_hours: float
    common_language: str
    meetings: int
    gap: float | None
    seconds: float | None
    seed: int
    uses_holidays: bool
    facilitators: Path | None
    blackouts: tuple[Period, ...]
    output_format: str
    quiet: bool


@frozen(kw_only=True)
class _Input:
    applications: tuple[Application, ...]
    warnings: tuple[str, ...]
    published: Edition | None
    id: EditionId
    title: str
    on: Date
    starts_on: Date


def form_and_write(options: FormingOptions) -> ExitCode:
    """Form an edition and write ``report.html``, ``edition.json`` and ``sessions.ics``.

    All three files are replaced together, after everything has succeeded.
    """
    try:
        given = _read(options)
    except InvalidInputError as error:
        if options.output_format == "json":
            print_json(problems_document(error))
        raise
    holidays = holidays_by_country(
        Period(start=given.starts_on, end=given.starts_on.add(years=1)),
        is_wanted=options.uses_holidays,
        quiet=options.quiet,
    )
    people = _facilitators(options, holidays)
    for warning in given.warnings:
        say(f"warning: {warning}", quiet=options.quiet)
    with progress_of_stages(quiet=options.quiet) as show, stop_on_interrupt() as interruption:
        formed = form_edition(
            given.applications,
            _rules(given, options),
            published=given.published,
            holidays=lambda city: holidays(city.country),
            facilitators=people,
            stop=AnyOf(interruption, *_criteria(options)),
            seed=options.seed,
            on_stage=show,
        )
    paths = _write(formed, options.directory) if formed.is_feasible else ()
    if options.output_format == "json":
        print_json(summary_document(formed, paths))
    else:
        print_summary(formed, paths)
    if not formed.is_complete_search:
        return ExitCode.STOPPED_AT_LIMIT
    if not formed.is_feasible:
        say("Nothing satisfies the hard rules, so nothing was written.", quiet=options.quiet)
        return ExitCode.INFEASIBLE
    return ExitCode.DONE


def _read(options: FormingOptions) -> _Input:
    if options.applicants is None:
        register = city2city_2026()
        return _Input(
            applications=register.applications,
            warnings=(),
            published=register.edition,
            id=register.edition.id,
            title=options.title or register.edition.title,
            on=options.on or CALL_CLOSED_ON,
            starts_on=options.start or REGISTER_YEAR_STARTS_ON,
        )
    name = options.applicants.stem
    read = read_or_register(options.applicants, on=options.on)
    return _Input(
        applications=read.applications,
        warnings=read.warnings,
        published=None,
        id=_edition_id(name),
        title=options.title or name,
        on=read.on,
        starts_on=options.start or Date.today().add(months=1).start_of("month"),
    )


def _edition_id(file_name: str) -> EditionId:
    words = "-".join(word for word in fold_name(file_name).split() if word.isascii())
    return EditionId(words[:60].strip("-") or "edition")


def _rules(given: _Input, options: FormingOptions) -> EditionRules:
    year = Period(start=given.starts_on, end=given.starts_on.add(years=1))
    return EditionRules(
        id=given.id,
        title=given.title,
        on=given.on,
        taxonomy=city2city_taxonomy(),
        rulebook=options.rulebook,
        policy=city2city_policy(
            most_members=options.most_members,
            year=given.starts_on.year,
            common_office_minutes=round(options.common_hours * 60),
            common_language=LANGUAGE_RULES[options.common_language],
        ),
        meetings=MeetingRules(
            year=year,
            number=options.meetings,
            blackout_days=tuple(days_within(options.blackouts, year)),
        ),
        place_incomplete=options.places_incomplete,
    )


def _facilitators(
    options: FormingOptions, holidays: Callable[[CountryCode], HolidayCalendar | None]
) -> tuple[Facilitator, ...]:
    if options.facilitators is None:
        return ()
    return read_facilitators(options.facilitators, holidays=holidays)


def _criteria(options: FormingOptions) -> list[StopCriterion]:
    criteria: list[StopCriterion] = []
    if options.gap is not None:
        criteria.append(GapBelow(options.gap))
    if options.seconds is not None:
        criteria.append(MaxRuntime(options.seconds))
    return criteria


def _write(formed: FormedEdition, directory: Path) -> tuple[Path, ...]:
    files: dict[Path | str, bytes | str] = {
        directory / "report.html": render_report(formed).encode(),
        directory / "edition.json": edition_to_json(formed).encode(),
        directory / "sessions.ics": _calendar(formed),
    }
    directory.mkdir(parents=True, exist_ok=True)
    write_files(files)
    return tuple(Path(path) for path in files)


def _identity(formed: FormedEdition, group: FormedGroup) -> str:
    """Name a group by its members and programme year, which no other group shares."""
    members = ",".join(member.key.value for member in group.members)
    return f"{formed.meeting_rules.year.start}/{members}"


def _calendar(formed: FormedEdition) -> bytes:
    """Write the meetings, stamped with the day of the judgement: a rerun changes nothing."""
    day = formed.formed_on
    return render_ics(
        [
            MeetingSeries(
                group=group.id,
                title=f"{formed.title}: {', '.join(m.applicant.name for m in group.members)}",
                plan=group.meetings,
                identity=_identity(formed, group),
            )
            for group in formed.groups
        ],
        stamped_at=datetime(day.year, day.month, day.day, tz="UTC"),
        name=formed.title,
    )
