"""The alliance as it stands: roles over time, contacts, requests, experts and their load."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen
from pendulum import Date

from utm.domain import CityId, CountryCode, PairingId, TopicId
from utm.programme.alliance.events import (
    AllianceRole,
    BrokerageRequested,
    ContactNamed,
    ExpertAssigned,
    ExpertRegistered,
    MemberKind,
)
from utm.programme.alliance.stakeholders import (
    DialogueHeld,
    GovernmentLevel,
    LiaisonHeld,
    StakeholderEntered,
    StakeholderKind,
)
from utm.programme.history import CityRegister

__all__ = ["Alliance", "AllianceMember", "BrokerageRecord", "Expert", "Stakeholder"]


@frozen(kw_only=True)
class AllianceMember:
    """A member with every role that it has had.

    Parameters
    ----------
    name, kind
        Who it is.
    roles
        First day and role, in order.
    left_on
        First day on which it is no member any more.
    """

    name: str
    kind: MemberKind
    roles: tuple[tuple[Date, AllianceRole], ...]
    left_on: Date | None = None

    def role_on(self, day: Date) -> AllianceRole | None:
        """Its role at the end of a day; ``None`` before it joined and after it left."""
        if self.left_on is not None and self.left_on <= day:
            return None
        taken = [role for since, role in self.roles if since <= day]
        return taken[-1] if taken else None


@frozen(kw_only=True)
class BrokerageRecord:
    """A request with what came of it; open while there is no outcome."""

    request: BrokerageRequested
    asked_on: Date
    outcome: str = ""
    partners: tuple[str, ...] = ()
    closed_on: Date | None = None


@frozen(kw_only=True)
class Expert:
    """An expert with its assignments and its conflicts of interest."""

    terms: ExpertRegistered
    assignments: tuple[ExpertAssigned, ...] = ()
    conflicts: tuple[CityId, ...] = ()

    @property
    def groups(self) -> tuple[PairingId, ...]:
        """The groups that it helps, in order of assignment."""
        return tuple(one.group for one in self.assignments)


@frozen(kw_only=True)
class Stakeholder:
    """A stakeholder with the days on which it became one and ceased to be."""

    terms: StakeholderEntered
    since: Date
    left_on: Date | None = None

    def stands_on(self, day: Date) -> bool:
        """Whether it is one at the end of a day."""
        return self.since <= day and (self.left_on is None or day < self.left_on)


@frozen(kw_only=True)
class Alliance:
    """The alliance as its history left it.

    Parameters
    ----------
    members
        In the order in which they joined; one that came back stands twice.
    contacts
        The contacts that stand, one for each country, kind and level.
    requests
        In the order in which they were asked.
    experts
        In the order in which they were offered.
    stakeholders
        In the order in which they were entered; one that came back stands twice.
    dialogues
        Day and dialogue, in order.
    liaisons
        Day and liaison of the mission itself, in order.
    co_leads
        Names of those who lead it together, as configured; none if that is left open.
    register
        The cities that may be told of.
    """

    members: tuple[AllianceMember, ...] = ()
    contacts: tuple[ContactNamed, ...] = ()
    requests: tuple[BrokerageRecord, ...] = ()
    experts: tuple[Expert, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    dialogues: tuple[tuple[Date, DialogueHeld], ...] = ()
    liaisons: tuple[tuple[Date, LiaisonHeld], ...] = ()
    co_leads: tuple[str, ...] = ()
    register: CityRegister = field(factory=CityRegister)

    def member_on(self, name: str, day: Date) -> AllianceMember | None:
        """The member of that name at the end of a day."""
        for member in self.members:
            if member.name == name and member.role_on(day) is not None:
                return member
        return None

    def missing_co_leads(self, day: Date) -> tuple[str, ...]:
        """Configured co-leads that do not lead at the end of a day, by name.

        Nobody else may lead, so without any missing the co-leads are exactly those.
        """
        leading = {one.name for one in self.members if one.role_on(day) is AllianceRole.CO_LEAD}
        return tuple(name for name in self.co_leads if name not in leading)

    def expert(self, key: str) -> Expert | None:
        """Find an expert."""
        return next((one for one in self.experts if one.terms.expert == key), None)

    def request(self, key: str) -> BrokerageRecord | None:
        """Find a request."""
        return next((one for one in self.requests if one.request.request == key), None)

    @property
    def open_requests(self) -> tuple[BrokerageRecord, ...]:
        """Requests without an outcome, the oldest first."""
        return tuple(one for one in self.requests if one.closed_on is None)

    def experts_for(
        self, topics: Iterable[TopicId], members: Iterable[CityId]
    ) -> tuple[tuple[Expert, str], ...]:
        """Experts that may help a group, with the reason, the least busy first.

        Left out are those without time, with a conflict of interest, without any of the
        topics, or sent by somebody that has left the alliance.
        """
        wanted, cities = set(topics), set(members)
        present = {one.name for one in self.members if one.left_on is None}
        found = [
            (expert, f"knows {', '.join(map(str, known))}; {_time_left(expert)}")
            for expert in self.experts
            if (known := sorted(wanted & set(expert.terms.topics)))
            and not cities & set(expert.conflicts)
            and len(expert.groups) < expert.terms.most_groups
            and expert.terms.member in present
        ]
        return tuple(sorted(found, key=lambda pair: (len(pair[0].groups), pair[0].terms.expert)))

    def coverage(
        self, countries: Iterable[CountryCode]
    ) -> tuple[tuple[CountryCode, tuple[GovernmentLevel, ...]], ...]:
        """For each country the levels of government with a contact; none where there is none."""
        return tuple(
            (
                country,
                tuple(
                    level
                    for level in GovernmentLevel
                    if any(one.country == country and one.level is level for one in self.contacts)
                ),
            )
            for country in sorted(set(countries))
        )

    def stakeholders_on(self, day: Date) -> tuple[Stakeholder, ...]:
        """The stakeholders that stand at the end of a day, in order of entry."""
        return tuple(one for one in self.stakeholders if one.stands_on(day))

    def count_stakeholders(
        self, day: Date
    ) -> tuple[tuple[StakeholderKind, GovernmentLevel, int], ...]:
        """How many stakeholders there are of every kind at every level; 0 where none is."""
        standing = [(one.terms.kind, one.terms.level) for one in self.stakeholders_on(day)]
        return tuple(
            (kind, level, standing.count((kind, level)))
            for kind in StakeholderKind
            for level in GovernmentLevel
        )

    def dialogues_of(self, city: CityId) -> tuple[tuple[Date, DialogueHeld], ...]:
        """The dialogues that a city took part in, in order: evidence of its engagement."""
        return tuple(pair for pair in self.dialogues if city in pair[1].cities)

    def partners_on(self, day: Date) -> tuple[str, ...]:
        """With whom the mission may liaise at the end of a day, by name.

        Members of the alliance, stakeholders, and the offices that are contacts.
        """
        members = {one.name for one in self.members if one.role_on(day) is not None}
        others = {one.terms.stakeholder for one in self.stakeholders_on(day)}
        return tuple(sorted(members | others | {one.office for one in self.contacts}))

    def not_spoken_with(self, since: Date, day: Date) -> tuple[str, ...]:
        """Partners of a day with whom the mission has not spoken after another day."""
        met = {name for on, one in self.liaisons if since < on <= day for name in one.partners}
        return tuple(name for name in self.partners_on(day) if name not in met)


def _time_left(expert: Expert) -> str:
    return f"helps {len(expert.groups)} of at most {expert.terms.most_groups} groups"
