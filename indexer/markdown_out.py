"""Blocks of a passage as the Markdown of a case file. Source text shows literally: what was written is not markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.draft import Block, Picture, Table, Text
from indexer.wording import squeeze

_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!|])")
_LINK = re.compile(r"\[(?=[^\]]*\]\s?[(\[:]|\^)|(?<=!)\[")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(?:([#>+\-=~:])|(\d{1,9})([.)])(?=\s|$))")


def markdown(blocks: Iterable[Block], figures: Mapping[int, str], page: int | None = None) -> str:
    """`figures` names the file of each kept picture by its `id()`; `page` is where we are already."""
    parts: list[str] = []
    in_list = False
    for block in _without_repeated_captions(list(blocks)):
        if block.page is not None and block.page != page:
            page = block.page
            parts.append(f"<!-- page {page} -->")
            in_list = False
        is_item = isinstance(block, Text) and block.list_level is not None and block.level is None
        made = _block(block, figures)
        if made and is_item and in_list:
            parts[-1] += "\n" + made
        elif made:
            parts.append(made)
        in_list = is_item and bool(made)
    return "\n\n".join(parts)


def _without_repeated_captions(blocks: Sequence[Block]) -> Iterator[Block]:
    """A picture or table says its caption itself; the line that it was taken from need not say it again."""
    for place, block in enumerate(blocks):
        if isinstance(block, Text) and block.role == "caption":
            words = squeeze(block.number + block.text)
            beside = (*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2])
            if any(not isinstance(one, Text) and squeeze(one.caption) == words for one in beside):
                continue
        yield block


def last_page(blocks: Iterable[Block], page: int | None) -> int | None:
    """The page on which `blocks` end, `page` where they have none."""
    for block in blocks:
        page = block.page if block.page is not None else page
    return page


def _block(block: Block, figures: Mapping[int, str]) -> str:
    match block:
        case Text():
            return _text(block)
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, figures)


def _text(block: Text) -> str:
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    if not lines:
        return ""
    if block.level is not None:
        return f"{'#' * min(block.level, 6)} {literal(' '.join(lines))}"
    if block.list_level is not None:
        mark = "1." if block.ordered else "-"
        return f"{'    ' * block.list_level}{mark} {literal(' '.join(lines))}"
    if block.number:
        lines[0] = f"{block.number} {lines[0]}"
    return "\n\n".join(literal(line) for line in lines)


def _table(table: Table) -> str:
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    caption = [literal(table.caption.strip())] if table.caption.strip() else []
    if not rows:
        return "\n\n".join(caption)
    if max(len(row) for row in rows) == 1:
        cells = [literal(line) for row in rows for line in row[0].split("\n") if line.strip()]
        return "\n\n".join(caption + cells)
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join(_cell(cell) for cell in (*row, *[""] * (width - len(row)))) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * width)
    return "\n\n".join([*caption, "\n".join(lines)])


def _cell(cell: str) -> str:
    return _inline(" ".join(cell.split())).replace("|", r"\|")


def _picture(picture: Picture, figures: Mapping[int, str]) -> str:
    caption = literal(" ".join((picture.caption or picture.alt).split()))
    if not (name := figures.get(id(picture))):
        return caption
    words = re.sub(r"(?<!\\)([\[\]])", r"\\\1", caption)
    return f"![{words}](figures/{name})"


def literal(text: str) -> str:
    """One line of source text, so written that Markdown shows it as it is."""
    return _LINE_START.sub(_escape_start, _inline(text.strip()))


def _escape_start(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def _inline(text: str) -> str:
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))
    text = text.replace("`", r"\`")
    if text.count("*") > 1:
        text = text.replace("*", r"\*")
    return _LINK.sub(r"\\[", _UNDERSCORE.sub(r"\\_", text))
