"""Completes a draft whose pages are scans: has their text recognised, a few pages a child, and puts it in its place."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import pdf_margins, sandbox, wire
from indexer.reading.finish import finished
from indexer.reading.guards import MB
from indexer.reading.limits import Limits
from indexer.reading.refusal import Refusal
from library.errors import Refused

_BATCH = 6  # pages a child: its start costs as much as half a page
_MOST_PAGES = 150
_DOUBTFUL = 0.85
_AGAIN = 3  # so many pages with the same first or last line have a running head or foot
_HINT = "（pip install -r requirements-ocr.txt）"


def available() -> bool:
    """Is the extra installed?"""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def has_words(draft: Draft) -> bool:
    return any(isinstance(block, Table) or (isinstance(block, Text) and block.text) for block in draft.blocks)


def completed(draft: Draft, path: Path, name: str) -> Draft:
    """The draft with the text of its scans. Raises Refused if it then still says nothing."""
    if draft.scanned and available():
        draft = _with_pages(draft, path)
    elif draft.scanned and has_words(draft):
        hint = f"第 {listed(draft.scanned)} 页是扫描件，没有文字；安装文字识别组件{_HINT}后可以读出。"
        draft = replace(draft, warnings=(*draft.warnings, hint))
    elif not has_words(draft) and _pictures(draft) and available():
        draft = _with_pictures(draft, path, name)
    if not has_words(draft):
        raise _says_nothing(draft)
    return draft


def _pictures(draft: Draft) -> bool:
    return any(isinstance(block, Picture) for block in draft.blocks)


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
        "或请管理员安装文字识别组件" + _HINT + "后再提交。",
        kind=draft.kind,
    )


def _limits(pages: int) -> Limits:
    """Recognition is slow by nature: time by the number of pages, and memory for its models."""
    return Limits(memory=3_072 * MB, cpu=30 + 25 * pages, wall=90 + 60 * pages)


def _with_pages(draft: Draft, path: Path) -> Draft:
    results: list[Draft] = []
    done: list[int] = []
    for batch in _batches(draft.scanned[:_MOST_PAGES]):
        arguments = {"path": str(path), "pages": ",".join(map(str, batch))}
        try:
            results.append(_run("recognise", arguments, len(batch)))
        except Refused:
            continue  # these pages stay scans, and are told
        done += batch
    return merged(draft, results, done)


def _with_pictures(draft: Draft, path: Path, name: str) -> Draft:
    count = sum(isinstance(block, Picture) for block in draft.blocks)
    result = _run("recognise-pictures", {"path": str(path), "name": name}, min(count, _MOST_PAGES))
    blocks = [*draft.blocks, *result.blocks]
    if all(block.page for block in blocks):
        blocks.sort(key=lambda block: block.page or 0)
    notes = (*draft.warnings, *_notes([result], []))
    return replace(draft, blocks=finished(blocks), confidence=result.confidence, warnings=notes)


def _batches(pages: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pages[start : start + _BATCH] for start in range(0, len(pages), _BATCH))


def _run(task: str, arguments: dict[str, str], pages: int) -> Draft:
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        sandbox.run(task, arguments, Path(folder), _limits(pages))
        return wire.load(Path(folder))


def merged(draft: Draft, results: Sequence[Draft], done: Sequence[int]) -> Draft:
    """Recognised text takes the place of the pictures of its pages."""
    read = set(done)
    kept = [b for b in draft.blocks if not (isinstance(b, Picture) and b.page in read)]
    blocks: list[Block] = [*kept, *(block for result in results for block in result.blocks)]
    blocks = _without_margins(blocks, read)
    blocks.sort(key=lambda block: block.page or 0)
    left = tuple(page for page in draft.scanned if page not in read)
    return replace(
        draft,
        blocks=finished(blocks),
        scanned=left,
        confidence=_mean(draft, results),
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
    certainty = _mean(Draft((), ""), results)
    which = f"第 {listed(done)} 页的文字" if done else "图片里的文字"
    yield f"{which}由文字识别读出，平均可信度 {certainty:.0%}，请对照原件核对。"
    if certainty < _DOUBTFUL:
        yield "识别可信度偏低，原件可能不清晰。"
    if missed := [page for result in results for page in result.scanned]:
        yield f"第 {listed(missed)} 页可能有文字没有识别出来。"


def _unread(pages: Sequence[int]) -> Iterator[str]:
    if pages:
        yield f"第 {listed(pages)} 页是扫描件，没有读出文字。"


def listed(numbers: Sequence[int]) -> str:
    """1、2、3 等共 40"""
    return "、".join(map(str, numbers[:10])) + (f" 等共 {len(numbers)}" if len(numbers) > 10 else "")
