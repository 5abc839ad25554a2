"""Which QC tools a report uses, by canonical name (`library/data/tools.json`), from captions and text.

A tool counts when the report works with it, not when it plans to learn it or names it in a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from indexer.draft import Picture, Table, Text
from indexer.fields.found import Found, place
from indexer.splitter import Passage, words_of
from indexer.wording import fold, squeeze, word_set
from library.tools import all_tools

_NEVER = word_set(
    """
    图表 Control Chart VE Cp 4M 简易图表 工艺流程 分类法 评价表 对标 相关分析 网络计划 集思广益 分组法 重点图
    程序图 管理图 卡片法
    """
)
"""Too common as ordinary words to tell a tool anywhere but in a caption."""
_CAPTION_ONLY = word_set(
    """
    检查表 核对表 分布图 关系图 系统图 网络图 曲线图 统计分析表 点检表 检查记录表 相关图 圆形图 条状图 带状图
    要因图 箭头图 工艺流程图 评价表 线图 工艺流程 对标 打分法 波动图 棒图
    """
)
_WHEN_USED = word_set("系统图 关系图 要因图 箭头图 工艺流程图 曲线图 网络图")
"""Of these, what counts in text too where the group says that it made or used one."""
_USED = re.compile(r"(?:用|借助|通过|绘制|绘出|绘|画出?|画了|制作|编制|整理成|展开成|形成|做成)[^，。；,;]{0,12}$")
_NOT_BEFORE = {
    "系统图": r"(?:电气|供电|配电|给排水|管道|液压|控制|工艺|一次|接线|润滑|网络|消防|通风|仪表)$",
    "分布图": r"(?:平面|位置|测点|点位|地质|人员)$",
    "网络图": r"(?:通信|控制|局域)$",
}
_LESSON = re.compile(r"学习|培训|掌握|教育|讲解|了解|熟悉|不熟练|不会|欠缺|今后|下一步|将运用|加强|知识|教材")
_TELLS_LESSONS = {"group", "plan", "summary", "consolidation", "preface", "root-causes"}
_SKIPPED = {"appendix"}
_BACK = 30  # characters before a name that can change its meaning


def read_tools(passages: Sequence[Passage]) -> dict[str, Found[str]]:
    """Every tool that the report uses, in the order of first use, with the words that tell."""
    found: dict[str, Found[str]] = {}
    for passage in passages:
        if passage.step in _SKIPPED:
            continue
        for block in passage.blocks:
            where = place(passage.heading, block.page)
            if isinstance(block, Picture):
                names = tools_in_caption(block.caption or block.alt)
            elif isinstance(block, Table):
                names = tools_in_caption(block.caption) + _tools_of_table(block)
            else:
                names = _in_text(block, passage)
            for name in names:
                found.setdefault(name, Found(name, where, words_of(block).split("\n")[0], 0.9))
    return found


def tools_in_caption(caption: str) -> list[str]:
    """The tools that a caption names; a caption names what it shows, so ambiguous words count too."""
    return _named(caption, in_caption=True)


def tool_of_figure(caption: str) -> str:
    """The one tool a figure shows, by its caption: the last one named."""
    names = [name for name in tools_in_caption(caption) if all_tools()[name].group != "method"]
    return names[-1] if names else ""


_BENCHMARK = re.compile(
    r"对标[^，。,]{0,14}(?:项目|水平|单位|先进|公司|企业|行业|数据|案例|工程|同类)|与[^，。,]{2,16}对标|(?:进行|作|做|与[^，。,]{2,16})(?:横向|水平)对比"
)
_CAPTION = re.compile(r"\s*(?:[图表]\s*\d|\S{2,22}[图表]\s*$)")
_LAYERED = re.compile(
    r"[按从][^，。,]{1,20}分层(?!浇|回填|压实|摊铺|碾压|夯|开挖|铺|施工|敷|焊)|分层(?:统计|分析|调查|归类|整理|对比)"
)
_LAYERED_COLUMN = re.compile(r"^按[^，。,]{1,8}分层")


def _in_text(block: Text, passage: Passage) -> list[str]:
    if block.role in {"caption", "title"} or _CAPTION.match(block.text):
        layered = ["分层法"] if _LAYERED.search(block.text) else []
        return tools_in_caption(block.text) + layered
    if not _may_name_one(block.text):
        return []
    names: list[str] = []
    for sentence in re.split(r"[。；;，,\n]", block.text):
        if passage.step in _TELLS_LESSONS and _LESSON.search(sentence):
            continue
        names += _named(sentence, in_caption=False)
        names += ["分层法"] if _LAYERED.search(sentence) else []
        names += ["水平对比法"] if _BENCHMARK.search(sentence) else []
    return names


def _may_name_one(text: str) -> bool:
    """Whether a paragraph is worth a closer look; hardly any is."""
    lowered = fold(text).lower()
    return any(word in lowered for word in ("分层", "对标", "对比")) or any(
        word.lower() in lowered for word, _ in _words()
    )


def _tools_of_table(table: Table) -> list[str]:
    """What the header of a table names; the six questions as columns are 5W1H."""
    header = squeeze(" ".join(table.rows[0])) if table.rows else ""
    names = _named(" ".join(table.rows[0]) if table.rows else "", in_caption=False)
    questions = sum(word in header.lower() for word in ("what", "why", "who", "where", "when", "how"))
    names += ["分层法"] if _LAYERED.search(header) or _LAYERED_COLUMN.search(header) else []
    return [*names, *(["5W1H"] if questions >= 4 else [])]


def _named(text: str, in_caption: bool) -> list[str]:
    folded = fold(text)
    lowered = folded.lower()
    hits: list[tuple[int, int, str]] = []
    for word, tool in _words():
        if word.lower() not in lowered:
            continue  # much quicker than the pattern, and hardly any word is there
        for match in _pattern(word).finditer(folded):
            if any(start <= match.start() and match.end() <= end for start, end, _ in hits):
                continue  # 工艺流程图 is not also 流程图
            before = folded[max(0, match.start() - _BACK) : match.start()]
            counts = (in_caption or _counts_in_text(word, before)) and not _is_a_drawing(word, before)
            hits.append((match.start(), match.end(), tool if counts else ""))
    return list(dict.fromkeys(tool for _, _, tool in sorted(hits) if tool))


def _counts_in_text(word: str, before: str) -> bool:
    if word in _NEVER or (word in _CAPTION_ONLY and word not in _WHEN_USED):
        return False
    return word not in _WHEN_USED or bool(_USED.search(before))


def _is_a_drawing(word: str, before: str) -> bool:
    return bool((pattern := _NOT_BEFORE.get(word)) and re.search(pattern, before))


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Every name of every tool, longest first."""
    names = [(fold(word), tool.name) for tool in all_tools().values() for word in (tool.name, *tool.synonyms)]
    return tuple(sorted(((w, t) for w, t in names if t != "简易图表"), key=lambda pair: -len(pair[0])))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    folded = re.escape(fold(word))
    if word.isascii():
        return re.compile(rf"(?<![A-Za-z0-9]){folded}(?![A-Za-z0-9])", re.I)
    return re.compile(folded, re.I)
