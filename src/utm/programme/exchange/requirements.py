"""What an edition asks of every command, one constant a rule."""

from __future__ import annotations

from utm.programme.history import Requirement

__all__ = ["EDITION_REQUIREMENTS"]

OPEN = Requirement(id="edition.open", text="nothing happens in an edition that was closed")
ALL_ENDED = Requirement(
    id="edition.all-ended", text="an edition is closed once every group is completed or dissolved"
)
FOLLOWS = Requirement(
    id="edition.follows-by-itself",
    text="that a group is at risk or repaired follows from who is in it and is not asked for",
)
KNOWN = Requirement(
    id="edition.known-participant", text="only participants of the edition that have not left"
)
ENTERED_ONCE = Requirement(
    id="edition.entered-once", text="a participant enters an edition once, and stays known to it"
)
WAITING = Requirement(
    id="edition.waiting", text="only a participant without a group leaves while it waits"
)
ONE_GROUP = Requirement(
    id="edition.one-group-each", text="a participant is in one group at work at most"
)
SIZE = Requirement(id="edition.group-size", text="a group has as many members as the terms allow")
NEW_KEY = Requirement(
    id="edition.new-key",
    text="every group, pilot and planned visit has its own key, and a pilot each partner once",
)
KNOWN_GROUP = Requirement(
    id="edition.group-at-work", text="the group exists and was neither completed nor dissolved"
)
BEFORE_KICKOFF = Requirement(
    id="edition.override-before-kickoff", text="the grouping is overridden before a group begins"
)
LOAD = Requirement(
    id="edition.facilitator-load",
    text="nobody facilitates more groups at once than the terms allow",
)
LEAD = Requirement(
    id="edition.lead-before-kickoff", text="a group has a facilitator before it begins"
)
KICKOFF_ONCE = Requirement(id="edition.kickoff-once", text="a group begins once, in full size")
AFTER_KICKOFF = Requirement(
    id="edition.meeting-after-kickoff", text="a group meets after its kickoff or on its day"
)
ONE_A_DAY = Requirement(
    id="edition.one-meeting-a-day", text="a group holds one meeting a day at most"
)
MEMBERS_MEET = Requirement(
    id="edition.members-meet", text="at least two members of the group attend, and nobody else"
)
MEMBER = Requirement(id="edition.member", text="only a member of the group can do that")
AGREED_TOGETHER = Requirement(
    id="edition.agreed-together",
    text="a group agrees on actions when it meets: on the day of its kickoff or later",
)
ACTION = Requirement(
    id="edition.agreed-action",
    text="an action is agreed once, falls due later, and is done once after that",
)
COMPLETED = Requirement(
    id="edition.completed", text="a completed group has held enough meetings in time"
)
SAME_UNIT = Requirement(
    id="edition.same-unit", text="a result is given in the unit of the baseline"
)
SHOWCASE = Requirement(
    id="edition.showcase-after-meeting", text="a group shows its work after at least one meeting"
)
PILOT = Requirement(id="edition.known-pilot", text="the pilot exists")
PILOT_ORDER = Requirement(
    id="edition.pilot-order",
    text="a pilot moves from idea to designed, testing, running and scaled, or is stopped",
)
AGREED_ONCE = Requirement(
    id="edition.dates-agreed-once", text="the dates of a group are agreed once and then changed"
)
DATE_AS_AGREED = Requirement(
    id="edition.date-as-agreed", text="who changes a date knows when it was agreed to be"
)
DATES_AHEAD = Requirement(
    id="edition.dates-ahead", text="a date or a visit is on a day that is still to come"
)
ONE_PLACE = Requirement(
    id="edition.one-place-at-a-time", text="nobody is in two meetings or visits at one moment"
)
VISIT = Requirement(
    id="edition.planned-visit", text="the visit was agreed, and neither held nor called off"
)
VISIT_DAY = Requirement(
    id="edition.visit-day", text="a visit is recorded once it has begun, and not from the future"
)
GOES_ALONG = Requirement(
    id="edition.goes-along", text="whoever goes along with a visit is a facilitator that is known"
)
EDITION_REQUIREMENTS = (
    OPEN,
    ALL_ENDED,
    FOLLOWS,
    KNOWN,
    ENTERED_ONCE,
    WAITING,
    ONE_GROUP,
    SIZE,
    NEW_KEY,
    KNOWN_GROUP,
    BEFORE_KICKOFF,
    LOAD,
    LEAD,
    KICKOFF_ONCE,
    AFTER_KICKOFF,
    ONE_A_DAY,
    MEMBERS_MEET,
    MEMBER,
    AGREED_TOGETHER,
    ACTION,
    COMPLETED,
    SAME_UNIT,
    SHOWCASE,
    PILOT,
    PILOT_ORDER,
    AGREED_ONCE,
    DATE_AS_AGREED,
    DATES_AHEAD,
    ONE_PLACE,
    VISIT,
    VISIT_DAY,
    GOES_ALONG,
)
"""All that a command to an edition may be refused for."""
