"""Captions: the short line "图3 …" below a picture and "表2 …" above a table, in any format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.draft import Block, Picture, Table, Text

_LONGEST = 60  # characters; a longer line is a sentence that speaks of a figure
_NUMBER = r"\s*(?:[0-9０-９]+|[一二三四五六七八九十]{1,3})(?:\s*[-—–－.．]\s*\d+)*"
_PICTURE = re.compile(rf"(?:图|圖|图片|附图|照片|Fig(?:ure|\.)?){_NUMBER}", re.IGNORECASE)
_TABLE = re.compile(rf"(?:表|表格|附表|Table){_NUMBER}", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；;]|(?:所示|可知|可见|可以看出|看出|如下)[，：:,]?")


def is_caption(text: Text, of: type[Picture] | type[Table]) -> bool:
    """Does it look like the caption of a picture or of a table?"""
    if text.role == "caption":
        other = _TABLE if of is Picture else _PICTURE
        return not other.match(text.text)
    pattern = _PICTURE if of is Picture else _TABLE
    return (
        not text.role
        and len(text.text) <= _LONGEST
        and pattern.match(text.text) is not None
        and not _SENTENCE.search(text.text)
    )


def with_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks; a caption is written to its picture or table, and the line is marked role="caption"."""
    found = list(blocks)
    taken: set[int] = set()
    for index, block in enumerate(found):
        if isinstance(block, Text) or block.caption:
            continue
        first, second = (1, -1) if isinstance(block, Picture) else (-1, 1)
        for step in (first, second):
            place = _neighbour(found, index, step)
            near = found[place] if place is not None else None
            if place is None or place in taken or not isinstance(near, Text):
                continue
            if is_caption(near, type(block)):
                taken.add(place)
                found[index] = replace(block, caption=_full(near))
                found[place] = replace(near, role="caption")
                break
    return tuple(found)


def _full(text: Text) -> str:
    return " ".join(part for part in (text.number, text.text.replace("\n", " ")) if part)


def _neighbour(blocks: Sequence[Block], index: int, step: int) -> int | None:
    """The next text before or after; pictures side by side share the caption below them, so only the last gets it."""
    place = index + step
    return place if 0 <= place < len(blocks) else None
