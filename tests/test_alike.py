"""Which cases say the words of a text, and where: the same on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.index import Index, open_index
from tests.searching import document

WORDS = {"托圈": 2.0, "耳轴": 1.0}


@pytest.fixture(params=["memory:", "whoosh:"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    made = open_index(request.param, tmp_path)
    made.rebuild(
        [
            document("2024-0001", "裂缝。" * 12, title="控制裂缝"),
            document("2024-0002", "托圈安装时量一次。" + "渗漏。" * 10, title="控制渗漏"),
            document("2024-0003", "托圈与耳轴。" * 6, title="控制间隙"),
            document(
                "2024-0004",
                title="提高托圈精度",
                sections={"causes": "支座不平。\n\n耳轴偏心。", "summary": "托圈装好了。"},
            ),
        ]
    )
    return made


def test_a_case_that_says_the_words_again_and_again_comes_before_one_that_says_them_once(index: Index) -> None:
    assert [like.case_id for like in index.like({"托圈": 1.0}, 10)][-1] == "2024-0002"
    assert index.like(WORDS, 1)[0].inside == {"托圈", "耳轴"}


def test_a_case_without_the_words_is_not_like_the_text(index: Index) -> None:
    assert "2024-0001" not in [like.case_id for like in index.like(WORDS, 10)]
    assert index.like({"从未说过": 1.0}, 10) == []
    assert index.like({}, 10) == []


def test_in_a_step_only_the_words_there_count_and_those_of_the_title(index: Index) -> None:
    best = index.like(WORDS, 1, steps=("causes",))[0]
    assert (best.case_id, best.in_title, best.inside) == ("2024-0004", {"托圈"}, {"耳轴"})


def test_the_passage_is_told_that_has_most_of_the_words(index: Index) -> None:
    place = index.like(WORDS, 1, steps=("causes",))[0].place
    assert place
    assert (place.section, place.passage) == (0, 1)


def test_cases_that_are_asked_for_are_looked_at_beyond_the_best(index: Index) -> None:
    told = {like.case_id for like in index.like(WORDS, 1, also=["2024-0002", "2024-9999"])}
    assert "2024-0002" in told
    assert len(told) == 2


def test_after_an_update_cases_that_are_gone_are_like_nothing(index: Index) -> None:
    index.update([document("2024-0003", "水泵。", title="控制间隙")], ["2024-0004"])
    assert [like.case_id for like in index.like(WORDS, 10)] == ["2024-0002"]


def test_a_name_that_no_dictionary_has_is_a_word_too(index: Index) -> None:
    index.update([document("2024-0005", "璟岚厂。" * 3, title="璟岚厂大修")], [])
    assert index.found_in(["璟岚"]) == {"璟岚": 1}
    assert [like.case_id for like in index.like({"璟岚": 1.0}, 10)] == ["2024-0005"]
