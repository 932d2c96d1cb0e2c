"""What is said of the cities of the world, each with its source."""

from __future__ import annotations

from attrs import frozen

from utm.domain import Source
from utm.errors import InvalidValueError

__all__ = ["WORLD_FACTS", "WorldFact"]


@frozen(kw_only=True)
class WorldFact:
    """A lower bound on a share that cities have in something, as a source states it.

    Parameters
    ----------
    of_what
        What the share is of, e.g. ``"the energy that the world uses"``.
    above_share
        The share is larger than this, in (0, 1).
    source
        Where it is written. Another source may say something else: both are kept then.
    """

    of_what: str
    above_share: float
    source: Source

    def __attrs_post_init__(self) -> None:
        if not 0 < self.above_share < 1 or not self.of_what.strip():
            raise InvalidValueError(
                kind="fact of the world",
                value=self.of_what,
                reason="must tell of what, with a share in (0, 1)",
            )

    @property
    def sentence(self) -> str:
        """The fact with its source, ready to be quoted."""
        return (
            f"Cities have more than {self.above_share:.0%} of {self.of_what} "
            f"({self.source}, {self.source.issuer})."
        )


_TOPIC = Source(
    title="Topic HORIZON-MISS-2021-CIT-02-05 of Horizon Europe",
    issuer="European Commission",
    locator="https://cordis.europa.eu/programme/id/HORIZON_HORIZON-MISS-2021-CIT-02-05",
)
WORLD_FACTS = (
    WorldFact(of_what="the CO2 emissions of the world", above_share=0.70, source=_TOPIC),
    WorldFact(of_what="the energy that the world uses", above_share=0.65, source=_TOPIC),
)
"""Why cities matter, as the call for the centre put it."""
