"""Cuts a report into slides: a few lines of text each, tables and figures on slides of their own."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from demo.figure_data import Figure
from demo.outline import Section, column_shares
from demo.source import Block, Heading, ItemList, Paragraph, Table, plain

_LINES = 9
_SHARED_LINES = 3  # of text that may stand above or below a table or a figure
_SIGNS_A_LINE = 42
_LONGEST_BULLET = 84
TABLE_SIGNS = 74  # that fit side by side into a table at its font size
_TABLE_LINES = 17


@dataclass(frozen=True)
class Line:
    """A bullet, or a heading within the slide."""

    text: str
    heading: bool = False

    @property
    def height(self) -> int:
        """In lines of the slide."""
        return math.ceil(len(plain(self.text)) / _SIGNS_A_LINE)


@dataclass(frozen=True)
class Slide:
    """What one slide shows under its title."""

    lines: tuple[Line, ...] = ()
    table: Table | None = None
    figure: Figure | None = None
    below: tuple[Line, ...] = ()  # under the table or the figure


def slides(section: Section) -> list[Slide]:
    """The section cut into slides; nothing is left out."""
    found: list[Slide] = []
    waiting: list[Line] = []
    for block in section.blocks:
        if isinstance(block, Table | Figure):
            if _height(waiting) > _SHARED_LINES:
                found.append(Slide(_take(waiting)))
            found.extend(_shown(block, _take(waiting)))
            continue
        for line in _lines(block):
            full = _height([*waiting, line]) > _LINES
            if waiting and (full or (line.heading and _height(waiting) >= _LINES - 3)):
                found.extend(_without_last_heading(waiting))
            waiting.append(line)
    if found and _fits_below(found[-1], waiting):
        found[-1] = replace(found[-1], below=_take(waiting))
    elif waiting or not found:
        found.append(Slide(_take(waiting)))
    return found


def _fits_below(slide: Slide, lines: Sequence[Line]) -> bool:
    """Whether a few last lines may stand under a table or a figure instead of alone on a slide."""
    if _height(lines) + _height(slide.lines) > _SHARED_LINES or any(line.heading for line in lines):
        return False
    return bool(slide.figure) or bool(slide.table and table_lines(slide.table) + 2 * _SHARED_LINES <= _TABLE_LINES)


def _take(lines: list[Line]) -> tuple[Line, ...]:
    taken = tuple(lines)
    lines.clear()
    return taken


def _without_last_heading(lines: list[Line]) -> Iterator[Slide]:
    """A slide of these lines; a heading that would end it waits for the next."""
    last = [lines.pop()] if len(lines) > 1 and lines[-1].heading else []
    yield Slide(_take(lines))
    lines.extend(last)


def _height(lines: Sequence[Line]) -> int:
    return sum(line.height for line in lines)


def _shown(block: Block, above: tuple[Line, ...]) -> Iterator[Slide]:
    if isinstance(block, Figure):
        yield Slide(above, figure=block)
    elif isinstance(block, Table):
        room = _TABLE_LINES - 2 * _height(above)
        for n, part in enumerate(_parts(block, room)):
            yield Slide(above if n == 0 else (), table=part)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading():
            yield Line(block.text, heading=True)
        case ItemList(_, items):
            for item in items:
                yield from map(Line, bullets(item))
        case Paragraph(text):
            yield from map(Line, bullets(text))


def bullets(text: str) -> list[str]:
    """A long paragraph as bullets of whole sentences; bold words stay within one bullet."""
    found = [""]
    for sentence in re.findall(r"[^。；]+[。；]?[”）]?", text) or [text]:
        open_bold = found[-1].count("**") % 2
        if found[-1] and not open_bold and len(found[-1] + sentence) > _LONGEST_BULLET:
            found.append(sentence)
        else:
            found[-1] += sentence
    return found


def row_height(row: Sequence[str], shares: Sequence[float]) -> int:
    """In lines of the table."""
    return (
        max(
            math.ceil(len(plain(cell)) / max(share * TABLE_SIGNS - 1.5, 1))
            for cell, share in zip(row, shares, strict=True)
        )
        or 1
    )


def table_lines(table: Table) -> int:
    """The height of the table, in its lines."""
    shares = column_shares(table.rows)
    return sum(row_height(row, shares) for row in table.rows)


def _parts(table: Table, room: int) -> Iterator[Table]:
    """The table cut into parts that fit a slide, each under the header."""
    shares = column_shares(table.rows)
    header, *rest = table.rows
    part, used = [header], row_height(header, shares)
    caption = table.caption
    for row in rest:
        height = row_height(row, shares)
        if len(part) > 1 and used + height > room:
            yield Table(caption, tuple(part))
            caption, room = f"{table.caption}（续）" if table.caption else "", _TABLE_LINES
            part, used = [header], row_height(header, shares)
        part.append(row)
        used += height
    yield Table(caption, tuple(part))
