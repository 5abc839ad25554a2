"""What all originals share: cover, headings with their numbers, contents, the table that presents the group."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demo.facts import Facts
from demo.figure_data import Figure
from demo.source import Block, Heading, ItemList, Paragraph, Report, Table

FICTION = "演示用虚构案例"
CONTENTS = "目录"
_NUMBER = re.compile(
    r"(?P<part>PART ?\d+\s+)|(?P<chinese>第?[一二三四五六七八九十]+(?:章|[、.．])\s*)"
    r"|(?P<bracket>（[一二三四五六七八九十]+）\s*)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2})*(?:[、.．](?!\d)\s*|\s+))"
)
_GROUP_SECTION = re.compile(r"小组|圈情|团队")
_LABELS = re.compile(r"小组|课题|成立|活动|注册|人数|组长|类型|教育|培训|出勤|单位|项目|顾问|成员|时间")
_NARROWEST = 0.06  # of the width of a table: three characters of 责任人 still fit
_LINES_A_PAGE, _SIGNS_A_LINE, _LINES_A_FIGURE = 40, 38, 16


@dataclass(frozen=True)
class Section:
    """One step of the report: its heading and everything under it."""

    heading: Heading
    blocks: tuple[Block, ...]


def sections(report: Report) -> list[Section]:
    """The report cut at its first-level headings."""
    starts = [n for n, block in enumerate(report.blocks) if isinstance(block, Heading) and block.level == 1]
    ends = [*starts[1:], len(report.blocks)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        heading = report.blocks[start]
        assert isinstance(heading, Heading)
        found.append(Section(heading, report.blocks[start + 1 : end]))
    return found


def opening(report: Report) -> tuple[Block, ...]:
    """What stands before the first heading."""
    first = next(n for n, block in enumerate(report.blocks) if isinstance(block, Heading))
    return report.blocks[:first]


def split_number(heading: str) -> tuple[str, str]:
    """(number with its mark, the words): "三、现状调查" gives ("三、", "现状调查")."""
    match = _NUMBER.match(heading)
    return (match[0], heading[match.end() :]) if match and match.end() < len(heading) else ("", heading)


def cover_lines(facts: Facts) -> list[tuple[str, str]]:
    """Label and value of each line under the title of the cover."""
    return [
        ("单位", facts.unit),
        ("小组", facts.group),
        (
            "课题类型",
            {"problem-solving": "问题解决型", "innovation": "创新型"}[facts.topic_type]
            if not facts.legacy_type
            else facts.legacy_type,
        ),
        ("工程", facts.project),
        ("日期", f"{facts.end.year}年{facts.end.month}月"),
    ]


def variant(slug: str, count: int) -> int:
    """A number below `count` that is always the same for a report, and differs between reports."""
    return zlib.crc32(slug.encode()) % count


def contents(report: Report) -> Iterator[tuple[int, str, int]]:
    """(level, heading, about which page) of the first two levels; cover and contents are pages 1 and 2."""
    lines = 0.0
    for block in report.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            yield block.level, block.text, 3 + int(lines / _LINES_A_PAGE)
        lines += _lines(block)


def _lines(block: Block) -> float:
    match block:
        case Heading():
            return 2
        case Paragraph(text):
            return 1 + len(text) // _SIGNS_A_LINE
        case ItemList(_, items):
            return sum(1 + len(item) // _SIGNS_A_LINE for item in items)
        case Table(_, rows):
            return 2 + 1.5 * len(rows)
        case Figure():
            return _LINES_A_FIGURE


def is_profile(section: str, table: Table) -> bool:
    """Whether the table presents the group: labels and values side by side."""
    columns = len(table.rows[0])
    firsts = [row[0] for row in table.rows]
    labelled = sum(bool(_LABELS.search(cell)) for cell in firsts)
    return bool(_GROUP_SECTION.search(section)) and columns in {2, 4, 6} and labelled * 2 > len(firsts)


def profile_rows(table: Table) -> list[list[tuple[str, int]]]:
    """Rows of (text, columns it spans), four columns wide where the source has two."""
    if len(table.rows[0]) == 2:
        return _paired(table.rows)
    return [_spans(row) for row in table.rows]


def _spans(row: Sequence[str]) -> list[tuple[str, int]]:
    """Empty cells at the end of a row belong to the cell before them."""
    filled = max((n for n, cell in enumerate(row) if cell), default=0)
    return [(cell, 1) for cell in row[:filled]] + [(row[filled], len(row) - filled)]


def _paired(rows: Sequence[Sequence[str]]) -> list[list[tuple[str, int]]]:
    """Two label-value pairs a row; a long value takes the whole row."""
    found: list[list[tuple[str, int]]] = []
    waiting: list[tuple[str, int]] = []
    for label, value in rows:
        if len(value) > 16:
            found += [_wide(waiting)] if waiting else []
            found.append([(label, 1), (value, 3)])
            waiting = []
        elif waiting:
            found.append([*waiting, (label, 1), (value, 1)])
            waiting = []
        else:
            waiting = [(label, 1), (value, 1)]
    return found + ([_wide(waiting)] if waiting else [])


def _wide(pair: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [pair[0], (pair[1][0], 3)]


def column_shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """How much of the width each column should take, by the length of its texts."""
    weights = []
    for column in zip(*rows, strict=True):
        longest, mean = max(map(len, column)), sum(map(len, column)) / len(column)
        weights.append(min(max((longest + mean) / 2, 3.2), 26))
    shares = [max(weight / sum(weights), _NARROWEST) for weight in weights]
    return [share / sum(shares) for share in shares]


def merged_above(rows: Sequence[Sequence[str]]) -> set[int]:
    """The rows whose empty first cell belongs to the cell above it."""
    return {n for n, row in enumerate(rows) if n > 1 and not row[0] and any(row)}
