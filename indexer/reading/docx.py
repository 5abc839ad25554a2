"""Word files (docx): one walk over document.xml that keeps order, looks, automatic numbers, boxes, tables and pictures.

Why not a library: see docs/decisions.md, "Reading Word files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading.charts import chart_table, diagram_texts
from indexer.reading.clean import clean
from indexer.reading.docx_numbers import Number, Numbering
from indexer.reading.docx_styles import Look, Styles, W, number, paragraph_look, run_look, value
from indexer.reading.docx_tables import SKIPPED, children, rows_of, sole_cell, table_blocks
from indexer.reading.finish import finished
from indexer.reading.ooxml import RELATION_ID, Package
from indexer.reading.pictures import Collector, missing
from indexer.reading.refusal import damaged

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_CHARACTERS = {W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_MOST_COLUMNS = 200  # Word allows 63; a file may claim any span
_MOST_CELLS = 200_000
_TOC_LINE = re.compile(r"[.．…·⋯。]{4,}\s*[-—]?\s*\d+\s*[-—]?$|\t\d{1,3}$")


@dataclass
class _Paragraph:
    """What one paragraph is gathering while it is walked."""

    look: Look
    parts: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    bold: int = 0
    letters: int = 0
    page: int | None = None
    toc: bool = False
    inside: list[Block] = field(default_factory=list)  # pictures, boxes and charts anchored in it

    def add(self, text: str, look: Look) -> None:
        count = len(text) - text.count(" ")
        self.parts.append(text)
        self.letters += count
        if look.bold:
            self.bold += count
        if look.size:
            self.sizes[look.size] = self.sizes.get(look.size, 0) + count


@dataclass
class _Field:
    """A Word field: its instruction, then its result."""

    instruction: str = ""
    in_result: bool = False

    @property
    def toc(self) -> bool:
        return self.instruction.strip().upper().startswith("TOC")


class _Reader:
    def __init__(self, package: Package, part: str, styles: Styles, numbering: Numbering, pictures: Collector):
        self._package = package
        self._part = part
        self._relations = package.relations(part)
        self._styles = styles
        self._numbering = numbering
        self._pictures = pictures
        self._fields: list[_Field] = []
        self._toc_parts = 0
        self.page = 1

    # -- blocks ------------------------------------------------------------------------------------------------

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container:
            match child.tag:
                case _ if child.tag == W + "p":
                    yield from self._paragraph(child)
                case _ if child.tag == W + "tbl":
                    yield from self._table(child)
                case _ if child.tag == W + "sdt":
                    yield from self._content_control(child)
                case _ if child.tag == _MC + "AlternateContent":
                    if (chosen := _choice(child)) is not None:
                        yield from self.blocks(chosen)
                case _ if child.tag not in SKIPPED:
                    yield from self.blocks(child)

    def _content_control(self, element: etree._Element) -> Iterator[Block]:
        gallery = next(element.iter(W + "docPartGallery"), None)
        toc = gallery is not None and "Contents" in gallery.get(W + "val", "")
        self._toc_parts += toc
        for content in element.findall(W + "sdtContent"):
            yield from self.blocks(content)
        self._toc_parts -= toc

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = element.find(W + "pPr")
        look = paragraph_look(properties).over(self._styles.paragraph(value(properties, "pStyle")))
        gathered = _Paragraph(look, toc=self._in_toc())
        automatic = self._number(look)
        self._runs(element, gathered)
        text = self._text(gathered, automatic)
        if text.text or text.number:
            yield text
        yield from gathered.inside

    def _in_toc(self) -> bool:
        return self._toc_parts > 0 or any(field_.toc for field_ in self._fields)

    def _number(self, look: Look) -> Number | None:
        if not look.number_id or look.number_id == "0":
            return None
        return self._numbering.next(look.number_id, look.number_level or 0)

    def _text(self, gathered: _Paragraph, automatic: Number | None) -> Text:
        raw = "".join(gathered.parts)
        look = gathered.look
        listed = automatic is not None and not look.level
        toc = gathered.toc or look.role == "toc" or (_TOC_LINE.search(raw.rstrip()) and len(raw) < 120)
        return Text(
            text=clean(raw),
            page=gathered.page or self.page,
            level=None if toc else look.level or None,
            number=clean(automatic.text) if automatic else "",
            size=max(gathered.sizes, key=gathered.sizes.__getitem__, default=look.size),
            bold=gathered.bold * 2 > gathered.letters,
            centered=bool(look.centered),
            list_level=(look.number_level or 0) if listed else None,
            ordered=listed and automatic is not None and automatic.ordered,
            role="toc" if toc else look.role or "",
        )

    # -- runs --------------------------------------------------------------------------------------------------

    def _runs(self, element: etree._Element, into: _Paragraph) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, into)
            elif tag == _MC + "AlternateContent":
                if (chosen := _choice(child)) is not None:
                    self._runs(chosen, into)
            elif tag == W + "sdt":
                for content in child.findall(W + "sdtContent"):
                    self._runs(content, into)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._say("".join(t.text or "" for t in child.iter(_M + "t")), into.look, into)
            elif tag not in SKIPPED:
                self._runs(child, into)

    def _run(self, run: etree._Element, into: _Paragraph) -> None:
        properties = run.find(W + "rPr")
        look = run_look(properties)
        if style := value(properties, "rStyle"):
            look = look.over(self._styles.character(style))
        self._pieces(run, look.over(into.look), into)

    def _pieces(self, run: etree._Element, look: Look, into: _Paragraph) -> None:
        for piece in run:
            tag = piece.tag
            if tag == W + "t":
                if not look.hidden:
                    self._say(piece.text or "", look, into)
            elif tag in _CHARACTERS:
                self._say(_CHARACTERS[tag], look, into)
            elif tag == W + "br":
                self._break(piece, look, into)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "fldChar":
                self._field(piece, into)
            elif tag == W + "instrText":
                if self._fields:
                    self._fields[-1].instruction += piece.text or ""
            elif tag == W + "sym":
                code = number_from_hex(piece.get(W + "char"))
                self._say(chr(code) if code else "", look, into)
            elif tag == _MC + "AlternateContent":
                if (chosen := _choice(piece)) is not None:
                    self._pieces(chosen, look, into)
            elif tag == W + "ruby":
                for base in piece.findall(W + "rubyBase"):
                    self._runs(base, into)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                into.inside.extend(self._drawing(piece))

    def _say(self, text: str, look: Look, into: _Paragraph) -> None:
        if not text or (self._fields and not all(field_.in_result for field_ in self._fields)):
            return
        if into.page is None and text.strip():
            into.page = self.page
        into.toc = into.toc or self._in_toc()
        into.add(text, look)

    def _break(self, piece: etree._Element, look: Look, into: _Paragraph) -> None:
        if piece.get(W + "type") not in ("page", "column"):
            self._say("\n", look, into)

    def _field(self, piece: etree._Element, into: _Paragraph) -> None:
        match piece.get(W + "fldCharType"):
            case "begin":
                if (box := next(piece.iter(W + "checkBox"), None)) is not None:
                    state = value(box, "checked")
                    state = value(box, "default") if state is None else state
                    self._say("□" if state in (None, "0", "false") else "☑", into.look, into)
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].in_result = True
            case "end" if self._fields:
                self._fields.pop()

    # -- drawings ----------------------------------------------------------------------------------------------

    def _drawing(self, element: etree._Element) -> Iterator[Block]:
        """Pictures, text boxes, charts and diagrams of a drawing, in the order of the file, each once."""
        described = next(element.iter(_WP + "docPr"), None)
        alt = described.get("descr", "") if described is not None else ""
        yield from self._drawn(element, alt)

    def _drawn(self, element: etree._Element, alt: str) -> Iterator[Block]:
        for child in element:
            tag = child.tag
            if tag == _MC + "AlternateContent":
                if (chosen := _choice(child)) is not None:
                    yield from self._drawn(chosen, alt)
            elif tag == W + "txbxContent":
                for block in list(self.blocks(child)):
                    yield replace(block, box=True) if isinstance(block, Text) else block
            elif tag == _A + "blip":
                yield from self._picture(child.get(RELATION_ID + "embed") or child.get(RELATION_ID + "link"), alt)
            elif tag == _V + "imagedata":
                yield from self._picture(child.get(RELATION_ID + "id"), alt or child.get("title", ""))
            elif tag == _C + "chart":
                yield from self._chart(child.get(RELATION_ID + "id"))
            elif tag == _DGM + "relIds":
                yield from self._diagram(child.get(RELATION_ID + "dm"))
            else:
                yield from self._drawn(child, alt)

    def _picture(self, relation_id: str | None, alt: str) -> Iterator[Picture]:
        relation = self._relations.get(relation_id or "")
        if relation is None:
            return
        data = None if relation.external else self._package.bytes(relation.target)
        if data is None:
            self._pictures.miss(missing(relation.external))
        elif picture := self._pictures.picture(data, self.page, alt):
            yield picture

    def _chart(self, relation_id: str | None) -> Iterator[Table]:
        relation = self._relations.get(relation_id or "")
        root = self._package.side_xml(relation.target) if relation and not relation.external else None
        if root is not None and (table := chart_table(root, self.page)):
            yield table

    def _diagram(self, relation_id: str | None) -> Iterator[Text]:
        relation = self._relations.get(relation_id or "")
        root = self._package.side_xml(relation.target) if relation and not relation.external else None
        for text in diagram_texts(root) if root is not None else ():
            yield Text(text, self.page, box=True)

    # -- tables ------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> Iterator[Block]:
        page = self.page
        rows: list[list[str]] = []
        after: dict[int, list[Block]] = {}
        sole = sole_cell(element)
        if sole is not None:  # a frame around text, not a table
            for block in self.blocks(sole):
                yield replace(block, box=True) if isinstance(block, Text) else block
            return
        cells = 0
        for row in rows_of(element):
            rows.append(self._row(row, after.setdefault(len(rows), [])))
            cells += len(rows[-1])
            if cells > _MOST_CELLS:
                break
        yield from table_blocks(rows, after, page)

    def _row(self, row: etree._Element, after: list[Block]) -> list[str]:
        properties = row.find(W + "trPr")
        cells = [""] * min(max(number(value(properties, "gridBefore")) or 0, 0), _MOST_COLUMNS)
        for cell in children(row, "tc"):
            settings = cell.find(W + "tcPr")
            merged = value(settings, "vMerge")
            span = min(max(number(value(settings, "gridSpan")) or 1, 1), _MOST_COLUMNS)
            goes_on = merged is not None and merged != "restart"
            cells.append("" if goes_on else self._cell(cell, after))
            cells.extend([""] * (span - 1))
        return cells[:_MOST_COLUMNS]

    def _cell(self, cell: etree._Element, after: list[Block]) -> str:
        """The text of a cell; pictures and tables inside it follow the table, or its row if the table is a form."""
        lines = []
        for block in self.blocks(cell):
            if isinstance(block, Text):
                lines.append(f"{block.number} {block.text}".strip() if block.number else block.text)
            else:
                after.append(block)
        return "\n".join(lines)


def number_from_hex(text: str | None) -> int:
    try:
        code = int(text or "", 16)
    except ValueError:
        return 0
    return code if code < 0xD800 or 0xDFFF < code < 0x110000 else 0


def _choice(element: etree._Element) -> etree._Element | None:
    """One of the alternatives that say the same: the modern one, unless there is none."""
    chosen = element.find(_MC + "Choice")
    return chosen if chosen is not None and len(chosen) else element.find(_MC + "Fallback")


def read_docx(path: Path, kind: str = "docx") -> Draft:
    """Raises Refused for damaged, encrypted or oversized files."""
    with Package(path, kind) as package:
        part = package.main_part("word/document.xml")
        root = package.xml(part)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise damaged(kind)
        return _draft(package, part, body, kind)


def _draft(package: Package, part: str, body: etree._Element, kind: str) -> Draft:
    def side(name: str) -> etree._Element | None:
        return next((root for p in package.related(part, name) if (root := package.side_xml(p)) is not None), None)

    styles = Styles(side("styles"))
    pictures = Collector()
    reader = _Reader(package, part, styles, Numbering(side("numbering"), styles), pictures)
    blocks = list(reader.blocks(body))
    properties = package.properties()
    pages = reader.page if reader.page > 1 else None  # only Word and WPS write down, when saving, where pages begin
    if pages is None:
        blocks = [replace(block, page=None) for block in blocks]
    margins = [
        text
        for name, role in (("header", "header"), ("footer", "footer"), ("footnotes", "notes"), ("endnotes", "notes"))
        for text in _margin(package, part, styles, name, role)
    ]
    return Draft(
        blocks=finished([*blocks, *margins]),
        kind=kind,
        pages=pages,
        properties=properties,
        warnings=pictures.warnings(),
    )


def _margin(package: Package, part: str, styles: Styles, name: str, role: str) -> Iterator[Text]:
    """Headers, footers and notes: each different text once, after the body."""
    kinds = {"header": "header", "footer": "footer"}.get(name, name)
    seen = set()
    for target in package.related(part, kinds):
        root = package.side_xml(target)
        if root is None:
            continue
        reader = _Reader(package, target, styles, Numbering(None, styles), Collector())
        for block in reader.blocks(root):
            if isinstance(block, Text) and block.text not in seen and re.search(r"[^\W\d]", block.text):
                seen.add(block.text)
                yield replace(block, role=role, page=None, level=None)
