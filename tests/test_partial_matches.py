"""Cases that have most of the words: listed after the few that have all, and never taken for those."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.index import Index, open_index
from tests.searching import ask, document


@pytest.fixture(params=["memory:", "whoosh:"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    """Two cases with both words, four with one of them, one with none."""
    index = open_index(request.param, tmp_path)
    index.rebuild(
        [
            document("whole", "焊缝气孔超标"),
            document("later", "焊缝外观检查，气孔", year=2020),
            document("weld", "焊缝返修", year=2020),
            document("titled", "返修记录", title="减少气孔"),
            document("inside", sections={"causes": "气孔", "results": "返修"}),
            document("other", "气孔与锈蚀"),
            document("neither", "脚手架搭设"),
        ]
    )
    return index


def nearly(index: Index, q: str, **narrowed: Any) -> list[str]:
    found = index.search(ask(q, **narrowed)).nearly
    return list(found.case_ids) if found else []


def test_they_come_beside_the_whole_ones_and_are_not_counted_with_them(index: Index) -> None:
    results = index.search(ask("焊缝 气孔"))
    assert set(results.case_ids) == {"whole", "later"}
    assert (results.total, results.partial) == (2, False)
    assert sum(results.facets["year"].values()) == 1
    assert set(nearly(index, "焊缝 气孔")) == {"weld", "titled", "inside", "other"}


def test_the_best_of_them_comes_first(index: Index) -> None:
    found = nearly(index, "焊缝 气孔")
    assert found.index("titled") < found.index("inside")


def test_each_has_what_a_page_shows_of_a_case(index: Index) -> None:
    found = index.search(ask("焊缝 气孔")).nearly
    assert found
    at = found.case_ids.index("inside")
    assert found.step_hits[at] == {"causes": 1}
    assert found.places[at][0].section == 0
    assert found.scores[at] > 0


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("焊缝 气孔 -返修", {"other"}),
        ("焊缝 外观 +气孔", {"whole"}),
        ("焊缝 气孔 年份:2020", {"weld"}),
    ],
)
def test_what_must_be_and_must_not_be_holds_for_them_too(index: Index, q: str, expected: set[str]) -> None:
    assert set(nearly(index, q)) == expected


def test_filters_hold_for_them_too(index: Index) -> None:
    assert nearly(index, "焊缝 气孔", year=("2020",)) == ["weld"]


@pytest.mark.parametrize(
    ("q", "narrowed"),
    [
        ("气孔", {}),
        ("+焊缝 +气孔", {}),
        ("焊缝 气孔", {"sort": "newest"}),
        ("焊缝 气孔", {"page": 2}),
        ("焊缝 气孔 量子", {}),
        ("怎样减少焊缝的气孔？", {}),
    ],
    ids=["one word", "all required", "sorted", "a later page", "nobody has all", "a question"],
)
def test_there_are_none_where(index: Index, q: str, narrowed: dict[str, Any]) -> None:
    assert nearly(index, q, **narrowed) == []


def test_they_fill_the_list_up_to_ten_cases(index: Index) -> None:
    index.update([document(f"more{number}", "焊缝") for number in range(20)], [])
    assert len(nearly(index, "焊缝 气孔")) == 8
    index.update([document(f"both{number}", "焊缝气孔") for number in range(8)], [])
    assert nearly(index, "焊缝 气孔") == []
