"""The page about the file says what the reader does."""

from pathlib import Path

from tests.interchange.taxonomies import TAXONOMY
from utm.interchange import Limits, applicant_columns, columns_markdown

PAGE = Path(__file__).parents[2] / "docs/reference/applicants-file.md"


def test_the_page_describes_the_columns_as_they_are():
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- columns: begin -->\n")[2].partition("<!-- columns: end -->")[0]

    assert table == columns_markdown(applicant_columns())


def test_the_page_names_the_limits_as_they_are():
    text = PAGE.read_text(encoding="utf-8")
    limits = Limits()

    for number in (limits.file_bytes, limits.rows, limits.columns, limits.cell_characters):
        assert f"| {number:,}" in text
    assert f"1,{limits.listed_problems % 1000:03} with a count" in text


def test_every_example_of_a_column_can_be_read():
    for column in applicant_columns(TAXONOMY):
        if column.example:
            value = column.cell.read_text(column.example)
            assert column.cell.read_text(column.cell.text_of(value)) == value
            assert column.cell.read_json(column.cell.json_of(value)) == value


def test_headers_and_synonyms_are_understood_in_one_way_only():
    keys = [key for column in applicant_columns() for key in column.keys]

    assert len(set(keys)) == len(keys)


def test_every_remedy_is_a_sentence():
    for column in applicant_columns(TAXONOMY):
        assert column.remedy.startswith("Write ")
        assert column.remedy.endswith(".")
        assert column.meaning.endswith((".", "results."))
