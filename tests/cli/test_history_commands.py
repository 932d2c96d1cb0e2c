"""Histories from the shell: an edition lives, the cohort is counted, changes are told."""

import json
from pathlib import Path
from threading import Thread
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from pendulum import Date

from utm.cli.keeping import record_action
from utm.cli.main import utm
from utm.domain import ApplicationId, CallId, CityId, EditionId, Period
from utm.errors import InvalidInputError
from utm.interchange import edition_to_json, read_facilitators
from utm.interchange.histories import read_history, write_history
from utm.programme import EditionRules, MeetingRules, city2city_policy, form_edition
from utm.programme.calls import begin_call
from utm.programme.cohort import Admission, Departure, WaveOpening, begin_cohort
from utm.programme.exchange import GroupStage
from utm.programme.history import Command
from utm.reference import city2city_2026, city2city_taxonomy
from utm.rules.library import CITY2CITY_2026


def run(*arguments: object) -> Result:
    return CliRunner().invoke(utm, [str(each) for each in arguments], catch_exceptions=False)


def problem_of(*arguments: object) -> str:
    with pytest.raises(InvalidInputError) as caught:
        run(*arguments)
    return str(caught.value)


@pytest.fixture(scope="module")
def formed(tmp_path_factory: pytest.TempPathFactory) -> str:
    register = city2city_2026()
    year = Period(start=Date(2026, 2, 1), end=Date(2027, 2, 1))
    return edition_to_json(
        form_edition(
            register.applications[:14],
            EditionRules(
                id=EditionId("small"),
                title="Small",
                on=Date(2026, 1, 8),
                taxonomy=city2city_taxonomy(),
                rulebook=CITY2CITY_2026,
                policy=city2city_policy(),
                meetings=MeetingRules(year=year, number=1),
                place_incomplete=True,
            ),
        )
    )


@pytest.fixture
def edition(formed: str, tmp_path: Path) -> Path:
    path = tmp_path / "edition.json"
    path.write_text(formed, encoding="utf-8")
    started = run("edition", "start", path, "--by", "Ada", "--on", "2026-02-01")
    assert started.exit_code == 0, started.output
    return tmp_path / "history.json"


def record(path: Path, action: dict[str, object], on: str, *more: object) -> Result:
    return run(
        "history", "record", path, json.dumps(action), "--by", "Bo", "--why", "x", "--on", on, *more
    )


def status_on(path: Path, day: str) -> dict[str, Any]:
    shown = run("edition", "status", path, "--on", day, "--format", "json")
    return json.loads(shown.stdout)


def test_editions_are_compared_as_of_a_day_and_each_is_given_once(
    edition: Path, tmp_path: Path
) -> None:
    document = json.loads(edition.read_text(encoding="utf-8"))
    document["beginning"]["edition"] = "other"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")

    told = json.loads(
        run("edition", "compare", edition, other, "--on", "2026-03-01", "--format", "json").stdout
    )

    one, two = told["editions"]
    assert (one["edition"], two["edition"]) == ("other", "small")
    assert told["together"]["groups"] == one["groups"] + two["groups"] == 2 * one["groups"] > 0
    whole = one["attrition"]["whole"]
    assert told["together"]["attrition"] == {"count": 0, "whole": 2 * whole}
    assert told["together"]["returned"] == {"count": whole, "whole": whole}
    table = run("edition", "compare", edition, other, "--on", "2026-03-01").stdout
    assert "together" in table
    before = run("edition", "compare", edition, "--on", "2025-01-01", "--format", "json").stdout
    assert json.loads(before)["together"]["groups"] == 0
    twice = run("edition", "compare", edition, edition)
    assert twice.exit_code == 2
    assert "twice" in twice.output


LATE = """name,country,city_id,timezone,need_1,offer_1,offer_1_maturity
Mérida,MX,mx-merida,America/Merida,mobility.e-mobility-planning,mobility.e-mobility-data,4
"""


def test_a_late_city_brings_its_clock_and_may_be_visited(edition: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.csv"
    late.write_text(LATE, encoding="utf-8")
    enter = ("edition", "enter", edition, late, "--by", "Ada", "--why", "x", "--on", "2026-02-02")
    assert "mx-merida seeks mobility.e-mobility-planning" in run(*enter).stdout
    assert "Nothing has changed" in run(*enter).stdout
    cohort = tmp_path / "cohort.json"
    write_history(cohort, begin_cohort("Cohort"))
    assert "edition.in-the-cohort" in problem_of(*enter, "--cohort", cohort)
    group = next(one for one in read_history(edition).state.groups if len(one.members) < 4)
    member = {"group": group.id.value, "member": {"city_id": "mx-merida"}}
    record(edition, {"joining": member}, "2026-02-03")
    guest = group.members[0].value

    visit = ("edition", "visit", edition, "--host", "Merida", "--guest", guest)
    asked = ("--reason", "see", "--by", "Ada", "--on", "2026-02-04")
    before = edition.read_bytes()
    assert "Nothing was written" in run(*visit, *asked).stdout
    assert edition.read_bytes() == before
    assert run(*visit, *asked, "--yes").exit_code == 0

    (shown,) = status_on(edition, "2026-02-05")["visits"]
    assert (shown["hosts"], shown["guests"]) == (["mx-merida"], [guest])
    calendar = (tmp_path / "sessions.ics").read_text(encoding="utf-8")
    assert f"VALUE=DATE:{shown['first_day'].replace('-', '')}" in calendar
    assert "Mérida" in calendar
    moved = ("edition", "reschedule", edition, "--move-visit", shown["visit"], *asked, "--yes")
    assert "Dates touched: " in run(*moved).stdout
    assert status_on(edition, "2026-02-05")["visits"][0]["first_day"] != shown["first_day"]
    assert "edition.planned-visit" in problem_of(
        "edition", "reschedule", edition, "--move-visit", "x", *asked
    )
    never = run(*visit, *asked, "--within", "2026-05-02..2026-05-03")
    assert "The visit fits at another time of the programme year." in never.stdout
    assert run(*visit, *asked, "--guest", "nobody").exit_code == 2
    prices = run("edition", "status", edition, "--grouping", tmp_path / "edition.json")
    assert prices.exit_code == 0


def test_who_waits_for_a_group_leaves_by_a_withdrawal_that_touches_nobody(edition: Path) -> None:
    entered = {"participant_entered": {"participant": {"city_id": "mx-merida"}, "country": "MX"}}
    record(edition, entered, "2026-02-02")
    leaving = ("edition", "withdraw", edition, "mx-merida", "--reason", "no staff", "--by", "Ada")

    told = run(*leaving, "--on", "2026-02-03", "--yes")

    assert "Other groups that change: none." in told.stdout
    state = read_history(edition).state
    assert [key.value for key in state.withdrawn] == ["mx-merida"]
    assert "mx-merida" in problem_of(
        "history",
        "record",
        edition,
        json.dumps(entered),
        "--by",
        "Ada",
        "--why",
        "again",
        "--on",
        "2026-02-04",
    )


def test_an_edition_lives_from_its_groups_to_a_meeting_and_tells_how_it_is_doing(
    edition: Path,
) -> None:
    group = read_history(edition).state.groups[0]
    key, member = group.id.value, group.members[0].value
    baseline = {"amount": "3", "unit": "km"}
    record(edition, {"facilitator_assigned": {"group": key, "facilitator": "Bo"}}, "2026-02-02")
    kickoff = {"group": key, "indicator": "lanes", "baseline": baseline}
    record(edition, {"kickoff": kickoff}, "2026-02-03")
    attendees = [{"city_id": one.value} for one in group.members]
    held = record(
        edition,
        {"meeting_held": {"group": key, "attendees": attendees, "presenters": []}},
        "2026-03-01",
    )

    assert held.exit_code == 0
    assert f"{key} met" in held.stdout
    status = json.loads(
        run("edition", "status", edition, "--on", "2026-03-02", "--format", "json").stdout
    )
    (own,) = [one for one in status["groups"] if one["group"] == key]
    assert own["finding"] == "1 of 4 meetings were held"
    assert own["next_step"].startswith("hold meeting 2 by")
    earlier = json.loads(
        run("edition", "status", edition, "--on", "2026-02-01", "--format", "json").stdout
    )
    assert {one["grade"] for one in earlier["groups"]} == {"not begun"}
    told = run("digest", edition, "--since", "2026-02-02", "--for", member).stdout
    assert "met:" in told
    assert "facilitates" not in told
    page = run("digest", edition, "--since", "2026-02-02", "--format", "html").stdout
    assert page.startswith("<h1>What changed after 2026-02-02</h1>")
    table = run("edition", "status", edition, "--on", "2026-03-02").stdout
    assert "what to do next" in table
    assert "Indicators:" in table
    assert "lanes" in run("history", "show", edition).stdout


def test_a_refused_command_names_its_rule_and_leaves_the_file_as_it_was(edition: Path) -> None:
    before = edition.read_bytes()
    group = read_history(edition).state.groups[0]
    attendees = [{"city_id": one.value} for one in group.members]
    meeting = {"meeting_held": {"group": group.id.value, "attendees": attendees}}
    ask = ("history", "record", edition, json.dumps(meeting), "--by", "Bo", "--why", "x", "--on")

    assert "rule edition.meeting-after-kickoff" in problem_of(*ask, "2026-03-01")
    assert "rule history.days-in-order" in problem_of(*ask, "2026-01-01")
    assert "rule history.nothing-unseen" in problem_of(*ask, "2026-03-01", "--seen", 0)
    unit = {"amount": "3", "unit": ""}
    kickoff = {"kickoff": {"group": group.id.value, "indicator": "lanes", "baseline": unit}}
    text = problem_of("history", "record", edition, json.dumps(kickoff), "--by", "Bo", "--why", "x")
    assert "$.kickoff.baseline: must have a unit" in text
    assert edition.read_bytes() == before


def test_a_withdrawal_is_shown_with_its_price_before_it_is_written(edition: Path) -> None:
    before = edition.read_bytes()
    state = read_history(edition).state
    group = min(state.groups, key=lambda one: len(one.members))
    gone = group.members[0]
    ask = ("edition", "withdraw", edition, gone.value, "--reason", "no staff", "--by", "Ada")
    ask = (*ask, "--on", "2026-03-01")

    shown = run(*ask)

    assert shown.exit_code == 0
    assert f"{gone} withdrew from {group.id}" in shown.stdout
    assert "Price:" in shown.stdout
    assert "Nothing was written" in shown.stdout
    assert edition.read_bytes() == before

    written = run(*ask, "--yes", "--plan", 1)

    assert written.exit_code == 0
    after = read_history(edition)
    assert gone in after.state.withdrawn
    assert after.entries[-1].command.why == "no staff"
    assert GroupStage.AT_RISK not in {one.stage for one in after.state.groups}
    assert "is in no group at work" in problem_of(*ask)


def test_who_withdraws_may_be_named_and_nobody_unknown_can(edition: Path) -> None:
    ask = ("--reason", "no staff", "--by", "Ada", "--on", "2026-03-01")
    named = run("edition", "withdraw", edition, "Atlantis", *ask)
    assert named.exit_code == 2
    assert "is no participant of small" in named.output
    missing = run("edition", "withdraw", edition, "x", *ask, "--grouping", edition.parent / "no")
    assert missing.exit_code == 2


def test_only_cities_of_the_cohort_or_on_their_way_into_it_enter(
    formed: str, tmp_path: Path
) -> None:
    path = tmp_path / "edition.json"
    path.write_text(formed, encoding="utf-8")
    cities = [
        CityId(town["id"]) for one in json.loads(formed)["applicants"] for town in one["towns"]
    ]
    history = begin_cohort("Cohort", city2city_2026().cities).record_all(
        Command(action=action, by="Ada", on=Date(2024, 1, 1), why="x")
        for action in (WaveOpening(number=1), *(Admission(city=one, wave=1) for one in cities[1:]))
    )
    write_history(tmp_path / "cohort.json", history)
    ask = ("edition", "start", path, "--by", "Ada", "--on", "2026-02-01")
    ask = (*ask, "--cohort", tmp_path / "cohort.json")

    text = problem_of(*ask)
    assert f"{cities[0]} is neither on 2026-02-01" in text
    assert "rule edition.in-the-cohort" in text
    assert not (tmp_path / "history.json").exists()
    assert run(*ask, "--joining", cities[0]).exit_code == 0
    assert "is there already" in problem_of(*ask, "--joining", cities[0])


def test_two_clerks_at_once_lose_no_entry_and_break_no_rule(edition: Path) -> None:
    groups = read_history(edition).state.groups
    outcomes: list[bool] = []

    def work(name: str) -> None:
        for group in groups:
            action = {"facilitator_assigned": {"group": group.id.value, "facilitator": name}}
            try:
                record_action(
                    edition, json.dumps(action), by=name, why="x", on=Date(2026, 2, 2), seen=None
                )
                outcomes.append(True)
            except InvalidInputError:
                outcomes.append(False)

    start = len(read_history(edition).entries)
    clerks = [Thread(target=work, args=(name,)) for name in ("Bo", "Cy")]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    after = read_history(edition)
    assert len(after.entries) - start == sum(outcomes)
    assert sum(outcomes) >= 1
    assert not list(edition.parent.glob(".*"))


def test_the_register_is_counted_beside_what_was_announced() -> None:
    found = json.loads(run("cohort", "--on", "2026-07-01", "--format", "json").stdout)

    assert len(found["cities"]) == 51
    assert len(found["countries"]) == 26
    assert found["paces"][-1] == {"cities": 155, "by": "2030-12-31", "cities_a_year": 34.4}
    assert [one["cities"] for one in found["announced"]] == [48, 97, 97, 145]
    assert found["announced"][-1]["named"] == 51
    text = run("cohort", "--on", "2026-07-01").stdout
    assert "155 cities in 4.5 years" in text


def test_a_count_of_an_earlier_day_sees_nothing_of_later_ones() -> None:
    found = json.loads(run("cohort", "--on", "2023-01-01", "--format", "json").stdout)

    assert found["cities"] == []
    assert [one["cities"] for one in found["announced"]] == [48]


def test_a_cohort_of_ones_own_is_counted_with_waves(tmp_path: Path) -> None:
    path = tmp_path / "cohort.json"
    begun = run("history", "begin", "cohort", '{"title": "Ours", "register": []}', "--out", path)
    assert begun.exit_code == 0
    record(path, {"wave_opening": {"number": 1}}, "2024-01-01")
    city = {"id": "fi-turku", "name": "Turku", "country": "FI"}
    record(path, {"registration": {"city": city}}, "2024-01-01")
    record(path, {"admission": {"city": "fi-turku", "wave": 1}}, "2024-01-02")
    again = json.dumps({"admission": {"city": "fi-turku", "wave": 1}})
    ask = ("history", "record", path, again, "--by", "Bo", "--why", "x", "--on", "2024-02-01")

    assert "rule cohort.one-active-membership" in problem_of(*ask)
    found = json.loads(run("cohort", path, "--on", "2024-02-01", "--format", "json").stdout)
    assert (found["cities"], found["waves"]) == (["fi-turku"], {"1": 1})
    assert "wave 1: 1 city joined" in run("cohort", path, "--on", "2024-02-01").stdout


def test_a_file_of_another_kind_or_format_is_refused(edition: Path, tmp_path: Path) -> None:
    assert "is a history of kind edition" in problem_of("cohort", edition)
    other = tmp_path / "other.json"
    other.write_text('{"format": "utm.edition", "version": 1}', encoding="utf-8")
    assert "$.kind" in problem_of("edition", "status", other)
    assert "$.applicants" in problem_of(
        "edition", "start", other, "--by", "A", "--out", tmp_path / "n"
    )
    assert "is no kind of history" in problem_of(
        "history", "begin", "x", "{}", "--out", tmp_path / "n"
    )


def test_the_schema_is_printed() -> None:
    schema = json.loads(run("history", "schema").stdout)
    assert schema["$id"] == "urn:utm:schema:programme-history-1"


def first_date(path: Path, day: str) -> dict[str, Any]:
    return next(one for one in status_on(path, day)["sessions"] if one["starts_at"][:10] > day)


def test_a_date_is_cancelled_shown_and_then_recorded_with_who_and_why(edition: Path) -> None:
    known = first_date(edition, "2026-02-01")
    name = f"{known['group']}:{known['number']}"
    before = edition.read_bytes()
    asked = ("edition", "reschedule", edition, "--cancel", name, "--reason", "ill")
    shown = run(*asked, "--by", "Ada", "--on", "2026-02-01")
    assert shown.exit_code == 0
    assert "Dates touched: 1." in shown.stdout
    assert "no plan touches fewer" in " ".join(shown.stdout.split())
    assert edition.read_bytes() == before

    done = run(*asked, "--by", "Ada", "--on", "2026-02-01", "--yes")
    assert done.exit_code == 0, done.output
    entry = read_history(edition).entries[-1]
    assert (entry.command.by, entry.command.why) == ("Ada", "ill")
    calendar = edition.with_name("sessions.ics").read_bytes()
    assert calendar.count(b"SEQUENCE:1") == 1
    table = run("edition", "status", edition, "--on", "2026-02-01", "--dates").stdout
    assert "Dates from 2026-02-01" in table
    assert name.rpartition(":")[0] in table


def test_a_blackout_is_kept_and_told(edition: Path) -> None:
    known = first_date(edition, "2026-02-01")
    day = Date.fromisoformat(known["starts_at"][:10])
    week = f"{day.year}-W{day.isocalendar()[1]:02d}"
    run(
        *("edition", "reschedule", edition, "--blackout", week, "--reason", "assembly"),
        *("--by", "Ada", "--on", "2026-02-01", "--notice", "0", "--yes"),
    )
    after = status_on(edition, "2026-02-01")
    assert after["blackouts"]
    assert read_history(edition).state.blackouts[0].start.isoweekday() == 1
    assert not any(
        read_history(edition).state.blackouts[0].start
        <= Date.fromisoformat(one["starts_at"][:10])
        < read_history(edition).state.blackouts[0].end
        for one in after["sessions"]
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--cancel", "nothing"), "write GROUP:NUMBER"),
        (("--away", "Bo"), "leads no group"),
        (("--lead", "small-01=Bo"), "names nobody who is known"),
        (("--blackout", "2026-W60"), "is no week"),
        (("--blackout", "2026-03-02..2026-03-01"), "ends before it begins"),
    ],
)
def test_changes_that_cannot_be_read_are_refused(
    edition: Path, options: tuple[str, str], said: str
) -> None:
    before = edition.read_bytes()
    with pytest.raises(click.UsageError, match=said):
        CliRunner().invoke(
            utm,
            ["edition", "reschedule", str(edition), *options, "--reason", "x", "--by", "Ada"],
            catch_exceptions=False,
            standalone_mode=False,
        )
    assert edition.read_bytes() == before


def test_a_date_that_does_not_exist_is_refused_with_its_rule(edition: Path) -> None:
    said = problem_of(
        *("edition", "reschedule", edition, "--cancel", "small-01:9"),
        *("--reason", "x", "--by", "Ada", "--on", "2026-02-01"),
    )
    assert "edition.date-as-agreed" in said


def test_clocks_that_still_hold_are_said_to_hold(edition: Path) -> None:
    shown = run(
        *("edition", "reschedule", edition, "--recheck", "--reason", "tz"),
        *("--by", "Ada", "--on", "2026-02-01"),
    )
    assert "Every local time that was told still holds." in shown.stdout
    assert "Nothing has to change." in shown.stdout


def test_the_price_of_a_withdrawal_stands_in_the_history(edition: Path) -> None:
    member = read_history(edition).state.groups[0].members[0].value
    run(
        *("edition", "withdraw", edition, member, "--reason", "no staff", "--by", "Ada"),
        *("--on", "2026-02-03", "--plan", "1", "--yes"),
    )
    told = run("digest", edition, "--since", "2026-02-02").stdout
    assert "at a price of" in told


PEOPLE = """name,timezone,country,works_from,works_to,most_groups
Ana,Europe/Lisbon,PT,09:00,17:00,6
Dev,Asia/Kolkata,IN,10:00,18:00,6
"""


def test_facilitators_from_a_list_lead_groups_and_stand_in_status_and_calendar(
    tmp_path: Path,
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    read = read_facilitators(people)
    assert [one.key for one in read] == ["Ana", "Dev"]
    assert read[1].attendee.hours.preferred_from == 600
    assert read[0].most_groups == 6


def test_all_that_is_wrong_with_a_list_of_facilitators_is_told_with_row_and_column(
    tmp_path: Path,
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "name,timezone,works_from,most_groups\n"
        "Ana,Europe/Lisboa,nine,x\n"
        ",Europe/Lisbon,18:00,5\n"
        "Bo,Europe/Lisbon,,0\n"
        "Cy,Europe/Lisbon,,5\n"
        "Cy,Europe/Lisbon,,5\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInputError) as caught:
        read_facilitators(people)
    places = {(one.row, one.column) for one in caught.value.problems}
    assert places == {
        (2, "timezone"),
        (2, "works_from"),
        (2, "most_groups"),
        (3, "name"),
        (3, "works_from"),
        (4, "name"),
        (6, "name"),
    }


def test_a_lock_that_a_dead_writer_left_behind_keeps_nobody_out(edition: Path) -> None:
    edition.with_name(f".{edition.name}.lock").touch()
    group = read_history(edition).state.groups[0].id.value
    done = record(
        edition, {"facilitator_assigned": {"group": group, "facilitator": "Bo"}}, "2026-02-02"
    )
    assert done.exit_code == 0
    assert not edition.with_name(f".{edition.name}.lock").exists()


def test_actions_are_listed_and_a_form_is_printed_to_fill_in() -> None:
    assert "engagement" in run("history", "actions").stdout
    assert "summit_held" in run("history", "actions", "gatherings").stdout
    form = json.loads(run("history", "actions", "cohort", "admission").stdout)
    assert form == {"admission": {"city": "(city id)", "wave": None}}
    assert "Did you mean 'cohort'?" in problem_of("history", "actions", "cohrt")


def test_what_the_missions_histories_show_is_told_and_then_recorded(tmp_path: Path) -> None:
    engagement, events = tmp_path / "city.json", tmp_path / "events.json"
    run("history", "begin", "engagement", '{"city": "fi-turku"}', "--out", engagement)
    run(
        "history",
        "begin",
        "gatherings",
        '{"name": "Events", "cities": ["fi-turku"]}',
        "--out",
        events,
    )
    undertaken = {
        "city": "fi-turku",
        "kind": "take part in the Annual Innovation Summit",
        "year": 2026,
        "due_on": "2026-12-31",
    }
    record(engagement, {"undertaking_given": undertaken}, "2026-01-01")
    summit = {"title": "Summit", "place": "a host city", "attendees": ["fi-turku"]}
    record(events, {"summit_held": summit}, "2026-03-01")
    complete = ("history", "complete", engagement, events, "--on")

    assert "Nothing more is shown" in run(*complete, "2026-02-28").stdout
    told = run(*complete, "2026-03-01").stdout
    assert "Summit, attended on 2026-03-01" in " ".join(told.split())
    assert "0 of 1" in told
    assert len(read_history(engagement).entries) == 1
    assert "1 of 1" in run(*complete, "2026-03-01", "--by", "Ada", "--yes").stdout
    entry = read_history(engagement).entries[-1]
    assert (entry.number, entry.command.by, entry.command.on) == (2, "Ada", Date(2026, 3, 1))
    assert "Nothing more is shown" in run(*complete, "2026-03-01").stdout


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("events.json", "--yes"), "--yes needs --by"),
        (("events.json", "events.json"), "second history of kind gatherings"),
        (("city.json",), "shows nothing"),
        (("events.json", "--country", "Narnia"), "is no country"),
    ],
)
def test_a_wrong_look_at_what_is_shown_is_refused(
    more: tuple[str, ...], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("history", "begin", "engagement", '{"city": "fi-turku"}', "--out", "city.json")
    run("history", "begin", "gatherings", '{"name": "Events"}', "--out", "events.json")

    refused = run("history", "complete", "city.json", *more)

    assert refused.exit_code == 2
    assert reason in refused.output


def test_groups_that_lack_dates_for_the_same_reasons_are_told_together(edition: Path) -> None:
    told = run(
        *("edition", "reschedule", edition, "--blackout", "2026-02-02..2027-02-01"),
        *("--reason", "x", "--by", "Ada", "--on", "2026-02-01"),
    )

    groups = [one.id.value for one in read_history(edition).state.groups]
    text = " ".join(told.stdout.split())
    assert f"{', '.join(groups)}: - " in text
    assert text.count("may fall on holidays and blackout days") == 1


def test_an_application_is_judged_by_the_rules_of_its_moment_and_answered(tmp_path: Path) -> None:
    call = tmp_path / "call.json"
    write_history(call, begin_call(CallId("c"), CITY2CITY_2026))
    window = {"opens_on": "2026-02-01", "last_day": "2026-03-01", "timezone": "Europe/Brussels"}
    form = {"version": "1", "questions": []}
    record(call, {"launch": {"window": window, "form": form}}, "2026-01-10")
    city = {"id": "fi-turku", "name": "Turku", "country": "FI"}
    application = {
        "id": "a1",
        "call": "c",
        "applicant": {"city": city},
        "submitted_on": "2026-02-10",
    }
    sent = {"application": application, "moment": "2026-02-10T12:00:00+01:00", "form_version": "1"}
    record(call, {"submission": sent}, "2026-02-11")
    judge = ("history", "judge", call, "a1", "--by", "Ada", "--on", "2026-02-12")

    assert "call.stage" in problem_of(*judge, "--yes")
    record(call, {"review_start": {"application": "a1", "reviewer": "Ada"}}, "2026-02-12")
    shown = run(*judge, "--title", "City2City").stdout
    assert shown.startswith("# City2City: Turku")
    assert "number of inhabitants: not reported" in shown
    assert len(read_history(call).entries) == 3
    assert "Recorded as entry 4" in run(*judge, "--yes").stdout
    ruled = read_history(call).state.record_of(ApplicationId("a1"))
    assert ruled.decision.version.version == "call-2026"
    assert "call.stage" in problem_of(*judge, "--yes")
    for wrong, reason in (("a2", "those are a1"), ("a1", "there is none")):
        day = "2026-02-12" if wrong == "a2" else "2026-02-01"
        refused = run("history", "judge", call, wrong, "--by", "Ada", "--on", day)
        assert refused.exit_code == 2
        assert reason in refused.output


def test_a_history_tells_only_of_cities_that_were_entered_from_where_they_are_known(
    tmp_path: Path,
) -> None:
    events, cohort = tmp_path / "events.json", tmp_path / "cohort.json"
    applicants = tmp_path / "applicants.csv"
    applicants.write_text("name,country\nTurku,FI\n", encoding="utf-8")
    run("history", "begin", "gatherings", '{"name": "Events"}', "--out", events)
    write_history(cohort, begin_cohort("UTM", city2city_2026().cities[:3]))
    enter = ("history", "cities", events, "--by", "Ada", "--why", "invited", "--on", "2026-02-01")
    summit = {"title": "Summit", "place": "a host city", "attendees": ["fi-turku", "aq-nowhere"]}

    before = events.read_bytes()
    refused = problem_of(
        *("history", "record", events, json.dumps({"summit_held": summit})),
        *("--by", "Bo", "--why", "x", "--on", "2026-03-01"),
    )
    assert "summit held (fi-turku, aq-nowhere) on 2026-03-01, by Bo is refused" in refused
    assert "fi-turku, aq-nowhere are not in it (rule history.known-city" in refused
    assert "utm history cities" in refused
    assert events.read_bytes() == before
    assert "5 entered" in run(*enter, cohort, applicants, "--city", "aq-nowhere").stdout
    assert "Nothing has changed" in run(*enter, applicants).stdout
    record(events, {"summit_held": summit}, "2026-03-01")
    assert len(read_history(events).state.register.cities) == 5
    for more, reason in (
        ((), "name a file that knows cities"),
        (("--city", "Turku!"), "is no key of a city"),
    ):
        told = run(*enter, *more)
        assert told.exit_code == 2
        assert reason in told.output
    city = tmp_path / "city.json"
    run("history", "begin", "engagement", '{"city": "fi-turku"}', "--out", city)
    assert "knows no cities but its own" in run(*enter, city).output
    own = ("history", "cities", city, events, "--by", "Ada", "--why", "x", "--on", "2026-02-01")
    assert "keeps no register" in run(*own).output


def test_every_history_that_knows_cities_can_tell_them(edition: Path, tmp_path: Path) -> None:
    campaigns, events = tmp_path / "campaigns.json", tmp_path / "events.json"
    networks = tmp_path / "networks.json"
    run("history", "begin", "campaigns", '{"name": "C"}', "--out", campaigns)
    run("history", "begin", "gatherings", '{"name": "E", "cities": ["se-lund"]}', "--out", events)
    run("history", "begin", "networks", '{"name": "N"}', "--out", networks)
    record(networks, {"city_entered": {"city": "dk-aarhus", "country": "DK"}}, "2026-02-01")

    told = run(
        *("history", "cities", campaigns, edition, events, networks),
        *("--by", "Ada", "--why", "x", "--on", "2026-02-01"),
    )

    assert "16 entered" in told.stdout
    known = {city.value for city in read_history(campaigns).state.register.cities}
    assert {"se-lund", "dk-aarhus"} < known


def test_a_day_to_come_is_refused_unless_it_is_meant(edition: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.json"
    run("history", "begin", "gatherings", '{"name": "E", "cities": ["fi-turku"]}', "--out", events)
    before = events.read_bytes()
    summit = {"summit_held": {"title": "S", "place": "P", "attendees": ["fi-turku"]}}

    refused = record(events, summit, "2099-11-20")
    assert refused.exit_code == 2
    told = " ".join(refused.output.replace("│", " ").split())
    assert "2099-11-20 has not come: today is 2027-01-01. Add --ahead" in told
    assert events.read_bytes() == before
    assert record(events, summit, "2099-11-20", "--ahead").exit_code == 0
    for command in (
        ("edition", "withdraw", edition, "tr-mersin", "--reason", "x"),
        ("edition", "enter", edition, events, "--why", "x"),
        ("edition", "reschedule", edition, "--reason", "x", "--blackout", "2026-05-01"),
    ):
        asked = run(*command, "--by", "Ada", "--on", "2027-01-02")
        assert asked.exit_code == 2
        assert "has not come" in asked.output


def test_a_slip_of_the_pen_is_voided_and_what_is_right_is_recorded(tmp_path: Path) -> None:
    events = tmp_path / "events.json"
    run("history", "begin", "gatherings", '{"name": "E", "cities": ["fi-turku"]}', "--out", events)
    summit = {"summit_held": {"title": "Summit", "place": "Oslo", "attendees": ["fi-turku"]}}
    region = {"region_named": {"region": "Norden", "countries": ["FI", "SE"]}}
    record(events, region, "2026-11-01")
    record(events, summit, "2099-11-20", "--ahead")
    assert "history.days-in-order" in problem_of(
        *("history", "record", events, json.dumps(summit), "--by", "Bo", "--why", "x"),
        *("--on", "2026-11-20"),
    )
    locked = ("history", "record", events, json.dumps(summit), "--by", "Bo", "--why", "x")
    assert "utm history void" in problem_of(*locked, "--on", "2026-11-20")
    void = ("history", "void", events, "--by", "Ada", "--why", "wrong year", "--on", "2026-11-27")

    told = run(*void, "2", "--seen", "2").stdout
    assert "Void is entry 2: Summit took place in Oslo with 1 city." in told
    assert "The last entry that stands is of 2026-11-01" in told
    assert "history.voided-once" in problem_of(*void, "2")
    record(events, summit, "2026-11-20")
    shown = " ".join(run("history", "show", events).stdout.split())
    assert "(void by entry 3)" in shown
    state = read_history(events).state
    assert [str(day) for day, _ in state.summits] == ["2026-11-20"]
    news = run("digest", events, "--since", "2026-11-20").stdout
    assert "Void is entry 2 of 2099-11-20: Summit took place in Oslo" in news
    assert news.count("Summit") == 1


def test_a_document_whose_void_entries_stand_in_the_way_of_no_day_is_read_anew(
    tmp_path: Path,
) -> None:
    history = begin_cohort("UTM", city2city_2026().cities[:2])
    for command in (
        Command(action=WaveOpening(number=1), by="Ada", on=Date(2099, 1, 1), why="x"),
        Command(action=WaveOpening(number=2), by="Ada", on=Date(2099, 1, 1), why="x"),
    ):
        history = history.record(command)
    history = history.void(1, 2, by="Bo", on=Date(2026, 1, 5), why="wrong year")
    history = history.record(
        Command(action=WaveOpening(number=1), by="Ada", on=Date(2026, 1, 2), why="x")
    )
    path = tmp_path / "cohort.json"
    write_history(path, history)

    assert read_history(path) == history
    document = json.loads(path.read_text(encoding="utf-8"))
    document["entries"][3]["on"] = "2098-01-01"
    document["entries"].append({**document["entries"][3], "number": 5, "on": "2026-01-01"})
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_history(path)
    assert [problem.path for problem in caught.value.problems] == ["$.entries[4].on"]


@pytest.mark.parametrize("day", ["2030-12-31", "2034-05-01"])
def test_a_target_whose_day_has_come_is_said_to_be_missed_or_met(day: str, tmp_path: Path) -> None:
    told = " ".join(run("cohort", "--on", day).stdout.split())
    assert "300 cities by 2030-12-31: its day has come, and it was missed by 155 cities" in told
    assert "Still to come" not in told

    cities = city2city_2026().cities
    path = tmp_path / "cohort.json"
    steps = [WaveOpening(number=1), *(Admission(city=one.id, wave=1) for one in cities)]
    history = begin_cohort("UTM", cities).record_all(
        Command(action=action, by="Ada", on=Date(2024, 1, 1), why="x") for action in steps
    )
    gone = Command(action=Departure(city=cities[0].id), by="Ada", on=Date(2031, 1, 1), why="x")
    write_history(path, history.record(gone))
    found = json.loads(run("cohort", path, "--on", day, "--format", "json").stdout)

    assert found["outcomes"][-1] == {
        "cities": 300,
        "by": "2030-12-31",
        "counted": 51,
        "counted_on": "2030-12-31",
        "missed_by": 249,
    }
    assert found["paces"] == []
    text = " ".join(run("cohort", path, "--on", day).stdout.split())
    assert "0 of 50 front-runners by 2030-12-31: its day has come, and it was missed by 50" in text
    # A history that begins later tells nothing of that day: the last announced count does.
    write_history(
        tmp_path / "young.json",
        begin_cohort("UTM", cities).record(
            Command(action=WaveOpening(number=1), by="Ada", on=Date(2026, 1, 1), why="x")
        ),
    )
    young = json.loads(
        run("cohort", tmp_path / "young.json", "--on", day, "--format", "json").stdout
    )
    assert [(one["counted"], one["counted_on"]) for one in young["outcomes"]] == [
        (97, "2024-07-11"),
        (0, "2030-12-31"),
    ]
    early = json.loads(run("cohort", path, "--on", "2030-12-30", "--format", "json").stdout)
    assert [one["by"] for one in early["outcomes"]] == ["2024-12-31"]
    assert [one["cities"] for one in early["paces"]] == [249]


@pytest.fixture
def community(tmp_path: Path) -> Path:
    """A community with three published questions of Renca, and applicants that could answer."""
    path, applicants = tmp_path / "community.json", tmp_path / "applicants.csv"
    rows = ("Turku,FI,mobility.cycling,4", "Braga,PT,mobility.walking,5", "Renca,CL,,")
    applicants.write_text("\n".join(("name,country,offer_1,offer_1_maturity", *rows)), "utf-8")
    terms = {"most_asked": 2, "within_days": 30}
    beginning = json.dumps({"name": "Community", "terms": terms})
    run("history", "begin", "learning", beginning, "--out", path)
    run("history", "cities", path, applicants, "--by", "Mo", "--why", "x", "--on", "2026-03-01")
    opened = {"group": "wheels", "theme": "mobility", "moderators": ["Bo"]}
    record(path, {"learning_group_opened": opened}, "2026-03-01")
    for key in ("q1", "q2", "q3"):
        asked = {"group": "wheels", "question": key, "city": "cl-renca"}
        asked |= {"topic": "mobility.cycling", "text": "How wide is a lane?"}
        record(path, {"question_asked": asked}, "2026-03-02")
        record(path, {"moderation": {"post": key, "status": "published"}}, "2026-03-02")
    return path


def test_a_question_is_routed_with_reasons_and_the_cap_names_whom_it_spares(
    community: Path,
) -> None:
    files = ("--applicants", community.parent / "applicants.csv", "--on", "2026-03-03")

    def told(*more: str) -> str:
        return " ".join(run("history", "route", community, *more, *files).stdout.split())

    before = community.read_bytes()
    shown = told("q1")
    assert "q1, asked by cl-renca: How wide is a lane?" in shown
    assert "- fi-turku: offers mobility.cycling at maturity 4 of 5 - pt-braga: offers another" in (
        shown
    )
    assert "Add --yes and --by to record it" in shown
    assert community.read_bytes() == before
    for key in ("q1", "q2"):
        assert "Recorded as entry" in told(key, "--top", "1", "--yes", "--by", "Mo")
    capped = told("q3")
    assert "Best placed to answer: - pt-braga" in capped
    assert "no city is asked more than 2 times in 30 days: - fi-turku: 2 times" in capped
    asked = [post.routed for post in read_history(community).state.posts]
    assert [[one.city.value for _, one in each] for each in asked] == [
        ["fi-turku"],
        ["fi-turku"],
        [],
    ]
    later = run(*("history", "route", community, "q3", "--on", "2026-04-03"), *files[:2]).stdout
    assert "Not asked" not in later


def test_questions_are_listed_and_what_cannot_be_routed_is_said(community: Path) -> None:
    listed = run("history", "route", community, "--on", "2026-03-03").stdout
    assert "Community: 3 questions" in listed
    assert listed.count("cl-renca on 2026-03-02") == 3
    assert "0 questions" in run("history", "route", community, "--on", "2026-03-01").stdout
    for more, reason in (
        (("q9",), "there is no question 'q9'; those are: q1, q2, q3"),
        (("q1", "--yes"), "--yes needs --by"),
        (("--yes",), "--yes needs a QUESTION"),
    ):
        refused = run("history", "route", community, *more, "--on", "2026-03-03")
        assert refused.exit_code == 2
        assert reason in refused.output
    register = run("history", "route", community, "q1", "--on", "2026-03-03").stdout
    assert "Nobody in the register who may be asked" in register
    assert "cities with offers are not in the register" in register
