"""Index and corpus in line: what is changed, and that nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.index import Index, open_index
from indexer.sync import Plan, check, plan, rebuild, sync
from library.case import Case, Section
from library.corpus import Corpus
from tests.searching import ask


@pytest.mark.parametrize(
    ("corpus", "index", "put", "drop"),
    [
        ({}, {}, (), ()),
        ({"a": "1"}, {}, ("a",), ()),
        ({"a": "1"}, {"a": "1"}, (), ()),
        ({"a": "2"}, {"a": "1"}, ("a",), ()),
        ({}, {"a": "1"}, (), ("a",)),
        ({"a": "2", "b": "1"}, {"a": "1", "c": "1"}, ("a", "b"), ("c",)),
    ],
)
def test_the_plan_is_the_difference(
    corpus: dict[str, str], index: dict[str, str], put: tuple[str, ...], drop: tuple[str, ...]
) -> None:
    assert plan(corpus, index) == Plan(put, drop)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return open_index("whoosh:", tmp_path / "instance")


def add(corpus: Corpus, title: str) -> Case:
    return corpus.add(Case(id="", title=title, year=2021, sections=(Section("results", "效果检查", "合格"),)))


def test_sync_puts_new_and_changed_cases_and_drops_those_that_are_gone(corpus: Corpus, index: Index) -> None:
    kept, gone = [add(corpus, f"焊缝{n}") for n in range(5)], add(corpus, "螺栓")
    assert len(sync(corpus, index).put) == 6
    assert not sync(corpus, index)

    file = next(corpus.folder.rglob(f"{kept[0].id}/case.md"))
    file.write_text(file.read_text(encoding="utf-8").replace("焊缝0", "焊丝"), encoding="utf-8")
    gone_file = next(corpus.folder.rglob(f"{gone.id}/case.md"))
    gone_file.unlink()
    assert sync(corpus, index) == Plan((kept[0].id,), (gone.id,))
    assert index.search(ask("焊丝")).case_ids == (kept[0].id,)
    assert index.search(ask("螺栓")).total == 0


def test_a_case_that_cannot_be_read_is_left_out_and_stops_nothing(corpus: Corpus, index: Index) -> None:
    whole, broken = add(corpus, "焊缝"), add(corpus, "焊缝")
    next(corpus.folder.rglob(f"{broken.id}/case.md")).write_text("---\ntitle: [", encoding="utf-8")
    assert rebuild(corpus, index) == 1
    assert index.search(ask("焊缝")).case_ids == (whole.id,)


def test_an_empty_corpus_gives_an_index_that_answers(corpus: Corpus, index: Index) -> None:
    sync(corpus, index)
    assert index.search(ask("焊缝")).total == 0


def test_check_says_nothing_of_an_index_in_line(corpus: Corpus, index: Index) -> None:
    add(corpus, "焊缝")
    sync(corpus, index)
    assert list(check(corpus, index)) == []


def test_check_names_every_case_that_differs_and_changes_nothing(corpus: Corpus, index: Index) -> None:
    indexed = add(corpus, "焊缝")
    sync(corpus, index)
    new = add(corpus, "螺栓")
    next(corpus.folder.rglob(f"{indexed.id}/case.md")).unlink()
    said = "\n".join(check(corpus, index))
    assert indexed.id in said
    assert new.id in said
    assert index.search(ask("焊缝")).total == 1


def test_check_says_that_there_is_no_index(corpus: Corpus, index: Index) -> None:
    add(corpus, "焊缝")
    assert any("sync" in sentence for sentence in check(corpus, index))
