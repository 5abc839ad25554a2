"""The command that says which cases a file is like."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.cli import main
from indexer.index import Document, open_index
from library.case import Target
from library.corpus import Corpus
from tests.report import MARKDOWN, TITLE
from tests.sample_site import full_case


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one full report among some titles."""
    folder = tmp_path_factory.mktemp("library")
    corpus = Corpus(folder / "corpus")
    index = open_index("whoosh:", folder / "instance")
    for title in ("提高绿化乔木成活率", "降低卫生间渗漏率", "提高光伏支架安装精度", "降低路面平整度标准差"):
        corpus.add(full_case(title=title, sections=(), figures=(), target=Target(), project=""))
    corpus.add(full_case(figures=()))
    index.rebuild(Document(corpus.get(id), corpus.fingerprint(id)) for id in corpus.ids())
    return folder


class Said(NamedTuple):
    code: int
    out: str
    err: str

    def respects(self) -> dict[str, list[str]]:
        assert self.code == 0, self.err
        groups = json.loads(self.out)["groups"]
        return {group["respect"]: [case["title"] for case in group["cases"]] for group in groups}


@pytest.fixture
def similar(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command over the library, with what is given on standard input."""
    monkeypatch.setenv("LIBRARY_CORPUS", str(library / "corpus"))
    monkeypatch.setenv("LIBRARY_DATA", str(library / "instance"))

    def run(*arguments: str, given: bytes = b"") -> Said:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main(["similar", *arguments])
        return Said(code, *capsys.readouterr())

    return run


FULL = "提高高炉炉壳环缝焊接一次合格率"


def test_a_report_is_compared_by_problem_cause_and_countermeasure(similar: Callable[..., Said], tmp_path: Path) -> None:
    report = tmp_path / "报告.md"
    report.write_text(MARKDOWN, encoding="utf-8")
    found = similar(str(report), "--json").respects()
    assert found == {"problem": [FULL], "causes": [FULL], "countermeasures": [FULL]}, TITLE


def test_a_title_on_standard_input_is_compared_by_its_words(similar: Callable[..., Said]) -> None:
    found = similar("-", "--json", given="提高热风炉炉壳焊缝质量".encode()).respects()
    assert found["problem"] == [FULL]


def test_people_read_lines_with_the_words_and_the_passage_and_nothing_is_stored(
    library: Path, similar: Callable[..., Said]
) -> None:
    said = similar("-", given="本厂秘密：由于防风棚密封不严".encode("gb18030")).out
    assert said.startswith("整体最相近\n")
    assert "原因相近" in said
    assert f"2021-0005  {FULL}  [" in said and "密封" in said
    assert "分析原因" in said or "原因分析" in said
    assert all("秘密".encode() not in path.read_bytes() for path in library.rglob("*") if path.is_file())


def test_nothing_alike_is_said(similar: Callable[..., Said]) -> None:
    run = similar("-", given="我们中午吃什么".encode())
    assert (run.code, run.out.strip()) == (0, "没有找到相似的案例。")


@pytest.mark.parametrize("given", [b"%PDF-1.4 broken"])
def test_what_cannot_be_read_is_refused_in_a_sentence(similar: Callable[..., Said], given: bytes) -> None:
    run = similar("-", given=given)
    assert run.code == 1
    assert run.err.strip()
    assert "Traceback" not in run.err


def test_a_file_that_is_not_there_is_said(similar: Callable[..., Said]) -> None:
    run = similar("没有.docx")
    assert run.code == 1
    assert "没有.docx" in run.err
