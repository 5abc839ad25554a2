"""The demo originals: every figure draws, no text is lost, two builds are alike."""

import io
import re
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="the demo's build needs requirements-demo.txt")
pytest.importorskip("weasyprint", reason="the demo's build needs requirements-demo.txt")

from demo.figure_data import KEYS, Figure
from demo.figures import FontMissing, draw, require_font
from demo.originals import make_original
from demo.outline import FICTION
from demo.problems import SourceError
from demo.source import Report, read_report

try:
    require_font()
except FontMissing as error:
    pytest.skip(str(error), allow_module_level=True)

DATA = Path(__file__).parent / "data"
FIGURES = [block for block in read_report(DATA / "demo-source.md").blocks if isinstance(block, Figure)]
ORIGINALS = [(kind, layout) for kind in ("docx", "pptx", "pdf") for layout in ("styled", "bold", "numbered", "boxes")]
SENTENCES = [
    "气孔与夹渣共占78.0%，是症结。",
    "按规程烘干",
    "二保焊 < 手工焊 & 气孔",
    "图1 缺陷排列图",
    "表2 缺陷统计",
    "4 个",
]


@pytest.fixture
def source(tmp_path: Path):
    """Reads the sample source up to its first figure, with some fields replaced."""

    def read(**changes: str) -> Report:
        text = (DATA / "demo-source.md").read_text("utf-8")
        text = text[: text.index("~~~\n\n~~~figure") + 4]
        for key, value in changes.items():
            text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
        path = tmp_path / "demo-source.md"
        path.write_text(text, "utf-8")
        return read_report(path)

    return read


def _text(original: bytes, kind: str) -> str:
    if kind == "pdf":
        pdfium = pytest.importorskip("pypdfium2", reason="reads the PDF back")
        text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(original))
    else:
        with zipfile.ZipFile(io.BytesIO(original)) as package:
            parts = [
                package.read(name).decode()
                for name in package.namelist()
                if re.search(r"(document|slide\d+|footer\d)\.xml$", name)
            ]
        text = re.sub(r"<[^>]*>", "", "".join(parts)).replace("&lt;", "<").replace("&amp;", "&")
    return re.sub(r"\s", "", text)


def test_the_sample_has_every_kind_of_figure() -> None:
    assert {figure.kind for figure in FIGURES} == set(KEYS)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_every_kind_of_figure_draws_as_a_small_picture(figure: Figure) -> None:
    picture = draw(figure)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1400
    assert len(picture) < 90_000


@pytest.mark.parametrize(("kind", "layout"), ORIGINALS)
def test_text_survives_in_the_original(source, kind: str, layout: str) -> None:
    text = _text(make_original(source(original=kind, layout=layout)), kind)
    missing = [sentence for sentence in [*SENTENCES, FICTION] if re.sub(r"\s", "", sentence) not in text]
    assert not missing


@pytest.mark.parametrize("kind", ["docx", "pptx", "pdf"])
def test_two_builds_are_alike(source, kind: str) -> None:
    report = source(original=kind)
    assert make_original(report) == make_original(report)


def test_numbers_of_headings_are_only_automatic_in_the_numbered_layout(source) -> None:
    text = _text(make_original(source(original="docx", layout="numbered")), "docx")
    assert "现状调查" in text
    assert "二、现状调查" not in text


def test_every_fault_of_a_source_is_told(source) -> None:
    with pytest.raises(SourceError) as caught:
        source(layout="fancy", year="soon", caption="")
    assert len(caught.value.problems) >= 2
