"""Who seeks money or advice: a city or consortium, and the project that it is for."""

from __future__ import annotations

from attrs import frozen

from utm.domain.application import Application
from utm.domain.evidence import Unknown, UnknownReason
from utm.domain.identifiers import TopicId
from utm.domain.kinds import require_kinds
from utm.domain.money import Money
from utm.domain.opportunity import ProjectStage
from utm.domain.prose import require_distinct
from utm.errors import InvalidValueError

__all__ = ["Project", "Seeker"]

_ALL = 1000
_ROUNDING = 1e-6  # so that 0.29 gives 290; what is left over falls away, and the sum stays in 1000
_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)


@frozen(kw_only=True)
class Project:
    """What the money or advice is for.

    Parameters
    ----------
    title
        One line.
    topics
        What it is about; none means the needs of the applicant.
    stage
        How far it has come.
    cost
        What it costs in all.
    own_funds
        What the applicant can bring.

    Raises
    ------
    InvalidValueError
        A part is of another kind than it must be, such as a number without a currency; an
        amount is negative; or a topic stands twice.
    """

    title: str
    topics: tuple[TopicId, ...] = ()
    stage: ProjectStage | Unknown = _NOT_REPORTED
    cost: Money | Unknown = _NOT_REPORTED
    own_funds: Money | Unknown = _NOT_REPORTED

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        require_distinct(self.topics, kind="topics of a project")
        for kind, money in (("cost", self.cost), ("own funds", self.own_funds)):
            if isinstance(money, Money) and money.amount < 0:
                raise InvalidValueError(kind=kind, value=str(money), reason="must not be negative")


@frozen(kw_only=True)
class Seeker:
    """A city or consortium with its evidence, and the project that it seeks help for.

    Parameters
    ----------
    application
        All that is known of the applicant, its needs included.
    project
        The project, if there is one yet.
    """

    application: Application
    project: Project | None = None

    @property
    def name(self) -> str:
        """Name of the applicant."""
        return self.application.applicant.name

    @property
    def wishes(self) -> tuple[tuple[TopicId, int], ...]:
        """Topics that help is sought on, with weights in thousandths, by topic.

        Topics of the project weigh alike; without them, the needs weigh by their shares.
        """
        if self.project is not None and self.project.topics:
            topics = self.project.topics
            return tuple((topic, _ALL // len(topics)) for topic in sorted(topics))
        needs = self.application.needs
        weighed = [(need.topic, int(need.weight_share * _ALL + _ROUNDING)) for need in needs]
        return tuple(sorted(weighed))
