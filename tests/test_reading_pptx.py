"""Slides: order, titles without a placeholder, groups, tables, charts, notes, pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from indexer.draft import Text
from indexer.reading.pptx import read_pptx
from library.errors import Refused
from tests.reading import group, pictures, place, png, pptx, relations, shape, tables, text_of, texts


def test_reads_what_python_pptx_writes(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "现状调查"
    slide.placeholders[1].text = "合格率为百分之九十一"
    slide.notes_slide.notes_text_frame.text = "讲解词"
    data = CategoryChartData()
    data.categories = ["气孔", "夹渣"]
    data.add_series("频数", (12, 5))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, Inches(4), Inches(3), Inches(3), data)
    table = slide.shapes.add_table(2, 2, 0, Inches(6), Inches(3), Inches(1)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text = "项目"
    table.cell(1, 1).text = "甲"
    deck.save(str(tmp_path / "a.pptx"))
    draft = read_pptx(tmp_path / "a.pptx")
    assert text_of(draft, "现状调查").role == "title"
    assert text_of(draft, "现状调查").size == 44.0  # as the master says
    assert text_of(draft, "讲解词").role == "notes"
    assert [t.rows for t in tables(draft)] == [
        (("", "频数"), ("气孔", "12"), ("夹渣", "5")),
        (("项目", ""), ("", "甲")),
    ]
    assert draft.pages == 1


def test_shapes_are_read_top_to_bottom_and_left_to_right(tmp_path: Path) -> None:
    page = shape("丁", 300) + shape("丙", 100, 400) + shape("乙", 103, 10) + shape("甲", 10)
    assert texts(read_pptx(pptx(tmp_path / "a.pptx", page))) == ["甲", "乙", "丙", "丁"]


def test_a_title_in_a_plain_box_is_the_largest_short_text_near_the_top(tmp_path: Path) -> None:
    page = shape("五、原因分析", 30, size=32) + shape("某公司", 10, size=12) + shape("正文" * 30, 200, size=18)
    draft = read_pptx(pptx(tmp_path / "a.pptx", page))
    assert texts(draft, "title") == ["五、原因分析"]
    assert texts(draft)[0] == "五、原因分析"


def test_a_slide_of_plain_text_has_no_title(tmp_path: Path) -> None:
    page = shape("一段较长的正文，说明施工过程和注意事项，" * 3, 300)
    page += shape("又一段较长的正文，说明检查结果，" * 3, 400)
    assert texts(read_pptx(pptx(tmp_path / "a.pptx", page)), "title") == []


def test_text_in_groups_of_groups_is_read(tmp_path: Path) -> None:
    page = shape("标题", 10, size=30) + group(group(shape("人", 200), shape("机", 220)), top=200)
    draft = read_pptx(pptx(tmp_path / "a.pptx", page))
    assert texts(draft) == ["标题", "人", "机"]
    assert text_of(draft, "机").box


def test_slide_numbers_and_dates_are_not_text_and_a_footer_is_said_once(tmp_path: Path) -> None:
    page = shape("正文内容", 100) + shape("7", 500, holder="sldNum") + shape("某公司", 500, holder="ftr")
    draft = read_pptx(pptx(tmp_path / "a.pptx", page, page))
    assert texts(draft).count("某公司") == 1
    assert "7" not in texts(draft)


def test_all_of_a_contents_slide_is_marked(tmp_path: Path) -> None:
    page = shape("目 录", 10, size=32) + shape("一、选择课题\n二、现状调查", 100)
    assert len(texts(read_pptx(pptx(tmp_path / "a.pptx", page)), "toc")) == 3


def test_a_picture_on_every_slide_is_taken_once(tmp_path: Path) -> None:
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="3" name="x" descr="标志"/></p:nvPicPr><p:blipFill><a:blip r:embed="i"/>'
        f"</p:blipFill><p:spPr>{place(50, 0)}</p:spPr></p:pic>"
    )
    slides = [shape("标题", 10) + picture] * 3
    parts: dict[str, str | bytes] = {
        f"ppt/slides/_rels/slide{n}.xml.rels": relations({"i": ("image", "../media/logo.png")}) for n in range(3)
    }
    draft = read_pptx(pptx(tmp_path / "a.pptx", *slides, parts={**parts, "ppt/media/logo.png": png()}))
    assert [(picture.page, picture.alt) for picture in pictures(draft)] == [(1, "标志")]


def test_automatic_numbers_of_slides_are_told(tmp_path: Path) -> None:
    items = "".join(
        f'<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>' for text in "甲乙"
    )
    page = f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody>{items}</p:txBody></p:sp>"
    draft = read_pptx(pptx(tmp_path / "a.pptx", page))
    assert [block.number for block in draft.blocks if isinstance(block, Text)] == ["1.", "2."]


def test_a_damaged_slide_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    file = pptx(tmp_path / "a.pptx", shape("甲"), shape("乙"), parts={"ppt/slides/slide0.xml": "<broken"})
    draft = read_pptx(file)
    assert texts(draft) == ["乙"]
    assert draft.warnings == ("第 1 张幻灯片已损坏，未收入。",)


def test_groups_nested_beyond_sense_end_in_a_sentence(tmp_path: Path) -> None:
    page = shape("底")
    for _ in range(110):
        page = group(page)
    with pytest.raises((RecursionError, Refused)):
        read_pptx(pptx(tmp_path / "a.pptx", page))


def test_a_word_file_by_another_name_is_no_presentation(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="已损坏"):
        read_pptx(pptx(tmp_path / "a.pptx", parts={"ppt/presentation.xml": "<other/>"}))
