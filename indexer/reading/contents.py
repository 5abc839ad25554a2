"""Tables of contents that are only typed: the lines below 目录 up to where its first entry comes again as a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.draft import Block, Text

_TITLE = re.compile(r"(?:目\s*[录錄次]|contents)\s*(?:contents)?", re.IGNORECASE)
_LONGEST = 80  # characters of an entry
_MOST = 150  # entries
_FEWEST = 3
_LARGER = 1.2  # times the size of an entry: the title of what follows
LEADER = re.compile(r"(?:[.．…·⋯。•_]\s?){4,}\s*[-—]?\s*[0-9IVXivx]{0,4}\s*[-—]?\s*$")
_NOT_WORDS = re.compile(r"[\W\d_]+")


def is_title(text: str) -> bool:
    return _TITLE.fullmatch(text.strip()) is not None


def with_contents(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; the lines of a typed table of contents, and its title, are marked role="toc"."""
    found = [_leader_marked(block) for block in blocks]
    for start, block in enumerate(found):
        if isinstance(block, Text) and is_title(block.text):
            end = _end(found, start)
            if end - start > _FEWEST:
                for index in range(start, end):
                    entry = found[index]
                    assert isinstance(entry, Text)
                    found[index] = replace(entry, role="toc", level=None)
            elif end > start + 1:
                found[start] = replace(block, role="toc", level=None)
    return found


def _leader_marked(block: Block) -> Block:
    if isinstance(block, Text) and not block.role and len(block.text) < 160 and LEADER.search(block.text):
        return replace(block, role="toc", level=None)
    return block


def _end(blocks: Sequence[Block], start: int) -> int:
    """The index behind the last entry."""
    first: Text | None = None
    seen: list[str] = []
    for index in range(start + 1, min(len(blocks), start + _MOST)):
        entry = blocks[index]
        if not isinstance(entry, Text) or (len(entry.text) > _LONGEST and entry.role != "toc"):
            return index
        words = _NOT_WORDS.sub("", entry.text)
        first = first or entry
        if entry.role != "toc" and (
            (entry.level and not first.level) or _again(words, seen) or _opens_a_page(entry, first)
        ):
            return index
        seen.append(words)
    return start


def _opens_a_page(line: Text, entry: Text) -> bool:
    """The title of a slide behind the contents: 01 团队介绍 where the entry says 01 团队."""
    return line.page != entry.page and (line.size or 0) > _LARGER * (entry.size or line.size or 0)


def _again(words: str, seen: list[str]) -> bool:
    """Does the line say an entry's words again? The entry may say more: a subtitle, a page number."""
    return len(words) > 1 and any(entry.startswith(words) for entry in seen)
