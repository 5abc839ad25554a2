"""Native tables of a slide deck."""

# mypy: disallow-untyped-calls=False
# (the library types only a part of itself)

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide as Page
from pptx.table import _Cell
from pptx.util import Inches, Pt

from demo.outline import column_shares, is_profile, merged_above, profile_rows
from demo.slides import row_height
from demo.source import Table, plain

_WIDTH = 12.1
_LINE = 0.3  # inches
_HEAD, _LABEL, _PALE = RGBColor(0x1F, 0x5F, 0x99), RGBColor(0xD8, 0xE6, 0xF2), RGBColor(0xF4, 0xF7, 0xFA)
_WHITE, _INK = RGBColor(255, 255, 255), RGBColor(0x22, 0x30, 0x3C)


def add_table(page: Page, table: Table, top: float, section: str) -> None:
    """The caption, and below it the table."""
    if table.caption:
        box = page.shapes.add_textbox(Inches(0.6), Inches(top), Inches(_WIDTH), Inches(0.35))
        _put(box.text_frame.paragraphs[0], table.caption, 14, _INK, bold=True, centred=True)
        top += 0.42
    if is_profile(section, table):
        _profile(page, profile_rows(table), top)
    else:
        _plain(page, table, top)


def _plain(page: Page, table: Table, top: float) -> None:
    rows, shares = table.rows, column_shares(table.rows)
    heights = [row_height(row, shares) * _LINE for row in rows]
    area = (Inches(0.6), Inches(top), Inches(_WIDTH), Inches(sum(heights)))
    grid = page.shapes.add_table(len(rows), len(rows[0]), *area).table
    for n, share in enumerate(shares):
        grid.columns[n].width = Inches(share * _WIDTH)
    for n, (row, height) in enumerate(zip(rows, heights, strict=True)):
        grid.rows[n].height = Inches(height)
        for at, text in enumerate(row):
            fill, ink = (_HEAD, _WHITE) if n == 0 else (_PALE if n % 2 else _WHITE, _INK)
            _fill(grid.cell(n, at), text, fill, ink, bold=n == 0, centred=n == 0 or len(text) < 14)
    above = merged_above(rows)
    for n in sorted(set(range(1, len(rows))) - above):
        last = n
        while last + 1 in above:
            last += 1
        if last > n:
            grid.cell(n, 0).merge(grid.cell(last, 0))


def _profile(page: Page, rows: Sequence[Sequence[tuple[str, int]]], top: float) -> None:
    columns = sum(span for _, span in rows[0])
    height = Inches(0.38 * len(rows))
    grid = page.shapes.add_table(len(rows), columns, Inches(0.6), Inches(top), Inches(_WIDTH), height).table
    for n in range(columns):
        grid.columns[n].width = Inches(_WIDTH * (0.3 if n % 2 == 0 else 0.7) / (columns / 2))
    for n, row in enumerate(rows):
        at = 0
        for text, span in row:
            if span > 1:
                grid.cell(n, at).merge(grid.cell(n, at + span - 1))
            label = at % 2 == 0
            _fill(grid.cell(n, at), text, _LABEL if label else _WHITE, _INK, bold=label, centred=label)
            at += span


def _fill(cell: _Cell, text: str, fill: RGBColor, ink: RGBColor, *, bold: bool, centred: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(4)
    _put(cell.text_frame.paragraphs[0], plain(text), 13, ink, bold=bold, centred=centred)


def _put(paragraph: object, text: str, size: float, color: RGBColor, *, bold: bool, centred: bool) -> None:
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT  # type: ignore[attr-defined]
    run = paragraph.add_run()  # type: ignore[attr-defined]
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = color
