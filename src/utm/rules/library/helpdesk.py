"""Access to the mission's Finance and Funding Helpdesk."""

from __future__ import annotations

from utm.domain.dates import Period, civil_date
from utm.domain.identifiers import NetworkId
from utm.rules.combinators import AllOf
from utm.rules.library.cohort import cohort_promises, cohort_rule
from utm.rules.library.sources import HELPDESK_NOTICE
from utm.rules.membership import NetworkSignatory
from utm.rules.rulebook import Rulebook, RulebookVersion

__all__ = ["COHORT", "HELPDESK"]

COHORT = NetworkId("utm-cohort")
"""The cohort of the mission, as a network that a city belongs to."""

HELPDESK = Rulebook(
    id="utm-helpdesk",
    title="Access to the Finance and Funding Helpdesk of the Urban Transitions Mission",
    versions=(
        RulebookVersion(
            id="directory-2024",
            in_force=Period(start=civil_date("2024-06-04")),
            source=HELPDESK_NOTICE,
            note=(
                "in force from the day on which the helpdesk was launched; a question must also "
                "concern a project or an opportunity, which no rule can judge"
            ),
            rule=AllOf(
                id="helpdesk",
                title="access to the helpdesk",
                source=HELPDESK_NOTICE,
                parts=(
                    cohort_rule(HELPDESK_NOTICE, promises=cohort_promises(HELPDESK_NOTICE)),
                    NetworkSignatory(
                        id="cohort-member",
                        network=COHORT,
                        network_name="cohort of the Urban Transitions Mission",
                        role="member",
                        source=HELPDESK_NOTICE,
                    ),
                ),
            ),
        ),
    ),
)
"""The four conditions of the cohort, and membership of it."""
