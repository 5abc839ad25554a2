"""Turns each held-out report into its file: `python -m benchmarks.heldout.make <folder>`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.heldout import to_docx, to_pptx, to_text
from benchmarks.heldout.model import Report, load_all

_WRITERS: dict[str, Callable[[Report, Path], None]] = {
    "docx": to_docx.write,
    "pptx": to_pptx.write,
    "pdf": to_text.write_pdf,
    "html": to_text.write_html,
    "md": to_text.write_md,
    "txt": to_text.write_txt,
}


def make(report: Report, folder: Path) -> Path:
    path = folder / f"{report.slug}.{report.format}"
    _WRITERS[report.format](report, path)
    return path


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for report in load_all():
        print(make(report, folder))


if __name__ == "__main__":
    main()
