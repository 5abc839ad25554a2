"""Tables of a Word file, with merged cells as people make them."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from demo.outline import column_shares, is_profile, merged_above, profile_rows
from demo.source import Table, pieces

_WIDTH = 15.4  # cm, of the text


def add_table(document: WordDocument, table: Table, section: str) -> None:
    """The caption above, then the table, then a little air."""
    if table.caption:
        caption = document.add_paragraph(table.caption)
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.keep_with_next = True
        caption.runs[0].font.size = Pt(10.5)
    if is_profile(section, table):
        _add_profile(document, profile_rows(table))
    else:
        _add_plain(document, table.rows)
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _add_plain(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    grid = document.add_table(len(rows), len(rows[0]), "Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [share * _WIDTH for share in column_shares(rows)]
    _set_widths(grid, widths)
    cells = [list(row.cells) for row in grid.rows]
    for n, row in enumerate(rows):
        for cell, text in zip(cells[n], row, strict=True):
            _fill(cell, text, bold=n == 0, centred=n == 0 or len(text) < 14)
    for n in sorted(merged_above(rows)):
        top = max(above for above in range(n) if above not in merged_above(rows))
        cells[top][0].merge(cells[n][0])
        _drop_empty_paragraphs(cells[top][0])
    _repeat_header(grid.rows[0]._tr)  # python-docx has no name for it


def _set_widths(grid: WordTable, widths: Sequence[float]) -> None:
    """Word reads the cells' widths, other programs the columns'."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _drop_empty_paragraphs(cell: _Cell) -> None:
    """Merging leaves an empty paragraph for each merged cell."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _repeat_header(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_profile(document: WordDocument, rows: Sequence[Sequence[tuple[str, int]]]) -> None:
    """Labels shaded, values beside them, long values over several columns."""
    columns = sum(span for _, span in rows[0])
    grid = document.add_table(len(rows), columns, "Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [_WIDTH * (0.36 if n % 2 == 0 else 0.64) / (columns / 2) for n in range(columns)]
    _set_widths(grid, widths)
    for texts, row in zip(rows, grid.rows, strict=True):
        cells = list(row.cells)
        at = 0
        for text, span in texts:
            cell = cells[at] if span == 1 else cells[at].merge(cells[at + span - 1])
            _fill(cell, text, bold=at % 2 == 0, centred=at % 2 == 0)
            if at % 2 == 0:
                _shade(cell)
            at += span


def _fill(cell: _Cell, text: str, *, bold: bool, centred: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.15
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
    for words, marked in pieces(text.replace("<br>", "\n")):
        run = paragraph.add_run(words)
        run.font.size, run.bold = Pt(10.5), bold or marked or None


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "E8EEF4")
    cell._tc.get_or_add_tcPr().append(shade)  # python-docx knows no shading
