"""Every kind of page at three widths, light and dark: the rules of WCAG 2.2 AA (axe-core), weight, jumps, own rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Served
from tests.drafts import PASTED
from tests.whole_library import EVERY_KIND

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that light and dark can answer differently
WIDTHS = (390, 768, 1440)
HEAVIEST = 120_000  # bytes of HTML, styles and scripts over the wire
STILL = 0.01  # on a busy machine a page may be painted in the middle of a line, which then shifts by less than this
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifted += entry.value }))
  .observe({type: "layout-shift", buffered: true});
"""


def violations(page: Page, rules: list[str]) -> list[str]:
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{broken['id']}: {node['target']} {node['failureSummary']}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


class Watched:
    """A fresh tab that notes what it is sent and what it complains about."""

    def __init__(self, browser: Browser, address: str, width: int) -> None:
        self.context = browser.new_context(
            base_url=address, color_scheme="light", viewport={"width": width, "height": 900}
        )
        self.page = self.context.new_page()
        self.page.add_init_script(WATCH_SHIFTS)
        self.sent: list[int] = []
        self.said: list[str] = []
        self.page.on("requestfinished", self._weigh)
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _weigh(self, request: Request) -> None:
        if request.resource_type in ("document", "stylesheet", "script"):
            self.sent.append(request.sizes()["responseBodySize"])

    def complaints(self) -> Iterator[str]:
        if (shifted := self.page.evaluate("shifted")) > STILL:
            yield f"moves by {shifted} while it loads"
        if not 1_000 < sum(self.sent) < HEAVIEST:
            yield f"weighs {sum(self.sent)} bytes"
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield "scrolls sideways"
        yield from (text for text in self.said if "404" not in text)  # such as breaches of the page's own policy


@pytest.mark.parametrize("address", EVERY_KIND)
def test_a_page_is_accessible_light_and_still(browser: Browser, library: Served, address: str) -> None:
    found = []
    for width in WIDTHS:
        tab = Watched(browser, library.address, width)
        page = tab.page
        page.goto(quote(address, safe="/?=&%"), wait_until="networkidle")
        found += [f"{width}px {told}" for told in tab.complaints()]
        page.evaluate(AXE)
        found += [f"{width}px light {told}" for told in violations(page, RULES)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width}px dark {told}" for told in violations(page, COLOURS)]
        tab.context.close()
    assert found == []


def test_what_was_found_about_a_draft_is_accessible_and_stays_within_the_screen(
    browser: Browser, library: Served
) -> None:
    """The one page that has no address: it answers what was pasted."""
    found = []
    for width in WIDTHS:
        tab = Watched(browser, library.address, width)
        page = tab.page
        page.goto("/check")
        page.get_by_role("textbox", name="或粘贴文字").fill(PASTED)
        page.get_by_role("button", name="检查").click()
        page.wait_for_url("**/check#found")
        page.wait_for_load_state("networkidle")
        found += [f"{width}px {told}" for told in tab.complaints()]
        page.evaluate(AXE)
        found += [f"{width}px light {told}" for told in violations(page, RULES)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width}px dark {told}" for told in violations(page, COLOURS)]
        tab.context.close()
    assert found == []


@pytest.mark.parametrize("address", EVERY_KIND)
def test_the_narrowest_screen_needs_no_scrolling_sideways(page: Page, address: str) -> None:
    """WCAG 1.4.10: 320 px, which is also 1280 px at 400 % zoom."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(quote(address, safe="/?=&%"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_chosen_dark_theme_has_the_same_colours_as_the_systems(browser: Browser, library: Served) -> None:
    """So that looking at one of them is enough."""
    colours = []
    for scheme, theme in (("dark", "auto"), ("light", "dark")):
        context = browser.new_context(base_url=library.address, color_scheme=scheme)  # type: ignore[arg-type]
        context.add_cookies([{"name": "theme", "value": theme, "url": library.address}])
        page = context.new_page()
        page.goto("/steps")
        names = "[...document.styleSheets[0].cssRules].find(r => r.selectorText === ':root').style"
        colours.append(
            page.evaluate(f"[...{names}].map(n => n + getComputedStyle(document.documentElement).getPropertyValue(n))")
        )
        context.close()
    assert colours[0] == colours[1]
    assert len(colours[0]) > 20


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/search?q=气孔")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
