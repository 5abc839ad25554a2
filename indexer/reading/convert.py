"""From a file to a Draft by its kind. Runs inside the limited child; formats are imported only when needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from indexer.draft import Draft, Picture, Table, Text
from indexer.reading import sniff
from indexer.reading.refusal import Refusal

_READERS = {  # kind: module, function (path, kind) -> Draft
    "docx": ("docx", "read_docx"),
    "pptx": ("pptx", "read_pptx"),
    "pdf": ("pdf", "read_pdf"),
    "html": ("html", "read_html"),
    "mhtml": ("html", "read_html"),
    "md": ("markdown", "read_markdown"),
    "txt": ("text", "read_text"),
    "xlsx": ("sheet", "read_sheet"),
    "xlsb": ("sheet", "read_sheet"),
    "xls": ("sheet", "read_sheet"),
    "ods": ("sheet", "read_sheet"),
    "doc": ("office", "read_office"),
    "ppt": ("office", "read_office"),
    "wps": ("office", "read_office"),
    "rtf": ("office", "read_office"),
    "odt": ("office", "read_office"),
    "odp": ("office", "read_office"),
    "wordxml": ("office", "read_office"),
}


def convert(path: Path, name: str) -> Draft:
    """Raises Refused for kinds that are not read and for files that say nothing."""
    kind = sniff.kind(path, name)
    if kind not in _READERS:
        raise sniff.refuse(kind)
    module, function = _READERS[kind]
    read = getattr(import_module(f"indexer.reading.{module}"), function)
    draft: Draft = read(path, kind)
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
