"""The thread of a report: from each main cause to its countermeasure, its goal and what came of it.

Rows come from the report's own table of countermeasures (对策表), else from the headings of 对策实施. What was
achieved is looked for in the part of 对策实施 that belongs to the row, by its number (实施二) or by its words. What
belongs to no row for certain is given beside the rows, never guessed into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from library.case import Case
from library.numerals import chinese_number
from library.outcomes import checks, letters, outcome, shared
from library.plain import inline, section_passages

CAUSE = re.compile(r"(?!.*目标).*(?:要因|主要原因|原因|方案|Why)", re.IGNORECASE)
COUNTERMEASURE = re.compile(r"(?!.*目标).*(?:对策|What)", re.IGNORECASE)
GOAL = re.compile(r".*目标")
MEASURES = re.compile(r".*(?:措施|How)", re.IGNORECASE)
CELLS = re.compile(r"(?<!\\)\|")
NUMERALS = "一二三四五六七八九十"
ORDINAL = re.compile(rf"(?:对策|实施|措施|方案)\s*(?P<number>[{NUMERALS}]{{1,2}}|\d{{1,2}})(?:的?实施)?[：:、.．\s]*")
NUMBERING = re.compile(
    rf"^(?:PART\s*\d+|第[{NUMERALS}\d]+[章节部分]+|[（(]?[{NUMERALS}\d]+[）)、.．]|\d+(?:\.\d+)+)[、.．\s]*",
    re.IGNORECASE,
)
CONTINUED = re.compile(r"[（(]续[)）]?")
ONLY_THE_STEP = re.compile(r"(对策|组织|措施)?(的)?实施(对策|过程|情况|与验证)?")
LIKE = 0.5
"""Share of its pairs of letters that a text must have in common with another to be about the same."""

IS_MAIN_CAUSE = re.compile(r"(?<![非不])(?:是|为|属|属于|确定为|判定为)(?:主要原因|要因)")
IS_NONE = re.compile(r"非(?:主要原因|要因)|不(?:是|属|为)[^。]{0,4}(?:主要原因|要因)")


@dataclass(frozen=True)
class Link:
    cause: str
    countermeasure: str
    goal: str
    measures: str
    outcome: str = ""


@dataclass(frozen=True)
class Chain:
    """`causes` and `outcomes` are those that could not be set beside a countermeasure."""

    links: tuple[Link, ...] = ()
    causes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.causes or self.outcomes)


@dataclass(frozen=True)
class Part:
    """What stands under one heading of 对策实施; `number` as in 实施二."""

    title: str
    number: int | None
    passages: tuple[str, ...]


def chain(case: Case) -> Chain:
    """As much of the thread as the report shows; empty when it shows none."""
    links = _rows(case)
    parts = _parts(case, {letters(link.countermeasure) for link in links})
    links = links or [Link("", part.title, "", "") for part in parts if part.title]
    loose: list[str] = []
    for part, place in zip(parts, _places(parts, links), strict=True):
        if place is None:
            loose += checks(part.passages)
        elif not links[place].outcome:
            links[place] = replace(links[place], outcome=outcome(part.passages, links[place].goal))
    loose = list(_laid(loose, links))
    causes = () if any(link.cause for link in links) else tuple(_main_causes(case))
    return Chain(tuple(links), causes, tuple(loose))


def _laid(checks: Sequence[str], links: list[Link]) -> Iterator[str]:
    """Set checks of goals beside their rows where that is certain; gives those that stay over."""
    bare = [place for place, link in enumerate(links) if not link.outcome]
    in_order = len(checks) == len(bare) == len(links)
    for number, check in enumerate(checks):
        alike = {place: shared(f"{links[place].goal}{links[place].countermeasure}", check) for place in bare}
        best = number if in_order else max(alike, key=alike.__getitem__, default=None)
        if best is not None and not links[best].outcome and (in_order or alike[best] >= LIKE):
            links[best] = replace(links[best], outcome=check)
        else:
            yield check


# -- the table of countermeasures -----------------------------------------------------------------------------------


def _rows(case: Case) -> list[Link]:
    """All rows, also where the table goes on under a repeated head or on the next page."""
    rows: list[Link] = []
    for section in case.sections:
        if "countermeasures" not in section.steps:
            continue
        columns: list[int | None] | None = None
        width = 0
        for table in tables(section.text):
            if found := _columns(table[0]):
                columns, width, body = found, len(table[0]), table[1:]
            elif columns and len(table[0]) == width and table[0][0].isdecimal():
                body = table
            else:
                columns = None
                continue
            rows += [Link(*(_cell(row, column) for column in columns)) for row in body]
        if rows:
            break
    return _with_causes([row for row in rows if row.countermeasure])


def _with_causes(rows: Sequence[Link]) -> list[Link]:
    """One cause often stands beside several countermeasures, in a cell over all of them."""
    full: list[Link] = []
    for row in rows:
        full.append(row if row.cause or not full else replace(row, cause=full[-1].cause))
    return full


def _columns(head: Sequence[str]) -> list[int | None] | None:
    """Where cause, countermeasure, goal and measures stand; None when this is another kind of table."""
    taken: set[int] = set()
    found: list[int | None] = []
    for wanted in (COUNTERMEASURE, CAUSE, GOAL, MEASURES):
        place = next((i for i, cell in enumerate(head) if i not in taken and wanted.match(cell)), None)
        if place is not None:
            taken.add(place)
        found.append(place)
    countermeasure, cause, goal, measures = found
    if countermeasure is None or (cause is None and measures is None):
        return None
    return [cause, countermeasure, goal, measures]


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def tables(text: str) -> Iterator[list[list[str]]]:
    """The pipe tables of a Markdown text as rows of plain cells, without the dashed line."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith("|"):
            cells = CELLS.split(line.strip().removeprefix("|").removesuffix("|"))
            if not all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in cells):
                rows.append([inline(re.sub(r"<br\s*/?>", " ", cell)) for cell in cells])
        elif rows:
            if len(rows) > 1:
                yield rows
            rows = []


# -- the parts of 对策实施, and the rows they belong to ------------------------------------------------------------


def _parts(case: Case, titles: set[str]) -> list[Part]:
    """A part begins under a heading, and at a line that only names a countermeasure."""
    found: list[Part] = []
    for section in case.sections:
        if "implementation" not in section.steps:
            continue
        now = section.heading
        for passage in section_passages(section):
            is_heading = passage.text == passage.heading != now and not _continues(passage.heading)
            if is_heading or letters(NUMBERING.sub("", passage.text)) in titles:
                found.append(_part(passage.text))
            elif found or "|" not in passage.text:
                last = found.pop() if found else Part("", None, ())
                found.append(replace(last, passages=(*last.passages, passage.text)))
            now = passage.heading
    return _numbered_ones(found)


def _part(heading: str) -> Part:
    ordinal = ORDINAL.search(heading)
    number = chinese_number(ordinal["number"]) if ordinal else None
    title = heading[ordinal.end() :] if ordinal else NUMBERING.sub("", heading)
    return Part(title.strip(" ：:"), number, ())


def _continues(heading: str) -> bool:
    """A heading repeated at the top of a page, or an empty one."""
    bare = NUMBERING.sub("", CONTINUED.sub("", heading)).strip(" ：:")
    return bool(CONTINUED.search(heading)) or not bare or bool(ONLY_THE_STEP.fullmatch(bare))


def _numbered_ones(parts: Sequence[Part]) -> list[Part]:
    """Where parts are numbered (实施一), other headings are inside them."""
    if not any(part.number for part in parts):
        return list(parts)
    joined: list[Part] = []
    for part in parts:
        if part.number or not joined:
            joined.append(part)
        else:
            joined[-1] = replace(joined[-1], passages=(*joined[-1].passages, *part.passages))
    return joined


def _places(parts: Sequence[Part], links: Sequence[Link]) -> list[int | None]:
    """The row that each part belongs to."""
    titled = [part for part in parts if part.title]
    if len(titled) == len(links):
        return [titled.index(part) if part.title else None for part in parts]
    return [_place(part, links) for part in parts]


def _place(part: Part, links: Sequence[Link]) -> int | None:
    alike = [shared(part.title, f"{link.countermeasure}{link.measures}") for link in links]
    best = max(range(len(links)), key=alike.__getitem__, default=None)
    if best is not None and alike[best] >= LIKE and alike.count(alike[best]) == 1:
        return best
    return None


# -- main causes ---------------------------------------------------------------------------------------------------


def _main_causes(case: Case) -> Iterator[str]:
    """Causes that 要因确认 confirms, by the headings under which it does."""
    for section in case.sections:
        if "root-causes" not in section.steps:
            continue
        for passage in section_passages(section):
            if passage.heading != section.heading and passage.text != passage.heading and _confirms(passage.text):
                title = re.sub(rf"^.{{0,8}}确认\s*[{NUMERALS}\d]*[：:、.．\s]*", "", NUMBERING.sub("", passage.heading))
                if title:
                    yield title.strip(" ：:")


def _confirms(text: str) -> bool:
    return bool(IS_MAIN_CAUSE.search(text)) and not IS_NONE.search(text)
