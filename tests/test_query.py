"""The query language: what people type, what it means, and that nothing typed is ever an error."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from library.asking import MAX_TERMS
from library.query import DIMENSIONS, Query
from library.terms import Condition, Range, Term


def words(typed: str) -> list[str]:
    return [described(term) for term in Query(q=typed).terms]


def described(term: Term) -> str:
    return ("-" if term.excluded else "") + (f"{term.field}:" if term.field else "") + term.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("高炉 焊接", ["高炉", "焊接"]),
        ("高炉　焊接", ["高炉", "焊接"]),
        ("提高锅炉效率", ["提高", "锅炉", "效率"]),
        ('"提高锅炉"', ["提高锅炉"]),
        ("“提高锅炉”", ["提高锅炉"]),
        ("「提高锅炉」", ["提高锅炉"]),
        ('"没有收尾的引号', ["没有收尾的引号"]),
        ("焊缝 -裂缝", ["焊缝", "-裂缝"]),
        ("焊缝 －裂缝", ["焊缝", "-裂缝"]),
        ('焊缝 -"一次合格率"', ["焊缝", "-一次合格率"]),
        ("焊缝 NOT 裂缝", ["焊缝", "-裂缝"]),
        ("焊缝 AND 裂缝", ["焊缝", "裂缝"]),
        ("单位:五冶", ["unit:五冶"]),
        ("单位：五冶", ["unit:五冶"]),
        ("unit:五冶 焊缝", ["unit:五冶", "焊缝"]),
        ("-小组:长虹", ["-group:长虹"]),
        ("标题:高炉炉壳", ["title:高炉炉壳"]),
        ("高 炉 炉 壳", ["高炉炉壳"]),
        ("焊缝，合格率。", ["焊缝", "合格率"]),
        ("T/CAQ 10201-2020", ["t/caq", "10201-2020"]),
        ("C30混凝土 HRB400E M24×120 98.5%", ["c30", "混凝土", "hrb400e", "m24×120", "98.5%"]),
        ("3#高炉", ["3号", "高炉"]),
        ("1:2.5水泥砂浆", ["1:2.5", "水泥砂浆"]),
        ("-5℃", ["5°c"]),
        ("建工程", ["建工程"]),
        ("砼裂缝", ["砼", "裂缝"]),
        ("怎样提高焊缝的合格率？", ["提高", "焊缝", "合格率"]),
        ("的", ["的"]),
        ("焊缝 焊缝", ["焊缝"]),
    ],
)
def test_reads_what_people_type(typed: str, meant: list[str]) -> None:
    assert words(typed) == meant


@pytest.mark.parametrize("typed", ["焊缝 或 螺栓", "焊缝 OR 螺栓", "焊缝 | 螺栓", "焊缝 或者 螺栓"])
def test_either_of_two_words_is_one_wish(typed: str) -> None:
    (term,) = Query(q=typed).terms
    assert {"焊缝", "螺栓"} <= {form.text for form in term.forms}


def test_brackets_around_alternatives_are_no_part_of_them() -> None:
    (term,) = Query(q="（焊缝 | 螺栓）").terms
    assert {"焊缝", "螺栓"} <= {form.text for form in term.forms}


def test_characters_that_have_each_other_do_not_cling_to_the_word_before() -> None:
    assert words("行车啃轨") == ["行车", "啃轨"]


@pytest.mark.parametrize("typed", ["对弧", "叠和板"])
def test_characters_that_are_no_words_stay_together_though_one_of_them_can_carry_a_sentence(typed: str) -> None:
    assert words(typed) == [typed]


@pytest.mark.parametrize("typed", ["", " ", "!!", "-", '""', "或", "？！", '-""', "()", "单位:", "…"])
def test_nothing_to_look_for_is_no_term(typed: str) -> None:
    reading = Query(q=typed).reading
    assert reading.terms == () or words(typed) == ["单位"]


def test_a_query_of_signs_only_looks_for_nothing_and_says_so() -> None:
    reading = Query(q="!!").reading
    assert reading.nothing
    assert [said.kind for said in reading.understood] == ["ignored"]


def test_words_that_only_carry_a_sentence_are_left_out_where_there_are_others() -> None:
    assert words("螺栓没有拧紧") == ["螺栓", "拧紧"]
    assert words("混凝土中的温差") == ["混凝土", "温差"]
    assert words("没有") == ["没有"]


@pytest.mark.parametrize(
    ("typed", "dimension", "values"),
    [
        ("年份:2021", "year", ("2021",)),
        ("年份：2020..2024", "year", ("2020..2024",)),
        ("年份:2020-2024", "year", ("2020..2024",)),
        ("年份:2020～2024年", "year", ("2020..2024",)),
        ("年份:>2020", "year", ("2021..",)),
        ("年份:<=2020", "year", ("..2020",)),
        ("year:2021,2023", "year", ("2021", "2023")),
        ("奖项:一等奖", "award", ("1",)),
        ("奖项:Ⅱ类", "award", ("2",)),
        ("类别:冶金", "category", ("metallurgical",)),
        ("类别:智能建造", "category", ("smart-construction",)),
        ("工具:鱼骨图", "tool", ("因果图",)),
        ("步骤:要因", "step", ("root-causes",)),
        ("step:root-causes", "step", ("root-causes",)),
        ("类型:创新型", "type", ("innovation",)),
        ("-年份:2021", "year", ("-2021",)),
    ],
)
def test_narrows_by_a_named_field(typed: str, dimension: str, values: tuple[str, ...]) -> None:
    assert Query(q=typed).conditions == (Condition(dimension, values),)


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("目标提升:>10", Range("change", low=10, open_low=True)),
        ("目标提升：≥10", Range("change", low=10)),
        ("目标提升:10..20", Range("change", low=10, high=20)),
        ("提升:<5%", Range("change", high=5, open_high=True)),
        ("效益:>10万元", Range("benefit", low=100_000, open_low=True)),
    ],
)
def test_narrows_by_a_number(typed: str, bounds: Range) -> None:
    assert Query(q=typed).ranges == (bounds,)


@pytest.mark.parametrize("typed", ["年份:去年", "奖项:最好的", "步骤:没有这一步", "目标提升:很多"])
def test_a_value_that_nobody_knows_is_searched_as_words_and_said(typed: str) -> None:
    reading = Query(q=typed).reading
    assert reading.terms
    assert "not-understood" in {said.kind for said in reading.understood}


def test_a_field_that_nobody_knows_is_part_of_the_word() -> None:
    assert words("foo:bar") == ["foo:bar"]


def test_synonyms_are_added_at_lower_weight_and_shown() -> None:
    query = Query(q="排架 砼")
    (term,) = [term for term in query.terms if term.text == "砼"]
    assert [f.weight < 1 for f in term.forms if f.text == "混凝土"] == [True]
    assert [said.switch for said in query.understood if said.kind == "synonym"] == ["synonyms:砼"]


@pytest.mark.parametrize("off", ["synonyms", "synonyms:砼"])
def test_synonyms_can_be_switched_off(off: str) -> None:
    (term,) = Query(q="砼", off=(off,)).terms
    assert [form.text for form in term.forms] == ["砼"]


def test_switching_the_synonyms_of_one_word_off_leaves_those_of_others() -> None:
    query = Query(q="砼 焊缝", off=("synonyms:砼",))
    assert [said.typed for said in query.understood if said.kind == "synonym"] == ["焊缝"]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("怎样提高焊缝合格率 +气孔", ["气孔"]),
        ('焊缝 ＋"一次合格率"', ["一次合格率"]),
        ("焊缝 +气孔 或 夹渣", ["气孔"]),
        ("焊缝 +课题:炉壳", ["炉壳"]),
        ("焊缝 + 气孔", []),
        ("3+2 C+", []),
    ],
)
def test_a_plus_makes_a_word_required(typed: str, texts: list[str]) -> None:
    assert [term.text for term in Query(q=typed).terms if term.required] == texts


@pytest.mark.parametrize(
    ("q", "within", "together"),
    [
        ("焊缝", "气孔", "焊缝 +气孔"),
        ("焊缝", "气孔 -返修 “一次 合格率”", '焊缝 +气孔 -返修 +"一次 合格率"'),
        ("焊缝", "气孔 或 夹渣", "焊缝 +气孔 或 夹渣"),
        ("焊缝 +气孔", "课题:炉壳 +砼", "焊缝 +气孔 +课题:炉壳 +砼"),
        ("", "气孔", "+气孔"),
        ("焊缝", "  ", "焊缝"),
    ],
)
def test_what_is_looked_for_within_results_must_occur(q: str, within: str, together: str) -> None:
    assert Query.from_args(MultiDict({"q": q, "within": within})) == Query(q=together)


def test_quoted_words_are_taken_as_they_are() -> None:
    (term,) = Query(q='"砼"').terms
    assert [form.text for form in term.forms] == ["砼"]


@pytest.mark.parametrize(
    "typed", ["怎样提高焊缝一次合格率？", "降低大型设备基础地脚螺栓预埋中心线偏差的安装施工方法研究"]
)
def test_a_sentence_need_not_match_word_for_word(typed: str) -> None:
    assert Query(q=typed).reading.most


@pytest.mark.parametrize("typed", ["焊缝 合格率", "高炉炉壳焊接"])
def test_a_few_words_are_all_required(typed: str) -> None:
    assert not Query(q=typed).reading.most


HOSTILE = [
    "*", "?*?*?*?*", "[a TO z]", "(" * 5000, ")" * 200, "a" * 5000, "焊 " * 500, '"' * 300, "-" * 300,
    "焊缝 OR " * 100, "年份:" * 60, "\x00\x01\ud800", "🀄" * 150, "{{7*7}}", "'; DROP TABLE cases; --",
    "标题:" * 50 + "x", "~" * 200, "焊缝^99999", "a:b:c:d:e", "\\" * 200, "高" * 200,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_read_within_bounds(typed: str) -> None:
    assert len(Query(q=typed).reading.terms) <= MAX_TERMS


@given(st.text(max_size=250))
def test_no_text_is_an_error(typed: str) -> None:
    reading = Query(q=typed).reading
    assert all(form.text for term in reading.terms for form in term.forms)


def test_a_query_is_the_same_after_a_trip_through_its_url() -> None:
    query = Query(
        q="焊缝", category=("metallurgical",), year=("2021..2024", "-2022"), award=("1",),
        unit=("甲，乙公司",), step=("root-causes",), off=("synonyms", "pinyin:gaolu"), sort="newest", page=3, size=50,
    )  # fmt: skip
    url = urlencode(query.to_args(), doseq=True)
    assert Query.from_args(MultiDict(parse_qsl(url))) == query


def test_a_plain_query_has_a_short_url() -> None:
    assert Query(q="焊缝").to_args() == {"q": "焊缝"}


@pytest.mark.parametrize(
    "argument",
    [
        {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "1e9"}, {"size": "0"}, {"size": "²"},
        {"sort": "price"}, {"year": "20x1"}, {"category": "red"}, {"award": "77"}, {"step": "nope"},
        {"tool": "没有的图"}, {"off": "everything"},
    ],
)  # fmt: skip
def test_arguments_that_make_no_sense_count_as_not_given(argument: dict[str, str]) -> None:
    assert Query.from_args(MultiDict(argument)) == Query()


def test_page_and_size_are_bounded() -> None:
    query = Query.from_args(MultiDict({"page": "99999", "size": "99999"}))
    assert (query.page, query.size) == (1000, 100)


def test_any_change_leads_back_to_the_first_page() -> None:
    assert Query(q="焊缝", page=4).but(year=("2023",)) == Query(q="焊缝", year=("2023",))


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_dimension_can_exclude(name: str) -> None:
    value = {"category": "metallurgical", "year": "2021", "award": "1", "type": "innovation", "goal": "mandated",
             "unit": "五冶", "tool": "因果图", "step": "causes", "specialty": "焊接"}[name]  # fmt: skip
    assert getattr(Query.from_args(MultiDict({name: f"-{value}"})), name) == (f"-{value}",)
