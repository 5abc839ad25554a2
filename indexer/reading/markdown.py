"""Markdown: headings, paragraphs, lists, pipe tables; marks and HTML are taken off, nothing is rendered or fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading.beside import Beside
from indexer.reading.clean import characters, clean
from indexer.reading.encoding import decode
from indexer.reading.finish import finished
from indexer.reading.pictures import Collector
from indexer.reading.refusal import Refusal
from library.notices import notice

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_CHINESE_HEADING = re.compile(r"(#{1,6})(?=[^\s#])(.*)$")  # the blank after # is often forgotten
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,9}[.)]))[ \t]+(?:\[[ xX]\] )?(.*)$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_FIELD = re.compile(r"([^\s:#][^:\n]{0,40}):[ \t]+(\S.*)$")
_QUOTE = re.compile(r"\s{0,3}>[ ]?")

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\)(?:\{[^}]*\})?")
_INLINE = (
    (_PICTURE, r"\1"),  # its alt text
    (re.compile(r"\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),  # link: its words
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(?:https?://|mailto:)([^<>\s]*)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)(.+?)~~"), r"\1"),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)
_LONGEST_LINE = 20_000  # characters that are searched for marks; a longer line stays as it is


def read_markdown(path: Path, kind: str = "md", beside: Beside | None = None) -> Draft:
    """Raises Refused for a file without any word."""
    source = characters(decode(path.read_bytes()))
    properties, source = _front_matter(source)
    lines = _Lines(_COMMENT.sub("", source).split("\n"), beside or Beside())
    blocks = tuple(lines.blocks())
    if not blocks:
        raise Refusal(reason="这个 Markdown 文件里没有文字。请检查原文件后重新提交。")
    return Draft(finished(blocks), kind, properties=properties, warnings=lines.pictures.warnings())


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """Plain `key: value` lines between --- and ---; anything cleverer is left alone. YAML is never loaded here."""
    match = _FRONT.match(source.lstrip("\n"))
    if not match:
        return {}, source
    fields = (_FRONT_FIELD.match(line) for line in match[1].split("\n"))
    found = {clean(field[1]): clean(field[2].strip("\"' ")) for field in fields if field}
    return found, source.lstrip("\n")[match.end() :]


def plain(text: str) -> str:
    """A line without its Markdown marks."""
    if len(text) <= _LONGEST_LINE:
        for pattern, instead in _INLINE:
            text = pattern.sub(instead, text)
    return clean(html.unescape(text))


class _Lines:
    def __init__(self, lines: list[str], beside: Beside) -> None:
        self.pictures = Collector()
        self._beside = beside
        self._lines = [_QUOTE.sub("", line, count=1) for line in lines]
        self._at = 0

    def blocks(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            if not self._lines[self._at].strip():
                self._at += 1
            else:
                yield from self._block()

    def _block(self) -> Iterator[Block]:
        line = self._lines[self._at]
        if fence := _FENCE.match(line):
            yield from self._code(fence[1])
        elif heading := _HEADING.match(line) or _CHINESE_HEADING.match(line):
            self._at += 1
            if text := plain(heading[2] or ""):
                yield Text(text, level=len(heading[1]))
        elif _RULE.match(line):
            self._at += 1
        elif self._starts_table():
            yield self._table()
        elif item := _ITEM.match(line):
            yield from self._item(item)
        else:
            yield from self._paragraph()

    def _code(self, fence: str) -> Iterator[Text]:
        self._at += 1
        start = self._at
        while self._at < len(self._lines) and not self._lines[self._at].lstrip().startswith(fence):
            self._at += 1
        if text := clean("\n".join(self._lines[start : self._at])):
            yield Text(text)
        self._at += 1

    def _starts_table(self) -> bool:
        following = self._lines[self._at + 1 : self._at + 2]
        return "|" in self._lines[self._at] and bool(following) and _TABLE_RULE.match(following[0]) is not None

    def _table(self) -> Table:
        rows = [_cells(self._lines[self._at])]
        self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            rows.append(_cells(self._lines[self._at]))
            self._at += 1
        width = max(map(len, rows))
        return Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows))

    def _item(self, item: re.Match[str]) -> Iterator[Block]:
        self._at += 1
        said, pictures = self._without_pictures(" ".join([item[4], *self._rest()]))
        level = min(len(item[1].expandtabs(4)) // 2, 8)
        if text := plain(said):
            ordered = item[3] is not None
            yield Text(text, list_level=level, ordered=ordered, number=item[3] if ordered else "")
        yield from pictures

    def _paragraph(self) -> Iterator[Block]:
        lines = [self._lines[self._at]]
        self._at += 1
        lines += self._rest()
        level = None
        if self._at < len(self._lines) and len(lines) == 1 and (rule := _UNDERLINE.match(self._lines[self._at])):
            level = 1 if rule[1][0] == "=" else 2
            self._at += 1
        said, pictures = self._without_pictures(_run_on(lines))
        if text := plain(said):
            bold = re.fullmatch(r"\s*(\*\*|__)(?:(?!\1).)+\1\s*", lines[0]) is not None and len(lines) == 1
            yield Text(text, level=level, bold=bold)
        yield from pictures

    def _without_pictures(self, source: str) -> tuple[str, list[Picture]]:
        """A paragraph without the pictures that are there, and those; the others leave their words and a warning."""
        found: list[Picture] = []

        def take(match: re.Match[str]) -> str:
            data = self._beside.picture(match[2])
            if data is None:
                self.pictures.miss(notice("图片没有一起提交（请把图片和文档放在同一个文件夹或压缩包里提交）"))
                return match[0]
            if picture := self.pictures.picture(data, alt=plain(match[1])):
                found.append(picture)
            return ""

        return (_PICTURE.sub(take, source) if len(source) <= _LONGEST_LINE else source), found

    def _rest(self) -> list[str]:
        """The lines that go on with the paragraph or item before."""
        lines = []
        while self._at < len(self._lines) and self._goes_on(self._lines[self._at]):
            lines.append(self._lines[self._at].strip())
            self._at += 1
        return lines

    def _goes_on(self, line: str) -> bool:
        starts = (_FENCE, _HEADING, _CHINESE_HEADING, _UNDERLINE, _RULE, _ITEM)
        return bool(line.strip()) and not self._starts_table() and not any(p.match(line) for p in starts)


def _run_on(lines: list[str]) -> str:
    """A line break in a paragraph is a blank between words, nothing between Han characters; two blanks keep it."""
    text = lines[0]
    for line in lines[1:]:
        if text.endswith(("  ", "\\")):
            text = text.rstrip(" \\") + "\n" + line
        else:
            text = text.rstrip() + (" " if text.rstrip()[-1:].isascii() or line[:1].isascii() else "") + line
    return text


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [plain(cell) for cell in _CELL_END.split(inner)]
