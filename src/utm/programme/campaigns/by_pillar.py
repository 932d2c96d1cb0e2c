"""Which activities serve which pillar of the mission, and of which nobody has said it."""

from __future__ import annotations

from attrs import frozen

from utm.domain import MissionPillar
from utm.programme.campaigns.lifecycle import Campaigns
from utm.programme.gatherings import Gatherings

__all__ = ["PillarActivities", "activities_by_pillar"]


@frozen(kw_only=True)
class PillarActivities:
    """The activities of one pillar.

    Parameters
    ----------
    pillar
        The pillar; ``None`` for the activities of which nobody has said what they are for.
    activities
        Their titles, in order of kind and day. One that serves several is in each.
    """

    pillar: MissionPillar | None
    activities: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The activities in words."""
        name = "Of no pillar" if self.pillar is None else self.pillar.value.capitalize()
        return f"{name}: {'; '.join(self.activities) or 'none'}."


def activities_by_pillar(
    gatherings: Gatherings, campaigns: Campaigns
) -> tuple[PillarActivities, ...]:
    """Sort trainings, events and campaigns by the pillars that they serve.

    Returns
    -------
    tuple of PillarActivities
        One for each pillar, then those that serve none that is known: each activity of the
        mission should serve at least one.
    """
    tagged = [
        *((one.terms.title, one.terms.pillars) for one in gatherings.series),
        *((one.title, one.pillars) for _, one in gatherings.regional_events),
        *((one.title, one.pillars) for _, one in gatherings.summits),
        *((one.title, one.pillars) for _, one in gatherings.global_events),
        *((one.terms.title, one.terms.pillars) for one in campaigns.campaigns),
    ]
    found = [
        PillarActivities(
            pillar=pillar,
            activities=tuple(title for title, pillars in tagged if pillar in pillars),
        )
        for pillar in MissionPillar
    ]
    untold = tuple(title for title, pillars in tagged if not pillars)
    return (*found, PillarActivities(pillar=None, activities=untold))
