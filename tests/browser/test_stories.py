"""Four people who come with a task: an engineer with ten minutes, a new group, a reviewer, someone on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Served
from tests.drafts import PASTED
from tests.reading_pdf import pdf, say
from tests.sample_site import Site
from tests.test_page_pictures import needs_office
from tests.whole_library import fill


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One of each, to be written to: a reviewer sends feedback."""
    served = Served(fill(Site(tmp_path_factory.mktemp("stories"))))
    yield served
    served.stop()


@pytest.fixture
def phone(browser: Browser, library: Served) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=library.address, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    yield context
    context.close()


def place(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def test_an_engineer_with_a_defect_finds_what_others_did_about_it_and_comes_back_to_the_list(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto("/")
    box = page.get_by_role("combobox")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "qikong", "selectionStart": 6, "selectionEnd": 6})
    page.keyboard.press("Enter")  # takes the letters as they are; no search
    assert page.url.endswith("/")
    session.send("Input.insertText", {"text": "气孔"})
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")

    page.get_by_role("link", name="原因", exact=True).click()  # only where causes are told
    expect(page.locator(".scopes [aria-current]")).to_have_text("原因")
    page.get_by_role("link", name="全文", exact=True).click()
    card = page.locator("article.hit").last
    card.scroll_into_view_if_needed()
    left = place(page)
    assert left > 0
    card.locator(".snippets a.place").first.click()
    page.wait_for_url(re.compile("/cases/.*#"))
    section = page.locator(f"[id='{page.url.split('#')[1]}']")
    expect(section.locator("h2")).to_be_in_viewport()
    expect(page.locator(".chain")).to_contain_text("要因")
    page.go_back()
    page.wait_for_function("left => Math.abs(scrollY - left) < 5", arg=left)
    expect(card).to_be_in_viewport()


def test_a_new_group_reads_in_order_ticks_what_it_has_and_has_its_draft_looked_over(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="新小组从这里开始").click()
    page.get_by_role("radio", name="问题解决型·自定目标").check()
    page.get_by_label("想改进什么？").fill("环缝焊接一次合格率")
    page.get_by_role("button", name="给我阅读路线").click()
    expect(page.locator(".stops > li")).to_have_count(5)
    expect(page.get_by_role("heading", name="依次读这五个案例")).to_be_in_viewport()
    page.locator(".checklist").get_by_role("checkbox").first.check()

    page.locator(".stops a[href*='#root-causes']").click()
    expect(page.locator("#root-causes h2")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".checklist").get_by_role("checkbox").first).to_be_checked()

    page.get_by_role("link", name="自查", exact=True).click()
    page.get_by_label("或粘贴文字").fill(PASTED)
    page.get_by_role("button", name="检查").click()
    missing = page.get_by_role("row", name=re.compile("^原因分析"))
    expect(missing).to_contain_text("没有找到")
    missing.get_by_role("link").first.click()  # how it is written well
    expect(page.get_by_role("heading", name="要写清什么")).to_be_visible()


def test_a_reviewer_sets_reports_side_by_side_looks_at_the_evidence_and_tells_an_error(page: Page) -> None:
    page.goto("/search?q=气孔")
    for case_id in ("2021-0001", "2022-0001"):
        page.locator(f"article.hit input[value='{case_id}']").check()
    page.get_by_role("button", name="对比所选案例").click()
    expect(page.get_by_role("row", name=re.compile("^目标"))).to_contain_text("改进幅度")
    causes = page.locator("tr.step-row", has=page.get_by_role("link", name="确定主要原因"))
    expect(causes.locator("td")).to_have_count(2)
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(causes).to_be_visible()
    page.emulate_media(media="screen")

    page.locator("table.aligned thead a").first.click()
    page.wait_for_url("**/cases/*")
    page.get_by_role("searchbox", name="在本案例中查找").fill("气孔")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.current")).to_be_in_viewport()

    page.get_by_text("反馈：有错误，或对您有帮助").click()
    form = page.locator(".feedback-form")
    form.get_by_label("说明").fill("目标值与第七页不一致")
    form.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_text("谢谢")).to_be_visible()


def test_on_a_phone_results_are_narrowed_a_step_is_read_and_the_way_back_keeps_its_place(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/")
    page.get_by_role("combobox").fill("环缝")
    page.get_by_role("button", name="检索").tap()
    page.get_by_role("link", name="筛选").tap()
    expect(page.locator("#filters")).to_be_in_viewport()
    page.locator("#filters").get_by_role("link", name="2022", exact=True).tap()
    expect(page.locator(".chips")).to_contain_text("2022")

    link = page.locator("article.hit h2 a").last
    link.scroll_into_view_if_needed()
    left = place(page)
    link.tap()
    page.wait_for_url("**/cases/*")
    page.locator(".steps-nav").get_by_role("link", name="确定主要原因").tap()
    expect(page.locator("#root-causes h2")).to_be_in_viewport()
    expect(page.locator(".steps-nav .current")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()  # from the step to the top of the case
    page.go_back()
    page.wait_for_url("**/search?*")
    page.wait_for_function("left => Math.abs(scrollY - left) < 5", arg=left)


@pytest.mark.parametrize("script", [True, False])
def test_pages_of_an_original_that_are_being_prepared_appear_by_themselves(
    browser: Browser, library: Served, script: bool
) -> None:
    site = library.site
    name = f"{script}.pdf"
    made = pdf(site.folder.parent / name, say(name, 60, 60)).read_bytes()
    case_id = site.add(title=f"原件之{script}", original=name, data=made)
    site.app.extensions["page_pictures"].soon = 0
    context = browser.new_context(base_url=library.address, java_script_enabled=script, locale="zh-CN")
    page = context.new_page()
    page.goto(f"/cases/{case_id}/pages")
    expect(page.get_by_role("status").filter(has_text="正在准备")).to_be_visible()
    expect(page.locator("#picture-1")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("正在准备")).to_have_count(0)
    context.close()


@needs_office
def test_the_pages_of_a_word_file_stand_beside_the_report(page: Page, library: Served) -> None:
    document = docx.Document()
    document.add_paragraph("现状调查：一次合格率只有86.4%")
    made = io.BytesIO()
    document.save(made)
    case_id = library.site.add(title="原件为Word", original="报告.docx", data=made.getvalue())
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{library.address}/cases/{case_id}/pages")
    picture = page.locator("#picture-1 img")
    expect(picture).to_be_visible(timeout=90_000)
    page.wait_for_function("picture => picture.complete && picture.naturalWidth > 1000", arg=picture.element_handle())
    expect(page.get_by_text("版面由本站重新生成")).to_be_visible()
    report, original = page.locator("#content .report").first.bounding_box(), picture.bounding_box()
    assert report and original
    assert report["x"] + report["width"] <= original["x"]
