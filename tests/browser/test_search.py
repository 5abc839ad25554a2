"""Narrowing a search in the browser: long lists of values, searching within, another spelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tests.sample_site import Site


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Forty companies with a title each, and one report."""
    site = Site(tmp_path_factory.mktemp("companies"))
    for number in range(40):
        site.add(title=f"提高焊接质量之{number}", unit=f"第{number}冶金公司", sections=(), figures=(), tools=())
    site.add()
    served = Served(site)
    yield served
    served.stop()


@pytest.fixture
def page(browser: Browser, library: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=library.address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_what_is_typed_below_a_long_list_finds_values_at_once_and_narrows(page: Page) -> None:
    page.goto("/search?q=焊接")
    box = page.get_by_role("searchbox", name="在单位中查找")
    box.press_sequentially("39")
    found = page.locator(".facet", has=box).locator("[aria-live] li")
    expect(found).to_have_count(1)
    box.fill("")
    expect(found.first).to_be_hidden()
    box.fill("yejin")
    expect(found).to_have_count(30)
    found.get_by_role("link", name="第2冶金公司", exact=True).click()
    expect(page.locator("article.hit")).to_have_count(1)
    expect(page.locator(".chips")).to_contain_text("单位：第2冶金公司")


def test_results_are_searched_within_and_the_word_taken_away_again(page: Page) -> None:
    page.goto("/search?q=焊接&sort=newest")
    page.get_by_role("searchbox", name="在结果中检索").fill("气孔")
    page.keyboard.press("Enter")
    expect(page.locator("article.hit")).to_have_count(1)
    expect(page.locator(".sorts [aria-current]")).to_have_text("最新")
    page.locator(".chips a", has_text="气孔").click()
    expect(page.get_by_role("status").first).to_contain_text("共 41 条")


@pytest.mark.parametrize("script", [True, False])
def test_a_pasted_text_leads_to_similar_cases_with_and_without_scripts(
    browser: Browser, library: Served, script: bool
) -> None:
    context = browser.new_context(base_url=library.address, java_script_enabled=script, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="相似", exact=True).click()
    page.get_by_role("textbox", name="课题名称或一段文字").fill("气孔多，由于防风棚密封不严，焊丝未按要求烘干")
    page.get_by_role("button", name="查找相似案例").click()
    expect(page.get_by_role("heading", name="原因相近")).to_be_visible()
    expect(page.locator(".likeness mark").first).to_be_visible()
    context.close()
