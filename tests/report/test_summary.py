from attrs import evolve

from tests.report.editions import edition_rules, real_edition, small_edition
from utm.domain import PopulationBasis, Unknown, UnknownReason
from utm.domain.names import fold_name
from utm.domain.wording import join_words
from utm.pairing import Check, Verification
from utm.programme import FormedEdition, Placement, form_edition
from utm.report import Attention, render_summary
from utm.rules import screen


def titles(edition: FormedEdition) -> dict[str, Attention]:
    return {point.title: point for point in render_summary(edition).attention}


def test_the_key_figures_are_those_of_the_register() -> None:
    figures = {figure.label: figure.number for figure in render_summary(real_edition()).figures}

    assert figures["applicants"] == 51
    assert figures["countries"] == 26
    assert figures["themes"] == 4
    assert figures["placed"] == sum(len(group.members) for group in real_edition().groups)


def test_the_summary_is_five_lines_and_a_proof() -> None:
    summary = render_summary(real_edition())

    assert len(summary.lines) == 5
    assert summary.lines[0].startswith("All 51 applicants have a place")
    assert "proven to be the best" in summary.proof[0]


def test_missing_evidence_is_told_by_fact_with_everybody_concerned() -> None:
    points = titles(real_edition())
    plan = points["Missing evidence: climate action plan that covers the whole city"]

    lacking = [
        one.application.applicant.name
        if any("plan" in missing.fact for missing in one.decision.needed)
        else f"{one.application.applicant.name} (not waiting)"
        for one in real_edition().screening
        if any("plan" in missing.fact for missing in one.decision.missing)
    ]
    assert list(plan.subjects) == sorted(lacking, key=fold_name)
    assert plan.sentence == (
        "Not known for 49 of 51 applicants; the decision on 45 of them waits for it, "
        "on four it does not."
    )


def test_who_is_under_the_threshold_is_told_with_the_authority_beside() -> None:
    point = titles(real_edition())["Not met: at least 50,000 inhabitants"]

    assert "Leh" in point.subjects
    assert "admitted" in point.sentence


def test_figures_below_the_floor_are_told_by_area_with_source_and_verdict() -> None:
    point = titles(real_edition())["Figures below the floor of 50,000"]
    below = screen(one.decision for one in real_edition().screening).names_below_floor

    assert "Cascais: 36,436 inhabitants (settlement, GeoNames); criterion met" in point.subjects
    assert any(subject.endswith("criterion not known (conflicting)") for subject in point.subjects)
    assert {subject.partition(":")[0] for subject in point.subjects} == {
        name for names in below.values() for name in names
    }
    for basis, names in below.items():
        area = "area not stated" if basis is PopulationBasis.UNSTATED else basis.value
        told = join_words(sorted(names, key=fold_name))
        assert f"{area}: {told}" in point.sentence


def test_announced_numbers_that_differ_are_told() -> None:
    point = titles(real_edition())["Announced numbers differ from the list"]

    assert "1 pairing fewer, 2 cities fewer and 1 country fewer" in point.subjects[0]


def test_a_group_without_a_common_hour_is_named() -> None:
    point = titles(real_edition())["No common office hour"]

    assert any("Rio de Janeiro" in subject for subject in point.subjects)


def test_a_failed_check_comes_first() -> None:
    failed = Verification(
        checks=(Check(name="score", faults=("is one too high.",)),), proven_bound=None, proves=""
    )
    edition = evolve(small_edition(), verification=failed)
    first = render_summary(edition).attention[0]

    assert first.title == "The result failed its own check"
    assert first.subjects == ("score: is one too high.",)


def test_an_unknown_time_zone_needs_a_person() -> None:
    edition = small_edition()
    one = edition.screening[0]
    nowhere = evolve(
        one.application.cities[0], timezone=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    )
    application = evolve(one.application, applicant=nowhere)
    screening = (evolve(one, application=application), *edition.screening[1:])

    point = titles(evolve(edition, screening=screening))["Time zone not known"]

    assert point.subjects == (nowhere.name,)


def without_clocks(edition: FormedEdition, *numbers: int) -> FormedEdition:
    """Form an edition anew of which some applicants have no known time zone."""
    applications = [one.application for one in edition.screening]
    for number in numbers:
        city = evolve(
            applications[number].cities[0],
            timezone=Unknown(reason=UnknownReason.NOT_REPORTED),
        )
        applications[number] = evolve(applications[number], applicant=city)
    return form_edition(applications, edition_rules())


def with_common_minutes(edition: FormedEdition, *minutes: int | None) -> FormedEdition:
    """Keep so many groups of an edition, and give them common office hours."""
    return evolve(
        edition,
        groups=tuple(
            evolve(group, measures=evolve(group.measures, common_office_minutes=common))
            for group, common in zip(edition.groups, minutes, strict=False)
        ),
    )


def test_a_group_whose_hours_are_not_known_is_counted_neither_as_sharing_nor_as_not() -> None:
    what = "an hour or more of office time (09:00-17:00) in the worse of January and July"
    unknown = "of one group it is not known, because time zones are missing."
    told = {
        (60, None): f"One group is known to share {what}; {unknown}",
        (60, 0, 480, None): f"Two groups are known to share {what}; one group shares less; "
        f"{unknown}",
        (59, None): f"No group is known to share {what}; one group shares less; {unknown}",
        (60, 480): f"Both groups share {what}.",
        (60, 0): f"One of two groups shares {what}.",
        (0, 0): f"No group shares {what}.",
        (60,): f"The one group shares {what}.",
    }
    for minutes, line in told.items():
        edition = with_common_minutes(real_edition(), *minutes)

        assert render_summary(edition).lines[3] == line


def test_without_any_clock_no_meeting_is_said_to_be_placed_or_not_to_fit() -> None:
    points = titles(without_clocks(small_edition(), 0, 1, 2, 3))

    assert "Meetings do not fit" not in points
    assert "no meetings could be placed" in points["No meetings without time zones"].sentence
    assert "Meetings are placed" not in points["Time zone not known"].sentence


def test_the_summary_of_one_or_two_groups_reads_as_english() -> None:
    lines = " ".join(render_summary(small_edition()).lines)
    alone = " ".join(render_summary(small_edition(("Braga", "Mersin"))).lines)

    for text in (lines, alone):
        assert "all year" not in text
        assert "All two" not in text
        assert "no of them" not in text
        assert "them with every meeting" not in text
    assert alone.startswith("Both applicants have a place, in one group of two.")


def test_an_edition_without_groups_has_a_summary() -> None:
    empty = evolve(small_edition(), groups=())

    assert render_summary(empty).lines == ("Four applicants, and no group was formed.",)


def test_without_groups_nobody_is_said_to_take_part_and_no_meeting_to_be_placed() -> None:
    refused = evolve(without_clocks(real_edition(), *range(51)), groups=())
    provisional = evolve(
        refused,
        screening=tuple(evolve(one, placement=Placement.PROVISIONAL) for one in refused.screening),
    )
    for edition in (refused, provisional):
        told = " ".join(point.sentence for point in render_summary(edition).attention)

        assert "part" not in told.split()
        assert "takes part" not in told
        assert "Meetings are placed" not in told


def test_no_text_of_the_summary_holds_markup_or_control_characters() -> None:
    names = ("<b>Bold</b>", "\u00adevil", "x" * 10_000, "Normal")
    summary = render_summary(small_edition(names, note="\x1b[31mred\x07\u202e"))
    texts = [
        *summary.lines,
        *summary.proof,
        *summary.notes,
        *(text for point in summary.attention for text in (point.sentence, *point.subjects)),
    ]

    assert not any(set(text) & set("\x1b\x07\n\u202e\u00ad") for text in texts)
    assert max(map(len, texts)) < 1_000
