"""PDF with text: lines and paragraphs, ruled tables, running heads, pictures, tables of contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.draft import Table, Text
from indexer.reading.pdf import read_pdf
from library.errors import Refused
from tests.reading import pictures, tables, text_of, texts
from tests.reading_pdf import image, pdf, rule, say

LONG = "焊缝一次合格率是衡量施工质量的重要指标本工程共有焊口三千二百"
SHORT = "个要求合格率不低于百分之九十六。"


def test_lines_that_were_only_full_make_one_paragraph(tmp_path: Path) -> None:
    page = say(LONG, 60, 100) + say(SHORT, 60, 120) + say("下一段的开头缩进两格", 84, 140)
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [LONG + SHORT, "下一段的开头缩进两格"]


def test_characters_are_put_in_order_by_their_place(tmp_path: Path) -> None:
    page = say("调查", 84, 100) + say("现状", 60, 100.4)
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == ["现状调查"]


def test_size_weight_and_place_are_told(tmp_path: Path) -> None:
    page = say("成果报告", 250, 100, 24, bold=True) + say("正文", 60, 200)
    draft = read_pdf(pdf(tmp_path / "a.pdf", page))
    title = text_of(draft, "成果报告")
    assert (title.size, title.bold, title.centered, title.page) == (24.0, True, True, 1)
    assert not text_of(draft, "正文").bold


def test_text_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    page = say("提高预埋", 60, 100) + say("提高预埋", 60.4, 100.2)
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == ["提高预埋"]


def test_doubled_characters_that_stand_apart_are_kept(tmp_path: Path) -> None:
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", say("渐渐天天", 60, 100)))) == ["渐渐天天"]


def grid() -> str:
    """Three rows, two columns; the first row is one cell."""
    rows = "".join(rule(60, y, 360, y) for y in (100, 130, 160, 190))
    return rows + rule(60, 100, 60, 190) + rule(360, 100, 360, 190) + rule(200, 130, 200, 190)


def test_ruled_tables_keep_rows_columns_and_merged_cells(tmp_path: Path) -> None:
    words = say("现状调查表", 150, 120) + say("气孔", 70, 150) + say("夹渣", 70, 180) + say("12", 210, 150)
    draft = read_pdf(pdf(tmp_path / "a.pdf", say("表1 缺陷统计", 60, 90) + grid() + words + say("后文", 60, 220)))
    [table] = tables(draft)
    assert table.rows == (("现状调查表", ""), ("气孔", "12"), ("夹渣", ""))
    assert table.caption == "表1 缺陷统计"
    assert texts(draft) == ["表1 缺陷统计", "后文"]


def test_what_stands_in_a_table_is_not_said_again_and_the_order_is_kept(tmp_path: Path) -> None:
    words = say("项目", 70, 120) + say("甲", 70, 150) + say("乙", 210, 150)
    draft = read_pdf(pdf(tmp_path / "a.pdf", say("前文", 60, 60) + grid() + words + say("后文", 60, 220)))
    assert [type(block) for block in draft.blocks] == [Text, Table, Text]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    frame = rule(50, 80, 400, 80) + rule(50, 200, 400, 200) + rule(50, 80, 50, 200) + rule(400, 80, 400, 200)
    draft = read_pdf(pdf(tmp_path / "a.pdf", frame + say("框里的字", 60, 100)))
    assert not tables(draft)
    assert texts(draft) == ["框里的字"]


def test_running_heads_are_said_once_and_page_numbers_never(tmp_path: Path) -> None:
    def page(number: int) -> str:
        return (
            say("某公司QC小组成果", 60, 40, 9) + say(f"第{number}段正文", 60, 200) + say(f"- {number} -", 280, 810, 9)
        )

    draft = read_pdf(pdf(tmp_path / "a.pdf", *map(page, range(1, 6))))
    assert texts(draft, "header") == ["某公司QC小组成果"]
    assert texts(draft, "") == [f"第{number}段正文" for number in range(1, 6)]
    assert text_of(draft, "第4段正文").page == 4


def test_a_paragraph_goes_on_over_the_page_break(tmp_path: Path) -> None:
    first = say("本段由此开始" + LONG[6:], 60, 760) + say(LONG, 60, 780)
    draft = read_pdf(pdf(tmp_path / "a.pdf", first, say(SHORT, 60, 120)))
    assert texts(draft) == ["本段由此开始" + LONG[6:] + LONG + SHORT]


def test_leader_dots_mark_a_table_of_contents(tmp_path: Path) -> None:
    page = say("目录", 280, 60, 16) + say("一、选择课题………………3", 60, 100) + say("二、现状调查........5", 60, 120)
    draft = read_pdf(pdf(tmp_path / "a.pdf", page, say("一、选择课题", 60, 100)))
    assert len(texts(draft, "toc")) == 3
    assert text_of(draft, "一、选择课题").role == ""


def test_boxes_side_by_side_are_read_apart(tmp_path: Path) -> None:
    page = say("左栏第一行文字", 60, 100) + say("右栏第一行文字", 320, 100)
    page += say("左栏第二行。", 60, 118) + say("右栏第二行。", 320, 118)
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [
        "左栏第一行文字左栏第二行。",
        "右栏第一行文字右栏第二行。",
    ]


LEFT = [
    "一、选择课题", "焊缝一次合格率只有百分之八十五，", "比公司要求的九成低了五个百分点。",
    "返修占用工期，而且还增加了费用，", "小组选定本课题。",
]  # fmt: skip
RIGHT = [
    "二、现状调查", "小组抽查了四百道焊缝，其中六十道", "不合格，气孔占七成，是本次的症结。",
    "其余为咬边、夹渣和未熔合等等几种。", "三、设定目标",
]  # fmt: skip


def columns(at: float, step: float) -> str:
    left = "".join(say(text, 50, at + n * 18) for n, text in enumerate(LEFT))
    return left + "".join(say(text, 310, at + n * step) for n, text in enumerate(RIGHT))


@pytest.mark.parametrize("step", [18, 23])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, step: float) -> None:
    draft = read_pdf(pdf(tmp_path / "a.pdf", columns(100, step)))
    said = "".join(texts(draft))
    assert said == "".join(LEFT + RIGHT)


def test_what_runs_across_both_columns_parts_them(tmp_path: Path) -> None:
    title = say("提高大体积混凝土施工质量合格率的做法", 150, 60, 16)
    middle = say("上述调查说明，气孔是影响焊缝一次合格率的症结，解决了它目标就能够实现，小组对此有信心。", 50, 220)
    draft = read_pdf(pdf(tmp_path / "a.pdf", title + columns(100, 18) + middle + columns(260, 18)))
    said = "".join(texts(draft))
    parts = ["提高大体积混凝土施工质量合格率的做法", *LEFT, *RIGHT]
    assert said.startswith("".join(parts))
    assert said.endswith("小组对此有信心。" + "".join(LEFT + RIGHT))


def test_labels_and_values_side_by_side_are_no_columns(tmp_path: Path) -> None:
    rows = [("小组名称", "飞跃小组"), ("课题类型", "现场型"), ("组长", "张某某"), ("小组人数", "10人")]
    page = "".join(say(a, 60, 100 + n * 40) + say(b, 310, 100 + n * 40) for n, (a, b) in enumerate(rows))
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [text for row in rows for text in row]


def test_pictures_are_taken_once_with_their_caption(tmp_path: Path) -> None:
    page = say("见下图。", 60, 100) + image(100, 120, 200, 150) + say("图1 焊接现场", 150, 290)
    draft = read_pdf(pdf(tmp_path / "a.pdf", page, image(100, 120, 200, 150) + say("又一页", 60, 100)))
    [picture] = pictures(draft)
    assert (picture.kind, picture.page, picture.caption) == ("png", 1, "图1 焊接现场")


def test_a_page_that_is_only_a_picture_is_told_as_a_scan(tmp_path: Path) -> None:
    draft = read_pdf(pdf(tmp_path / "a.pdf", say("封面上的文字", 60, 100), image(0, 0, 595, 842)))
    assert draft.scanned == (2,)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, rotate: int) -> None:
    turns = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}
    page = f"q {turns[rotate]} cm {say('先读', 60, 100)}{say('后读', 60, 140)} Q"
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page, rotate=rotate))) == ["先读", "后读"]


def test_slanting_watermarks_are_left_out(tmp_path: Path) -> None:
    mark = "q 0.7 0.7 -0.7 0.7 300 -100 cm " + say("内部资料", 0, 500, 40) + "Q\n"
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", mark + say("正文", 60, 100)))) == ["正文"]


def test_properties_are_told(tmp_path: Path) -> None:
    draft = read_pdf(pdf(tmp_path / "a.pdf", say("正文", 60, 100), info={"Title": "提高合格率", "Author": "张三"}))
    assert draft.properties["title"] == "提高合格率"
    assert draft.properties["creator"] == "张三"


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="501 页，超过 500 页"):
        read_pdf(pdf(tmp_path / "a.pdf", *[""] * 501))


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.5\nnothing more")
    with pytest.raises(Refused, match="已损坏"):
        read_pdf(broken)
