"""What every search engine must do. The engine in memory states the meaning; the others must mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index import Document, Index, open_index
from library.case import Target
from library.query import Query
from library.search import Results
from library.snippets import snippets
from tests.searching import ask, award, document, improved


@pytest.fixture(params=["memory:", "whoosh:"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return open_index(request.param, tmp_path)


def found(index: Index, q: str = "", **narrowed: Any) -> list[str]:
    return sorted(index.search(ask(q, **narrowed)).case_ids)


def filled(index: Index, *documents: Document) -> Index:
    index.rebuild(documents)
    return index


# Nothing is missed, and nothing is found that is not there.


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("缝", "炉壳焊缝返修"),
        ("处理", "待处理品"),
        ("工程", "在建工程"),
        ("建工", "在建工程"),
        ("合格率", "一次交验合格率"),
        ("炉壳焊", "高炉炉壳焊接"),
        ("高爐", "高炉炉壳"),
        ("高炉", "高爐爐殼"),
        ("bim", "采用BIM技术"),
        ("BIM技术", "采用 BIM 技术"),
        ("ＢＩＭ", "采用BIM技术"),
        ("焊缝", "焊 缝 外 观"),
        ("焊 缝", "焊缝外观"),
        ("C30", "C30P8混凝土"),
        ("c30混凝土", "C30 混凝土"),
        ("HRB400", "HRB400E钢筋"),
        ("3#高炉", "3号高炉大修"),
        ("3号高炉", "3# 高炉大修"),
        ("T/CAQ 10201-2020", "依据T/CAQ 10201—2020编制"),
        ("TCAQ", "依据TCAQ编制"),
        ("98.5%", "达到98.5 ％"),
        ("98.5", "达到98.5%"),
        ("M24×120", "螺栓M24x120"),
        ("12500元", "节约12,500元"),
        ("混凝土", "泵送砼浇筑"),
        ("的", "工程的质量"),
    ],
)
def test_finds_what_is_there(index: Index, q: str, text: str) -> None:
    filled(index, document("a", text), document("b", "与此无关"))
    assert found(index, q) == ["a"]


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("高炉", "提高锅炉效率"),
        ("经典", "景点施工"),
        ("PC", "PCR检测与SPC控制图"),
        ("C30", "C300与BC30"),
        ("8.5", "达到98.5%"),
        ("98", "达到98.5%"),
        ("高炉", "提高。炉壳"),
    ],
)
def test_does_not_find_what_only_looks_alike(index: Index, q: str, text: str) -> None:
    filled(index, document("a", text), document("b", "高炉 经典 PC C30 8.5 98"))
    assert found(index, q) == ["b"]


def test_looks_inside_latin_words_only_where_nothing_else_is_found(index: Index) -> None:
    filled(index, document("a", "SPC控制图"))
    assert found(index, "PC") == ["a"]


def test_a_word_does_not_reach_from_one_passage_into_the_next(index: Index) -> None:
    filled(index, document("a", "质量提高\n\n炉壳焊接"), document("b", "| 提高 | 炉壳 |"))
    assert index.search(ask('"高炉"')).total == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    texts=st.lists(st.text(alphabet="高炉焊缝提合格率在建工程的处理", min_size=1, max_size=30), min_size=1, max_size=6),
    data=st.data(),
)
def test_every_part_of_a_report_finds_the_report(tmp_path: Path, texts: list[str], data: st.DataObject) -> None:
    index = open_index("whoosh:", tmp_path)
    index.rebuild([document(f"c{n}", text) for n, text in enumerate(texts)])
    wanted = data.draw(st.integers(0, len(texts) - 1))
    text = texts[wanted]
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert f"c{wanted}" in found(index, part)
    assert found(index, f'"{part}"') == [f"c{n}" for n, other in enumerate(texts) if part in other]


# The query language.

LANGUAGE = [
    document("a", "焊缝有气孔，合格率低", title="焊缝气孔"),
    document("b", "焊缝有裂缝，合格率高", unit="五冶集团", group="长虹小组"),
    document("c", "螺栓有裂缝", unit="十七冶集团", sections={"causes": "螺栓有裂缝", "results": "合格率高"}),
]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("焊缝 合格率", ["a", "b"]),
        ("焊缝 裂缝", ["b"]),
        ("焊缝 -裂缝", ["a"]),
        ("-焊缝", ["c"]),
        ('"焊缝有气孔"', ["a"]),
        ('"气孔焊缝"', []),
        ("气孔 或 螺栓", ["a", "c"]),
        ("单位:五冶", ["b"]),
        ("-单位:五冶 裂缝", ["c"]),
        ("小组:长虹", ["b"]),
        ("标题:焊缝", ["a"]),
        ("标题:合格率", []),
        ("步骤:原因 裂缝", ["c"]),
        ("步骤:原因 合格率", []),
        ("", ["a", "b", "c"]),
        ("!!", []),
        ('""', []),
        ('"', []),
    ],
)
def test_query_language(index: Index, q: str, expected: list[str]) -> None:
    filled(index, *LANGUAGE)
    assert found(index, q) == expected


def test_a_range_of_improvement(index: Index) -> None:
    filled(
        index,
        document("a", target=improved(90, 95)),
        document("b", target=improved(80, 95)),
        document("c"),
    )
    assert found(index, "目标提升:>10") == ["b"]
    assert found(index, "目标提升:5..10") == ["a"]


def test_where_nobody_has_all_words_the_best_partial_matches_come_and_are_said_to_be(index: Index) -> None:
    filled(
        index,
        document("a", "焊缝气孔"),
        document("b", "焊缝气孔与夹渣"),
        document("c", "脚手架"),
    )
    results = index.search(ask("焊缝 气孔 夹渣 量子纠缠"))
    assert results.partial
    assert results.case_ids[0] == "b"
    assert "c" not in results.case_ids


def test_complete_matches_are_not_partial(index: Index) -> None:
    filled(index, document("a", "焊缝气孔"), document("b", "焊缝"))
    results = index.search(ask("焊缝 气孔"))
    assert (results.case_ids, results.partial) == (("a",), False)


def test_a_question_finds_cases_that_lack_a_word_of_it(index: Index) -> None:
    filled(index, document("a", "焊缝一次合格率的提升"), document("b", "脚手架搭设"))
    assert found(index, "怎样快速提高焊缝一次合格率？") == ["a"]


# The best comes first.


@pytest.mark.parametrize(
    ("q", "first", "second"),
    [
        ("焊缝", document("a", title="提高焊缝合格率"), document("b", "焊缝" * 3)),
        ("焊缝", document("a", group="焊缝小组"), document("b", "焊缝外观检查的记录")),
        ("高炉炉壳焊接", document("a", "高炉炉壳焊接施工"), document("b", "高炉炉壳施工完后进行螺栓焊接")),
        ("高炉 焊接", document("a", "高炉现场焊接"), document("b", "高炉" + "施工" * 200 + "焊接")),
        ("焊缝", document("a", "焊缝焊缝焊缝"), document("b", "焊缝" + "钢筋绑扎" * 30)),
        ("混凝土", document("a", "混凝土浇筑"), document("b", "砼浇筑")),
        ("焊缝", document("a", "焊缝", awards=(award(0),)), document("b", "焊缝", awards=(award(3),))),
    ],
)  # fmt: skip
def test_the_best_comes_first(index: Index, q: str, first: Document, second: Document) -> None:
    filled(index, second, first, document("c", "与此无关"), document("d", "也无关"))
    assert index.search(ask(q)).case_ids == ("a", "b")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", ("c", "b", "a")), ("award", ("a", "b", "c")), ("improvement", ("b", "a", "c"))],
)
def test_sorts(index: Index, sort: str, expected: tuple[str, ...]) -> None:
    filled(
        index,
        document("a", "焊缝", year=2020, awards=(award(0),), target=improved(90, 95)),
        document("b", "焊缝", year=2021, awards=(award(2), award(1)), target=improved(20, 95)),
        document("c", "焊缝", year=2022),
    )
    assert index.search(ask("焊缝", sort=sort)).case_ids == expected


def test_improvement_is_compared_by_its_share_not_by_its_number(index: Index) -> None:
    filled(
        index,
        document("a", "焊缝", target=Target(unit="min", before=150, goal=120, after=120)),  # 30 less, a fifth
        document("b", "焊缝", target=Target(unit="%", before=90, goal=95, after=98)),  # 8 more, four fifths of the gap
    )
    assert index.search(ask("焊缝", sort="improvement")).case_ids == ("b", "a")


def test_without_words_reports_come_before_bare_titles_unless_the_newest_are_asked_for(index: Index) -> None:
    index.rebuild([document("a", "焊缝", year=2021), document("b", title="只有题名", year=2023)])
    assert index.search(ask()).case_ids == ("a", "b")
    assert index.search(ask(sort="newest")).case_ids == ("b", "a")


def test_without_words_the_newest_come_first(index: Index) -> None:
    filled(index, document("a", year=2020), document("b", year=2023), document("c"))
    assert index.search(ask()).case_ids == ("b", "a", "c")


# Narrowing.

NARROWING = [
    document("a", "焊缝", year=2020, unit="五冶", tools=("因果图", "排列图"), awards=(award(1), award(2)),
             categories=("metallurgical", "smart-construction"), topic_type="innovation"),
    document("b", "焊缝", year=2022, unit="五冶", tools=("因果图",), awards=(award(2),),
             categories=("metallurgical",), topic_type="problem-solving", target_kind="mandated"),
    document("c", "螺栓", year=2024, unit="一冶", categories=("non-metallurgical",), specialty="电气"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"category": ("metallurgical",)}, ["a", "b"]),
        ({"category": ("smart-construction", "non-metallurgical")}, ["a", "c"]),
        ({"category": ("-smart-construction",)}, ["b", "c"]),
        ({"category": ("metallurgical", "-smart-construction")}, ["b"]),
        ({"year": ("2021..",)}, ["b", "c"]),
        ({"year": ("2020", "2024")}, ["a", "c"]),
        ({"year": ("-2022",)}, ["a", "c"]),
        ({"award": ("2",)}, ["a", "b"]),
        ({"type": ("innovation",)}, ["a"]),
        ({"goal": ("mandated",)}, ["b"]),
        ({"unit": ("五冶",), "tool": ("排列图",)}, ["a"]),
        ({"tool": ("因果图", "-排列图")}, ["b"]),
        ({"specialty": ("电气",)}, ["c"]),
        ({"unit": ("没有的单位",)}, []),
    ],
)
def test_narrows(index: Index, narrowed: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    filled(index, *NARROWING)
    assert found(index, **narrowed) == expected


def test_counts_every_value_without_its_own_dimension(index: Index) -> None:
    filled(index, *NARROWING)
    facets = index.search(ask("焊缝", year=("2020",))).facets
    assert facets["year"] == {"2020": 1, "2022": 1}
    assert facets["category"] == {"metallurgical": 1, "smart-construction": 1}
    assert facets["tool"] == {"因果图": 1, "排列图": 1}
    assert facets["award"] == {"1": 1, "2": 1}


def test_counts_steps_as_a_search_inside_each_would_find(index: Index) -> None:
    filled(
        index,
        document("a", sections={"causes": "焊缝", "results": "焊缝"}),
        document("b", sections={"causes": "螺栓", "results": "焊缝"}),
    )
    results = index.search(ask("焊缝"))
    assert results.facets["step"] == {"causes": 1, "results": 2}
    for step, count in results.facets["step"].items():
        assert index.search(ask("焊缝", step=(step,))).total == count


def test_a_search_inside_a_step_looks_only_there(index: Index) -> None:
    filled(
        index,
        document("a", title="焊丝", sections={"causes": "焊丝", "results": "合格"}),
        document("b", title="焊丝", sections={"causes": "人员", "results": "焊丝"}),
    )
    assert found(index, "焊丝", step=("causes",)) == ["a"]
    assert found(index, "焊丝", step=("causes", "results")) == ["a", "b"]
    assert found(index, "-焊丝", step=("causes",)) == ["b"]


def test_says_how_often_the_words_stand_in_each_step(index: Index) -> None:
    filled(index, document("a", sections={"causes": "焊丝受潮，焊丝未烘干", "results": "焊丝合格"}))
    assert index.search(ask("焊丝")).step_hits == ({"causes": 2, "results": 1},)


def test_the_places_of_a_hit_give_the_same_snippets_as_the_case_itself(index: Index) -> None:
    lines = "焊缝有气孔。\n\n\n\n| 原因 | 焊丝受潮 |\n|---|---|\n\n![焊缝照片](a.png)\n\n焊缝\n\n焊丝与焊缝"
    known = document("a", sections={"causes": lines, "results": "焊 缝合格，BIM2 模型", "summary": "无"})
    filled(index, known)
    for query in (ask("焊缝"), ask("焊缝 焊丝"), ask("焊丝", step=("causes",)), ask("标题:焊缝 气孔"), ask("bi")):
        results = index.search(query)
        for places in results.places:
            assert snippets(known.case, query, known=places) == snippets(known.case, query)


def test_counts_add_up_to_what_the_filter_then_finds(index: Index) -> None:
    filled(index, *NARROWING)
    results = index.search(ask("", unit=("五冶",)))
    for name in ("category", "year", "award", "type", "goal", "unit", "tool"):
        for value, count in results.facets[name].items():
            narrowed = ask("", unit=("五冶",)).but(**{name: (value,)})
            assert index.search(narrowed).total == count, (name, value)


# Pages.


def test_pages_show_every_case_once(index: Index) -> None:
    filled(index, *(document(f"{n:03}", "焊缝" + "检查" * (n % 7)) for n in range(25)))
    pages = [index.search(ask("焊缝", size=10, page=page)) for page in (1, 2, 3, 4)]
    assert [len(page.case_ids) for page in pages] == [10, 10, 5, 0]
    assert len({id for page in pages for id in page.case_ids}) == 25
    assert {page.total for page in pages} == {25}


def test_the_limit_of_a_page_holds_with_facets(index: Index) -> None:
    """Whoosh forgets its limit as soon as groups are asked for."""
    filled(index, *(document(f"{n:03}", "焊缝", year=2020) for n in range(25)))
    results = index.search(ask("焊缝", size=10))
    assert len(results.case_ids) == len(results.scores) == len(results.step_hits) == 10
    assert results.facets["year"] == {"2020": 25}


def test_several_values_of_one_case_are_all_counted(index: Index) -> None:
    """Whoosh counts only one of them unless told that groups overlap."""
    filled(index, document("a", "焊缝", tools=("因果图", "排列图", "直方图")))
    assert index.search(ask("焊缝")).facets["tool"] == {"因果图": 1, "排列图": 1, "直方图": 1}


# Changing.


def test_an_update_adds_replaces_and_drops(index: Index) -> None:
    filled(index, document("a", "焊缝"), document("b", "焊缝"))
    index.update([document("a", "螺栓"), document("c", "焊缝")], ["b"])
    assert found(index, "焊缝") == ["c"]
    assert found(index, "螺栓") == ["a"]
    assert sorted(index.fingerprints()) == ["a", "c"]


def test_fingerprints_are_those_that_were_given(index: Index) -> None:
    documents = [document("a", "焊缝"), document("b", "螺栓")]
    filled(index, *documents)
    assert index.fingerprints() == {d.id: d.fingerprint for d in documents}


def test_an_update_works_on_an_index_that_was_never_built(index: Index) -> None:
    index.update([document("a", "焊缝")], [])
    assert found(index, "焊缝") == ["a"]


def test_dropping_what_is_not_there_changes_nothing(index: Index) -> None:
    filled(index, document("a", "焊缝"))
    index.update([], ["zzz"])
    assert found(index) == ["a"]


def test_rebuilding_from_nothing_leaves_nothing(index: Index) -> None:
    filled(index, document("a", "焊缝"))
    index.rebuild([])
    assert (found(index), index.fingerprints()) == ([], {})


class Broken(Exception):
    pass


def test_a_rebuild_that_fails_leaves_the_old_index(index: Index) -> None:
    filled(index, document("a", "焊缝"))

    def documents() -> Any:
        yield document("b", "焊缝")
        raise Broken

    with pytest.raises(Broken):
        index.rebuild(documents())
    assert found(index, "焊缝") == ["a"]
    index.update([document("c", "焊缝")], [])
    assert found(index, "焊缝") == ["a", "c"]


# The engines agree.

QUESTIONS = [
    ask("焊缝"), ask("焊缝 合格率"), ask("焊缝 -气孔"), ask('"合格率提高"'), ask("高炉 或 螺栓"),
    ask("怎样提高焊缝合格率？"),
    ask("", year=("2020..2021",)), ask("焊缝", tool=("因果图",)), ask("焊缝", step=("causes",)), ask("缝 率 量子"),
    ask("标题:焊缝"), ask("合格率", sort="newest"), ask("-焊缝"), ask("步骤:原因 焊缝"),
]  # fmt: skip

WORDS = st.lists(st.sampled_from(["焊缝", "合格率", "提高", "高炉", "螺栓", "气孔", "的", "，"]), max_size=12)
CASES = st.lists(
    st.tuples(
        WORDS, WORDS, WORDS, st.sampled_from([None, 2020, 2021, 2022]), st.sampled_from([(), ("因果图",)])
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(cases=CASES)
def test_engines_agree(tmp_path: Path, cases: Sequence[tuple[Any, ...]]) -> None:
    documents = [
        document(
            f"{n:02}", title="".join(title), year=year, tools=tools,
            sections={"causes": "".join(causes), "results": "".join(results)},
        )
        for n, (title, causes, results, year, tools) in enumerate(cases)
    ]  # fmt: skip
    memory, whoosh = open_index("memory:", tmp_path), open_index("whoosh:", tmp_path)
    memory.rebuild(documents)
    whoosh.rebuild(documents)
    for query in QUESTIONS:
        assert answer(whoosh, query) == answer(memory, query), query


def answer(index: Index, query: Query) -> tuple[Any, ...]:
    results: Results = index.search(query)
    scores = [round(score, 6) for score in results.scores]
    nearly = results.nearly.case_ids if results.nearly else None
    return results.case_ids, scores, results.total, results.facets, results.partial, results.step_hits, nearly


def test_the_state_is_another_one_when_answers_may_be(index: Index) -> None:
    filled(index, document("a", "焊缝"))
    before = index.state()
    index.search(ask("焊缝"))
    assert index.state() == before
    index.update([document("b", "焊缝")], [])
    assert index.state() != before
