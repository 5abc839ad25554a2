"""From a file to a Draft by its kind. Runs inside the limited child; formats are imported only when needed."""

from __future__ import annotations

from pathlib import Path

from indexer.draft import Draft
from indexer.reading import sniff


def convert(path: Path, name: str) -> Draft:
    """Raises Refused for kinds that are not read."""
    kind = sniff.kind(path, name)
    match kind:
        case "docx":
            from indexer.reading.docx import read_docx

            return read_docx(path)
        case "md":
            from indexer.reading.markdown import read_markdown

            return read_markdown(path)
        case "txt":
            from indexer.reading.text import read_text

            return read_text(path)
    raise sniff.refuse(kind)
