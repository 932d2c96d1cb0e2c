"""Files as staff make them: what is understood, what is refused, and in which words."""

import math

import pytest
from attrs import evolve
from pendulum import Date

from tests.interchange.taxonomies import CALL, TAXONOMY
from utm.domain import (
    AdmissionOutcome,
    Application,
    ApplicationId,
    AuthorityDecision,
    CityId,
    ClimateClass,
    Commitment,
    Consortium,
    CountryCode,
    DegreeOfUrbanisation,
    GovernmentKind,
    LanguageCode,
    MembershipStatus,
    Need,
    Observation,
    PlanMode,
    PopulationBasis,
    Source,
    TopicId,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidInputError, InvalidValueError
from utm.interchange import (
    Limits,
    applicant_columns,
    applicants_template_csv,
    parse_applicants_csv,
    read_applicants,
    write_applicants_csv,
)
from utm.interchange.facts import STATED


def read(text, **more):
    return parse_applicants_csv(text, taxonomy=TAXONOMY, call=CALL, **more)


def one(header, row):
    """The only application of a file with one row."""
    (application,) = read(f"{header}\n{row}\n").applications
    return application


def told(text, **more):
    """Places and reasons of a file's problems."""
    with pytest.raises(InvalidInputError) as caught:
        read(text, **more)
    return caught.value.problems


def only(text, **more):
    (problem,) = told(text, **more)
    return problem


def cell(column, text):
    """The problem of one cell of a sound row."""
    quoted = '"' + text.replace('"', '""') + '"'
    found = only(f"name,country,{column}\nTurku,FI,{quoted}\n")
    assert (found.row, found.column) == (2, column)
    return found


def test_name_and_country_are_enough_and_all_else_is_unknown():
    application = one("name,country", "Turku,FI")
    city = application.applicant

    assert application.id == ApplicationId("city2city-2026.fi-turku")
    assert city.id == CityId("fi-turku")
    assert city.government == Unknown(reason=UnknownReason.NOT_REPORTED)
    assert city.timezone == Unknown(reason=UnknownReason.NOT_REPORTED)
    assert (city.populations, city.memberships, city.languages) == ((), (), ())
    assert (application.plans, application.commitments, application.needs) == ((), (), ())
    assert application.submitted_on is None


def test_the_template_reads_back_with_a_warning_for_each_example():
    applicants = read(applicants_template_csv(TAXONOMY))

    assert [type(made.applicant) is Consortium for made in applicants.applications] == [True, False]
    assert [(warning.row, warning.column) for warning in applicants.warnings] == [
        (2, "name"),
        (3, "name"),
        (4, "name"),
    ]


def test_a_full_row_becomes_its_facts():
    header = "name,country,government,population,population_year,population_basis,"
    header += "population_source,latitude,longitude,climate,languages,gcom_status,gcom_since,"
    header += "plan_kind,plan_mode,submitted_on,commits_to_engage,commits_resources,theme,"
    header += "need_1,need_1_weight,need_2,need_2_weight,offer_1,offer_1_maturity"
    row = "Turku,Finland,Municipality,206035,2025,municipality,Census,60.45,22.27,dfb,FI sv,"
    row += "signatory,2019-05-20,secap,individual,2025-12-15,yes,no,Sustainable Mobility,"
    row += "Cycling,3,cooling.shade,1,Parking,4"
    application = one(header, row)
    city = application.applicant

    assert city.government is GovernmentKind.MUNICIPALITY
    assert city.populations[0].inhabitants == 206035
    assert city.populations[0].basis is PopulationBasis.MUNICIPALITY
    assert city.populations[0].source == Source(title="Census")
    assert city.climate == ClimateClass("Dfb")
    assert city.languages == (LanguageCode("fi"), LanguageCode("sv"))
    assert city.memberships[0].status is MembershipStatus.SIGNATORY
    assert city.memberships[0].period.start == Date(2019, 5, 20)
    assert application.plans[0].covers == (city.id,)
    assert application.plans[0].mode is PlanMode.INDIVIDUAL
    assert {made.commitment: made.given for made in application.commitments} == {
        Commitment.ENGAGE: True,
        Commitment.ALLOCATE_RESOURCES: False,
    }
    assert [(need.topic.value, need.weight_share) for need in application.needs] == [
        ("mobility.cycling", 0.75),
        ("cooling.shade", 0.25),
    ]
    assert (application.offers[0].topic, application.offers[0].maturity) == (
        TopicId("mobility.parking"),
        4,
    )


def test_namibia_is_no_missing_value():
    assert one("name,country", "Windhoek,NA").applicant.country == CountryCode("NA")


@pytest.mark.parametrize("text", ["GB", "UK", "gbr", "United Kingdom", " england "])
def test_countries_are_read_by_code_name_and_alias(text):
    assert one("name,country", f"Leeds,{text}").applicant.country == CountryCode("GB")


@pytest.mark.parametrize(
    "column",
    [column.name for column in applicant_columns() if not column.required],
)
@pytest.mark.parametrize("text", ["NA", "N/A", "#N/A"])
def test_a_missing_value_is_written_as_an_empty_cell(column, text):
    assert "empty" in cell(column, text).remedy


@pytest.mark.parametrize("column", [column.name for column in applicant_columns()][2:])
@pytest.mark.parametrize("text", ["", "unknown", " Unknown ", "   "])
def test_every_other_cell_may_be_empty_or_unknown(column, text):
    assert one(f"name,country,{column}", f"Turku,FI,{text}") == one("name,country", "Turku,FI")


@pytest.mark.parametrize("text", ["", "unknown", "N/A"])
@pytest.mark.parametrize("column", ["name", "country"])
def test_name_and_country_may_not_be_empty(column, text):
    row = {"name": "Turku", "country": "FI"} | {column: text}
    problem = only(f"name,country,notes\n{row['name']},{row['country']},x\n")

    assert (problem.row, problem.column) == (2, column)
    assert "leave" not in problem.remedy


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("206035", 206035),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("50 000", 50_000),
        ("50\N{NO-BREAK SPACE}000", 50_000),
        ("1'234'567", 1_234_567),
    ],
)
def test_counts_with_separators_that_mean_only_one_thing_are_read(text, count):
    application = one("name,country,population", f'Turku,FI,"{text}"')

    assert application.applicant.populations[0].inhabitants == count


@pytest.mark.parametrize("text", ["50.000", "50,000", "1.234", "999,999"])
def test_counts_that_could_be_fractions_are_refused_with_the_digits_to_write(text):
    problem = cell("population", text)

    assert "thousands or a decimal" in problem.reason
    assert text.replace(".", "").replace(",", "") in problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "0",
        "1e6",
        "1.5",
        "50.00",
        "5,00",
        "1,23,456",
        "1.234,567",
        "1 0000",
        "٥٠٠٠٠",
        "5" * 50,
    ],
)
def test_other_counts_are_refused(text):
    cell("population", text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("60,45", "60.45"), ("60°27'N", "decimal degrees"), ("91", "-90 to 90"), ("north", "point")],
)
def test_coordinates_are_decimal_degrees_with_a_point(text, hint):
    found = told(f'name,country,latitude,longitude\nTurku,FI,"{text}",22\n')

    assert [(problem.row, problem.column) for problem in found] == [(2, "latitude")]
    assert hint in found[0].remedy


def test_half_a_place_is_told_at_the_empty_half():
    problem = only("name,country,latitude,longitude\nTurku,FI,60.45,\n")

    assert (problem.row, problem.column) == (2, "longitude")


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2025",
        "12/31/2025",
        "31.12.2025",
        "2025-1-8",
        "2025/01/08",
        "8 January 2025",
        "now",
        "2025",
        "2025-02-29",
        "20250108",
        "2026-W01-1",
        "46000",
    ],
)
def test_days_are_written_in_one_way_only(text):
    assert cell("submitted_on", text).reason.startswith("is not")


@pytest.mark.parametrize("text", ["maybe", "1", "true", "y", "oui"])
def test_yes_and_no_are_the_only_answers(text):
    cell("commits_to_engage", text)


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("country", "Finlnd", "Finland"),
        ("timezone", "Europe/Helsinky", "Europe/Helsinki"),
        ("plan_kind", "SECAPP", "SECAP"),
        ("theme", "Sustainable Mobilty", "Sustainable Mobility"),
        ("need_1", "Cyclng", "Cycling"),
    ],
)
def test_a_near_miss_is_answered_with_what_was_meant(column, text, hint):
    row = {"name": "Turku", "country": "FI"} | {column: text}
    problem = only(",".join(row) + "\n" + ",".join(row.values()) + "\n")

    assert problem.column == column
    assert hint in problem.remedy


def test_what_is_known_not_to_be_a_signatory_is_written_and_is_not_unknown():
    application = one("name,country,gcom_status", "Turku,FI,Not a member")
    (membership,) = application.applicant.memberships

    assert membership.status is MembershipStatus.NOT_A_MEMBER
    assert ",not a member," in write_applicants_csv([application])
    assert read(write_applicants_csv([application])).applications == (application,)
    assert one("name,country,gcom_status", "Turku,FI,").applicant.memberships == ()


@pytest.mark.parametrize(
    ("country", "text", "meant"),
    [
        ("GB", "Europe", "Europe/London"),
        ("GB", "Europe/Londn", "Europe/London"),
        ("GB", "Asia", None),
        ("GB", "Europe/Rom", None),
        ("IT", "Europe/Rom", "Europe/Rome"),
        ("US", "America", None),
        ("US", "America/Chicgo", "America/Chicago"),
        ("Atlantis", "Europe", None),
        ("Atlantis", "Europe/", None),
        ("Atlantis", "Europe/Rom", "Europe/Rome"),
    ],
)
@pytest.mark.parametrize("header", ["name,country,timezone", "name,timezone,country"])
def test_a_time_zone_is_suggested_only_in_the_country_of_the_city(header, country, text, meant):
    row = {"name": "X", "country": country, "timezone": text}
    found = told(f"{header}\n{','.join(row[name] for name in header.split(','))}\n")
    (problem,) = [problem for problem in found if problem.column == "timezone"]

    if meant is None:
        assert problem.remedy.startswith("Write a name of the IANA database")
    else:
        assert problem.remedy == f"Did you mean '{meant}'?"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_marks_and_line_ends_of_all_programs_are_read(mark, encoding, end):
    text = end.join(mark.join(row) for row in (["Name", "Country"], ["Çorlu", "TR"], ["", ""]))

    assert read(text.encode(encoding)).applications[0].applicant.name == "Çorlu"


@pytest.mark.parametrize(
    "header", ["NAME,Country", " name , COUNTRY ", "City Name,iso2", "Näme,country"]
)
def test_headers_are_read_in_every_usual_spelling(header):
    assert one(header, "Turku,FI").applicant.name == "Turku"


@pytest.mark.parametrize(
    "header", ["Population Year", "population-year", "POPULATION_YEAR", "populationyear"]
)
def test_spaces_hyphens_and_underscores_are_one_in_headers(header):
    application = one(f"name,country,population,{header}", "Turku,FI,206035,2025")

    assert application.applicant.populations[0].year == 2025


def test_an_unknown_header_is_told_with_the_nearest_one():
    problem = only("name,country,populaton\nTurku,FI,206035\n")

    assert (problem.row, problem.column) == (1, "populaton")
    assert "'population'" in problem.remedy


def test_a_header_may_not_stand_twice_or_lack_a_name_over_cells():
    found = told("name,country,Country,\nTurku,FI,FI,note\n")

    assert [(problem.row, problem.column) for problem in found] == [(1, "Country"), (1, None)]


def test_empty_columns_without_a_header_do_no_harm():
    assert one("name,country,,", "Turku,FI,,").applicant.name == "Turku"


def test_a_missing_required_column_is_told_once():
    problem = only("name,notes\nTurku,a\nOulu,b\n")

    assert "country" in problem.reason


@pytest.mark.parametrize("text", ["", "\n\n", "Turku,FI\nOulu,FI\n", "\ufeff"])
def test_a_file_without_a_header_is_told_as_such(text):
    assert "column names" in only(text).reason


def test_a_file_without_applicants_is_read_with_a_warning():
    applicants = read("name,country\n,\n")

    assert applicants.applications == ()
    assert "no applicants" in applicants.warnings[0].reason


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    text = '\nname,country,notes\n\nTurku,FI,"first\nsecond\n"\n;\nOulu,Atlantis,\n'.replace(
        ";", ",,"
    )
    problem = only(text)

    assert (problem.row, problem.column) == (6, "country")


def test_notes_on_several_lines_are_several_notes():
    assert one("name,country,notes", 'Turku,FI,"one\r\n\r\ntwo"').applicant.notes == ("one", "two")


def test_a_name_on_two_lines_is_told():
    assert "line break" in cell_of_name("San Luis\nPotosí").reason


def cell_of_name(name):
    problem = only(f'name,country\n"{name}",MX\n')
    assert (problem.row, problem.column) == (2, "name")
    return problem


@pytest.mark.parametrize("name", ["a\x00b", "a\x07", "\u202eevil", "zero\u200bwidth", "x" * 201])
def test_names_that_hide_something_are_told(name):
    cell_of_name(name)


def test_a_row_with_too_many_cells_is_told_once():
    found = told("name,country,population\nSan José, Costa Rica,CR,1000\nTurku,Atlantis,\n")

    assert [(problem.row, problem.column) for problem in found] == [(2, None), (3, "country")]
    assert "comma" in found[0].remedy


def test_a_short_row_is_a_row_with_empty_cells():
    assert one("name,country,notes", "Turku,FI").applicant.notes == ()


@pytest.mark.parametrize("row", ['"Turku,FI\nOulu,FI\n', '"Turku"x,FI\n', 'Oulu,FI\n"Turku,FI'])
def test_a_stray_quotation_mark_is_told_with_its_row(row):
    (problem,) = told(f"name,country\n{row}")

    assert "quotation mark" in problem.reason
    assert problem.row == row.count("\n", 0, row.index('"')) + 2


def test_a_stray_quotation_mark_does_not_hide_earlier_problems():
    found = told('name,country\nTurku,Atlantis\n"Oulu,FI\n')

    assert [problem.row for problem in found] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding):
    for mark in ("", "\ufeff"):
        text = f"{mark}name,country\nTurku,FI\n"
        assert only(text.encode(encoding)).reason == "is in UTF-16, not in UTF-8"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_not_taken_for_utf_16(encoding):
    marked = {"utf-32-le": "\ufeff", "utf-32-be": "\ufeff"}.get(encoding, "")

    for mark in {"", marked}:
        reason = only(f"{mark}name,country\nTurku,FI\n🏙️,FI\n".encode(encoding)).reason
        assert reason == "is in UTF-32, not in UTF-8"


def test_another_encoding_is_told_with_the_byte():
    problem = only("name,country\nÇorlu,TR\n".encode("cp1252"))

    assert "byte 13 (in line 2) is 0xC7" in problem.reason


def test_formulas_that_we_hid_are_shown_again():
    assert one("name,country,notes", "Turku,FI,'=1+1").applicant.notes == ("=1+1",)
    assert one("name,country", "'s-Hertogenbosch,NL").applicant.name == "'s-Hertogenbosch"


def test_southern_latitudes_are_written_as_numbers_and_formulas_as_text():
    application = one("name,country,latitude,longitude,notes", "Renca,CL,-33.4,-70.7,=1")
    text = write_applicants_csv([application])

    assert "-33.4,-70.7" in text
    assert ",'=1" in text


def test_the_same_city_twice_is_told_at_the_later_row():
    found = told("name,country\nCórdoba,AR\nTurku,FI\nCORDOBA,Argentina\nCórdoba,ES\n")

    assert [(problem.row, problem.column) for problem in found] == [(4, "name")]
    assert "row 2" in found[0].reason


def test_namesakes_in_one_country_are_two_cities_when_both_have_a_key():
    applicants = read(
        "name,country,city_id\nYenişehir,TR,tr-yenisehir-mersin\nYenişehir,TR,tr-yenisehir-bursa\n"
    )

    assert len(applicants.applications) == 2


def test_a_namesake_with_a_key_beside_one_without_is_told():
    problem = only("name,country,city_id\nYenişehir,TR,\nYenişehir,TR,tr-yenisehir-bursa\n")

    assert (problem.row, problem.column) == (3, "name")


def test_a_key_of_another_country_is_told():
    assert "country is FI" in cell("city_id", "se-turku").reason


CONSORTIUM = "name,country,consortium,submitted_on,theme,plan_id,plan_kind\n"


def test_rows_of_one_consortium_become_one_application():
    (application,) = read(
        CONSORTIUM + "B,FI,Bay,2025-12-01,,joint,SECAP\nA,FI,Bay,,mobility,joint,\n"
    ).applications

    assert [city.name for city in application.applicant.members] == ["A", "B"]
    assert application.submitted_on == Date(2025, 12, 1)
    assert application.theme.value == "mobility"
    (plan,) = application.plans
    assert plan.covers == (CityId("fi-a"), CityId("fi-b"))


def test_rows_of_one_consortium_may_not_contradict_each_other():
    found = told(
        CONSORTIUM
        + "A,FI,Bay,2025-12-01,energy,joint,SECAP\nB,FI,Bay,2025-12-02,energy,joint,other\n"
    )

    assert [(problem.row, problem.column) for problem in found] == [
        (3, "submitted_on"),
        (3, "plan_kind"),
    ]


def test_a_consortium_of_one_is_told():
    assert "only row" in only(CONSORTIUM + "A,FI,Bay,,,,\n").reason


def test_a_town_that_could_not_be_read_is_not_missed_by_its_consortium():
    lost = told(CONSORTIUM + "A,FI,Bay,,,,\nB,FI,Bay,,,,,surplus\n")
    refused = told(CONSORTIUM + "A,FI,Bay,,,,\nB,FI,Ba\x07y,,,,\n")

    assert [(problem.row, problem.column) for problem in lost] == [(3, None)]
    assert [(problem.row, problem.column) for problem in refused] == [(3, "consortium")]


def test_a_consortium_spelled_in_two_ways_is_told():
    found = told(CONSORTIUM + "A,FI,Bay,,,,\nB,FI,Bay,,,,\nC,FI,BAY,,,,\nD,FI,BAY,,,,\n")

    assert [(problem.row, problem.column) for problem in found] == [
        (3 + 1, "consortium"),
        (5, "consortium"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("population,population_year", ",2025", "population"),
        ("gcom_status,gcom_since", ",2019-01-01", "gcom_status"),
        (
            "degree_of_urbanisation,degree_of_urbanisation_source",
            ",Eurostat",
            "degree_of_urbanisation",
        ),
        ("plan_kind,plan_mode", ",joint", "plan_kind"),
        (
            "plan_kind,plan_adopted_on,plan_expires_on",
            "SECAP,2025-01-01,2024-01-01",
            "plan_expires_on",
        ),
        (
            "plan_kind,plan_adopted_on,plan_expires_on",
            "SECAP,2025-01-01,2025-01-01",
            "plan_expires_on",
        ),
        ("need_1,need_2", "Cycling,mobility.cycling", "need_2"),
        ("need_1,need_1_weight,need_2", "Cycling,2,Shade", "need_2_weight"),
        ("need_1,need_1_weight", ",2", "need_1"),
        ("need_1,need_1_weight", "Cycling,0", "need_1_weight"),
        ("offer_1,offer_1_maturity", "Cycling,", "offer_1_maturity"),
        ("offer_1,offer_1_maturity", ",3", "offer_1"),
    ],
)
def test_what_does_not_fit_together_is_told_where_it_is_mended(header, row, column):
    problem = only(f"name,country,{header}\nTurku,FI,{row}\n")

    assert (problem.row, problem.column) == (2, column)


def test_needs_without_weights_share_alike():
    application = one("name,country,need_1,need_3,need_4", "Turku,FI,Cycling,Shade,Parking")

    assert [need.weight_share for need in application.needs] == [1 / 3] * 3


def test_shares_whose_sum_is_one_but_for_rounding_are_kept_to_the_last_digit():
    topics = [topic.id for topic in TAXONOMY.topics()][:4]
    shares = [weight / 35 for weight in (8, 9, 9, 9)]
    assert math.fsum(shares) != 1
    needs = tuple(Need(topic=t, weight_share=s) for t, s in zip(topics, shares, strict=True))
    application = evolve(one("name,country", "Turku,FI"), needs=needs)

    assert read(write_applicants_csv([application])).applications == (application,)


def test_a_country_with_one_time_zone_gets_a_hint_and_no_guess():
    applicants = read("name,country\nTurku,FI\nMiami,US\n")

    assert [(warning.row, warning.column) for warning in applicants.warnings] == [(2, "timezone")]
    assert "Europe/Helsinki" in applicants.warnings[0].remedy
    assert isinstance(applicants.applications[0].applicant.timezone, Unknown)


def test_problems_stand_in_reading_order_and_what_is_too_many_is_counted():
    rows = "\n".join(f"City {at},Atlantis,x" for at in range(30))
    found = told(f"name,country,population\n{rows}\n", limits=Limits(listed_problems=25))

    assert [(problem.row, problem.column) for problem in found[:3]] == [
        (2, "country"),
        (2, "population"),
        (3, "country"),
    ]
    assert len(found) == 26
    assert found[-1].reason == "35 more problems are not listed"


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("name,country\n" + "Turku,FI\n" * 5, Limits(rows=4)),
        ("name,country," + "x," * 9, Limits(columns=8)),
        ("name,country,notes\nTurku,FI," + "x" * 101, Limits(cell_characters=100)),
        ("name,country,notes\nTurku,FI," + "x" * 200_000, Limits()),
    ],
)
def test_files_beyond_the_limits_are_refused(text, limits):
    assert told(text, limits=limits)


def test_a_file_is_read_by_its_suffix(tmp_path):
    path = tmp_path / "Applicants.CSV"
    path.write_bytes(b"name,country\nTurku,FI\n")

    assert (
        read_applicants(path, taxonomy=TAXONOMY, call=CALL).applications[0].key.value == "fi-turku"
    )


@pytest.mark.parametrize(
    ("name", "hint"), [("a.xlsx", "CSV UTF-8"), ("a.ods", "CSV UTF-8"), ("a.pdf", ".csv")]
)
def test_other_files_are_refused_with_a_way_on(tmp_path, name, hint):
    with pytest.raises(InvalidInputError) as caught:
        read_applicants(tmp_path / name, taxonomy=TAXONOMY, call=CALL)

    assert hint in caught.value.problems[0].remedy


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(b"name,country\n" + b"x" * 1_000)

    with pytest.raises(InvalidInputError, match="larger than 500 bytes"):
        read_applicants(path, taxonomy=TAXONOMY, call=CALL, limits=Limits(file_bytes=500))


def test_the_degree_of_urbanisation_is_read_with_its_source():
    header = "name,country,DEGURBA,degree_of_urbanisation_source"
    seen = one(header, "Turku,FI,2,Eurostat").applicant.urbanisation

    assert seen == Observation(value=DegreeOfUrbanisation.TOWN, source=Source(title="Eurostat"))
    assert one(header, "Turku,FI,1,").applicant.urbanisation.source == STATED
    assert isinstance(one(header, "Turku,FI,,").applicant.urbanisation, Unknown)
    assert cell("degree_of_urbanisation", "4").remedy.startswith("Write 1, 2 or 3,")


def test_what_a_file_cannot_hold_of_a_city_is_named_by_the_writer():
    application = one("name,country", "Turku,FI")
    seen = Observation(value=DegreeOfUrbanisation.CITY, source=STATED, as_of=Date(2021, 1, 1))
    city = evolve(application.applicant, urbanisation=seen)

    with pytest.raises(InvalidValueError, match="has urbanisation of fi-turku that"):
        write_applicants_csv([evolve(application, applicant=city)])


def test_nothing_is_dropped_in_silence_when_writing():
    application = one("name,country", "Turku,FI")
    decision = AuthorityDecision(
        outcome=AdmissionOutcome.ADMITTED, authority="Board", source=Source(title="Minutes")
    )
    changed = [
        {"authority_decision": decision},
        {"needs_basis": "derived"},
        {"id": ApplicationId("another")},
    ]

    for change in changed:
        held = {name: getattr(application, name) for name in ("id", "call", "applicant")}
        with pytest.raises(InvalidValueError, match=next(iter(change))):
            write_applicants_csv([Application(**(held | change))])


def test_a_name_that_the_format_reads_otherwise_cannot_be_written():
    application = one("name,country", "Turku,FI")
    with pytest.raises(InvalidValueError, match="unknown"):
        write_applicants_csv([renamed(application, "unknown")])


def renamed(application, name):
    return evolve(application, applicant=evolve(application.applicant, name=name))
