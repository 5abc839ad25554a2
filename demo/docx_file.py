"""Makes a Word file of a report."""

# mypy: disallow-untyped-calls=False
# (the library types only a part of itself)

import io
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from demo.docx_headings import HeadingWriter, use_chinese_style_ids
from demo.docx_tables import add_table
from demo.facts import Facts
from demo.figure_data import Figure
from demo.figures import draw
from demo.outline import CONTENTS, FICTION, contents, cover_lines, variant
from demo.package import reproducible
from demo.source import Block, Heading, ItemList, Paragraph, Report, Table, pieces

_BODY_FONT, _HEAD_FONT = "宋体", "黑体"
_WITH_CONTENTS = {"styled", "bold"}


def make_docx(report: Report) -> bytes:
    """The report as a Word file."""
    document = Document()
    _set_up(document, report.facts)
    _cover(document, report.facts)
    if report.facts.layout in _WITH_CONTENTS:
        _contents(document, report)
    headings = HeadingWriter(document, report)
    section = ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        _add(document, block, section, headings)
    if variant(report.facts.slug, 2):
        use_chinese_style_ids(document)
    file = io.BytesIO()
    document.save(file)
    return reproducible(file.getvalue(), report.facts.end)


def _set_up(document: WordDocument, facts: Facts) -> None:
    """Paper, fonts, document properties, header and footer."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = facts.leader
    properties.title, properties.subject, properties.comments = facts.title, FICTION, ""
    properties.created = properties.modified = datetime.combine(facts.end, time(8))
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.8)
    page.top_margin = page.bottom_margin = Cm(2.5)
    for name, font, size in (
        ("Normal", _BODY_FONT, 12),
        ("Heading 1", _HEAD_FONT, 16),
        ("Heading 2", _HEAD_FONT, 14),
        ("Heading 3", _HEAD_FONT, 12),
    ):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Times New Roman"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    head = page.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(f"{facts.group}　{facts.title}").font.size = Pt(9)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{FICTION}　第 ").font.size = Pt(9)
    _page_number(foot)
    foot.add_run(" 页").font.size = Pt(9)


def _page_number(paragraph: WordParagraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # python-docx knows no fields


def _cover(document: WordDocument, facts: Facts) -> None:
    for _ in range(4):
        document.add_paragraph()
    _centred(document, facts.title, 26, bold=True)
    _centred(document, "QC小组活动成果报告", 18)
    for _ in range(6):
        document.add_paragraph()
    for label, value in cover_lines(facts):
        _centred(document, f"{label}：{value}", 14)
    document.add_paragraph()
    _centred(document, FICTION, 12)
    document.add_page_break()


def _centred(document: WordDocument, text: str, size: float, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _contents(document: WordDocument, report: Report) -> None:
    """Plain paragraphs, either with a dotted tab or with typed dots, as both are found."""
    _centred(document, CONTENTS, 16, bold=True)
    for level, text, page in contents(report):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        if report.facts.layout == "styled":
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            paragraph.add_run(f"{text}\t{page}")
        else:
            dots = "…" * max(4, 30 - len(text) - level)
            paragraph.add_run(f"{text}{dots}{page}")
    document.add_page_break()


def _add(document: WordDocument, block: Block, section: str, headings: HeadingWriter) -> None:
    match block:
        case Heading():
            headings.add(block)
        case Paragraph(text):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(24)
            _write(paragraph, text)
        case ItemList(ordered, items):
            for item in items:
                _write(document.add_paragraph(style=None if ordered else "List Bullet"), item)
        case Table():
            add_table(document, block, section)
        case Figure():
            _add_figure(document, block)


def _write(paragraph: WordParagraph, text: str) -> None:
    for words, bold in pieces(text):
        paragraph.add_run(words).bold = bold or None


def _add_figure(document: WordDocument, figure: Figure) -> None:
    """The picture, and below it the caption as plain centred text."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run().add_picture(io.BytesIO(draw(figure)), width=Cm(15))
    _centred(document, figure.caption, 10.5)
