"""Which paragraphs are headings, and which of them begin a QC step.

Styles cannot be trusted, so several signs are weighed: the words (step_names), the number, the style's
level, size, weight and place. First the tier is found on which this report has its steps; then the chain of headings
is chosen that reads best: numbers that go on, looks that agree, steps roughly in order, without forcing any order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from indexer.draft import Block, Draft, Text
from indexer.numbering import DEPTHS, Number, bare_number, leading_number
from indexer.step_names import StepName, plain_heading, step_name
from indexer.wording import fold, squeeze
from library.steps import all_steps

_LONGEST = 40
_FAR = 100  # a heading is compared with so many candidates before it; keeps a hostile file from costing a minute
_MOST_WEIGHED = 1_500  # candidates; reports have up to 300
_MOST_GAINED = 2.0  # what a heading can gain by fitting between its neighbours
_DEEPER = {"number": 4.0, "level": 2.5}  # what speaks against a step on an inner tier; looks and styles lie more often
_FRONT = {"overview", "group", "plan"}
"""Steps that tell who and where; reports like to put them under one heading."""
_NEVER = {"caption", "notes", "header", "footer"}
_CAPTION = re.compile(r"^(?:续?[图表]|附[图表]|照片)\s*[\d一二三四五六七八九十]+")
_SENTENCE = re.compile(r"[。；;！!？?]|[，,].*[，,]|[，,、：:]$")
_PART = re.compile(
    r"^(?:实施|对策|分?级?方案|要因|末端原因|末端因素|原因|确认|调查|目标|措施|论证|依据|验证|问题|阶段|课题|症结|因素)"
    r"\s*(?:实施|确认|验证|分析)?\s*(?:之)?\s*[一二三四五六七八九十\d]{1,2}(?![\d.%年月日])"
)


@dataclass(frozen=True)
class Heading:
    """`at` is the position of its block; depth 1 begins a step, 2 and more lie within one."""

    at: int
    text: str
    depth: int
    name: StepName | None


@dataclass(frozen=True)
class Candidate:
    at: int
    block: Text
    name: StepName | None
    number: Number | None
    looks: tuple[float, bool, bool] | None  # size, bold, centred, where they set it off from the body

    @property
    def text(self) -> str:
        return f"{self.block.number} {self.block.text}".strip()

    @property
    def views(self) -> dict[str, Hashable]:
        """The ways to tell on which tier a heading stands."""
        return {
            "number": self.number and self.number.kind,
            "level": self.block.level,
            "looks": self.looks,
        }


def find_headings(draft: Draft, contents: frozenset[int]) -> tuple[Heading, ...]:
    """The headings of a running text, in reading order; `contents` are the positions of its tables of contents."""
    found = candidates(draft.blocks, skip=contents)
    tier = _tier(found)
    chain = {one.at for one in _best_chain(found, tier)}
    headings = [
        Heading(one.at, one.text, 1 if one.at in chain else _depth(one, tier), one.name)
        for one in found
        if one.at in chain or _lies_within(one, draft.blocks)
    ]
    return tuple(out_of_front(headings))


def candidates(blocks: Sequence[Block], skip: frozenset[int]) -> list[Candidate]:
    """Every paragraph that looks like a heading or has the words of one."""
    body_size, body_bold = _body(blocks)
    found = []
    for at, block in enumerate(blocks):
        if at in skip or not isinstance(block, Text) or not is_short_line(block):
            continue
        name = step_name(block.text)
        larger = block.size is not None and body_size is not None and block.size > body_size + 0.6
        bold = block.bold and not body_bold
        looks = (block.size or 0.0, bold, block.centered) if larger or bold else None
        number = _number(block, name)
        part = is_part(block.text)
        if name or number or looks or part or block.level is not None or block.role == "title":
            found.append(Candidate(at, block, name, number, looks))
    return found


def is_short_line(block: Text) -> bool:
    text = squeeze(block.text)
    return (
        0 < len(text) <= _LONGEST
        and block.role not in _NEVER
        and not _CAPTION.match(text)
        and (not _SENTENCE.search(text) or (len(text) <= 16 and text.endswith((":", "："))))
    )


def is_part(text: str) -> bool:
    """实施一：…, 要因确认2：…, 末端原因3 …: a heading inside a step."""
    return bool(_PART.match(squeeze(text)) or _PART.match(plain_heading(text)))


def _body(blocks: Sequence[Block]) -> tuple[float | None, bool]:
    """The size most of the text has, and whether most of it is bold."""
    sizes: Counter[float] = Counter()
    weight: Counter[bool] = Counter()
    for block in blocks:
        if isinstance(block, Text) and block.role not in _NEVER:
            weight[block.bold] += len(block.text)
            if block.size:
                sizes[block.size] += len(block.text)
    return (sizes.most_common(1)[0][0] if sizes else None), weight[True] > weight[False]


def _number(block: Text, name: StepName | None) -> Number | None:
    if block.number:
        return leading_number(fold(block.number).strip() + " 题")
    text = fold(block.text).lstrip("【[ 　")
    return leading_number(text) or (bare_number(text) if name else None)


def _tier(found: Sequence[Candidate]) -> dict[str, Hashable]:
    """For each view the value under which most different steps are named: there the report has its steps."""
    tier: dict[str, Hashable] = {}
    for view in ("number", "level", "looks"):
        steps: defaultdict[Hashable, dict[str, float]] = defaultdict(dict)
        for one in found:
            value = one.views[view]
            if value is not None and one.name:
                steps[value][one.name.step] = max(one.name.sure, steps[value].get(one.name.step, 0))
        most = max((sum(named.values()) for named in steps.values()), default=0.0)
        many = [value for value, named in steps.items() if len(named) >= 3 and sum(named.values()) >= 0.6 * most]
        if many:  # headings inside the steps name steps too, so the outermost of the likely tiers
            tier[view] = min(many, key=lambda value: _rank(view, value))
    return tier


def _rank(view: str, value: Hashable) -> float:
    """Outer tiers have smaller ranks."""
    if view == "number":
        return DEPTHS.get(str(value), 9)
    if view == "level" and isinstance(value, int):
        return value
    return -value[0] if isinstance(value, tuple) else 0


def _weight(one: Candidate, tier: dict[str, Hashable]) -> float:
    """How much speaks for a step beginning here; above 0 it may."""
    weight = -2.0 + (3 * one.name.sure if one.name else 0)
    weight += 1.0 * (one.block.level is not None) + 0.7 * (one.number is not None)
    weight += (1.0 if one.looks else 0) + 0.3 * one.block.centered + 1.0 * (one.block.role == "title")
    weight -= 1.5 * (re.search(r"[:：].", one.block.text) is not None and one.block.level is None and not one.number)
    weight -= 1.0 * (len(plain_heading(one.block.text)) > 16)
    weight -= 1.0 * (one.block.list_level is not None and one.block.level is None)
    for view, value in tier.items():
        weight += _agreement(view, one.views[view], value)
    if not one.name and one.block.level is None and not one.looks:
        weight -= 1.5 if tier.get("number") == "arabic" else 0.5
    return weight


def _agreement(view: str, mine: Hashable, tier: Hashable) -> float:
    if mine == tier:
        return 1.0
    if mine is None:
        return -0.7 if view != "looks" else -1.0
    deeper = _rank(view, mine) - _rank(view, tier)
    if view == "looks":
        return -2.5 if deeper > 0.6 else 0.0
    return -_DEEPER[view] if deeper > 0 else 0.0


def _follows(before: Candidate, after: Candidate, order: dict[str, int]) -> float:
    """How well two headings read one after the other."""
    score = 0.0
    if before.number and after.number and before.number.kind == after.number.kind:
        step = after.number.value - before.number.value
        score += 1.0 if step == 1 else 0.0 if step > 1 else -3.0
    if before.name and after.name:
        if after.name.step in parts_of(before.name) and score < 1:
            score -= 2.0
        if before.name.step == after.name.step:
            score -= 1.0
        elif order[after.name.step] < order[before.name.step]:
            score -= 0.5
    return score


def parts_of(name: StepName) -> set[str]:
    """Steps that are usually told inside another one, under a heading of their own."""
    inside = {"results": {"benefits"}, "goal-and-feasibility": {"goal", "feasibility"}}
    return inside.get(name.step, set()) | set(name.also)


def _best_chain(found: Sequence[Candidate], tier: dict[str, Hashable]) -> list[Candidate]:
    """The chain of candidates with the greatest sum of weights and of how well neighbours follow."""
    order = {key: n for n, key in enumerate(all_steps())}
    weighed = [(weight, one) for one in found if (weight := _weight(one, tier)) > -_MOST_GAINED]
    if len(weighed) > _MOST_WEIGHED:
        best_ones = nlargest(_MOST_WEIGHED, range(len(weighed)), key=lambda n: weighed[n][0])
        weighed = [weighed[n] for n in sorted(best_ones)]
    best: list[float] = []
    back: list[int] = []
    for n, (weight, one) in enumerate(weighed):
        ways = [(best[m] + _follows(weighed[m][1], one, order), m) for m in range(max(0, n - _FAR), n)]
        score, come_from = max([(0.0, -1), *ways])
        best.append(score + weight)
        back.append(come_from)
    chain = []
    n = max(range(len(best)), key=best.__getitem__, default=-1)
    n = n if n >= 0 and best[n] > 0 else -1
    while n >= 0:  # back to the start, though a first heading in free words alone counts less than nothing
        chain.append(weighed[n][1])
        n = back[n]
    return chain[::-1]


def _depth(one: Candidate, tier: dict[str, Hashable]) -> int:
    """2, or 3 where the number or the style says that it lies deeper."""
    if one.block.level is not None and isinstance(top := tier.get("level"), int):
        return 3 if one.block.level > top + 1 else 2
    if one.number and one.number.kind in {"paren", "dotted3"}:
        return 3
    return 2


def _lies_within(one: Candidate, blocks: Sequence[Block]) -> bool:
    """A heading inside a step. A line that is followed by its sister is an item of a list."""
    text = one.block.text
    if one.block.level is not None or one.block.role == "title":
        return True
    if one.block.list_level is not None or len(squeeze(text)) > 28:
        return False
    if is_part(text):
        return True
    if one.looks:
        return True
    if one.number is None or re.search(r"[:：]", text):
        return False
    return not _has_sister(one, blocks)


def _has_sister(one: Candidate, blocks: Sequence[Block]) -> bool:
    for at in (one.at - 1, one.at + 1):
        if not 0 <= at < len(blocks):
            return True
        block = blocks[at]
        if isinstance(block, Text):
            number = _number(block, None)
            if number and one.number and number.kind == one.number.kind:
                return True
    return False


def out_of_front(headings: list[Heading]) -> list[Heading]:
    """一、前言 with 1 工程概况, 2 小组概况 inside, or 二、小组概况 with 2.3 活动计划: those are steps of their own."""
    result = []
    holder = current = ""
    for heading in headings:
        if heading.depth == 1:
            holder = current = heading.name.step if heading.name else ""
        elif heading.depth == 2 and heading.name and _begins_own(heading.name, holder, current):
            heading = Heading(heading.at, heading.text, 1, heading.name)
            current = heading.name.step if heading.name else current
        result.append(heading)
    return result


def _begins_own(name: StepName, holder: str, current: str) -> bool:
    if name.sure < 1 or name.step == current:
        return False
    return holder == "preface" or (holder in _FRONT and name.step in _FRONT)
