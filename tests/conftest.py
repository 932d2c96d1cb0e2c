"""What all tests share: how long Hypothesis searches, and where Chromium is.

The profile is chosen with ``UTM_HYPOTHESIS_PROFILE`` (dev, ci or nightly); without it, it
is ci where ``CI`` is set and dev elsewhere. With ``UTM_REQUIRE_BROWSER=1`` a browser test
that is skipped fails, so that a machine without Chromium cannot pass unnoticed.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Time says nothing on a shared machine with two cores, so no profile has a deadline.
TIMELESS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", TIMELESS, max_examples=50)
settings.register_profile(
    "ci", TIMELESS, max_examples=100, derandomize=True, database=None, print_blob=True
)
settings.register_profile("nightly", TIMELESS, max_examples=2_000, print_blob=True)
settings.load_profile(
    os.environ.get("UTM_HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of an installed Chromium; without one the test is skipped."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip("no Chromium is installed")
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Iterator[None]:
    report = yield
    required = os.environ.get("UTM_REQUIRE_BROWSER") == "1"
    if required and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"UTM_REQUIRE_BROWSER=1, and yet skipped: {report.longrepr}"
    return report
