"""Which applications the groups of an edition could make, and which of them go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from utm.domain.identifiers import PairingId
from utm.funding.competition import GroupApplication, NonCompeting, pick_applications
from utm.funding.group_offers import GroupOffer
from utm.rules import Verdict

__all__ = ["ApplicationPlan", "plan_applications"]

_ALL = 1000


@frozen(kw_only=True)
class ApplicationPlan:
    """Applications of an edition of which no two compete.

    Parameters
    ----------
    picked
        Those that go together, and those left out, each with its worth.
    offers
        What each application is based on, by group and opportunity: whom to take in, the
        days that are left.
    """

    picked: NonCompeting
    offers: tuple[tuple[GroupApplication, GroupOffer], ...]

    def offer_of(self, application: GroupApplication) -> GroupOffer:
        """What an application is based on.

        Raises
        ------
        KeyError
            It is none of the plan.
        """
        return dict(self.offers)[application]


def plan_applications(
    offers: Mapping[PairingId, Iterable[GroupOffer]], *, only_open: bool = True
) -> ApplicationPlan:
    """Plan which group applies for what, so that no two compete and none writes two.

    A group can apply where it is complete for certain, or can be completed. The worth of an
    application is the fit of the opportunity, 0 to 1000, plus 1000 where nobody has to be
    taken in, or less the mean price of those who have; the sum of worths is the highest that
    is possible.

    Parameters
    ----------
    offers
        What each group was offered, by `offers_for_group`.
    only_open
        Whether only what is open at the instant of the offers counts.

    Raises
    ------
    InvalidValueError
        One group was offered one opportunity twice.
    """
    based: list[tuple[GroupApplication, GroupOffer]] = []
    for group, offered in sorted(offers.items()):
        for offer in offered:
            can_apply = offer.verdict is Verdict.MET or offer.can_be_completed
            if can_apply and (offer.state.is_open or not only_open):
                based.append((_application(group, offer), offer))
    return ApplicationPlan(
        picked=pick_applications(application for application, _ in based),
        offers=tuple(sorted(based, key=lambda each: (each[0].group, each[0].opportunity))),
    )


def _application(group: PairingId, offer: GroupOffer) -> GroupApplication:
    added = len(offer.completion.added)
    mean_price = offer.completion.price // added if added else 0
    return GroupApplication(
        group=group,
        opportunity=offer.opportunity.id,
        fit=offer.fit + max(0, _ALL - mean_price),
        budget_line=offer.opportunity.budget_line,
    )
