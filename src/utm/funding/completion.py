"""Which outside city or partner completes a consortium at the lowest price in fit: exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from utm.domain.identifiers import TopicId
from utm.domain.opportunity import ConsortiumRules, Opportunity
from utm.domain.partner import ApplicantKind
from utm.domain.places import CountryCode
from utm.domain.prose import require_distinct
from utm.errors import InvalidValueError
from utm.funding.group import GroupMatch, Member, match_members
from utm.rules import Verdict

__all__ = ["Completion", "Price", "complete_group", "price_by_topics"]

Price = Callable[[Member], int]
"""What it costs in fit to take somebody in, in thousandths; not negative."""

_ALL = 1000
_HALF = 500
_Cost = tuple[int, int, tuple[str, ...]]
_Key = tuple[int, int, int]


@frozen(kw_only=True)
class Completion:
    """The cheapest way to complete a group, or why there is none.

    Parameters
    ----------
    before
        The group as it is.
    added
        Whom to take in, by country and key; none if the group is complete, or cannot be.
    price
        What they cost in fit together.
    after
        The group with them.
    """

    before: GroupMatch
    added: tuple[Member, ...]
    price: int
    after: GroupMatch

    @property
    def is_possible(self) -> bool:
        """Whether the group with those added can apply for certain."""
        return self.after.verdict is Verdict.MET


def price_by_topics(wishes: Iterable[TopicId]) -> Price:
    """Price a candidate by how little it serves of what the group works on.

    1000 less the average over the wished topics of what it serves: 1000 for the topic, 500
    for another topic of its theme. Without wishes everybody costs 1000.
    """
    topics = tuple(dict.fromkeys(wishes))

    def price(candidate: Member) -> int:
        offered = set(candidate.topics)
        themes = {topic.theme for topic in offered}
        served = sum(
            _ALL if topic in offered else _HALF if topic.theme in themes else 0 for topic in topics
        )
        return _ALL - served // len(topics) if topics else _ALL

    return price


def complete_group(
    members: tuple[Member, ...],
    candidates: Iterable[Member],
    opportunity: Opportunity,
    *,
    price: Price,
) -> Completion:
    """Find whom to take in so that the group can apply for certain, at the lowest price.

    Only candidates that are eligible for certain, and lie in a country that counts, can
    help. Among equal prices the fewest partners win, then those first by country and key.
    Exact: a cheapest set holds nobody whom no clause needs, so it is no larger than the sum
    of what is lacking; a table over (added, new countries, kinds covered) runs through the
    countries. O(c + n (p + q + k)² 2ᵏ) for n candidates kept, p partners, q countries and k
    kinds lacking; of candidates of equal country and kind only the cheapest are kept.

    Parameters
    ----------
    members
        The group.
    candidates
        Whom one could ask; members of the group among them are left aside.
    opportunity
        What is on offer.
    price
        What a candidate costs in fit.

    Raises
    ------
    InvalidValueError
        A candidate stands twice, or has a negative price.
    """
    before = match_members(members, opportunity)
    if before.verdict is Verdict.MET:
        return Completion(before=before, added=(), price=0, after=before)
    rules = opportunity.consortium or ConsortiumRules()
    lack = _Lack.of(rules, members)
    pool = _pool(members, candidates, rules, lack)
    chosen = _cheapest(pool, lack, price)
    if chosen is None:
        return Completion(before=before, added=(), price=0, after=before)
    by_key = {_name(member): member for group in pool.values() for member in group}
    added = tuple(by_key[key] for key in chosen[2])
    after = match_members((*members, *added), opportunity)
    return Completion(before=before, added=added, price=chosen[0], after=after)


@frozen(kw_only=True)
class _Lack:
    """What a group lacks for certain: partners, countries, kinds; and how many may join."""

    partners: int
    countries: int
    kinds: tuple[ApplicantKind, ...]
    present: frozenset[CountryCode]
    room: int

    @classmethod
    def of(cls, rules: ConsortiumRules, members: tuple[Member, ...]) -> _Lack:
        listed = rules.counted_countries
        sure = [
            member
            for member in members
            if member.verdict is Verdict.MET and (not listed or member.country in listed)
        ]
        present = frozenset(member.country for member in sure)
        kinds = tuple(k for k in rules.required_kinds if all(m.kind is not k for m in sure))
        partners = max(0, rules.least_partners - len(sure))
        countries = max(0, rules.least_countries - len(present))
        most = partners + countries + len(kinds)
        room = most if rules.most_partners is None else rules.most_partners - len(members)
        return cls(
            partners=partners,
            countries=countries,
            kinds=kinds,
            present=present,
            room=min(most, room),
        )


def _pool(
    members: tuple[Member, ...],
    candidates: Iterable[Member],
    rules: ConsortiumRules,
    lack: _Lack,
) -> dict[CountryCode, list[Member]]:
    """Candidates that can help, by country."""
    inside = {member.key for member in members}
    offered = list(candidates)
    require_distinct([candidate.key for candidate in offered], kind="candidates")
    pool: dict[CountryCode, list[Member]] = {}
    listed = rules.counted_countries
    for each in offered:
        counts = not listed or each.country in listed
        if each.key not in inside and each.verdict is Verdict.MET and counts and lack.room > 0:
            pool.setdefault(each.country, []).append(each)
    return {country: pool[country] for country in sorted(pool)}


def _cheapest(pool: dict[CountryCode, list[Member]], lack: _Lack, price: Price) -> _Cost | None:
    """Find the cheapest set as (price, size, keys)."""
    table: dict[_Key, _Cost] = {(0, 0, 0): (0, 0, ())}
    for country, group in pool.items():
        table = _with_country(table, country, _options(group, lack, price), lack)
    every_kind = (1 << len(lack.kinds)) - 1
    complete = [
        cost
        for (added, countries, kinds), cost in table.items()
        if added >= lack.partners and countries >= lack.countries and kinds == every_kind
    ]
    return min(complete, default=None)


def _with_country(
    table: dict[_Key, _Cost],
    country: CountryCode,
    options: dict[tuple[int, int], _Cost],
    lack: _Lack,
) -> dict[_Key, _Cost]:
    """Let each entry of the table take nobody of a country, or one of its options."""
    grown = dict(table)
    new = 0 if country in lack.present else 1
    for (added, countries, kinds), (paid, size, keys) in table.items():
        for (count, covered), (cost, more, names) in options.items():
            if added + count > lack.room:
                continue
            key = (added + count, min(lack.countries, countries + new), kinds | covered)
            offer = (paid + cost, size + more, (*keys, *names))
            if key not in grown or offer < grown[key]:
                grown[key] = offer
    return grown


def _options(group: list[Member], lack: _Lack, price: Price) -> dict[tuple[int, int], _Cost]:
    """Cheapest ways to take 1, 2, … candidates of one country that cover some kinds."""
    priced = sorted((_priced(member, price), _name(member), member) for member in group)
    kept: list[tuple[int, str, int]] = []
    seen: dict[int, int] = {}
    for cost, key, member in priced:
        covered = sum(1 << at for at, kind in enumerate(lack.kinds) if member.kind is kind)
        seen[covered] = seen.get(covered, 0) + 1
        if seen[covered] <= lack.room:
            kept.append((cost, key, covered))
    table: dict[tuple[int, int], _Cost] = {(0, 0): (0, 0, ())}
    for cost, key, covered in sorted(kept, key=lambda each: each[1]):
        for (count, kinds), (paid, size, keys) in list(table.items()):
            if count == lack.room:
                continue
            at = (count + 1, kinds | covered)
            offer = (paid + cost, size + 1, (*keys, key))
            if at not in table or offer < table[at]:
                table[at] = offer
    del table[0, 0]
    return table


def _priced(member: Member, price: Price) -> int:
    cost = price(member)
    if type(cost) is not int or cost < 0:
        raise InvalidValueError(
            kind="price in fit", value=cost, reason="must be a whole number from 0 up"
        )
    return cost


def _name(member: Member) -> str:
    """A text by which members are sorted; a city and a partner may share a key."""
    return f"{member.key.value} ({member.key.KIND})"
