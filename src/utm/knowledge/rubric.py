"""The rubric of the reviewers: versioned, so that a judgement can be replayed."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen
from pendulum import Date

from utm.domain.dates import add_months
from utm.domain.practice_evidence import EvidenceStrength
from utm.domain.prose import require_distinct, require_prose
from utm.errors import InvalidValueError

__all__ = ["Criterion", "Rubric", "standard_rubric"]

_FEWEST_REVIEWS = 2


@frozen(kw_only=True)
class Criterion:
    """One question to the reviewers.

    Parameters
    ----------
    id
        Its key within the rubric, e.g. ``"results"``.
    question
        The question in words.
    weight
        How much it counts, a whole number from 1 up.
    """

    id: str
    question: str
    weight: int = 1

    def __attrs_post_init__(self) -> None:
        require_prose(self.id, kind="criterion")
        require_prose(self.question, kind="question of a criterion")
        if type(self.weight) is not int or self.weight < 1:
            raise InvalidValueError(
                kind="weight of a criterion", value=self.weight, reason="must be 1 or more"
            )


@frozen(kw_only=True)
class Rubric:
    """What is asked, on which scale, and what it takes to be published.

    Parameters
    ----------
    version
        Name of this state of the rubric; it changes whenever anything else does.
    criteria
        The questions.
    scale
        What the scores 0, 1, 2 … mean, worst first.
    pass_share
        Least weighted mean score as a share of the highest, in [0, 1].
    least_evidence
        What the best piece of evidence must reach.
    widest_spread
        Largest difference between two reviewers on one criterion, in steps of the
        scale, before a further review is asked for.
    reviews
        Fewest reviews, at least two.
    valid_months
        How long a published practice stays published.
    """

    version: str
    criteria: tuple[Criterion, ...]
    scale: tuple[str, ...]
    pass_share: Fraction
    least_evidence: EvidenceStrength
    widest_spread: int
    reviews: int = _FEWEST_REVIEWS
    valid_months: int = 36

    def __attrs_post_init__(self) -> None:
        require_prose(self.version, kind="version of a rubric")
        require_distinct([criterion.id for criterion in self.criteria], kind="criteria")
        if not self.criteria or len(self.scale) < 2:  # noqa: PLR2004 - one step is no scale
            self._refuse("needs a criterion and two steps")
        if type(self.pass_share) is not Fraction or not 0 <= self.pass_share <= 1:
            self._refuse("must have a pass share that is a Fraction in [0, 1]")
        if self.reviews < _FEWEST_REVIEWS or self.widest_spread < 0 or self.valid_months < 1:
            self._refuse("needs two reviews, a spread from 0 and a month or more")

    def expiry_of(self, published_on: Date) -> Date:
        """First day on which what was published on a day is published no longer.

        Raises
        ------
        InvalidValueError
            The day lies beyond the calendar, which ends with the year 9999.
        """
        try:
            return add_months(published_on, self.valid_months)
        except (ValueError, OverflowError) as error:
            raise InvalidValueError(
                kind="publication",
                value=str(published_on),
                reason=f"would end beyond the calendar after {self.valid_months} months",
            ) from error

    @property
    def highest_score(self) -> int:
        """The best step of the scale."""
        return len(self.scale) - 1

    def _refuse(self, reason: str) -> None:
        raise InvalidValueError(kind="rubric", value=self.version, reason=reason)


def standard_rubric() -> Rubric:
    """A rubric to begin with; a centre will want its own.

    The questions cover what public labels for urban practices ask about (URBACT's good
    practice label: relevance, integration, participation, results, transferability) and add
    one on honesty about limitations, which this centre is to collect.
    """
    return Rubric(
        version="utm-practice-1",
        criteria=(
            Criterion(id="relevance", question="Does it lower emissions or make a city ready?"),
            Criterion(id="integration", question="Does it work across sectors and levels?"),
            Criterion(id="participation", question="Had those concerned a say in it?"),
            Criterion(id="results", question="Is what it achieved shown, and how well?", weight=2),
            Criterion(id="transferability", question="Could others rebuild it from this text?"),
            Criterion(id="honesty", question="Does it tell its costs, mistakes and trade-offs?"),
        ),
        scale=("not at all", "hardly", "partly", "well", "fully"),
        pass_share=Fraction(5, 8),
        least_evidence=EvidenceStrength.DOCUMENTED,
        widest_spread=2,
    )
