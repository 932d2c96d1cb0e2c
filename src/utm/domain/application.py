"""An application: who applies to which call, with what evidence, seeking and offering what."""

from __future__ import annotations

import math
from enum import Enum

from attrs import field, fields, frozen
from pendulum import Date

from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.exchange import Need, Offer
from utm.domain.gist import Gist, gist_of
from utm.domain.identifiers import ApplicationId, CallId, CityId, ConsortiumId, ThemeId
from utm.domain.kinds import require_kinds
from utm.domain.plan import ClimatePlan
from utm.domain.stated_gap import StatedGap
from utm.errors import InvalidValueError

__all__ = [
    "AdmissionOutcome",
    "Application",
    "AuthorityDecision",
    "Commitment",
    "CommitmentStatement",
]


class Commitment(Enum):
    """What an applicant may promise."""

    ENGAGE = "engage"
    ALLOCATE_RESOURCES = "allocate resources"


@frozen(kw_only=True)
class CommitmentStatement:
    """An applicant's answer to one commitment; no statement means unknown.

    Parameters
    ----------
    commitment
        What is promised.
    given
        Whether it is promised.
    source
        Where it was stated.
    stated_on
        Day of the statement, if known.
    """

    commitment: Commitment
    given: bool
    source: Source
    stated_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.given) is not bool:
            raise InvalidValueError(
                kind="commitment", value=self.given, reason="must be promised or not: True or False"
            )
        if self.stated_on is not None:
            require_date(self.stated_on, kind="day of a commitment")
        require_kinds(self)


class AdmissionOutcome(Enum):
    """What the programme's authority decided."""

    ADMITTED = "admitted"
    REFUSED = "refused"


@frozen(kw_only=True)
class AuthorityDecision:
    """What the authority is known to have decided, cited; it changes no verdict.

    Parameters
    ----------
    outcome
        Admitted or refused.
    authority
        Who decided.
    source
        Where the decision was read.
    as_of
        Day on which the decision is known to stand, if known.
    note
        What else is known of it.
    """

    outcome: AdmissionOutcome
    authority: str
    source: Source
    as_of: Date | None = None
    note: str = ""


@frozen(kw_only=True)
class Application:
    """An application of a city or a consortium to a call.

    Parameters
    ----------
    id
        Key of the application.
    call
        The call applied to.
    applicant
        The city or consortium.
    submitted_on
        Day of submission, if known: the rules of that day apply.
    plans
        Climate action plans shown as evidence.
    commitments
        Promises made, at most one statement each.
    needs
        What the applicant seeks; the shares sum to 1 unless there are none.
    offers
        What it can share, at most one a topic.
    theme
        The main theme it asks for, if it names one.
    authority_decision
        What the authority is known to have decided, if anything.
    needs_basis
        How the needs came about when the applicant did not state them itself.
    engaged_on
        Day on which it engaged with the programme, if it has: periods of grace run from it.
    stated_gaps
        Why facts are not shown, at most once a fact.

    Attributes
    ----------
    gist
        What it says in short, derived from the rest.
    """

    id: ApplicationId
    call: CallId
    applicant: City | Consortium
    submitted_on: Date | None = None
    plans: tuple[ClimatePlan, ...] = ()
    commitments: tuple[CommitmentStatement, ...] = ()
    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    theme: ThemeId | None = None
    authority_decision: AuthorityDecision | None = None
    needs_basis: str = ""
    engaged_on: Date | None = None
    stated_gaps: tuple[StatedGap, ...] = ()
    gist: Gist = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.submitted_on is not None:
            require_date(self.submitted_on, kind="day of submission")
        if self.engaged_on is not None:
            require_date(self.engaged_on, kind="day of engagement")
        require_kinds(self)
        self._refuse_repeats("needs", [need.topic for need in self.needs])
        self._refuse_repeats("offers", [offer.topic for offer in self.offers])
        self._refuse_repeats("commitments", [c.commitment for c in self.commitments])
        gaps = [(gap.city, gap.topic, gap.network) for gap in self.stated_gaps]
        self._refuse_repeats("stated gaps", [*gaps])
        total = math.fsum(need.weight_share for need in self.needs)
        if self.needs and abs(total - 1) > 1e-9:  # noqa: PLR2004 - rounding of shares
            raise InvalidValueError(
                kind="needs", value=self.id.value, reason=f"have shares that sum to {total}, not 1"
            )
        object.__setattr__(self, "gist", gist_of(self))

    def __getstate__(self) -> dict[str, object]:
        """Give what it was made of."""
        return {each.name: getattr(self, each.name) for each in fields(type(self)) if each.init}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take that up again; the gist is made anew, as another version may word it otherwise."""
        for name, value in state.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "gist", gist_of(self))

    @property
    def key(self) -> CityId | ConsortiumId:
        """Key of the applicant."""
        return self.applicant.id

    @property
    def cities(self) -> tuple[City, ...]:
        """The city, or every member of the consortium."""
        applicant = self.applicant
        return applicant.members if isinstance(applicant, Consortium) else (applicant,)

    def _refuse_repeats(self, kind: str, values: list[object]) -> None:
        if len(set(values)) < len(values):
            raise InvalidValueError(kind=kind, value=self.id.value, reason="name one thing twice")
