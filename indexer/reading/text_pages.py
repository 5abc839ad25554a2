"""Text that was copied or converted from pages: page numbers and running heads between the lines, columns in blanks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from indexer.reading.pdf_margins import is_page_number, without_numbers

_CELLS = re.compile(r"(?:\s{2,}|\t)\s*")
_OFF = 2  # columns of the screen that a cell may stand beside its head
_FEWEST_CELLS = 3  # two beside each other may be a cover or a signature


def without_page_marks(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without page numbers and running heads, and each running head once.

    The blank lines around them go too: a paragraph may run on behind the page break.
    """
    marks = {n for n, text in enumerate(lines) if text.strip() and is_page_number(text.strip())}
    marks = {n for n in marks if re.search(r"[第页/／—–-]", lines[n])} or _counting(lines, marks)
    often = Counter(without_numbers(text.strip()) for text in lines if text.strip())
    heads: dict[str, None] = {}
    gone = set(marks)
    for mark in marks:
        for step in (-1, 1):
            n = _past_blanks(lines, mark + step, step)
            if n is not None and often[key := without_numbers(lines[n].strip())] > 1 and len(key) <= 40:
                gone.add(n)
                heads[lines[n].strip()] = None
    for n in list(gone):
        for step in (-1, 1):
            end = _past_blanks(lines, n + step, step)
            gone.update(range(n, end, step) if end is not None else ())
    return [text for n, text in enumerate(lines) if n not in gone], list(heads)


def _counting(lines: Sequence[str], marks: set[int]) -> set[int]:
    """Bare numbers are page numbers only if they count: 1, 2, 3 …"""
    found = sorted(n for n in marks if lines[n].strip().isdecimal())
    values = [int(lines[n]) for n in found]
    return set(found) if len(values) >= 3 and values == list(range(values[0], values[0] + len(values))) else set()


def _past_blanks(lines: Sequence[str], n: int, step: int) -> int | None:
    while 0 <= n < len(lines) and not lines[n].strip():
        n += step
    return n if 0 <= n < len(lines) else None


def columns(line: str, wide: str = "WF") -> int:
    """The width on a screen: a Han character takes two columns; "A" (Φ, ×) in Chinese fonts only."""
    return sum(2 if unicodedata.east_asian_width(char) in wide else 1 for char in line)


def aligned_rows(lines: Sequence[str], start: int) -> list[list[str]]:
    """The rows of a table set in blanks that begins here; none if there is no second row."""
    head = _cells(lines[start])
    if len(head) < _FEWEST_CELLS:
        return []
    rows = [[text for _, text in head]]
    for line in lines[start + 1 :]:
        row = _under(_cells(line), [at for at, _ in head])
        if row is None:
            break
        rows.append(row)
    return rows if len(rows) > 1 else []


def _cells(line: str) -> list[tuple[int, str]]:
    """Where each cell begins, and its text."""
    found = []
    at = len(line) - len(line.lstrip())
    for gap in [*_CELLS.finditer(line, at), None]:
        end = gap.start() if gap else len(line)
        if text := line[at:end].strip():
            found.append((columns(line[:at]), text))
        at = gap.end() if gap else end
    return found


def _under(cells: Sequence[tuple[int, str]], heads: Sequence[int]) -> list[str] | None:
    """The cells in their columns; None if the line is no row of this table."""
    if len(cells) == len(heads):
        return [text for _, text in cells]
    row = [""] * len(heads)
    for at, text in cells:
        place = min(range(len(heads)), key=lambda n: abs(heads[n] - at))
        if abs(heads[place] - at) > _OFF or row[place]:
            return None
        row[place] = text
    return row if len(cells) >= 2 else None
