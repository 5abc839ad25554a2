"""What is measured: its name in the title or in the sentence that sets the goal, and how words tell of it."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.fields.mentions import Mention
from indexer.fields.numbers import unit_kind
from indexer.fields.tables import role, without_role
from indexer.wording import squeeze

_ENDS = (
    "合格率|优良率|达标率|率|数|时间|用时|耗时|时长|工期|周期|成本|量|值|度|次数|精度|偏差|误差|效率|工效|费用|速度|长度|"
    "寿命|强度|耗|功率|能耗|用工|人数|人工|间隙|温差|温度|面积|比例|浓度|噪声|噪音|压力|得分|分数|满意度|系数|高差|变形|沉降|"
    "压降|金额|用量|频次|频率|评分|浓度|寿命|错台|渗漏|裂缝|缺陷|返工|损耗|损失|流量|振动|位移|处数|点数|天数|产量|产能|占比|分"
)
_VERBS = re.compile(
    r"^(?:提高|提升|降低|减少|减小|缩短|控制|确保|保证|增加|改善|优化|加快|延长|节约|实现|基于|研究|研制|研发|开发|消除)"
)
_MEASURE = re.compile(rf"[^,，。;；:：“”\"、]*?(?:{_ENDS})(?=$|由|从|[^\u4e00-\u9fff])")
_BESIDE = re.compile(rf"(?:{_ENDS})(?P<tells>(?:平均|均|仅仅?|只有?|为|是|达到?|约|共|值|[=＝:]|\s)*)$")
_SAME_WORDS = (("用时", "时间"), ("耗时", "时间"), ("时长", "时间"), ("噪音", "噪声"))
_NEGATED = re.compile(r"[不未](?:合格|达标|及时|通过|符合|优良)")
"""不合格率 is not the 合格率 that stands inside it."""
_KINDS = (
    ("share", re.compile(r"(?<![效功频])率$|占比$|比例$")),
    ("time", re.compile(r"(?:时间|工期|周期|用时|耗时|时长|天数)$")),
    ("money", re.compile(r"(?:成本|费用|造价|金额|损失)$")),
    ("count", re.compile(r"(?:次数|数量|点数|件数|处数|条数|根数|人数|起数)$")),
    ("length", re.compile(r"(?:偏差|高差|误差|沉降|沉降量|变形量?|错台量?|平整度|垂直度|间隙|位移量?|跑偏量|上浮量)$")),
    ("temperature", re.compile(r"(?:温差|温度|温升)$")),
)


def measure_of_title(title: str) -> str:
    """提高炉壳环缝焊接一次合格率 → 炉壳环缝焊接一次合格率; empty where the title does not say what was moved."""
    words = re.sub(r"(?:的)?(?:研究|实践|应用|攻关|控制)$", "", squeeze(title))
    return _VERBS.sub("", words) if _VERBS.match(words) else ""


def counted(title: str) -> str:
    """What the title's measure counts: 减少…超差槽数 → 槽; empty if it counts nothing."""
    match = re.search(r"([^次人点参])数量?$", measure_of_title(title))
    return match[1] if match else ""


def measure_of_goal(goal: Mention, title: str) -> str:
    """The name of what is measured: from the sentence or the cell that sets the goal, else from the title."""
    of_title = measure_of_title(title)
    if kind_of_measure(of_title) and kind_of_measure(of_title) == unit_kind(goal.unit):
        return of_title
    for head in (goal.row, goal.column):
        words = re.sub(r"[(（][^)）]*[)）]|/[A-Za-z%\u4e00-\u9fff]+$", "", without_role(head)).strip()
        if words and not role(words) and _MEASURE.fullmatch(words) and len(words) >= 2 and words not in {"数值", "值"}:
            return _longer(words, of_title)
    lead = goal.before
    if goal.move_from is not None:
        lead = (
            re.split(r"(?<!理)由|从", lead)[0]
            if re.search(r"由|从", lead)
            else lead[: lead.rfind(f"{goal.move_from:g}")]
        )
    for part in reversed(re.split(r"[,，。;；:：]", lead)):
        words = _trim(part)
        if not 2 <= len(words) <= 30 or _says_nothing(words):
            continue
        if _MEASURE.match(words) or goal.move_from is not None or words[-2:] == of_title[-2:]:
            return _longer(words, of_title)
    return of_title if _MEASURE.fullmatch(of_title) else (of_title if len(of_title) >= 4 and goal.unit == "%" else "")


def words_before(clause: str) -> str:
    """What a clause that ends in a number speaks of, whether or not it is called like a measure: 含水率极差."""
    words = _trim(re.split(r"(?<!理)[由从][^\d]{0,8}\d", clause)[0])
    return words if 3 <= len(words) <= 20 and not _says_nothing(words) and "目标" not in words else ""


def kind_of_measure(name: str) -> str:
    """The kind of unit that a name asks for (see `numbers.unit_kind`); empty if it does not tell."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "")


def measure_beside(words: str) -> str:
    """The words before a number as far as what is measured, empty if they do not end so: 平均用时, 一次合格率[为]."""
    match = _BESIDE.search(words)
    return words[: match.start("tells")] if match else ""


def shared(names: tuple[str, ...], text: str) -> float:
    """How much of a name of the measure stands in `text`, 0 to 1, by pairs of characters; its end counts most."""
    return max((_shared_by(name, text) for name in names if len(name) >= 2), default=0.0) if text else 0.0


@lru_cache(maxsize=20000)
def _shared_by(name: str, text: str) -> float:
    text, name = _one_word(squeeze(text)), _one_word(name)
    if name in text:
        return 1.0
    least = 0.5 if name[-3:] in text[-12:] else 0.0
    tail = name[-8:]
    pairs = {tail[n : n + 2] for n in range(len(tail) - 1)}
    return max(least, 0.9 * sum(pair in text for pair in pairs) / len(pairs))


def _one_word(text: str) -> str:
    for word, same in _SAME_WORDS:
        text = text.replace(word, same)
    return _NEGATED.sub("不良", text)


def _says_nothing(words: str) -> bool:
    if (
        words in {"数值", "现状", "现状值", "值", "指标"}
        or re.search(r"目标值?$|(?:指令|要求|规定|考核)值?$", words)
        or re.search(r"\d\s*[年月日]|^自?\d+年", words)
    ):
        return True
    return bool(re.match(r"\d(?!\d{0,3}(?:号|#|座|台|m|t|\u3000))", words))


def _longer(said: str, of_title: str) -> str:
    """合格率 alone says less than the title's 炉壳环缝焊接一次合格率."""
    same_end = bool(_MEASURE.fullmatch(of_title)) and said[-2:] == of_title[-2:]
    return of_title if same_end or (len(said) <= 6 and said in of_title) else said


def _trim(part: str) -> str:
    words = re.sub(r"\([^()]*\)", "", squeeze(part))
    words = re.sub(r"^(?:\(?\d{1,2}\)|\d{1,2}[.、)])+", "", words)
    words = re.sub(r"^.*?(?:目标(?:值|是|为|定为|设定为|确定为|[一二三四\d])*[:：]?|将|使|把)(?=.{2})", "", words)
    words = re.sub(r"^(?:本次|本课题|小组|课题|的|是|为|即|确定|设定|在|通过|到|以往|过程中)+", "", words)
    words = _VERBS.sub("", words)
    words = re.sub(r"[约±]?\d+(?:\.\d+)?[^\d]{0,3}$", "", words)
    words = re.sub(
        r"(?:提高|提升|降低|降|减少|减小|缩短|控制|达|不低于|不大于|不超过|不小于|不多于|不少于|保持|稳定|为|应|要|需|均|平均|"
        r"必须|≥|≤|±|在|到|至|[<>=])+$",
        "",
        words,
    )
    return re.sub(r"(?:提高|提升|降低|减少|减小|缩短|控制|达|[由从])[到至在]?$", "", words)
