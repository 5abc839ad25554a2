"""Award lists: their rows, whatever their columns are called and in whatever order, and the cases they belong to.

Pure functions: nothing is read from disk and nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from indexer.draft import Block, Table, Text
from indexer.wording import squeeze
from library.case import RANK_OTHER, Award, Case

_HEADERS = {
    "number": r"序号|编号|排名|名次|no\.?",
    "title": r"(?:课题|成果|项目|题目|主题).{0,4}(?:名称)?|成果名称|获奖(?:课题|成果|项目)(?:名称)?",
    "group": r".{0,6}小组(?:名称|名)?|qc小组|团队名称|圈名",
    "unit": r".{0,6}(?:单位|企业|公司).{0,4}|推荐单位",
    "award": r"(?:获?奖.{0,4}|等级|等次|类别|奖项|获奖等级|成果等级|评审结果|评定等级|结果)",
}
_RANKS = (
    (0, r"特等|特级|特别"),
    (1, r"一等|一类|[ⅠI1]\s*类|第?一名|金奖|一级"),
    (2, r"二等|二类|(?:Ⅱ|II|2)\s*类|第?二名|银奖|二级"),
    (3, r"三等|三类|(?:Ⅲ|III|3)\s*类|第?三名|铜奖|三级"),
)
_AWARD_WORDS = re.compile(r"[特一二三]等(?:奖|成果)?|[一二三]类(?:奖|成果)?|[ⅠⅡⅢI]{1,3}\s*类(?:奖|成果)?|(?:优秀|鼓励|优胜)(?:奖|成果)?|[金银铜]奖")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_EVENT = re.compile(r"(?:年度?|第.{1,6}[届次]).*(?:QC|质量管理|成果|小组|大赛|发表|交流)", re.I)
_ORGANISATION = re.compile(r"公司|集团|[工总分]厂|局$|院$|项目部|厂$|段$")


@dataclass(frozen=True)
class AwardRow:
    """One line of an award list. `rank` as in `library.case.Award`; `line` counts from 1 within its table."""

    title: str
    group: str = ""
    unit: str = ""
    text: str = ""
    rank: int = RANK_OTHER
    event: str = ""
    year: int | None = None
    number: str = ""
    line: int = 0

    @property
    def award(self) -> Award:
        return Award(text=self.text or "获奖", event=self.event, year=self.year, rank=self.rank)


@dataclass(frozen=True)
class AwardMatch:
    """`case_id` is the one case where `kind` is matched; `others` are the cases to choose from where it is doubtful."""

    row: AwardRow
    kind: Literal["matched", "doubtful", "missing"]
    case_id: str = ""
    others: tuple[str, ...] = ()
    score: float = 0.0


def rank_of(text: str) -> int:
    """0 特等, 1 一等 or Ⅰ类, 2, 3, and 9 for any other award."""
    words = text.replace(" ", "")
    for rank, pattern in reversed(_RANKS):  # III类 holds I类
        if re.search(pattern, words):
            return rank
    return RANK_OTHER


def award_rows(blocks: Iterable[Block]) -> list[AwardRow]:
    """The rows of all tables of a list; what is written above a table or in a row of its own holds for those below."""
    rows: list[AwardRow] = []
    event, award = "", ""
    for block in blocks:
        if isinstance(block, Text):
            event = _event_in(block.text) or event
            award = _award_in(block.text) or award
        elif isinstance(block, Table):
            event = _event_in(block.caption) or event
            made = _Reader(block, event, _award_in(block.caption) or award)
            rows += made.rows
            event, award = made.event, made.award
    return rows


def _event_in(text: str) -> str:
    words = " ".join(text.split())
    return words if 6 <= len(words) <= 80 and _EVENT.search(words) else ""


def _award_in(text: str) -> str:
    words = squeeze(text)
    match = _AWARD_WORDS.search(words)
    return match[0] if match and len(words) <= 30 and not _EVENT.search(words[: match.start()]) else ""


class _Reader:
    """Reads one table from top to bottom; `event` and `award` are what holds at its end."""

    def __init__(self, table: Table, event: str, award: str) -> None:
        self.event, self.award = event, award
        self._columns: dict[str, int] = {}
        self._filled: dict[str, str] = {}
        self.rows = [row for line, cells in enumerate(table.rows, 1) for row in self._read(line, cells)]

    def _read(self, line: int, cells: Sequence[str]) -> Iterator[AwardRow]:
        cells = [" ".join(cell.split()) for cell in cells]
        filled = [cell for cell in cells if cell]
        if not filled:
            return
        if header := _header(cells):
            if not (header.keys() <= self._columns.keys()):
                self._columns |= header  # the second row of a merged header adds its columns
            return
        if len(set(filled)) == 1:  # a row of its own: a title or the award of the rows below
            self.event = _event_in(filled[0]) or self.event
            if award := _award_in(filled[0]):
                self.award, self._filled = award, {}
            return
        columns = self._columns or _guessed(cells)
        values = {name: cells[c] for name, c in columns.items() if c < len(cells)}
        if len(values.get("title", "")) < 4:
            return
        for name in ("unit", "award"):  # cells merged downwards are empty in the rows below
            self._filled[name] = values.get(name) or self._filled.get(name, "")
        yield self._row(line, values)

    def _row(self, line: int, values: dict[str, str]) -> AwardRow:
        text = self._filled["award"] or self.award
        year = _YEAR.search(self.event)
        return AwardRow(
            title=_without_quotes(values["title"]),
            group=_without_quotes(values.get("group", "")),
            unit=self._filled["unit"],
            text=text,
            rank=rank_of(text),
            event=self.event,
            year=int(year[1]) if year else None,
            number=values.get("number", ""),
            line=line,
        )


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what, if this row is a header or the second row of one."""
    found: dict[str, int] = {}
    for c, cell in enumerate(cells):
        words = re.sub(r"\(.*?\)", "", squeeze(cell)).lower()
        name = next((name for name, pattern in _HEADERS.items() if re.fullmatch(pattern, words)), None)
        if name and len(words) <= 12:
            found.setdefault(name, c)
    filled = sum(bool(cell) for cell in cells)
    return found if len(found) >= 2 and len(found) >= filled * 0.5 else {}


def _guessed(cells: Sequence[str]) -> dict[str, int]:
    """Without a header each cell is told by what it looks like; the longest of the rest is the title."""
    found: dict[str, int] = {}
    for c, cell in enumerate(cells):
        words = squeeze(cell)
        if words.isdigit():
            found.setdefault("number", c)
        elif re.search(r"(?:小组|圈)$", words):
            found.setdefault("group", c)
        elif _AWARD_WORDS.fullmatch(words):
            found.setdefault("award", c)
        elif _ORGANISATION.search(words):
            found.setdefault("unit", c)
    rest = [c for c, cell in enumerate(cells) if c not in found.values() and len(cell) >= 4]
    if rest:
        found["title"] = max(rest, key=lambda c: len(cells[c]))
    return found


def _without_quotes(text: str) -> str:
    return text.strip("《》 　")


@dataclass(frozen=True)
class _Known:
    case: Case

    @cached_property
    def names(self) -> tuple[str, str, str]:
        return _title(self.case.title), _group(self.case.group), _unit(self.case.unit)


def match_awards(rows: Sequence[AwardRow], cases: Iterable[Case]) -> list[AwardMatch]:
    """For every row the case it belongs to, in spite of spaces, widths, script, 'QC' and shortened units."""
    known = [_Known(case) for case in cases]
    return [_match(row, known) for row in rows]


def _match(row: AwardRow, known: Sequence[_Known]) -> AwardMatch:
    wanted = (_title(row.title), _group(row.group), _unit(row.unit))
    scored = sorted(((_likeness(wanted, one.names), one.case) for one in known), key=lambda pair: -pair[0])
    if not scored or scored[0][0] < 70:
        return AwardMatch(row, "missing", score=scored[0][0] if scored else 0.0)
    best, case = scored[0]
    near = tuple(other.id for score, other in scored if score >= max(70.0, best - 4))
    too_far = row.year is not None and case.year is not None and not -1 <= row.year - case.year <= 3
    if best >= 88 and len(near) == 1 and not too_far:
        return AwardMatch(row, "matched", case.id, score=best)
    return AwardMatch(row, "doubtful", others=near, score=best)


def _likeness(wanted: tuple[str, str, str], names: tuple[str, str, str]) -> float:
    """0 to 100: the title counts most; a group or unit known on both sides speaks for or against."""
    title = fuzz.ratio(wanted[0], names[0])
    if min(len(wanted[0]), len(names[0])) >= 8:
        title = max(title, fuzz.partial_ratio(wanted[0], names[0]) - 6)
    score = title
    for mine, theirs in zip(wanted[1:], names[1:], strict=True):
        if mine and theirs:
            alike = fuzz.partial_ratio(mine, theirs) if min(len(mine), len(theirs)) >= 2 else 0.0
            score += 4 if alike >= 85 else -14 if alike < 50 else -3
    return min(100.0, score)


def _title(text: str) -> str:
    return re.sub(r"[^\w\u4e00-\u9fff.%]", "", squeeze(text).lower().replace("砼", "混凝土"))


def _group(text: str) -> str:
    return re.sub(r"qc|质量管理|小组|品管圈|[^\w\u4e00-\u9fff]", "", squeeze(text).lower())


def _unit(text: str) -> str:
    words = re.sub(r"[^\w\u4e00-\u9fff]", "", squeeze(text).lower())
    return re.sub(r"有限责任公司|股份有限公司|有限公司|责任公司|集团公司|公司|集团|股份|工程|建设|中国|第(?=[一二三四五六七八九十])", "", words)



def has_award(case: Case, row: AwardRow) -> bool:
    """The case already has this award: reading a list twice changes nothing."""
    return row.award in case.awards
