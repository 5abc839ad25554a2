"""Word files: order, looks, automatic numbers, boxes, tables, pictures, tables of contents."""

from __future__ import annotations

from pathlib import Path

import docx as python_docx
import pytest

from indexer.draft import Table, Text
from indexer.reading.docx import read_docx
from indexer.reading.docx_numbers import formatted
from library.errors import Refused
from tests.reading import WORD, docx, drawing, p, pictures, png, r, tables, tbl, tc, text_box, text_of, texts

HEADING = '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:pPr>{p}</w:pPr></w:style>'


def test_reads_what_python_docx_writes(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_heading("提高焊缝一次合格率", 0)
    document.add_heading("一、选择课题", 1)
    document.add_paragraph("焊缝一次合格率偏低。")
    document.save(str(tmp_path / "a.docx"))
    draft = read_docx(tmp_path / "a.docx")
    assert text_of(draft, "提高焊缝一次合格率").role == "title"
    assert text_of(draft, "一、选择课题").level == 1
    assert text_of(draft, "焊缝一次合格率偏低。").level is None
    assert draft.kind == "docx"


@pytest.mark.parametrize(
    ("style_id", "name", "properties", "level"),
    [
        ("Heading2", "heading 2", "", 2),
        ("1", "heading 1", "", 1),  # WPS and Chinese Word number their style ids
        ("a3", "标题 3", "", 3),
        ("zhang", "章标题", '<w:outlineLvl w:val="0"/>', 1),
        ("zheng", "正文缩进", '<w:outlineLvl w:val="9"/>', None),
    ],
)
def test_heading_levels_come_from_the_style(
    tmp_path: Path, style_id: str, name: str, properties: str, level: int | None
) -> None:
    style = HEADING.format(id=style_id, name=name, p=properties)
    draft = read_docx(docx(tmp_path / "a.docx", p("现状调查", f'<w:pStyle w:val="{style_id}"/>'), styles=style))
    assert text_of(draft, "现状调查").level == level


def test_an_outline_level_of_the_paragraph_makes_a_heading(tmp_path: Path) -> None:
    draft = read_docx(docx(tmp_path / "a.docx", p("现状调查", '<w:outlineLvl w:val="1"/>')))
    assert text_of(draft, "现状调查").level == 2


def test_a_style_takes_over_what_it_is_based_on_even_in_a_ring(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/></w:style>'
    )
    draft = read_docx(docx(tmp_path / "a.docx", p("现状调查", '<w:pStyle w:val="A"/>'), styles=styles))
    assert text_of(draft, "现状调查").level == 2


def test_looks_are_those_of_most_characters(tmp_path: Path) -> None:
    bold = '<w:b/><w:sz w:val="32"/>'
    body = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{r("要因", bold)}{r("确认分析", bold)}{r("略", "")}</w:p>'
    text = text_of(read_docx(docx(tmp_path / "a.docx", body)), "要因确认分析略")
    assert (text.bold, text.size, text.centered) == (True, 16.0, True)


def test_bold_can_be_switched_off_in_a_run(tmp_path: Path) -> None:
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="强调"/><w:rPr><w:b/></w:rPr></w:style>'
    body = p("正文", '<w:pStyle w:val="S"/>', '<w:b w:val="0"/>') + p("重点", '<w:pStyle w:val="S"/>')
    draft = read_docx(docx(tmp_path / "a.docx", body, styles=style))
    assert [block.bold for block in draft.blocks if isinstance(block, Text)] == [False, True]


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_computed_as_word_shows_them(tmp_path: Path) -> None:
    body = "".join(
        numbered(text, level) for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2)]
    )
    draft = read_docx(docx(tmp_path / "a.docx", body, numbering=NUMBERING))
    numbers = [block.number for block in draft.blocks if isinstance(block, Text)]
    assert numbers == ["第一章", "1.1", "1.2", "第二章", "2.1", ""]


def test_a_list_may_start_again(tmp_path: Path) -> None:
    body = numbered("甲", 0) + numbered("乙", 0) + numbered("丙", 0, number=2) + numbered("丁", 0, number=2)
    draft = read_docx(docx(tmp_path / "a.docx", body, numbering=NUMBERING))
    assert [b.number for b in draft.blocks if isinstance(b, Text)] == ["第一章", "第二章", "第一章", "第二章"]


def test_list_items_say_their_level_and_whether_they_are_numbered(tmp_path: Path) -> None:
    draft = read_docx(docx(tmp_path / "a.docx", numbered("甲", 1) + numbered("乙", 2), numbering=NUMBERING))
    assert [(b.list_level, b.ordered) for b in draft.blocks if isinstance(b, Text)] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("count", "kind", "shown"),
    [
        (10, "chineseCounting", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalEnclosedCircle", "⑦"),
        (7, "decimalZero", "07"),
        (10**9, "upperRoman", "1000000000"),
        (5, "unknownFormat", "5"),
    ],
)
def test_number_formats(count: int, kind: str, shown: str) -> None:
    assert formatted(count, kind) == shown


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    body = f"<w:p>{r('前')}{text_box(p('框里的字'))}</w:p>"
    draft = read_docx(docx(tmp_path / "a.docx", body))
    assert texts(draft) == ["前", "框里的字"]
    assert text_of(draft, "框里的字").box


def test_merged_cells_say_their_text_once(tmp_path: Path) -> None:
    table = tbl(
        [tc("序号", '<w:vMerge w:val="restart"/>'), tc("现场数据", '<w:gridSpan w:val="2"/>')],
        [tc("不应出现", "<w:vMerge/>"), tc("甲"), tc("乙")],
    )
    draft = read_docx(docx(tmp_path / "a.docx", table))
    assert tables(draft)[0].rows == (("序号", "现场数据", ""), ("", "甲", "乙"))


def test_a_claimed_span_of_a_billion_columns_is_bounded(tmp_path: Path) -> None:
    table = tbl([tc("甲", '<w:gridSpan w:val="1000000000"/>'), tc("乙")], [tc("丙"), tc("丁")])
    rows = tables(read_docx(docx(tmp_path / "a.docx", table)))[0].rows
    assert len(rows[0]) <= 200


def test_automatic_numbers_in_cells_are_kept(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    table = tbl([tc(numbered("", 0)), tc("甲")], [tc(numbered("", 0)), tc("乙")])
    draft = read_docx(docx(tmp_path / "a.docx", table, numbering=numbering))
    assert tables(draft)[0].rows == (("1", "甲"), ("2", "乙"))


def test_a_table_in_a_table_follows_it_and_is_not_repeated(tmp_path: Path) -> None:
    inner = tbl([tc("内1"), tc("内2")])
    draft = read_docx(docx(tmp_path / "a.docx", tbl([tc("外1"), tc(p("外2") + inner)])))
    assert [table.rows for table in tables(draft)] == [(("外1", "外2"),), (("内1", "内2"),)]


def test_a_frame_of_one_cell_is_not_a_table(tmp_path: Path) -> None:
    draft = read_docx(docx(tmp_path / "a.docx", tbl([tc(p("一、选题理由") + p("合格率低"))])))
    assert texts(draft) == ["一、选题理由", "合格率低"]
    assert not tables(draft)


def test_a_form_keeps_a_table_inside_a_row_behind_that_row(tmp_path: Path) -> None:
    long = "现场逐日统计，数据由质量员签认。" * 5
    inner = tbl([tc("要因"), tc("措施")], [tc("间距大"), tc("加密")])
    rows = [[tc(name), tc(p(long))] for name in ("选题理由", "现状调查", "原因分析")]
    form = tbl(*rows, [tc("制定对策"), tc(inner + p(""))], [tc("效果检查"), tc(p(long))])
    found = tables(read_docx(docx(tmp_path / "a.docx", form)))
    assert [table.rows[-1][0] for table in found] == ["制定对策", "间距大", "效果检查"]


def test_pictures_carry_true_type_alternative_text_and_caption(tmp_path: Path) -> None:
    body = f"<w:p>{drawing('i', '现场照片')}</w:p>" + p("图1 焊接现场")
    file = docx(tmp_path / "a.docx", body, targets={"i": ("image", "media/x.jpeg")}, parts={"word/media/x.jpeg": png()})
    draft = read_docx(file)
    [picture] = pictures(draft)
    assert (picture.kind, picture.alt, picture.caption) == ("png", "现场照片", "图1 焊接现场")
    assert text_of(draft, "图1 焊接现场").role == "caption"


def test_pictures_elsewhere_are_never_fetched_and_said_so(tmp_path: Path) -> None:
    body = p("正文") + f"<w:p>{drawing('i')}</w:p>"
    file = docx(tmp_path / "a.docx", body, targets={"i": ("image", "http://127.0.0.1:9/x.png")})
    draft = read_docx(file)
    assert not pictures(draft)
    assert "外部" in draft.warnings[0]


def test_a_table_takes_the_caption_above_it(tmp_path: Path) -> None:
    body = p("表2-1 现状调查表") + tbl([tc("项目"), tc("频数")], [tc("气孔"), tc("12")])
    assert tables(read_docx(docx(tmp_path / "a.docx", body)))[0].caption == "表2-1 现状调查表"


def test_a_sentence_about_a_figure_is_no_caption(tmp_path: Path) -> None:
    body = p("图1所示为焊接现场，从图中可以看出合格率偏低。") + f"<w:p>{drawing('i')}</w:p>"
    file = docx(tmp_path / "a.docx", body, targets={"i": ("image", "media/x.png")}, parts={"word/media/x.png": png()})
    assert pictures(read_docx(file))[0].caption == ""


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def test_a_field_says_its_result_not_its_instruction(tmp_path: Path) -> None:
    body = f"<w:p>{r('共')}{field(' NUMPAGES ', r('33'))}{r('页')}</w:p>"
    assert texts(read_docx(docx(tmp_path / "a.docx", body))) == ["共33页"]


def test_a_table_of_contents_made_by_word_is_marked(tmp_path: Path) -> None:
    entry = r("一、选择课题") + "<w:r><w:tab/></w:r>" + r("3")
    body = "<w:p>" + field(' TOC \\o "1-3" ', entry) + "</w:p>" + p("正文")
    draft = read_docx(docx(tmp_path / "a.docx", body))
    assert [block.role for block in draft.blocks if isinstance(block, Text)] == ["toc", ""]


def test_a_typed_table_of_contents_ends_where_its_first_entry_comes_again(tmp_path: Path) -> None:
    lines = ["目 录", "一、选择课题 3", "二、现状调查 5", "三、设定目标 7", "一、选择课题", "合格率偏低。"]
    draft = read_docx(docx(tmp_path / "a.docx", "".join(map(p, lines))))
    assert texts(draft, "toc") == lines[:4]


def test_deleted_and_hidden_text_is_left_out(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    body = f"<w:p>{r('新')}{deleted}<w:ins>{r('加')}</w:ins>{r('隐', '<w:vanish/>')}</w:p>"
    assert texts(read_docx(docx(tmp_path / "a.docx", body))) == ["新加"]


def test_pages_are_known_where_the_file_tells_them(tmp_path: Path) -> None:
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    draft = read_docx(docx(tmp_path / "a.docx", p("甲") + f"<w:p>{mark}{r('乙')}</w:p>"))
    assert [block.page for block in draft.blocks] == [1, 2]
    assert draft.pages == 2
    assert read_docx(docx(tmp_path / "b.docx", p("甲"))).blocks[0].page is None


def test_formulas_ticks_and_links_keep_their_words(tmp_path: Path) -> None:
    body = (
        f"<w:p>{r('P')}<m:oMath><m:r><m:t>&lt;0.05</m:t></m:r></m:oMath></w:p>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:hyperlink>' + r("合格") + "</w:hyperlink></w:p>"
    )
    assert texts(read_docx(docx(tmp_path / "a.docx", body))) == ["P<0.05", "☑合格"]


def test_tables_nested_beyond_sense_are_refused_in_a_sentence(tmp_path: Path) -> None:
    body = p("字")
    for _ in range(200):
        body = tbl([tc("甲"), tc(body + p("x"))])
    with pytest.raises(Refused, match="嵌套太深"):
        read_docx(docx(tmp_path / "a.docx", body))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", "")
    secret = tmp_path / "secret"
    secret.write_text("机密")
    from tests.reading import package, relations

    package(
        file,
        {
            "_rels/.rels": relations({"d": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>'
            f"<w:document {WORD}><w:body>{p('甲&x;乙')}</w:body></w:document>",
        },
    )
    assert "机密" not in "".join(texts(read_docx(file)))


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(docx(tmp_path / "b.docx", p("甲")).read_bytes()[:200])
    with pytest.raises(Refused, match="已损坏"):
        read_docx(broken)


def test_blocks_keep_the_order_of_the_document(tmp_path: Path) -> None:
    body = p("甲") + tbl([tc("1"), tc("2")]) + p("乙")
    blocks = read_docx(docx(tmp_path / "a.docx", body)).blocks
    assert [type(block) for block in blocks] == [Text, Table, Text]


CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>
<c:title><c:tx><c:rich><a:p><a:r><a:t>缺陷排列图</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser>
<c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>频数</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>气孔</c:v></c:pt><c:pt idx="1"><c:v>夹渣</c:v></c:pt></c:strCache>
</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>12</c:v></c:pt>
<c:pt idx="1"><c:v>0.30000000000000004</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea>
</c:chart></c:chartSpace>"""
SMART = """<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>人员</a:t>
</a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>机械</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""


def test_charts_give_their_data_and_diagrams_their_words(tmp_path: Path) -> None:
    chart = '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="c"/>'
    diagram = '<d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="d"/>'
    body = f"<w:p><w:r><w:drawing>{chart}</w:drawing></w:r><w:r><w:drawing>{diagram}</w:drawing></w:r></w:p>"
    file = docx(
        tmp_path / "a.docx",
        body,
        targets={"c": ("chart", "charts/c.xml"), "d": ("diagramData", "diagrams/d.xml")},
        parts={"word/charts/c.xml": CHART, "word/diagrams/d.xml": SMART},
    )
    draft = read_docx(file)
    assert tables(draft)[0].rows == (("", "频数"), ("气孔", "12"), ("夹渣", "0.3"))
    assert tables(draft)[0].caption == "缺陷排列图"
    assert texts(draft) == ["人员", "机械"]


def test_headers_footers_and_notes_follow_the_body_once(tmp_path: Path) -> None:
    file = docx(
        tmp_path / "a.docx",
        p("正文"),
        targets={"h": ("header", "h1.xml"), "g": ("header", "h2.xml"), "e": ("footnotes", "n.xml")},
        parts={
            "word/h1.xml": f"<w:hdr {WORD}>{p('某公司QC成果')}</w:hdr>",
            "word/h2.xml": f"<w:hdr {WORD}>{p('某公司QC成果')}{p('12')}</w:hdr>",
            "word/n.xml": f"<w:footnotes {WORD}><w:footnote>{p('数据来自质检站')}</w:footnote></w:footnotes>",
        },
    )
    draft = read_docx(file)
    assert texts(draft) == ["正文", "某公司QC成果", "数据来自质检站"]
    assert (texts(draft, "header"), texts(draft, "notes")) == (["某公司QC成果"], ["数据来自质检站"])


def test_content_controls_and_ticked_boxes_are_read(tmp_path: Path) -> None:
    ticked = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    box = f'<w:r><w:fldChar w:fldCharType="begin">{ticked}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    inner = f"<w:sdt><w:sdtContent>{r('创新型')}</w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent><w:p>{box}{inner}</w:p></w:sdtContent></w:sdt>"
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p('一、选题')}</w:sdtContent></w:sdt>"
    draft = read_docx(docx(tmp_path / "a.docx", contents + body))
    assert texts(draft) == ["一、选题", "☑创新型"]
    assert texts(draft, "toc") == ["一、选题"]


def test_strict_files_say_the_same_in_other_namespaces(tmp_path: Path) -> None:
    strict = WORD.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    file = docx(
        tmp_path / "a.docx",
        "",
        parts={"word/document.xml": f"<w:document {strict}><w:body>{p('现状调查')}</w:body></w:document>"},
    )
    assert texts(read_docx(file)) == ["现状调查"]
