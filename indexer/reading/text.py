"""Plain text: a line is a paragraph, unless the lines were broken at a fixed width; columns are a table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path

from indexer.draft import Block, Draft, Table, Text
from indexer.reading.clean import characters, clean
from indexer.reading.encoding import decode
from indexer.reading.finish import finished
from indexer.reading.pinyin import has_pinyin, without_pinyin
from indexer.reading.refusal import Refusal
from indexer.reading.text_pages import aligned_rows, columns, without_page_marks

_ENDS = "。！？；：.!?;:…”"
_NARROW, _WIDE = 40, 120  # columns of the screen at which lines are broken
_RAGGED = 5  # columns that a full line may fall short: no comma begins a line, no word is cut
_FEWEST = 3  # full lines
_APART = re.compile(r"\S(?: {2,}|\t)\S")
_INDENT = re.compile(r"[ \t\u3000]+\S")
_STARTS = re.compile(r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|第.{1,3}[章节]|[-•●■◆*])")


def read_text(path: Path, kind: str = "txt") -> Draft:
    """Raises Refused for a text without any word."""
    text = characters(decode(path.read_bytes()))
    if has_pinyin(text):
        text = without_pinyin(text)
    lines, heads = without_page_marks(text.split("\n"))
    blocks = [*_blocks(lines), *(Text(clean(head), role="header") for head in heads)]
    if not blocks:
        raise Refusal(reason="这个文本文件里没有文字。请检查原文件后重新提交。")
    return Draft(finished(blocks), kind)


def _blocks(lines: list[str]) -> Iterator[Block]:
    width = _fixed_width(lines)
    index = 0
    while index < len(lines):
        rows = _table_rows(lines, index) or aligned_rows(lines, index)
        if rows:
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
        number = text[-1:].isdigit() and line[:1].isdigit()
        gap = " " if text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and not number else ""
        text += gap + line.strip()
    return text


def _fixed_width(lines: list[str]) -> int:
    """The width at which long lines were broken, in the middle of a sentence as often as not; 0 if they were not."""
    found = [line.rstrip() for line in lines if line.strip() and not _APART.search(line.strip())]
    widths = sorted(columns(line) for line in found)
    likely = [
        width for width in set(widths) if _NARROW <= width <= _WIDE and _longer(widths, width) * 10 <= len(widths)
    ]
    best = max(likely, key=lambda width: (_about(widths, width), width), default=0)
    full = [line for line in found if best - _RAGGED <= columns(line) <= best]
    broken = sum(line[-1] not in _ENDS for line in full)
    return best if len(full) >= _FEWEST and len(full) * 8 >= len(found) and broken * 2 >= len(full) else 0


def _longer(widths: list[int], width: int) -> int:
    return len(widths) - bisect_right(widths, width)


def _about(widths: list[int], width: int) -> int:
    return bisect_right(widths, width) - bisect_left(widths, width - _RAGGED)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Was this line broken only because it was full?"""
    return (
        width > 0
        and columns(line.rstrip(), wide="WFA") >= width - _RAGGED
        and bool(following.strip())
        and not _INDENT.match(following)
        and not (line.rstrip()[-1:] in _ENDS and _STARTS.match(following))
    )


def _table_rows(lines: list[str], start: int) -> list[list[str]]:
    """The rows from here on that have the same number of tab-separated cells, two or more; none if it is only one."""
    rows: list[list[str]] = []
    for line in lines[start:]:
        cells = line.strip("\n").split("\t")
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or not line.strip():
            break
        rows.append(cells)
    return rows if len(rows) > 1 else []


def _table(rows: list[list[str]]) -> Table:
    return Table(tuple(tuple(clean(cell) for cell in row) for row in rows))
