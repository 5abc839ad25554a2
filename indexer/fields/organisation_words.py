"""How units and groups are named, apart or run together: 某某冶建有限公司第三分公司铁臂QC小组.

A unit is a company (a works, a bureau, an institute) and, written behind it, the part of it that the group belongs to.
The group's own name stands last; a group without one is named after its department (教学楼项目部QC小组).
"""

from __future__ import annotations

import re

from indexer.fields.title_words import begins_like_a_title
from indexer.numbering import leading_number
from indexer.wording import fold, squeeze

_COUNT = "[一二三四五六七八九十0-9]"
_HOUSE = (
    r"公司|集团|总厂|厂(?![房区内外前商家址界])|工程局|公路局|铁路局|水利局|供电局|指挥部|[铁铜金煤]矿(?![石粉山井物渣区产])|学院(?!路)|"
    r"研究总?院|设计总?院|勘察院|"
    rf"{_COUNT}局|(?:工务|电务|车辆|机务|供电|房建|桥工|工电)段|(?:工程|安装|机电|建设)处|{_COUNT}处|车间"
)
"""Ends of a body that has a name of its own."""
_PART = (
    r"公司|项目(?:经理|管理|工程)?部|(?:事业|管理|检修|技术|工程|设备|机动|生产|质量|安全|运营|经营|监理|能源|动力|维修|维保|保全|作业|施工|保障|"
    r"运行|点检|动力|制造)部|指挥部|分[场部]|[\u4e00-\u9fff]{2}班(?!组)|(?:配电|变电|钢轧|设计)所|车间|厂(?![房区内外前商家址界])|作业区|工区|工段|班组|中心|实验室|研究所|研究院|"
    rf"设计院|分院|分局|总队|支队|大队|(?:第|[\u4e00-\u9fff]{{2}}){_COUNT}[处队局区部段科班]|"
    r"(?:工程|安装|机电|机动|设备|管理|建设|道路|桥梁|施工|技术|质量|土建|电气|筑炉|检修|工务|电务|试验|维修)"
    r"(?:处|队|科|站|所|室|段)"
)
"""Ends of a department, sure enough to be told inside a run of words."""
_UNIT = re.compile(
    rf"[^。；;，,：:“”\"]{{2,40}}?(?:{_HOUSE}|局|院|大学|学院|矿|站|所|队|处|中心|{_PART}|基地|码头)"
    r"|[^。；;，,：:“”\"]{2,30}?(?:公司|集团|厂|局)[^。；;，,：:“”\"]{2,20}(?:[部处科室队站所段区班场]|(?<!小)组)"
)
_ENDS_A_UNIT = re.compile(rf"(?:{_HOUSE}|{_PART})$")
_FIRST = re.compile(rf"[^。；;，,：:“”\"]{{2,30}}?(?:{_HOUSE})")
_PART_ALONE = re.compile(
    rf"(?:第?{_COUNT}{{1,3}}[^公]{{0,6}}公司|[^公司]{{0,8}}分公司|[^公司]{{2,14}}(?:部|处|队|厂|车间|作业区|工区|中心))"
)
_GROUP_END = re.compile(r"(?:QC\s*活动|QCC?|TQC|质量管理|品管)?\s*(?:活动)?(?:小组|圈)$", re.I)
_NO_NAME = re.compile(
    rf"$|项目|工程|改造|扩建|新建|医院|学校|[房楼区线段标桥路站的及和与)）]|第?{_COUNT}+(?:期|标|号|#)|\d+#|QC"
)
"""What cannot begin a group's name and so belongs to the words before it."""
_NO_GROUP = re.compile(r"^(?:本|我|该|各|我们|优秀|活动|课题|攻关|全国|参加|QC|成立)?$")
_AWARDING = re.compile(r"全国|协会|行业|[省市]|系统|年度|第.{1,3}届")
_REPORT = r"(?:活动|课题)*(?:成果|发布|汇报|申报|交流)(?:成果|报告|发布|汇报|材料|资料|书|稿|PPT|申报|交流|文本|表)*$"
_UNIT_REPORT = re.compile(rf"(?:(?:19|20)\d\d年?度?)?(?:优秀|创新型?)?(?:QC|质量管理)?(?:小组)?{_REPORT}", re.I)
_GROUP_REPORT = re.compile(rf"(?<=[组圈]){_REPORT}", re.I)
_QUOTED = re.compile(r"(?P<part>[^\"“”「」]{2,20})(?P<name>[\"“「][^\"“”「」]{1,16}[\"”」])$")
_DATE = re.compile(r"[(（]?(?:(?:19|20)\d\d[年./\-]|二[〇○零OO0一二三四五六七八九\d]{3}年).{0,12}$")
_LABEL = re.compile(r"^(?:编制|执笔|发布|制作|撰写|汇报)人?:")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]$")


def bare(text: str) -> str:
    """A name without blanks between its characters, label, stamp, dashes and closing punctuation."""
    words = " ".join(text.split())
    words = re.sub(r"^(?:单位|小组|QC小组)(?:名称)?\s*[:：]\s*", "", words)
    words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", words)
    words = re.sub(r"\s*[(（](?:盖章|公章|签章|章)[)）]$", "", words)
    return words.strip(" ：:;；,，。—－–-_·|")


def is_unit(text: str) -> bool:
    """Whether the whole text names an organisation."""
    return bool(_UNIT.fullmatch(squeeze(text)))


def is_part(text: str) -> bool:
    """Whether the text names a department alone, as the second line of a unit does: 第三工程公司, 炼钢项目部."""
    return bool(_PART_ALONE.fullmatch(squeeze(text)))


def is_group(text: str) -> bool:
    """Whether the whole text names a group."""
    words = squeeze(text)
    end = _GROUP_END.search(words)
    if end is None or len(words) > 40 or re.search("[。；;:：，,]|[与和及]小组$", words) or leading_number(words):
        return False
    return not _NO_GROUP.match(words[: end.start()])


def unit_in(line: str) -> str:
    """The unit that a line of the cover names, beside a date or the kind of report; empty if none."""
    for words in (bare(line), bare(_DATE.sub("", squeeze(line))), bare(_UNIT_REPORT.sub("", squeeze(line)))):
        if len(words) >= 4 and is_unit(words):
            return words
    return ""


def group_in(line: str) -> str:
    """The group that a line of the cover names, beside a date, a number or the kind of report; empty if none."""
    words = bare(line)
    if is_group(words):
        return words
    words = squeeze(words)
    for shorter in (bare(_DATE.sub("", words)), bare(_BRACKET.sub("", words)), bare(_LABEL.sub("", words))):
        if shorter != words and is_group(shorter):
            return shorter
    shorter = _GROUP_REPORT.sub("", words)
    if is_group(shorter) and not _AWARDING.search(shorter) and not is_unit(_GROUP_END.sub("", shorter)):
        return shorter
    return ""


def unit_and_group(text: str) -> tuple[str, str] | None:
    """Both, where one line names them one after the other: cut behind the last department that leaves a name."""
    if apart := _set_apart(text):
        return apart
    words = bare(_DATE.sub("", bare(text)))
    folded = fold(words)
    if len(folded) != len(words):
        words = folded  # what is cut must be what was searched
    end = _GROUP_END.search(folded)
    if not end or len(folded) > 80 or re.search("[。；;:：]", folded):
        return None
    whole = folded[: end.start()]
    first = _FIRST.search(whole)
    if not first:
        return _part_and_group(words, whole)
    for cut in range(len(whole), first.end() - 1, -1):
        unit, name = whole[:cut].strip(), whole[cut:].strip()
        if _ENDS_A_UNIT.search(unit) and len(name) >= 2 and not _NO_NAME.match(name):
            return words[:cut].strip(), words[cut:].strip()
    return None


def _set_apart(text: str) -> tuple[str, str] | None:
    """沱江冶金建设公司机装处 冷静QC小组: the writer's own blank parts the two."""
    parts = text.split()
    while len(parts) > 2 and (_DATE.match(parts[-1]) or squeeze(parts[-1]).upper() in {"QC", "小组", "QC小组"}):
        last = parts.pop()
        parts[-1] += "" if _DATE.match(last) else last
    unit, name = bare(" ".join(parts[:-1])), bare(parts[-1]) if parts else ""
    if len(unit) < 6 or not is_group(name) or not is_unit(unit) or begins_like_a_title(unit):
        return None
    return unit, name


def _part_and_group(words: str, whole: str) -> tuple[str, str] | None:
    """炼铁作业部“顺风”QC小组: a department, and a name in quotes."""
    match = _QUOTED.fullmatch(whole)
    if not match or not is_part(match["part"]):
        return None
    return words[: match.end("part")].strip(), words[match.end("part") :].strip()


def is_company(text: str) -> bool:
    """Whether the text names a body that has a name of its own and no department of it."""
    words = squeeze(text)
    first = _FIRST.match(words)
    return first is not None and first.end() == len(words) and not is_part(words)
