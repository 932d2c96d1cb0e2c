"""What must hold for every applicants' file."""

import csv
import io
import json
from random import Random

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.interchange.holdable import files
from tests.interchange.taxonomies import CALL, TAXONOMY
from utm.domain import fold_name
from utm.errors import InvalidInputError
from utm.interchange import (
    applicant_columns,
    applicants_schema,
    parse_applicants_csv,
    parse_applicants_json,
    write_applicants_csv,
    write_applicants_json,
)
from utm.interchange.cells import escape_formula, unescape_formula
from utm.testing.applicants import invented_applicants, plant_mistakes

COLUMNS = applicant_columns(TAXONOMY)
SCHEMA = jsonschema.Draft202012Validator(applicants_schema(TAXONOMY))
FILES = files()


def read_csv(text):
    return parse_applicants_csv(text, taxonomy=TAXONOMY, call=CALL)


def read_json(text):
    return parse_applicants_json(text, taxonomy=TAXONOMY, call=CALL)


def problems_of(read, text):
    """Every problem of a file; none if it is sound."""
    try:
        read(text)
    except InvalidInputError as error:
        return error.problems
    return ()


def places_of(read, text):
    """Row and column, or path, of every problem."""
    return [problem.path or (problem.row, problem.column) for problem in problems_of(read, text)]


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def text_of(rows, **form):
    text = io.StringIO()
    csv.writer(text, **form).writerows(rows)
    return text.getvalue()


@given(FILES)
def test_what_is_written_as_csv_is_read_back_equal(applications):
    assert read_csv(write_applicants_csv(applications)).applications == applications


@given(FILES)
def test_what_is_written_as_json_is_read_back_equal_and_fits_the_schema(applications):
    text = write_applicants_json(applications)

    SCHEMA.validate(json.loads(text))
    assert read_json(text).applications == applications
    assert write_applicants_json(read_json(text).applications) == text


@given(FILES, st.randoms(use_true_random=False), st.sampled_from(",;\t|"))
def test_neither_order_nor_delimiter_nor_line_ends_change_the_content(applications, random, mark):
    header, *rows = rows_of(write_applicants_csv(applications))
    order = list(range(len(header)))
    random.shuffle(order)
    random.shuffle(rows)
    shuffled = [[row[at] for at in order] for row in (header, *rows)]
    text = text_of(shuffled, delimiter=mark, lineterminator="\r\n", quoting=csv.QUOTE_ALL)

    assert read_csv("\ufeff" + text).applications == applications


@given(FILES.filter(bool), st.data())
def test_a_spoiled_cell_is_told_at_its_row_and_column_and_nowhere_else(applications, data):
    header, *rows = rows_of(write_applicants_csv(applications))
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(header))
    rows[row][header.index(column)] = data.draw(st.sampled_from(["\x07", "a\x00b", "\u202ex"]))

    assert places_of(read_csv, text_of([header, *rows])) == [(row + 2, column)]


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("plan_kind", "plan_missing"),
        ("plan_id", "plan_missing"),
        ("population", "population_missing"),
        ("gcom_status", "gcom_missing"),
    ],
)
def test_a_spoiled_cell_is_told_once_beside_the_reason_why_its_fact_is_missing(shown, missing):
    text = text_of([["name", "country", shown, missing], ["Turku", "FI", "\x07", "confidential"]])

    assert places_of(read_csv, text) == [(2, shown)]


@given(FILES.filter(bool), st.data())
def test_a_spoiled_value_is_told_at_its_path_and_refused_by_the_schema(applications, data):
    document = json.loads(write_applicants_json(applications))
    at = data.draw(st.integers(0, len(document["applicants"]) - 1))
    column = data.draw(st.sampled_from(COLUMNS))
    document["applicants"][at][column.name] = data.draw(
        st.sampled_from([{}, [], [[]], "", "\x07 ", {"a": 1}])
    )

    told = places_of(read_json, json.dumps(document))

    assert told == [f"$.applicants[{at}].{column.name}"]


@given(FILES.filter(bool), st.data())
def test_what_the_schema_refuses_the_reader_refuses(applications, data):
    document = json.loads(write_applicants_json(applications))
    at = data.draw(st.integers(0, len(document["applicants"]) - 1))
    column = data.draw(st.sampled_from(COLUMNS))
    odd = [-1, 0, 1, 1.5, 10**12, True, "", "x", "UK", "SIGNATORY", "2026-1-8", ["es", "es"], [""]]
    document["applicants"][at][column.name] = data.draw(st.sampled_from(odd) | st.text(max_size=5))

    if not SCHEMA.is_valid(document):
        assert places_of(read_json, json.dumps(document)) != []


@pytest.mark.parametrize(
    "change",
    [
        {"format": "utm.city"},
        {"version": 2},
        {"version": "1"},
        {"version": True},
        {"applicants": {}},
        {"applicants": "none"},
        {"applicants": [[]]},
        {"applicants": [{"name": "Turku"}]},
        {"applicants": [{"name": "Turku", "country": "FI", "mayor": "x"}]},
        {"applicants": [{"name": None, "country": "FI"}]},
        {"comment": "x"},
    ],
)
def test_documents_out_of_form_are_refused_by_schema_and_reader(change):
    sound = {
        "format": "utm.applicants",
        "version": 1,
        "applicants": [{"name": "Turku", "country": "FI"}],
    }
    assert SCHEMA.is_valid(sound)
    assert places_of(read_json, json.dumps(sound)) == []

    assert not SCHEMA.is_valid(sound | change)
    assert places_of(read_json, json.dumps(sound | change)) != []


@given(st.text())
@example("'=1")
@example("''=1")
@example("'s-Hertogenbosch")
@example("=cmd|' /C calc'!A0")
def test_hiding_formulas_is_a_bijection(text):
    escaped = escape_formula(text)

    assert unescape_formula(escaped) == text
    assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert escape_formula(unescape_formula(escaped)) == escaped


@given(
    st.text(min_size=1, max_size=50)
    | st.sampled_from(
        [
            "<script>alert(1)</script>",
            "\u202egnp.exe",
            "Rabat \u200f(الرباط)",
            "x" * 10_000,
            "🏙️",
            "a\x00b",
            "\ud800",
            '=HYPERLINK("http://example.org")',
            "Nan",
            "None",
            "'; DROP TABLE cities; --",
            "نیویورک\u200cشهر",
        ]
    )
)
def test_hostile_names_are_kept_as_they_are_or_told(name):
    rows = [["name", "country"], [name, "FI"]]
    text = text_of(rows, quoting=csv.QUOTE_ALL)

    told = places_of(read_csv, text)

    assert told in ([], [(2, "name")])
    if not told:
        (application,) = read_csv(text).applications
        kept = unescape_formula(name.strip())
        assert fold_name(application.applicant.name) == fold_name(kept)
        assert (
            application.applicant.name.isprintable()
            or any(mark in name for mark in "\u200c\u200d\u00ad\ufe0f")
            or not name.isprintable()
        )


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_problems(data):
    for read in (read_csv, read_json):
        for problem in problems_of(read, data):
            assert problem.reason
            assert problem.remedy


@given(st.text(alphabet="name,country;\t\"\n\r\x00 FIé\u202e'=", max_size=80))
def test_any_text_after_a_header_is_read_or_refused(text):
    for problem in places_of(read_csv, f"name,country\n{text}"):
        assert problem is not None


@pytest.mark.parametrize("seed", range(12))
def test_a_hundred_mistakes_in_a_file_are_a_hundred_problems(seed):
    sound = invented_applicants(145, seed, TAXONOMY)
    assert places_of(read_csv, sound) == []

    spoiled, expected = plant_mistakes(sound, 100, seed)

    assert len(set(expected)) == 100
    assert places_of(read_csv, spoiled) == list(expected)


@given(st.integers(0, 10**6), st.integers(1, 40), st.data())
@settings(max_examples=25)
def test_planted_mistakes_are_told_at_any_size(seed, count, data):
    sound = invented_applicants(count, seed, TAXONOMY)
    spoiled, expected = plant_mistakes(sound, data.draw(st.integers(0, count // 3)), seed)

    assert places_of(read_csv, spoiled) == list(expected)


def test_invented_files_depend_on_the_seed_alone():
    first = invented_applicants(60, 7, TAXONOMY)

    assert first == invented_applicants(60, 7, TAXONOMY)
    assert first != invented_applicants(60, 8, TAXONOMY)
    assert plant_mistakes(first, 20, 1) == plant_mistakes(first, 20, 1)


def test_invented_files_have_both_the_usual_and_the_unusual():
    applications = read_csv(invented_applicants(145, 2026, TAXONOMY)).applications

    assert sum(len(made.cities) for made in applications) == 145
    assert any(len(made.cities) == 3 for made in applications)
    assert len({city.country for made in applications for city in made.cities}) > 15


def test_the_invented_file_can_be_shuffled():
    header, *rows = rows_of(invented_applicants(145, 5, TAXONOMY))
    before = read_csv(text_of([header, *rows])).applications
    Random(0).shuffle(rows)  # noqa: S311 - no secret

    assert read_csv(text_of([header, *rows])).applications == before
