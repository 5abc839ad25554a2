"""Words written wrongly, over the sample library: what is offered instead, and that right words are left alone."""

from __future__ import annotations

import pytest

from indexer.suggesting import MOST_UNKNOWN, STRETCHES, TRIED
from library.query import Query
from library.spelling import LOOKS_ALIKE, OTHER, READ_ALIKE, READ_NEARLY_ALIKE, Slip, Spelling, readings
from tests.test_relevance import demo_library

SAME_READING = """
高卢 高炉 | 高炉炉克 高炉炉壳 | 地角螺栓 地脚螺栓 | 裂逢 裂缝 | 大体级混凝土 大体积混凝土 | 焊缝气空 焊缝气孔
焊逢 焊缝 | 因果土 因果图 | 排列途 排列图 | 直方土 直方图 | 要因确任 要因确认 | 末端源因 末端原因 | 对策实师 对策实施
巩固错施 巩固措施 | 热风庐 热风炉 | 卫生间渗楼 卫生间渗漏 | 外墙身水 外墙渗水 | 装配试 装配式 | 防水卷才 防水卷材
吊庄 吊装 | 测量放现 测量放线 | 沉降关测 沉降观测 | 合格律 合格率 | 一次穿恐率 一次穿孔率 | 质量管理小祖 质量管理小组
现状调差 现状调查 | 头脑风爆 头脑风暴 | 管道焊结 管道焊接 | 混凝土养互 混凝土养护 | 钢结够 钢结构 | 清洁渡 清洁度
"""
LOOKING_ALIKE = """
地脚螺拴 地脚螺栓 | 烈缝 裂缝 | 悍接 焊接 | 模扳 模板 | 螺拴穿孔率 螺栓穿孔率 | 高强镙栓 高强螺栓 | 预理件 预埋件
脚手驾 脚手架 | 无损检侧 无损检测 | 转炉拖圈 转炉托圈 | 钢筯 钢筋
"""
MISSING_TOO_MANY_OR_OTHER = """
混土 混凝土 | 混泥土 混凝土 | 混凝凝土 混凝土 | 无损测 无损检测 | 高卢炉壳焊接 高炉炉壳焊接 | 高卢 焊逢 高炉 焊缝
"""


def pairs(table: str) -> list[tuple[str, str]]:
    """A pair has as many words on either side."""
    words = [pair.split() for line in table.split("\n") for pair in line.split("|") if pair.strip()]
    return [(" ".join(pair[: len(pair) // 2]), " ".join(pair[len(pair) // 2 :])) for pair in words]


def suggested(typed: str) -> str | None:
    index, _ = demo_library("whoosh:")
    return index.search(Query(q=typed)).suggestion


@pytest.mark.parametrize(
    ("typed", "meant"), [*pairs(SAME_READING), *pairs(LOOKING_ALIKE), *pairs(MISSING_TOO_MANY_OR_OTHER)]
)
def test_what_was_meant_is_offered_and_found(typed: str, meant: str) -> None:
    index, _ = demo_library("whoosh:")
    assert suggested(typed) == meant
    found = index.search(Query(q=meant))
    assert found.total and not found.partial


RIGHT = """
灌浆 幕墙 耐火砖 电缆桥架 盾构 管片 注浆 锚杆 喷射混凝土 隧道 桥墩 伸缩缝 沥青 边坡 挡土墙 土工布 逆变器 断路器 接地电阻
母线槽 离心泵 补偿器 女儿墙 石膏板 聚氨酯 飘窗 露筋 烂根 胀模 减水剂 粉煤灰 水胶比 含泥量 抗渗 氯离子 钢绞线 波纹管
焦炉 球团 镀锌 脱硫 汽轮机 斗轮机 空压 制氧 三维扫描 区块链 数字孪生 量子纠缠 焊剂 渗透 未熔合 咬边 终拧 扭矩 扶梯 磨机
要因分析与确认 确定目标值 施工工艺简介 检查记录表 制定对策措施 特性要因分析
"""


@pytest.mark.parametrize("typed", RIGHT.split())
def test_a_right_word_that_no_case_has_is_left_alone(typed: str) -> None:
    assert suggested(typed) is None


@pytest.mark.parametrize("typed", ["高炉", "焊缝 气孔", "怎样提高焊接一次合格率", "BIM", "12.5", "C30混凝土", "!!", ""])
def test_nothing_is_offered_where_the_question_finds_cases_with_all_its_words(typed: str) -> None:
    assert suggested(typed) is None


def test_the_likeliest_slip_comes_first() -> None:
    near = Spelling(frozenset({"预埋", "预力"})).near("预理")
    assert [(slip.meant, slip.kind) for slip in near] == [("预力", READ_ALIKE), ("预埋", LOOKS_ALIKE)]


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("裂逢", "裂缝", READ_ALIKE),
        ("脚手驾", "脚手架", READ_ALIKE),
        ("钢筯", "钢筋", LOOKS_ALIKE),
        ("走承", "轴承", READ_NEARLY_ALIKE),
        ("混土", "混凝土", OTHER),
    ],
)
def test_kinds_of_slips(typed: str, meant: str, kind: int) -> None:
    assert Spelling(frozenset({meant})).near(typed, thorough=kind == OTHER) == [Slip(kind, 1, meant)]


def test_what_takes_longer_is_tried_only_when_asked_to() -> None:
    spelling = Spelling(frozenset({"测量放线"}))
    assert spelling.near("侧量放现") == []
    assert Spelling(frozenset({"混凝土"})).near("混土") == []
    assert spelling.near("侧量放现", thorough=True) == [Slip(READ_ALIKE, 2, "测量放线")]


@pytest.mark.parametrize("typed", ["焊" * 200, "高卢炉克焊逢气空裂逢混泥土地角螺拴" * 8, "裂逢 " * 20, "焊缝OR" * 60])
def test_a_text_made_to_keep_spelling_busy_costs_little(typed: str) -> None:
    index, _ = demo_library("whoosh:")
    known = index._refreshed().vocabulary()  # type: ignore[attr-defined]
    looked: list[str] = []
    near = known.spelling.near
    known.spelling.near = lambda word, thorough=False: looked.append(word) or near(word, thorough)
    try:
        index.search(Query(q=typed))
    finally:
        del known.spelling.near
    assert len(looked) <= 2 * MOST_UNKNOWN * TRIED * STRETCHES


@pytest.mark.parametrize("typed", ["", "缝", "abc", "裂逢" * 10, "a裂逢"])
def test_what_is_no_word_of_characters_is_left_alone(typed: str) -> None:
    assert Spelling(frozenset({"裂缝"})).near(typed) == []


def test_characters_are_read_as_in_the_words_of_the_trade() -> None:
    assert {"lv"} <= readings("率") and {"zhong"} <= readings("重")
    assert "fu" not in readings("不")
