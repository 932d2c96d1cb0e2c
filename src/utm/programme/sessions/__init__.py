"""The sessions of a whole edition: facilitators, visits, one programme year, fair to every city.

`schedule_sessions` places everything and proves how good it is.
"""

from utm.programme.sessions.assigning import assign_facilitators
from utm.programme.sessions.assignment_bound import bound_of_assignments
from utm.programme.sessions.audit import audit_sessions
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.sessions.plan import GroupSessions, PlacedVisit, SessionsPlan, SessionsScore
from utm.programme.sessions.problem import SessionGroup, SessionsProblem, Visit
from utm.programme.sessions.scheduling import schedule_sessions

__all__ = [
    "Facilitator",
    "GroupSessions",
    "PlacedVisit",
    "SessionGroup",
    "SessionsPlan",
    "SessionsProblem",
    "SessionsScore",
    "Visit",
    "assign_facilitators",
    "audit_sessions",
    "bound_of_assignments",
    "schedule_sessions",
]
