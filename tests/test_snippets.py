"""Snippets and marks: on the right characters of the original, with step and page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.case import Case, Section
from library.search import Place
from library.snippets import LENGTH, Piece, mark, marker, snippets
from tests.searching import ask


def marked(text: str, q: str, field: str | None = None) -> list[str]:
    return [piece.text for piece in mark(text, ask(q), field) if piece.matched]


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("焊缝", "提高焊缝合格率", ["焊缝"]),
        ("焊缝", "焊縫質量", ["焊縫"]),
        ("焊縫", "焊缝质量", ["焊缝"]),
        ("bim", "采用ＢＩＭ技术", ["ＢＩＭ"]),
        ("焊缝", "焊 缝 外观", ["焊 缝"]),
        ("处理", "待处理品", ["处理"]),
        ("混凝土", "泵送砼浇筑", ["砼"]),
        ('"一次合格率"', "焊缝一次合格率与合格率", ["一次合格率"]),
        ("焊缝 合格率", "焊缝合格率", ["焊缝合格率"]),
        ("焊缝 -气孔", "焊缝气孔", ["焊缝"]),
        ("PC", "PC构件与SPC图", ["PC"]),
        ("98.5", "达到98.5%", ["98.5"]),
        ("12500", "节约12,500元", ["12,500"]),
        ("单位:五冶", "五冶的焊缝", []),
        ("", "焊缝", []),
        ("<b>", "<b>焊缝</b>", ["<b>"]),
    ],
)
def test_marks_the_original_characters(q: str, text: str, expected: list[str]) -> None:
    assert marked(text, q) == expected


def test_a_field_is_marked_only_for_words_looked_for_there() -> None:
    assert marked("五冶集团", "单位:五冶", field="unit") == ["五冶"]


@given(st.text(alphabet="焊縫缝合格率 ＢIm98.5%，\u200b①", max_size=40))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    pieces = mark(text, ask("焊缝 合格率 BIM 98.5"))
    assert "".join(piece.text for piece in pieces) == text


def test_markup_in_a_report_stays_text() -> None:
    assert mark("<img src=x>焊缝", ask("焊缝")) == (Piece("<img src=x>", False), Piece("焊缝", True))


def report(*sections: Section, title: str = "") -> Case:
    return Case(id="2021-0001", title=title, sections=sections)


def test_a_snippet_knows_its_step_its_heading_and_its_page() -> None:
    case = report(
        Section(
            "causes", "原因分析", "<!-- page 7 -->\n人员因素\n\n<!-- page 8 -->\n### 1. 焊材\n\n焊丝受潮，**未烘干**。"
        )
    )
    (snippet,) = snippets(case, ask("焊丝"))
    assert (snippet.step, snippet.heading, snippet.page) == ("causes", "1. 焊材", 8)
    assert snippet.pieces == (Piece("焊丝", True), Piece("受潮，未烘干。", False))


def test_the_passage_with_most_of_the_words_comes_first() -> None:
    case = report(
        Section("overview", "概况", "焊缝共十二道。"),
        Section("results", "效果检查", "焊缝一次合格率提高到97%。"),
    )
    assert [s.step for s in snippets(case, ask("焊缝 合格率"))] == ["results", "overview"]


def test_different_steps_are_shown_rather_than_one_step_three_times() -> None:
    case = report(
        Section("causes", "原因", "焊缝有气孔。\n\n焊缝有夹渣。\n\n焊缝有裂纹。"),
        Section("results", "效果", "焊缝合格。"),
    )
    assert {s.step for s in snippets(case, ask("焊缝"), count=2)} == {"causes", "results"}


@pytest.mark.parametrize("below", ["图1 气孔因果图", "图１气孔因果图（小组绘制）", "**图1 气孔因果图**"])
def test_a_caption_below_its_picture_is_not_shown_twice(below: str) -> None:
    picture = f"![图1 气孔因果图](figures/001.png)\n\n{below}\n\n表2 气孔分布"
    shown = [s.text for s in snippets(report(Section("causes", "原因", picture)), ask("气孔"))]
    assert len(shown) == 2
    assert "表2 气孔分布" in shown


def test_the_title_is_not_repeated_unless_there_is_nothing_else() -> None:
    title = Section("overview", "概况", "提高焊缝合格率")
    both = report(title, Section("causes", "原因", "焊缝有气孔。"), title="提高焊缝合格率")
    assert [s.step for s in snippets(both, ask("焊缝"))] == ["causes"]
    assert [s.step for s in snippets(report(title, title="提高焊缝合格率"), ask("焊缝"))] == ["overview"]


def test_a_search_inside_a_step_shows_only_that_step() -> None:
    case = report(Section("causes", "原因", "焊缝有气孔。"), Section("results", "效果", "焊缝合格。"))
    assert [s.step for s in snippets(case, ask("焊缝", step=("causes",)))] == ["causes"]


@pytest.mark.parametrize("known", [[Place(9, 0, 7), Place(8, 3, 0), Place(1, 0, 0)], [Place(9, 0, 7)]])
def test_places_that_a_changed_report_no_longer_has_are_passed_over(known: list[Place]) -> None:
    case = report(Section("causes", "原因", "焊缝有气孔。"))
    assert [s.text for s in snippets(case, ask("焊缝"), known=known)] == ["焊缝有气孔。"]


def test_a_long_passage_is_cut_around_its_matches() -> None:
    case = report(Section("results", "效果", "检查记录完整。" * 60 + "焊缝合格。" + "检查记录完整。" * 60))
    (snippet,) = snippets(case, ask("焊缝"))
    assert Piece("焊缝", True) in snippet.pieces
    assert len(snippet.text) <= LENGTH + 2
    assert snippet.text.startswith("…检查记录完整。") and snippet.text.endswith("…")


def test_a_table_row_is_a_passage() -> None:
    case = report(Section("current-state", "现状", "| 缺陷 | 频数 |\n|---|---|\n| 气孔 | 41 |\n| 夹渣 | 23 |"))
    (snippet,) = snippets(case, ask("气孔"))
    assert snippet.text == "气孔 | 41"


def test_a_figure_is_found_by_its_caption() -> None:
    case = report(Section("causes", "原因", "![图3 气孔因果图](figures/003.png)"))
    (snippet,) = snippets(case, ask("因果图"))
    assert snippet.text == "图3 气孔因果图"


def test_the_reviewers_comment_is_shown_when_only_it_matches() -> None:
    case = Case(id="2021-0001", title="", comment="对策可操作性强", sections=(Section("results", "", "合格"),))
    (snippet,) = snippets(case, ask("可操作性"))
    assert (snippet.step, snippet.heading) == ("", "点评")


def test_without_words_there_is_nothing_to_show() -> None:
    assert snippets(report(Section("results", "", "合格")), ask()) == ()


def test_marks_inside_latin_words_only_where_the_search_had_to_look_there() -> None:
    case = report(Section("results", "", "SPC图受控"))
    (snippet,) = snippets(case, ask("PC"))
    assert Piece("PC", True) in snippet.pieces


def test_the_marker_gives_spans_for_any_text() -> None:
    assert marker(ask("焊缝 气孔")).spans("焊缝中的气孔") == [(0, 2), (4, 6)]
