"""The learning community as it stands, and who may see what."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from pendulum import Date

from utm.domain import CityId, ThemeId
from utm.errors import InvalidValueError
from utm.programme.history import CityRegister
from utm.programme.learning.events import Answer, PostStatus, QuestionAsked, RoutedTo
from utm.programme.learning.helpdesk import Helpdesk

__all__ = [
    "Community",
    "CommunityTerms",
    "LearningGroup",
    "ModerationRecord",
    "Post",
    "ReaderRole",
]


class ReaderRole(Enum):
    """Who reads."""

    VISITOR = "visitor"
    CITY = "city"
    MODERATOR = "moderator"


@frozen(kw_only=True)
class CommunityTerms:
    """How often one city may be asked.

    Parameters
    ----------
    most_asked
        Questions that may be put to one city.
    within_days
        In so many days.
    """

    most_asked: int = 3
    within_days: int = 30

    def __attrs_post_init__(self) -> None:
        if min(self.most_asked, self.within_days) < 1:
            raise InvalidValueError(kind="terms", value=str(self), reason="must be above zero")


@frozen(kw_only=True)
class LearningGroup:
    """A learning group: its theme and its moderators, at least one."""

    id: str
    theme: ThemeId
    moderators: tuple[str, ...]


@frozen(kw_only=True)
class ModerationRecord:
    """A decision of a moderator, kept for good."""

    on: Date
    by: str
    status: PostStatus
    reason: str


@frozen(kw_only=True)
class Post:
    """A question or an answer.

    Parameters
    ----------
    id
        Its key.
    group
        Where it was posted.
    content
        The question or the answer.
    posted_on
        The day.
    status
        Whether it is shown.
    decisions
        Every decision of a moderator, in order.
    routed
        For a question: day and cities that were asked, in order.
    """

    id: str
    group: str
    content: QuestionAsked | Answer
    posted_on: Date
    status: PostStatus = PostStatus.HELD
    decisions: tuple[ModerationRecord, ...] = ()
    routed: tuple[tuple[Date, RoutedTo], ...] = ()

    @property
    def city(self) -> CityId:
        """Whose it is."""
        return self.content.city


@frozen(kw_only=True)
class Community:
    """The learning community as its history left it.

    Parameters
    ----------
    terms
        How often one city may be asked.
    groups
        Learning groups, in order.
    posts
        Questions and answers, in order.
    register
        The cities that may be told of.
    helpdesk
        Requests for help, and frequent questions.
    """

    terms: CommunityTerms = field(factory=CommunityTerms)
    groups: tuple[LearningGroup, ...] = ()
    posts: tuple[Post, ...] = ()
    register: CityRegister = field(factory=CityRegister)
    helpdesk: Helpdesk = field(factory=Helpdesk)

    def group(self, key: str) -> LearningGroup | None:
        """Find a group."""
        return next((one for one in self.groups if one.id == key), None)

    def post(self, key: str) -> Post | None:
        """Find a question or an answer."""
        return next((one for one in self.posts if one.id == key), None)

    def question(self, key: str) -> tuple[Post, QuestionAsked] | None:
        """Find a question with its content."""
        post = self.post(key)
        if post is None or not isinstance(post.content, QuestionAsked):
            return None
        return post, post.content

    def answers_to(self, key: str) -> tuple[Post, ...]:
        """Answers to a question, in order."""
        return tuple(
            one
            for one in self.posts
            if isinstance(one.content, Answer) and one.content.question == key
        )

    def asked_lately(self, city: CityId, on: Date) -> int:
        """How often a city was asked in the span of the terms, up to a day."""
        return sum(
            1
            for post in self.posts
            for day, routed in post.routed
            if routed.city == city and 0 <= (on - day).days < self.terms.within_days
        )

    def visible_to(self, role: ReaderRole, *, city: CityId | None = None) -> tuple[Post, ...]:
        """What somebody may read.

        A moderator reads everything, a city its own posts and what is published, a visitor
        what is published. An answer is shown to others only with its question.
        """
        if role is ReaderRole.MODERATOR:
            return self.posts
        own = city if role is ReaderRole.CITY else None
        return tuple(one for one in self.posts if one.city == own or self._is_public(one))

    def _is_public(self, post: Post) -> bool:
        if post.status is not PostStatus.PUBLISHED:
            return False
        if isinstance(post.content, QuestionAsked):
            return True
        question = self.post(post.content.question)
        return question is not None and question.status is PostStatus.PUBLISHED
