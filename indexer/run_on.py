"""Reports that lost their line breaks: headings are found inside the paragraphs, by number and name.

Only where a text has next to no short lines. A name must be in the list of headings; words outside it are too
uncertain in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from indexer.draft import Block, Draft, Text
from indexer.step_names import step_name
from library.steps import all_steps

_ENDLESS = 300  # characters of a paragraph that may hold headings
_SHARE = 0.6  # of the text is in such paragraphs
_FEWEST = 4  # different steps
_NUMBER = (
    r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|"
    r"第[一二三四五六七八九十]{1,3}[章节部篇](?:分)?|(?<![\d.])\d{1,2}[、.．](?!\d))\s*"
)
_ITEM = re.compile(
    r"(?<=[。；;])\s*(?=(?:[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳]|(?:对策|实施|要因|确认)[一二三四五六七八九十\d]))"
)


def with_line_breaks(draft: Draft) -> Draft:
    """The same draft, or one whose endless paragraphs are cut at the headings inside them."""
    texts = [block.text for block in draft.blocks if isinstance(block, Text)]
    endless = sum(len(text) for text in texts if len(text) >= _ENDLESS)
    if endless < _SHARE * max(sum(map(len, texts)), 1):
        return draft
    blocks: list[Block] = []
    for block in draft.blocks:
        blocks += _cut(block) if isinstance(block, Text) and len(block.text) >= _ENDLESS else [block]
    return replace(draft, blocks=tuple(blocks))


def _cut(block: Text) -> Iterator[Text]:
    found = _headings_in(block.text)
    if len({name.step for _, heading in found if (name := step_name(heading))}) < _FEWEST:
        yield block
        return
    at = 0
    for start, heading in found:
        yield from _pieces(block, block.text[at:start])
        yield replace(block, text=heading)
        at = start + len(heading)
    yield from _pieces(block, block.text[at:])


def _pieces(block: Text, text: str) -> Iterator[Text]:
    for piece in _ITEM.split(text):
        if piece.strip():
            yield replace(block, text=piece.strip(), number="")


def _headings_in(text: str) -> Sequence[tuple[int, str]]:
    return [(match.start(), match[0]) for match in _pattern().finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    names = {name for step in all_steps().values() for name in (step.name, *step.variants) if len(name) >= 2}
    longest_first = sorted((re.escape(name) for name in names), key=len, reverse=True)
    return re.compile(rf"{_NUMBER}(?:QC|PDCA循环)?(?:{'|'.join(longest_first)})")
