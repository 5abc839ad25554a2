"""Every kind of page, wide and narrow, light and dark, against the rules of WCAG 2.2 AA (axe-core)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/", "/search?q=焊缝&year=2021", "/search?q=没有的词", "/cases/2021-0001?q=气孔", "/cases/2021-0002", "/steps",
    "/steps/root-causes", "/tools", "/tools/排列图", "/compare?id=2021-0001&id=2022-0001", "/start?kind=self-set",
    "/stats", "/help", "/check", "/mine", "/list?id=2021-0001", "/units/另一家公司", "/events", "/nothing",
]  # fmt: skip
WIDTHS = (390, 1440)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)[
        "violations"
    ]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_no_rule_is_broken(browser: Browser, library: Served, address: str, scheme: str) -> None:
    # Scripts of the test itself, such as axe, are not bound by the page's own policy.
    context = browser.new_context(base_url=library.address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}px {told}" for told in violations(page)]
    context.close()
    assert found == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_jumps_while_a_page_loads(browser: Browser, library: Served, address: str) -> None:
    context = browser.new_context(base_url=library.address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { shift += entry.value })).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(address, wait_until="networkidle")
    shift = page.evaluate("shift")
    context.close()
    assert shift < 0.1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light(browser: Browser, library: Served, address: str) -> None:
    """HTML, styles and scripts over the wire, without pictures: at most 120 KB."""
    context = browser.new_context(base_url=library.address)
    page = context.new_page()
    sent = []
    page.on("requestfinished", lambda request: sent.append(request))
    page.goto(address, wait_until="networkidle")
    counted = ("document", "stylesheet", "script")
    weight = sum(r.sizes()["responseBodySize"] for r in sent if r.resource_type in counted)
    context.close()
    assert 1_000 < weight < 120_000


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/search?q=气孔")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
