"""Makes the office file that a group would have sent."""

from collections.abc import Callable

from demo.docx_file import make_docx
from demo.pdf_file import make_pdf
from demo.pptx_file import make_pptx
from demo.source import Report

MAKE: dict[str, Callable[[Report], bytes]] = {"docx": make_docx, "pptx": make_pptx, "pdf": make_pdf}


def make_original(report: Report) -> bytes:
    """The original, in the form its source asks for."""
    return MAKE[report.facts.original](report)
