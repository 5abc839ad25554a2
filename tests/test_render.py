"""Reports are a stranger's text: what they may become on a page, and what never."""

from __future__ import annotations

import lxml.html
import pytest

from library.query import Query
from library.render import Shown, mark_html, render
from library.snippets import marker

FIGURES = {"001.png": Shown("/cases/2021-0001/figures/001.png", "图1", 600, 400)}


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ('<img src=x onerror="alert(1)">', "<img"),
        ("<b onclick=alert(1)>x</b>", "<b"),
        ("[x](javascript:alert(1))", "<a"),
        ("[x](JaVaScRiPt:alert(1))", "<a"),
        ("[x](data:text/html;base64,PHN)", "<a"),
        ("[x](vbscript:x)", "<a"),
        ("<javascript:alert(1)>", "<a"),
        ("![x](https://elsewhere.example/x.png)", "<img"),
        ("![x](figures/../../secret.png)", "<img"),
        ("![x](//elsewhere.example/x.png)", "<img"),
        ("![x](figures/999.png)", "<img"),
        ("[x]: javascript:alert(1)\n\n[x]", "<a"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script"),
        ('<!-- page 3"><script>alert(1)</script> -->', "<script"),
    ],
)
def test_nothing_written_in_a_report_becomes_active(written: str, never: str) -> None:
    assert never not in render(written, FIGURES)


def test_a_caption_cannot_leave_its_attribute() -> None:
    html = render('![" onload="alert(1)](figures/001.png)', FIGURES)
    assert set(lxml.html.fromstring(html).find(".//img").keys()) == {"src", "alt", "width", "height", "loading"}


def test_raw_html_stays_visible_text() -> None:
    assert "&lt;b&gt;粗&lt;/b&gt;" in render("<b>粗</b>")


def test_links_to_web_pages_tell_them_nothing() -> None:
    assert 'rel="noopener noreferrer nofollow"' in render("[标准](https://example.org/gb)")


def test_a_figure_keeps_its_place_and_has_its_caption() -> None:
    html = render("![图1 排列图](figures/001.png)", FIGURES)
    assert 'width="600" height="400"' in html
    assert "<figcaption>图1 排列图</figcaption>" in html
    assert "<p><figure>" not in html


def test_a_figure_that_is_gone_leaves_its_caption() -> None:
    assert "图9 控制图" in render("![图9 控制图](figures/009.png)", FIGURES)


def test_pages_of_the_original_are_marked() -> None:
    html = render("前\n\n<!-- page 12 -->\n\n后", page_label="p. {page}")
    assert '<span class="page" id="page-12">p. 12</span>' in html


def test_a_cell_may_hold_several_lines() -> None:
    assert "<br>" in render("| a |\n|---|\n| 一<br>二 |").split("<td>")[1]


def test_tables_scroll_in_a_box_that_the_keyboard_reaches() -> None:
    assert '<div class="table" tabindex="0" role="group" aria-label="表格">' in render("|a|\n|-|\n|b|")


def test_numbers_stand_under_each_other() -> None:
    html = render("| 缺陷 | 频数 | 频率 |\n|---|---|---|\n| 气孔 | 41 | 50.0% |\n| 合计 | 82 | — |")
    assert html.count('class="number"') == 6


def test_the_line_above_a_table_is_its_caption() -> None:
    assert '<p class="table-caption">表1 缺陷调查表</p>' in render("表1 缺陷调查表\n\n|a|\n|-|\n|b|")


def test_a_line_end_between_chinese_characters_is_no_space() -> None:
    assert "交流会，行业代表" in render("交流会，\n行业代表")
    assert "QC\ncircle" in render("QC\ncircle")


def test_headings_inside_a_section_stand_below_its_own() -> None:
    assert render("# 大标题") == "<h3>大标题</h3>\n"


def test_indented_lines_and_dashes_are_what_people_meant() -> None:
    html = render("    缩进的一段\n\n结论\n---\n")
    assert "<code>" not in html
    assert "<h3>" not in html


def test_marks_stand_in_text_and_never_in_tags() -> None:
    html = render("![气孔](figures/001.png)\n\n气孔 [气孔](https://example.org/气孔)", FIGURES)
    marked, count = mark_html(html, marker(Query(q="气孔")))
    assert 'alt="气孔"' in marked
    assert '<mark id="hit-1">气孔</mark>' in marked
    assert count == 3


def test_marks_do_not_open_what_was_escaped() -> None:
    marked, _ = mark_html(render("<script>气孔</script> & 气孔"), marker(Query(q="气孔 script")))
    assert "<script" not in marked
    assert "&amp;" in marked


@pytest.mark.parametrize(
    "written",
    ["![" * 20_000, "[a](" * 8_000, "*a _b " * 8_000, "> " * 4_000 + "a", "|a" * 200 + "|\n" + "|-" * 200 + "|\n"],
    ids=["pictures", "links", "emphasis", "quotes", "cells"],
)
def test_no_text_keeps_the_renderer_busy_without_end(written: str) -> None:
    assert render(written)  # a renderer that is quadratic here would not come back while anyone waits
