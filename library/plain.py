"""A report as plain passages: what is indexed, looked through and shown in snippets.

A passage is a paragraph, a list item, a table row or a caption, without its Markdown. It knows its step, its nearest
heading and its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from library.case import Case, Section
from library.text import fold, is_han

CELL = " | "
"""Stands between the cells of a table row; a word never reaches across it."""


class Passage(NamedTuple):
    step: str
    heading: str  # the section's or the nearest sub-heading's
    page: int | None  # page or slide, from 1
    text: str


_PAGE = re.compile(r"<!--\s*page\s+(\d+)\s*-->")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_ITEM = re.compile(r"(?:[-*+]\s+|>\s?)(.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+.*")
_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*")  # under a table's head, or between paragraphs
_TELLING = frozenset("<#|-*+>:0123456789")
"""What else than a line of a paragraph begins so."""
_MARKUP = re.compile(r"[\[*~`\\]")  # most lines have none of it
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|(?<![\w*])\*(?=\S)|~~|`+)(.+?)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELLS = re.compile(r"(?<!\\)\|")


def passages(case: Case) -> Iterator[Passage]:
    """The report's passages in its own order, figure captions among them."""
    for section in case.sections:
        yield from section_passages(section)


def section_passages(section: Section) -> tuple[Passage, ...]:
    return _passages(section.step, section.heading, section.text)


def passage_at(section: Section, number: int) -> Passage | None:
    """One of `section_passages(section)`, counted from 0, without a look at what follows; None if there are fewer."""
    return next(islice(_split(section.step, section.heading, section.text), number, None), None)


@lru_cache(maxsize=2048)
def _folded(step: str, heading: str, text: str) -> tuple[str, ...]:
    return tuple(fold(passage.text) for passage in _passages(step, heading, text))


def folded_passages(section: Section) -> tuple[str, ...]:
    """Beside `section_passages(section)`: the same texts, folded."""
    return _folded(section.step, section.heading, section.text)


def facts(case: Case) -> tuple[Passage, ...]:
    """What is known of the case beside its title and its report, one passage a fact, in no step."""
    named = (
        ("小组", case.group),
        ("单位", case.unit),
        ("项目", case.project),
        ("专业", case.specialty),
        ("组长", case.leader),
        ("指标", case.target.measure),
        ("工具", "、".join(case.tools)),
        ("奖项", "；".join(" ".join((award.event, award.text)) for award in case.awards)),
        ("编号", " ".join(filter(None, (case.id, case.group_reg_no, case.topic_reg_no)))),
        ("点评", case.comment),
        ("备注", case.note),
        ("来源", case.reference),
    )
    return tuple(Passage("", name, None, text) for name, text in named if text.strip())


def plain(section: Section) -> str:
    """The section's text without Markdown, one passage a line."""
    return "\n".join(passage.text for passage in section_passages(section))


def beginning(text: str, length: int) -> str:
    """Whole blocks of a section's Markdown until `length` characters are passed; a table or list is one block."""
    end = text.find("\n\n", length)
    return text if end < 0 else text[:end]


@lru_cache(maxsize=2048)
def _passages(step: str, heading: str, text: str) -> tuple[Passage, ...]:
    """Kept for the sections that are being read just now; a section's text never changes."""
    return tuple(_split(step, heading, text))


def _split(step: str, heading: str, text: str) -> Iterator[Passage]:
    page: int | None = None
    lines: list[str] = []

    def paragraph() -> Iterator[Passage]:
        joined = inline(_joined(lines))
        lines.clear()
        if joined:
            yield Passage(step, heading, page, joined)

    for line in _outside_comments(text):
        if line and line[0] not in _TELLING:
            lines.append(line)
        elif turned := _PAGE.fullmatch(line):
            yield from paragraph()
            page = int(turned[1])
        elif not line or _RULE.fullmatch(line):
            yield from paragraph()
        elif sub := _HEADING.fullmatch(line):
            yield from paragraph()
            heading = inline(sub[1])
            yield Passage(step, heading, page, heading)
        elif line.startswith("|"):
            yield from paragraph()
            cells = [inline(cell) for cell in _CELLS.split(line.strip("|"))]
            if row := CELL.join(cell for cell in cells if cell):
                yield Passage(step, heading, page, row)
        elif item := _ITEM.fullmatch(line):
            yield from paragraph()
            lines.append(item[1])
        elif _NUMBERED.fullmatch(line):
            yield from paragraph()
            lines.append(line)
        else:
            lines.append(line)
    yield from paragraph()


def _outside_comments(text: str) -> Iterator[str]:
    kept = _COMMENT.sub(lambda c: f"\n{c[0]}\n" if _PAGE.fullmatch(c[0]) else "", text) if "<!--" in text else text
    return (line.strip() for line in kept.splitlines())


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph; between two Han characters a line break is no space."""
    joined = ""
    for line in lines:
        tight = joined and line and is_han(joined[-1]) and is_han(line[0])
        joined += line if tight or not joined else f" {line}"
    return joined


def inline(text: str) -> str:
    """One line of Markdown as plain text; a picture becomes its caption."""
    if not _MARKUP.search(text):
        return text.strip()
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text).strip()
