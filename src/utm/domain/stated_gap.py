"""Facts that are not shown, where somebody said why."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from utm.domain.evidence import Source, Unknown
from utm.domain.identifiers import CityId, NetworkId
from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError

__all__ = ["GapTopic", "StatedGap"]


class GapTopic(Enum):
    """What is not shown."""

    INHABITANTS = "number of inhabitants"
    STANDING = "standing in a network"
    PLAN = "climate action plan"


@frozen(kw_only=True)
class StatedGap:
    """Why a fact about a city is not shown, as somebody stated it.

    It makes nothing known: the answer stays unknown, for the stated reason in place of
    "not reported". A fact that is shown after all counts, and the gap does not.

    Parameters
    ----------
    city
        Whom the fact is about.
    topic
        What is not shown.
    why
        The reason, e.g. confidential or not applicable.
    source
        Who stated it.
    network
        For a standing: in which network.

    Raises
    ------
    InvalidValueError
        A standing names no network, or another topic names one.
    """

    city: CityId
    topic: GapTopic
    why: Unknown
    source: Source
    network: NetworkId | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if (self.topic is GapTopic.STANDING) is (self.network is None):
            raise InvalidValueError(
                kind="stated gap",
                value=self.topic.value,
                reason="names a network exactly if it is of a standing",
            )
