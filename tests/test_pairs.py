"""Pairs of neighbouring characters: no text that has a word is missed, and for short words none is too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import shelf
from indexer.pairs import Pairs, tells_all
from indexer.whoosh_index import WhooshIndex
from tests.searching import ask, document

TEXTS = st.lists(st.text("高炉锅提焊缝c30𠀀\n", max_size=12), min_size=1, max_size=6)


@given(TEXTS, TEXTS, st.text("高炉锅提焊缝c30𠀀", min_size=1, max_size=4))
def test_every_text_with_a_word_has_its_pairs(first: list[str], then: list[str], word: str) -> None:
    pairs = Pairs().and_of(first).and_of(then)
    having = pairs.having(word).tolist()
    assert pairs.covered == len(having) == len(first + then)
    for text, has in zip(first + then, having, strict=True):
        assert has or word not in text
        if tells_all(word):
            assert has == (word in text)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    Pairs().and_of(["提高锅炉", "高炉炉壳"]).and_of(["焊缝"]).write(tmp_path / "pairs")
    read = Pairs.read(tmp_path / "pairs")
    assert read.having("高炉").tolist() == [False, True, False]
    assert read.having("缝").tolist() == [False, False, True]


def test_a_library_without_cases_has_no_pairs(tmp_path: Path) -> None:
    Pairs().write(tmp_path / "pairs")
    assert Pairs.read(tmp_path / "pairs").having("高炉").tolist() == []


def test_a_file_that_is_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    Pairs().and_of(["提高锅炉"]).write(tmp_path / "pairs")
    whole = (tmp_path / "pairs").read_bytes()
    (tmp_path / "pairs").write_bytes(whole[:-4])
    with pytest.raises(OSError, match="cut off"):
        Pairs.read(tmp_path / "pairs")


def test_cases_added_since_are_found_whether_their_pairs_are_listed_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_UNPAIRED", 10)
    index = WhooshIndex(tmp_path / "index")
    index.rebuild([document("0000", "焊缝")])
    for n in range(1, 40):
        index.update([document(f"{n:04}", f"焊缝{n}号锅炉" if n % 2 else "高炉")], [])
        assert index.search(ask("锅炉")).total == (n + 1) // 2
        assert index.search(ask("高炉")).total == n // 2
