"""Which hard rules a group breaks, in sentences. Shares nothing with the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT
from utm.pairing.policy import Conflict, ExchangeRule, Exclusion, LanguageRule

__all__ = ["lasting_violations_of", "repeated_groups", "violations_of"]


def repeated_groups(groups: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a sentence for each two or more groups that have the same members."""
    count = Counter(tuple(sorted(members)) for members in groups)
    for members, times in sorted(count.items()):
        if times > 1:
            yield f"{' and '.join(members)} form {times} groups; the same members may form one."


def violations_of(definition: Definition, members: Sequence[str], focus: Focus) -> tuple[str, ...]:
    """Return a sentence for each hard rule that a group breaks under a focus."""
    ordered = sorted(members)
    return (
        *_composition(definition, ordered),
        *_language(definition, ordered),
        *_office_hours(definition, ordered),
        *_named(definition, ordered),
        *_exchange(definition, ordered, focus),
        *_stake_and_benefit(definition, ordered, focus),
    )


def lasting_violations_of(definition: Definition, members: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each rule that some break under every focus, whoever joins them."""
    ordered = sorted(members)
    return (
        *_crowds(definition, ordered),
        *_language(definition, ordered),
        *_office_hours(definition, ordered),
        *_named(definition, ordered, lasting=True),
    )


def _composition(definition: Definition, members: Sequence[str]) -> Iterator[str]:
    policy = definition.policy
    size = len(members)
    if not policy.smallest_group <= size <= policy.largest_group:
        yield (
            f"It has {size} members; the policy wants {policy.smallest_group} "
            f"to {policy.largest_group}."
        )
    countries = Counter(definition.people[member].country for member in members)
    if len(countries) < policy.fewest_countries:
        spanned = "1 country" if len(countries) == 1 else f"{len(countries)} countries"
        yield f"It spans {spanned}; at least {policy.fewest_countries} are wanted."
    yield from _crowds(definition, members)


def _crowds(definition: Definition, members: Sequence[str]) -> Iterator[str]:
    most = definition.policy.most_of_one_country
    countries = Counter(definition.people[member].country for member in members)
    for country, count in sorted(countries.items()):
        if most is not None and count > most:
            yield f"{count} members are from {country}; at most {most} may be."


def _language(definition: Definition, members: Sequence[str]) -> Iterator[str]:
    rule = definition.policy.common_language
    if definition.policy.language_capacities:
        rule = LanguageRule.ALL  # a group that is facilitated works in one language
    if rule is LanguageRule.NOT_ASKED:
        return
    sets = combinations(members, 2) if rule is LanguageRule.PAIRWISE else (tuple(members),)
    for some in sets:
        spoken = [member for member in some if definition.people[member].languages is not None]
        silent = [member for member in some if member not in spoken]
        if silent and not definition.policy.admits_unknown:
            yield f"The languages of {' and '.join(silent)} are not known."
        elif len(spoken) > 1 and not definition.likeness.common_languages(spoken):
            yield f"{' and '.join(spoken)} share no language."


def _office_hours(definition: Definition, members: Sequence[str]) -> Iterator[str]:
    least = definition.policy.fewest_common_office_minutes
    if least == 0:
        return
    known = [member for member in members if definition.people[member].timezone is not None]
    unknown = [member for member in members if member not in known]
    if unknown and not definition.policy.admits_unknown:
        yield f"The time zone of {' and '.join(unknown)} is not known."
        return
    minutes = definition.likeness.common_office_minutes(known) if known else None
    if minutes is not None and minutes < least:
        yield f"The members share {minutes} office minutes; at least {least} are wanted."


def _named(
    definition: Definition, members: Sequence[str], *, lasting: bool = False
) -> Iterator[str]:
    for rule in definition.rules_naming(members):
        inside = sorted(set(rule.members) & set(members))
        if isinstance(rule, Exclusion):
            if len(inside) == len(rule.members):
                names = " and ".join(rule.members)
                yield f"{names} must not be together: {rule.reason}."
        elif isinstance(rule, Conflict):
            if len(inside) > rule.most_together:
                yield (
                    f"{' and '.join(inside)} are {len(inside)} together; "
                    f"at most {rule.most_together} may be: {rule.reason}."
                )
        elif len(inside) < len(rule.members) and not lasting:
            missing = " and ".join(sorted(set(rule.members) - set(inside)))
            yield f"{' and '.join(inside)} must be with {missing}: {rule.reason}."


def _exchange(definition: Definition, members: Sequence[str], focus: Focus) -> Iterator[str]:
    if definition.policy.exchange is ExchangeRule.NOT_ASKED or not members:
        return
    reached, fresh = {members[0]}, [members[0]]
    while fresh:
        here = fresh.pop()
        for other in members:
            if other not in reached and _tied(definition, here, other, focus):
                reached.add(other)
                fresh.append(other)
    if len(reached) < len(members):
        apart = " and ".join(member for member in members if member not in reached)
        yield f"Nothing ties {apart} to {' and '.join(sorted(reached))} under {focus[0]}."


def _tied(definition: Definition, left: str, right: str, focus: Focus) -> bool:
    topics = frozenset(focus[1])
    if definition.policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED and definition.overlap(
        left, right, topics
    ):
        return True
    return any(
        definition.learning(learner, [helper], topic)
        for learner, helper in ((left, right), (right, left))
        for topic in definition.needs[learner]
        if topic in topics
    )


def _stake_and_benefit(
    definition: Definition, members: Sequence[str], focus: Focus
) -> Iterator[str]:
    policy = definition.policy
    if policy.least_stake_share == 0 and policy.least_benefit is None:
        return
    for member in members:
        stakes = [definition.needs[member].get(topic, 0) for topic in focus[1]]
        rounding = sum(stake > 0 for stake in stakes)
        if sum(stakes) + rounding < round(policy.least_stake_share * UNIT):
            yield f"{member} has only {sum(stakes) / UNIT:.0%} of its needs under {focus[0]}."
        if policy.least_benefit is not None:
            gain = definition.member_score(member, members, focus).gain
            if gain < round(policy.least_benefit * UNIT):
                least = policy.least_benefit
                yield f"{member} gains only {gain / UNIT:.3f}; at least {least} is wanted."
