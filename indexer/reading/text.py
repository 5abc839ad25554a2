"""Plain text: a line is a paragraph, unless the lines were broken at a fixed width; tabs in columns are a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from indexer.draft import Block, Draft, Table, Text
from indexer.reading.clean import characters, clean
from indexer.reading.encoding import decode
from indexer.reading.finish import finished
from indexer.reading.pinyin import has_pinyin, without_pinyin
from indexer.reading.refusal import Refusal

_ENDS = "。！？；：.!?;:…”"
_INDENT = re.compile(r"[ \t\u3000]+\S")
_STARTS = re.compile(r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|第.{1,3}[章节]|[-•●■◆*])")


def read_text(path: Path, kind: str = "txt") -> Draft:
    """Raises Refused for a text without any word."""
    text = characters(decode(path.read_bytes()))
    if has_pinyin(text):
        text = without_pinyin(text)
    blocks = tuple(_blocks(text.split("\n")))
    if not blocks:
        raise Refusal(reason="这个文本文件里没有文字。请检查原文件后重新提交。")
    return Draft(finished(blocks), kind)


def _blocks(lines: list[str]) -> Iterator[Block]:
    width = _fixed_width(lines)
    index = 0
    while index < len(lines):
        rows = _table_rows(lines, index)
        if len(rows) > 1:
            yield _table(rows)
            index += len(rows)
            continue
        paragraph = [lines[index]]
        index += 1
        while index < len(lines) and _goes_on(paragraph[-1], lines[index], width):
            paragraph.append(lines[index])
            index += 1
        if text := clean(_joined(paragraph)):
            yield Text(text)


def _joined(lines: list[str]) -> str:
    text = lines[0].rstrip()
    for line in lines[1:]:
        gap = " " if text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() else ""
        text += gap + line.strip()
    return text


def columns(line: str) -> int:
    """The width on a screen: a Han character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _fixed_width(lines: list[str]) -> int:
    """The width at which all long lines were broken; 0 if they were not."""
    widths = sorted(columns(line.rstrip()) for line in lines if line.strip())
    if len(widths) < 5:
        return 0
    widest = widths[-1]
    full = sum(width >= widest - 5 for width in widths)
    return widest if 40 <= widest <= 120 and full * 3 >= len(widths) else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Was this line broken only because it was full?"""
    return (
        width > 0
        and columns(line.rstrip()) >= width - 5
        and bool(following.strip())
        and not _INDENT.match(following)
        and not (line.rstrip()[-1:] in _ENDS and _STARTS.match(following))
    )


def _table_rows(lines: list[str], start: int) -> list[list[str]]:
    """The rows from here on that have the same number of tab-separated cells, two or more."""
    rows: list[list[str]] = []
    for line in lines[start:]:
        cells = line.strip("\n").split("\t")
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or not line.strip():
            break
        rows.append(cells)
    return rows


def _table(rows: list[list[str]]) -> Table:
    return Table(tuple(tuple(clean(cell) for cell in row) for row in rows))
