"""A held-out report as slides: titles in placeholders, in plain text boxes, or everything in groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Cm, Pt

from benchmarks.heldout.model import Item, Report, shown
from benchmarks.heldout.to_docx import picture

_FULL = 230  # characters that an author puts on one slide
_LEFT, _WIDTH = Cm(1.2), Cm(22.5)


@dataclass
class _Slide:
    title: str
    items: list[Item] = field(default_factory=list)
    cover: bool = False

    @property
    def load(self) -> int:
        return sum(len(item.text) for item in self.items)


def write(report: Report, path: Path) -> None:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Cm(25.4), Cm(14.3)
    for slide in _slides(report):
        _Writer(presentation, report.look).slide(slide)
    presentation.save(str(path))


def _slides(report: Report) -> list[_Slide]:
    slides: list[_Slide] = []
    for item in report.items:
        if item.kind in ("cover", "toc"):
            slides.append(_Slide("", [item], cover=True))
        elif item.kind == "slide" or (item.kind == "h" and item.level == 1):
            slides.append(_Slide(item.text))
        else:
            for part in _parts(item):
                _place(slides, part, report.look)
    return slides


def _parts(item: Item) -> list[Item]:
    if item.kind != "p":
        return [item]
    return [Item("p", line, item.steps) for line in item.lines]


def _place(slides: list[_Slide], item: Item, look: dict[str, Any]) -> None:
    last = slides[-1]
    table_on_it = any(one.kind in ("t", "img") for one in last.items)
    if last.items and (last.load + len(item.text) > _FULL or (table_on_it and item.kind != "cap")):
        last = _Slide(_again(last.title, str(look.get("repeat", "same"))))
        slides.append(last)
    last.items.append(item)


def _again(title: str, repeat: str) -> str:
    if repeat == "none":
        return ""
    return title if repeat == "same" or title.endswith("（续）") else f"{title}（续）"


class _Writer:
    def __init__(self, presentation: Any, look: dict[str, Any]) -> None:
        self.presentation = presentation
        self.look = look
        self.title_look = str(look.get("title", "placeholder"))

    def slide(self, slide: _Slide) -> None:
        holder = self.title_look == "placeholder" and slide.title
        page = self.presentation.slides.add_slide(self.presentation.slide_layouts[5 if holder else 6])
        self.shapes = page.shapes.add_group_shape().shapes if self.title_look == "group" else page.shapes
        self.page = page
        if holder:
            page.shapes.title.text = slide.title
        elif slide.title:
            self._text(slide.title, Cm(0.6), size=28)
        if self.look.get("footer"):
            self._text(str(self.look["footer"]), Cm(13.4), size=9)
        top: int = Cm(2.6)
        for item in slide.items:
            top = self._item(item, top, slide.cover)

    def _item(self, item: Item, top: int, cover: bool) -> int:
        if item.kind == "t":
            return self._table(item, top)
        if item.kind == "img":
            self.page.shapes.add_picture(picture(item.text), _LEFT, top, height=Cm(4))
            self._text(item.text, top + Cm(4.1), size=12)
            return top + Cm(5)
        size = 20 if item.kind == "h" else 14
        for number, line in enumerate(item.lines):
            self._text(line, top, size=30 if cover and number == 0 and item.kind == "cover" else size)
            top += Cm(1.1) if len(line) < 40 else Cm(2.0)
        return top

    def _text(self, text: str, top: int, size: int, left: int = _LEFT, width: int = _WIDTH) -> None:
        box = self.shapes.add_textbox(left, top, width, Cm(1))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(size)

    def _table(self, item: Item, top: int) -> int:
        rows = item.rows
        if self.title_look == "group":
            return self._grid_of_boxes(rows, top)
        frame = self.page.shapes.add_table(len(rows), len(rows[0]), _LEFT, top, _WIDTH, Cm(0.7 * len(rows)))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                frame.table.cell(y, x).text = shown(cell)
        _merge(frame.table, rows)
        return top + Cm(0.8 * len(rows) + 0.3)

    def _grid_of_boxes(self, rows: tuple[tuple[str, ...], ...], top: int) -> int:
        width = _WIDTH // len(rows[0])
        for row in rows:
            for x, cell in enumerate(row):
                if shown(cell):
                    self._text(cell, top, 12, _LEFT + x * width, width)
            top += Cm(0.9)
        return top


def _merge(table: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            right, down = _extent(rows, y, x)
            if shown(cell) and (right, down) != (x, y):
                table.cell(y, x).merge(table.cell(down, right))


def _extent(rows: tuple[tuple[str, ...], ...], y: int, x: int) -> tuple[int, int]:
    """The last column and row of the cell that begins here."""
    right, down = x, y
    while right + 1 < len(rows[y]) and rows[y][right + 1] == "<":
        right += 1
    while down + 1 < len(rows) and rows[down + 1][x] == "^":
        down += 1
    return right, down
