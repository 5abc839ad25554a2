"""Completes a draft whose pages are scans: has their text recognised, a few pages a child, and puts it in its place."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import pdf_margins, sandbox, wire
from indexer.reading.finish import finished
from indexer.reading.guards import MB
from indexer.reading.limits import Limits
from indexer.reading.pictures import pixels
from indexer.reading.refusal import Refusal
from library.errors import Refused
from library.notices import notice

MOST_PAGES = 150

_BATCH = 6  # pages a child: its start costs as much as half a page
_DOUBTFUL = 0.85
_AGAIN = 3  # so many pages with the same first or last line have a running head or foot
_PAGE_SIDE = 900  # pixels; a smaller picture is no page
_PAGE_LETTERS = 20  # letters a page picture that a file may have and still be nothing but pictures of pages
_WRITING = 60  # letters of a page that is writing; one with fewer is a figure, and stays one
_HINT = "（pip install -r requirements-ocr.txt）"

_P = TypeVar("_P")

Progress = Callable[[int, int], None]
"""Is told how many scanned pages of how many are read."""


def available() -> bool:
    """Is the extra installed?"""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def has_words(draft: Draft) -> bool:
    return any(isinstance(block, Table) or (isinstance(block, Text) and block.text) for block in draft.blocks)


def has_scans(draft: Draft) -> bool:
    """Is there text in it that only recognition can read?"""
    return bool(draft.scanned) or _is_page_pictures(draft)


def completed(draft: Draft, path: Path, progress: Progress | None = None, most: int = MOST_PAGES) -> Draft:
    """The draft of the file `path` with the text of its scans, of `most` pages. Raises Refused if it then still says
    nothing."""
    if has_scans(draft) and not available():
        draft = _hinted(draft)
    elif draft.scanned:
        draft = _with_pages(draft, path, progress, most)
    elif has_scans(draft):
        draft = _with_pictures(draft, progress, most)
    if not has_words(draft):
        raise _says_nothing(draft)
    return draft


def _pictures(draft: Draft) -> list[Picture]:
    return [block for block in draft.blocks if isinstance(block, Picture)]


def _is_page_pictures(draft: Draft) -> bool:
    """Photographed pages put into a document, with hardly a word around them, or a picture by itself."""
    pictures = _pictures(draft)
    if pictures and not has_words(draft):
        return True
    pages = sum(max(pixels(picture.data)) >= _PAGE_SIDE for picture in pictures)
    return pages > 0 and _letters(draft) < _PAGE_LETTERS * pages


def _hinted(draft: Draft) -> Draft:
    if not has_words(draft):
        return draft
    if draft.scanned:
        said = notice(
            "第 {pages} 页是扫描件，没有文字；安装文字识别组件{hint}后可以读出。",
            pages=listed(draft.scanned), hint=_HINT,
        )  # fmt: skip
    else:
        said = notice("这个文件几乎只有图片；安装文字识别组件{hint}后可以读出图片里的文字。", hint=_HINT)
    return replace(draft, warnings=(*draft.warnings, said))


def _says_nothing(draft: Draft) -> Refusal:
    if not _pictures(draft) and not draft.scanned and draft.warnings:
        notes = "".join(draft.warnings[:3])
        return Refusal(reason="这个 {kind} 文件里没有能读出的内容。{notes}", kind=draft.kind, notes=notes)
    if not _pictures(draft) and not draft.scanned:
        return Refusal(reason="这个 {kind} 文件里没有内容。请检查原文件后重新提交。", kind=draft.kind)
    if available():
        return Refusal(reason="这个 {kind} 文件里只有图片，也没有识别出文字。请提交带文字的原文件。", kind=draft.kind)
    return Refusal(
        reason="这个 {kind} 文件是扫描件或只有图片，没有文字。请提交带文字的原文件，"
        "或请管理员安装文字识别组件{hint}后再提交。",
        kind=draft.kind,
        hint=_HINT,
    )


def _limits(pages: int) -> Limits:
    """Recognition is slow by nature: time by the number of pages, and memory for its models."""
    return Limits(memory=3_072 * MB, cpu=30 + 25 * pages, wall=90 + 60 * pages)


def _with_pages(draft: Draft, path: Path, progress: Progress | None, most: int) -> Draft:
    results: list[Draft] = []
    done: list[int] = []
    pages = draft.scanned[:most]
    for batch in _batches(pages):
        arguments = {"path": str(path.resolve()), "pages": ",".join(map(str, batch))}
        try:
            results.append(_run("recognise", arguments, len(batch), _counted(progress, len(done), len(pages))))
        except Refused:
            continue  # these pages stay scans, and are told
        done += batch
    return merged(draft, results, done)


def _with_pictures(draft: Draft, progress: Progress | None, most: int) -> Draft:
    """The text of each picture in its place; where it is no page of writing the picture stays, its text behind it."""
    pictures = _pictures(draft)[:most]
    said: dict[int, list[Block]] = {}
    results: list[Draft] = []
    for batch in _batches(pictures):
        before = sum(len(known.certainty) for known in results)
        with tempfile.TemporaryDirectory(prefix="reading-") as given:
            wire.dump(Draft(tuple(batch), draft.kind), Path(given))
            tell = _counted(progress, before, len(pictures))
            try:
                result = _run("recognise-pictures", {"given": given}, len(batch), tell)
            except Refused:
                continue
        results.append(result)
        for number, picture in enumerate(batch, start=1):
            found = [replace(block, page=picture.page) for block in result.blocks if block.page == number]
            said[id(picture)] = found if _is_writing(found) else [picture, *_without_figures(found)]
    blocks = [part for block in draft.blocks for part in said.get(id(block), [block])]
    notes = (*draft.warnings, *_notes_of_pictures(results))
    return replace(draft, blocks=finished(blocks), confidence=_mean(draft, results), warnings=notes)


def _is_writing(blocks: Sequence[Block]) -> bool:
    return _letters(Draft(tuple(blocks), "")) >= _WRITING


def _without_figures(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Picture)]


def _batches(pages: Sequence[_P]) -> Iterator[Sequence[_P]]:
    return (pages[start : start + _BATCH] for start in range(0, len(pages), _BATCH))


def _run(task: str, arguments: dict[str, str], pages: int, tell: Callable[[int], None] | None) -> Draft:
    with tempfile.TemporaryDirectory(prefix="reading-") as name:
        folder = Path(name)
        count = (lambda: tell(_done_in(folder))) if tell else None
        sandbox.run(task, arguments, folder, _limits(pages), count)
        if tell:
            tell(pages)
        return wire.load(folder)


def _done_in(folder: Path) -> int:
    try:
        return (folder / sandbox.DONE).read_bytes().count(b"\n")
    except OSError:
        return 0


def _counted(progress: Progress | None, before: int, total: int) -> Callable[[int], None] | None:
    return (lambda done: progress(min(before + done, total), total)) if progress else None


def merged(draft: Draft, results: Sequence[Draft], done: Sequence[int]) -> Draft:
    """Recognised text takes the place of the pictures of its pages, but for pages that are no writing."""
    read = set(done)
    new = {page: [block for result in results for block in result.blocks if block.page == page] for page in done}
    drawn = {page for page, found in new.items() if not _is_writing(found)}
    kept = [b for b in draft.blocks if not (isinstance(b, Picture) and b.page in read - drawn)]
    for page, found in new.items():
        kept += _without_figures(found) if page in drawn else found
    blocks = _without_margins(kept, read)
    blocks.sort(key=lambda block: block.page or 0)
    left = tuple(page for page in draft.scanned if page not in read)
    return replace(
        draft,
        blocks=finished(blocks),
        scanned=left,
        confidence=_mean(draft, results),
        certainty={page: sure for result in results for page, sure in result.certainty.items()},
        warnings=(*draft.warnings, *_notes(results, done), *_unread(left)),
    )


def _without_margins(blocks: Sequence[Block], pages: set[int]) -> list[Block]:
    """Page numbers, and first and last lines that come again page after page, are no text of the report."""
    edges: dict[int, list[Text]] = {}
    for block in blocks:
        if isinstance(block, Text) and block.page in pages:
            edges.setdefault(block.page or 0, []).append(block)
    ends = [text for texts in edges.values() for text in (texts[0], texts[-1])]
    counts = Counter(pdf_margins.without_numbers(text.text) for text in ends)
    out = {
        id(text)
        for text in ends
        if pdf_margins.is_page_number(text.text) or counts[pdf_margins.without_numbers(text.text)] >= _AGAIN
    }
    return [block for block in blocks if id(block) not in out]


def _letters(draft: Draft) -> int:
    texts = sum(len(block.text) for block in draft.blocks if isinstance(block, Text))
    return texts + sum(len(cell) for b in draft.blocks if isinstance(b, Table) for row in b.rows for cell in row)


def _mean(draft: Draft, results: Sequence[Draft]) -> float:
    weights = [(_letters(part), part.confidence) for part in (draft, *results)]
    total = sum(weight for weight, _ in weights)
    return round(sum(weight * value for weight, value in weights) / total, 4) if total else 0.0


def _notes(results: Sequence[Draft], done: Sequence[int]) -> Iterator[str]:
    if certainty := _mean(Draft((), ""), results):
        yield notice(
            "第 {pages} 页的文字由文字识别读出，平均可信度 {sure}，请对照原件核对。",
            pages=listed(done), sure=f"{certainty:.0%}",
        )  # fmt: skip
    for page, sure in sorted((pair for result in results for pair in result.certainty.items()), key=lambda p: p[1]):
        if sure < _DOUBTFUL:
            yield notice("第 {page} 页识别可信度只有 {sure}，原件可能不清晰。", page=page, sure=f"{sure:.0%}")
    if missed := [page for result in results for page in result.scanned]:
        yield notice("第 {pages} 页可能有文字没有识别出来。", pages=listed(missed))


def _notes_of_pictures(results: Sequence[Draft]) -> Iterator[str]:
    certainty = _mean(Draft((), ""), results)
    if certainty and any(result.certainty for result in results):
        yield notice("图片里的文字由文字识别读出，平均可信度 {sure}，请对照原件核对。", sure=f"{certainty:.0%}")
        if certainty < _DOUBTFUL:
            yield notice("识别可信度偏低，原件可能不清晰。")


def _unread(pages: Sequence[int]) -> Iterator[str]:
    if pages:
        yield notice("第 {pages} 页是扫描件，没有读出文字。", pages=listed(pages))


def listed(numbers: Sequence[int]) -> str:
    """1、2、3…（40）, the number of all in brackets where they are many."""
    return "、".join(map(str, numbers[:10])) + (f"…（{len(numbers)}）" if len(numbers) > 10 else "")
