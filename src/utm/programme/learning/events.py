"""What happens in the learning community: groups, questions, answers, moderation."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import frozen

from utm.domain import CityId, ThemeId, TopicId
from utm.errors import InvalidValueError
from utm.programme.history import CitiesEntered
from utm.programme.learning.helpdesk import HelpdeskEvent

__all__ = [
    "Answer",
    "LearningEvent",
    "LearningGroupOpened",
    "Moderation",
    "ModeratorsNamed",
    "PostStatus",
    "QuestionAsked",
    "QuestionRouted",
    "RoutedTo",
]


class PostStatus(Enum):
    """Whether a post is shown."""

    HELD = "held for moderation"
    PUBLISHED = "published"
    HIDDEN = "hidden"


def _require_text(kind: str, text: str) -> None:
    if not text.strip():
        raise InvalidValueError(kind=kind, value=text, reason="must say something")


def _require_moderators(group: str, moderators: tuple[str, ...]) -> None:
    if not moderators or len(set(moderators)) < len(moderators) or not all(moderators):
        raise InvalidValueError(
            kind="moderators", value=group, reason="must be at least one, each once"
        )


@frozen(kw_only=True)
class LearningGroupOpened:
    """A learning group on a theme opens, with at least one moderator."""

    group: str
    theme: ThemeId
    moderators: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        _require_moderators(self.group, self.moderators)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Learning group {self.group} on {self.theme} opened."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The moderators."""
        return self.moderators


@frozen(kw_only=True)
class ModeratorsNamed:
    """A group gets other moderators, at least one."""

    group: str
    moderators: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        _require_moderators(self.group, self.moderators)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{', '.join(self.moderators)} moderate {self.group}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The moderators."""
        return self.moderators


@frozen(kw_only=True)
class QuestionAsked:
    """A city asks a question; a moderator reads it before others do.

    Parameters
    ----------
    group
        Where.
    question
        Its key within the community.
    city
        Who asks.
    topic
        What it is about.
    text
        The question.
    """

    group: str
    question: str
    city: CityId
    topic: TopicId
    text: str

    def __attrs_post_init__(self) -> None:
        _require_text("question", self.text)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} asked question {self.question} on {self.topic}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city and the group."""
        return (self.city.value, self.group)


@frozen(kw_only=True)
class RoutedTo:
    """A city that is asked to answer, and why it.

    Parameters
    ----------
    city
        The city.
    score
        How well it is placed; only the order counts.
    reasons
        Why, as clauses; at least one.
    """

    city: CityId
    score: int
    reasons: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if not self.reasons:
            raise InvalidValueError(kind="routing", value=self.city.value, reason="has no reason")

    def __str__(self) -> str:
        return f"{self.city}: {', '.join(self.reasons)}"


@frozen(kw_only=True)
class QuestionRouted:
    """A published question is put to the cities best placed to answer it."""

    question: str
    to: tuple[RoutedTo, ...]

    def __attrs_post_init__(self) -> None:
        cities = [one.city for one in self.to]
        if not cities or len(set(cities)) < len(cities):
            raise InvalidValueError(
                kind="routing", value=self.question, reason="must name cities, each once"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Question {self.question} was put to {'; '.join(map(str, self.to))}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that are asked."""
        return tuple(one.city.value for one in self.to)


@frozen(kw_only=True)
class Answer:
    """A city answers a published question; a moderator reads the answer before others do."""

    question: str
    answer: str
    city: CityId
    text: str

    def __attrs_post_init__(self) -> None:
        _require_text("answer", self.text)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} answered question {self.question}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class Moderation:
    """A moderator decides whether a post is shown; who and why are those of the command.

    Parameters
    ----------
    post
        Key of a question or an answer.
    status
        Published or hidden.
    """

    post: str
    status: PostStatus

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.post} is {self.status.value}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The post."""
        return (self.post,)


LearningEvent: TypeAlias = (
    CitiesEntered
    | LearningGroupOpened
    | ModeratorsNamed
    | QuestionAsked
    | QuestionRouted
    | Answer
    | Moderation
    | HelpdeskEvent
)
"""Any of these; each can be asked for by a command."""
