"""Reading: a file of any format becomes a `Draft`, or is refused with a sentence.

    draft = read(Path("report.docx"))
    members = unpack(Path("reports.zip"), into=folder)

Conversion happens in a child process with limits; see docs/reading.md.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from indexer.draft import Draft
from indexer.reading import guards, office, recognition, sandbox, wire
from indexer.reading.archive import Member, is_archive, unpack
from indexer.reading.refusal import Refusal

__all__ = ["Format", "Member", "formats", "is_archive", "read", "unpack"]


@dataclass(frozen=True)
class Format:
    """A family of files, whether this machine can read it, and what to install where it cannot."""

    name: str
    suffixes: tuple[str, ...]
    available: bool = True
    needs: str = ""


def formats() -> list[Format]:
    """What can be read here."""
    office_there, ocr_there = office.program() is not None, recognition.available()
    return [
        Format("Word、PowerPoint", (".docx", ".pptx")),
        Format("PDF", (".pdf",)),
        Format("网页", (".html", ".htm", ".mht")),
        Format("Markdown、纯文本", (".md", ".txt")),
        Format("Excel", (".xlsx", ".xls", ".xlsb", ".ods")),
        Format("zip", (".zip",)),
        Format("旧版 Office、WPS", (".doc", ".ppt", ".wps", ".rtf", ".odt", ".odp"), office_there, "LibreOffice"),
        Format("扫描件、图片", (".pdf", ".png", ".jpg", ".tif"), ocr_there, "requirements-ocr.txt"),
    ]


def read(path: Path, name: str = "") -> Draft:
    """What the file says. `name` is the name people know it by, where that is not the path's own.

    Raises Refused, whose sentence says what is wrong and what to do.
    """
    path = path.resolve()
    if not path.is_file():
        raise Refusal(reason="没有这个文件：{name}。", name=name or path.name)
    guards.check_size(path)
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        sandbox.run("read", {"path": str(path), "name": name or path.name}, Path(folder))
        draft = wire.load(Path(folder))
    return recognition.completed(draft, path)
