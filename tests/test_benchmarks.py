"""The benchmark of speed measures what it says, and runs through at a tiny size."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import speed, synthetic
from benchmarks.contenders import LIBRARY
from benchmarks.corpora import corpus_of
from benchmarks.figures import Asked, share
from benchmarks.load import Answer
from benchmarks.peers import site
from benchmarks.peers.with_fts5 import Fts5
from benchmarks.questions import COMPLETIONS, PEERS_ANSWER, SEARCHES, addresses
from library.corpus import Corpus
from library.text import fold
from library.words import cut

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="processes are measured by Linux's /proc")


@needs_proc
def test_the_library_and_another_engine_are_measured_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speed.report(12, [LIBRARY, "SQLite FTS5"], tmp_path, speed.Effort(asked=1, added=1))
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.splitlines()]
    shown = {row[0]: row[1:] for row in rows if len(row) == 5}
    for kind in (*SEARCHES, *COMPLETIONS):
        aim, verdict, library, other = shown[kind]
        assert aim
        assert verdict in ("met", "**missed**")
        assert library != "–"
        assert (other != "–") == (kind in PEERS_ANSWER)
    assert shown["build: reports a CPU second"][1] in ("met", "**missed**")
    assert float(shown["a report added until it is found, s"][2]) > 0


def test_reports_have_the_length_that_the_tables_say() -> None:
    for number in range(3):
        length = sum(synthetic.length_of(section.text) for section in synthetic.case(number).sections)
        assert 7_400 < length < 7_800


def test_a_corpus_is_made_once_and_readable(tmp_path: Path) -> None:
    made = corpus_of(3, tmp_path)
    assert len(Corpus(made).ids()) == 3
    assert list(Corpus(made).problems()) == []
    before = made.stat().st_mtime_ns
    assert corpus_of(3, tmp_path).stat().st_mtime_ns == before


@pytest.mark.parametrize("kind", [*SEARCHES, *COMPLETIONS])
def test_no_question_is_asked_twice_and_every_run_asks_the_same(kind: str) -> None:
    asked = list(islice(addresses(kind), 50))
    assert len(set(asked)) == 50
    assert asked == list(islice(addresses(kind), 50))


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("焊接", lambda words: "焊接" in words),
        ("焊接 高炉", lambda words: "焊接" in words and "高炉" in words),
        ("焊接 或 高炉", lambda words: "焊接" in words or "高炉" in words),
        ('"一次合格率"', lambda words: "一次合格率" in words),
    ],
)
def test_another_engine_finds_what_it_is_asked_for(
    typed: str, holds: Callable[[set[str]], bool], tmp_path: Path
) -> None:
    cases = [synthetic.case(number) for number in range(8)]
    peer = Fts5(tmp_path)
    peer.add(cases)
    found = peer.search(site.Asked.from_args({"q": typed}))
    expected = [case for case in cases if holds(set(cut(fold(f"{case.title} {site.text_of(case)}"))))]
    assert found.total == len(expected) == sum(found.facets["category"].values())


def test_another_engine_narrows_and_sorts(tmp_path: Path) -> None:
    cases = [synthetic.case(number) for number in range(8)]
    peer = Fts5(tmp_path)
    peer.add(cases)
    found = peer.search(site.Asked.from_args({"q": "一次合格率", "year": "2012..2020", "sort": "newest"}))
    assert [hit.year for hit in found.hits] == sorted((c.year for c in cases if 2012 <= c.year <= 2020), reverse=True)


def test_an_error_is_counted_and_its_time_is_not() -> None:
    good, bad = Answer("one word", 30.0, 20.0, 200, 9000), Answer("one word", 1.0, 1.0, 500, 300)
    asked = Asked([good, bad], 1.0, 0.5)
    assert asked.of("one word") == [good]
    assert asked.errors == 1


def test_a_share_of_values() -> None:
    assert share([4, 1, 3, 2], 0.5) == 3
    assert share(list(range(1, 101)), 0.95) == 96
    assert share([7], 0.95) == 7
