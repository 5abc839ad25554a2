"""Reading habits: keys, favourites and lists that stay in the browser, what was read last, paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


def test_keys_lead_to_the_search_box_and_through_the_results(page: Page) -> None:
    page.goto("/search")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit.current")).to_have_count(1)
    expect(page.locator(".hit").nth(1)).to_have_class("hit current")
    page.keyboard.press("k")
    expect(page.locator(".hit").nth(0)).to_have_class("hit current")
    page.keyboard.press("c")
    expect(page.locator(".hit").nth(0).get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_keys_that_are_typed_into_a_box_are_text(page: Page) -> None:
    page.goto("/search")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("j/?1")
    expect(box).to_have_value("j/?1")
    expect(page.locator(".hit.current")).to_have_count(0)


def test_digits_jump_to_steps_and_brackets_to_hits(page: Page) -> None:
    page.goto("/cases/2021-0001?q=气孔")
    page.keyboard.press("5")
    page.wait_for_url("**#root-causes")
    page.keyboard.press("]")
    expect(page.locator("mark.current")).to_have_id("hit-1")


def test_c_on_a_case_compares_it_with_the_most_similar_one(page: Page) -> None:
    page.goto("/cases/2021-0001")
    similar = page.locator(".similar li", has=page.get_by_role("link", name="对比")).first.get_by_role("link").first
    title = similar.inner_text()
    page.keyboard.press("c")
    page.wait_for_url("**/compare?id=2021-0001&id=*")
    expect(page.locator("table.aligned > thead th")).to_have_count(2)
    expect(page.locator("table.aligned > thead th").nth(1)).to_contain_text(title)


def test_the_steps_stay_in_view_beside_the_report(page: Page) -> None:
    page.goto("/cases/2021-0001")
    page.locator("#results h2").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)
    expect(page.locator(".steps-nav .current")).to_have_text("效果检查")
    expect(page.locator(".steps-nav").get_by_role("link", name="选择课题")).to_be_in_viewport()


def test_a_question_mark_shows_the_keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()


def test_favourites_stay_and_can_be_shared_exported_and_brought_in(page: Page, tmp_path: Path) -> None:
    page.goto("/cases/2021-0001")
    page.get_by_role("button", name="收藏").click()
    page.goto("/search")
    page.locator("[data-star='2022-0001']").click()
    page.goto("/mine")
    kept = page.locator("[data-entries=kept] a")
    expect(kept).to_have_count(2)

    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    file = tmp_path / "kept.json"
    download.value.save_as(file)
    assert [entry["id"] for entry in json.loads(file.read_text("utf-8"))["favourites"]] == ["2021-0001", "2022-0001"]

    page.get_by_role("button", name="移除").first.click()
    expect(kept).to_have_count(1)
    page.locator("[data-import]").set_input_files(file)
    expect(kept).to_have_count(2)

    page.get_by_role("link", name="作为阅读清单打开").click()
    expect(page.locator("article.hit")).to_have_count(2)


def test_favourites_are_one_click_away_on_every_page(page: Page) -> None:
    page.goto("/steps/goal")
    page.get_by_role("banner").get_by_role("link", name="我的收藏").click()
    expect(page.get_by_role("heading", level=1, name="我的收藏")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/cases/2021-0001", "/compare?id=2021-0001&id=2022-0001", "/list?id=2021-0001", "/start?kind=self-set"]
)
def test_what_is_taken_along_on_paper_has_a_button_for_it(page: Page, address: str) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    page.goto(address)
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("printed") == 1


def test_a_file_that_is_no_list_changes_nothing(page: Page, tmp_path: Path) -> None:
    page.goto("/mine")
    file = tmp_path / "bad.json"
    file.write_text('{"favourites": [{"id": "javascript:alert(1)", "title": "x"}]}', encoding="utf-8")
    page.locator("[data-import]").set_input_files(file)
    expect(page.locator("[data-entries=kept] a")).to_have_count(0)


def test_what_was_read_last_stands_on_the_home_page(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="最近读过")).to_be_hidden()
    page.goto("/cases/2021-0001")
    page.goto("/")
    expect(page.locator("[data-entries=recent]")).to_contain_text("提高高炉炉壳环缝焊接一次合格率")


@pytest.mark.parametrize("clipboard", ["navigator.clipboard", "the selection"])
def test_a_link_to_pass_on_is_copied_also_where_the_site_has_no_https(page: Page, clipboard: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if clipboard == "the selection":
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto("/cases/2021-0001?q=气孔#causes")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    page.goto("/")
    page.get_by_role("combobox").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("combobox")).to_have_value(re.compile("^http://127.0.0.1:[0-9]+/cases/2021-0001$"))


def test_the_theme_switch_turns_the_page_dark(page: Page) -> None:
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_steps_stay_in_view_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/cases/2021-0001")
    page.locator("#results h2").scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    here = page.locator(".steps-nav .current")
    expect(here).to_have_text("效果检查")
    expect(here).to_be_in_viewport()


def test_the_pages_of_the_original_follow_the_text_and_open_large(page: Page) -> None:
    page.goto("/cases/2022-0001/pages")
    fifth = page.locator("#picture-5")
    expect(fifth).not_to_be_in_viewport()
    page.get_by_role("link", name="第 5 页", exact=True).click()
    expect(fifth.locator("img")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#picture-1")).to_have_class("current")
    page.locator(".steps-nav").get_by_role("link", name="总结").click()
    expect(fifth).to_have_class("current")

    page.locator("#picture-2 a.enlarge").click()
    large = page.locator("dialog.large")
    expect(large).to_contain_text("原件第 2 页　2 / 5")
    page.keyboard.press("ArrowRight")
    expect(large).to_contain_text("原件第 3 页")
    large.get_by_role("button", name="上一张").click()
    expect(large.get_by_role("img")).to_have_attribute("src", re.compile("/2.webp$"))
    large.get_by_role("button", name="关闭").click()
    expect(large).to_have_count(0)


def test_a_printed_case_has_the_report_and_nothing_to_press(page: Page) -> None:
    page.goto("/cases/2021-0001?q=气孔")
    page.emulate_media(media="print")
    expect(page.locator(".report")).to_be_visible()
    for part in (".top", ".steps-nav", ".originals", ".bottom"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".code img")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/search?q=气孔", "/cases/2021-0001", "/compare?id=2021-0001&id=2022-0001"])
def test_paper_is_white_also_for_readers_of_the_dark(page: Page, address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_paper_has_one_set_of_colours_whatever_the_screen_has(page: Page, theme: str) -> None:
    page.emulate_media(media="print", color_scheme="light")
    page.goto("/search")
    colour = "getComputedStyle(document.querySelector('.seal')).color"
    light = page.evaluate(colour)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/search")
    assert page.evaluate(colour) == light
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.evaluate(colour) != light


def test_no_column_of_a_printed_table_is_cut_off(page: Page) -> None:
    page.goto("/stats")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 665, "height": 900})  # what A4 leaves between the margins
    assert (
        page.evaluate("Math.max(...[...document.querySelectorAll('table')].map(t => t.getBoundingClientRect().right))")
        <= 665
    )


def test_completions_are_offered_and_taken_by_keys(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("璟岚")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("article.hit").first).to_be_visible()


def test_no_completions_while_an_input_method_composes(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").focus()
    session = page.context.new_cdp_session(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "complete" in request.url else None)
    session.send("Input.imeSetComposition", {"text": "jing", "selectionStart": 4, "selectionEnd": 4})
    page.wait_for_timeout(400)
    assert [url for url in asked if "complete.json" in url] == []
    session.send("Input.insertText", {"text": "璟岚"})
    expect(page.get_by_role("option").first).to_be_visible()
