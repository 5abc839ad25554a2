"""Award lists as rows: which column is which whatever its heading, grades that stand above their winners, title rows.

A list is read top down, one pass: a row with one cell is the list's title or a grade for the rows below, a row of known
headings names the columns, any other row is a winner. Tables that go on over a page break keep their columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from indexer.draft import Table, Text
from indexer.reading import read
from indexer.reading.encoding import decode
from library.case import RANK_OTHER, Award
from library.errors import Refused
from library.text import fold

Cells = Sequence[str]


class NoAwardList(Refused):
    message = (
        "“{name}”里没有找到获奖名单：需要一行表头，其中有“课题名称”（或“成果名称”），并有小组、单位、奖项中的一项。"
    )


@dataclass(frozen=True)
class AwardRow:
    """One winner as the list gives it; `number` is the row in the file, from 1, tables counted on."""

    number: int
    title: str
    group: str = ""
    unit: str = ""
    year: int | None = None
    awards: tuple[Award, ...] = ()
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Given:
    """What the list says of itself, or the person who takes it in."""

    event: str = ""
    issuer: str = ""
    year: int | None = None


_TITLE_HEADING = (  # the whole cell: 课题 also stands inside awards and notes
    r"^(?:qc)?(?:小组)?(?:活动|参赛|获奖|发表|发布|申报|交流)?(?:qc)?(?:成果)?"
    r"(?:课题|成果|题目|题名|主题|项目)(?:名称|名|题目|内容)?(?:\(.*\))?$"
)
_FIELDS = (  # the first that fits; more telling words first
    ("", re.compile(r"类型|专业|推荐|人数|组长|电话|联系|发布人|成员|注册|登记")),
    ("number", re.compile(r"^(?:序号|编号|序|no\.?)$")),
    ("issuer", re.compile(r"颁奖|授奖|发证|授予|主办|评选单位|颁发")),
    ("title", re.compile(_TITLE_HEADING)),
    ("award", re.compile(r"奖|等级|级别|名次|成果类别|评审结果|结果")),
    ("group", re.compile(r"小组|班组|圈名|qcc?组|^组名")),
    ("unit", re.compile(r"单位|企业|公司|^项目部?$")),
    ("year", re.compile(r"年份|年度|^年$|时间|日期")),
    ("source", re.compile(r"来源|出处|网址|链接")),
    ("note", re.compile(r"数据|备注|说明")),
    ("event", re.compile(r"赛事|会议|活动")),
)
_GRADE = re.compile(r"([一二三123]|i{1,3})(?:[/、或]([一二三123]|i{1,3}))?[等类级]")
_ORDER = {"一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3, "i": 1, "ii": 2, "iii": 3}
_SECTION = re.compile(r"特等|[一二三123]等|i{1,3}类|[一二三]类|优秀|优胜|鼓励|先进|入围|金奖|银奖|铜奖")
_UNIT = re.compile(r"公司|集团|项目部|[局院厂段]$")
_TYPE = re.compile(r"(?:创新|问题解决|现场|攻关|管理|服务)型")  # a kind of topic is no award
_COUNT = re.compile(r"[（(【\[]?\s*(?:共|计)?\s*\d+\s*[个项名篇][^）)】\]]{0,6}[）)】\]]?\s*$")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．])\s*"
)
_ATTACHED = re.compile(r"^\s*附[件表录]\s*\d*\s*[：:、]?\s*")
_LIST = re.compile(r"[的]?(?:获奖|入选|表彰|公示|推荐)?(?:结果)?(?:名单|一览表|公示|汇总表|清单|表)$")
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)")
_ISSUER = re.compile(r"^([一-鿿]{2,24}?(?:协会|学会|联盟|联合会|总工会|委员会)(?:[一-鿿]{2,12}(?:专业委员会|分会))?)")
_TITLE_LINE = re.compile(r"名单|成果|奖|小组|QC|一览|公示|交流|竞赛|大赛", re.IGNORECASE)


def read_award_list(path: Path, name: str, given: Given = Given()) -> list[AwardRow]:
    """The winners of a list in xlsx, xls, csv, docx or any other file with tables. Raises Refused."""
    rows = list(_Reading(given).winners(_rows_of(path, name)))
    if not rows:
        raise NoAwardList(name=name)
    return rows


def rank_of(text: str) -> int:
    """0 特等, 1 一等/Ⅰ类, 2, 3, 9 other. Where a list leaves it open (二/三等奖), the lower one."""
    folded = fold(text)
    if "特等" in folded:
        return 0
    grades = [_ORDER[grade] for found in _GRADE.finditer(folded) for grade in found.groups() if grade]
    return max(grades) if grades else RANK_OTHER


def _rows_of(path: Path, name: str) -> Iterator[Cells]:
    """All rows of the file; a line of text outside tables is a row of one cell."""
    if Path(name).suffix.lower() in (".csv", ".tsv"):
        yield from _csv_rows(decode(path.read_bytes()))
        return
    for block in read(path, name).blocks:
        if isinstance(block, Table):
            yield from _unmerged(block.rows)
        elif isinstance(block, Text):
            yield (block.text,)


def _csv_rows(text: str) -> Iterator[Cells]:
    head = text[:4000]
    separator = max(",\t;，", key=head.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _unmerged(rows: Sequence[Cells]) -> list[Cells]:
    """Rows where a unit, award or year merged over several rows stands in each of them.

    A merged cell has its text in its first row only, as a cell that was left empty has. A column that writes one value
    in two rows running is not merged, so its empty cells are unknown.
    """
    filled = [list(row) for row in rows]
    at, columns = next(((i, c) for i, row in enumerate(rows) if (c := _columns(row))), (0, []))
    for column in (c[name] for c in columns for name in ("unit", "award", "year") if name in c):
        body = [row for row in filled[at + 1 :] if len(row) > column and sum(map(bool, row)) > 1]
        if any(one[column] and one[column] == two[column] for one, two in pairwise(body)):
            continue
        for one, two in pairwise(body):
            two[column] = two[column] or one[column]
    return [tuple(row) for row in filled]


def _field_of(heading: str) -> str:
    words = re.sub(r"\s+", "", fold(heading))
    if not words or len(words) > 20:
        return ""
    return next((name for name, pattern in _FIELDS if pattern.search(words)), "")


def _columns(row: Cells) -> list[dict[str, int]]:
    """Field -> column where the row names columns, else nothing; a list printed in two halves gives two."""
    halves: list[dict[str, int]] = [{}]
    for column, cell in enumerate(row):
        name = _field_of(cell)
        if name and name == next(iter(halves[-1]), None):
            halves.append({})
        if name:
            halves[-1].setdefault(name, column)
    named = [half for half in halves if "title" in half and half.keys() & {"group", "unit", "award", "number", "year"}]
    return named if named and all(len(cell) <= 30 for cell in row) else []


def _guessed(row: Cells) -> list[dict[str, int]]:
    """A list without a heading row: the cell that ends in 小组 is the group, one with 公司 and the like the unit, and
    the longest of the others the title. Without a group it is no such list.
    """
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if re.search(r"(?:小组|品管圈)[”\"]?$", cell):
            found.setdefault("group", column)
        elif _UNIT.search(cell):
            found.setdefault("unit", column)
        elif rank_of(cell) != RANK_OTHER and len(cell) <= 8:
            found.setdefault("award", column)
    rest = [column for column in range(len(row)) if column not in found.values() and len(row[column]) >= 6]
    return [found | {"title": max(rest, key=lambda column: len(row[column]))}] if "group" in found and rest else []


@dataclass
class _Reading:
    """What is known so far on the way down the list."""

    given: Given
    columns: list[dict[str, int]] = field(default_factory=list)
    above: Cells = ()
    grade: str = ""
    said: Given = field(default_factory=Given)

    def winners(self, rows: Iterable[Cells]) -> Iterator[AwardRow]:
        for number, row in enumerate(rows, 1):
            cells = [" ".join(cell.split()) for cell in row]
            if columns := self._split_heading(cells) or _columns(cells):
                self.columns = columns
            elif len(filled := [cell for cell in cells if cell]) == 1 and not self._is_winner(cells):
                self._line(filled[0])
            else:
                self.columns = self.columns or _guessed(cells)
                yield from self._winners_of(cells, number)
            self.above = cells

    def _split_heading(self, cells: Cells) -> list[dict[str, int]]:
        """The second row of a heading in two rows: 成果 above 课题名称 and 小组名称."""
        if len(self.above) != len(cells) or sum(bool(_field_of(cell)) for cell in cells) < 2:
            return []
        if sum(bool(_field_of(cell)) for cell in self.above) < 2:
            return []
        if any(re.fullmatch(r"\d+", cell) for cell in cells):
            return []
        return _columns([below or above for above, below in zip(self.above, cells, strict=True)])

    def _is_winner(self, cells: Cells) -> bool:
        """A row of nothing but a title in its column, which no grade and no title of a list is."""
        alone = any("title" in c and c["title"] < len(cells) and cells[c["title"]] for c in self.columns)
        return alone and len(cells) > 1 and not _SECTION.search(fold(" ".join(cells)))

    def _line(self, text: str) -> None:
        if len(text) <= 40 and _SECTION.search(fold(text)) and not _LIST.search(text):
            self.grade = _COUNT.sub("", _NUMBERED.sub("", text)).strip("：: ")
        elif len(text) <= 80 and _TITLE_LINE.search(text):
            self.grade = ""
            title = _ATTACHED.sub("", text)
            year = _YEAR.search(title)
            issuer = _ISSUER.match(title)
            self.said = Given(
                event=_LIST.sub("", title).strip("（(）) "),
                issuer=issuer[1] if issuer else self.said.issuer,
                year=int(year[0]) if year else self.said.year,
            )

    def _winners_of(self, cells: Cells, number: int) -> Iterator[AwardRow]:
        for columns in self.columns:
            told = {name: cells[column] for name, column in columns.items() if column < len(cells)}
            title = told.get("title", "").strip("《》 ")
            if len(fold(title)) >= 4:
                yield self._winner(AwardRow(number, title), told)

    def _winner(self, row: AwardRow, told: dict[str, str]) -> AwardRow:
        default = self.given.year or self.said.year
        years = [int(year) for year in _YEAR.findall(told.get("year", ""))] or ([default] if default else [])
        event = self.given.event or told.get("event", "") or self.said.event
        issuer = self.given.issuer or told.get("issuer", "") or self.said.issuer
        texts = [text.strip() for text in re.split(r"[；;]", told.get("award", "") or self.grade) if text.strip()]
        types = [text for text in texts if _TYPE.search(text) and not _SECTION.search(fold(text))]
        texts = [text for text in texts if text not in types]
        paired = years if len(years) == len(texts) else years[:1] * len(texts)
        awards = tuple(
            Award(text, event, issuer, paired[position] if paired else None, rank_of(text))
            for position, text in enumerate(texts)
        )
        return replace(
            row,
            group=told.get("group", ""),
            unit=told.get("unit", ""),
            year=min(years, default=None),
            awards=awards,
            note="；".join(filter(None, (told.get("note", ""), *types))),
            source=told.get("source", "") or event,
        )
