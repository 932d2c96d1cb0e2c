from attrs import evolve

from tests.report.editions import real_edition, small_edition
from utm.domain import Unknown, UnknownReason
from utm.domain.names import fold_name
from utm.pairing import Check, Verification
from utm.programme import FormedEdition
from utm.report import Attention, render_summary


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

    waiting = [
        one.application.applicant.name
        for one in real_edition().screening
        if any("plan" in missing.fact for missing in one.decision.needed)
    ]
    assert list(plan.subjects) == sorted(waiting, key=fold_name)


def test_who_is_under_the_threshold_is_told_with_the_authority_beside() -> None:
    point = titles(real_edition())["Not met: at least 50,000 inhabitants"]

    assert "Leh" in point.subjects
    assert "admitted" in point.sentence


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


def test_an_edition_without_groups_has_a_summary() -> None:
    empty = evolve(small_edition(), groups=())

    assert render_summary(empty).lines == ("Four applicants, and no group was formed.",)


def test_no_text_of_the_summary_holds_markup_or_control_characters() -> None:
    names = ("<b>Bold</b>", "\u202eevil", "x" * 10_000, "Normal")
    summary = render_summary(small_edition(names, note="\x1b[31mred\x07"))
    texts = [
        *summary.lines,
        *summary.proof,
        *summary.notes,
        *(text for point in summary.attention for text in (point.sentence, *point.subjects)),
    ]

    assert not any(set(text) & set("\x1b\x07\n\u202e") for text in texts)
    assert max(map(len, texts)) < 1_000
