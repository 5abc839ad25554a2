"""How titles of topics are worded: 提高…合格率, 降低…, 研制…, …质量控制."""

from __future__ import annotations

import re

from indexer.wording import squeeze

_VERB = re.compile(
    r"(?:提高|提升|降低|减少|减小|缩短|控制|确保|保证|增加|改善|优化|研究|研制|研发|开发|创新|解决|消除|攻克|实现|"
    r"基于|加快|防止|杜绝|延长|节约|应用|运用|利用|采用|探索|设计|推广|新型|强化|改进|攻关|规范|提前|压缩|避免|"
    r"预防|根治|治理|完善|创建|构建|建立|搭建|打造|突破|减轻|缩小|加强|改造|制作|发明)"
)
_VERB_END = re.compile(
    r"(?:研制|研发|研究|开发|创新|的应用|应用|质量控制|攻关|优化|改进|的设计|设计|控制|方法|装置|平台|系统|工装|台车|机具)$"
)
_QUOTES = "“”\"'‘’《》〈〉「」『』【】[]"
_REPORT = re.compile(
    r"(?:QC|质量管理)?(?:小组)?(?:活动)?(?:成果|发布|课题)?(?:报告书?|成果|材料|汇报|发布)(?:书|材料)?$|"
    r"^(?:QC|质量管理)小组活动|成果(?:报告|发布|汇报|材料)",
    re.I,
)
_KIND = re.compile(
    r"\s*[(（](?:(?:自主|课题|类型)?[^()（）]{0,4}型(?:课题|成果)?|[^()（）]{0,6}(?:课题|成果|目标|报告|材料|稿|版))[)）]$"
)
"""（创新型课题）, （阶段性成果） behind a title say what kind of report it is."""


_LESS = re.compile(r"降低|减少|减小|缩短|消除|压缩|缩小|减轻")
_MORE = re.compile(r"提高|提升|增加|延长|确保")


def wants_less(title: str) -> bool | None:
    """Whether the number shall fall; None where the title does not say."""
    if _LESS.search(title):
        return True
    return False if _MORE.search(title) else None


def begins_like_a_title(text: str) -> bool:
    """With what the group did."""
    return bool(_VERB.match(squeeze(text).strip(_QUOTES)))


def ends_like_a_title(text: str) -> bool:
    return bool(_VERB_END.search(squeeze(text)))


def names_the_report(text: str) -> bool:
    """QC小组活动成果报告 says what the document is, not what it is about."""
    return bool(_REPORT.search(squeeze(text)))


def is_kind(text: str) -> bool:
    """（创新型课题） alone on its line."""
    return bool(_KIND.fullmatch(text.strip()))


def clean_title(text: str) -> str:
    """Without quotes, label, kind of topic and trailing 'QC成果报告'."""
    words = " ".join(text.split()).strip(_QUOTES + " :：—-")
    words = re.sub(r"^(?:QC)?(?:活动|小组)?(?:课题|主题|题目)(?:名称)?\s*[:：]\s*", "", words)
    if begins_like_a_title(words):
        words = re.sub(r"[\s\-—_]*(?:QC|质量管理)?小组(?:活动)?(?:成果)?(?:报告|发布|汇报)?(?:书|材料)?$", "", words)
    words = re.sub(r"[\s\-—_]*(?:QC)?(?:活动)?成果(?:报告|发布|汇报|材料)(?:书)?$", "", words)
    words = _KIND.sub("", words)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", words).strip(_QUOTES + " 。，；.")
