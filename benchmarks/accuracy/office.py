"""Word files and slides of labelled reports, with the habits and faults of real ones."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from pptx import Presentation
from pptx.util import Inches
from pptx.util import Pt as SlidePt

from benchmarks.accuracy.labelled import Part

_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章部]分?|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.、])\s*"
)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([n * 2, 90, 160] * 120) for n in range(80))
    header = struct.pack(">IIBBBBB", 120, 80, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PNG = _png()


def make_docx(parts: list[Part], layout: str) -> bytes:
    """styled: real headings · bold: bold lines · plain: nothing but words · auto: numbers not in the text ·
    noisy: body and captions carry heading styles too."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    numbering = _numbering(document) if layout == "auto" else 0
    for part in parts:
        match part.kind:
            case "cover":
                line = document.add_paragraph()
                run = line.add_run(part.text)
                run.font.size = Pt(
                    22 if len(part.text) > 8 and "小组" not in part.text and "公司" not in part.text else 15
                )
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            case "heading":
                _docx_heading(document, part, layout, numbering)
            case "table":
                if part.text:
                    document.add_paragraph(part.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
                _docx_table(document, part)
            case "picture":
                document.add_picture(io.BytesIO(PNG))
                document.add_paragraph(part.text, style="Heading 2" if layout == "noisy" else None)
            case "item":
                document.add_paragraph(part.text, style="List Bullet")
            case "contents":
                document.add_paragraph("目  录")
                heads = [one for one in parts if one.kind == "heading"]
                for n, one in enumerate(heads):
                    document.add_paragraph(f"{one.text}\t{n + 2}")
            case _:
                document.add_paragraph(
                    part.text, style="Heading 2" if layout == "noisy" and len(part.text) < 60 else None
                )
    return _saved(document)


def _docx_heading(document: Any, part: Part, layout: str, numbering: int) -> None:
    if layout in {"styled", "noisy"}:
        document.add_heading(part.text, level=part.depth)
        return
    text = _NUMBER.sub("", part.text) if layout == "auto" and part.depth == 1 else part.text
    line = document.add_paragraph()
    run = line.add_run(text)
    if layout == "bold":
        run.bold = True
        run.font.size = Pt({1: 15, 2: 12}.get(part.depth, 12))
    if layout == "auto":
        run.bold = part.depth == 1
        if part.depth == 1:
            properties = line._p.get_or_add_pPr()
            number = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", "0"), ("w:numId", str(numbering))):
                child = OxmlElement(name)
                child.set(qn("w:val"), value)
                number.append(child)
            properties.append(number)


def _numbering(document: Any) -> int:
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="第%1章"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def _docx_table(document: Any, part: Part) -> None:
    table = document.add_table(rows=len(part.rows), cols=len(part.rows[0]))
    table.style = "Table Grid"
    for r, row in enumerate(part.rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def make_pptx(parts: list[Part], layout: str) -> bytes:
    """titles: title placeholders · boxes: titles in text boxes · bar: a bar of all steps on every slide too ·
    labels: the step small in a corner, the sub-heading as the title."""
    slides = _Slides(parts, layout)
    for part in parts:
        slides.add(part)
    return _saved(slides.deck)


class _Slides:
    """A deck that is filled from top to bottom; a full slide is followed by one with the same title."""

    def __init__(self, parts: list[Part], layout: str) -> None:
        self.deck = Presentation()
        self.layout = layout
        self.steps = [part.text for part in parts if part.kind == "heading" and part.depth == 1]
        self.heads = [part.text for part in parts if part.kind == "heading" and part.depth == 1]
        self.title = ""
        self.label = ""
        self.slide: Any = None
        self.top = 0.0
        self.used = 0

    def add(self, part: Part) -> None:
        match part.kind:
            case "cover":
                self._need(0.8)
                self._box(part.text, 28 if len(part.text) > 8 else 18, 0.8)
            case "contents":
                self._new("目录" if self.layout == "titles" else "")
                for head in self.heads:
                    self._box(head, 16, 0.3)
            case "heading" if part.depth == 1:
                self.label = self.title = part.text
                self._new(part.text)
            case "heading" if self.layout in {"labels", "titles"}:
                self.title = part.text
                self._new(part.text)
            case "heading":
                self._need(0.6)
                self._box(part.text, 20, 0.5)
            case "table":
                self._need(1.0 + 0.35 * len(part.rows))
                if part.text:
                    self._box(part.text, 14, 0.35)
                self._table(part)
            case "picture":
                self._need(1.8)
                self.slide.shapes.add_picture(io.BytesIO(PNG), Inches(1), Inches(self.top), height=Inches(1.2))
                self.top += 1.3
                self._box(part.text, 14, 0.35)
            case _:
                self._need(0.3 + 0.3 * (len(part.text) // 40 + 1))
                self._box(part.text, 16, 0.3 + 0.3 * (len(part.text) // 40))

    def _need(self, height: float) -> None:
        if self.slide is None or self.top + height > 7.2:
            self._new(self.title)

    def _new(self, title: str) -> None:
        with_title = self.layout in {"titles", "bar"} and title
        self.slide = self.deck.slides.add_slide(self.deck.slide_layouts[5 if with_title else 6])
        self.top = 0.3
        if self.layout == "bar" and self.label:
            for n, step in enumerate(self.steps):
                self._at(0.1 + 0.75 * n, 0.05, 0.75, _NUMBER.sub("", step)[:4], 9)
            self.top = 0.4
        if self.layout == "labels" and self.label and self.label != title:
            self._at(0.1, 0.05, 3, self.label, 14)
            self.top = 0.5
        if with_title:
            self.slide.shapes.title.text = title
            self.top = 1.4
        elif title:
            self._box(title, 30, 0.8)

    def _box(self, text: str, size: float, height: float) -> None:
        self._at(0.5, self.top, 9, text, size, height)
        self.top += height

    def _at(self, left: float, top: float, width: float, text: str, size: float, height: float = 0.4) -> None:
        box = self.slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.size = SlidePt(size)

    def _table(self, part: Part) -> None:
        height = 0.35 * len(part.rows)
        shape = self.slide.shapes.add_table(
            len(part.rows), len(part.rows[0]), Inches(0.5), Inches(self.top), Inches(9), Inches(height)
        )
        for r, row in enumerate(part.rows):
            for c, cell in enumerate(row):
                shape.table.cell(r, c).text = cell
        self.top += height + 0.2
