"""A held-out report as a Word file, with the habits of those who write them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

from benchmarks.heldout.model import Item, Report, shown

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_NUMBERING = 77


def write(report: Report, path: Path) -> None:
    document = docx.Document()
    _Writer(document, report.look).all(report.items)
    document.save(str(path))


class _Writer:
    def __init__(self, document: Any, look: dict[str, Any]) -> None:
        self.document = document
        self.look = look
        self.heading_look = str(look.get("heading", "style"))
        if self.heading_look == "auto-number":
            self._define_numbers()
        if self.heading_look == "wps-style":
            self._define_styles()
        for where in ("header", "footer"):
            if look.get(where):
                getattr(document.sections[0], where).paragraphs[0].text = look[where]

    def all(self, items: tuple[Item, ...]) -> None:
        for item in items:
            getattr(self, f"_{item.kind}")(item)

    def _h(self, item: Item) -> None:
        look = self.heading_look if item.level == 1 else str(self.look.get("subheading", self.heading_look))
        if look == "textbox":
            self._in_box(item.text)
        elif look == "style":
            self.document.add_heading(item.text, level=item.level)
        elif look == "wps-style":
            self.document.add_paragraph(item.text, style=self._style_name(item.level))
        elif look == "auto-number":
            self._numbered(self.document.add_paragraph(), item)
        else:
            self._by_hand(item, bold=look == "bold")

    def _by_hand(self, item: Item, bold: bool) -> None:
        run = self.document.add_paragraph().add_run(item.text)
        run.bold = bold or None
        if bold:
            run.font.size = Pt(15 if item.level == 1 else 12)

    def _numbered(self, paragraph: Paragraph, item: Item) -> None:
        paragraph.add_run(item.text).bold = True
        level = item.level - 1
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {_NS}><w:ilvl w:val="{level}"/><w:numId w:val="{_NUMBERING}"/></w:numPr>')
        )

    def _define_numbers(self) -> None:
        first = str(self.look.get("number", "第%1章"))
        root = self.document.part.numbering_part.element
        abstract = parse_xml(
            f'<w:abstractNum {_NS} w:abstractNumId="{_NUMBERING}">'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
            f'<w:lvlText w:val="{first}"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
            '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        )
        root.insert(0, abstract)
        root.append(parse_xml(f'<w:num {_NS} w:numId="{_NUMBERING}"><w:abstractNumId w:val="{_NUMBERING}"/></w:num>'))

    def _style_name(self, level: int) -> str:
        return f"{self.look.get('style_name', '正文标题')}{level}"

    def _define_styles(self) -> None:
        for level in (1, 2, 3):
            style = self.document.styles.add_style(self._style_name(level), WD_STYLE_TYPE.PARAGRAPH)
            style.font.bold = True
            style.font.size = Pt(18 - 2 * level)
            style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_NS} w:val="{level - 1}"/>'))

    def _p(self, item: Item) -> None:
        for line in item.lines:
            paragraph = self.document.add_paragraph()
            run = paragraph.add_run(line)
            run.bold = True if self.look.get("body_bold") else None
            if self.look.get("body_outline"):
                paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_NS} w:val="1"/>'))

    def _t(self, item: Item) -> None:
        rows = item.rows
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                table.cell(y, x).text = shown(cell)
        merge_cells(table, rows)
        self.document.add_paragraph()

    def _cap(self, item: Item) -> None:
        style = "Heading 2" if self.look.get("caption_as_heading") else None
        self.document.add_paragraph(item.text, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _img(self, item: Item) -> None:
        self.document.add_paragraph().add_run().add_picture(picture(item.text), width=Pt(260))
        self._cap(item)

    def _cover(self, item: Item) -> None:
        for number, line in enumerate(item.lines):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(line)
            run.font.size = Pt(24 if number < 2 else 15)
            run.bold = number < 2 or None
        self.document.add_page_break()

    def _toc(self, item: Item) -> None:
        for line in item.lines:
            self.document.add_paragraph(line)
        self.document.add_page_break()

    def _break(self, item: Item) -> None:
        self.document.add_page_break()

    def _slide(self, item: Item) -> None:
        self._by_hand(item, bold=True)

    def _box(self, item: Item) -> None:
        self._in_box(*item.lines)

    def _in_box(self, *lines: str) -> None:
        inner = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in lines)
        content = f"<w:txbxContent>{inner}</w:txbxContent>"
        self.document.add_paragraph().add_run()._r.append(parse_xml(_text_box(content)))


def _text_box(content: str) -> str:
    """A text box as Word writes it: the shape, and for older programs the same words again."""
    return (
        f'<mc:AlternateContent {_NS}><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="3600000" cy="600000"/><wp:docPr id="1" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3600000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:shape style="width:283pt;height:47pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def merge_cells(table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell == "<":
                table.cell(y, x - 1).merge(table.cell(y, x))
            elif cell == "^":
                table.cell(y - 1, x).merge(table.cell(y, x))
    for cell_element in table._tbl.iter(qn("w:tc")):
        _drop_empty_ends(cell_element)


def _drop_empty_ends(cell: Any) -> None:
    """Merging leaves an empty paragraph for every cell that went in."""
    for paragraph in cell.findall(qn("w:p"))[1:]:
        if not "".join(paragraph.itertext()):
            cell.remove(paragraph)


def picture(words: str) -> io.BytesIO:
    """A small drawing of bars, different for different words."""
    image = Image.new("RGB", (360, 200), "white")
    draw = ImageDraw.Draw(image)
    for number, letter in enumerate(words[:8]):
        height = 30 + ord(letter) * 37 % 130
        draw.rectangle((20 + number * 42, 190 - height, 50 + number * 42, 190), fill=(40, 90, 150))
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    return data


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
