"""The words of the interface: written once in Chinese, English looked up by the Chinese sentence.

`library/translations/en.po` is read as it is at start-up, so translating is editing one text file. A sentence that
has no English stays Chinese; a test finds those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from library.notices import told
from library.steps import all_steps

LANGUAGES = {"zh": "中文", "en": "English"}
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
DEFAULT = "zh"

CATEGORY_NAMES = {
    "metallurgical": "冶金",
    "non-metallurgical": "非冶金",
    "smart-construction": "智能建造",
}
TYPE_NAMES = {"problem-solving": "问题解决型", "innovation": "创新型"}
GOAL_NAMES = {"self-set": "自定目标", "mandated": "指令性目标"}
RANK_NAMES = {"0": "特等", "1": "一等", "2": "二等", "3": "三等", "9": "其他奖项"}
SORT_NAMES = {
    "relevance": "相关度",
    "newest": "最新",
    "award": "奖项",
    "improvement": "改进幅度",
}
TOOL_GROUP_NAMES = {
    "old7": "老七种工具",
    "new7": "新七种工具",
    "other": "其他方法",
    "simple": "简易图表",
    "method": "方法与术语",
}
DIMENSION_NAMES = {
    "category": "类别",
    "year": "年份",
    "award": "奖项",
    "type": "课题类型",
    "goal": "目标类型",
    "unit": "单位",
    "tool": "QC工具",
    "step": "步骤",
    "specialty": "专业",
}
SHORT_STEPS: dict[str, tuple[str, str]] = {
    "preface": ("前言", "Preface"),
    "overview": ("概况", "Project"),
    "group": ("小组", "Group"),
    "plan": ("计划", "Schedule"),
    "topic-selection": ("选题", "Topic"),
    "current-state": ("现状", "State"),
    "goal": ("目标", "Goal"),
    "feasibility": ("论证", "Proof"),
    "goal-and-feasibility": ("目标", "Goal"),
    "causes": ("原因", "Causes"),
    "root-causes": ("要因", "Root"),
    "options": ("方案", "Option"),
    "countermeasures": ("对策", "Plan"),
    "implementation": ("实施", "Do"),
    "results": ("效果", "Result"),
    "benefits": ("效益", "Benefit"),
    "consolidation": ("巩固", "Keep"),
    "standardization": ("标准", "Norm"),
    "summary": ("总结", "Sum-up"),
    "appendix": ("附件", "Annex"),
}
"""For strips and snippets, where there is room for two characters or a short word, in Chinese and in English."""

EVENT_FIGURE_NAMES = (
    "参会代表", "参会单位", "分会场", "评委", "申报成果", "发布成果", "参赛成果", "优秀QC小组",
    "特等奖", "一等奖", "二等奖", "三等奖", "推荐成果", "推荐上级协会竞赛",
)  # fmt: skip
"""Usual labels of the figures of an event. They are written in its file; others stay as they are."""

PHASES = {
    "topic-selection": "plan",
    "current-state": "plan",
    "goal": "plan",
    "feasibility": "plan",
    "goal-and-feasibility": "plan",
    "causes": "plan",
    "root-causes": "plan",
    "options": "plan",
    "countermeasures": "plan",
    "implementation": "do",
    "results": "check",
    "benefits": "check",
    "consolidation": "act",
    "standardization": "act",
    "summary": "act",
}
"""Which part of the PDCA circle a step belongs to; the others are outside it."""

KIND_NAMES = {"query": "检索过", "word": "词语", "tool": "QC工具", "unit": "单位", "group": "小组", "title": "课题"}
"""What a completion is."""

RESPECT_NAMES = {
    "problem": "课题相近",
    "content": "提到",
    "causes": "原因相近",
    "countermeasures": "对策相近",
}
"""In what two cases are alike."""

FIELD_NAMES = {
    "title": "课题名称",
    "year": "年份",
    "group": "小组",
    "unit": "单位",
    "project": "工程项目",
    "specialty": "专业",
    "categories": "类别",
    "topic_type": "课题类型",
    "target_kind": "目标类型",
    "legacy_type": "原课题类型",
    "group_reg_no": "小组注册号",
    "topic_reg_no": "课题注册号",
    "period": "活动时间",
    "leader": "组长",
    "members_count": "小组人数",
    "training_hours": "人均QC教育",
    "target": "目标",
    "target.measure": "目标：特性值",
    "target.before": "目标：活动前",
    "target.goal": "目标：目标值",
    "target.after": "目标：活动后",
    "benefit_cny": "经济效益",
    "tools": "QC工具",
    "awards": "获奖",
    "comment": "评审意见",
}

MEASURE_NAMES = {
    "rate": "合格率与优良率",
    "accuracy": "精度与偏差",
    "defects": "缺陷、渗漏与返工",
    "time": "时间与工效",
    "cost": "成本与消耗",
    "new": "新装置与新方法",
}
"""What groups want to improve."""

NAMES = {
    "category": CATEGORY_NAMES,
    "type": TYPE_NAMES,
    "goal": GOAL_NAMES,
    "award": RANK_NAMES,
}


@cache
def english() -> dict[str, str]:
    """Chinese sentence -> English sentence; names of steps too."""
    with (Path(__file__).parent / "translations" / "en.po").open("rb") as file:
        catalog = read_po(file, locale="en", domain="messages")
    steps = {step.name: step.english for step in all_steps().values()}
    return steps | {str(m.id): str(m.string) for m in catalog if m.id and m.string}


def translator(language: str) -> Callable[[str], str]:
    """What turns a Chinese sentence into one of this language."""
    return _to_english if language == "en" else _as_it_is


def _to_english(message: str) -> str:
    return english().get(message, message)


def _as_it_is(message: str) -> str:
    return message


@dataclass(frozen=True)
class Words:
    """Names of values in one language. What people wrote themselves (units, specialties) stays as it is."""

    language: str

    def __call__(self, message: str) -> str:
        return translator(self.language)(message)

    def told(self, notice: str) -> str:
        """A stored notice, such as a warning of reading."""
        return told(notice, self)

    def step(self, key: str) -> str:
        step = all_steps().get(key)
        if step is None:
            return key
        return step.english if self.language == "en" else step.name

    def short_step(self, key: str) -> str:
        if key not in SHORT_STEPS:
            return self.step(key)
        chinese, english = SHORT_STEPS[key]
        return english if self.language == "en" else chinese

    def step_names(self, key: str) -> tuple[str, str]:
        """Its name and its short name: a list of results shows hundreds."""
        return _step_names(self, key)

    def kinds(self) -> dict[str, str]:
        return {kind: self(name) for kind, name in KIND_NAMES.items()}

    def value(self, dimension: str, value: str) -> str:
        """The name of a facet value as people read it."""
        if dimension == "step":
            return self.step(value)
        if dimension == "year":
            return value.replace("..", "–")
        if dimension == "tool":
            return self(value)
        return self(NAMES.get(dimension, {}).get(value, value))

    def number(self, value: float | None) -> str:
        """12345.60 -> 12,345.6; at most three decimals."""
        if value is None:
            return "—"
        return f"{value:,.3f}".rstrip("0").rstrip(".")

    def money(self, yuan: float) -> str:
        """186500 -> 18.65 万元, ¥186,500."""
        if self.language == "en":
            return f"¥{self.number(yuan)}"
        if abs(yuan) >= 10_000:
            return f"{self.number(round(yuan / 10_000, 2))} 万元"
        return f"{self.number(yuan)} 元"

    def period(self, interval: str) -> str:
        """2021-03-01/2021-11-20 -> 2021-03-01 至 2021-11-20."""
        start, _, end = interval.partition("/")
        joined = " – " if self.language == "en" else " 至 "
        return joined.join(part for part in (start, end) if part)


@lru_cache(maxsize=256)
def _step_names(words: Words, key: str) -> tuple[str, str]:
    return words.step(key), words.short_step(key)
