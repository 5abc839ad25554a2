"""Reads a report source: front matter, then headings, paragraphs, lists, tables and figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.facts import Facts, read_facts
from demo.figure_data import Figure, check_figure
from demo.problems import SourceError, load_mapping

_FENCE = re.compile(r"~~~figure +(\w+) *")
_HEADING = re.compile(r"(#{2,4}) +(\S.*)")
_ITEM = re.compile(r" *(-|\d+\.) +(\S.*)")
_TABLE_CAPTION = re.compile(r"(续?表|附表) *[\d一二三四五六七八九十]+(?:[-－.]\d+)?(?:[ 　:：].*|$)")
_FOREIGN = re.compile(r"(>|```|!\[|</?[a-zA-Z]|# |#{5}|\|)")
_RULE_ROW = re.compile(r"\|?( *:?-+:? *\|)+( *:?-+:? *)?")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a step, 2 and 3 lie within it."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `**` around words makes them bold."""

    text: str


@dataclass(frozen=True)
class ItemList:
    """A bulleted or numbered list; numbered items keep their numbers (`1. …`)."""

    ordered: bool
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption (which may be empty); the first row is its header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | ItemList | Table | Figure


@dataclass(frozen=True)
class Report:
    """A whole source."""

    facts: Facts
    blocks: tuple[Block, ...]


def read_report(path: Path) -> Report:
    """Read the source at `path`; raise SourceError with everything that is wrong with it."""
    problems: list[str] = []
    head, body, first_line = _split(path.read_text("utf-8"), problems)
    facts = read_facts(load_mapping(head, "the front matter", problems), problems)
    blocks = tuple(_Body(body, first_line, problems).blocks())
    if facts and facts.slug != path.stem:
        problems.append(f"`slug` is {facts.slug}, but the file is {path.name}")
    if not any(isinstance(block, Heading) for block in blocks):
        problems.append("there is no heading")
    if problems or not facts:
        raise SourceError(path.name, problems)
    return Report(facts, blocks)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split `text` at its `**` marks into (words, bold)."""
    return [(words, bool(n % 2)) for n, words in enumerate(text.split("**")) if words]


def plain(text: str) -> str:
    """`text` without its marks."""
    return text.replace("**", "")


def _split(text: str, problems: list[str]) -> tuple[str, list[str], int]:
    """Part the front matter from the body; also say on which line the body begins."""
    if not (match := re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)):
        problems.append("the file must begin with front matter between two lines `---`")
        return "", text.split("\n"), 1
    return match[1], text[match.end() :].split("\n"), text[: match.end()].count("\n") + 1


class _Body:
    """A cursor over the lines of a body."""

    def __init__(self, lines: list[str], first_line: int, problems: list[str]) -> None:
        self._lines = [line.rstrip() for line in lines]
        self._first_line = first_line
        self._problems = problems
        self._at = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks from top to bottom."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line:
                self._at += 1
            elif match := _FENCE.fullmatch(line):
                yield from self._figure(match[1])
            elif match := _HEADING.fullmatch(line):
                self._at += 1
                yield Heading(len(match[1]) - 1, plain(match[2].strip()))
            elif line.startswith("|"):
                yield self._table("")
            elif _TABLE_CAPTION.fullmatch(plain(line)) and self._table_follows():
                self._skip_to_table()
                yield self._table(plain(line))
            elif _ITEM.fullmatch(line):
                yield self._list()
            else:
                yield self._paragraph()

    def _problem(self, text: str) -> None:
        self._problems.append(f"line {self._first_line + self._at}: {text}")

    def _table_follows(self) -> bool:
        rest = [line for line in self._lines[self._at + 1 : self._at + 3] if line]
        return bool(rest) and rest[0].startswith("|")

    def _skip_to_table(self) -> None:
        self._at += 1
        while not self._lines[self._at]:
            self._at += 1

    def _figure(self, kind: str) -> Iterator[Figure]:
        start = self._at
        try:
            end = self._lines.index("~~~", start)
        except ValueError:
            self._problem("this figure has no closing ~~~")
            self._at = len(self._lines)
            return
        where = f"the figure on line {self._first_line + start}"
        data = load_mapping("\n".join(self._lines[start + 1 : end]), where, self._problems)
        self._at = end + 1
        if data and not (faults := check_figure(kind, data)):
            yield Figure(kind, str(data.pop("caption")), data)
        elif data:
            self._problems.extend(f"{where}: {fault}" for fault in faults)

    def _table(self, caption: str) -> Table:
        rows = []
        if self._at + 1 >= len(self._lines) or not _RULE_ROW.fullmatch(self._lines[self._at + 1]):
            self._problem("a table's second line must be |---|---|")
        while self._at < len(self._lines) and self._lines[self._at].startswith("|"):
            if not _RULE_ROW.fullmatch(self._lines[self._at]):
                rows.append(_cells(self._lines[self._at]))
                if len(rows[-1]) != len(rows[0]):
                    self._problem(f"this row has {len(rows[-1])} cells, the first {len(rows[0])}")
            self._at += 1
        return Table(caption, tuple(rows))

    def _list(self) -> ItemList:
        items: list[str] = []
        ordered = not self._lines[self._at].lstrip().startswith("-")
        while self._at < len(self._lines) and (line := self._lines[self._at]):
            match = _ITEM.fullmatch(line)
            if match and ordered == (match[1] != "-"):
                items.append(f"{match[1]} {match[2]}" if ordered else match[2])
            elif not match and line.startswith(" "):
                items[-1] = _join(items[-1], line.strip())
            else:
                break
            self._at += 1
        return ItemList(ordered, tuple(items))

    def _paragraph(self) -> Paragraph:
        text = ""
        while self._at < len(self._lines) and (line := self._lines[self._at].strip()):
            if _FOREIGN.match(line):
                self._problem(f"not part of the format: {line[:30]}")
            if text and (_ITEM.fullmatch(line) or _HEADING.fullmatch(line) or _FENCE.fullmatch(line)):
                break
            text = _join(text, line)
            self._at += 1
        if text.count("**") % 2:
            self._problem("a ** is not closed in the paragraph above")
        return Paragraph(text)


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner))


def _join(text: str, line: str) -> str:
    """Lines of Chinese join without a space, Latin words with one."""
    gap = " " if text and text[-1].isascii() and line[0].isascii() else ""
    return f"{text}{gap}{line}"
