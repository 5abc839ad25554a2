"""What speaks for and against a number being the value before, the goal, or the value reached.

Each clue is a pattern, the words it is looked for in, and what it adds; the sums are compared in `target`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.fields.mentions import Mention


class Clue(NamedTuple):
    """`where` is a text of `Mention`: before, near, clause, after, sentence."""

    weight: float
    where: str
    pattern: re.Pattern[str]


def weigh(one: Mention, clues: tuple[Clue, ...]) -> float:
    return sum(clue.weight for clue in clues if clue.pattern.search(getattr(one, clue.where)))


def _clue(weight: float, where: str, pattern: str) -> Clue:
    return Clue(weight, where, re.compile(pattern))


_STATE = (
    r"现状|活动前|改进前|改善前|实施前|对策前|攻关前|目前|原来|原有|此前|以前|传统|现有|[平月日年班周]均|以往|当前|优化前|"
    r"研制前|现在|前期"
)
_REACHED = (
    r"(?:活动|改进|改善|实施|对策|攻关|优化|研制)后|实际|实测|完成|现在|检查|效果|巩固|达到|达|"
    r"提高到|提升到|提升至|提高至|降至|降到|降低到|降低至|减少到|减少至|缩短到|缩短至|为|[=＝]"
)
_GOAL = r"目标(?!值?[^,，。:(（]{0,6}图)"
"""目标值柱状图（样板区14.6mm，目标5mm）: the name of a figure sets no goal."""
_POPULATION = r"^(?:中|里|当中)(?!心|间|部)"
"""36段中2段不合格: those that were looked at."""
_ONE_OF_SUM = r"^\)?[×÷+*/]|^-\d"

SETS_IT = (
    _clue(1.5, "near", _GOAL),
    _clue(0.7, "before", _GOAL),
    _clue(1.0, "after", r"^(?:的|以[上下内])?[^,，。]{0,4}目标"),
    _clue(0.6, "after", r"^[)）]?(?:及)?以[上下内]"),
    _clue(
        1.0,
        "near",
        r"(?:提高|提升|达|降|减|减小|缩短|控制|不[得应能]?(?:低于|小于|大于|超过|少于|多于)|≥|≤|>|<|为|到|至|:)"
        r"[到至了在为于]?[^\d]{0,4}$",
    ),
)
"""What says that a number shall be reached, whoever says so."""

GOAL = (
    *SETS_IT,
    _clue(
        -1.8,
        "clause",
        r"要求|规范|标准|合同|历史|同行|先进|经测算|测算(?:得|为|可|达|$)|预计|预测|最好|理论|解决|占|国家|行业|公司规定|"
        r"业主|设计值|允许|借鉴|估算|计算|若|如果|如能|假设|可达|能达|可以达|考核|[累频]|症结|概率|原因|置信|曾|同类|类似|兄弟|某[厂公单]|做到了?$",
    ),
    _clue(
        -0.8,
        "sentence",
        r"^(?:[(（]?\d[)）.、])?(?:依据|理由|论证|可行性|因为|根据以往|据统计|历史|同行|对标|其中|推算|测算)",
    ),
    _clue(-2.2, "before", r"目标[^,，:]{0,6}(?:依据|理由|论证)[^,，:]{0,2}:[^。;]*$"),
    _clue(-1.0, "before", r"(?:[=＝≈×÷]|现状|活动前|[图表第])$"),
    _clue(-2.5, "near", r"(?:现状|活动前|目前)[^,，。\d]{0,12}$|平均[^,，。\d到至≤≥<>不]{0,12}$"),
    _clue(2.0, "before", r"即[^,，。;]{0,24}[=＝]$"),
    _clue(-1.5, "after", r"^[×÷+\-*/=＝]"),
    _clue(-1.0, "near", r"[×÷+\-*/(（]$"),
    _clue(-2.5, "before", r"[(（](?:现|原|改前)[^()（）\d,，]{0,6}$"),
    _clue(-1.0, "before", r"±$"),
    _clue(-1.5, "before", r"(?:附带|次要|辅助|配套|其他)目标[^。;]*$"),
    _clue(-0.8, "before", r"(?:公司|集团|分公司|事业部|厂|业主|监理|总包)[^。;,，]{0,14}(?:目标|指标)[^。;]{0,20}$"),
    _clue(-1.5, "after", _POPULATION),
)

_SUPPOSED = r"若|如果|如能|假[设如]"
ORDER = re.compile(r"指令|下达|会议纪要|通知|任务书|要求|合同|规定")
"""Who set the goal, where it is not the group."""
AS_ORDERED = re.compile(
    r"(?:按|照|依)(?P<whose>[^。;,\n]{2,16}?)值?执行|不再?(?:另|自)行?[设定]|即为[^。;\d]{0,10}(?:指令|要求|下达)"
)
"""That the goal is the one that was given, without saying it again."""
SETS = re.compile(r"目标|[到至达≤≥<>于为]|不[超多少大小高低]|控制|以[上下内]|[=＝:]")
BY_A_SHARE = re.compile(r"(?:提高|提升|增加|降低|下降|减少|缩短|压缩|降|减)了?约?$")
"""工期缩短30%: by how much, not to what."""
RANGE_BEGINS, RANGE_ENDS = re.compile(r"[~～—–-]+\d"), re.compile(r"\d[^\d,，。;、()]{0,3}[~～—–]+$")
"""38~55min, 均值46min: an end of a range is no mean."""
LIST_GOES_ON = re.compile(r"[、和][^\d、,。;]{0,8}\d")
LIST_ENDS = re.compile(r"\d[^\d、,。;]{0,5}[、和][^\d、,。;]{0,8}$")
"""2.6%、2.2%、1.9%: one of a list is seldom the value of the measure."""
BORROWED = re.compile(r"(?:[^做方办]法|技术|工艺|装置|经验|工法)使[^。;]*$")
"""木工模板法使合页孔由6min降到1.5min: what is borrowed did it."""
SUPPOSED = re.compile(_SUPPOSED)
ESTIMATE = re.compile(
    rf"{_SUPPOSED}|剩余|余下|尚余|还剩|解决|消除|经测算|测算[,，:得为可知后]|可以?(?:再?降|减|提|达|缩|少)|[×*]\(?1-|预计|估计|推算|借鉴"
)
"""What a goal or its feasibility is reckoned with; what follows is not the present value."""
RECKONED_FROM = re.compile(r"[-+]\d|[×*]\(?1[-+]")
RECKONED_ON = re.compile(r"[-+×÷*/=(（\d]$")

BEFORE = (
    _clue(-1.5, "after", _POPULATION),
    _clue(0.8, "before", r"共(?:计|发现|发生|出现|查出|检出|有|返修|渗漏)[^\d,，。]{0,6}$"),
    _clue(1.5, "near", rf"(?:{_STATE})[^。;]{{0,22}}$"),
    _clue(0.6, "sentence", r"传统|以往|(?:原有|现有|普通|常规)(?:的?技术|工艺|方法|做法|设备)"),
    _clue(-1.0, "clause", r"^其中"),
    _clue(1.0, "before", r"(?:仅|只有|只|为|是|[=＝]|达|需要?|要|耗时|用时)[^\d]{0,3}$"),
    _clue(2.0, "before", r"[(（](?:现|原|改前)[^()（）\d,，]{0,6}$"),
    _clue(0.5, "before", r"[=＝]$"),
    _clue(0.8, "clause", r"平均|合计|总计|综合|月均|累计平均"),
    _clue(-1.2, "before", r"分别(?:为|是|达)?(?:(?!平均|合计)[^。;]){0,40}$"),
    _clue(
        -1.5,
        "clause",
        r"目标|要求|合同|规范|规定|同行|先进|占|累计(?:频|百|占|$)|频率|相差|差距|可达|可降|可提|解决|预计|测算[得为]|理论|对标|同类|"
        r"类似|兄弟|相邻|其他|借鉴|达到$|标准|报警|预警|警戒|控制值|限值|定额|指标|允许",
    ),
    _clue(
        -1.5,
        "before",
        rf"{_GOAL}(?:(?!现状|活动前|目前)[^,，。;]){{0,16}}$|(?:≥|≤|不低于|不大于|不超过|不小于)[^\d]{{0,2}}$",
    ),
    _clue(-2.5, "clause", r"(?:集团|行业|全国|国内|全?公司)内?(?:平均|先进|最[好低高优])"),
    _clue(-3.0, "before", r"(?:同行|同类|类似|某厂|某公司|其他|兄弟|先进|借鉴|要求|规范|标准|规定|合同)[^。;]{0,16}$"),
)

AFTER = (
    _clue(1.0, "sentence", r"目标"),
    _clue(0.8, "before", rf"(?:{_REACHED})[^。;]{{0,14}}$"),
    _clue(0.8, "before", r"[=＝]$|达到?了?$|为$"),
    _clue(0.8, "before", r"取(?:其中?)?(?:最[大小高低]|平均)[^,，。]{0,4}$"),
    _clue(
        1.0,
        "after",
        r"^[^。]{0,6}(?:超过|超出|高于|优于|低于|小于|大于|好于|实现|完成|比|满足|达到)[^。]{0,12}目标|"
        r"^[^。]{0,10}(?:实现|完成|达到|超过)了?[^。]{0,10}目标",
    ),
    _clue(1.0, "clause", r"合计|总计|平均|汇总|综合|总体|均值|小计|月均"),
    _clue(-1.5, "before", r"目标值?[^,，。]{0,4}$"),
    _clue(-1.2, "before", r"分别(?:为|是|达)?(?:(?!平均|合计)[^。;]){0,40}$"),
    _clue(-2.0, "clause", r"巩固"),
    _clue(-1.5, "after", _POPULATION),
    _clue(-2.0, "clause", r"(?:活动|改进|改善|实施|对策|攻关|优化|研制|应用)(?:之)?前|现状|目前|原|传统|基期"),
    _clue(-1.5, "before", r"(?:规范|规定|标准|合同|要求|允许)[^,，。]{0,10}$"),
)

SIDE_RESULT = _clue(
    -1.5,
    "clause",
    r"^其中|症结|占|累计(?:频|百|占|$)|频率|要因|缺陷|节约|对策|投入|增加了|提高了|降低了|减少了|相差|差距",
)
"""The symptom, a cause, money: less so where the goal is named right behind."""
BOUND = re.compile(r"控制|≤|<|不[超大高多]|小于|低于|以内")
"""A goal that no single value may pass: then the greatest one tells whether it was reached."""
WHOLE = re.compile(r"合计|总计|汇总|综合|总体")
RATE = re.compile(r"平均|[月日周季年班]均|每")
"""4.8次 a month is told as 月均4.8次."""
EXTREME = re.compile(r"(?<!取)(?<!取其)最[大小高低长短好差][^,，。]{0,4}$")
EQUATION = (_clue(-3.0, "after", _ONE_OF_SUM), _clue(-3.0, "before", r"[×÷+*/(（]$"))
"""A number inside a calculation is not its result."""
DIFFERENCE = re.compile(
    r"(?:少|多|多得|少得|高|低|提前|缩短|超过?|超出|提高|提升|增加|增长|降低|下降|减少|减小|上升)了?约?$"
)
"""比目标少 1d, 提高了 5 %: how far it moved, not where it is."""
COMPARED = re.compile(r"(?:超过|超出|超)$")
GOAL_NAMED = re.compile(r"目标[^,，。]{0,12}$|(?:超过|高于|低于|优于|大于|小于|比)[^,，。]{0,14}$")
"""The goal said once more beside the result."""
GOAL_BEHIND = re.compile(r"^(?:以[内上下])?[^,，。]{0,6}目标")
