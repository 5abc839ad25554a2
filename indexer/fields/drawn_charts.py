"""Bar charts of 现状 and 目标 of which a PDF keeps only loose words: a head, axis, values, the names of the bars.

Where a value stood is lost, so the title must tell whether it shall fall or rise: 现状 is the worse of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.draft import Block, Table, Text
from indexer.fields.numbers import first_number
from indexer.fields.tables import only_number, role, unit_in
from indexer.splitter import Passage

_LONGEST = 24  # characters of a word beside a chart
_MOST = 24  # numbers of a chart
_LEAST_AXIS = 3


def with_drawn_charts(passages: Sequence[Passage], less: bool | None) -> list[Passage]:
    """The passages, those that set the goal with a table for each such chart; `less` as the title wants it."""
    if less is None:
        return list(passages)
    return [
        replace(one, blocks=(*one.blocks, *_charts(one.blocks, less)))
        if {"goal", "goal-and-feasibility"} & {one.step, *one.also}
        else one
        for one in passages
    ]


def _charts(blocks: Sequence[Block], less: bool) -> Iterator[Table]:
    words = list(_words(blocks))
    for n, (head, page) in enumerate(words):
        if only_number(head) or not unit_in(head):
            continue
        end = next((m for m in range(n + 1, len(words)) if not only_number(words[m][0])), len(words))
        names = [word for word, _ in words[end : end + 3]]
        if end - n - 1 > _MOST or [role(name) for name in names[:2]] != ["before", "goal"]:
            continue
        values = _without_axis([first_number(word) or 0.0 for word, _ in words[n + 1 : end]])
        if len(values) == 2:
            before, goal = sorted(values, reverse=less)
            yield Table((("", head), (names[0], f"{before:g}"), (names[1], f"{goal:g}")), page)


def _words(blocks: Sequence[Block]) -> Iterator[tuple[str, int | None]]:
    """Short texts, and what stands in the cells that the lines of a chart make; anything else parts two charts."""
    for block in blocks:
        if isinstance(block, Text):
            yield (block.text.strip() if len(block.text) <= _LONGEST else "。"), block.page
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row]
            numbers = [word for cell in cells for word in cell.split()]
            if all(only_number(word) for word in numbers):
                yield from ((word, block.page) for word in numbers)
            else:
                yield "。", block.page


def _without_axis(numbers: Sequence[float]) -> list[float]:
    """What is left without the longest row of evenly spaced numbers."""
    known = sorted(set(numbers))
    axis: list[float] = []
    for n, start in enumerate(known):
        for second in known[n + 1 :]:
            ticks = [start]
            while (tick := round(start + len(ticks) * (second - start), 6)) in known:
                ticks.append(tick)
            axis = max(axis, ticks, key=len)
    left = list(numbers)
    for tick in axis if len(axis) >= _LEAST_AXIS else ():
        left.remove(tick)
    return left
