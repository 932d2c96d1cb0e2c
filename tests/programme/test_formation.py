"""Forming an edition: from applications to groups, meetings and reasons."""

import json
import os
import random
import subprocess
import sys
from collections import Counter

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import (
    AdmissionOutcome,
    Application,
    AuthorityDecision,
    City,
    CityId,
    CountryCode,
    EditionId,
    Need,
    Offer,
    Period,
    PopulationBasis,
    PopulationFigure,
    Source,
    TimeZone,
    TopicId,
    UnknownReason,
    Waiver,
    WaiverCategory,
)
from utm.errors import InvalidValueError
from utm.interchange import edition_schema, edition_to_json
from utm.pairing import LanguageCapacity, MaxRuntime, Status
from utm.programme import (
    EditionRules,
    MeetingRules,
    Placement,
    city2city_policy,
    form_edition,
    participant_of,
)
from utm.reference import city2city_2026, city2city_taxonomy
from utm.report.certificate_page import lay_out_certificate
from utm.report.summary import names_in, render_summary
from utm.rules import Outcome
from utm.rules.library import CITY2CITY_2026

SOURCE = Source(title="the application form")
RULES = EditionRules(
    id=EditionId("trial"),
    title="Trial edition",
    on=Date(2026, 1, 8),
    taxonomy=city2city_taxonomy(),
    rulebook=CITY2CITY_2026,
    policy=city2city_policy(),
    meetings=MeetingRules(year=Period(start=Date(2026, 2, 1), end=Date(2027, 2, 1))),
)
REGISTER = city2city_2026()
TOPICS = ("mobility.cycling", "mobility.walking", "cooling.cool-buildings", "energy.storage")
ZONES = {"PT": "Europe/Lisbon", "CL": "America/Santiago", "NP": "Asia/Kathmandu"}


def application(number: int, country: str = "PT", **changes: object) -> Application:
    base = REGISTER.applications[0]
    name = f"Invented {number}"
    city = City(
        id=CityId.of(country, name),
        name=name,
        country=CountryCode(country),
        timezone=TimeZone(ZONES[country]),
    )
    fresh = attrs.evolve(
        base,
        applicant=city,
        needs=(Need(topic=TopicId(TOPICS[0]), weight_share=1.0),),
        theme=None,
        authority_decision=None,
        needs_basis="",
    )
    return attrs.evolve(fresh, **changes)


def inhabitants(count: int) -> tuple[PopulationFigure, ...]:
    figure = PopulationFigure(
        inhabitants=count, basis=PopulationBasis.MUNICIPALITY, source=SOURCE, year=2024
    )
    return (figure,)


@st.composite
def application_sets(draw: st.DrawFn) -> tuple[Application, ...]:
    count = draw(st.integers(min_value=0, max_value=7))
    drawn = []
    for number in range(count):
        topics = draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True))
        offered = draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True))
        drawn.append(
            application(
                number,
                draw(st.sampled_from(sorted(ZONES))),
                needs=tuple(
                    Need(topic=TopicId(topic), weight_share=1 / len(topics)) for topic in topics
                ),
                offers=tuple(
                    Offer(topic=TopicId(topic), maturity=draw(st.integers(1, 5)))
                    for topic in offered
                ),
            )
        )
    return tuple(drawn)


@given(application_sets(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_everybody_is_in_one_group_or_left_with_a_reason_whatever_the_order(
    applications: tuple[Application, ...], shuffler: random.Random
) -> None:
    edition = form_edition(applications, RULES)
    shuffled = list(applications)
    shuffler.shuffle(shuffled)

    placed = [member.key for group in edition.groups for member in group.members]
    left = [one.application.key for one in edition.unplaced]
    assert Counter(placed + left) == Counter(application.key for application in applications)
    assert all(one.reason for one in edition.unplaced)
    for group in edition.groups:
        assert 2 <= len(group.members) <= 4
        assert len({member.cities[0].country for member in group.members}) >= 2
        assert len(group.meetings.meetings) == 4
    assert edition.verification.holds
    assert edition.result.score <= edition.result.bound
    assert edition_to_json(form_edition(shuffled, RULES)) == edition_to_json(edition)


@pytest.fixture(scope="module")
def real_edition():
    rules = attrs.evolve(RULES, id=REGISTER.edition.id, title=REGISTER.edition.title)
    return form_edition(REGISTER.applications, rules, published=REGISTER.edition)


def test_the_grouping_of_the_51_is_proven_best_and_no_worse_than_the_published_one(
    real_edition,
) -> None:
    formed, published = real_edition.measures

    assert real_edition.result.status is Status.OPTIMAL
    assert real_edition.result.score == real_edition.result.bound
    assert real_edition.verification.holds
    assert formed.placed == published.placed == 51
    assert formed.score >= published.score
    assert len(published.groups) == 19


def test_the_published_grouping_has_one_group_without_any_common_hour(real_edition) -> None:
    published = real_edition.measures[1]

    alone = [group for group in published.groups if group.common_office_minutes == 0]
    assert [group.members for group in alone] == [
        ("br-rio-de-janeiro", "in-varanasi", "tr-yenisehir")
    ]


def test_a_group_without_a_common_hour_is_not_called_alike_in_its_hours(real_edition) -> None:
    group = next(g for g in real_edition.groups if g.measures.common_office_minutes == 0)

    (told,) = [reason for reason in group.why if "office" in reason]
    assert "share no office hour" in told


def test_screening_on_public_evidence_is_mostly_incomplete_and_changes_no_place(
    real_edition,
) -> None:
    outcomes = Counter(one.decision.outcome for one in real_edition.screening)

    assert outcomes[Outcome.INCOMPLETE] > 40
    assert outcomes[Outcome.ELIGIBLE] == 0
    assert {one.placement for one in real_edition.screening} == {Placement.ADMITTED}
    unmet = {
        one.application.key.value
        for one in real_edition.screening
        if one.decision.outcome is Outcome.INELIGIBLE
    }
    assert "md-straseni" in unmet
    assert "pt-cascais" not in unmet


def test_the_reconciliation_reports_one_pairing_two_cities_and_one_country_fewer(
    real_edition,
) -> None:
    (comparison,) = real_edition.reconciliation.comparisons

    assert (
        comparison.pairings_difference,
        comparison.cities_difference,
        comparison.countries_difference,
    ) == (-1, -2, -1)


def test_the_document_of_the_edition_keeps_its_published_schema(real_edition) -> None:
    document = json.loads(edition_to_json(real_edition))

    jsonschema.Draft202012Validator(edition_schema()).validate(document)
    assert (document["format"], document["version"]) == ("utm.edition", 1)


def test_the_schema_names_every_reason_for_not_knowing() -> None:
    reasons = edition_schema()["$defs"]["missing"]["properties"]["reason"]["enum"]

    assert set(reasons) == {reason.value for reason in UnknownReason}


def test_the_schema_refuses_a_document_with_a_changed_type(real_edition) -> None:
    document = json.loads(edition_to_json(real_edition))
    document["groups"][0]["members"] = ["alone"]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(edition_schema()).validate(document)


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed() -> None:
    script = (
        "from tests.programme.test_formation import *\n"
        "import hashlib\n"
        "edition = form_edition(REGISTER.applications[:20], RULES)\n"
        "print(hashlib.sha256(edition_to_json(edition).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_an_applicant_that_stands_twice_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        form_edition([application(1), application(1)], RULES)


def test_cities_of_one_country_only_give_no_group_and_say_so() -> None:
    edition = form_edition([application(1), application(2)], RULES)

    assert edition.groups == ()
    assert not edition.is_feasible
    assert {one.application.applicant.name for one in edition.unplaced} == {
        "Invented 1",
        "Invented 2",
    }


def test_a_limit_that_binds_no_group_is_told_once_among_the_notes() -> None:
    slip = LanguageCapacity(language="sw", most_groups=1)
    rules = attrs.evolve(
        RULES, policy=attrs.evolve(RULES.policy, language_capacities=(slip,), admits_unknown=True)
    )
    edition = form_edition([application(1), application(2, "NP")], rules)

    told = "Nobody is known to speak sw, so its limit binds no group."
    assert [note for note in edition.notes if "limit" in note] == [told]
    assert told not in lay_out_certificate(edition, names_in(edition)).unknown
    assert told in render_summary(edition).notes


def test_no_applications_give_no_group() -> None:
    assert not form_edition([], RULES).is_feasible


def test_a_stop_at_once_still_gives_a_valid_grouping_with_a_bound() -> None:
    edition = form_edition(REGISTER.applications, RULES, stop=MaxRuntime(0.0))

    assert edition.verification.holds
    assert edition.result.score <= edition.result.bound


def test_a_city_below_the_threshold_is_left_out_unless_waived_or_admitted() -> None:
    small = application(1)
    small = attrs.evolve(
        small, applicant=attrs.evolve(small.applicant, populations=inhabitants(49_999))
    )
    others = [application(2, "CL"), application(3, "NP")]
    waiver = Waiver(
        criterion="population",
        subject=small.key,
        category=WaiverCategory.WAIVED,
        authority="the programme board",
        reason="leads the regional network",
        issued_on=Date(2025, 12, 1),
    )
    admitted = attrs.evolve(
        small,
        authority_decision=AuthorityDecision(
            outcome=AdmissionOutcome.ADMITTED, authority="the programme", source=SOURCE
        ),
    )

    plain = form_edition([small, *others], RULES)
    waived = form_edition([small, *others], RULES, waivers=(waiver,))
    decided = form_edition([admitted, *others], RULES)

    assert _placement(plain, small) is Placement.LEFT_OUT_BY_RULES
    assert _placement(waived, small) is not Placement.LEFT_OUT_BY_RULES
    assert _placement(decided, small) is Placement.ADMITTED
    assert _outcome(decided, small) is Outcome.INELIGIBLE


def test_incomplete_evidence_is_placed_provisionally_or_left_out_as_asked() -> None:
    applications = [application(1), application(2, "CL")]

    provisional = form_edition(applications, RULES)
    strict = form_edition(applications, attrs.evolve(RULES, place_incomplete=False))

    assert {one.placement for one in provisional.screening} == {Placement.PROVISIONAL}
    assert provisional.groups
    assert {one.placement for one in strict.screening} == {Placement.LEFT_OUT_FOR_EVIDENCE}
    assert strict.groups == ()
    assert len(strict.unplaced) == 2


def test_a_refusal_by_the_authority_is_followed() -> None:
    refused = application(
        1,
        authority_decision=AuthorityDecision(
            outcome=AdmissionOutcome.REFUSED, authority="the programme", source=SOURCE
        ),
    )
    edition = form_edition([refused, application(2, "CL"), application(3, "NP")], RULES)

    assert _placement(edition, refused) is Placement.LEFT_OUT_BY_AUTHORITY
    assert len(edition.groups[0].members) == 2


def test_a_city_whose_figures_disagree_has_no_size_in_the_grouping() -> None:
    kisumu = next(a for a in REGISTER.applications if a.applicant.name == "Kisumu")

    assert participant_of(kisumu).population is None
    assert participant_of(kisumu).timezone == "Africa/Nairobi"


def test_an_offer_is_told_as_help_from_one_to_the_other() -> None:
    helper = application(1, offers=(Offer(topic=TopicId(TOPICS[1]), maturity=4),))
    helped = application(2, "CL", needs=(Need(topic=TopicId(TOPICS[1]), weight_share=1.0),))

    (group,) = form_edition([helper, helped], RULES).groups

    label = city2city_taxonomy().topic(TopicId(TOPICS[1])).label.lower()
    assert group.why[0] == f"Invented 1 can help Invented 2 with {label} (maturity 4 of 5)."


@pytest.mark.parametrize("met_by", ["nobody", "an offer", "a need"])
def test_what_a_city_wants_most_is_covered_or_told_not_to_be(met_by: str) -> None:
    most, less = TopicId(TOPICS[1]), TopicId(TOPICS[0])
    wishes = (Need(topic=most, weight_share=0.6), Need(topic=less, weight_share=0.4))
    wanting = application(1, needs=wishes)
    changes: dict[str, object] = {
        "nobody": {},
        "an offer": {"offers": (Offer(topic=most, maturity=2),)},
        "a need": {"needs": wishes},
    }[met_by]

    (group,) = form_edition([wanting, application(2, "CL", **changes)], RULES).groups

    label = city2city_taxonomy().topic(most).label.lower()
    told = f"Nobody else here knows or seeks what Invented 1 wants most: {label}."
    assert (told in group.why) is (met_by == "nobody")


def _placement(edition, application: Application) -> Placement:
    return next(
        one.placement for one in edition.screening if one.application.key == application.key
    )


def _outcome(edition, application: Application) -> Outcome:
    return next(
        one.decision.outcome for one in edition.screening if one.application.key == application.key
    )
