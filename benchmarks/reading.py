"""How fast files are read: `python -m benchmarks.reading [FOLDER]`.

Without a folder it makes its own files: the same 30 pages of report as docx, pptx, pdf, html, md, txt and, where
LibreOffice is installed, doc and ppt. With a folder it reads every file of it. Times are those of `read`, so starting
the limited child is part of them; "child" is the processor time of the child alone.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.reading import office, read, recognition
from library.errors import Refused

PAGES = 30
_PARAGRAPH = (
    "针对焊缝一次合格率偏低的问题，小组成员对六月至八月完成的焊口进行调查，共抽查三百二十道，合格二百九十二道，"
    "合格率为百分之九十一点二五，其中气孔占不合格总数的百分之六十四，是影响合格率的症结所在。"
)
_LINES = 14  # paragraphs a page


@dataclass(frozen=True)
class Measured:
    name: str
    pages: int
    wall: float
    child: float

    def row(self) -> str:
        speed = self.pages / self.child if self.child else 0.0
        return f"{self.name:<28} {self.pages:>5} {self.wall:>8.2f} {self.child:>8.2f} {speed:>9.1f}"


def measure(file: Path, pages: int | None = None) -> Measured | str:
    """Reads the file once; a refusal is told by its sentence."""
    before = _child_time()
    start = time.perf_counter()
    try:
        draft = read(file)
    except Refused as refused:
        return f"{file.name:<28} {refused}"
    wall = time.perf_counter() - start
    return Measured(file.name, pages or draft.pages or 1, wall, _child_time() - before)


def _child_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def made(folder: Path) -> Iterator[Path]:
    """The same report in every format."""
    makers: dict[str, Callable[[Path], None]] = {
        "report.docx": _docx, "report.pptx": _pptx, "report.pdf": _pdf, "report.html": _html, "report.md": _markdown,
        "report.txt": lambda path: path.write_text("\n".join(_words()), "utf-8") and None,
    }  # fmt: skip
    for name, make in makers.items():
        make(folder / name)
        yield folder / name
    if office.program():
        for source, target in (("report.docx", "doc"), ("report.pptx", "ppt")):
            with tempfile.TemporaryDirectory() as work:
                office.convert([folder / source], target, Path(work))
                (Path(work) / f"report.{target}").rename(folder / f"report.{target}")
            yield folder / f"report.{target}"
    if recognition.available():
        _scan(folder / "report.pdf", folder / "scan.pdf")
        yield folder / "scan.pdf"


def _words() -> Iterator[str]:
    for page in range(PAGES):
        yield f"{page + 1}、第{page + 1}部分"
        yield from [_PARAGRAPH] * _LINES


def _docx(path: Path) -> None:
    import docx

    document = docx.Document()
    for page in range(PAGES):
        document.add_heading(f"{page + 1}、第{page + 1}部分", 1)
        for _ in range(_LINES - 4):
            document.add_paragraph(_PARAGRAPH)
        table = document.add_table(6, 5)
        for cell in table._cells:
            cell.text = "百分之九十一"
    document.save(str(path))


def _pptx(path: Path) -> None:
    from pptx import Presentation

    deck = Presentation()
    for page in range(PAGES):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"{page + 1}、第{page + 1}部分"
        slide.placeholders[1].text = "\n".join([_PARAGRAPH] * 4)
        table = slide.shapes.add_table(6, 5, 0, 0, 5_000_000, 1_000_000).table
        for cell in table.iter_cells():
            cell.text = "百分之九十一"
    deck.save(str(path))


def _pdf(path: Path) -> None:
    from tests.reading_pdf import pdf, rule, say

    def page() -> str:
        lines = [_PARAGRAPH[start : start + 38] for start in range(0, len(_PARAGRAPH), 38)] * 9
        text = "".join(say(line, 60, 70 + 18 * number) for number, line in enumerate(lines))
        rules = "".join(rule(60, y, 500, y) for y in range(600, 781, 30))
        rules += "".join(rule(x, 600, x, 780) for x in range(60, 501, 110))
        cells = "".join(say("百分之九十一", 70 + 110 * x, 620 + 30 * y) for x in range(4) for y in range(6))
        return text + rules + cells

    pdf(path, *[page() for _ in range(PAGES)])


def _html(path: Path) -> None:
    path.write_text("<meta charset=utf-8>" + "".join(f"<p>{words}</p>" for words in _words()), "utf-8")


def _markdown(path: Path) -> None:
    path.write_text("\n\n".join(f"## {words}" if len(words) < 20 else words for words in _words()), "utf-8")


def _scan(source: Path, target: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    pages = [document[number].render(scale=150 / 72).to_pil().convert("L") for number in range(3)]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="read every file of this folder instead")
    arguments = parser.parse_args()
    print(f"{'file':<28} {'pages':>5} {'wall s':>8} {'child s':>8} {'pages/s':>9}")
    with tempfile.TemporaryDirectory() as made_here:
        files = sorted(arguments.folder.iterdir()) if arguments.folder else made(Path(made_here))
        for file in files:
            known = None if arguments.folder or file.stem == "scan" else PAGES
            result = measure(file, known)
            print(result.row() if isinstance(result, Measured) else result, flush=True)
    print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
