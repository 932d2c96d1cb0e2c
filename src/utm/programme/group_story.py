"""Why these cities: the reasons for a group as sentences that a mayor can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from utm.domain import Application, CountryCode, Taxonomy, TopicId
from utm.domain.wording import capitalised, join_words
from utm.pairing import UNIT, Group
from utm.programme.measures import GroupMeasures

__all__ = ["focus_in_words", "tell_why"]

_MOST_FOCUS_TOPICS = 3
_MINUTES_AN_HOUR = 60

LIKENESS_IN_WORDS = {
    "climate": "climate",
    "population": "size",
    "coast": "distance to the sea",
    "mountain": "altitude",
    "river": "life on a river",
    "income": "income level of the country",
    "language": "language",
}
"""Parts of the context score that are likeness, in words; hours have a sentence of their own."""


def focus_in_words(topics: Sequence[TopicId], taxonomy: Taxonomy) -> str:
    """Name the challenge of a group after its first three topics.

    Parameters
    ----------
    topics
        Focus topics, the most rewarding first.
    taxonomy
        Where their labels are found.
    """
    words = join_words(_label(topic, taxonomy) for topic in topics[:_MOST_FOCUS_TOPICS])
    return capitalised(words)


def tell_why(
    group: Group,
    members: tuple[Application, ...],
    measures: GroupMeasures,
    taxonomy: Taxonomy,
) -> tuple[str, ...]:
    """Give the reasons for a group, the strongest first.

    Parameters
    ----------
    group
        The group as scored.
    members
        Its members' applications.
    measures
        What they have in common.
    taxonomy
        Where topic labels are found.

    Returns
    -------
    tuple of str
        Sentences: who can help whom, what they face together, whose most wanted topic nobody
        else knows or seeks, where they come from, when they can meet, what they have in
        common, and what the group is worth.
    """
    topics = tuple(group.focus_topics)
    return (
        *_help_sentences(members, topics, taxonomy),
        *_challenge_sentences(members, topics, taxonomy),
        *_lack_sentences(members, taxonomy),
        _country_sentence(measures),
        _hours_sentence(measures),
        *_likeness_sentences(group),
        _worth_sentence(group),
    )


def _label(topic: TopicId, taxonomy: Taxonomy) -> str:
    """The label as it stands inside a sentence; names in capitals keep them."""
    label = taxonomy.topic(topic).label
    is_name = label[:1].isupper() and label[1:2].isupper()
    return label if is_name else label[:1].lower() + label[1:]


def _help_sentences(
    members: tuple[Application, ...], topics: tuple[TopicId, ...], taxonomy: Taxonomy
) -> Iterable[str]:
    for topic in topics:
        label = _label(topic, taxonomy)
        helpers = [
            (offer.maturity, member)
            for member in members
            for offer in member.offers
            if offer.topic == topic
        ]
        for maturity, helper in sorted(helpers, key=lambda pair: (-pair[0], pair[1].key.value)):
            helped = [m for m in members if m is not helper and _needs(m, topic)]
            if helped:
                names = join_words(m.applicant.name for m in helped)
                yield (
                    f"{helper.applicant.name} can help {names} with {label} "
                    f"(maturity {maturity} of 5)."
                )


def _challenge_sentences(
    members: tuple[Application, ...], topics: tuple[TopicId, ...], taxonomy: Taxonomy
) -> Iterable[str]:
    by_names: dict[tuple[str, ...], list[str]] = {}
    for topic in topics:
        names = tuple(m.applicant.name for m in members if _needs(m, topic))
        if len(names) > 1:
            by_names.setdefault(names, []).append(_label(topic, taxonomy))
    for names, labels in by_names.items():
        everybody = "both" if len(names) == len(members) == 2 else ""  # noqa: PLR2004 - a pair
        everybody = everybody or ("all" if len(names) == len(members) else "")
        subject = " ".join(part for part in (join_words(names), everybody) if part)
        yield f"{subject} face the same challenge: {join_words(labels)}."


def _lack_sentences(members: tuple[Application, ...], taxonomy: Taxonomy) -> Iterable[str]:
    for member in members:
        most = max((need.weight_share for need in member.needs), default=None)
        wanted = [need.topic for need in member.needs if need.weight_share == most]
        others = [one for one in members if one is not member]
        met = any(
            _needs(other, topic) or any(offer.topic == topic for offer in other.offers)
            for other in others
            for topic in wanted
        )
        if wanted and not met:
            yield (
                f"Nobody else here knows or seeks what {member.applicant.name} wants most: "
                f"{join_words(_label(topic, taxonomy) for topic in wanted)}."
            )


def _needs(member: Application, topic: TopicId) -> bool:
    return any(need.topic == topic for need in member.needs)


def _country_sentence(measures: GroupMeasures) -> str:
    names = [CountryCode(code).country.name for code in measures.countries]
    count = len(names)
    return (
        f"They come from {count} {'country' if count == 1 else 'countries'}: {join_words(names)}."
    )


def _hours_sentence(measures: GroupMeasures) -> str:
    minutes = measures.common_office_minutes
    if minutes is None:
        return "The time zone of a member is not known, so their common hours are not either."
    if minutes == 0:
        return (
            "In the worse of January and July they share no office hour, so early and late "
            "hours are shared out."
        )
    return (
        f"In the worse of January and July they share {minutes / _MINUTES_AN_HOUR:g} "
        f"{'hour' if minutes == _MINUTES_AN_HOUR else 'hours'} of office time (09:00-17:00)."
    )


def _likeness_sentences(group: Group) -> Iterable[str]:
    worth: dict[str, int] = {}
    for member in group.member_scores:
        for part in member.parts:
            if part.name in LIKENESS_IN_WORDS and part.score > 0:
                worth[part.name] = worth.get(part.name, 0) + part.score
    ranked = sorted(worth, key=lambda name: (-worth[name], name))
    if ranked:
        words = join_words(LIKENESS_IN_WORDS[name] for name in ranked)
        yield f"Likeness of context counts for them in: {words}."


def _worth_sentence(group: Group) -> str:
    totals: dict[str, int] = {}
    for member in group.member_scores:
        for part in member.parts:
            name = part.name if part.name in {"learning", "shared_challenge"} else "context"
            totals[name] = totals.get(name, 0) + part.score
    words = {"learning": "help", "shared_challenge": "shared challenge", "context": "context"}
    parts = ", ".join(
        f"{words[name]} {totals[name] / UNIT:.2f}" for name in words if totals.get(name)
    )
    return (
        f"The group is worth {group.score / UNIT:.2f} fully met needs under the policy"
        f"{f' ({parts})' if parts else ''}."
    )
