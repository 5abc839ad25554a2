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
