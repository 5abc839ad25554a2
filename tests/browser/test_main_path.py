"""What people come for, done by a browser: ask, narrow, open, jump, take the original home."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served

FOUND = "article.hit:not(p.nearly ~ article.hit)"
"""Hits that have all the words, without those that fill up a short list."""


def test_from_a_question_to_the_original(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("环缝 气孔")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(FOUND)).to_have_count(5)

    page.get_by_role("link", name="智能建造", exact=True).first.click()
    expect(page.locator(FOUND)).to_have_count(1)
    page.go_back()

    page.get_by_role("heading", name="提高高炉炉壳环缝焊接一次合格率").get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("提高高炉炉壳环缝焊接一次合格率")
    page.locator(".steps-nav").get_by_role("link", name="确定主要原因").click()
    expect(page.locator("#root-causes h2")).to_be_in_viewport()

    with page.expect_download() as download:
        page.get_by_role("link", name="下载原件").click()
    assert download.value.suggested_filename == "炉壳环缝焊接.docx"
    assert Path(download.value.path()).read_bytes() == b"as submitted"


def test_enter_that_ends_a_composition_does_not_search(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "hanfeng", "selectionStart": 7, "selectionEnd": 7})
    page.keyboard.press("Enter")
    assert page.url.endswith("/")
    session.send("Input.insertText", {"text": "焊缝"})
    expect(box).to_have_value("焊缝")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")


def test_the_way_back_leads_to_the_same_place_in_the_list(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto("/search")
    last = page.locator("article.hit h2 a").last
    last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    last.click()
    page.wait_for_url("**/cases/*")
    page.go_back()
    expect(page.locator("article.hit").first).to_be_attached()
    page.wait_for_function("place => Math.abs(scrollY - place) < 5", arg=place)


def test_from_hit_to_hit_inside_a_case(page: Page) -> None:
    page.goto("/cases/2021-0001?q=气孔")
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.current")).to_have_id("hit-1")
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.current")).to_be_in_viewport()
    page.get_by_role("button", name="上一处").click()
    expect(page.locator("mark.current")).to_have_id("hit-1")


def test_a_figure_opens_large_and_closes_with_escape(page: Page) -> None:
    page.goto("/cases/2021-0001#current-state")
    page.locator("a.enlarge").first.click()
    expect(page.locator("dialog.large")).to_be_visible()
    expect(page.locator("dialog.large")).to_contain_text("图1 环缝焊接缺陷排列图")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.large")).to_have_count(0)


def test_the_language_switches_in_one_click_and_stays(page: Page) -> None:
    page.goto("/cases/2021-0001")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Download the original")).to_be_visible()
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Has anyone solved")


def test_cases_are_compared(page: Page) -> None:
    page.goto("/search")
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="对比所选案例").click()
    expect(page.locator("table.aligned > thead th")).to_have_count(2)


def test_everything_needed_works_without_scripts(browser: Browser, library: Served) -> None:
    context = browser.new_context(base_url=library.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("气孔")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("heading", name="提高高炉炉壳环缝焊接一次合格率").get_by_role("link").first.click()
    page.locator(".steps-nav .count").first.click()
    assert page.url.split("#")[1].startswith("hit-")
    page.get_by_role("button", name="深色").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.locator("a.enlarge").first.click()
    assert page.url.endswith("/figures/001.png")
    context.close()
