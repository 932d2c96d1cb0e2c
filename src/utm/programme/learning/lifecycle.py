"""The life of the learning community."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never, get_args

from attrs import evolve

from utm.domain import CityId
from utm.programme.history import (
    CitiesEntered,
    CityRegister,
    Command,
    History,
    Lifecycle,
    Refusal,
    Requirement,
)
from utm.programme.learning.events import (
    Answer,
    LearningEvent,
    LearningGroupOpened,
    Moderation,
    ModeratorsNamed,
    PostStatus,
    QuestionAsked,
    QuestionRouted,
)
from utm.programme.learning.helpdesk import (
    HELPDESK_REQUIREMENTS,
    FaqPublished,
    FaqWithdrawn,
    HelpAsked,
    HelpGiven,
)
from utm.programme.learning.state import (
    Community,
    CommunityTerms,
    LearningGroup,
    ModerationRecord,
    Post,
)

__all__ = ["LEARNING_REQUIREMENTS", "CommunityHistory", "begin_community"]

CommunityHistory = History[Community, LearningEvent, LearningEvent]
"""The history of a learning community."""

_NEW_KEY = Requirement(id="learning.new-key", text="every group and every post has its own key")
_KNOWN_GROUP = Requirement(id="learning.known-group", text="the learning group exists")
_THEME = Requirement(id="learning.theme", text="a question belongs to the theme of its group")
_KNOWN_POST = Requirement(id="learning.known-post", text="the question or answer exists")
_PUBLISHED = Requirement(
    id="learning.published-question", text="only a published question is routed and answered"
)
_OTHERS = Requirement(
    id="learning.others", text="a question is put to others than who asked, and to each once"
)
_CAP = Requirement(id="learning.cap", text="no city is asked more often than the terms allow")
_MODERATOR = Requirement(
    id="learning.moderator", text="only a moderator of the group decides what is shown"
)
_DECISION = Requirement(
    id="learning.decision", text="a moderator publishes or hides what is not so already"
)
LEARNING_REQUIREMENTS = (
    _NEW_KEY,
    _KNOWN_GROUP,
    _THEME,
    _KNOWN_POST,
    _PUBLISHED,
    _OTHERS,
    _CAP,
    _MODERATOR,
    _DECISION,
    *HELPDESK_REQUIREMENTS,
)
"""All that a command to a learning community may be refused for."""


def begin_community(
    name: str = "Learning community",
    *,
    terms: CommunityTerms | None = None,
    cities: Iterable[CityId] = (),
) -> CommunityHistory:
    """Begin the history of a learning community; it has no group yet.

    Parameters
    ----------
    name
        Its name.
    terms
        How often one city may be asked.
    cities
        The cities that it may tell of; others are entered in its register later.
    """
    return History(
        lifecycle=Lifecycle(
            name=name,
            start=Community(terms=terms or CommunityTerms(), register=CityRegister(tuple(cities))),
            decide=_decide,
            apply=_apply,
            requirements=LEARNING_REQUIREMENTS,
            actions=get_args(LearningEvent),
            affects=_affects,
            register=lambda state: state.register,
        )
    )


def _decide(
    state: Community, command: Command[LearningEvent]
) -> tuple[LearningEvent, ...] | Refusal:
    action = command.action
    refusal: Refusal | None = None
    match action:
        case CitiesEntered():
            pass
        case LearningGroupOpened() | ModeratorsNamed():
            refusal = _refuse_group(state, action)
        case QuestionAsked():
            refusal = _refuse_question(state, action)
        case QuestionRouted():
            refusal = _refuse_routing(state, action, command)
        case Answer():
            refusal = _refuse_answer(state, action)
        case Moderation():
            refusal = _refuse_moderation(state, action, command.by)
        case HelpAsked() | HelpGiven() | FaqPublished() | FaqWithdrawn():
            refusal = state.helpdesk.refuse(action)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal or (action,)


def _refuse_group(
    state: Community, action: LearningGroupOpened | ModeratorsNamed
) -> Refusal | None:
    known = state.group(action.group) is not None
    if known is isinstance(action, ModeratorsNamed):
        return None
    if known:
        return _NEW_KEY.refuse(f"there is a group {action.group}")
    return _KNOWN_GROUP.refuse(f"there is no group {action.group}")


def _refuse_question(state: Community, action: QuestionAsked) -> Refusal | None:
    group = state.group(action.group)
    if group is None:
        return _KNOWN_GROUP.refuse(f"there is no group {action.group}")
    if action.topic.theme != group.theme:
        return _THEME.refuse(f"{action.topic} is not of {group.theme}")
    return _refuse_known(state, action.question)


def _refuse_known(state: Community, key: str) -> Refusal | None:
    return None if state.post(key) is None else _NEW_KEY.refuse(f"there is a post {key}")


def _refuse_unpublished(state: Community, key: str) -> Refusal | None:
    found = state.question(key)
    if found is None:
        return _KNOWN_POST.refuse(f"there is no question {key}")
    if found[0].status is not PostStatus.PUBLISHED:
        return _PUBLISHED.refuse(f"{key} is {found[0].status.value}")
    return None


def _refuse_routing(
    state: Community, action: QuestionRouted, command: Command[LearningEvent]
) -> Refusal | None:
    refusal = _refuse_unpublished(state, action.question)
    post = state.post(action.question)
    if refusal is not None or post is None:
        return refusal
    asked = {routed.city for _, routed in post.routed}
    for one in action.to:
        if one.city == post.city:
            return _OTHERS.refuse(f"{one.city} asked it")
        if one.city in asked:
            return _OTHERS.refuse(f"{one.city} was asked before")
        lately = state.asked_lately(one.city, command.on)
        if lately >= state.terms.most_asked:
            return _CAP.refuse(
                f"{one.city} was asked {lately} times in {state.terms.within_days} days"
            )
    return None


def _refuse_answer(state: Community, action: Answer) -> Refusal | None:
    return _refuse_unpublished(state, action.question) or _refuse_known(state, action.answer)


def _refuse_moderation(state: Community, action: Moderation, by: str) -> Refusal | None:
    post = state.post(action.post)
    if post is None:
        return _KNOWN_POST.refuse(f"there is no post {action.post}")
    group = state.group(post.group)
    if group is None or by not in group.moderators:
        return _MODERATOR.refuse(f"{by} does not moderate {post.group}")
    if action.status in {post.status, PostStatus.HELD}:
        return _DECISION.refuse(f"{post.id} is {post.status.value}")
    return None


def _apply(state: Community, event: LearningEvent, command: Command[LearningEvent]) -> Community:
    on = command.on
    match event:
        case CitiesEntered():
            state = evolve(state, register=state.register.entering(event.cities))
        case LearningGroupOpened():
            opened = LearningGroup(id=event.group, theme=event.theme, moderators=event.moderators)
            state = evolve(state, groups=(*state.groups, opened))
        case ModeratorsNamed():
            state = evolve(
                state,
                groups=tuple(
                    evolve(one, moderators=event.moderators) if one.id == event.group else one
                    for one in state.groups
                ),
            )
        case QuestionAsked():
            post = Post(id=event.question, group=event.group, content=event, posted_on=on)
            state = evolve(state, posts=(*state.posts, post))
        case Answer():
            question = state.post(event.question)
            group = "" if question is None else question.group
            post = Post(id=event.answer, group=group, content=event, posted_on=on)
            state = evolve(state, posts=(*state.posts, post))
        case HelpAsked() | HelpGiven() | FaqPublished() | FaqWithdrawn():
            state = evolve(state, helpdesk=state.helpdesk.after(event, on))
        case QuestionRouted() | Moderation():
            state = _change_post(state, event, command)
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _affects(state: Community, event: LearningEvent) -> tuple[str, ...]:
    """Whose question or answer it is, who asked, and the moderators that have to read it."""
    if isinstance(event, CitiesEntered | LearningGroupOpened):
        return ()
    if isinstance(event, HelpAsked | HelpGiven | FaqPublished | FaqWithdrawn):
        return state.helpdesk.affected(event)
    if isinstance(event, ModeratorsNamed | QuestionAsked):
        group = state.group(event.group)
        return () if group is None else group.moderators
    post = state.post(event.post if isinstance(event, Moderation) else event.question)
    if post is None:  # pragma: no cover - what was granted has its post
        return ()
    found = [post.city.value]
    if isinstance(post.content, Answer):
        asked = state.post(post.content.question)
        found += [] if asked is None else [asked.city.value]
    if isinstance(event, Answer):
        group = state.group(post.group)
        found += [] if group is None else group.moderators
    return tuple(found)


def _change_post(
    state: Community, event: QuestionRouted | Moderation, command: Command[LearningEvent]
) -> Community:
    key = event.post if isinstance(event, Moderation) else event.question

    def change(post: Post) -> Post:
        if isinstance(event, Moderation):
            decided = ModerationRecord(
                on=command.on, by=command.by, status=event.status, reason=command.why
            )
            return evolve(post, status=event.status, decisions=(*post.decisions, decided))
        return evolve(post, routed=(*post.routed, *((command.on, one) for one in event.to)))

    return evolve(state, posts=tuple(change(one) if one.id == key else one for one in state.posts))
