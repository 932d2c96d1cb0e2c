import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.report.editions import (
    YEAR,
    application,
    edition_rules,
    real_edition,
    small_edition,
)
from utm.domain.names import clean_name
from utm.errors import ExtraMissingError, InvalidValueError
from utm.pairing import Lock
from utm.programme import FormedEdition, MeetingRules, form_edition
from utm.report import html, render_report

VOID = {"meta", "br", "link", "img", "input", "hr"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u00ad\U000e0041gnirts" + "x" * 10_000,
    "القاهرة 👩‍🚀",
    "{{ 7 * 7 }}{% include 'x' %}",
    "</style></title><svg onload=alert(1)>",
)


class Page(HTMLParser):
    """Elements with their attributes, checked for balance, and the visible text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def vocabulary(self) -> set[tuple[str, str]]:
        return {(tag, name) for tag, attributes in self.elements for name in (*attributes, "")}

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_report(real_edition()))


def test_every_element_is_closed(page: Page) -> None:
    assert page.open == []


def test_there_is_no_script_and_nothing_that_loads(page: Page) -> None:
    loading = {"script", "img", "link", "iframe", "object", "embed", "audio", "video", "form"}

    assert {tag for tag, _ in page.elements} & loading == set()
    assert [name for _, name in page.vocabulary if name.startswith("on")] == []
    assert [a for _, a in page.elements if "src" in a or "srcset" in a or "style" in a] == []


def test_the_style_loads_nothing() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", render_report(real_edition()), re.DOTALL)

    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_forbids_everything_but_the_style(page: Page) -> None:
    (policy,) = [a["content"] for a in page.all("meta") if "http-equiv" in a]

    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_ids_are_unique_and_every_reference_has_its_target(page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if "id" in a]
    links = [a["href"] or "" for tag, a in page.elements if tag in {"a", "use"}]
    labels = [
        label
        for _, a in page.elements
        for name in ("aria-labelledby", "aria-describedby")
        for label in (a.get(name) or "").split()
    ]

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert set(labels) <= set(ids)
    assert all(link.startswith(("#", "https://")) for link in links)


def test_there_is_one_h1_and_no_level_is_skipped(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_a_scope(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert all(a.get("scope") in {"col", "row"} for a in page.all("th"))


def test_every_region_that_scrolls_can_be_reached_and_has_a_name(page: Page) -> None:
    regions = [a for _, a in page.elements if "scroll" in (a.get("class") or "").split()]

    assert regions
    for region in regions:
        assert region["tabindex"] == "0"
        assert region["role"] == "region"
        assert region.get("aria-label") or region.get("aria-labelledby")


def test_the_report_tells_the_whole_story(page: Page) -> None:
    words = " ".join(" ".join(page.words).split())
    edition = real_edition()

    for group in edition.groups:
        assert group.focus in words
        assert all(sentence in words for sentence in group.why)
        for meeting in group.meetings.meetings:
            assert all(local.hours in words for local in meeting.local)
    for one in edition.screening:
        assert one.application.applicant.name in words
        assert all(missing.ask in words for missing in one.decision.missing)
    assert edition.reconciliation is not None
    assert all(sentence in words for sentence in edition.reconciliation.sentences)
    assert f"{edition.result.bound / 1e6:.6f}" in words
    assert edition.verification.proves in words
    assert all(note in words for note in edition.notes)
    assert "GeoNames" in words
    assert "Natural Earth" in words


def test_the_real_report_is_well_under_a_megabyte() -> None:
    assert len(render_report(real_edition()).encode()) < 700_000


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert render_report(real_edition()) == render_report(real_edition())


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import hashlib\n"
        "from tests.report.editions import small_edition\n"
        "from utm.report import render_report\n"
        "print(hashlib.sha256(render_report(small_edition()).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_what_the_search_did_leaves_no_trace() -> None:
    edition = small_edition()
    statistics = evolve(edition.result.statistics, columns=123_456_789)
    busier = evolve(edition, result=evolve(edition.result, statistics=statistics))

    assert render_report(busier) == render_report(edition)


def test_hostile_names_and_notes_are_text_and_nothing_else() -> None:
    benign = Page(render_report(small_edition(("A", "B", "C", "D", "E", "F"))))
    hostile_page = render_report(
        small_edition(HOSTILE, note="\u202e\u2066\u200b<img src=x onerror=alert(2)>")
    )
    hostile = Page(hostile_page)
    words = "".join(hostile.words)

    # Long names add the place where the whole of them stands, and nothing else is new.
    expected = {
        ("details", "class"),
        *((tag, name) for tag, name in hostile.vocabulary if tag == "p"),
    }
    expected |= {("div", name) for name in ("class", "role", "aria-label", "tabindex")}
    assert hostile.vocabulary - benign.vocabulary <= expected
    assert hostile.open == []
    assert "<script>alert(1)</script>" in words
    assert '"><img src=x onerror=alert(1)>' in words
    assert "{{ 7 * 7 }}{% include 'x' %}" in words
    assert not set(words) & set("\u202e\u2066\u200b\u00ad\U000e0041")


def test_a_name_of_ten_thousand_characters_is_given_in_full_only_once() -> None:
    text = render_report(small_edition(HOSTILE))

    assert text.count("x" * 9_000) == 1


@given(st.lists(st.text(min_size=1, max_size=40), min_size=2, max_size=3), st.text(max_size=60))
def test_no_text_whatever_adds_an_element_or_an_attribute(names: list[str], note: str) -> None:
    try:
        cleaned = tuple(clean_name(name) for name in names)
    except InvalidValueError:
        return
    shapes = Page(render_report(small_edition(("A", "B", "C")[: len(names)], note="n")))
    page = Page(render_report(small_edition.__wrapped__(cleaned, note=note)))

    assert page.open == []
    assert page.vocabulary <= shapes.vocabulary


def test_without_jinja2_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    html._environment.cache_clear()

    with pytest.raises(ExtraMissingError) as caught:
        render_report(small_edition())

    assert caught.value.extra == "report"


def odd_edition(kind: str) -> FormedEdition:
    rules = edition_rules()
    if kind == "nobody applied":
        return form_edition([], rules)
    if kind == "one city alone":
        return form_edition([application("Alone", 0)], rules)
    if kind == "a lock that nobody can keep":
        lock = Lock(members=("pt-place-0",), reason="It must be placed.")
        strict = evolve(rules, policy=evolve(rules.policy, locks=(lock,)))
        return form_edition([application("Alone", 0)], strict)
    meetings = MeetingRules(year=YEAR, number=12, maximum_spacing_days=28)
    hurried = evolve(rules, meetings=evolve(meetings, duration_minutes=720))
    return form_edition([application("A", 0), application("B", 3)], hurried)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nobody applied", "No group was formed."),
        ("one city alone", "Without a group"),
        ("a lock that nobody can keep", "Alone must be in a group"),
        ("meetings that do not fit", "What could give"),
    ],
)
def test_an_edition_that_did_not_work_out_is_reported_too(kind: str, words: str) -> None:
    page = Page(render_report(odd_edition(kind)))

    assert words in " ".join(" ".join(page.words).split())
    assert page.open == []
