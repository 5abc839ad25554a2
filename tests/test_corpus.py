"""The corpus keeps every case whole, and replaces nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from library.case import Case, Figure, Section
from library.corpus import Corpus, Original
from library.errors import CaseChanged, CaseMoved, CaseNotFound, FileMissing

REPORT = Case(id="", title="降低漏风率", year=2023, sections=(Section("goal", "一、目标", "正文"),))
DOCX = Original("成果报告.docx", b"PK\x03\x04 bytes \x00\xff")


def test_a_case_comes_back_as_it_was_added(corpus: Corpus) -> None:
    kept = corpus.add(replace(REPORT, figures=(Figure("001.png"),)), [DOCX], {"001.png": b"\x89PNG"})
    assert kept.id == "2023-0001"
    assert corpus.get(kept.id) == kept
    assert corpus.original_path(kept.id, kept.sources[0].stored).read_bytes() == DOCX.data
    assert corpus.figure_path(kept.id, "001.png").read_bytes() == b"\x89PNG"
    assert list(corpus.problems()) == []


def test_ids_count_up_within_their_year(corpus: Corpus) -> None:
    ids = [corpus.add(replace(REPORT, year=year)).id for year in (2023, 2023, 2021, None)]
    assert ids == ["2023-0001", "2023-0002", "2021-0001", "0000-0001"]


def test_an_original_is_found_by_its_content(corpus: Corpus) -> None:
    kept = corpus.add(REPORT, [DOCX])
    assert corpus.find_original(DOCX.sha256) == kept.id
    assert corpus.find_original("0" * 64) is None


def test_an_original_is_found_by_another_process_that_added_nothing(corpus: Corpus) -> None:
    kept = corpus.add(REPORT, [DOCX])
    assert Corpus(corpus.folder).find_original(DOCX.sha256) == kept.id


def test_a_second_original_is_attached_beside_the_first(corpus: Corpus) -> None:
    kept = corpus.add(REPORT, [DOCX])
    pdf = Original("成果报告.pdf", b"%PDF")
    corpus.attach(kept.id, pdf)
    assert [source.stored for source in corpus.get(kept.id).sources] == ["original.docx", "original-2.pdf"]
    assert corpus.find_original(pdf.sha256) == kept.id
    assert list(corpus.problems()) == []


def test_a_merged_case_gives_its_originals_and_its_address_leads_on(corpus: Corpus) -> None:
    pdf, slides = Original("a.pdf", b"%PDF"), Original("a.pptx", b"PK slides")
    keep, other = corpus.add(REPORT, [DOCX]), corpus.add(REPORT, [pdf])
    last = corpus.add(REPORT, [slides, DOCX])
    corpus.merge(corpus.get(other.id), last.id)
    corpus.merge(corpus.get(keep.id), other.id)
    assert [source.file for source in corpus.get(keep.id).sources] == [DOCX.name, "a.pdf", "a.pptx"]
    assert corpus.find_original(slides.sha256) == keep.id
    with pytest.raises(CaseMoved) as moved:
        corpus.get(last.id)
    assert moved.value.values["to"] == keep.id
    assert corpus.ids() == [keep.id]
    assert list(corpus.problems()) == []
    assert corpus.add(REPORT).id == "2023-0004", "an id is never given again"


def test_a_merge_is_undone_by_moving_the_folder_back(corpus: Corpus) -> None:
    keep, other = corpus.add(REPORT, [DOCX]), corpus.add(replace(REPORT, unit="甲"), [Original("a.pdf", b"%PDF")])
    before = corpus.get(other.id)
    corpus.merge(corpus.get(keep.id), other.id)
    (corpus.folder / "merged" / other.id).rename(corpus.folder / "2023" / other.id)
    assert corpus.get(other.id) == before
    corpus.merge(corpus.get(keep.id), other.id)
    assert corpus.ids() == [keep.id]


def test_an_edit_based_on_an_older_version_is_refused(corpus: Corpus) -> None:
    kept = corpus.add(REPORT)
    seen = corpus.fingerprint(kept.id)
    corpus.replace(replace(kept, unit="甲"), seen)
    with pytest.raises(CaseChanged):
        corpus.replace(replace(kept, unit="乙"), seen)
    assert corpus.get(kept.id).unit == "甲"


@pytest.mark.parametrize("case_id", ["2023-0009", "../../etc", "2023-0001/..", "", "x"])
def test_an_unknown_or_odd_id_is_not_found(corpus: Corpus, case_id: str) -> None:
    corpus.add(REPORT)
    with pytest.raises(CaseNotFound):
        corpus.get(case_id)


@pytest.mark.parametrize("name", ["case.md", "../2023-0002/original.docx", "original.pdf"])
def test_only_files_that_the_case_names_are_given_out(corpus: Corpus, name: str) -> None:
    kept = corpus.add(REPORT, [DOCX])
    with pytest.raises(FileMissing):
        corpus.original_path(kept.id, name)
    with pytest.raises(FileMissing):
        corpus.figure_path(kept.id, name)


def test_a_changed_original_and_a_broken_case_are_told_and_stop_nothing(corpus: Corpus) -> None:
    good, touched, broken = (corpus.add(REPORT, [Original("甲.docx", bytes([n]))]).id for n in range(3))
    (corpus.folder / "2023" / touched / "original.docx").write_bytes(b"other")
    (corpus.folder / "2023" / broken / "case.md").write_text("---\ntitel: A\n---\n")
    told = list(corpus.problems())
    assert len(told) == 2
    assert touched in told[0]
    assert broken in told[1]
    assert [case.id for case in corpus.get_many([good, broken, touched, "2023-0099"])] == [good, touched]


def test_a_hand_edit_is_seen_at_once(corpus: Corpus) -> None:
    kept = corpus.add(REPORT)
    file = corpus.folder / "2023" / kept.id / "case.md"
    file.write_text(file.read_text().replace("降低漏风率", "降低系统漏风率"))
    assert corpus.get(kept.id).title == "降低系统漏风率"


ADD_WITHOUT_END = """
import sys
from pathlib import Path
from library.case import Case, Section
from library.corpus import Corpus, Original
corpus = Corpus(Path(sys.argv[1]))
while True:
    data = b"x" * 300_000
    case = Case(id="", title="A", year=2023, sections=(Section("goal", "G", "T" * 20_000),))
    print(corpus.add(case, [Original("a.docx", data)], {"001.png": data}).id, flush=True)
"""


def adder(corpus: Corpus) -> subprocess.Popen[bytes]:
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", ADD_WITHOUT_END, str(corpus.folder)]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE)


def test_killed_at_any_moment_a_case_is_whole_or_absent(corpus: Corpus) -> None:
    wait = random.Random(7)
    for _ in range(6):
        process = adder(corpus)
        assert process.stdout
        process.stdout.readline()  # it is at work now
        time.sleep(wait.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert len(corpus.ids()) >= 6
    assert list(corpus.problems()) == []
    corpus.add(REPORT)
    assert list((corpus.folder / ".incoming").glob("*-*")) == []  # leftovers are cleared away


def test_two_processes_that_add_at_once_get_different_ids(corpus: Corpus) -> None:
    first, second = adder(corpus), adder(corpus)
    ids = [process.stdout.readline() for _ in range(15) for process in (first, second) if process.stdout]
    for process in (first, second):
        process.kill()
        process.communicate()
    assert len(set(ids)) == 30
    assert list(corpus.problems()) == []
