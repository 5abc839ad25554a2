"""A real browser on a real server. Where no Chromium is installed these tests say so and are left out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.sample_site import Site
from tests.whole_library import fill

HERE = Path(__file__).parent
expect.set_options(timeout=30_000)  # ms; far more than a page needs, so that a busy machine fails no test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Served:
    """A site that listens on a free port."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.server = waitress.create_server(site.app, host="127.0.0.1", port=0, threads=4)
        self.address = f"http://127.0.0.1:{self.server.effective_port}"
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.close()
        self.thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that containers rarely give
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with one of each. Tests only read it."""
    served = Served(fill(Site(tmp_path_factory.mktemp("library"))))
    yield served
    served.stop()


@pytest.fixture
def page(browser: Browser, library: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=library.address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    yield opened
    context.close()
