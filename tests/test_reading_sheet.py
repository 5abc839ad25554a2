"""Spreadsheets: values as people write them, hidden sheets left out, far corners refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter

from indexer.reading.sheet import read_sheet, shown
from library.errors import Refused
from tests.reading import tables


def book(path: Path, *sheets: tuple[str, dict[str, object]], hidden: str = "") -> Path:
    with xlsxwriter.Workbook(str(path)) as written:
        for name, cells in sheets:
            sheet = written.add_worksheet(name)
            for place, value in cells.items():
                sheet.write(place, value)
            if name == hidden:
                sheet.hide()
    return path


def test_each_sheet_is_a_table_without_empty_edges(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ("获奖名单", {"B3": "序号", "C3": "课题名称", "B4": 1, "C4": "提高合格率"}))
    [table] = tables(read_sheet(file, "xlsx"))
    assert table.rows == (("序号", "课题名称"), ("1", "提高合格率"))
    assert table.caption == "获奖名单"


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ("看得见", {"A1": "甲"}), ("隐藏", {"A1": "乙"}), hidden="隐藏")
    assert [table.caption for table in tables(read_sheet(file, "xlsx"))] == ["看得见"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (True, "是"),
        (datetime.datetime.fromisoformat("2024-04-14"), "2024-04-14"),
        (datetime.datetime.fromisoformat("2024-04-14T09:30"), "2024-04-14 09:30"),
        ("甲\x00\r\n乙", "甲\n乙"),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, text: str) -> None:
    assert shown(value) == text  # type: ignore[arg-type]


def test_a_far_corner_is_refused(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ("表", {"A1": "甲", "XFD1048576": "乙"}))
    with pytest.raises(Refused, match="使用范围超过 200 万"):
        read_sheet(file, "xlsx")


def test_a_broken_book_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(Refused, match="已损坏"):
        read_sheet(file, "xls")
