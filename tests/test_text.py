"""Folding: what counts as the same writing, and that marks find their way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text import fold, fold_mapped


@pytest.mark.parametrize(
    ("written", "also_written"),
    [
        ("質量管理小組", "质量管理小组"),
        ("ＢＩＭ技術", "bim技术"),
        ("焊 缝 合 格 率", "焊缝合格率"),
        ("BIM 技术", "BIM技术"),
        ("3#高炉", "3号高爐"),
        ("3 ＃ 高炉", "3号高炉"),
        ("T/CAQ 10201—2020", "T/CAQ10201-2020"),
        ("98.5 ％", "98.5%"),
        ("M24×120", "M24x120"),
        ("M24 * 120", "M24×120"),
        ("120mm×80mm", "120mm*80mm"),
        ("12,500元", "12500元"),
        ("≥ 95%", ">=95%"),
        ("25㎡", "25m²"),
        ("25m^2", "25m2"),
        ("Φ20", "ø20"),
        ("20～30℃", "20~30°C"),
        ("焊\u200b缝\ufeff", "焊缝"),
        ("“精品”", '"精品"'),
        ("HRB 400E", "hrb400e"),
    ],
)
def test_the_same_thing_is_written_in_many_ways(written: str, also_written: str) -> None:
    assert fold(written) == fold(also_written)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bosch Rexroth", "BoschRexroth"), ("2021 2022", "20212022"), ("C30", "C300"), ("景点", "经典")],
)
def test_what_differs_in_meaning_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("提高焊縫一次合格率", "焊缝", "焊縫"),
        ("采用ＢＩＭ技术", "bim", "ＢＩＭ"),
        ("温度25 ℃以上", "°c", "℃"),
        ("焊 缝 外观", "焊缝", "焊 缝"),
        ("投入12,500元", "12500", "12,500"),
        ("面积㎡和m²", "m2", "㎡"),
        ("  首行缩进", "首行", "首行"),
    ],
)
def test_a_match_is_found_again_in_the_original(text: str, word: str, original: str) -> None:
    folded = fold_mapped(text)
    start = folded.text.index(word)
    begin, end = folded.original(start, start + len(word))
    assert text[begin:end] == original


WRITING = st.text(alphabet=st.sampled_from("高爐炉焊縫缝 　ABab09,.#*x×-—>=≥㎡℃％\u200b①^m2~～“”\n|"), max_size=40)


@given(WRITING)
def test_the_map_belongs_to_the_folded_text(text: str) -> None:
    folded = fold_mapped(text)
    assert folded.text == fold(text)
    assert len(folded.origin) == len(folded.text)
    assert list(folded.origin) == sorted(folded.origin)


@given(st.text(max_size=60))
def test_folding_any_text_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="高炉焊缝提升合格率的在", min_size=1, max_size=30), st.data())
def test_a_part_of_a_han_text_folds_to_a_part_of_the_folded_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert fold(text[start:end]) in fold(text)
