"""Files of every format cut short, with flipped bits, under a wrong name: read or refused, nothing stays behind.

Formats that need LibreOffice and pictures that are recognised take seconds a file; they have tests of their own.
"""

from __future__ import annotations

import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.draft import Draft
from indexer.reading import is_archive, read, unpack
from library.errors import Refused
from tests.reading import docx, drawing, p, png, pptx, relations, shape, tbl, tc, texts
from tests.reading_pdf import image, pdf, say
from tests.report import MARKDOWN
from tests.test_reading_sheet import book

SEED = 10_201
FLIPS = 2  # files with flipped bits for each format


def a_docx(path: Path) -> None:
    body = p("一、选择课题") + tbl([tc("气孔"), tc("12")]) + p(run=drawing("i"))
    parts = {"word/media/1.png": png(), "word/_rels/document.xml.rels": relations({"i": ("image", "media/1.png")})}
    docx(path, body)
    with zipfile.ZipFile(path) as before:
        kept = {name: before.read(name) for name in before.namelist() if name not in parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in (kept | parts).items():
            after.writestr(name, data)


def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("一组/报告.md", MARKDOWN)
        packed.writestr("一组/照片.png", png())


FORMATS: dict[str, Callable[[Path], object]] = {
    "docx": a_docx,
    "pptx": lambda path: pptx(path, shape("一、选择课题", 10, size=30) + shape("合格率偏低。", 100)),
    "pdf": lambda path: pdf(path, say("一、选择课题", 60, 100) + image(60, 200, 200, 150)),
    "xlsx": lambda path: book(path, ("获奖名单", {"A1": "序号", "B1": "课题名称", "A2": 1, "B2": "提高合格率"})),
    "html": lambda path: path.write_text(
        f"<!doctype html><meta charset=utf-8><p>{MARKDOWN}<table><tr><td>甲<td>乙", encoding="utf-8"
    ),
    "md": lambda path: path.write_text(MARKDOWN, encoding="utf-8"),
    "txt": lambda path: path.write_text(MARKDOWN, encoding="gb18030"),
    "zip": a_zip,
}


def damages(data: bytes, kind: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of damaged copies, the same at every run."""
    chance = random.Random(f"{SEED} {kind}")
    yield f"缺尾.{kind}", data[: chance.randrange(len(data) // 2, len(data) - 1)]
    yield f"缺大半.{kind}", data[: chance.randrange(1, max(2, len(data) // 4))]
    for number in range(FLIPS):
        flipped = bytearray(data)
        for _ in range(chance.randrange(1, 40)):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield f"坏{number}.{kind}", bytes(flipped)
    others = [other for other in FORMATS if other != kind]
    yield f"改名.{chance.choice(others)}", data


def opened(path: Path, into: Path) -> Draft | int:
    if is_archive(path):
        return len(unpack(path, into))
    return read(path)


def children() -> set[str]:
    """The processes that this one has started and that are not over; elsewhere than on Linux none is known."""
    lists = Path("/proc/self/task").glob("*/children")
    return {pid for one in lists for pid in one.read_text().split()}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_damaged_file_is_read_or_refused_in_one_sentence_and_leaves_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = children()
    whole = tmp_path / f"原件.{kind}"
    FORMATS[kind](whole)
    for name, data in damages(whole.read_bytes(), kind):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            found = opened(path, tmp_path / f"out {name}")
            assert isinstance(found, Draft | int), name
        except Refused as refused:
            assert re.fullmatch(r"[^\n]{8,200}。", str(refused)), f"{name}: {refused}"
            assert not re.search(r"Traceback|Error|Exception|None", str(refused)), f"{name}: {refused}"
        assert path.read_bytes() == data, f"{name} was changed"
        assert list(temporary.iterdir()) == [], f"{name} left something behind"
        assert children() <= before, f"{name} left a process behind"


def test_a_whole_file_is_read_after_all_that(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(500))
    with pytest.raises(Refused):
        read(tmp_path / "坏.docx")
    a_docx(tmp_path / "好.docx")
    assert "一、选择课题" in texts(read(tmp_path / "好.docx"))
