"""Editions of a programme and the groups in them."""

from __future__ import annotations

from attrs import frozen

from utm.domain.evidence import Observation
from utm.domain.identifiers import CityId, ConsortiumId, EditionId, PairingId, ThemeId, TopicId
from utm.errors import InvalidValueError

__all__ = ["Edition", "Headline", "Pairing"]

_FEWEST_MEMBERS = 2


@frozen(kw_only=True)
class Pairing:
    """A group of cities that learn together. The programme calls groups of any size pairings.

    Parameters
    ----------
    id
        Key of the group.
    theme
        Its one main theme.
    focus
        The challenge it works on, in words.
    topics
        The topics of that challenge.
    members
        Two or more participants, each once.
    """

    id: PairingId
    theme: ThemeId
    focus: str
    topics: tuple[TopicId, ...]
    members: tuple[CityId | ConsortiumId, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.members) < _FEWEST_MEMBERS or len(set(self.members)) < len(self.members):
            raise InvalidValueError(
                kind="pairing", value=self.id.value, reason="must have two or more distinct members"
            )


@frozen(kw_only=True)
class Headline:
    """What a programme announces of itself; observed, never computed.

    Parameters
    ----------
    pairings, cities, countries
        The announced numbers.
    """

    pairings: int
    cities: int
    countries: int


@frozen(kw_only=True)
class Edition:
    """One edition of a peer-learning programme as it was published.

    Parameters
    ----------
    id
        Key of the edition.
    title
        Its name.
    pairings
        Its groups, in published order.
    headlines
        What was announced about its size, each with source and day.

    Raises
    ------
    InvalidValueError
        A group's id, or a member, stands twice.
    """

    id: EditionId
    title: str
    pairings: tuple[Pairing, ...]
    headlines: tuple[Observation[Headline], ...] = ()

    def __attrs_post_init__(self) -> None:
        ids = [pairing.id for pairing in self.pairings]
        members = [member for pairing in self.pairings for member in pairing.members]
        if len(set(ids)) < len(ids) or len(set(members)) < len(members):
            raise InvalidValueError(
                kind="edition", value=self.id.value, reason="holds a group or a member twice"
            )
