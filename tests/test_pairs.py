"""Pairs of neighbouring characters: no text that has a word is missed, and for short words none is too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import shelf, whoosh_index
from indexer.pairs import Pairs, add_block, tells_all
from indexer.whoosh_index import WhooshIndex
from library.matching import contains
from tests.searching import ask, document

SIGNS = "高炉锅提焊缝c30𠀀125.-m"
TEXTS = st.lists(st.text(SIGNS + "\n", max_size=12), min_size=1, max_size=6)


@given(TEXTS, TEXTS, st.text(SIGNS, min_size=1, max_size=5), st.booleans())
def test_no_text_with_a_word_is_left_out(first: list[str], then: list[str], word: str, loose: bool) -> None:
    pairs = Pairs().and_of(first).and_of(then)
    having = pairs.having(word, loose).tolist()
    assert pairs.covered == len(having) == len(first + then)
    for text, has in zip(first + then, having, strict=True):
        assert has or not contains(text, word, loose)
        if tells_all(word):
            assert has == (word in text)


@pytest.mark.parametrize(
    ("word", "elsewhere"),
    [
        ("25日", "2025日 25、日"),
        ("208个", "1208个 208件 8个"),
        ("2mm", "12mm 2cm mm"),
        ("1.8~2.2", "11.8~2.2 1.8 8~2.2"),
    ],
)
def test_a_number_is_not_looked_for_where_another_one_has_its_digits(word: str, elsewhere: str) -> None:
    assert Pairs().and_of([elsewhere, f"共{word}。"]).having(word).tolist() == [False, True]


def test_a_part_of_a_number_is_looked_for_where_its_digits_follow_each_other() -> None:
    texts = ["2024-07-18", "24、07、7-1", "24-0、07、7-1"]
    assert Pairs().and_of(texts).having("24-07-1", loose=True).tolist() == [True, False, False]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    add_block(tmp_path, 0, ["提高锅炉", "高炉炉壳"])
    add_block(tmp_path, 2, ["焊缝"])
    read = Pairs.read(tmp_path)
    assert read.having("高炉").tolist() == [False, True, False]
    assert read.having("缝").tolist() == [False, False, True]


def test_a_library_without_cases_has_no_pairs(tmp_path: Path) -> None:
    assert Pairs.read(tmp_path).having("高炉").tolist() == []


def test_a_file_that_is_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    add_block(tmp_path, 0, ["提高锅炉"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(OSError, match="cut off"):
        Pairs.read(tmp_path)


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


def test_pairs_of_cases_that_were_added_one_by_one_are_listed_for_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_index, "MOST_UNLISTED", 5)
    index = WhooshIndex(tmp_path / "index")
    index.rebuild([document("0000", "焊缝")])
    for n in range(1, 14):
        index.update([document(f"{n:04}", f"焊缝{n}号锅炉" if n % 2 else "高炉")], ["0001"] if n == 9 else [])
    (folder,) = (tmp_path / "index").glob("*/pairs")
    assert Pairs.read(folder).covered == 11
    for reader in (index, WhooshIndex(tmp_path / "index")):
        assert reader.search(ask("锅炉")).total == 6
        assert reader.search(ask("高炉")).total == 6


def test_what_was_added_counts_though_its_pairs_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_index, "MOST_UNLISTED", 1)
    index = WhooshIndex(tmp_path / "index")
    index.rebuild([document("a", "焊缝")])
    (folder,) = (tmp_path / "index").glob("*/pairs")
    (folder / "new").mkdir()  # where the list would be written
    index.update([document("b", "焊缝气孔")], [])
    assert index.search(ask("气孔")).total == 1
