"""Headings of slides: a step runs over many slides, its title may be a plain text box, and a bar may show all steps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from indexer.contents_page import marked_entries
from indexer.draft import Block, Draft, Text
from indexer.headings import Heading, is_part, is_short_line, out_of_front, parts_of
from indexer.numbering import DEPTHS, leading_number
from indexer.step_names import StepName, plain_heading, step_name
from indexer.wording import fold, squeeze
from library.steps import all_steps

_BARE_NUMBER = re.compile(r"[-—]?(\d{1,3})(?:/\d{1,3})?[-—]?|第(\d{1,3})页")
_COUNTED = 3  # slides that bear their number are so many at least
_MANY = 4  # names of so many steps on one slide are a table of contents or a bar


def is_slides(draft: Draft) -> bool:
    """Slides, or a PDF printed from slides: many pages with little text."""
    if draft.kind in {"pptx", "ppt", "dps", "ppsx", "odp"}:
        return True
    if draft.kind != "pdf":
        return False
    lengths: Counter[int] = Counter()
    for block in draft.blocks:
        if isinstance(block, Text) and block.page:
            lengths[block.page] += len(block.text)
    return len(lengths) >= 8 and median(lengths.values()) < 160


def slide_headings(draft: Draft) -> tuple[tuple[Heading, ...], frozenset[int]]:
    """The headings of slides, and the positions of blocks that are only furniture (bars, contents, repeated lines,
    numbers of slides, titles that go on)."""
    furniture = _repeated(draft.blocks) | marked_entries(draft.blocks) | _numbers(draft.blocks)
    found: list[Heading] = []
    last = ""
    for slide in _slides(draft.blocks):
        texts = [(at, block) for at, block in slide if at not in furniture and is_short_line(block)]
        bar = _bar(texts)
        furniture |= bar
        titles = _titles([(at, block) for at, block in texts if at not in bar])
        topic, own = _topic(titles)
        if topic and topic == last:
            furniture |= {heading.at for heading in titles[:own]}
            titles = titles[own:]
        last = topic or last
        found += titles
    return tuple(out_of_front(_with_depth(found))), frozenset(furniture)


def _slides(blocks: Sequence[Block]) -> Iterator[list[tuple[int, Text]]]:
    """The texts of each slide, notes left out."""
    pages: defaultdict[int | None, list[tuple[int, Text]]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if isinstance(block, Text) and block.role != "notes":
            pages[block.page].append((at, block))
    yield from pages.values()


def _repeated(blocks: Sequence[Block]) -> set[int]:
    """Lines that stand on most slides: the name of the group, the company, a bar of steps."""
    places: defaultdict[tuple[str, float | None], list[int]] = defaultdict(list)
    pages = {block.page for block in blocks}
    for at, block in enumerate(blocks):
        if isinstance(block, Text) and block.role != "title" and len(block.text) <= 60:
            places[squeeze(block.text), block.size].append(at)
    many = max(5, len(pages) * 0.5)
    return {at for spots in places.values() if len({blocks[at].page for at in spots}) >= many for at in spots}


def _numbers(blocks: Sequence[Block]) -> set[int]:
    """Bare numbers that count the slides, from whatever slide on."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if isinstance(block, Text) and block.page and (number := _BARE_NUMBER.fullmatch(squeeze(block.text))):
            places[int(number[1] or number[2]) - block.page].append(at)
    return {at for spots in places.values() if len({blocks[at].page for at in spots}) >= _COUNTED for at in spots}


def _bar(texts: Sequence[tuple[int, Text]]) -> set[int]:
    """A bar or a list of all steps. Where the slide has a title that names its step, that one is no part of it."""
    named = {at: name for at, block in texts if (name := step_name(block.text)) and name.sure >= 0.7}
    if len({name.step for name in named.values()}) < _MANY:
        return set()
    titles = {at for at, block in texts if block.role == "title"}
    return set(named) - titles


def _titles(texts: Sequence[tuple[int, Text]]) -> list[Heading]:
    """The title of a slide, and the name of a step beside it if the title names none."""
    if not texts:
        return []
    title = next((one for one in texts if one[1].role == "title" and plain_heading(one[1].text)), None)
    first = texts[:4]
    tallest = max((block.size or 0.0 for _, block in texts), default=0.0)
    if title is None:
        title = next((one for one in first if tallest and (one[1].size or 0) >= tallest - 0.1), None)
    found = []
    if title:
        heading = _heading(*title)
        stands_out = title[1].role == "title" or (title[1].size or 0.0) > min(b.size or 0.0 for _, b in texts) + 1
        may_begin = not heading.name and stands_out and (title[1].page or 1) > 1
        found.append(replace(heading, depth=1) if may_begin else heading)  # in free words: its slide tells
    if not (title and step_name(title[1].text)):
        for at, block in first:
            name = step_name(block.text)
            if name and name.sure >= 0.9 and (title is None or at != title[0]):
                found.append(_heading(at, block))
                break
    taken = {heading.at for heading in found}
    found += [
        Heading(at, f"{block.number} {block.text}".strip(), 2, None)
        for at, block in texts
        if at not in taken and block.list_level is None and (is_part(block.text) or _is_numbered_line(block))
    ]
    return sorted(found, key=lambda heading: heading.at)


def _topic(titles: Sequence[Heading]) -> tuple[str, int]:
    """What the title of a slide names, and of how many of its headings it consists, for its number may stand before it
    by itself: PART3 选择课题（续） names the same as 选择课题."""
    for own, title in enumerate(titles, 1):
        if topic := re.sub(r"^part\d+", "", plain_heading(title.text)):
            return topic, own
    return "", 0


def _is_numbered_line(block: Text) -> bool:
    """7.1 灌浆料流动度低: a heading inside the slide. A bare 1. or (1) is more often an item of a list."""
    number = leading_number(fold(block.text))
    return bool(number and number.kind in {"dotted2", "dotted3", "han-paren"} and len(block.text) <= 28)


def _heading(at: int, block: Text) -> Heading:
    name = step_name(block.text)
    return Heading(at, f"{block.number} {block.text}".strip(), 1 if name else 2, name)


def _with_depth(found: Sequence[Heading]) -> list[Heading]:
    """A title begins a step unless the same step goes on around it (实施效果 between slides of 对策实施)."""
    order = {key: n for n, key in enumerate(all_steps())}
    main = _main_number(found)
    named = [heading for heading in found if heading.name and not _lies_deeper(heading, main)]
    kept = {heading.at for heading in _chain(named, order)}
    return [
        heading if heading.at in kept or not heading.name else Heading(heading.at, heading.text, 2, heading.name)
        for heading in found
    ]


def _main_number(found: Sequence[Heading]) -> str:
    """The kind of number that most step titles have; empty if they have none."""
    kinds = Counter(number.kind for heading in found if heading.name and (number := leading_number(fold(heading.text))))
    outer = sorted((kind for kind, times in kinds.items() if times >= 3), key=lambda kind: DEPTHS[kind])
    return outer[0] if outer else ""


def _lies_deeper(heading: Heading, main: str) -> bool:
    """2.1 数据收集 is a title inside 2 现状调查, whatever it names."""
    number = leading_number(fold(heading.text))
    return bool(main and number and DEPTHS[number.kind] > DEPTHS[main])


def _chain(named: Sequence[Heading], order: dict[str, int]) -> list[Heading]:
    best: list[float] = []
    back: list[int] = []
    for n, heading in enumerate(named):
        ways = [(best[m] - _jump_back(named[m].name, heading.name, order), m) for m in range(max(0, n - 60), n)]
        score, come_from = max([(0.0, -1), *ways])
        best.append(score + _worth(heading.name))
        back.append(come_from)
    chain = []
    n = max(range(len(best)), key=best.__getitem__, default=-1)
    while n >= 0 and best[n] > 0:
        chain.append(named[n])
        n = back[n]
    return chain[::-1]


def _worth(name: StepName | None) -> float:
    """What is told inside another step (效益 in 效果检查) gives way to it."""
    return 3 * (name.sure if name else 0) - 1 - 0.1 * bool(name and name.step == "benefits")


def _jump_back(before: StepName | None, after: StepName | None, order: dict[str, int]) -> float:
    if not before or not after:
        return 0.0
    inside = 2.5 if after.step in parts_of(before) else 0.0
    return inside + (1.5 if order[after.step] < order[before.step] else 0.0)
