"""Recognises the text of scanned pages and pictures with RapidOCR, where the extra is installed. Runs in the child.

The models are inside the package, so nothing is fetched. About 6 seconds of one processor and 0.9 GB a page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import pdf_lines, pdf_tables
from indexer.reading.clean import clean
from indexer.reading.pdf_lines import Line
from indexer.reading.pdf_page import Rule

_LONGEST_SIDE = 2_000  # pixels; RapidOCR would shrink larger pictures itself
_HEIGHT_TO_SIZE = 0.78  # a box around a line is this much higher than its font
_LEAST_SURE = 0.5  # lines below are noise
_MISSED = 0.6  # a page on which fewer of its lines of ink than this were recognised is flagged
_TABLE_LINE = 1 / 25  # of the page's width or height; shorter strokes are strokes of characters


@dataclass(frozen=True)
class Recognised:
    blocks: list[Block]
    letters: int
    certainty: float  # mean of its lines, 0..1
    missed: bool  # more lines of ink than of text


def engine() -> Any:
    rapidocr = import_module("rapidocr")  # an extra: there are no types for what may not be installed
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return rapidocr.RapidOCR(params={"Global.log_level": "error", **threads})


def recognise_pages(path: Path, pages: Sequence[int]) -> Draft:
    """The text of these pages of a PDF, counted from 1."""
    reader = engine()
    document = pypdfium2.PdfDocument(path)
    found = []
    for number in pages:
        page = document[number - 1]
        scale = _LONGEST_SIDE / max(page.get_size())
        image = page.render(scale=scale, grayscale=True).to_numpy()
        found.append(_recognised(reader, image, scale, number))
        page.close()
    document.close()
    return _draft(found, pages, "pdf")


def recognise_pictures(pictures: Sequence[Picture]) -> Draft:
    """The text in pictures; the page of each is that of its picture."""
    reader = engine()
    found = []
    for picture in pictures:
        image = _grey(picture.data)
        found.append(_recognised(reader, image, 2.0, picture.page))
    return _draft(found, [p.page or number for number, p in enumerate(pictures, start=1)], "")


def _grey(data: bytes) -> Any:
    numpy = import_module("numpy")
    with Image.open(io.BytesIO(data)) as opened:
        opened.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        return numpy.asarray(opened.convert("L"))


def _draft(found: Sequence[Recognised], pages: Sequence[int], kind: str) -> Draft:
    letters = sum(page.letters for page in found)
    certainty = sum(page.certainty * page.letters for page in found) / letters if letters else 0.0
    missed = tuple(number for number, page in zip(pages, found, strict=True) if page.missed)
    blocks = tuple(block for page in found for block in page.blocks)
    return Draft(blocks, kind, confidence=round(certainty, 4), scanned=missed)


def _recognised(reader: Any, image: Any, scale: float, number: int | None) -> Recognised:
    width = image.shape[1]
    result = reader(image)
    found = [
        (_line(box, text, scale), float(score))
        for box, text, score in zip(result.boxes if result.txts else (), result.txts or (), result.scores or (),
                                    strict=True)
        if score >= _LEAST_SURE and clean(text)
    ]  # fmt: skip
    lines = _same_sizes([line for line, _ in found])
    letters = sum(len(line.text) for line in lines)
    blocks = list(_blocks(lines, _rules(image, scale), number, width / scale))
    certainty = sum(score * len(line.text) for line, score in found) / letters if letters else 0.0
    rows = len({round(line.base / max(line.size, 1)) for line in lines})
    return Recognised(blocks, letters, certainty, missed=rows < _MISSED * _ink_lines(image))


def _line(box: Any, text: str, scale: float) -> Line:
    xs, ys = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
    size = max((max(ys) - min(ys)) * _HEIGHT_TO_SIZE, 1.0)
    base = max(ys) - size * 0.2
    return Line(clean(text), min(xs), max(xs), base, size, bold=False, top=min(ys))


def _same_sizes(lines: Sequence[Line]) -> list[Line]:
    """Boxes are not exact: sizes near the usual one are the usual one, others are rounded."""
    if not lines:
        return []
    usual = round(median(line.size for line in lines) * 2) / 2
    near = {id(line): 0.8 * usual < line.size < 1.18 * usual for line in lines}
    return [replace(line, size=usual if near[id(line)] else float(round(line.size / 2) * 2)) for line in lines]


def _blocks(lines: list[Line], rules: list[Rule], number: int | None, width: float) -> Iterator[Block]:
    """Tables where ruled lines enclose text, paragraphs elsewhere, top to bottom."""
    placed: list[tuple[float, Block]] = []
    rest = lines
    for grid in pdf_tables.grids(rules):
        inside = [line for line in rest if grid.box.holds(_middle(line), line.base - line.size / 3)]
        cells: dict[int, list[Line]] = {}
        for line in inside:
            if (cell := grid.cell_at(_middle(line), line.base - line.size / 3)) is not None:
                cells.setdefault(cell, []).append(line)
        if len(cells) < 2:
            continue
        said = {cell: "\n".join(p.text for p in pdf_lines.paragraphs(found)) for cell, found in cells.items()}
        placed.append((grid.box.top, Table(grid.texts(said), number)))
        taken = set(map(id, inside))
        rest = [line for line in rest if id(line) not in taken]
    for paragraph in pdf_lines.paragraphs(sorted(rest, key=lambda line: (line.base, line.left))):
        middle = (paragraph.left + paragraph.right) / 2
        centered = abs(middle - width / 2) < 0.04 * width and paragraph.left > 0.2 * width
        placed.append((paragraph.top, Text(paragraph.text, number, size=paragraph.size, centered=centered)))
    return (block for _, block in sorted(placed, key=lambda pair: pair[0]))


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2


def _rules(image: Any, scale: float) -> list[Rule]:
    """The long straight lines of a page picture."""
    cv2 = import_module("cv2")
    height, width = image.shape[:2]
    ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    rules = []
    for flat in (True, False):
        length = int((width if flat else height) * _TABLE_LINE)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if flat else (1, length))
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        for contour in cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, wide, high = (value / scale for value in cv2.boundingRect(contour))
            if flat and high < 6:
                rules.append(Rule(True, y + high / 2, x, x + wide))
            elif not flat and wide < 6:
                rules.append(Rule(False, x + wide / 2, y, y + high))
    return rules


def _ink_lines(image: Any) -> int:
    """How many lines of writing a page picture seems to have: bands of rows with ink between rows without."""
    numpy = import_module("numpy")
    dark = (image < 128).sum(axis=1)
    inked = dark > image.shape[1] * 0.01
    starts = numpy.flatnonzero(inked[1:] & ~inked[:-1])
    ends = numpy.flatnonzero(~inked[1:] & inked[:-1])
    pairs = zip(starts, ends[ends > starts[0]] if len(starts) else (), strict=False)
    return sum(8 < end - start < image.shape[0] / 20 for start, end in pairs)
