"""The criterion of a degree of urbanisation."""

from __future__ import annotations

from attrs import frozen

from utm.domain.city import City, DegreeOfUrbanisation
from utm.domain.consortium import Consortium
from utm.domain.evidence import Observation, Source, Unknown, UnknownReason
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule
from utm.rules.combinators import Composable
from utm.rules.conclusion import conclude
from utm.rules.evidence import Remark
from utm.rules.finding import Finding
from utm.rules.identity import doubt_identity
from utm.rules.terms import require_terms
from utm.rules.verdict import Verdict, all_of

__all__ = ["Urbanised"]

_FACT = "degree of urbanisation"


@frozen(kw_only=True)
class Urbanised(Composable):
    """A local unit of one of the named degrees of urbanisation.

    Parameters
    ----------
    id
        Key of the criterion.
    degrees
        The degrees that are accepted.
    source
        Where it is written.
    """

    id: str
    degrees: tuple[DegreeOfUrbanisation, ...]
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_terms(self.degrees, DegreeOfUrbanisation, kind="degree of urbanisation")
        if not self.degrees or len(set(self.degrees)) < len(self.degrees):
            raise InvalidValueError(
                kind="degrees of urbanisation", value=self.degrees, reason="must name each once"
            )

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    @property
    def requirement(self) -> str:
        """What is asked."""
        numbers = " or ".join(str(degree.value) for degree in self.degrees)
        return f"degree of urbanisation {numbers}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask it of every town of a consortium; of a city it is a criterion of its own."""
        if isinstance(case.subject, Consortium):
            return tuple([(self, case.about(town)) for town in case.cities])
        return ()

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if every town meets it."""
        return all_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for each town of a consortium."""
        subject = case.subject
        if isinstance(subject, Consortium):
            return conclude(self, case)
        return self._examine_city(case, subject)

    def _examine_city(self, case: Case, city: City) -> Finding:
        seen = city.urbanisation
        if isinstance(seen, Unknown) or not case.has_learned(seen):
            reason = seen.reason if isinstance(seen, Unknown) else UnknownReason.NOT_REPORTED
            return self._unknown(case, reason)
        evidence = (_as_remark(seen),)
        if city.identity is not None:
            return doubt_identity(self, case, city.identity, evidence=evidence)
        if seen.valid_until is not None and seen.valid_until <= case.day:
            note = f"what is known ended on {seen.valid_until}"
            return self._unknown(case, UnknownReason.EXPIRED, note=note, evidence=evidence)
        return case.finding(self, Verdict.of(seen.value in self.degrees), evidence=evidence)

    def _unknown(
        self,
        case: Case,
        reason: UnknownReason,
        *,
        note: str = "",
        evidence: tuple[Remark, ...] = (),
    ) -> Finding:
        ask = "look the local unit up in the classification of local administrative units"
        lack = case.lacks(_FACT, reason, ask=ask, note=note)
        return case.finding(self, Verdict.UNKNOWN, evidence=evidence, note=note, missing=(lack,))


def _as_remark(seen: Observation[DegreeOfUrbanisation]) -> Remark:
    return Remark(
        statement=f"degree {seen.value.value} ({seen.value.name.lower()})", source=seen.source
    )
