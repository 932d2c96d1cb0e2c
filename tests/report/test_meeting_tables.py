from attrs import evolve

from tests.report.editions import real_edition, small_edition
from utm.programme import FormedGroup, MeetingPlan, Relaxation, RelaxationKind
from utm.report.display_text import NameBook
from utm.report.meeting_tables import MeetingTable, tabulate_meetings


def table(group: FormedGroup) -> MeetingTable:
    return tabulate_meetings(group, NameBook.of(member.applicant.name for member in group.members))


def test_each_meeting_is_given_on_the_clock_of_each_member() -> None:
    for group in real_edition().groups:
        for row, meeting in zip(table(group).rows, group.meetings.meetings, strict=True):
            by_key = {local.attendee: local for local in meeting.local}
            for member, time in zip(group.members, row.local, strict=True):
                local = by_key[member.key.value]
                assert time is not None
                assert time.hours == local.hours
                assert time.weekday == local.weekday[:3]
                assert time.day.startswith(f"{local.day.day} ")
                assert time.day.endswith(f" {local.day.year}")


def test_a_time_is_marked_in_words_exactly_where_it_is_a_burden() -> None:
    marked = 0
    for group in real_edition().groups:
        for row, meeting in zip(table(group).rows, group.meetings.meetings, strict=True):
            burdens = {local.attendee: local.burden_minutes for local in meeting.local}
            for member, time in zip(group.members, row.local, strict=True):
                assert time is not None
                assert bool(time.outside) == (burdens[member.key.value] > 0)
                assert not time.outside or time.outside.endswith((" early", " late"))
                marked += bool(time.outside)
    assert marked > 0


def test_the_burdens_add_up_to_those_of_the_meetings() -> None:
    group = next(
        g for g in real_edition().groups if any(b.burden_minutes for b in g.meetings.burdens)
    )
    lines = {line.name: line for line in table(group).burdens}

    for burden in group.meetings.burdens:
        if burden.burden_minutes == 0:
            assert lines[burden.name].burden == "none"
        else:
            assert lines[burden.name].burden != "none"


def test_a_member_whose_clock_is_not_known_has_no_time() -> None:
    group = small_edition().groups[0]
    first = group.members[0].key.value
    meetings = tuple(
        evolve(meeting, local=tuple(local for local in meeting.local if local.attendee != first))
        for meeting in group.meetings.meetings
    )
    burdens = tuple(burden for burden in group.meetings.burdens if burden.attendee != first)
    plan = evolve(group.meetings, meetings=meetings, burdens=burdens, unplaced=(first,))
    shown = table(evolve(group, meetings=plan))

    assert shown.rows
    assert all(row.local[0] is None for row in shown.rows)
    assert shown.burdens[0].zone == shown.burdens[0].burden == "not known"


def test_where_nothing_fits_it_is_told_what_could_give() -> None:
    group = small_edition().groups[0]
    plan = MeetingPlan(
        meetings=(),
        burdens=(),
        score=None,
        is_proven_best=False,
        unplaced=(),
        relaxations=(
            Relaxation(
                kind=RelaxationKind.FEWER_MEETINGS, members=(), amount=3, sentence="Three fit."
            ),
        ),
        notes=("A note.",),
        time_zone_data="tzdata",
    )
    shown = table(evolve(group, meetings=plan))

    assert shown.headline == "No meetings fit"
    assert shown.relaxations == ("Three fit.",)
    assert shown.rows == ()
