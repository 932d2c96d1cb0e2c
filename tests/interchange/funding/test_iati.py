"""Activities of the IATI standard, and XML that means harm."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import ActionStatus, Money
from utm.errors import InvalidInputError
from utm.interchange.funding import parse_iati_activities, read_iati_activities
from utm.interchange.limits import Limits

ACTIVITY = """
  <iati-activity default-currency="EUR" xml:lang="en">
    <iati-identifier>XM-DAC-00-2025-17</iati-identifier>
    <reporting-org ref="XM-DAC-00" type="10"><narrative>Ministry</narrative></reporting-org>
    <title><narrative>Advice for cities</narrative>
      <narrative xml:lang="fr">Conseil</narrative></title>
    <description type="1"><narrative>What &amp; why.</narrative></description>
    <participating-org role="1" ref="XM-DAC-00" type="10">
      <narrative>Ministry</narrative></participating-org>
    <participating-org role="4" type="22"><narrative>City network</narrative></participating-org>
    <activity-status code="2"/>
    <activity-date type="1" iso-date="2024-12-01"/>
    <activity-date type="2" iso-date="2025-01-15"/>
    <activity-date type="3" iso-date="2027-12-31"/>
    <recipient-country code="KE" percentage="60"/>
    <recipient-country code="TZ" percentage="40"/>
    <budget type="1"><period-start iso-date="2025-01-01"/><period-end iso-date="2025-12-31"/>
      <value value-date="2025-01-01">100000.10</value></budget>
    <budget type="2"><period-start iso-date="2025-01-01"/><period-end iso-date="2025-12-31"/>
      <value value-date="2025-06-01">120000.10</value></budget>
    <budget type="1"><period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>
      <value currency="EUR" value-date="2025-01-01">0.20</value></budget>
  </iati-activity>"""


def document(*activities: str, head: str = "") -> str:
    body = "".join(activities)
    start = f'<?xml version="1.0"?>\n{head}<iati-activities version="2.03">'
    return f"{start}{body}</iati-activities>"


def test_an_activity_is_read_with_its_revised_budget() -> None:
    (activity,) = parse_iati_activities(document(ACTIVITY))

    assert activity.amount == Money.of("120000.30", "EUR")
    assert (activity.title, activity.summary) == ("Advice for cities", "What & why.")
    assert activity.status is ActionStatus.RUNNING
    assert (str(activity.starts_on), str(activity.ends_on)) == ("2025-01-15", "2027-12-31")
    assert [country.value for country in activity.countries] == ["KE", "TZ"]
    assert [each.name for each in (*activity.funders, *activity.recipients)] == [
        "Ministry",
        "City network",
    ]


def test_all_problems_are_told_with_their_places_and_lines() -> None:
    broken = (
        ACTIVITY.replace("XM-DAC-00-2025-17", "other")
        .replace('code="KE"', 'code="Kenya"')
        .replace('activity-status code="2"', 'activity-status code="9"')
        .replace('currency="EUR" value', 'currency="USD" value')
    )
    with pytest.raises(InvalidInputError) as caught:
        parse_iati_activities(document(ACTIVITY, ACTIVITY, broken))

    places = [problem.path for problem in caught.value.problems]
    root = "/iati-activities[1]/iati-activity"
    assert sorted(places) == sorted(
        [
            f"{root}[2] (line 25)",
            f"{root}[3] (line 47)",
            f"{root}[3]/recipient-country[1] (line 60)",
            f"{root}[3]/activity-status[1] (line 56)",
        ]
    )


BOMB = (
    '<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
REACHING = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [BOMB, REACHING, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
def test_a_document_that_could_declare_entities_is_refused(head: str) -> None:
    with pytest.raises(InvalidInputError, match="document type"):
        parse_iati_activities(document(ACTIVITY.replace("Advice", "&c;"), head=head))


@pytest.mark.parametrize(
    "text", ["", "<", "<a>", "<iati-activities>&c;</iati-activities>", "<a/>", "\ud800"]
)
def test_what_is_no_list_of_activities_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_iati_activities(text)


def test_nesting_and_size_have_bounds() -> None:
    with pytest.raises(InvalidInputError, match="nested too deeply"):
        parse_iati_activities("<a>" * 100_000)
    with pytest.raises(InvalidInputError, match="larger"):
        parse_iati_activities(document(ACTIVITY), limits=Limits(file_bytes=100))


def declared(encoding: str) -> str:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    activity = ACTIVITY.replace("Advice", "Café – Beratung" if "252" in encoding else "Café")
    return f"{head}<iati-activities>{activity}</iati-activities>"


ENCODINGS = ("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "ISO-8859-15")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_what_it_is_whatever_encoding_its_file_had(encoding: str) -> None:
    for mark in ("", "\ufeff"):
        (activity,) = parse_iati_activities(mark + declared(encoding))
        assert activity.title.startswith("Café")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_is_read_in_the_encoding_that_it_declares(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(declared(encoding).encode(encoding))

    assert read_iati_activities(file) == parse_iati_activities(
        declared(encoding), source="activities.xml"
    )


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "hex", "idna", "shift_jis", "UTF-16"])
def test_a_file_in_an_encoding_that_cannot_be_read_is_refused_with_a_remedy(
    encoding: str, tmp_path: Path
) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(declared(encoding).encode("latin-1"))
    with pytest.raises(InvalidInputError, match="encoding") as caught:
        read_iati_activities(file)

    assert "CSV" not in str(caught.value)


def test_a_file_in_another_encoding_than_it_declares_is_refused_with_its_line(
    tmp_path: Path,
) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(document(ACTIVITY.replace("Advice", "Café")).encode("latin-1"))

    with pytest.raises(InvalidInputError, match=r"line 6.*encoding"):
        read_iati_activities(file)


def test_half_a_character_is_refused_and_not_replaced() -> None:
    with pytest.raises(InvalidInputError, match="surrogate"):
        parse_iati_activities(document(ACTIVITY.replace("Advice", "\ud800")))


def test_the_first_narrative_that_says_something_counts() -> None:
    empty = '<narrative xml:lang="fr"> </narrative><narrative>'
    (activity,) = parse_iati_activities(document(ACTIVITY.replace("<narrative>", empty)))

    assert (activity.title, activity.summary) == ("Advice for cities", "What & why.")
    assert [each.name for each in activity.funders] == ["Ministry"]
    with pytest.raises(InvalidInputError, match="no title with a narrative"):
        parse_iati_activities(
            document(ACTIVITY.replace("Advice for cities", "").replace("Conseil", " "))
        )


@pytest.mark.parametrize(
    ("written", "reason"), [("", "has no currency"), ("QQQ", "is no ISO 4217 code")]
)
def test_a_budget_of_no_currency_is_told_with_its_place(written: str, reason: str) -> None:
    broken = ACTIVITY.replace('default-currency="EUR"', f'default-currency="{written}"')
    with pytest.raises(InvalidInputError, match=reason) as caught:
        parse_iati_activities(document(broken))

    assert [problem.path.partition(" ")[0] for problem in caught.value.problems] == [
        f"/iati-activities[1]/iati-activity[1]/budget[{number}]/value[1]" for number in (1, 2)
    ]


def test_an_activity_in_kosovo_is_read() -> None:
    (activity,) = parse_iati_activities(document(ACTIVITY.replace('"KE"', '"XK"')))

    assert [country.value for country in activity.countries] == ["XK", "TZ"]


@given(
    st.text(max_size=30), st.sampled_from(("EUR", "Kenya", "2025-01-15", "100000.10", 'code="2"'))
)
def test_whatever_stands_in_its_place_it_is_read_or_refused(text: str, replaced: str) -> None:
    with suppress(InvalidInputError):
        assert len(parse_iati_activities(document(ACTIVITY.replace(replaced, text)))) == 1
