"""Completions while typing, and other spellings where nothing is found."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from indexer.index import Index, open_index
from indexer.whoosh_index import WhooshIndex
from library.pinyin import initials, reading
from library.query import Query
from library.search import get_ready
from library.words import domain_words
from tests.searching import ask, document


@pytest.fixture(scope="module", params=["memory:", "whoosh:"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = open_index(request.param, tmp_path_factory.mktemp("library"))
    index.rebuild(
        [
            document(
                "a", "炉壳焊缝裂缝", title="提高高炉炉壳焊接一次合格率", group="长虹QC小组", unit="中国五冶集团有限公司"
            ),
            document(
                "b", "混凝土养护", title="降低大体积混凝土裂缝数量", group="砥柱QC小组", unit="中国五冶集团有限公司"
            ),
            document("c", "地脚螺栓偏差", title="地脚螺栓预埋方法的研制", unit="上海宝冶集团", tools=("因果图",)),
        ]
    )
    return index


def offered(index: Index, typed: str) -> list[str]:
    return [name.text for name in index.complete(typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("地脚", "地脚螺栓预埋方法的研制"),
        ("高炉", "提高高炉炉壳焊接一次合格率"),
        ("中国五", "中国五冶集团有限公司"),
        ("五冶", "中国五冶集团有限公司"),
        ("因果", "因果图"),
        ("长虹", "长虹QC小组"),
        ("gaolu", "提高高炉炉壳焊接一次合格率"),
        ("gaol", "提高高炉炉壳焊接一次合格率"),
        ("djls", "地脚螺栓"),
        ("DiJiao", "地脚螺栓预埋方法的研制"),
        ("zgwy", "中国五冶集团有限公司"),
        ("yinguo", "因果图"),
        ("大體積", "降低大体积混凝土裂缝数量"),
    ],
)
def test_offers_names_that_begin_as_typed(index: Index, typed: str, expected: str) -> None:
    assert expected in offered(index, typed)


@pytest.mark.parametrize("typed", ["", " ", "量子", "zzz", "()", "*"])
def test_offers_nothing_where_nothing_begins_so(index: Index, typed: str) -> None:
    assert offered(index, typed) == []


@pytest.mark.parametrize("address", ["memory:", "whoosh:"])
def test_an_empty_library_offers_nothing(address: str, tmp_path: Path) -> None:
    empty = open_index(address, tmp_path)
    empty.rebuild([])
    assert offered(empty, "高") == offered(empty, "gao") == []
    assert empty.search(ask("高卢")).suggestion is None


@pytest.mark.parametrize("address", ["memory:", "whoosh:"])
def test_many_words_leave_room_for_names_of_other_kinds(address: str, tmp_path: Path) -> None:
    words = [word for word in domain_words() if word.startswith("对策")]
    assert len(words) > 8
    many = open_index(address, tmp_path)
    many.rebuild([document("a", "。".join(words), title="对策表填写质量的提高", unit="对策咨询公司")])
    assert {"对策表填写质量的提高", "对策咨询公司"} <= set(offered(many, "对策"))
    assert len(offered(many, "对策")) == 8


def test_a_name_of_many_cases_comes_once_and_says_how_many(index: Index) -> None:
    (name,) = [name for name in index.complete("中国五冶") if name.kind == "unit"]
    assert name.cases == 2


def test_offers_no_more_than_asked_for(index: Index) -> None:
    assert len(index.complete("小组", 1)) == 1


def test_domain_words_are_offered_only_if_some_case_has_them(index: Index) -> None:
    assert "地脚螺栓" in offered(index, "地脚")
    assert offered(index, "后浇") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("高卢炉壳", "高炉炉壳"),
        ("地角螺栓", "地脚螺栓"),
        ("裂逢", "裂缝"),
        ("混土", "混凝土"),
        ("混泥土", "混凝土"),
        ("混凝凝土", "混凝土"),
        ("悍接 合格率", "焊接 合格率"),
        ("高卢 -螺栓", "高炉 -螺栓"),
        ("「裂逢」", "「裂缝」"),
    ],
)
def test_offers_another_spelling_where_nothing_is_found(index: Index, typed: str, meant: str) -> None:
    assert index.search(ask(typed)).suggestion == meant


@pytest.mark.parametrize("typed", ["高炉", "焊缝 裂缝", "量子纠缠", "高炉 地脚螺栓", "", "!!", "年份:1999"])
def test_offers_no_spelling_where_all_is_well_or_nothing_would_help(index: Index, typed: str) -> None:
    assert index.search(ask(typed)).suggestion is None


def test_what_is_offered_is_found(index: Index) -> None:
    offered = index.search(ask("高卢炉壳")).suggestion
    assert offered
    results = index.search(ask(offered))
    assert (results.total, results.partial) == (1, False)


def test_spelling_can_be_switched_off(index: Index) -> None:
    assert index.search(ask("高卢炉壳", off=("spelling",))).suggestion is None


def test_a_word_typed_in_pinyin_is_found_and_said(index: Index) -> None:
    query = ask("dijiaoluoshuan")
    assert index.search(query).case_ids == ("c",)
    assert [said.meant for said in query.understood if said.kind == "pinyin"] == [("地脚螺栓",)]
    assert index.search(ask("dijiaoluoshuan", off=("pinyin",))).total == 0


def test_words_that_only_sound_alike_are_not_found(index: Index) -> None:
    assert index.search(Query(q='"高卢"')).total == 0


@pytest.mark.parametrize(
    ("word", "read"), [("高炉", "gaolu"), ("合格率", "hegelv"), ("重量", "zhongliang"), ("BIM技术", "BIMjishu")]
)
def test_readings(word: str, read: str) -> None:
    assert reading(word) == read


def test_initials() -> None:
    assert initials("地脚螺栓") == "djls"


def test_completions_follow_the_library_and_nobody_waits_for_them(tmp_path: Path) -> None:
    changing = open_index("whoosh:", tmp_path)
    changing.rebuild([document("a", title="提高高炉炉壳焊接一次合格率")])
    assert offered(changing, "高炉")
    changing.update([document("b", title="高炉出铁口的研制")], [])
    offered(changing, "高炉")  # the first question after a change is answered from what was known before
    for _ in range(200):
        if "高炉出铁口的研制" in offered(changing, "高炉"):
            return
        time.sleep(0.05)
    pytest.fail("the new title was never offered")


def test_a_site_without_an_index_gets_ready_all_the_same(tmp_path: Path) -> None:
    get_ready(open_index("whoosh:", tmp_path))


def test_what_is_needed_for_every_page_gets_ready_first_and_the_rest_in_its_turn(tmp_path: Path) -> None:
    engine = open_index("whoosh:", tmp_path)
    engine.rebuild([document("a", title="提高焊缝质量")])
    log = tmp_path / "index" / json.loads((tmp_path / "index" / "CURRENT").read_text())["generation"] / "entries.log"
    get_ready(engine, turn=log.unlink)  # opened before its turn comes: nothing is read from the file after it
    assert offered(engine, "提高焊缝") == ["提高焊缝质量"]


def test_a_search_does_not_wait_for_spelling_that_is_being_made_ready(tmp_path: Path) -> None:
    engine = WhooshIndex(tmp_path / "index")
    engine.rebuild([document("a", title="提高焊缝一次合格率")])
    vocabulary = engine._refreshed().vocabulary()
    vocabulary.is_getting_ready = True
    assert engine.search(ask("焊逢")).suggestion is None
    vocabulary.get_ready()
    assert engine.search(ask("焊逢")).suggestion == "焊缝"
