"""PDF with text: paragraphs with size and weight, ruled tables, pictures, running heads; pages are numbered from 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import guards, pdf_columns, pdf_lines, pdf_margins, pdf_tables
from indexer.reading.clean import clean, line
from indexer.reading.contents import LEADER
from indexer.reading.finish import finished
from indexer.reading.pdf_lines import Line, Paragraph
from indexer.reading.pdf_page import Box, Char, Image, Page
from indexer.reading.pdf_pictures import picture_bytes
from indexer.reading.pictures import Collector
from indexer.reading.refusal import Refusal, damaged, locked
from library.notices import notice

_PASSWORD = 4  # PDFium's number for "a password is needed"
_PROPERTIES = {"Title": "title", "Author": "creator", "Subject": "subject", "Keywords": "keywords",
               "Creator": "application", "CreationDate": "created", "ModDate": "modified"}  # fmt: skip
_SCANNED_CHARACTERS = 20  # a page with fewer, and a picture over half of it, is a scan
_SCANNED_SHARE = 0.5


@dataclass
class _Content:
    """One page, taken apart."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[Box, Table]] = field(default_factory=list)
    pictures: list[tuple[Box, Picture]] = field(default_factory=list)
    regions: list[Box] = field(default_factory=list)  # in reading order; more than one on a page with columns
    scanned: bool = False
    broken: bool = False


def read_pdf(path: Path, kind: str = "pdf") -> Draft:
    """Raises Refused for damaged, encrypted or oversized files and for scans without any text."""
    document = opened(path)
    try:
        if len(document) > guards.PDF_PAGES:
            raise Refusal(
                reason="这个 pdf 有 {count} 页，超过 {limit} 页的上限。请拆分后再提交。",
                count=len(document),
                limit=guards.PDF_PAGES,
            )
        collector = Collector(once=True)
        pages = [_content(document, index, collector) for index in range(len(document))]
        metadata = document.get_metadata_dict()
    finally:
        document.close()
    return Draft(
        blocks=finished(list(_blocks(pages))),
        kind=kind,
        pages=len(pages),
        properties={
            _PROPERTIES[key]: line(said)[:1000] for key, said in metadata.items() if key in _PROPERTIES and said
        },
        scanned=tuple(page.number for page in pages if page.scanned),
        warnings=(*_warnings(pages), *collector.warnings()),
    )


def opened(path: Path) -> Any:
    """The document; whoever opens it closes it. Raises Refused for damaged and locked files."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise locked("pdf") from error
        raise damaged("pdf") from error


def _warnings(pages: list[_Content]) -> Iterator[str]:
    if broken := [page.number for page in pages if page.broken]:
        yield notice("第 {pages} 页已损坏，未收入。", pages="、".join(map(str, broken[:10])))


# -- taking a page apart -----------------------------------------------------------------------------------------


def _content(document: Any, index: int, collector: Collector) -> _Content:
    try:
        raw = document[index]
    except pypdfium2.PdfiumError:
        return _Content(index + 1, 1, 1, broken=True)
    try:
        page = Page(raw)
        content = _Content(index + 1, page.width, page.height)
        chars = pdf_lines.without_doubles(page.chars())
        rules, images = page.drawn()
        rest = _take_tables(content, chars, pdf_tables.grids(rules))
        boxes = [*(box for box, _ in content.tables), *(image.box for image in images)]
        content.regions = pdf_columns.regions(rest, boxes, page.width)
        for region in content.regions:
            content.lines += pdf_lines.lines([char for char in rest if region.holds(char.middle, char.base)])
        content.scanned = len(chars) < _SCANNED_CHARACTERS and _covers(images, page.width * page.height)
        for image in images:
            _take_picture(content, image, collector)
        return content
    finally:
        raw.close()


def _covers(images: list[Image], area: float) -> bool:
    return sum(image.box.width * image.box.height for image in images) > _SCANNED_SHARE * area


def _take_picture(content: _Content, image: Image, collector: Collector) -> None:
    data, reason = picture_bytes(image.handle)
    if reason:
        collector.miss(reason)
    if data and (picture := collector.picture(data, content.number)):
        content.pictures.append((image.box, picture))


def _take_tables(content: _Content, chars: list[Char], grids: list[pdf_tables.Grid]) -> list[Char]:
    """Moves what stands in tables out of the characters; returns the others."""
    for grid in grids:
        box = grid.box
        inside = [char for char in chars if box.holds(char.middle, char.base - char.size / 3)]
        if not pdf_tables.is_table(grid, inside):
            continue
        content.tables.append((box, Table(_cells(grid, inside), content.number)))
        taken = set(map(id, inside))
        chars = [char for char in chars if id(char) not in taken]
    return chars


def _cells(grid: pdf_tables.Grid, chars: list[Char]) -> tuple[tuple[str, ...], ...]:
    cells: dict[int, list[Char]] = {}
    for char in chars:
        cell = grid.cell_at(char.middle, char.base - char.size / 3)
        if cell is not None:
            cells.setdefault(cell, []).append(char)
    return grid.texts({cell: _cell_text(found) for cell, found in cells.items()})


def _cell_text(chars: list[Char]) -> str:
    """Lines of a cell: run together where a line was only full, kept apart where it ended early."""
    return clean("\n".join(p.text for p in pdf_lines.paragraphs(pdf_lines.lines(chars))))


# -- putting pages together --------------------------------------------------------------------------------------


def _blocks(pages: list[_Content]) -> Iterator[Block]:
    again = pdf_margins.repeating([(page.height, page.lines) for page in pages])
    said: set[str] = set()
    waiting: tuple[Paragraph, Text] | None = None
    for page in pages:
        body, margins = pdf_margins.sorted_out(page.lines, page.height, again)
        for kind, margin in margins:
            text = clean(margin.text)
            if text not in said:
                said.add(text)
                yield Text(text, page.number, size=margin.size, bold=margin.bold, role=kind)
        for region in page.regions:
            placed = _placed(page, region, body)
            if waiting and placed and isinstance(placed[0][1], Paragraph):
                both = pdf_lines.continued(waiting[0], placed[0][1])
                if both:
                    waiting = (both, _text(both, page, waiting[1].page))
                    placed = placed[1:]
            for _, thing in placed:
                if waiting:
                    yield waiting[1]
                    waiting = None
                if isinstance(thing, Paragraph):
                    waiting = (thing, _text(thing, page))
                else:
                    yield thing
    if waiting:
        yield waiting[1]


def _placed(page: _Content, region: Box, body: list[Line]) -> list[tuple[float, Paragraph | Table | Picture]]:
    """What stands in a region, from its top; a paragraph knows how far it is from the region's left edge."""
    lines = [line for line in body if region.holds((line.left + line.right) / 2, line.base)]
    things: list[tuple[float, Paragraph | Table | Picture]] = []
    things += [(p.top, p) for p in pdf_lines.paragraphs(lines) if p.text]
    things += [(box.top, table) for box, table in page.tables if _is_in(box, region)]
    things += [(box.top, picture) for box, picture in page.pictures if _is_in(box, region)]
    return sorted(things, key=lambda thing: thing[0])


def _is_in(box: Box, region: Box) -> bool:
    return region.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)


def _text(paragraph: Paragraph, page: _Content, number: int | None = None) -> Text:
    middle = (paragraph.left + paragraph.right) / 2
    centered = abs(middle - page.width / 2) < page.width * 0.03 and paragraph.left > page.width * 0.2
    return Text(
        text=paragraph.text,
        page=number or page.number,
        size=paragraph.size,
        bold=paragraph.bold,
        centered=centered,
        role="toc" if LEADER.search(paragraph.text) else "",
    )
