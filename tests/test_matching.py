"""Where a word stands in a folded text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.matching import contains, stands_alone

SOME = st.text(alphabet="ab39.%焊缝 ", max_size=12)


@pytest.mark.parametrize(
    ("text", "word", "there"),
    [
        ("焊缝返修", "缝", True),
        ("c300混凝土", "c30", False),
        ("c30p8混凝土", "c30", True),
        ("达到98.5%", "98", False),
        ("达到98.5%", "98.5", True),
        ("98、98.5", "98", True),
        ("rebim", "bim", False),
    ],
)
def test_latin_words_and_numbers_are_found_only_where_they_do_not_go_on(text: str, word: str, there: bool) -> None:
    assert contains(text, word) is stands_alone(text, word) is there


@given(SOME, SOME.filter(bool))
def test_both_ways_to_look_for_a_word_agree(text: str, word: str) -> None:
    assert contains(text, word) == stands_alone(text, word)
