"""The figures of a scanned page: large patches of ink that are neither writing nor a table. Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from PIL import Image

from indexer.reading.pdf_page import Box

_JOINED = 12  # points; ink that is this near belongs to one figure
_LEAST = (0.18, 0.07)  # of the page's width and height; smaller patches are stamps, logos and underlines
_MOST = 0.9  # of both; a larger patch is the frame or the shadow around a page
_FRAME = 3  # points; the thickness of the lines around a table
_EDGE = 4  # points of paper around a figure


def figures(image: Any, grey: Any, taken: Sequence[Box], scale: float) -> Iterator[tuple[Box, bytes]]:
    """Place and PNG of each figure of a page, top to bottom. `taken` holds writing and tables, in points."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    height, width = grey.shape[:2]
    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    for box in taken:
        left, top = round((box.left - _FRAME) * scale), round((box.top - _FRAME) * scale)
        right, bottom = round((box.right + _FRAME) * scale), round((box.bottom + _FRAME) * scale)
        ink[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = 0
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, numpy.ones((2, 2), numpy.uint8))  # specks of dust
    ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, numpy.ones((round(_JOINED * scale),) * 2, numpy.uint8))
    patches = [cv2.boundingRect(patch) for patch in _outlines(ink)]
    for x, y, wide, high in sorted(patches, key=lambda patch: patch[1]):
        if wide < _LEAST[0] * width or high < _LEAST[1] * height:
            continue
        if wide > _MOST * width and high > _MOST * height:
            continue
        edge = round(_EDGE * scale)
        cut = image[max(y - edge, 0) : y + high + edge, max(x - edge, 0) : x + wide + edge]
        out = io.BytesIO()
        Image.fromarray(numpy.ascontiguousarray(cut[:, :, ::-1])).save(out, "PNG")
        yield Box(x / scale, y / scale, (x + wide) / scale, (y + high) / scale), out.getvalue()


def _outlines(ink: Any) -> Any:
    cv2 = import_module("cv2")
    return cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
