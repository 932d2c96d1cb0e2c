"""What a participant seeks and what it can give: needs and offers by topic."""

from __future__ import annotations

from attrs import frozen

from utm.domain.identifiers import TopicId
from utm.errors import InvalidValueError

__all__ = ["Need", "Offer"]

_HIGHEST_MATURITY = 5


@frozen(kw_only=True)
class Need:
    """A topic on which a participant wants help.

    Parameters
    ----------
    topic
        The topic.
    weight_share
        Importance among the participant's needs, in (0, 1]. The shares of one
        participant sum to 1.
    statement
        The need in the participant's own words, if given.
    """

    topic: TopicId
    weight_share: float
    statement: str | None = None

    def __attrs_post_init__(self) -> None:
        _check_topic("topic of a need", self.topic)
        _check_statement("statement of a need", self.statement)
        share = self.weight_share
        if type(share) not in {float, int} or not 0 < share <= 1:
            raise InvalidValueError(
                kind="weight of a need", value=share, reason="must be in (0, 1]"
            )


@frozen(kw_only=True)
class Offer:
    """A topic on which a participant can help others.

    Parameters
    ----------
    topic
        The topic.
    maturity
        How far the participant has come with it, from 1 (an idea) to 5 (running
        at full scale with results).
    statement
        The offer in the participant's own words, if given.
    """

    topic: TopicId
    maturity: int
    statement: str | None = None

    def __attrs_post_init__(self) -> None:
        _check_topic("topic of an offer", self.topic)
        _check_statement("statement of an offer", self.statement)
        if type(self.maturity) is not int or not 1 <= self.maturity <= _HIGHEST_MATURITY:
            raise InvalidValueError(
                kind="maturity of an offer", value=self.maturity, reason="must be 1, 2, 3, 4 or 5"
            )


def _check_topic(kind: str, topic: object) -> None:
    """Refuse plain text, which would pass here and fail far away."""
    if not isinstance(topic, TopicId):
        raise InvalidValueError(
            kind=kind, value=topic, reason="is not a TopicId: write TopicId('theme.topic')"
        )


def _check_statement(kind: str, statement: object) -> None:
    if statement is not None and not isinstance(statement, str):
        raise InvalidValueError(kind=kind, value=statement, reason="must be text or None")
