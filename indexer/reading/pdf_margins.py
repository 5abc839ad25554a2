"""Running heads, running feet and page numbers of a PDF: short lines at the edge that come again page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the parent process uses this module and has no need of PDFium
    from indexer.reading.pdf_lines import Line

_ZONE = 0.12  # of the page's height, at the top and at the bottom
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(
    r"[-—–~·\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})\s*(?:页)?(?:\s*[/／共,，]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–~·\s]*"
)


def margin_kind(line: Line, height: float) -> str:
    """ "header", "footer", or "" for a line in the body."""
    if line.base < _ZONE * height:
        return "header"
    return "footer" if line.base > (1 - _ZONE) * height else ""


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None


def without_numbers(text: str) -> str:
    """The same on every page."""
    return re.sub(r"\d+", "#", text.replace(" ", ""))


def repeating(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[str]:
    """The keys of lines that come again at the edge of many pages. `pages`: height and lines of each."""
    counts: Counter[str] = Counter()
    for height, found in pages:
        counts.update({without_numbers(line.text) for line in found if margin_kind(line, height)})
    needed = max(_FEWEST_PAGES, len(pages) // 4)
    return {key for key, count in counts.items() if count >= needed}


def sorted_out(found: Sequence[Line], height: float, again: set[str]) -> tuple[list[Line], list[tuple[str, Line]]]:
    """Body lines, and (kind, line) of running heads and feet; page numbers are in neither."""
    body: list[Line] = []
    margins: list[tuple[str, Line]] = []
    for line in found:
        kind = margin_kind(line, height)
        if kind and is_page_number(line.text):
            continue
        if kind and without_numbers(line.text) in again:
            margins.append((kind, line))
        else:
            body.append(line)
    return body, margins
