"""An opportunity: who pays, advises or prepares projects, for whom, until when."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from attrs import frozen
from pendulum import Date

from utm.domain.closing_time import ClosingTime
from utm.domain.dates import Period, require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import Identifier, TopicId
from utm.domain.money import AmountRange, CoFinancing, Money
from utm.domain.names import clean_name
from utm.domain.partner import ApplicantKind
from utm.domain.places import CountryCode
from utm.domain.prose import require_distinct, require_prose
from utm.errors import InvalidValueError

__all__ = [
    "ConsortiumRules",
    "Curation",
    "EligiblePlaces",
    "Opportunity",
    "OpportunityId",
    "OpportunityKind",
    "ProjectStage",
    "Provider",
    "ProviderLevel",
]

_FIRST_STAGE = 1


@frozen(order=True)
class OpportunityId(Identifier):
    """Key of an opportunity, e.g. ``micall-2022``."""

    KIND: ClassVar[str] = "opportunity id"


class OpportunityKind(Enum):
    """What is on offer."""

    FUNDING = "funding"
    ADVISING = "advising"
    PROJECT_PREPARATION = "project preparation"
    RESEARCH = "research"


class ProjectStage(Enum):
    """How far a project has come, in order."""

    IDEA = "idea"
    FEASIBILITY = "feasibility"
    PREPARATION = "preparation"
    IMPLEMENTATION = "implementation"
    SCALING = "scaling"


class ProviderLevel(Enum):
    """Level of government, or above all of them, at which a provider acts."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    REGIONAL = "regional"
    CITY = "city"


@frozen(kw_only=True)
class Provider:
    """Who pays or advises.

    Parameters
    ----------
    name
        Its name.
    level
        The level at which it acts.
    country
        Its country; ``None`` only for one that acts internationally.
    """

    name: str
    level: ProviderLevel
    country: CountryCode | None = None

    def __attrs_post_init__(self) -> None:
        clean_name(self.name, kind="name of a provider")
        if self.country is None and self.level is not ProviderLevel.INTERNATIONAL:
            raise InvalidValueError(
                kind="provider", value=self.name, reason=f"is {self.level.value} and has no country"
            )


@frozen(kw_only=True)
class EligiblePlaces:
    """The countries whose cities may take part, over a period.

    Parameters
    ----------
    countries
        The countries, each once; none means every country.
    valid
        The days on which that holds.
    source
        Where it was read.
    """

    countries: tuple[CountryCode, ...]
    valid: Period
    source: Source

    def __attrs_post_init__(self) -> None:
        require_distinct(self.countries, kind="eligible countries")


@frozen(kw_only=True)
class ConsortiumRules:
    """What a group of applicants must look like.

    Parameters
    ----------
    least_partners
        Fewest partners that count, from 1 up.
    least_countries
        Fewest countries from which those that count must come.
    counted_countries
        Partners of these countries count; none means those of every country.
    most_partners
        Most partners in all, if there is a limit.
    required_kinds
        Kinds of organisation of which at least one must count.
    source
        Where it was read.
    """

    least_partners: int = 1
    least_countries: int = 1
    counted_countries: tuple[CountryCode, ...] = ()
    most_partners: int | None = None
    required_kinds: tuple[ApplicantKind, ...] = ()
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_distinct(self.counted_countries, kind="countries that count")
        require_distinct(self.required_kinds, kind="required kinds of partners")
        least, countries, most = self.least_partners, self.least_countries, self.most_partners
        for kind, count in (("fewest partners", least), ("fewest countries", countries)):
            if type(count) is not int or count < 1:
                raise InvalidValueError(
                    kind=kind, value=count, reason="must be a whole number from 1 up"
                )
        if most is not None and (type(most) is not int or most < max(least, countries)):
            raise InvalidValueError(
                kind="most partners", value=most, reason="is below what is needed at least"
            )
        if self.counted_countries and len(self.counted_countries) < countries:
            raise InvalidValueError(
                kind="fewest countries", value=countries, reason="is more than are listed"
            )


@frozen(kw_only=True)
class Curation:
    """Who checked a record, when, and when it must be checked again.

    Parameters
    ----------
    verified_by
        A person or a team.
    verified_on
        Day of the check.
    next_check_on
        Day from which the record is stale unless it is checked again.
    """

    verified_by: str
    verified_on: Date
    next_check_on: Date

    def __attrs_post_init__(self) -> None:
        clean_name(self.verified_by, kind="name of who verified")
        require_date(self.verified_on, kind="day of verification")
        require_date(self.next_check_on, kind="day of the next check")
        if self.next_check_on <= self.verified_on:
            raise InvalidValueError(
                kind="next check", value=str(self.next_check_on), reason="must follow the last one"
            )


@frozen(kw_only=True)
class Opportunity:
    """Something that a city or a group can ask for.

    Parameters
    ----------
    id
        Its key.
    title
        One line.
    kind
        What is on offer.
    provider
        Who offers it.
    places
        Whose cities may take part, period by period without overlap.
    applicants
        Kinds of organisation that may ask; none means that nothing is said of it.
    stages
        Project stages that it takes; none means that nothing is said of it.
    topics
        What it is about; none means any topic.
    amounts
        How much one project may get.
    budget
        How much there is in all.
    co_financing
        Which share is paid at most.
    consortium
        What a group must look like; ``None`` where one applicant is enough.
    opens
        When it opens; ``None`` where it has been open or nobody said.
    deadlines
        When its stages close; several of the first stage are cut-off dates.
    rolling
        Whether applications are taken at any time.
    forecast
        Whether it is only expected.
    closed
        Whether its provider says that it takes no applications any longer, whatever its
        deadlines say; a deadline that has passed needs no such word.
    curation
        Who checked the record; ``None`` where nobody has.
    effort_days
        Working days that an application takes, if somebody has estimated them.
    programme
        Programme that it belongs to, may be empty.
    budget_line
        What the money comes from, as the provider calls it, e.g. the number of a call; may be
        empty. Applications for opportunities of one line compete.
    expected_grants
        How many grants the provider expects to make, if it said so; from 1 up.
    summary
        A paragraph, may be empty.
    source
        Where it was read.

    Raises
    ------
    InvalidValueError
        Periods of places overlap, something stands twice, it closes before it opens, or it
        is rolling and yet has a deadline.
    """

    id: OpportunityId
    title: str
    kind: OpportunityKind
    provider: Provider
    source: Source
    places: tuple[EligiblePlaces, ...] = ()
    applicants: tuple[ApplicantKind, ...] = ()
    stages: tuple[ProjectStage, ...] = ()
    topics: tuple[TopicId, ...] = ()
    amounts: AmountRange | None = None
    budget: Money | None = None
    co_financing: CoFinancing | None = None
    consortium: ConsortiumRules | None = None
    opens: ClosingTime | None = None
    deadlines: tuple[ClosingTime, ...] = ()
    rolling: bool = False
    forecast: bool = False
    closed: bool = False
    curation: Curation | None = None
    effort_days: int | None = None
    programme: str = ""
    budget_line: str = ""
    expected_grants: int | None = None
    summary: str = ""

    def __attrs_post_init__(self) -> None:
        clean_name(self.title, kind="title of an opportunity")
        if self.summary:
            require_prose(self.summary, kind="summary of an opportunity")
        require_distinct(self.applicants, kind="kinds of applicants")
        require_distinct(self.stages, kind="project stages")
        require_distinct(self.topics, kind="topics of an opportunity")
        require_distinct(self.deadlines, kind="deadlines")
        self._refuse_contradictions()

    @property
    def last_entry(self) -> ClosingTime | None:
        """The closing time after which no new applicant comes in; ``None`` if there is none."""
        entries = [each for each in self.deadlines if each.stage == _FIRST_STAGE]
        return max(entries, key=lambda each: each.instant, default=None)

    def places_on(self, day: Date) -> EligiblePlaces | None:
        """Find the places that are valid on a day; ``None`` where nothing is said of it."""
        require_date(day)
        return next((each for each in self.places if day in each.valid), None)

    def _refuse_contradictions(self) -> None:
        for at, one in enumerate(self.places):
            if any(one.valid.overlaps(other.valid) for other in self.places[:at]):
                self._refuse("lists places for one day twice")
        if self.rolling and self.deadlines:
            self._refuse("is rolling and has deadlines: a last day is no rolling call")
        last = self.last_entry
        if self.deadlines and last is None:
            self._refuse("has a deadline of a later stage and none of the first")
        if last and self.opens and self.opens.instant >= last.instant:
            self._refuse("closes before it opens")
        days = self.effort_days
        if days is not None and (type(days) is not int or days < 0):
            self._refuse("takes an effort that is no whole number of days")
        grants = self.expected_grants
        if grants is not None and (type(grants) is not int or grants < 1):
            self._refuse("expects a number of grants that is no whole number from 1 up")

    def _refuse(self, reason: str) -> None:
        raise InvalidValueError(kind="opportunity", value=self.id.value, reason=reason)
