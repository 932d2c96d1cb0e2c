"""Put a question to the cities best placed to answer it, and to none too often."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, LanguageCode, Offer, TopicId
from utm.errors import InvalidValueError
from utm.programme.learning.events import PostStatus, QuestionAsked, RoutedTo
from utm.programme.learning.state import Community

__all__ = ["Respondent", "route_question"]

# Our own weights: what a city has done on the very topic counts ten times its theme; a good
# answer before counts like half an offer; a shared language decides between equals.
_TOPIC, _THEME, _ANSWERED, _LANGUAGE, _ASKED = 1_000, 100, 500, 50, 200
_MOST_ANSWERS = 4


@frozen(kw_only=True)
class Respondent:
    """A city that could answer.

    Parameters
    ----------
    city
        The city.
    offers
        What it can share.
    languages
        Languages in which it works; none if that is not known.
    """

    city: CityId
    offers: tuple[Offer, ...] = ()
    languages: tuple[LanguageCode, ...] = ()


def route_question(
    state: Community,
    question: str,
    respondents: Iterable[Respondent],
    *,
    on: Date,
    asker_languages: tuple[LanguageCode, ...] = (),
    most: int = 3,
) -> tuple[RoutedTo, ...]:
    """Propose who should be asked, the best placed first, each with reasons.

    Left out are who asked, who was asked this before, who was asked as often lately as the
    terms allow, and who has neither an offer in the theme nor a published answer on the
    topic.

    Parameters
    ----------
    state
        The community.
    question
        Key of a question.
    respondents
        In any order.
    on
        The day.
    asker_languages
        Languages of who asked; none if that is not known.
    most
        How many to propose at most.

    Raises
    ------
    InvalidValueError
        There is no such question.
    """
    found = state.question(question)
    if found is None:
        raise InvalidValueError(kind="question", value=question, reason="does not exist")
    post, asked = found
    before = {post.city, *(routed.city for _, routed in post.routed)}
    proposals = [
        proposal
        for one in respondents
        if one.city not in before
        and state.asked_lately(one.city, on) < state.terms.most_asked
        and (proposal := _propose(state, asked.topic, one, on, asker_languages)) is not None
    ]
    return tuple(sorted(proposals, key=lambda one: (-one.score, one.city)))[:most]


def _propose(
    state: Community,
    topic: TopicId,
    one: Respondent,
    on: Date,
    languages: tuple[LanguageCode, ...],
) -> RoutedTo | None:
    reasons: list[str] = []
    score = 0
    on_topic = max((offer.maturity for offer in one.offers if offer.topic == topic), default=0)
    in_theme = max(
        (offer.maturity for offer in one.offers if offer.topic.theme == topic.theme), default=0
    )
    if on_topic:
        score += _TOPIC * on_topic
        reasons.append(f"offers {topic} at maturity {on_topic} of 5")
    elif in_theme:
        score += _THEME * in_theme
        reasons.append(f"offers another topic of {topic.theme} at maturity {in_theme} of 5")
    answered = _answers_on(state, one.city, topic)
    if answered:
        score += _ANSWERED * min(answered, _MOST_ANSWERS)
        reasons.append(f"has answered {answered} on this topic before")
    if not reasons:
        return None
    shared = sorted(set(one.languages) & set(languages))
    if shared:
        score += _LANGUAGE
        reasons.append(f"shares the language {shared[0]}")
    lately = state.asked_lately(one.city, on)
    if lately:
        score -= _ASKED * lately
        reasons.append(f"was asked {lately} of at most {state.terms.most_asked} times lately")
    return RoutedTo(city=one.city, score=score, reasons=tuple(reasons))


def _answers_on(state: Community, city: CityId, topic: TopicId) -> int:
    on_topic = {
        post.id
        for post in state.posts
        if isinstance(post.content, QuestionAsked) and post.content.topic == topic
    }
    return sum(
        1
        for key in on_topic
        for answer in state.answers_to(key)
        if answer.city == city and answer.status is PostStatus.PUBLISHED
    )
