"""Did the programme work? The indicators of several editions taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from attrs import frozen

from utm.domain import EditionId
from utm.errors import InvalidValueError
from utm.programme.exchange.indicators import (
    Balance,
    EditionIndicators,
    PartOf,
    compare_editions,
)
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.state import EditionState

__all__ = ["ProgrammeIndicators", "pool_editions"]


@frozen(kw_only=True)
class ProgrammeIndicators:
    """Several editions as one: counts are added up, shares are those of all together.

    Parameters
    ----------
    editions
        Each edition with its own indicators, by key.
    returned
        Participants that were in groups of more than one edition, of all that ever were.
    balances
        What each participant gave and received in all editions, by key.
    """

    editions: tuple[EditionIndicators, ...]
    returned: PartOf
    balances: tuple[Balance, ...]

    @property
    def keys(self) -> tuple[EditionId, ...]:
        """The editions."""
        return tuple(one.edition for one in self.editions)

    @property
    def groups(self) -> int:
        """Groups that were formed."""
        return self._sum(lambda one: one.groups)

    @property
    def completed(self) -> PartOf:
        """Groups completed, of all formed."""
        return self._parts(lambda one: one.completed)

    @property
    def attendance(self) -> PartOf:
        """Places taken at meetings, of all places of members on those days."""
        return self._parts(lambda one: one.attendance)

    @property
    def two_way(self) -> PartOf:
        """Participants that both gave and received, in whichever edition, of all."""
        both = sum(one.is_two_way for one in self.balances)
        return PartOf(count=both, whole=len(self.balances))

    @property
    def attrition(self) -> PartOf:
        """Withdrawals, of all participations: who is in two editions counts twice."""
        return self._parts(lambda one: one.attrition)

    @property
    def pilots(self) -> int:
        """Pilots of any stage."""
        return self._sum(lambda one: one.pilots)

    @property
    def pilots_a_group(self) -> float | None:
        """Pilots for each group; ``None`` without groups."""
        return self.pilots / self.groups if self.groups else None

    @property
    def tested(self) -> PartOf:
        """Pilots that are tested, running or scaled, of all."""
        return self._parts(lambda one: one.tested)

    @property
    def transfers(self) -> int:
        """Practices transferred."""
        return self._sum(lambda one: one.transfers)

    @property
    def from_europe(self) -> int:
        """Practices that went from Europe to other regions."""
        return self._sum(lambda one: one.from_europe)

    @property
    def to_europe(self) -> int:
        """Practices that came to Europe from other regions."""
        return self._sum(lambda one: one.to_europe)

    @property
    def visits(self) -> int:
        """Visits held."""
        return self._sum(lambda one: one.visits)

    @property
    def training_needs(self) -> int:
        """Needs for training that came out of groups."""
        return self._sum(lambda one: one.training_needs)

    @property
    def research_needs(self) -> int:
        """Needs for research that came out of groups."""
        return self._sum(lambda one: one.research_needs)

    @property
    def measured(self) -> PartOf:
        """Groups with a result by their own indicator, of those completed."""
        return self._parts(lambda one: one.measured)

    @property
    def median_days_to_first_meeting(self) -> float | None:
        """The median over all groups that met; ``None`` before anybody met."""
        days = [day for one in self.editions for day in one.days_to_first_meeting]
        return float(median(days)) if days else None

    def _sum(self, count: Callable[[EditionIndicators], int]) -> int:
        return sum(count(one) for one in self.editions)

    def _parts(self, part: Callable[[EditionIndicators], PartOf]) -> PartOf:
        parts = [part(one) for one in self.editions]
        return PartOf(count=sum(one.count for one in parts), whole=sum(one.whole for one in parts))


def pool_editions(editions: Iterable[EditionState]) -> ProgrammeIndicators:
    """Measure several editions, each alone and all together.

    Parameters
    ----------
    editions
        Each once, in any order, as they stand or as of a day.

    Raises
    ------
    InvalidValueError
        An edition stands twice.
    """
    measured = compare_editions(editions)
    if len({one.edition for one in measured}) < len(measured):
        raise InvalidValueError(
            kind="editions", value=len(measured), reason="name an edition twice"
        )
    totals: dict[ParticipantId, list[Balance]] = {}
    for one in measured:
        for balance in one.balances:
            totals.setdefault(balance.participant, []).append(balance)
    returned = sum(len(those) > 1 for those in totals.values())
    return ProgrammeIndicators(
        editions=measured,
        returned=PartOf(count=returned, whole=len(totals)),
        balances=tuple(
            Balance(
                participant=key,
                gave=sum(one.gave for one in totals[key]),
                received=sum(one.received for one in totals[key]),
            )
            for key in sorted(totals, key=lambda key: key.value)
        ),
    )
