"""The list of synonyms that quality staff edit: every line can be read, and says what it should."""

from __future__ import annotations

import re

import pytest

from library.lexicon import DATA, synonyms
from library.query import Query

LINES = [
    line
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def added(word: str) -> dict[str, float]:
    (term,) = Query(q=word).terms
    return {form.text: form.weight for form in term.forms if form.why == "synonym"}


@pytest.mark.parametrize("line", LINES)
def test_every_line_is_one_word_a_sign_and_other_words(line: str) -> None:
    head, _, others = re.split(r"\s+([=~>])\s+", line)
    words = [head, *others.split(", ")]
    assert all(word and word == word.strip() for word in words)
    assert len(words) == len(set(words)) >= 2


def test_equal_words_find_each_other() -> None:
    assert "混凝土" in added("砼")
    assert "砼" in added("混凝土")


def test_near_words_weigh_less_than_equal_ones() -> None:
    assert added("裂缝")["开裂"] < added("砼")["混凝土"] < 1


def test_a_wider_word_finds_narrower_ones_and_not_the_other_way_round() -> None:
    assert "布袋除尘器" in {s.text for s in synonyms()["除尘器"]}
    assert "除尘器" not in {s.text for s in synonyms().get("布袋除尘器", ())}


@pytest.mark.parametrize("word", ["平台", "台账", "app", "vr"])
def test_words_of_many_meanings_have_no_synonyms(word: str) -> None:
    assert added(word) == {}


def test_what_contains_the_word_is_found_anyway_and_not_added() -> None:
    assert "一次合格率" not in added("合格率")
