"""The thread of a report: from each main cause to its countermeasure, its goal and what came of it.

Read from the report's own table of countermeasures (对策表); where there is none, there is no thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from library.case import Case
from library.plain import inline, plain

CAUSE = re.compile(r"要因|主要原因|原因|方案|Why", re.IGNORECASE)
COUNTERMEASURE = re.compile(r"对策|What", re.IGNORECASE)
GOAL = re.compile(r"目标")
MEASURES = re.compile(r"措施|How", re.IGNORECASE)
OUTCOME = re.compile(r"对策目标|目标(检查|验证|确认|达到|达成|实现)|(达到|实现|满足)了?(对策)?目标")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Link:
    cause: str
    countermeasure: str
    goal: str
    measures: str
    outcome: str


def chain(case: Case) -> tuple[Link, ...]:
    """One link a row of the table of countermeasures."""
    rows = _countermeasures(case)
    outcomes = _outcomes(case)
    told = outcomes if len(outcomes) == len(rows) else [""] * len(rows)
    return tuple(Link(*row, outcome) for row, outcome in zip(rows, told, strict=True))


def _countermeasures(case: Case) -> list[tuple[str, str, str, str]]:
    for section in case.sections:
        if "countermeasures" not in section.steps:
            continue
        for table in tables(section.text):
            found = _columns(table[0])
            if found:
                rows = [tuple(_cell(row, column) for column in found) for row in table[1:]]
                return [row for row in rows if row[1]]  # type: ignore[misc]
    return []


def _columns(head: Sequence[str]) -> list[int | None] | None:
    """Where cause, countermeasure, goal and measures stand; None when this is another kind of table."""
    taken: set[int] = set()
    found: list[int | None] = []
    for wanted in (COUNTERMEASURE, CAUSE, GOAL, MEASURES):
        place = next((i for i, cell in enumerate(head) if i not in taken and wanted.search(cell)), None)
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


def _outcomes(case: Case) -> list[str]:
    """Sentences about the goals of single countermeasures, one a passage."""
    found = []
    for section in case.sections:
        if "implementation" not in section.steps:
            continue
        for passage in plain(section).split("\n"):
            if "|" not in passage and (said := _outcome(passage)):
                found.append(said)
    return found


def _outcome(passage: str) -> str:
    """The sentence that says whether the goal was met, with the one before it if that has the numbers."""
    sentences = SENTENCE.findall(passage)
    for place, sentence in enumerate(sentences):
        if OUTCOME.search(sentence):
            if re.search(r"\d", sentence):
                return str(sentence.strip())
            before = sentences[place - 1] if place else ""
            return f"{before}{sentence}".strip() if re.search(r"\d", before) else ""
    return ""
