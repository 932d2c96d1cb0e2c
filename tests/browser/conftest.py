"""A headless Chromium that must not reach any network, and the pages it opens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import define, field
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.editions import real_edition
from utm.report import render_report

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@define
class Visit:
    """An opened page and everything that happened on it."""

    page: Page
    requests: list[str] = field(factory=list)
    complaints: list[str] = field(factory=list)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(real_edition()), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file at a size and in a colour scheme."""
    contexts = []

    def open_page(path: Path, *, width: int = 1280, scheme: str = "light") -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        visit = Visit(page=context.new_page())
        context.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on("console", lambda message: visit.complaints.append(message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on(
            "dialog",
            lambda dialog: (visit.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()),
        )
        visit.page.goto(path.as_uri())
        return visit

    yield open_page
    for context in contexts:
        context.close()
