"""The life of the registry of city networks: one standing a city and network at a time."""

from __future__ import annotations

from typing import assert_never, get_args

from attrs import evolve
from pendulum import Date

from utm.domain import MembershipStatus
from utm.programme.history import Command, History, Lifecycle, Refusal, Requirement
from utm.programme.networks.events import (
    CityEntered,
    NetworkEntered,
    NetworkEvent,
    StandingTaken,
)
from utm.programme.networks.state import NetworkRegistry, Standing

__all__ = ["NETWORK_REQUIREMENTS", "NetworkHistory", "begin_networks"]

NetworkHistory = History[NetworkRegistry, NetworkEvent, NetworkEvent]
"""The history of a registry of city networks."""

_ONCE = Requirement(id="networks.entered-once", text="a city or network is entered once")
_KNOWN = Requirement(id="networks.entered", text="a city and a network are entered first")
_MEMBER = Requirement(
    id="networks.member", text="only a city that belongs to a network is put on hold or leaves it"
)
NETWORK_REQUIREMENTS = (_ONCE, _KNOWN, _MEMBER)
"""All that a command to a registry of networks may be refused for."""


def begin_networks(name: str = "City networks") -> NetworkHistory:
    """Begin the history of a registry of city networks; it is empty."""
    return History(
        lifecycle=Lifecycle(
            name=name,
            start=NetworkRegistry(),
            decide=_decide,
            apply=_apply,
            requirements=NETWORK_REQUIREMENTS,
            actions=get_args(NetworkEvent),
        )
    )


def _decide(
    state: NetworkRegistry, command: Command[NetworkEvent]
) -> tuple[NetworkEvent, ...] | Refusal:
    action = command.action
    match action:
        case NetworkEntered():
            if action.network in dict(state.networks):
                return _ONCE.refuse(f"{action.network} is in it")
        case CityEntered():
            if action.city in dict(state.cities):
                return _ONCE.refuse(f"{action.city} is in it")
        case StandingTaken():
            return _decide_standing(state, action, command.on)
        case _:  # pragma: no cover
            assert_never(action)
    return (action,)


def _decide_standing(
    state: NetworkRegistry, action: StandingTaken, on: Date
) -> tuple[NetworkEvent, ...] | Refusal:
    if action.city not in dict(state.cities):
        return _KNOWN.refuse(f"{action.city} is not in it")
    if action.network not in dict(state.networks):
        return _KNOWN.refuse(f"{action.network} is not in it")
    current = state.standing(action.city, action.network, on)
    if current is not None and current.status is action.status:
        return ()
    belongs = current is not None and current.is_membership
    if action.status in {MembershipStatus.ON_HOLD, MembershipStatus.WITHDRAWN} and not belongs:
        return _MEMBER.refuse(f"{action.city} does not belong to {action.network} on {on}")
    return (action,)


def _apply(
    state: NetworkRegistry, event: NetworkEvent, command: Command[NetworkEvent]
) -> NetworkRegistry:
    match event:
        case NetworkEntered():
            state = evolve(state, networks=(*state.networks, (event.network, event.title)))
        case CityEntered():
            state = evolve(state, cities=(*state.cities, (event.city, event.country)))
        case StandingTaken():
            taken = Standing(
                city=event.city, network=event.network, status=event.status, since=command.on
            )
            state = evolve(state, standings=(*state.standings, taken))
        case _:  # pragma: no cover
            assert_never(event)
    return state
