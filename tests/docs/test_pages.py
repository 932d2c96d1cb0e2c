"""The pages are true: their examples run, their links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.executable_pages import run_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
LANGUAGES = {"", "python", "console", "text", "csv", "json", "toml", "yaml", "html", "math"}


def name_page(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_example_of_the_page_does_what_the_page_says(page: Path) -> None:
    run_page(page)


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_block_is_of_a_kind_that_the_tests_know(page: Path) -> None:
    openings = re.findall(r"^ *```(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert {opening.partition(" ")[0] for opening in openings} <= LANGUAGES


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_page_stands_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in ROOT.glob("docs/**/*.md")}
    listed = set(re.findall(r"[\w./-]+\.md", navigation))

    assert pages == listed


@pytest.mark.parametrize("part", ["how-to", "tutorials"])
def test_every_guide_and_lesson_stands_in_the_list_of_its_part(part: str) -> None:
    index = (ROOT / "docs" / part / "index.md").read_text(encoding="utf-8")
    pages = {page.name for page in ROOT.glob(f"docs/{part}/*.md")} - {"index.md"}

    assert pages == set(re.findall(r"\(([\w-]+\.md)\)", index))


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    index = (ROOT / "docs/decisions/index.md").read_text(encoding="utf-8")

    assert all(page.name in index for page in ROOT.glob("docs/decisions/0*.md"))
