"""Spreadsheets (xlsx, xlsb, xls, ods): one table a visible sheet, values as shown, empty edges cut off."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from indexer.draft import Draft, Table
from indexer.reading import guards
from indexer.reading.clean import clean
from indexer.reading.ooxml import Package
from indexer.reading.refusal import Refusal, damaged, locked
from library.notices import notice

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')  # with content
_MOST_ROWS = 20_000
_MOST_COLUMNS = 300

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_sheet(path: Path, kind: str) -> Draft:
    """Raises Refused for damaged, encrypted or oversized workbooks."""
    properties = {}
    if kind in ("xlsx", "xlsb"):
        with Package(path, kind) as package:
            _check_used_ranges(package)
            properties = package.properties()
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise locked(kind) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(kind) from error
    tables: list[Table] = []
    warnings: list[str] = []
    for sheet in book.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            rows = _rows(book, sheet.name)
        except (CalamineError, OSError, ValueError):
            warnings.append(notice("工作表“{name}”已损坏，未收入。", name=clean(sheet.name)))
            continue
        if rows:
            tables.append(Table(rows, caption=clean(sheet.name)))
    return Draft(tuple(tables), kind, properties=properties, warnings=tuple(warnings))


def _check_used_ranges(package: Package) -> None:
    """One far corner cell makes a small file claim the whole sheet, and the library give it all that memory."""
    for name in package.names():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name, re.IGNORECASE):
            _check_used_range(package.bytes(name) or b"")


def _check_used_range(data: bytes) -> None:
    left, right, top, bottom = 1 << 20, 0, 1 << 30, 0
    for match in _CELL.finditer(data):
        column, row = _column(match[1]), int(match[2])
        left, right = min(left, column), max(right, column)
        top, bottom = min(top, row), max(bottom, row)
    if right and (right - left + 1) * (bottom - top + 1) > guards.SHEET_CELLS:
        raise Refusal(
            reason="工作表的使用范围超过 {limit} 万个单元格。请删去远处多余的行列后另存一份，再重新提交。",
            limit=guards.SHEET_CELLS // 10_000,
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(book: CalamineWorkbook, name: str) -> tuple[tuple[str, ...], ...]:
    values = book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=_MOST_ROWS)
    rows = [[shown(value) for value in row[:_MOST_COLUMNS]] for row in values]
    rows = [row for row in rows if any(row)]
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    return tuple(tuple((row + [""] * width)[:width]) for row in rows)


def shown(value: Value) -> str:
    """A value as a person would write it."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.10g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return clean(str(value))
