"""Recognises the text of scanned pages and pictures with RapidOCR, where the extra is installed. Runs in the child.

The models are inside the package, so nothing is fetched. About 6 seconds of one processor and 0.9 GB a page.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import pdf_lines, pdf_tables
from indexer.reading.clean import clean
from indexer.reading.pdf_lines import Line
from indexer.reading.pdf_page import Box, Rule
from indexer.reading.scanned_figures import figures
from indexer.reading.upright import evenly_lit, upright

_LONGEST_SIDE = 2_000  # pixels; RapidOCR would shrink larger pictures itself
_FINEST = (
    600 / 72
)  # pixels a point of a page, as fine scanners have; more would make writing of the specks of a tiny page
_USUAL_SCALE = _LONGEST_SIDE / 842  # pixels a point of a photograph, as if its page were A4
_HEIGHT_TO_SIZE = 0.78  # a box around a line is this much higher than its font
_LEAST_SURE = 0.5  # lines below are noise
_MISSED = 0.6  # a page on which fewer of its lines of ink than this were recognised is flagged
_TABLE_LINE = 1 / 25  # of the page's width or height; shorter strokes are strokes of characters

Tell = Callable[[int], None]
"""Is told the number of each page when it is done."""


@dataclass(frozen=True)
class Recognised:
    number: int
    blocks: list[Block]
    letters: int
    certainty: float  # mean of its lines, 0..1
    missed: bool  # more lines of ink than of text


def engine() -> Any:
    rapidocr = import_module("rapidocr")  # an extra: there are no types for what may not be installed
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return rapidocr.RapidOCR(params={"Global.log_level": "error", **threads})


def recognise_pages(path: Path, pages: Sequence[int], tell: Tell) -> Draft:
    """The text of these pages of a PDF, counted from 1."""
    reader = engine()
    document = pypdfium2.PdfDocument(path)
    found = []
    for number in pages:
        page = document[number - 1]
        scale = scale_of(page.get_size())
        image = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False).to_numpy()[:, :, :3]
        page.close()
        found.append(_recognised(reader, image, scale, number))
        tell(number)
    document.close()
    return _draft(found, "pdf")


def scale_of(size: tuple[float, float]) -> float:
    """Pixels a point for a page of so many points."""
    return min(_LONGEST_SIDE / max(size), _FINEST)


def recognise_pictures(pictures: Sequence[Picture], tell: Tell) -> Draft:
    """The text in pictures; its page is the place of the picture in `pictures`, from 1."""
    reader = engine()
    found = []
    for number, picture in enumerate(pictures, start=1):
        found.append(_recognised(reader, _pixels(picture.data), _USUAL_SCALE, number))
        tell(number)
    return _draft(found, "")


def _pixels(data: bytes) -> Any:
    """In the order of colours that OpenCV has, and turned as the camera says that it was held."""
    numpy = import_module("numpy")
    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    paper.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return numpy.ascontiguousarray(numpy.asarray(paper)[:, :, ::-1])


def _draft(found: Sequence[Recognised], kind: str) -> Draft:
    letters = sum(page.letters for page in found)
    certainty = sum(page.certainty * page.letters for page in found) / letters if letters else 0.0
    return Draft(
        tuple(block for page in found for block in page.blocks),
        kind,
        confidence=round(certainty, 4),
        scanned=tuple(page.number for page in found if page.missed),
        certainty={page.number: round(page.certainty, 4) for page in found if page.letters},
    )


def _recognised(reader: Any, image: Any, scale: float, number: int) -> Recognised:
    image = upright(reader, image)
    grey = evenly_lit(image)
    result = reader(grey, use_det=True, use_cls=True, use_rec=True)
    found = [
        (_line(box, text, scale), float(score))
        for box, text, score in zip(result.boxes if result.txts else (), result.txts or (), result.scores or (),
                                    strict=True)
        if score >= _LEAST_SURE and clean(text)
    ]  # fmt: skip
    lines = _same_sizes([line for line, _ in found])
    letters = sum(len(line.text) for line in lines)
    placed = _placed(lines, _rules(grey, scale), number, image.shape[1] / scale)
    taken = [line_box(line) for line in lines] + [box for box, block in placed if isinstance(block, Table)]
    placed += [(box, Picture(png, "png", number)) for box, png in figures(image, grey, taken, scale)]
    certainty = sum(score * len(line.text) for line, score in found) / letters if letters else 0.0
    rows = len({round(line.base / max(line.size, 1)) for line in lines})
    blocks = [block for _, block in sorted(placed, key=_order)]
    return Recognised(number, blocks, letters, certainty, missed=rows < _MISSED * _ink_lines(grey))


def _order(placed: tuple[Box, Block]) -> float:
    """Down the page; a figure after the words in it, so that its caption follows it."""
    box, block = placed
    return box.bottom if isinstance(block, Picture) else box.top


def _line(box: Any, text: str, scale: float) -> Line:
    xs, ys = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
    size = max((max(ys) - min(ys)) * _HEIGHT_TO_SIZE, 1.0)
    base = max(ys) - size * 0.2
    return Line(clean(text), min(xs), max(xs), base, size, bold=False, top=min(ys))


def line_box(line: Line) -> Box:
    return Box(line.left, line.top, line.right, line.base + line.size * 0.2)


def _same_sizes(lines: Sequence[Line]) -> list[Line]:
    """Boxes are not exact: sizes near the usual one are the usual one, others are rounded."""
    if not lines:
        return []
    usual = round(median(line.size for line in lines) * 2) / 2
    near = {id(line): 0.8 * usual < line.size < 1.18 * usual for line in lines}
    return [replace(line, size=usual if near[id(line)] else float(round(line.size / 2) * 2)) for line in lines]


def _placed(lines: list[Line], rules: list[Rule], number: int, width: float) -> list[tuple[Box, Block]]:
    """Tables where ruled lines enclose text, paragraphs elsewhere, each with its place."""
    placed: list[tuple[Box, Block]] = []
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
        placed.append((grid.box, Table(grid.texts(said), number)))
        taken = set(map(id, inside))
        rest = [line for line in rest if id(line) not in taken]
    for paragraph in pdf_lines.paragraphs(_in_rows(rest)):
        middle = (paragraph.left + paragraph.right) / 2
        centered = abs(middle - width / 2) < 0.04 * width and paragraph.left > 0.2 * width
        box = Box(paragraph.left, paragraph.top, paragraph.right, paragraph.bottom)
        placed.append((box, Text(paragraph.text, number, size=paragraph.size, centered=centered)))
    return placed


def _in_rows(lines: Sequence[Line]) -> list[Line]:
    """Top to bottom, and left to right in a row: boxes of one row differ by a pixel or two."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2


def _rules(image: Any, scale: float) -> list[Rule]:
    """The long straight lines of a page picture."""
    cv2 = import_module("cv2")
    height, width = image.shape[:2]
    calm = cv2.GaussianBlur(image, (3, 3), 0)  # grains of a poor copy would cut a line into pieces
    ink = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
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
