"""The life of the alliance: nothing is closed without an outcome, nobody overloaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never, get_args

from attrs import evolve
from pendulum import Date

from utm.domain import CityId
from utm.errors import InvalidValueError
from utm.programme.alliance.events import (
    AllianceEvent,
    AllianceRole,
    BrokerageClosed,
    BrokerageRequested,
    ConflictDeclared,
    ContactNamed,
    ExpertAssigned,
    ExpertRegistered,
    ExpertReleased,
    MemberLeft,
    RoleTaken,
)
from utm.programme.alliance.stakeholders import (
    DialogueHeld,
    LiaisonHeld,
    StakeholderEntered,
    StakeholderLeft,
)
from utm.programme.alliance.state import (
    Alliance,
    AllianceMember,
    BrokerageRecord,
    Expert,
    Stakeholder,
)
from utm.programme.history import (
    CitiesEntered,
    CityRegister,
    Command,
    History,
    Lifecycle,
    Refusal,
    Requirement,
)

__all__ = ["ALLIANCE_REQUIREMENTS", "AllianceHistory", "begin_alliance"]

_Outside: TypeAlias = StakeholderEntered | StakeholderLeft | DialogueHeld | LiaisonHeld
AllianceHistory = History[Alliance, AllianceEvent, AllianceEvent]
"""The history of the alliance."""

_ONE_ROLE = Requirement(
    id="alliance.one-role", text="a member has one role at a time and stays what it is"
)
_CO_LEAD = Requirement(
    id="alliance.configured-co-lead", text="only those lead together that are configured to"
)
_MEMBER = Requirement(id="alliance.member", text="only members of the alliance on that day")
_NEW_KEY = Requirement(id="alliance.new-key", text="every request and expert has its own key")
_OPEN = Requirement(id="alliance.open-request", text="a request is closed once, after it was made")
_KNOWN_EXPERT = Requirement(id="alliance.known-expert", text="the expert is registered")
_LOAD = Requirement(id="alliance.expert-load", text="no expert helps more groups than it offered")
_TOPIC = Requirement(id="alliance.expert-topic", text="an expert knows a topic of the group")
_CONFLICT = Requirement(
    id="alliance.conflict-of-interest", text="an expert helps no city that it has a conflict with"
)
_ONCE = Requirement(
    id="alliance.assigned-once", text="an expert is assigned to a group once, and then released"
)
_STAKEHOLDER = Requirement(
    id="alliance.stakeholder-once", text="a stakeholder is entered once, and leaves after that"
)
_CONTACT = Requirement(
    id="alliance.known-contact", text="a government in a dialogue has a contact in the register"
)
_PARTNER = Requirement(
    id="alliance.known-partner",
    text="the mission liaises with members, stakeholders and contacts of the register",
)
ALLIANCE_REQUIREMENTS = (
    _ONE_ROLE,
    _CO_LEAD,
    _MEMBER,
    _NEW_KEY,
    _OPEN,
    _KNOWN_EXPERT,
    _LOAD,
    _TOPIC,
    _CONFLICT,
    _ONCE,
    _STAKEHOLDER,
    _CONTACT,
    _PARTNER,
)
"""All that a command to the alliance may be refused for."""


def begin_alliance(
    name: str = "Global Innovation Alliance",
    *,
    co_leads: Iterable[str] = (),
    cities: Iterable[CityId] = (),
) -> AllianceHistory:
    """Begin the history of an alliance; it has no member yet.

    Parameters
    ----------
    name
        Its name.
    co_leads
        Names of those who lead it together; nobody else can then become a co-lead. Without
        any it is left open who leads.
    cities
        The cities that it may tell of; others are entered in its register later.

    Raises
    ------
    InvalidValueError
        A co-lead is named twice or not at all.
    """
    leads = tuple(sorted(co_leads))
    if len(set(leads)) < len(leads) or not all(one.strip() for one in leads):
        raise InvalidValueError(kind="co-leads", value=leads, reason="must be named once each")
    return History(
        lifecycle=Lifecycle(
            name=name,
            start=Alliance(co_leads=leads, register=CityRegister(tuple(cities))),
            decide=_decide,
            apply=_apply,
            requirements=ALLIANCE_REQUIREMENTS,
            actions=get_args(AllianceEvent),
            affects=_affects,
            register=lambda state: state.register,
        )
    )


def _decide(
    state: Alliance, command: Command[AllianceEvent]
) -> tuple[AllianceEvent, ...] | Refusal:
    action, on = command.action, command.on
    refusal: Refusal | None = None
    match action:
        case CitiesEntered():
            pass
        case RoleTaken():
            refusal = _refuse_role(state, action, on)
        case MemberLeft():
            refusal = _refuse_stranger(state, action.member, on)
            return refusal or (action, *_released_with(state, action.member))
        case ContactNamed():
            return () if action in state.contacts else (action,)
        case BrokerageRequested() | BrokerageClosed():
            refusal = _refuse_brokerage(state, action, on)
        case ExpertRegistered():
            refusal = _refuse_registration(state, action, on)
        case ConflictDeclared() | ExpertAssigned() | ExpertReleased():
            return _decide_on_expert(state, action, on)
        case StakeholderEntered() | StakeholderLeft() | DialogueHeld() | LiaisonHeld():
            refusal = _refuse_outside(state, action, on)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal or (action,)


def _decide_on_expert(
    state: Alliance, action: ConflictDeclared | ExpertAssigned | ExpertReleased, on: Date
) -> tuple[AllianceEvent, ...] | Refusal:
    expert = state.expert(action.expert)
    if expert is None:
        return _KNOWN_EXPERT.refuse(f"there is no expert {action.expert}")
    refusal: Refusal | None = None
    match action:
        case ConflictDeclared():
            if action.city in expert.conflicts:
                return ()
            ended = [one.group for one in expert.assignments if action.city in one.members]
            return (action, *(ExpertReleased(expert=action.expert, group=key) for key in ended))
        case ExpertAssigned():
            sender = expert.terms.member
            refusal = _refuse_stranger(state, sender, on) or _refuse_assignment(expert, action)
        case ExpertReleased():
            if action.group not in expert.groups:
                refusal = _ONCE.refuse(f"{action.expert} does not help {action.group}")
        case _:  # pragma: no cover
            assert_never(action)
    return refusal or (action,)


def _released_with(state: Alliance, member: str) -> tuple[AllianceEvent, ...]:
    """Its experts help no group once a member has left."""
    return tuple(
        ExpertReleased(expert=expert.terms.expert, group=group)
        for expert in state.experts
        if expert.terms.member == member
        for group in expert.groups
    )


def _refuse_outside(state: Alliance, action: _Outside, on: Date) -> Refusal | None:
    if isinstance(action, DialogueHeld):
        return _refuse_dialogue(state, action, on)
    if isinstance(action, LiaisonHeld):
        strangers = sorted(set(action.partners) - set(state.partners_on(on)))
        return _PARTNER.refuse(f"{', '.join(strangers)} is none on {on}") if strangers else None
    known = action.stakeholder in {one.terms.stakeholder for one in state.stakeholders_on(on)}
    if isinstance(action, StakeholderEntered) is not known:
        return None
    word = "is" if known else "is not"
    return _STAKEHOLDER.refuse(f"{action.stakeholder} {word} a stakeholder on {on}")


def _refuse_dialogue(state: Alliance, action: DialogueHeld, on: Date) -> Refusal | None:
    reached = {one.country for one in state.contacts}
    unknown = [country.value for country in action.governments if country not in reached]
    if unknown:
        return _CONTACT.refuse(f"there is none for {', '.join(unknown)}")
    for member in action.members:
        refusal = _refuse_stranger(state, member, on)
        if refusal is not None:
            return refusal
    return None


def _refuse_role(state: Alliance, action: RoleTaken, on: Date) -> Refusal | None:
    if (
        action.role is AllianceRole.CO_LEAD
        and state.co_leads
        and action.member not in state.co_leads
    ):
        return _CO_LEAD.refuse(f"{action.member} is none of {', '.join(state.co_leads)}")
    member = state.member_on(action.member, on)
    if member is None:
        return None
    if member.kind is not action.kind:
        return _ONE_ROLE.refuse(f"{member.name} is known as {member.kind.value}")
    if member.role_on(on) is action.role:
        return _ONE_ROLE.refuse(f"{member.name} is {action.role.value} already")
    return None


def _refuse_stranger(state: Alliance, name: str, on: Date) -> Refusal | None:
    return None if state.member_on(name, on) else _MEMBER.refuse(f"{name} is none on {on}")


def _refuse_registration(state: Alliance, action: ExpertRegistered, on: Date) -> Refusal | None:
    if state.expert(action.expert) is not None:
        return _NEW_KEY.refuse(f"there is an expert {action.expert}")
    return _refuse_stranger(state, action.member, on)


def _refuse_brokerage(
    state: Alliance, action: BrokerageRequested | BrokerageClosed, on: Date
) -> Refusal | None:
    record = state.request(action.request)
    if isinstance(action, BrokerageRequested):
        known = f"there is a request {action.request}"
        return None if record is None else _NEW_KEY.refuse(known)
    if record is None or record.closed_on is not None:
        what = "was never made" if record is None else f"was closed on {record.closed_on}"
        return _OPEN.refuse(f"request {action.request} {what}")
    for partner in action.partners:
        refusal = _refuse_stranger(state, partner, on)
        if refusal is not None:
            return refusal
    return None


def _refuse_assignment(expert: Expert, action: ExpertAssigned) -> Refusal | None:
    terms = expert.terms
    conflicts = [city for city in action.members if city in expert.conflicts]
    if action.group in expert.groups:
        return _ONCE.refuse(f"{terms.expert} helps {action.group}")
    if conflicts:
        return _CONFLICT.refuse(f"{terms.expert} has declared one with {conflicts[0]}")
    if len(expert.groups) >= terms.most_groups:
        return _LOAD.refuse(f"{terms.expert} helps {len(expert.groups)} groups")
    if not set(action.topics) & set(terms.topics):
        return _TOPIC.refuse(f"{terms.expert} knows {', '.join(map(str, terms.topics))}")
    return None


def _apply(state: Alliance, event: AllianceEvent, command: Command[AllianceEvent]) -> Alliance:
    on = command.on
    match event:
        case CitiesEntered():
            state = evolve(state, register=state.register.entering(event.cities))
        case RoleTaken():
            state = evolve(state, members=_with_role(state, event, on))
        case MemberLeft():
            state = evolve(
                state,
                members=tuple(
                    evolve(one, left_on=on)
                    if one.name == event.member and one.left_on is None
                    else one
                    for one in state.members
                ),
            )
        case ContactNamed():
            place = (event.country, event.kind, event.level)
            others = [one for one in state.contacts if (one.country, one.kind, one.level) != place]
            state = evolve(state, contacts=(*others, event))
        case BrokerageRequested():
            record = BrokerageRecord(request=event, asked_on=on)
            state = evolve(state, requests=(*state.requests, record))
        case BrokerageClosed():
            state = evolve(
                state,
                requests=tuple(
                    evolve(one, outcome=event.outcome, partners=event.partners, closed_on=on)
                    if one.request.request == event.request
                    else one
                    for one in state.requests
                ),
            )
        case ExpertRegistered():
            state = evolve(state, experts=(*state.experts, Expert(terms=event)))
        case ConflictDeclared() | ExpertAssigned() | ExpertReleased():
            experts = tuple(
                _changed(one, event) if one.terms.expert == event.expert else one
                for one in state.experts
            )
            state = evolve(state, experts=experts)
        case StakeholderEntered() | StakeholderLeft() | DialogueHeld() | LiaisonHeld():
            state = _apply_outside(state, event, on)
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _apply_outside(state: Alliance, event: _Outside, on: Date) -> Alliance:
    match event:
        case StakeholderEntered():
            entered = Stakeholder(terms=event, since=on)
            return evolve(state, stakeholders=(*state.stakeholders, entered))
        case StakeholderLeft():
            standing = tuple(
                evolve(one, left_on=on)
                if one.terms.stakeholder == event.stakeholder and one.left_on is None
                else one
                for one in state.stakeholders
            )
            return evolve(state, stakeholders=standing)
        case DialogueHeld():
            return evolve(state, dialogues=(*state.dialogues, (on, event)))
        case LiaisonHeld():
            return evolve(state, liaisons=(*state.liaisons, (on, event)))
        case _:  # pragma: no cover
            assert_never(event)


def _affects(state: Alliance, event: AllianceEvent) -> tuple[str, ...]:
    """Who asked for what is closed, and the cities that an expert no longer helps."""
    if isinstance(event, BrokerageClosed):
        record = state.request(event.request)
        return () if record is None else (record.request.city.value,)
    if isinstance(event, ExpertReleased):
        expert = state.expert(event.expert)
        helped = () if expert is None else expert.assignments
        return tuple(
            city.value for one in helped if one.group == event.group for city in one.members
        )
    return ()


def _with_role(state: Alliance, event: RoleTaken, on: Date) -> tuple[AllianceMember, ...]:
    known = state.member_on(event.member, on)
    if known is None:
        joined = AllianceMember(name=event.member, kind=event.kind, roles=((on, event.role),))
        return (*state.members, joined)
    changed = evolve(known, roles=(*known.roles, (on, event.role)))
    return tuple(changed if one is known else one for one in state.members)


def _changed(expert: Expert, event: ConflictDeclared | ExpertAssigned | ExpertReleased) -> Expert:
    match event:
        case ConflictDeclared():
            return evolve(expert, conflicts=(*expert.conflicts, event.city))
        case ExpertAssigned():
            return evolve(expert, assignments=(*expert.assignments, event))
        case ExpertReleased():
            kept = tuple(one for one in expert.assignments if one.group != event.group)
            return evolve(expert, assignments=kept)
        case _:  # pragma: no cover
            assert_never(event)
