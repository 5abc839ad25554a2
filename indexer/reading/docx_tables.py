"""Tables of Word files: their rows and cells, and tables that are forms, with a passage in every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from lxml import etree

from indexer.draft import Block, Table
from indexer.reading.docx_styles import W

SKIPPED = {W + "del", W + "moveFrom", W + "delText", W + "rPr", W + "pPr", W + "sectPr", W + "tblPr",
           W + "tblGrid", W + "trPr", W + "tcPr", W + "rt", W + "annotationRef"}  # fmt: skip
_PASSAGE = 60  # characters

Rows = Sequence[Sequence[str]]


def table_blocks(rows: Rows, inside: Mapping[int, Sequence[Block]], page: int | None) -> Iterator[Block]:
    """The table and the pictures and tables `inside` its rows, by row: behind it, or behind their row in a form."""
    width = max(map(len, rows), default=0)
    breaks = [n + 1 for n, blocks in inside.items() if blocks] if _holds_passages(rows) else []
    for start, end in pairwise(sorted({0, *breaks, len(rows)})):
        if any(any(row) for row in rows[start:end]):
            yield Table(tuple((*row, *[""] * (width - len(row))) for row in rows[start:end]), page)
        yield from chain.from_iterable(inside.get(row, ()) for row in range(start, end))


def _holds_passages(rows: Rows) -> bool:
    """A form, heading | text in every row."""
    filled = [[cell for cell in row if cell] for row in rows]
    return all(len(row) <= 3 for row in filled) and sum(len(row[-1]) >= _PASSAGE for row in filled if row) >= 3


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, also when content controls or change marks are around them; deleted ones left out."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag not in SKIPPED and child.tag not in (W + "tc", W + "tr"):
            yield from children(child, name)


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for row in children(table, "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            yield row


def sole_cell(table: etree._Element) -> etree._Element | None:
    rows = [row for _, row in zip(range(2), rows_of(table), strict=False)]
    if len(rows) != 1:
        return None
    cells = [cell for _, cell in zip(range(2), children(rows[0], "tc"), strict=False)]
    return cells[0] if len(cells) == 1 else None
