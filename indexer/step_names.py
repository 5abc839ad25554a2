"""Which QC step a heading names: the list of known headings first, then the roots of their words.

The list (`library/data/steps.json`) misses about 9 % of the headings of an unseen report, so the roots
carry the rest; a merged heading (现状调查/设定目标) names several steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.numbering import bare_number, leading_number
from indexer.wording import fold, gapped, squeeze
from library.steps import all_steps

LONGEST = 26
"""Characters of the longest heading that can still be a step's, tail included."""


@dataclass(frozen=True)
class StepName:
    """`sure` says how the name was found: 1 in the list, .9 merged, .7 by root, .5 with one
    character misread, .4 by a single telling word."""

    step: str
    also: tuple[str, ...] = ()
    sure: float = 1.0


_CAUSE = "(?:要因|主要原因|主要因素|主因|真因|末端原因|末端因素|末端|关键原因|根本原因|重要原因|主要影响因素|根因)"
_CONFIRM = "(?:确|验证|验|论证|识别|判定|判断|筛选|排查|查找|甄别)"

_ROOTS: tuple[tuple[str, str], ...] = (
    (
        r"^(?:附[表图件录注]|参考文献|参考资料|致谢|鸣谢|证明|佐证|支撑材料)|(?:证明材料|证明文件|荣誉证书|"
        r"获奖证书)$",
        "appendix",
    ),
    (
        r"小结|下一步|下步|打算|展望|总结|体会|心得|感想|感悟|收获|遗留问题|今后|反思|检讨|回顾|未来|"
        r"后续(?:计划|工作|方向)|结束语|结语|下期|下次活动|下一[个轮]课题|^(?:收尾|尾声|写在最后)$",
        "summary",
    ),
    (
        r"巩固|守住|守牢|保住成果|防止(?:再发|反弹)|再发防止|固化|维持与|成果维持|效果维持|保持.{0,4}(?:成果|效果)|(?:成果|效果).{0,2}保持",
        "consolidation",
    ),
    (r"方案.{0,4}实施|实施.{0,4}方案", "implementation"),
    (
        r"方案.{0,10}(?:最佳|比选|选|确定|提出|优|论证|对比|比较|分析|评价|设计|可行)|(?:提出|确定|选|最佳|"
        r"总体|分级|分解|最优).{0,8}方案",
        "options",
    ),
    (r"目标.{0,6}(?:设定|确定|制定)|(?:设定|确定|制定).{0,8}目标|^对策目标$", "goal"),
    (r"^(?:设定|活动|课题)?目标值?[与和及、]其?(?:依据|理由|测算)$", "goal"),
    (r"(?:目标|指标).{0,8}(?:可行|论证|依据|测算|评估)|可行性|论证", "feasibility"),
    (
        rf"{_CAUSE}.{{0,8}}{_CONFIRM}|{_CONFIRM}.{{0,6}}{_CAUSE}|(?:找出|寻找|抓住|找到){_CAUSE}|"
        rf"原因.{{0,4}}(?:确认|验证|确定|论证)|(?:确认|验证|确定).{{0,4}}原因|(?:抓|定|锁定?)住?{_CAUSE}|"
        rf"^(?:要因|主因|真因|主要原因)$",
        "root-causes",
    ),
    (
        r"(?:原因|要因|因素|成因|因果|根因|真因|鱼骨图).{0,6}(?:分析|查找|解析|剖析|排查|诊断|梳理)|(?:分析|"
        r"查找|寻找|剖析|解析|找).{0,6}(?:原因|要因|因素|成因|根因)|^(?:原因|成因|问题分析|解析)$",
        "causes",
    ),
    (r"(?:下一步|后续).{0,4}计划", "summary"),
    (
        r"(?:对策|措施|计划|组织|落实|方案|按|过程|分步|逐条|逐项|具体).{0,8}实施|实施.{0,6}(?:对策|措施|过程|"
        r"情况|步骤|阶段|记录|验证|落实|开展)|(?:对策|措施).{0,4}(?:落实|执行)|^实施[一二三四五六七八九十\d]|"
        r"^.{0,3}(?:实施|落实|执行)$",
        "implementation",
    ),
    (
        r"(?:对策|措施).{0,6}(?:制定|拟定|计划|表|选定|选择|确定|提出|编制|策划|评价|评估|方案|研究)|(?:制定|"
        r"拟定|确定|提出|研究|编制|寻找|选择).{0,6}(?:对策|措施|实施计划)|^(?:定|提|想|出)(?:对策|措施)$|"
        r"^(?:(?:对策|措施)(?!实)|实施计划|5w1h)",
        "countermeasures",
    ),
    (
        r"(?:效果|成效|目标|结果|功能|成果|指标|绩效).{0,6}(?:检查|检验|检测|验证|确认|验收|评价|评估|对比|"
        r"比较|分析|达成|完成|实现|考核)|(?:检查|验证|确认|检验|评价|考核).{0,4}(?:效果|结果|成效|成果)|"
        r"^(?:效果|成效|结果|活动效果|取得.{0,4}(?:效果|成效|成果)|有形成果|无形成果|(?:活动|改善|实施|应用|"
        r"运行)(?:效果|成效|成果))|实施效果$|^.{0,3}(?:效果|成效|成果)$|(?:活动|改善)前后",
        "results",
    ),
    (r"效益|(?:节约|降低)成本(?:分析|计算)", "benefits"),
    (r"标准化|推广|标准.{0,4}(?:制定|编制|建立|形成)|形成标准|规范化|成果转化|知识产权|纳入标准", "standardization"),
    (
        r"(?:小组|圈|团队|成员|组员|人员|qcc?).{0,6}(?:简介|概况|介绍|情况|组成(?!果)|构成|成员|分工|名单|组建|成立|"
        r"建设|风采|登记|注册|概述|背景|一览|信息|职责)|^(?:圈员|圈组成|小组|小组成员|团队|认识我们|"
        r"我们的团队|关于我们)|成员一览",
        "group",
    ),
    (
        r"(?:活动|小组|进度|推进|工作|推行|日程|时间|总体).{0,6}(?:计划|安排|进度|日程|推进表|历程|程序)|"
        r"^(?:计划|计划表|进度计划|甘特图|进度安排|日程安排|活动程序|拟定计划|制定计划|计划拟定|计划制定)",
        "plan",
    ),
    (
        r"(?:工程|项目|课题|产品|设备|工艺|企业|公司|单位|工序|背景|系统|施工|基本|技术|结构|车间|装置|业务|"
        r"生产线|产线|机组|对象|部门).{0,6}(?:概况|简介|概述|介绍|特点|难点|简述|一览)|(?:工程|项目|企业|公司).{0,4}(?:背景|情况|说明)|"
        r"名词|术语|概念(?:解释|界定)|^(?:概况|简介|工艺流程|工艺原理|基本情况)",
        "overview",
    ),
    (
        r"选题|(?:选|定|提出|确立|明确|确定|来源).{0,4}(?:课题|主题|题目)|(?:课题|主题|题目|议题).{0,6}(?:选|"
        r"定|来源|理由|依据|确|提出|由来|必要|意义|原因|需求|查新)|^(?:问题的?提出|提出问题|发现问题|需求|"
        r"借鉴|查新|立项|选取课题|问题选定|课题)|为(?:什么|何|啥)选|需求分析|查新",
        "topic-selection",
    ),
    (
        r"(?:现状|现况|状况|现场|问题|质量状况|缺陷|数据|症结|症候).{0,6}(?:调查|分析|把握|调研|诊断|确认|"
        r"摸底|梳理|统计|了解|收集|查找|掌握|剖析|明确)|(?:调查|把握|分析|掌握|了解|明确|找出|寻找|查找|"
        r"确定).{0,4}(?:现状|现况|症结|问题)|^(?:现状|现况|症结|问题确认)|^.{0,4}(?:现状|家底|底数|现况)$",
        "current-state",
    ),
    (
        r"目标.{0,6}(?:确|设|定|值|制|提|选|分解|和依据|及依据|依据)|(?:确|设|定|制|立|提出|明确).{0,8}目标|"
        r"^(?:qc|课题|活动|小组|质量|本次|攻关|改善|预期|总体|我们的|攻坚|奋斗|对策|具体)?目标(?:值)?$|"
        r"^.{0,4}目标$",
        "goal",
    ),
    (r"^(?:背景|概述)", "overview"),
    (r"^(?:前言|引言|序|导言|绪论|摘要|封面|目录|开场)", "preface"),
)
"""A pattern and the step it tells, tried in this order: 下一步计划 is a summary before it is a plan."""

_LOOSE = (
    (r"^分析$", "causes"),
    (r"^(?:逐[条一项])?(?:确认|验证)$", "root-causes"),
    (r"^(?:做法|干法|具体做法)$", "implementation"),
    (r"主要原因|要因|主因|真因", "root-causes"),
    (r"哪些.{0,2}主要", "root-causes"),
    (r"原因|成因|为什么会", "causes"),
    (r"现状|现况", "current-state"),
    (r"怎么办|怎么做|如何解决|对策", "countermeasures"),
    (r"行动|动起来|干起来|实施|做了", "implementation"),
    (r"怎[样么](?:保持|守住|坚持)|如何保持|长效", "consolidation"),
    (r"效果|成效|战果", "results"),
    (r"为什么|课题|选题|缘起|从何而来|^定题$", "topic-selection"),
    (r"目标|期望值|做到多少|^指标$", "goal"),
    (r"小组|团队|我们是谁|认识我们", "group"),
)
"""The one word that tells in short headings of free words (原因在哪里); only trusted beside better ones."""
_LOOSE_LONGEST = 10
_GOAL_PART = re.compile(r"目标.{0,3}(?:设|确|定|制)|(?:设|确|定|制).{0,6}目标|^目标|突破口")
_FEASIBILITY_PART = re.compile(r"可行|论证")
_ALONE_IN_FRONT = re.compile(r"(?:企业|公司|单位|工程|项目|设备|车间)$")
"""What says 概况 only beside another name: 企业与小组, 工程及小组."""
_JOINTS = re.compile(r"[/、,;+&|]|以及|并且|和|与|及|暨|并|兼|->|→|—+|-+")
_TAIL = re.compile(
    r"[(\[](?:[一二三四五六七八九十\d]{1,3}|续|续[一二三四五\d]|上|中|下|p|d|c|a|plan|do|check|action|"
    r"act)[)\]]$|[\-—_.…·:：]+$|(?<=[\u4e00-\u9fff])(?:\d{1,2}|续)$|\d{1,2}/\d{1,2}$",
    re.I,
)
_DECORATION = re.compile(r"[\[\]【】《》<>〈〉「」『』◆◇■□●○★☆▲△▶►»«※*#_=\"'“”‘’~✦✔√→➤•·|]+")
_LATIN = re.compile(r"(?<![a-z0-9])(?!qcc?(?![a-z]))[a-z][a-z.&' ]{3,}(?![a-z0-9])", re.I)


@cache
def known_headings() -> dict[str, str]:
    """Every heading of the list, as compared, with its step."""
    known: dict[str, str] = {}
    for step in all_steps().values():
        for variant in (step.name, *step.variants):
            known.setdefault(plain_heading(variant), step.key)
    return known


def plain_heading(text: str) -> str:
    """A heading reduced to its words: no number, decoration, tail (续), (二), page number, foreign translation."""
    words = _DECORATION.sub(" ", fold(text)).strip()
    while number := leading_number(words):
        words = words[number.length :]
    if re.search(r"[\u4e00-\u9fff]", words):
        words = _LATIN.sub("", words)
    words = squeeze(words).lower().replace("制订", "制定").replace("拟订", "拟定").strip(".。")
    while (shorter := _TAIL.sub("", words)) != words and shorter:
        words = shorter
    return words


@lru_cache(maxsize=8192)
def step_name(heading: str) -> StepName | None:
    """The step or steps that `heading` names, or None. Only the words count; whether it *is* a heading is not asked."""
    words = plain_heading(heading)
    if not words or len(words) > LONGEST:
        return None
    glued = bare_number(words)
    if glued and (found := _listed(words[glued.length :])):
        return found
    return _named(words)


def _named(words: str) -> StepName | None:
    head, colon, _tail = words.partition(":")
    if colon and len(head) >= 2 and (found := _named(head)):
        return StepName(found.step, found.also, found.sure * 0.9)
    return _listed(words) or _merged(words) or _by_root(words) or _misread(words) or _loosely(words)


def _listed(words: str) -> StepName | None:
    for form in (words, words.replace("qc", "").replace("小组", ""), words.replace("的", ""), words.removeprefix("qc")):
        if step := known_headings().get(form):
            return StepName(step)
    return None


def _merged(words: str) -> StepName | None:
    """现状调查/设定目标, 原因分析及要因确认: every part must name a step by itself."""
    if _GOAL_PART.search(words) and _FEASIBILITY_PART.search(words):
        return StepName("goal-and-feasibility", sure=0.9)
    parts = [part for part in _JOINTS.split(words) if part]
    if len(parts) < 2 or any(len(part) < 2 for part in parts):
        return None
    found = [_part(part) for part in parts]
    steps = tuple(dict.fromkeys(one.step for one in found if one))
    if None in found or len(steps) < 2:
        return None
    return StepName(steps[0], steps[1:], 0.9)


def _part(words: str) -> StepName | None:
    if _ALONE_IN_FRONT.match(words):
        return StepName("overview")
    return _listed(words) or _by_root(words)


def _by_root(words: str) -> StepName | None:
    for pattern, step in _roots():
        if pattern.search(words):
            return StepName(step, sure=0.7)
    return None


@cache
def _gapped_headings() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for known, step in known_headings().items():
        for form in gapped(known):
            found.setdefault(form, set()).add(step)
    return found


def _loosely(words: str) -> StepName | None:
    if len(words) > _LOOSE_LONGEST or re.search(r"\d|报告|材料|发布|公司|小组$|小组.*成果", words):
        return None
    return next((StepName(step, sure=0.4) for pattern, step in _LOOSE if re.search(pattern, words)), None)


@cache
def _roots() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), step) for pattern, step in _ROOTS)


def _misread(words: str) -> StepName | None:
    """One character read wrong by a recogniser, if that leaves only one step."""
    if len(words) < 4:
        return None
    steps = {step for form in gapped(words) for step in _gapped_headings().get(form, ())}
    return StepName(steps.pop(), sure=0.5) if len(steps) == 1 else None
