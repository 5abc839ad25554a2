"""Tables of contents: they repeat every heading and must not be taken for the report itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.draft import Block, Text
from indexer.numbering import leading_number
from indexer.step_names import plain_heading, step_name
from indexer.wording import fold, squeeze

_TITLE = re.compile(r"目[录次]|contents|目录contents|contents目录", re.I)
_LEADER = re.compile(r"(?:[.…·_]\s*){3,}|错误!未定义书签|\t\s*\d+$")
_PAGE = re.compile(r"[\s.…·]+-?\d{1,3}-?$")
_LONGEST_ENTRY = 60
_RUN = 4
"""So many different steps in a row with nothing between them are a list of headings, not headings."""


def contents_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Positions of the blocks that belong to a table of contents."""
    marked = marked_entries(blocks)
    for n, block in enumerate(blocks):
        if isinstance(block, Text) and _TITLE.fullmatch(squeeze(block.text)) and n not in marked:
            marked |= {n, *_entries_after(blocks, n)}
    return frozenset(marked | _bare_runs(blocks, marked))


def marked_entries(blocks: Sequence[Block]) -> set[int]:
    """Lines with dots and a page number, and what the reader takes for contents, until an entry comes again."""
    found: set[int] = set()
    entries: set[str] = set()
    for n, block in enumerate(blocks):
        if not isinstance(block, Text):
            continue
        again = plain_heading(block.text) in entries and not _PAGE.search(block.text)
        told = block.role == "toc" and not again and not re.search(r"[。；]", block.text)
        if told or _has_leader(block):
            found.add(n)
            entries |= _forms(block.text)
    return found


def _has_leader(block: Text) -> bool:
    text = fold(block.text)
    leaders = len(_LEADER.findall(text))
    says_more = re.search(r"[，。；]", block.text) and not _PAGE.search(block.text)  # 预压3天，绑钢筋4天……
    return leaders >= 3 or (leaders > 0 and len(text) < 120 and not re.fullmatch(r"[\s.…·_]+", text) and not says_more)


def _entries_after(blocks: Sequence[Block], title: int) -> set[int]:
    """The entries below 目录: short lines, until one of them comes again as the heading itself."""
    found: set[int] = set()
    entries: set[str] = set()
    for n in range(title + 1, len(blocks)):
        block = blocks[n]
        if not isinstance(block, Text):
            break
        words = plain_heading(_PAGE.sub("", block.text))
        ends = bool(re.search(r"[。；]", block.text)) or len(block.text) > _LONGEST_ENTRY
        again = not _PAGE.search(block.text) and words in entries
        if ends or again:
            break
        found.add(n)
        entries |= _forms(block.text)
    return found if len(found) >= 3 else set()


def _forms(text: str) -> set[str]:
    """What a heading must say to be this entry: all of it, or what stands before a blank (选题  选择课题背景…)."""
    words = fold(_PAGE.sub("", text)).strip()
    while number := leading_number(words):
        words = words[number.length :]
    parts = [words, *words.split()[:1]]
    return {plain for part in parts if len(plain := plain_heading(part)) >= 2}


def _bare_runs(blocks: Sequence[Block], known: set[int]) -> set[int]:
    """Runs of step names with no passage between them, of which most come again elsewhere (a flattened plan is one)."""
    names = {
        n: name.step
        for n, block in enumerate(blocks)
        if n not in known
        and isinstance(block, Text)
        and len(block.text) <= _LONGEST_ENTRY
        and (name := step_name(block.text))
    }
    found: set[int] = set()
    everywhere = Counter(names.values())
    for run in _runs(blocks, sorted(names)):
        here = Counter(names[n] for n in run)
        steps = set(here)
        elsewhere = {step for step, times in everywhere.items() if times > here[step]}
        if len(steps) < _RUN or len(steps & elsewhere) * 2 < len(steps):
            continue
        if titles := [n for n in run if isinstance(block := blocks[n], Text) and _TITLE.fullmatch(squeeze(block.text))]:
            run = run[run.index(titles[0]) :]
        alone = names[run[-1]] not in elsewhere
        found.update(run[:-1] if alone else run)
    return found


def _runs(blocks: Sequence[Block], named: Sequence[int]) -> list[list[int]]:
    """Neighbouring positions; a run ends where one of its entries comes again, for that is the heading itself."""
    runs: list[list[int]] = []
    entries: set[str] = set()
    for n in named:
        block = blocks[n]
        text = block.text if isinstance(block, Text) else ""
        goes_on = bool(runs) and runs[-1][-1] == n - 1
        if not goes_on:
            entries = set()
        if goes_on and plain_heading(text) not in entries:
            runs[-1].append(n)
        else:
            runs.append([n])
        entries |= _forms(text)
    return runs
