"""The lines of the cover: what stands before the first heading of a step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.draft import Draft, Table, Text
from indexer.fields.organisation_words import is_group
from indexer.step_names import step_name

_MOST_LINES = 25
_LONGEST = 90  # characters; a longer line is a paragraph
_NOT_COVER = {"toc", "header", "footer", "notes"}
_LIBRARY = re.compile(r"上传|浏览|下载|积分|评分|收藏|阅读量|页数")
"""Two of these on a line: what a library's page says of the file, not the report of itself."""
_GAP = re.compile(r"\s+/\s+|\u3000+|\s*[|｜]\s*|\s{2,}|\t|\s+(?=[\u4e00-\u9fff]{2,6}[:：])")
"""What sets several things apart on one line: 某某工程局 / 鹰眼QC小组 / 2023-11."""


@dataclass(frozen=True)
class Line:
    text: str
    size: float
    page: int | None
    centered: bool


def cover_lines(draft: Draft) -> list[Line]:
    """Lines before the first heading of a step or the first table, at most 25."""
    return list(_lines(draft))


def running_lines(draft: Draft) -> list[str]:
    """Different lines of page headers and footers, in reading order."""
    texts = [block.text for block in draft.blocks if isinstance(block, Text) and block.role in {"header", "footer"}]
    return list(dict.fromkeys(line.strip() for text in texts for line in text.split("\n") if line.strip()))


def names_a_step(text: str) -> bool:
    """未来工匠QC小组 holds a word of the last step but is a group."""
    name = step_name(text)
    return name is not None and name.sure >= 0.7 and not is_group(text)


def _lines(draft: Draft) -> Iterator[Line]:
    lines = 0
    for block in draft.blocks:
        if isinstance(block, Table) and not lines:
            yield from _across(block)
        if not isinstance(block, Text):
            if lines:
                return
            continue
        if block.role in _NOT_COVER:
            continue
        for text in block.text.split("\n"):
            if not text.strip():
                continue
            named = step_name(text)
            if lines >= _MOST_LINES or len(text) > _LONGEST or (named and named.sure >= 0.9 and not is_group(text)):
                return
            lines += 1
            if len(set(_LIBRARY.findall(text))) >= 2:
                continue
            for part in _parts(text.strip()):
                yield Line(part, block.size or 0.0, block.page, block.centered)


def _across(table: Table) -> Iterator[Line]:
    """Lines of a cover that is a table: cells that go over its whole width."""
    for row in table.rows[:_MOST_LINES]:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and len(row) > 1 and len(filled[0]) <= _LONGEST:
            yield from (Line(part, 0.0, table.page, True) for part in _parts(filled[0].strip()))


def _parts(line: str) -> list[str]:
    """The things that one line tells; a name whose letters are set apart stays whole."""
    parts = [part.strip() for part in _GAP.split(line) if part.strip()]
    return parts if all(len(part) >= 4 for part in parts) else [line]
