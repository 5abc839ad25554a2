"""From the characters of a PDF page to lines, and from lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.reading.clean import clean
from indexer.reading.pdf_page import Char

_SAME_BASE = 0.45  # of the size; characters nearer to a baseline stand on it (also raised and lowered ones)
_BLANK = 0.22  # of the size; a wider gap is a blank
_SPACED = 0.4  # of the size; what justified lines may put between two Han characters
_APART = 2.6  # of the size; beyond this gap something else begins: another box, a column
_NEXT_LINE = 2.3  # of the size; a baseline farther down begins a new paragraph
_SHORT_OF_EDGE = 2.2  # of the size; a line that ends earlier was ended on purpose
_INDENTED = 1.2  # of the size
_NUMBER = re.compile(r"[（(]?[0-9一二三四五六七八九十a-zA-Z①-⑳]{1,4}(?:[.．][0-9]{0,3})*[)）.、．]?|[•●■◆➢▪·○\-*]")
_STARTS = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节部步]|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}(?:[.．]\d{1,2})*[、.．]?\s*[\u4e00-\u9fff]|[•●■◆➢▪○□☑√①-⑳]|(?:图|表)\s*\d"
)
_ENDS = "。！？；.!?;"
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True)
class Line:
    """Characters that stand together on one baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    top: float


@dataclass(frozen=True)
class Paragraph:
    text: str
    size: float
    bold: bool
    left: float
    right: float
    top: float
    bottom: float  # the baseline of its last line
    open_end: bool = False  # its last line is full and ends no sentence: it may go on on the next page
    indented: bool = False


def without_doubles(chars: Iterable[Char]) -> list[Char]:
    """Printed twice at (nearly) the same place, to look bold: once is enough."""
    kept: list[Char] = []
    near: dict[tuple[str, int, int], Char] = {}
    for char in chars:
        column, row = int(char.left // 4), int(char.base // 4)
        around = ((char.text, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        twin = next((near[key] for key in around if key in near and _same_place(near[key], char)), None)
        if twin is None:
            kept.append(char)
            near[char.text, column, row] = char
    return kept


def _same_place(one: Char, other: Char) -> bool:
    limit = 0.3 * min(one.size, max(one.right - one.left, 1.0))
    return abs(one.left - other.left) < limit and abs(one.base - other.base) < limit


def lines(chars: Sequence[Char]) -> list[Line]:
    """The lines of a page or of a cell, top to bottom, left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.base):
        if rows and char.base - rows[-1][0].base <= _SAME_BASE * max(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [line for row in rows for line in _split(sorted(row, key=lambda c: c.left))]


def _split(row: list[Char]) -> list[Line]:
    pieces = [[row[0]]]
    for before, char in pairwise(row):
        gap = char.left - before.right
        if gap > _APART * max(before.size, char.size) and not _NUMBER.fullmatch("".join(c.text for c in pieces[-1])):
            pieces.append([char])
        else:
            pieces[-1].append(char)
    return [_line(piece) for piece in pieces]


def _line(chars: list[Char]) -> Line:
    sizes: dict[float, int] = {}
    parts = [chars[0].text]
    for before, char in pairwise(chars):
        if char.left - before.right > _BLANK * char.size and not _closed_up(before, char):
            parts.append(" ")
        parts.append(char.text)
    for char in chars:
        sizes[char.size] = sizes.get(char.size, 0) + 1
    size = max(sizes, key=sizes.__getitem__)
    bases = sorted(char.base for char in chars if char.size == size)
    base = bases[len(bases) // 2]
    return Line(
        text="".join(parts),
        left=chars[0].left,
        right=max(char.right for char in chars),
        base=base,
        size=size,
        bold=sum(char.bold for char in chars) * 2 > len(chars),
        top=base - size,
    )


def _closed_up(before: Char, char: Char) -> bool:
    """Between Han characters a small gap is spacing, not a blank."""
    both_han = _HAN.match(before.text) is not None and _HAN.match(char.text) is not None
    return both_han and char.left - before.right < _SPACED * char.size


def paragraphs(found: Sequence[Line]) -> list[Paragraph]:
    """Lines that were broken only because they were full, put together again; in reading order."""
    edges = _edges(found)
    open_ones: list[list[Line]] = []
    for line in found:
        home = next((group for group in reversed(open_ones) if _goes_on(group, line, edges)), None)
        if home is None:
            open_ones.append([line])
        else:
            home.append(line)
    done = [_paragraph(group, edges) for group in open_ones]
    return sorted(done, key=lambda p: (round(p.top / 3), p.left))


Edges = dict[int, tuple[float, float]]


def _edges(found: Sequence[Line]) -> Edges:
    """Left and right edge of the column that a line stands in, by the place of the line."""
    edges: Edges = {}
    for index, line in enumerate(found):
        column = [o for o in found if o.left < line.right and line.left < o.right and abs(o.size - line.size) < 3]
        edges[id(line)] = (min(o.left for o in column), max(o.right for o in column))
        if index > 400:
            break
    return edges


def _goes_on(group: list[Line], line: Line, edges: Edges) -> bool:
    last = group[-1]
    step = line.base - last.base
    left, right = edges.get(id(last), (last.left, last.right))
    if step < 0.5 * line.size or step > _NEXT_LINE * line.size:
        return False
    if abs(line.size - last.size) > 0.08 * last.size or line.bold != last.bold:
        return False
    if line.left > last.right or line.right < last.left:
        return False
    if last.right < right - _SHORT_OF_EDGE * last.size:
        return False
    if _STARTS.match(line.text) and (last.text[-1] in _ENDS or len(group) == 1 or last.text[-1] in "：:"):
        return False
    first_line_indent = line.left - min(left, last.left) > _INDENTED * line.size
    hanging = len(group) == 1 and line.left > last.left  # the second line of an item stands under its words
    return not first_line_indent or (hanging and _NUMBER.match(last.text) is not None)


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph: with a blank between words, without one next to a Han character."""
    if first.endswith("-") and first[-2:-1].isalpha() and second[:1].islower():
        return first[:-1] + second
    gap = "" if _HAN.match(first[-1:]) or _HAN.match(second[:1]) else " "
    return first + gap + second


def _paragraph(group: list[Line], edges: Edges) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        text = joined(text, line.text)
    last = group[-1]
    left, right = edges.get(id(last), (last.left, last.right))
    longest = max(group, key=lambda line: len(line.text))
    return Paragraph(
        text=clean(text),
        size=longest.size,
        bold=longest.bold,
        left=min(line.left for line in group),
        right=max(line.right for line in group),
        top=group[0].top,
        bottom=last.base,
        open_end=last.right >= right - _SHORT_OF_EDGE * last.size and text[-1] not in _ENDS + "：:" and len(group) > 1,
        indented=group[0].left - left > _INDENTED * last.size,
    )


def continued(first: Paragraph, second: Paragraph) -> Paragraph | None:
    """Both as one if the second, on the next page, goes on with the first."""
    goes_on = (
        first.open_end
        and not second.indented
        and first.size == second.size
        and first.bold == second.bold
        and abs(second.left - first.left) < 3 * first.size
        and not _STARTS.match(second.text)
    )
    return replace(first, text=joined(first.text, second.text), open_end=second.open_end) if goes_on else None
