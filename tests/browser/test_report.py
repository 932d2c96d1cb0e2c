"""The report in a real browser: what it loads, how it reads, what it does to hostile text."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.report.editions import real_edition, small_edition
from utm.report import render_report

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Visits = Callable[..., Visit]

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u00ad\U000e0041gnirts" + "x" * 10_000,
    "القاهرة 👩‍🚀",
    "javascript:alert(1)",
    "</style></title><svg onload=alert(1)>",
)

OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true; })"

CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    edition = small_edition(
        HOSTILE, note="\u202e\u2066\u200b<img src=x onerror=alert(2)>", title="<b>Title</b>"
    )
    path.write_text(render_report(edition), encoding="utf-8")
    return path


def test_it_loads_nothing_but_itself_and_the_console_stays_silent(
    visit: Visits, report_path: Path
) -> None:
    opened = visit(report_path)
    opened.page.evaluate(OPEN_ALL)
    opened.page.wait_for_timeout(200)

    assert opened.requests == [report_path.as_uri()]
    assert opened.complaints == []


def test_hostile_names_are_shown_and_run_nothing(visit: Visits, hostile_path: Path) -> None:
    opened = visit(hostile_path)
    opened.page.evaluate(OPEN_ALL)
    text = opened.page.locator("main").inner_text()

    assert opened.requests == [hostile_path.as_uri()]
    assert opened.complaints == []
    assert opened.page.locator("script, img, iframe, object").count() == 0
    assert opened.page.locator("h1").inner_text() == "<b>Title</b>"
    assert "<script>alert(1)</script>" in text
    assert '"><img src=x onerror=alert(1)>' in text
    assert "</style></title><svg onload=alert(1)>" in text


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("which", ["real", "hostile"])
def test_the_page_never_scrolls_sideways(
    visit: Visits, report_path: Path, hostile_path: Path, which: str, width: int
) -> None:
    opened = visit(report_path if which == "real" else hostile_path, width=width)
    opened.page.evaluate(OPEN_ALL)

    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("document.body.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_wide_stands_outside_a_region_that_scrolls(
    visit: Visits, report_path: Path, width: int
) -> None:
    opened = visit(report_path, width=width)
    opened.page.evaluate(OPEN_ALL)
    wide = opened.page.evaluate(
        """width => [...document.querySelectorAll('main *, header *, nav *')]
            .filter(e => !e.closest('.scroll, svg') && !e.matches('.hidden'))
            .filter(e => e.getBoundingClientRect().right > width + 0.5)
            .map(e => e.outerHTML.slice(0, 120))""",
        width,
    )

    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_text_stands_out_from_its_ground(
    visit: Visits, report_path: Path, scheme: str
) -> None:
    opened = visit(report_path, scheme=scheme)
    if scheme == "print":
        opened.page.emulate_media(media="print")
    else:
        opened.page.evaluate(OPEN_ALL)
    measured = opened.page.evaluate(CONTRASTS)
    faint = {(m["color"], m["ground"], m["ratio"], m["text"]) for m in measured if m["ratio"] < 4.5}

    assert len(measured) > 1_000
    assert faint == set()


def test_dark_and_light_are_two_schemes(visit: Visits, report_path: Path) -> None:
    grounds = {
        visit(report_path, scheme=scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }

    assert len(grounds) == 2


def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_to_the_report(
    visit: Visits, report_path: Path
) -> None:
    page = visit(report_path).page
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    box = page.locator(".skip").bounding_box()
    page.keyboard.press("Enter")

    assert skip == "Skip to the report"
    assert box is not None
    assert box["y"] >= 0
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_keyboard_reaches_all_that_opens_or_scrolls_in_order_and_shows_where_it_is(
    visit: Visits, report_path: Path
) -> None:
    page = visit(report_path).page
    wanted = page.evaluate("document.querySelectorAll('a[href], summary').length")
    seen: set[str] = set()
    tops: list[float] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                return { kind: e === document.body ? 'end' : e.className || e.localName,
                         tag: e.localName, outline: s.outlineStyle + ' ' + s.outlineWidth,
                         top: e.getBoundingClientRect().top + scrollY }; }"""
        )
        if here["kind"] == "end":
            break
        seen.add(here["tag"] if here["tag"] in {"a", "summary"} else here["kind"])
        tops.append(here["top"])
        assert here["outline"].startswith("solid"), here
        assert not here["outline"].endswith(" 0px"), here

    assert {"a", "summary", "scroll sea", "scroll"} <= seen
    assert len(tops) <= wanted + 5
    # Columns of one row may go up again, but never by more than a screen.
    assert all(later > earlier - 900 for earlier, later in pairwise(tops[1:]))


def test_details_open_with_the_keyboard(visit: Visits, report_path: Path) -> None:
    page = visit(report_path).page
    summary = page.locator("#group-1 summary").first
    summary.focus()
    page.keyboard.press("Enter")

    assert page.locator("#group-1 details").first.get_attribute("open") == ""
    assert page.locator("#group-1 table").first.is_visible()


def test_a_region_of_a_table_scrolls_with_the_keyboard_on_a_phone(
    visit: Visits, report_path: Path
) -> None:
    page = visit(report_path, width=320).page
    page.locator(".sea").focus()
    before = page.locator(".sea").evaluate("element => element.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)

    assert page.locator(".sea").evaluate("element => element.scrollLeft") > before


@pytest.mark.parametrize("width", [390, 1280])
def test_a_map_wider_than_the_screen_says_so_and_no_other_does(
    visit: Visits, report_path: Path, width: int
) -> None:
    page = visit(report_path, width=width).page
    is_wider = page.locator(".sea").evaluate("it => it.scrollWidth > it.clientWidth")

    assert page.locator(".swipe").is_visible() == is_wider == (width == 390)


def test_a_screen_reader_finds_landmarks_headings_tables_and_the_map(
    visit: Visits, report_path: Path
) -> None:
    page = visit(report_path).page
    page.evaluate(OPEN_ALL)
    groups = real_edition().groups

    told = page.locator("body").aria_snapshot()

    def count(pattern: str) -> int:
        return len(re.findall(rf"^\s*- '?{pattern}", told, re.MULTILINE))

    assert count("banner") == count("main") == count('navigation "Contents"') == 1
    assert count(r"heading .*\[level=1\]") == 1
    assert count(r"heading .*\[level=2\]") >= 7
    assert count(r'heading "Group \d+: .*\[level=4\]') == len(groups)
    assert count('img "World map of the groups') == 1
    assert count('table "') == page.locator("table").count()
    for number in range(1, len(groups) + 1):
        name = f"Meetings of group {number} on the clock of each member"
        assert count(f'table "{name}"') == 1
        assert count(f'region "{name}"') == 1


def test_print_opens_everything_and_hides_what_only_a_screen_needs(
    visit: Visits, report_path: Path
) -> None:
    page = visit(report_path).page
    hidden_before = page.locator("#group-1 table").first.is_visible()
    page.emulate_media(media="print")
    closed = page.evaluate(
        """() => [...document.querySelectorAll('details > :not(summary)')]
            .filter(e => e.getBoundingClientRect().height === 0)
            .map(e => e.outerHTML.slice(0, 100))"""
    )

    assert not hidden_before
    assert closed == []
    assert not page.locator(".contents").is_visible()
    assert page.locator("table").count() == page.locator("table:visible").count()


def test_a_printed_report_has_every_group_and_fits_a_binder(
    visit: Visits, report_path: Path
) -> None:
    pdf = visit(report_path).page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))

    assert len(real_edition().groups) < pages < 80


def test_a_name_of_ten_thousand_characters_floods_nothing(
    visit: Visits, hostile_path: Path
) -> None:
    page = visit(hostile_path, width=320).page
    page.evaluate(OPEN_ALL)
    tallest = page.evaluate(
        """Math.max(...[...document.querySelectorAll('main :is(p, li, dd, h4, td, .flood)')]
            .filter(e => e.textContent.includes('xxxxxxxxxx'))
            .filter(e => e.matches('.flood') || !e.closest('.flood'))
            .filter(e => e.matches('.flood') || !e.querySelector('p, li, dd, table'))
            .map(e => e.getBoundingClientRect().height))"""
    )

    assert 0 < tallest < 450


def test_a_name_written_from_right_to_left_stays_in_its_place(
    visit: Visits, hostile_path: Path
) -> None:
    page = visit(hostile_path).page
    member = page.locator(".members li", has_text="القاهرة").first
    name = member.locator("bdi").bounding_box()
    whole = member.bounding_box()
    letter = member.locator("svg").bounding_box()

    assert name is not None
    assert whole is not None
    assert letter is not None
    assert letter["x"] < name["x"] < whole["x"] + whole["width"] / 2
