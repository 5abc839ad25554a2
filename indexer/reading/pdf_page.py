"""One PDF page as PDFium sees it: characters, ruled lines and pictures, in points from the top left as shown."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_MOST_CHARACTERS = 50_000  # on one page
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000  # of one path; a curve of a chart, not a ruled line
_THIN = 3.0  # points; a filled rectangle this thin is a ruled line
_SHORT = 6.0  # points; a shorter line rules nothing
_FONT_BOLD = re.compile(rb"bold|heavy|black|semib|demi|,b\b|-cu\b|xbs", re.IGNORECASE)
_BOLD_WEIGHT = 600
_STROKED_TOO = 2  # text render mode: filled and stroked, how Word and WPS make a font bold that has no bold


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    left: float
    right: float
    base: float  # baseline, from the top
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis, from `start` to `end` at `at`."""

    flat: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Image:
    box: Box
    handle: Any


@dataclass(frozen=True, slots=True)
class _Font:
    size: float
    bold: bool
    upright: bool


class Page:
    """Wraps a page of `pypdfium2`; coordinates are turned as the page is."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.width, self.height = page.get_size()
        self._to_top = self._turner(page)

    def _turner(self, page: Any) -> Callable[[float, float], tuple[float, float]]:
        left, bottom, right, top = page.get_bbox()
        match page.get_rotation():
            case 90:
                return lambda x, y: (y - bottom, x - left)
            case 180:
                return lambda x, y: (right - x, y - bottom)
            case 270:
                return lambda x, y: (top - y, right - x)
            case _:
                return lambda x, y: (x - left, top - y)

    # -- characters --------------------------------------------------------------------------------------------

    def chars(self) -> list[Char]:
        """All characters that run along the page; watermarks across it are left out."""
        textpage = self._page.get_textpage()
        try:
            return list(self._chars(textpage.raw))
        finally:
            textpage.close()

    def _chars(self, textpage: Any) -> Iterator[Char]:
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        fonts: dict[int, _Font] = {}
        high = 0  # a character beyond U+FFFF may come as two halves
        for index in range(min(pdfium.FPDFText_CountChars(textpage), _MOST_CHARACTERS)):
            code = pdfium.FPDFText_GetUnicode(textpage, index)
            if code <= 32 or code == 0xFFFE or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            font = self._font(textpage, index, fonts)
            if not font.upright:
                continue
            pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
            left, base = self._to_top(x.value, y.value)
            first, _ = self._to_top(box.left, box.bottom)
            second, _ = self._to_top(box.right, box.top)
            right = max(first, second)
            yield Char(chr(code), left, right if right > left else left + font.size / 2, base, font.size, font.bold)

    def _font(self, textpage: Any, index: int, known: dict[int, _Font]) -> _Font:
        """Size, weight and direction, looked up once for each text object."""
        handle = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in known:
            known[key] = self._new_font(textpage, index, handle)
        return known[key]

    def _new_font(self, textpage: Any, index: int, handle: Any) -> _Font:
        matrix = pdfium.FS_MATRIX()
        size = float(pdfium.FPDFText_GetFontSize(textpage, index)) or 1.0
        upright = True
        if pdfium.FPDFText_GetMatrix(textpage, index, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            origin, along = self._to_top(0, 0), self._to_top(matrix.a, matrix.b)
            upright = along[0] - origin[0] > 5 * abs(along[1] - origin[1])
        bold = bool(handle) and pdfium.FPDFTextObj_GetTextRenderMode(handle) == _STROKED_TOO
        bold = bold or pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT or _bold_name(textpage, index)
        return _Font(round(size * 2) / 2, bold, upright)

    # -- lines and pictures ------------------------------------------------------------------------------------

    def drawn(self) -> tuple[list[Rule], list[Image]]:
        """Ruled lines and pictures."""
        rules: list[Rule] = []
        images: list[Image] = []
        for count, thing in enumerate(self._page.get_objects(max_depth=4)):
            if count > _MOST_OBJECTS:
                break
            if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
                rules += self._rules(thing)
            elif thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                images.append(Image(self._box(thing.get_bounds()), thing))
        return rules, images

    def _box(self, bounds: tuple[float, float, float, float]) -> Box:
        left, bottom, right, top = bounds
        (x0, y0), (x1, y1) = self._to_top(left, bottom), self._to_top(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _rules(self, path: Any) -> Iterator[Rule]:
        box = self._box(path.get_bounds())
        if box.width <= _THIN or box.height <= _THIN:
            yield from _rule(box)
            return
        if not _is_stroked(path) or pdfium.FPDFPath_CountSegments(path.raw) > _MOST_SEGMENTS:
            return
        for start, end in self._segments(path):
            side = Box(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
            if side.width <= 1 or side.height <= 1:
                yield from _rule(side)

    def _segments(self, path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        """The straight parts of a path."""
        matrix = path.get_matrix()
        x, y = ctypes.c_float(), ctypes.c_float()
        first = last = (0.0, 0.0)
        for index in range(pdfium.FPDFPath_CountSegments(path.raw)):
            segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            here = self._to_top(*matrix.on_point(x.value, y.value))
            match pdfium.FPDFPathSegment_GetType(segment):
                case pdfium.FPDF_SEGMENT_MOVETO:
                    first = here
                case pdfium.FPDF_SEGMENT_LINETO:
                    yield last, here
            last = here
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield last, first


def _rule(box: Box) -> Iterator[Rule]:
    if box.width >= box.height and box.width > _SHORT:
        yield Rule(True, (box.top + box.bottom) / 2, box.left, box.right)
    elif box.height > box.width and box.height > _SHORT:
        yield Rule(False, (box.left + box.right) / 2, box.top, box.bottom)


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, fill, stroke)
    return bool(stroke.value)


def _bold_name(textpage: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return bool(flags.value & (1 << 18)) or _FONT_BOLD.search(buffer.value) is not None
