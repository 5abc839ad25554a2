"""Lists of cases as tables for a spreadsheet. Nothing in them can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from library.case import Case
from library.interface import Words

Cell = str | int | float | None

COLUMNS = (
    "编号", "课题名称", "小组", "单位", "年份", "类别", "课题类型", "目标类型", "目标：特性值", "计量单位",
    "活动前", "目标", "活动后", "经济效益（元）", "QC工具", "获奖", "链接",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, full-width too."""


def rows(cases: Iterable[Case], words: Words, address: str) -> list[list[Cell]]:
    """One row a case, under a row of names; `address` is that of the site."""
    return [[words(name) for name in COLUMNS], *(_row(case, words, address) for case in cases)]


def _row(case: Case, words: Words, address: str) -> list[Cell]:
    target = case.target
    return [
        case.id,
        case.title,
        case.group,
        case.unit,
        case.year,
        "、".join(words.value("category", category) for category in case.categories),
        words.value("type", case.topic_type or ""),
        words.value("goal", case.target_kind or ""),
        target.measure,
        target.unit,
        target.before,
        target.goal,
        target.after,
        case.benefit_cny,
        "、".join(words(tool) for tool in case.tools),
        "；".join(f"{award.event} {award.text}".strip() for award in case.awards),
        f"{address}/cases/{case.id}",
    ]


def as_csv(table: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    made = io.StringIO()
    csv.writer(made).writerows([_harmless(cell) for cell in row] for row in table)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    """Text that begins like a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip().startswith(FORMULA):
        return f"'{cell}"
    return cell


def as_xlsx(table: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]  # only who exports needs it

    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, plain) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell[:32_000], None if number else bold)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, len(COLUMNS) - 1, 14)
    return made.getvalue()
