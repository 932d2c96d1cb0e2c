"""Run the examples of the README and of the documentation as tests."""

import pytest
from sybil.integration.pytest import SybilItem

from tests.docs.executable_pages import PAGES

pytest_collect_file = PAGES.pytest()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the examples of one page on one worker, since each builds on those before it."""
    for item in items:
        if isinstance(item, SybilItem):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
