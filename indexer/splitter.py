"""Cuts a draft into passages, each under one heading and with its QC step or steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from math import ceil

from indexer.contents_page import contents_blocks
from indexer.draft import Block, Draft, Table, Text
from indexer.headings import Heading, find_headings
from indexer.numbering import leading_number
from indexer.reading.captions import with_captions
from indexer.run_on import with_line_breaks
from indexer.slides import is_slides, slide_headings
from indexer.step_guess import guess_step
from indexer.step_names import StepName, step_name
from indexer.wording import fold, squeeze

_LONGEST_FORM = 60  # rows
_FORM_TELLS = 2.7  # steps with a passage, each as much as its name is sure
_SHORTEST_PASSAGE = 30  # characters
_SHORTEST_LINE = 14  # characters of a line that may have been cut
_LONGEST_PARAGRAPH = 1_500  # characters
_FURNITURE = {"header", "footer"}
COVER = "封面"
_CAUSE = re.compile(
    r"^\s*(?P<head>(?:(?:[(（]\s*[\d一二三四五六七八九十]{1,2}\s*[)）]|\d{1,2}\s*[、.．)）]|[①-⑮])\s*"
    r"|(?:要因|末端原因|末端因素|原因|因素|确认|验证|论证|主因|真因)(?:确认|验证|论证)?\s*[\d一二三四五六七八九十]{1,2}\s*[、.．:：]?\s*)"
    r"[^。，,；;：:]{2,28})\s*[。：:]\s*(?P<rest>\S.*)$",
    re.S,
)
_CAUSE_WITHOUT_NUMBER = re.compile(r"\s*(?P<head>[^。，,；;：:]{2,28})\s*[。：:]\s*(?P<rest>\S.*)$", re.S)


@dataclass(frozen=True)
class Passage:
    """`blocks` are as read, but `level` is 3, 4 … for headings inside the passage and None for everything else."""

    step: str
    also: tuple[str, ...]
    heading: str
    blocks: tuple[Block, ...]
    at: int = 0  # position of its heading in the draft

    @cached_property
    def text(self) -> str:
        """All words of the passage, one block a line, table cells separated by blanks."""
        return "\n".join(words_of(block) for block in self.blocks)


def words_of(block: Block) -> str:
    match block:
        case Text():
            return block.text
        case Table():
            rows = (" ".join(cell for cell in row if cell) for row in block.rows)
            return "\n".join([*([block.caption] if block.caption else []), *rows])
    return block.caption or block.alt


def split(draft: Draft) -> tuple[Passage, ...]:
    """The passages of a report in its own order; what stands before the first heading is the cover."""
    draft = with_line_breaks(draft)
    blocks = _rejoined(draft.blocks, draft.kind) if draft.kind in {"pdf", "txt"} else draft.blocks
    draft = replace(draft, blocks=tuple(_unfold(blocks)))
    slides = is_slides(draft)
    if slides:
        found, skipped = slide_headings(draft)
    else:
        skipped = contents_blocks(draft.blocks)
        found = find_headings(draft, skipped)
    headings = _with_guesses(draft.blocks, found, slides)
    return tuple(by_cause(one) for one in _joined(_cut(draft.blocks, headings, skipped)))


def _with_guesses(blocks: Sequence[Block], headings: Sequence[Heading], slides: bool) -> list[Heading]:
    """Headings of the steps' own tier whose words name no step: told by their passage, else they begin none.

    Most slides go on with the step of the one before: only a step that is missing between two others is guessed.
    """
    result = list(headings)
    main = [n for n, heading in enumerate(result) if heading.depth == 1]
    for place, n in enumerate(main):
        if result[n].name:
            continue
        before = next((name.step for m in reversed(main[:place]) if (name := result[m].name)), "preface")
        after = next((name.step for m in main[place + 1 :] if (name := result[m].name)), "appendix")
        end = result[main[place + 1]].at if place + 1 < len(main) else len(blocks)
        text = "\n".join(words_of(block) for block in blocks[result[n].at + 1 : end])
        step = guess_step(result[n].text, text, before, after, missing=slides)
        guessed = StepName(step, sure=0.4) if step and step != before else None
        result[n] = replace(result[n], name=guessed, depth=1 if guessed else 2)
    return result


def _rejoined(blocks: Sequence[Block], kind: str) -> list[Block]:
    """A paragraph that was cut at a line's end becomes whole again."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if not (isinstance(block, Text) and isinstance(last, Text)):
            result.append(block)
        elif _was_cut(last, block) or (kind == "pdf" and _goes_on(last, block)):
            result[-1] = replace(last, text=last.text + block.text)
        else:
            result.append(block)
    return result


def _was_cut(one: Text, other: Text) -> bool:
    """A number or a sentence that ends at the end of a line: 历时3 | 3小时, 组长劳某某 | ，全组8人."""
    if len(one.text) < _SHORTEST_LINE or one.role != other.role or one.box or other.box:
        return False
    if re.search(r"\d\.?$", one.text) and re.match(r"\d", other.text):
        return leading_number(fold(other.text)) is None
    return bool(re.match(r"[，。、；：）％%‰]", other.text)) and not re.search(r"[。；：！？]\s*$", one.text)


def _goes_on(one: Text, other: Text) -> bool:
    same = (one.page, one.size, one.bold, one.role) == (other.page, other.size, other.bold, other.role)
    unfinished = len(one.text) >= 28 and not re.search(r"[。；：！？.;:!?）)]\s*$", one.text)
    begins = leading_number(fold(other.text)) or re.match(r"\s*[图表•·●\-—]", other.text) or step_name(other.text)
    return same and unfinished and not begins and not (one.centered or other.centered)


def _cut(blocks: Sequence[Block], headings: Sequence[Heading], skipped: frozenset[int]) -> list[Passage]:
    by_place = {heading.at: heading for heading in headings}
    passages = [Passage("preface", (), COVER, ())]
    inside: list[Block] = []
    for at, block in enumerate(blocks):
        heading = by_place.get(at)
        if heading and heading.depth == 1 and heading.name:
            passages[-1] = replace(passages[-1], blocks=tuple(inside))
            passages.append(Passage(heading.name.step, heading.name.also, heading.text, (), at))
            inside = []
        elif at not in skipped and not (isinstance(block, Text) and block.role in _FURNITURE):
            inside.append(_inside(block, heading))
    passages[-1] = replace(passages[-1], blocks=tuple(inside))
    return [one for one in passages if one.blocks or one.heading != COVER]


def _inside(block: Block, heading: Heading | None) -> Block:
    if not isinstance(block, Text):
        return block
    if heading is None:
        return replace(block, level=None)
    return replace(block, text=heading.text, number="", level=max(3, heading.depth + 1), list_level=None)


def _joined(passages: Sequence[Passage]) -> list[Passage]:
    """A step that runs over several slides, or comes again right after itself, is one passage."""
    result: list[Passage] = []
    for one in passages:
        last = result[-1] if result else None
        if last is None or one.step != last.step or one.heading == COVER or last.heading == COVER:
            result.append(one)
            continue
        between: tuple[Block, ...] = ()
        if squeeze(one.heading) != squeeze(last.heading):
            page = one.blocks[0].page if one.blocks else None
            between = (Text(one.heading, page=page, level=3),)
        also = tuple(dict.fromkeys((*last.also, *one.also)))
        result[-1] = replace(last, also=also, blocks=(*last.blocks, *between, *one.blocks))
    return result


def by_cause(passage: Passage) -> Passage:
    """确定主要原因 told in numbered paragraphs (1. 刀边变形：用平尺检查…) gets a heading for each cause."""
    steps = (passage.step, *passage.also)
    if "root-causes" not in steps or sum(isinstance(b, Text) and b.level is not None for b in passage.blocks) >= 2:
        return passage
    told = [_cause(block) for block in passage.blocks]
    if sum(match is not None for match in told) < 2:
        return passage
    blocks: list[Block] = []
    for block, match in zip(passage.blocks, told, strict=True):
        if match and isinstance(block, Text):
            head = f"{block.number} {match['head']}".strip()
            blocks.append(replace(block, text=head, number="", level=3, list_level=None))
            blocks.append(replace(block, text=match["rest"], number="", level=None, list_level=None))
        else:
            blocks.append(block)
    return replace(passage, blocks=tuple(blocks))


def _cause(block: Block) -> re.Match[str] | None:
    if not isinstance(block, Text):
        return None
    numbered = block.number or (block.list_level is not None and block.ordered)
    return _CAUSE_WITHOUT_NUMBER.match(block.text) if numbered else _CAUSE.match(block.text)


def _unfold(blocks: Sequence[Block]) -> list[Block]:
    """Some forms hold the whole report in tables: step name | its text. Those rows become headings and passages."""
    forms = {n: rows for n, block in enumerate(blocks) if isinstance(block, Table) and (rows := _form_rows(block))}
    told = {step: sure for rows in forms.values() for step, sure in _steps_told(rows)}
    if sum(told.values()) < _FORM_TELLS:
        forms = {}
    result: list[Block] = []
    for n, block in enumerate(blocks):
        if isinstance(block, Table) and n in forms:
            result += _unfolded(forms[n], block.page)
        else:
            result += _in_pieces(block)
    return list(with_captions(result)) if forms else result


def _form_rows(table: Table) -> list[tuple[str, str]]:
    """Head and text of each row, if that is what most rows of the table are."""
    rows = [[cell.strip() for cell in row if cell.strip()] for row in table.rows]
    rows = [row for row in rows if row]
    if not 0 < len(rows) <= _LONGEST_FORM or sum(len(row) <= 3 for row in rows) < len(rows) * 0.8:
        return []
    return [(row[0], "\n".join(row[1:])) for row in rows]


def _steps_told(rows: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """The steps that have a passage of their own in these rows, and how sure their names are."""
    return [(name.step, name.sure) for head, text in rows if len(text) >= 60 and (name := step_name(head))]


def _unfolded(rows: Sequence[tuple[str, str]], page: int | None) -> Iterator[Block]:
    for is_passage, group in groupby(rows, key=_is_passage):
        if not is_passage:
            yield Table(tuple(group), page)
            continue
        for head, text in group:
            yield Text(head, page=page, level=1)
            yield from (Text(line, page=page) for line in text.split("\n") if line.strip())


def _is_passage(row: tuple[str, str]) -> bool:
    """Not a label with its value (课题 | 提高…)."""
    head, text = row
    name = step_name(head)
    return len(text) >= _SHORTEST_PASSAGE or bool(name and name.sure >= 0.9)


def _in_pieces(block: Block) -> list[Block]:
    """An endless paragraph, cut behind sentences: rules are quick on paragraphs of the usual length only.

    The pieces are about equally long: a short rest of a row of numbers would read like a sentence.
    """
    if not isinstance(block, Text) or len(block.text) <= _LONGEST_PARAGRAPH:
        return [block]
    pieces: list[Block] = []
    at = 0
    while at < len(block.text):
        rest = len(block.text) - at
        length = ceil(rest / ceil(rest / _LONGEST_PARAGRAPH))
        end = at + length
        if length < rest:
            stop = max(block.text.rfind(mark, at + length // 2, end) for mark in "。；\n")
            end = stop + 1 if stop > 0 else end
        pieces.append(replace(block, text=block.text[at:end].strip(), number=block.number if at == 0 else ""))
        at = end
    return pieces
