"""Towns that apply together."""

from __future__ import annotations

from attrs import frozen

from utm.domain.city import City
from utm.domain.identifiers import ConsortiumId
from utm.domain.kinds import require_kinds
from utm.domain.names import clean_name
from utm.errors import InvalidValueError

__all__ = ["Consortium"]

_FEWEST_MEMBERS = 2


@frozen(kw_only=True)
class Consortium:
    """Two or more towns that apply as one.

    Parameters
    ----------
    id
        Key of the consortium.
    name
        Its name.
    members
        The towns, each once.
    """

    id: ConsortiumId
    name: str
    members: tuple[City, ...]

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        clean_name(self.name, kind="consortium name")
        ids = [member.id for member in self.members]
        if len(ids) < _FEWEST_MEMBERS:
            raise InvalidValueError(
                kind="consortium", value=self.name, reason="must have at least two members"
            )
        if len(set(ids)) < len(ids):
            raise InvalidValueError(
                kind="consortium", value=self.name, reason="names a member twice"
            )
