"""Pages set in two columns: where the gutter is, and in which order the parts of the page are read.

What crosses the gutter (a title, a wide table or picture) parts the page into bands; in each band the left column is
read before the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.reading.pdf_page import Box, Char

_SAME_BASE = 0.45  # of the size; as in pdf_lines
_GAP = 0.9  # of the size; no line of prose leaves so much between two characters
_MIDDLE = (0.35, 0.65)  # of the page's width: where a gutter may be
_FEWEST = 3  # lines of text in a column
_LINE = 12  # characters of a line of text, and half of its column's width
_FAR = 1e6  # what a badly made file puts beside the page is read too
_MOST_PIECES = 600  # a drawing has more

Row = list[Char]


def regions(chars: Sequence[Char], boxes: Sequence[Box], width: float) -> list[Box]:
    """The parts of a page in reading order; one part, the page, if it has no columns. `boxes`: tables and pictures."""
    pieces = [piece for row in _rows(chars) for piece in _pieces(row)]
    gutter = _gutter(pieces, width) if len(pieces) <= _MOST_PIECES else None
    if gutter is None:
        return [Box(-_FAR, -_FAR, _FAR, _FAR)]
    crossing = [(box.top, box.bottom) for box in boxes if _lies_across(box, gutter)]
    for piece in pieces:
        if piece[0].left < gutter < piece[-1].right:
            crossing.append((min(c.base - c.size for c in piece), max(c.base for c in piece) + 1))
    return list(_bands(sorted(crossing), gutter))


def _lies_across(box: Box, gutter: float) -> bool:
    """A picture may be a little wider than its column."""
    return min(gutter - box.left, box.right - gutter) > box.width / 4


def _bands(crossing: Sequence[tuple[float, float]], gutter: float) -> list[Box]:
    found: list[Box] = []
    at = -_FAR
    for top, bottom in [*crossing, (_FAR, _FAR)]:
        if top > at:
            found += [Box(-_FAR, at, gutter, top), Box(gutter, at, _FAR, top)]
        if bottom > max(at, top):
            found.append(Box(-_FAR, max(at, top), _FAR, bottom))
        at = max(at, bottom)
    return found


def _rows(chars: Sequence[Char]) -> list[Row]:
    rows: list[Row] = []
    for char in sorted(chars, key=lambda c: c.base):
        if rows and char.base - rows[-1][0].base <= _SAME_BASE * max(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    return rows


def _pieces(row: Row) -> list[Row]:
    """A row cut where it leaves more than prose would."""
    row = sorted(row, key=lambda c: c.left)
    pieces = [[row[0]]]
    for before, char in pairwise(row):
        if char.left - before.right > _GAP * max(before.size, char.size):
            pieces.append([char])
        else:
            pieces[-1].append(char)
    return pieces


def _gutter(pieces: Sequence[Row], width: float) -> float | None:
    """The left edge, near the middle, that has most lines beside each other and crosses few of them."""
    low, high = (share * width for share in _MIDDLE)
    best, place = 0, None
    for at in sorted({round(piece[0].left) - 1.0 for piece in pieces if low < piece[0].left < high}):
        left = [piece for piece in pieces if piece[-1].right <= at]
        right = [piece for piece in pieces if piece[0].left >= at]
        top, bottom = _beside(left, right)
        shared = [piece for piece in pieces if top <= piece[0].base <= bottom]
        crossed = sum(piece[0].left < at < piece[-1].right for piece in shared)
        score = len(shared) - 4 * crossed
        if score > best and _is_prose(left, at) and _is_prose(right, width - at):
            best, place = score, at
    return place


def _beside(left: Sequence[Row], right: Sequence[Row]) -> tuple[float, float]:
    """From where to where both columns reach."""
    spans = [[piece[0].base for piece in side] or [0.0] for side in (left, right)]
    return max(map(min, spans)), min(map(max, spans))


def _is_prose(column: Sequence[Row], width: float) -> bool:
    """Lines of text, not labels and numbers."""
    long = (len(piece) >= _LINE and piece[-1].right - piece[0].left > width / 2 for piece in column)
    return sum(long) >= _FEWEST
