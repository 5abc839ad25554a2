"""Learning from others, done by a browser: a new group's path, steps and tools, numbers, a draft looked over."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tests.browser.test_accessible import STILL, WATCH_SHIFTS
from tests.drafts import PASTED


def test_a_new_group_gets_a_path_and_a_checklist_that_keeps_its_ticks(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="新小组从这里开始").click()
    page.get_by_role("radio", name="问题解决型·自定目标").check()
    page.get_by_label("想改进什么？").fill("环缝焊接一次合格率")
    page.get_by_role("button", name="给我阅读路线").click()
    expect(page.locator(".stops > li")).to_have_count(5)
    expect(page.locator(".stops > li").nth(1)).to_contain_text("确定主要原因")

    box = page.locator(".checklist").get_by_role("checkbox").nth(3)
    box.check()
    page.reload()
    expect(box).to_be_checked()
    page.emulate_media(media="print")
    expect(page.locator(".questions-form")).to_be_hidden()
    expect(box).to_be_visible()

    page.emulate_media(media="screen")
    page.locator(".stops a[href*='#root-causes']").click()
    expect(page.locator("#root-causes h2")).to_be_in_viewport()


def test_a_draft_is_pasted_and_its_findings_are_read(page: Page) -> None:
    page.goto("/check")
    page.get_by_label("或粘贴文字").fill(PASTED)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", name="提高炉壳环缝焊接一次合格率")).to_be_in_viewport()
    expect(page.get_by_role("row", name=re.compile("^原因分析"))).to_contain_text("没有找到")
    expect(page.get_by_role("row", name=re.compile("^设定目标"))).to_contain_text("有")
    findings = page.locator(".findings")
    expect(findings.nth(0)).to_contain_text(re.compile("9[56]"))  # the goal is 96 % first and 95 % later
    expect(findings.nth(1)).to_contain_text("雷同")
    findings.nth(1).get_by_role("link").first.click()
    page.wait_for_url("**/cases/2021-*")


def test_learning_checking_and_comparing_work_without_scripts(browser: Browser, library: Served) -> None:
    context = browser.new_context(base_url=library.address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/start")
    page.get_by_role("radio", name="问题解决型·自定目标").check()
    page.get_by_role("button", name="给我阅读路线").click()
    expect(page.locator(".stops > li")).to_have_count(5)
    expect(page.get_by_role("button", name="打印")).to_be_hidden()  # what a link or form cannot do is not offered

    page.goto("/check")
    page.get_by_label("或粘贴文字").fill(PASTED)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("row", name=re.compile("^原因分析"))).to_contain_text("没有找到")

    page.goto("/search?q=气孔")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="对比所选案例").click()
    page.locator("table.aligned thead a").first.click()
    page.get_by_role("searchbox", name="在本案例中查找").fill("气孔")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("处命中")).first.click()
    expect(page.locator("mark#hit-1")).to_be_in_viewport()
    page.get_by_text("反馈：有错误，或对您有帮助").click()
    expect(page.get_by_role("button", name="提交反馈")).to_be_visible()
    context.close()


def test_from_a_step_to_how_a_winner_wrote_it(page: Page) -> None:
    page.goto("/steps")
    page.get_by_role("link", name="原因分析").first.click()
    expect(page.get_by_role("heading", name="常见毛病")).to_be_visible()
    page.locator(".kinds details[open]").first.get_by_role("link", name="在报告中").click()
    expect(page.locator("#causes h2")).to_be_in_viewport()


def test_a_tools_figures_open_large_and_lead_to_their_cases(page: Page) -> None:
    page.goto("/tools")
    page.get_by_role("link", name="排列图").click()
    page.locator(".gallery a.enlarge").first.click()
    expect(page.locator("dialog.large")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".gallery figcaption a").first.click()
    page.wait_for_url("**/cases/*#current-state")


def test_a_bar_of_a_chart_and_a_cell_of_its_table_lead_to_the_same_search(browser: Browser, library: Served) -> None:
    """Also where scripts are switched off."""
    context = browser.new_context(base_url=library.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/stats")
    page.locator("svg.columns a").nth(1).click()
    assert page.url.endswith("/search?year=2022")
    expect(page.locator("article.hit")).to_have_count(2)
    page.go_back()
    page.get_by_text("数据表").first.click()
    page.get_by_role("link", name="2022", exact=True).first.click()
    assert page.url.endswith("/search?year=2022")
    context.close()


def test_lists_that_the_browser_keeps_do_not_push_the_page_about(browser: Browser, library: Served) -> None:
    context = browser.new_context(base_url=library.address, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    for address in ("/cases/2021-0001", "/cases/2022-0001"):
        page.goto(address)
        page.get_by_role("button", name="收藏").first.click()
    for address in ("/", "/mine"):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("shifted") < STILL, address
    context.close()
