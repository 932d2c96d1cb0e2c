"""What is not shown, and why, as somebody stated it."""

import pytest
from attrs import evolve

from tests.rules.subjects import DAY, application, figure, town
from utm.domain import (
    Application,
    CityId,
    GapTopic,
    NetworkId,
    Source,
    StatedGap,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.interchange import from_json, to_json
from utm.rules import Verdict
from utm.rules.library import CITY2CITY_2026


@pytest.mark.parametrize("reason", [UnknownReason.CONFIDENTIAL, UnknownReason.NOT_APPLICABLE])
@pytest.mark.parametrize(
    ("topic", "network", "rule"),
    [
        (GapTopic.INHABITANTS, None, "population"),
        (GapTopic.STANDING, NetworkId("gcom"), "gcom-signatory"),
        (GapTopic.PLAN, None, "whole-city-plan"),
    ],
)
def test_a_stated_gap_gives_the_reason_of_what_is_not_shown_and_no_answer(
    topic: GapTopic, network: NetworkId | None, rule: str, reason: UnknownReason
) -> None:
    silent = application(town())
    gap = StatedGap(
        city=silent.cities[0].id,
        topic=topic,
        why=Unknown(reason=reason, note="by law"),
        source=Source(title="Letter of the mayor", published_on=civil_date("2026-01-05")),
        network=network,
    )
    stating = evolve(silent, stated_gaps=(gap,))

    before = CITY2CITY_2026.assess(silent, on=DAY)
    after = CITY2CITY_2026.assess(stating, on=DAY)
    earlier = CITY2CITY_2026.assess(stating, on=DAY, known_by=civil_date("2026-01-04"))

    (finding,) = after.finding_of(rule)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reasons == (reason,)
    assert f"{reason.value} (by law)" in str(finding.missing[0])
    asks = [
        lack.ask for decision in (before, after) for lack in decision.finding_of(rule)[0].missing
    ]
    assert len(set(asks)) == 2  # nobody is asked again for what may not be told
    assert after.outcome is before.outcome
    assert after.digest != before.digest
    assert earlier.missing == before.missing
    others = [one for one in after.missing if one not in finding.missing]
    assert {one.reason for one in others} == {UnknownReason.NOT_REPORTED}
    assert from_json(Application, to_json(stating)) == stating


def test_a_figure_that_is_shown_counts_beside_a_stated_gap() -> None:
    shown = town(figure(60_000))
    gap = StatedGap(
        city=shown.id,
        topic=GapTopic.INHABITANTS,
        why=Unknown(reason=UnknownReason.CONFIDENTIAL),
        source=Source(title="Letter of the mayor"),
    )
    stating = evolve(application(shown), stated_gaps=(gap,))

    decision = CITY2CITY_2026.assess(stating, on=DAY)

    assert decision.finding_of("population")[0].verdict is Verdict.MET


def test_a_gap_of_a_standing_names_its_network_and_no_other_gap_does() -> None:
    for topic, network in ((GapTopic.STANDING, None), (GapTopic.PLAN, NetworkId("gcom"))):
        with pytest.raises(InvalidValueError, match="names a network"):
            StatedGap(
                city=CityId("pt-alpha"),
                topic=topic,
                why=Unknown(reason=UnknownReason.CONFIDENTIAL),
                source=Source(title="Letter of the mayor"),
                network=network,
            )
