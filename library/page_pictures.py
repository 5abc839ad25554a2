"""Pictures of an original's pages beside the report: which picture shows which part of it.

Making the pictures is not for here (`indexer.page_pictures`); pages know them by the protocol below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from library.case import Case, Section, Source
from library.notices import Explained
from library.plain import section_passages
from library.text import HAN, fold

NUMBERED = (".pdf", ".pptx", ".ppt", ".odp")
"""Originals whose pages have numbers of their own; those of a Word file depend on who lays it out."""

_NO_LETTERS = re.compile(rf"[^0-9a-z{HAN}]+")
_PAGE_MARK = re.compile(r"<!-- page (\d{1,5}) -->")
_TELLING = 12  # letters of a passage by which a page is known
_MOST_LETTERS = 24


@dataclass(frozen=True)
class PagePicture:
    """One page or slide, `number` from 1; width and height in pixels; `text` is what it says."""

    number: int
    width: int
    height: int
    text: str = ""


@dataclass(frozen=True)
class Preview:
    """The pages of one original that can be shown, the first ones of `total`."""

    source: Source
    pages: tuple[PagePicture, ...]
    total: int

    @property
    def numbered(self) -> bool:
        """Whether the numbers are the original's own."""
        return self.source.stored.endswith(NUMBERED)


class NoPreview(Explained):
    """`reason` is the sentence that says why there are no page pictures."""

    status = 404


class BeingPrepared(NoPreview):
    """Not yet: whoever asks again in a few seconds may get them."""

    status = 503

    def __init__(self) -> None:
        super().__init__(reason="正在准备原件的页面图片，一般需要几秒，较长的文件半分钟左右；备好后会自动显示。")


class PagePictures(Protocol):
    """All that pages know of who makes the pictures."""

    def sources(self, case: Case) -> tuple[Source, ...]:
        """The originals whose pages can be shown here, the report's own first."""
        ...

    def why_none(self, case: Case) -> str:
        """Where `sources` is empty: the reason, as a Chinese sentence."""
        ...

    def preview(self, case: Case, source: Source) -> Preview:
        """Answers soon. Raises `BeingPrepared` meanwhile, `NoPreview` for good."""
        ...

    def picture(self, case: Case, source: Source, number: int) -> Path:
        """The file of one page picture, WebP. Raises `NoPreview`."""
        ...


@dataclass(frozen=True)
class Places:
    """Where the report stands in the original: numbers of pictures."""

    sections: tuple[int | None, ...]  # where each section of the case begins
    marks: dict[int, int] = field(default_factory=dict)  # page number in the report -> picture


def places(case: Case, preview: Preview) -> Places:
    """Page numbers are taken at their word where the report was read from this very file and they are its own;
    else passages are looked for in the words of the pages."""
    own = bool(case.sources) and preview.source == case.sources[0] and preview.numbered
    return _by_number(case.sections, preview) if own else _by_words(case.sections, preview)


def _by_number(sections: Sequence[Section], preview: Preview) -> Places:
    there = {page.number for page in preview.pages}
    begins: list[int | None] = []
    marks: dict[int, int] = {}
    now: int | None = None
    for section in sections:
        found = list(_PAGE_MARK.finditer(section.text))
        if found and not section.text[: found[0].start()].strip():
            now = int(found[0][1])
        begins.append(now if now in there else None)
        for mark in found:
            now = int(mark[1])
            if now in there:
                marks[now] = now
    return Places(tuple(begins), marks)


def _by_words(sections: Sequence[Section], preview: Preview) -> Places:
    begins: list[int | None] = [None] * len(sections)
    marks: dict[int, int] = {}
    for place, page, picture in _in_order(list(_known_passages(sections, preview))):
        if begins[place] is None:
            begins[place] = picture
        if page is not None:
            marks.setdefault(page, picture)
    return Places(tuple(begins), marks)


def _known_passages(sections: Sequence[Section], preview: Preview) -> Iterator[tuple[int, int | None, int]]:
    """Section, page as the report tells it, and picture, of every passage that stands on exactly one page."""
    said = [_NO_LETTERS.sub("", fold(page.text)) for page in preview.pages]
    for place, section in enumerate(sections):
        for passage in section_passages(section):
            letters = _NO_LETTERS.sub("", fold(passage.text))[:_MOST_LETTERS]
            if len(letters) < _TELLING:
                continue
            on = [page.number for page, words in zip(preview.pages, said, strict=True) if letters in words]
            if len(on) == 1:
                yield place, passage.page, on[0]


def _in_order(found: Sequence[tuple[int, int | None, int]]) -> list[tuple[int, int | None, int]]:
    """The longest run whose pictures only go forward: what was found out of order is a chance likeness."""
    tails: list[int] = []  # the lowest picture that ends a run of each length
    ends: list[int] = []  # which entry that is
    before: list[int] = []
    for position, (_, _, picture) in enumerate(found):
        length = bisect_right(tails, picture)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [picture]
        ends[length : length + 1] = [position]
    kept = []
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.append(found[position])
        position = before[position]
    return kept[::-1]
