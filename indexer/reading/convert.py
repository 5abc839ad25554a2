"""From a file to a Draft by its kind. Runs inside the limited child; formats are imported only when needed."""

from __future__ import annotations

from pathlib import Path

from indexer.draft import Draft, Picture, Table, Text
from indexer.reading import sniff
from indexer.reading.refusal import Refusal


def convert(path: Path, name: str) -> Draft:
    """Raises Refused for kinds that are not read and for files that say nothing."""
    draft = _converted(path, sniff.kind(path, name))
    if not any(isinstance(block, Table) or (isinstance(block, Text) and block.text) for block in draft.blocks):
        raise _without_words(draft)
    return draft


def _without_words(draft: Draft) -> Refusal:
    if any(isinstance(block, Picture) for block in draft.blocks):
        return Refusal(
            reason="这个 {kind} 文件里只有图片，没有文字。请提交带文字的原文件；扫描件需要先安装文字识别组件。",
            kind=draft.kind,
        )
    return Refusal(reason="这个 {kind} 文件里没有内容。请检查原文件后重新提交。", kind=draft.kind)


def _converted(path: Path, kind: str) -> Draft:
    match kind:
        case "docx":
            from indexer.reading.docx import read_docx

            return read_docx(path)
        case "pptx":
            from indexer.reading.pptx import read_pptx

            return read_pptx(path)
        case "pdf":
            from indexer.reading.pdf import read_pdf

            return read_pdf(path)
        case "html" | "mhtml":
            from indexer.reading.html import read_html

            return read_html(path, kind)
        case "md":
            from indexer.reading.markdown import read_markdown

            return read_markdown(path)
        case "txt":
            from indexer.reading.text import read_text

            return read_text(path)
    raise sniff.refuse(kind)
