"""The calendar file, read back with another parser's eyes: instants, identity, harm."""

import datetime as dt
import os
import re
import subprocess
import sys

import icalendar
import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from tests.programme.meeting_groups import LISTED_GROUPS, YEAR_2025, attendee
from utm.domain import PairingId, Unknown, UnknownReason
from utm.errors import ExtraMissingError, InvalidValueError
from utm.interchange.calendar import MeetingSeries, meeting_uid, render_ics
from utm.programme import Attendee, MeetingPlan, MeetingRules, schedule_meetings

STAMP = pendulum.datetime(2025, 1, 2, 3, 4, 5)
RULES = MeetingRules(year=YEAR_2025)
PLANS = {
    number: schedule_meetings(LISTED_GROUPS[number].attendees(), RULES) for number in (4, 15, 18)
}
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(
        alphabet="\r\n\x0b\x0c\x1c\x85\u2028\u2029\u202e;,:\\\"'<>BEGIN:END VALARM", max_size=120
    ),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM",
            "ü" * 10_000,
            "\U0001f3d9" * 100,
            "\ud800",
            "",
        ]
    ),
)


def series(
    number: int, *, title: str | None = None, plan: MeetingPlan | None = None, sequence: int = 0
) -> MeetingSeries:
    names = " - ".join(name for name, _, _ in LISTED_GROUPS[number].cities)
    return MeetingSeries(
        group=PairingId(f"city2city-2026-{number:02d}"),
        title=names if title is None else title,
        plan=plan or PLANS[number],
        sequence=sequence,
    )


def events_of(written: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(written)
    assert isinstance(calendar, icalendar.Calendar)
    return [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]


def unfolded(written: bytes) -> list[str]:
    return written.decode().replace("\r\n ", "").split("\r\n")


def test_every_meeting_comes_back_at_its_instant() -> None:
    events = events_of(render_ics([series(number) for number in PLANS], stamped_at=STAMP))
    expected = {
        meeting_uid(series(number).group, meeting.ordinal): (meeting.starts_at, meeting.ends_at)
        for number, plan in PLANS.items()
        for meeting in plan.meetings
    }
    assert {
        str(event["uid"]): (event["dtstart"].dt, event["dtend"].dt) for event in events
    } == expected
    assert len(events) == 12
    assert all(event["dtstamp"].dt == STAMP for event in events)
    assert all(event["dtstart"].dt.utcoffset() == dt.timedelta(0) for event in events)


def test_times_are_written_in_utc_and_the_file_needs_no_zone_rules() -> None:
    lines = unfolded(render_ics([series(4)], stamped_at=STAMP))
    starts = [line for line in lines if line.startswith(("DTSTART", "DTEND", "DTSTAMP"))]
    assert len(starts) == 12
    assert all(re.fullmatch(r"DT[A-Z]+:\d{8}T\d{6}Z", line) for line in starts)
    assert not any("TZID" in line or "VTIMEZONE" in line for line in lines)


def test_entries_stand_in_order_of_time() -> None:
    events = events_of(render_ics([series(number) for number in PLANS], stamped_at=STAMP))
    starts = [event["dtstart"].dt for event in events]
    assert starts == sorted(starts)


def test_the_description_tells_the_local_time_of_every_member() -> None:
    event = events_of(render_ics([series(15)], stamped_at=STAMP))[0]
    description = str(event["description"])
    for local in PLANS[15].meetings[0].local:
        assert f"{local.name}: {local.weekday} {local.day}, {local.hours}" in description
    assert PLANS[15].time_zone_data in description


def test_the_description_names_members_whose_zone_is_not_known() -> None:
    lost = Attendee(key="lost", name="Lost", timezone=Unknown(reason=UnknownReason.NOT_REPORTED))
    plan = schedule_meetings([attendee("Africa/Nairobi"), lost], RULES)
    written = render_ics([series(18, plan=plan)], stamped_at=STAMP)
    assert "lost: time zone not known" in str(events_of(written)[0]["description"])


def test_nobody_is_invited_and_no_address_is_named() -> None:
    written = render_ics([series(number) for number in PLANS], stamped_at=STAMP)
    assert b"@" not in written
    assert not {b"ATTENDEE", b"ORGANIZER", b"mailto"} & set(re.findall(rb"\w+", written))
    assert b"METHOD:PUBLISH" in written


def test_a_meeting_keeps_its_identifier_when_it_moves_and_its_sequence_rises() -> None:
    later = MeetingRules(year=YEAR_2025, blackout_days=(PLANS[18].meetings[0].local[0].day,))
    moved = schedule_meetings(LISTED_GROUPS[18].attendees(), later)
    before = events_of(render_ics([series(18)], stamped_at=STAMP))
    after = events_of(render_ics([series(18, plan=moved, sequence=3)], stamped_at=STAMP))
    assert before[0]["dtstart"].dt != after[0]["dtstart"].dt
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert {int(event["sequence"]) for event in before} == {0}
    assert {int(event["sequence"]) for event in after} == {3}


def test_identifiers_are_fixed_for_ever_and_differ_between_groups_and_meetings() -> None:
    first, second = PairingId("city2city-2026-01"), PairingId("city2city-2026-011")
    assert meeting_uid(first, 1) == "51827e3e-ea09-59ac-81a4-f45911d45249"
    uids = {meeting_uid(group, ordinal) for group in (first, second) for ordinal in range(1, 30)}
    assert len(uids) == 58


@given(title=HOSTILE, name=HOSTILE)
def test_hostile_text_changes_nothing_but_the_text(title: str, name: str) -> None:
    plan = PLANS[18]
    first = plan.meetings[0]
    shown = tuple(evolve(local, name=name) for local in first.local)
    hostile = evolve(plan, meetings=(evolve(first, local=shown), *plan.meetings[1:]))
    written = render_ics([series(18, title=title, plan=hostile)], stamped_at=STAMP, name=title)
    plain = render_ics([series(18)], stamped_at=STAMP)

    def bones(content: bytes) -> list[str]:
        text = ("SUMMARY", "DESCRIPTION", "NAME")
        lines = unfolded(content)
        return [re.split("[:;]", s)[0] if s.startswith(text) else s for s in lines]

    assert bones(written) == bones(plain)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert b"\r" not in written.replace(b"\r\n", b"")
    text = written.decode()
    assert not set(text) & set("\x00\x0b\x0c\x1c\x85\u2028\u2029\u202a\u202e\u2066")
    assert len(events_of(written)) == 4


def test_a_name_of_any_length_leaves_the_hours_readable() -> None:
    plan = PLANS[18]
    first = plan.meetings[0]
    shown = tuple(evolve(local, name="N" * 10_000) for local in first.local)
    long = evolve(plan, meetings=(evolve(first, local=shown),))
    description = str(
        events_of(render_ics([series(18, plan=long)], stamped_at=STAMP))[0]["description"]
    )
    assert first.local[0].hours in description
    assert len(description) < 1_000


def test_letters_of_every_script_come_back() -> None:
    title = "Yenişehir; Çorlu, Peñalolén — Дархан القاهرة वाराणसी"
    event = events_of(render_ics([series(18, title=title)], stamped_at=STAMP))[0]
    assert str(event["summary"]) == title


def test_the_order_of_groups_and_the_hash_seed_change_no_byte() -> None:
    groups = [series(number) for number in PLANS]
    written = render_ics(groups, stamped_at=STAMP)
    assert render_ics(reversed(groups), stamped_at=STAMP) == written
    script = (
        "import sys\n"
        "from tests.interchange.test_calendar import *\n"
        "groups = [series(number) for number in PLANS]\n"
        "sys.stdout.buffer.write(render_ics(groups, stamped_at=STAMP))\n"
    )
    again = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    ).stdout
    assert again == written


def test_a_stamp_in_another_zone_is_written_in_utc() -> None:
    local = STAMP.in_timezone("Asia/Kathmandu")
    assert render_ics([series(18)], stamped_at=local) == render_ics([series(18)], stamped_at=STAMP)


def test_a_group_that_found_no_time_has_no_entry() -> None:
    far = [attendee("America/Los_Angeles"), attendee("Europe/Paris"), attendee("Asia/Tokyo")]
    empty = schedule_meetings(far, RULES)
    assert not empty.is_complete
    assert events_of(render_ics([series(18, plan=empty)], stamped_at=STAMP)) == []


def test_a_group_named_twice_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="name a group twice"):
        render_ics([series(18), series(18)], stamped_at=STAMP)


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="must have a time zone"):
        render_ics([series(18)], stamped_at=DateTime(2025, 1, 1))


@pytest.mark.parametrize("sequence", [-1, 1.0, True])
def test_a_sequence_that_is_no_count_is_refused(sequence: int) -> None:
    with pytest.raises(InvalidValueError, match="sequence of a meeting series"):
        series(18, sequence=sequence)


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ExtraMissingError, match=r"\[ical\]"):
        render_ics([series(18)], stamped_at=STAMP)
