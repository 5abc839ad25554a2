"""From a file to a Draft by its kind. Runs inside the limited child; formats are imported only when needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from indexer.draft import Draft
from indexer.reading import sniff
from indexer.reading.beside import Beside
from indexer.reading.showable import with_showable_pictures

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
    **dict.fromkeys(("png", "jpeg", "gif", "bmp", "tiff", "webp"), ("pictures", "read_picture")),
}


_WITH_PICTURES_BESIDE = ("html", "md")


def convert(path: Path, name: str, beside: Mapping[str, Path] | None = None) -> Draft:
    """`beside`: pictures of the same submission, by their path relative to the file. Raises Refused for other kinds."""
    kind = sniff.kind(path, name)
    if kind not in _READERS:
        raise sniff.refuse(kind)
    module, function = _READERS[kind]
    read = getattr(import_module(f"indexer.reading.{module}"), function)
    draft: Draft = read(path, kind, Beside(beside)) if kind in _WITH_PICTURES_BESIDE else read(path, kind)
    return with_showable_pictures(draft)
