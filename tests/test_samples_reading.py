"""Real and hostile documents of the samples folder: each is read or refused in a sentence; the parent stays well."""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indexer.draft import Draft, Table, Text
from indexer.reading import is_archive, office, read, unpack
from library.errors import Refused
from tests.reading import tables, texts

pytestmark = pytest.mark.samples

FOLDERS = ("reports", "office-chinese", "office-other", "hostile-made", "hostile-real")


def read_or_refused(file: Path, into: Path) -> Draft | Refused | None:
    """None for an archive that was unpacked."""
    try:
        if is_archive(file):
            unpack(file, into)
            return None
        return read(file)
    except Refused as refused:
        return refused


@cache
def refusal(file: Path) -> Refused | None:
    """Why it cannot be read, None if it can; several tests ask about the same files, some of which take long."""
    with TemporaryDirectory() as aside:
        result = read_or_refused(file, Path(aside) / "unpacked")
    return result if isinstance(result, Refused) else None


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_or_refused_in_a_sentence(samples: Path, folder: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for file in sorted((samples / folder).iterdir()):
        if refused := refusal(file):
            assert str(refused).endswith("。"), (file.name, str(refused))
            assert "{" not in str(refused), (file.name, str(refused))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KB: one draft with its pictures


def test_the_innovation_report_is_read_whole(samples: Path) -> None:
    [file] = (samples / "reports").glob("*.docx")
    draft = read(file)
    headings = [block.text for block in draft.blocks if isinstance(block, Text) and block.level == 1]
    assert headings[0] == "小组概况"
    assert "二、提出方案并确定最佳方案" in headings
    assert len(tables(draft)) == 8
    assert any("轮轴智能选配" in text for text in texts(draft))
    assert "一、选题 选择课题背景、广泛借鉴创新灵感" in texts(draft, "toc")


def test_the_news_of_the_meeting_is_read_without_its_pinyin(samples: Path) -> None:
    [file] = (samples / "reports").glob("*.txt")
    words = "".join(texts(read(file)))
    assert "為全面貫徹落實黨的二十大精神" in words
    assert not set("āáǎàēéěèīíǐìōóǒòūúǔù") & set(words)


REFUSED = {
    "docx_nested_tables_200.docx": "嵌套太深",
    "docx_zipbomb_600MB.docx": "超过 300 MB",
    "pdf_flate_bomb_600MB.pdf": "内存",
    "xlsx_sparse_corner.xlsx": "使用范围",
    "zip_10k.zip": "10000 个条目",
    "zip_bomb_1GB.zip": "超过 300 MB",
}


@pytest.mark.parametrize("name", REFUSED)
def test_bombs_are_refused_for_what_they_are(samples: Path, name: str) -> None:
    assert REFUSED[name] in str(refusal(samples / "hostile-made" / name))


@pytest.mark.parametrize("name", ["gbk", "mixed_utf8_gbk", "nul_bytes", "utf16le_bom", "utf8_bom"])
def test_odd_encodings_are_read(samples: Path, name: str) -> None:
    text = "".join(texts(read(samples / "hostile-made" / f"{name}.txt")))
    assert re.search("[\u4e00-\u9fff]", text)
    assert not set(text) & {"\ufffd", "\x00", "\ufeff"}


def test_no_archive_writes_outside_its_folder(samples: Path, tmp_path: Path) -> None:
    for number, file in enumerate([*samples.glob("hostile-*/*.zip")]):
        into = tmp_path / "deep" / "er" / str(number)
        read_or_refused(file, into)
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert all(path.is_dir() for path in (tmp_path / "deep" / "er").iterdir())
    assert not list(tmp_path.rglob("EVIL*"))


def encrypted(samples: Path) -> Iterator[Path]:
    wanted = ("encrypt", "password", "aes-")
    harmless = ("nocopy", "notext", "no_password", "rotection", "positive-P", "doc_no_id", "2007_password", "-copy",
                "job-json")  # fmt: skip
    for file in (samples / "hostile-real").iterdir():
        name = file.name.lower()
        open_to_all = any(word.lower() in name for word in harmless)
        if any(word in name for word in wanted) and not open_to_all and file.suffix != ".eml":
            yield file


def test_encrypted_files_are_told_as_such(samples: Path) -> None:
    for file in encrypted(samples):
        assert "密码" in str(refusal(file)), (file.name, str(refusal(file)))


@pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")
def test_old_chinese_word_files_are_read(samples: Path) -> None:
    [file] = (samples / "office-chinese").glob("*.doc")
    assert any(isinstance(block, Table) for block in read(file).blocks)


def test_a_stock_exchange_report_keeps_tables_and_headings(samples: Path) -> None:
    [file] = (samples / "office-chinese").glob("082a94adc3*.pdf")
    draft = read(file)
    assert draft.pages == 22
    assert len(tables(draft)) > 20
    head = tables(draft)[0].rows[0]
    assert head == ("", "本报告期", "上年同期", "本报告期比上年同期增减")
    assert "一、主要会计数据和财务指标" in texts(draft)
    assert len(texts(draft, "header")) == 1


def test_the_samples_are_really_there() -> None:
    folder = os.environ.get("LIBRARY_SAMPLES")
    if not folder:
        pytest.skip("LIBRARY_SAMPLES is not set")
    assert all((Path(folder) / name).is_dir() for name in FOLDERS)
