"""Readings of what the public text leaves open, each with a name.

A reading is chosen by somebody with authority and shows in every finding that
rests on it. The defaults decide nothing that the text does not decide.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError

__all__ = [
    "DEFAULT_READINGS",
    "ConflictReading",
    "GraceClock",
    "Interpretations",
    "OpenQuestion",
    "PopulationReading",
    "TownsReading",
    "UndatedReading",
]

_LONGEST_LISTING_YEARS = 50


class OpenQuestion(Enum):
    """How a question is answered that the text of a call leaves open."""

    UNSETTLED = "unsettled"
    COUNTS = "counts"
    DOES_NOT_COUNT = "does not count"


class PopulationReading(Enum):
    """Whose inhabitants are counted.

    ``OWN_AREA`` (the default) means the area that the applicant governs. Figures
    of that area decide. A figure of the settlement alone is a lower bound, and a
    figure of a larger area an upper bound. A figure whose area is not stated is
    taken for the applicant's own, unless a settlement figure contradicts it.
    Every other reading trusts figures of one basis alone.
    """

    OWN_AREA = "the area that the applicant governs"
    SETTLEMENT = "settlement"
    MUNICIPALITY = "municipality"
    URBAN_AGGLOMERATION = "urban agglomeration"
    DISTRICT = "district"


class ConflictReading(Enum):
    """What becomes of figures on either side of a threshold."""

    STAYS_UNKNOWN = "stays unknown"
    LATEST = "the latest year decides"
    PREFERRED_ISSUER = "the preferred issuers decide"
    ALL_MUST_PASS = "every figure must pass"  # noqa: S105 - no password
    ANY_MAY_PASS = "one passing figure is enough"  # noqa: S105 - no password


class TownsReading(Enum):
    """Whether a threshold holds for the sum of a consortium or for each of its towns.

    ``UNSETTLED`` gives a definite verdict only where both readings agree.
    """

    UNSETTLED = "unsettled"
    EACH = "each town"
    SUM = "the sum of the towns"


class GraceClock(Enum):
    """The day from which a period of grace is counted."""

    ENGAGEMENT = "day of engagement"
    SUBMISSION = "day of submission"


class UndatedReading(Enum):
    """Whether a standing reported without any day counts for the day in question."""

    COUNTS = "counts"
    NOT_VERIFIED = "is not verified"


@frozen(kw_only=True)
class Interpretations:
    """One reading for each question that the public text leaves open.

    Parameters
    ----------
    population
        Whose inhabitants are counted.
    conflict
        What becomes of contradicting population figures.
    preferred_issuers
        Issuers, best first, for `ConflictReading.PREFERRED_ISSUER`.
    towns
        Whether the floor holds for a consortium's sum or for each town.
    joint_plan
        Whether a joint plan counts as a town's own.
    equivalent_plan
        Whether a plan of a kind that the call does not name counts as equivalent.
    on_hold
        Whether a signatory on hold counts as a signatory.
    undated_standing
        Whether a standing reported without any day counts.
    listing_counts_years
        For how many years after its day a dated list proves the standing; with 0
        only a list of the very day does.
    grace_clock
        What starts a period of grace.
    """

    population: PopulationReading = PopulationReading.OWN_AREA
    conflict: ConflictReading = ConflictReading.STAYS_UNKNOWN
    preferred_issuers: tuple[str, ...] = ()
    towns: TownsReading = TownsReading.UNSETTLED
    joint_plan: OpenQuestion = OpenQuestion.UNSETTLED
    equivalent_plan: OpenQuestion = OpenQuestion.UNSETTLED
    on_hold: OpenQuestion = OpenQuestion.UNSETTLED
    undated_standing: UndatedReading = UndatedReading.COUNTS
    listing_counts_years: int = 0
    grace_clock: GraceClock = GraceClock.ENGAGEMENT

    def __attrs_post_init__(self) -> None:
        years = self.listing_counts_years
        if type(years) is not int or not 0 <= years <= _LONGEST_LISTING_YEARS:
            raise InvalidValueError(
                kind="years for which a listing counts",
                value=years,
                reason=f"must be a whole number from 0 to {_LONGEST_LISTING_YEARS}",
            )
        require_kinds(self)
        if self.conflict is ConflictReading.PREFERRED_ISSUER and not self.preferred_issuers:
            raise InvalidValueError(
                kind="preferred issuers", value=(), reason="must name at least one issuer"
            )


DEFAULT_READINGS = Interpretations()
"""Nothing settled that the public text leaves open."""
