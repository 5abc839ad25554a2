"""The title of the topic, the group, its unit, the project and the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.draft import Draft, Text
from indexer.fields.dates import read_date, read_period, read_years
from indexer.fields.found import Found, place
from indexer.fields.labels import Label, all_of, label_field
from indexer.splitter import COVER, Passage
from indexer.step_names import step_name
from indexer.wording import fold, squeeze

_VERB = re.compile(
    r"^(?:提高|提升|降低|减少|缩短|控制|确保|保证|增加|改善|优化|研究|研制|研发|开发|创新|解决|消除|攻克|实现|"
    r"基于|加快|防止|杜绝|延长|节约|应用|探索|设计|推广|新型|强化|改进|攻关|规范|提前|压缩|避免|预防|根治|"
    r"治理|完善)"
)
_VERB_END = re.compile(r"(?:研制|研发|研究|开发|创新|的应用|质量控制|攻关|优化|改进|的设计|控制|方法|装置|平台|系统)$")
_REPORT = re.compile(
    r"(?:QC|质量管理)?(?:小组)?(?:活动)?(?:成果|发布|课题)?(?:报告书?|成果|材料|汇报|发布)(?:书|材料)?$|"
    r"^(?:QC|质量管理)小组活动|成果(?:报告|发布|汇报|材料)",
    re.I,
)
_GROUP = re.compile(r"^[^。；;:：]{1,40}?(?:QC\s*小组|质量管理小组|QCC?\s*圈|品管圈|小组|圈)$", re.I)
_UNIT = re.compile(
    r"^[^。；;，,：:]{2,36}?(?:公司|集团|分公司|子公司|项目部|工程局|局|研究院|设计院|院|总厂|厂|车辆段|"
    r"工务段|电务段|段|中心|车间|医院|大学|学院|矿|站|所|队|处|作业区|工区|分厂|机务段|供电段|电站|码头|班组|"
    r"实验室|基地|事业部|项目经理部|指挥部|管理所)$"
)
_UNIT_AND_GROUP = re.compile(
    r"(?P<unit>[^。；;，,：:“”\"]{2,30}?(?:有限公司|分公司|子公司|公司|集团|总厂|工程局|"
    r"[一二三四五六七八九十]局|研究院|设计院|[^队厂]厂(?![^小]{0,16}(?:工程|项目|期))|车辆段|车间))"
    r"\s*(?P<group>[“\"]?(?!(?:QC|质量管理)?\s*小组)[^。；;，,：:]{2,30}(?:QC\s*小组|质量管理小组|小组|圈))"
)
_QUOTES = "“”\"'‘’《》〈〉「」『』【】[]"
_SAID_TITLE = re.compile(
    r"(?:课题(?:名称)?|题目|主题)(?:确定|选定|定|命名|选择|拟定)?(?:为|是|"
    r":)\s*:?\s*[“\"《「【]?(?P<title>[^。；;”\"》」】\n]{6,60})"
)


@dataclass(frozen=True)
class _Line:
    text: str
    size: float
    page: int | None
    centered: bool


def title(labels: Sequence[Label], passages: Sequence[Passage], draft: Draft) -> Found[str] | None:
    """As labelled, else the largest line of the cover, else as said when the topic was chosen, else file properties."""
    ways = [
        *(_from_label(found) for found in all_of(labels, "topic_title")),
        _on_cover(draft),
        _as_said(passages),
        _from_properties(draft),
    ]
    return max((way for way in ways if way), key=lambda found: found.confidence, default=None)


def group(labels: Sequence[Label], draft: Draft, passages: Sequence[Passage]) -> Found[str] | None:
    for found in all_of(labels, "group_name"):
        name = _bare(found.value)
        if parts := _UNIT_AND_GROUP.fullmatch(name):
            name = _bare(parts["group"])
        if 1 < len(name) <= 40 and not label_field(name):
            return Found(_fuller_group(name, draft), found.where, found.quote, found.confidence)
    for line in _cover(draft):
        if _GROUP.match(squeeze(line.text)) and not _names_a_step(line.text):
            return Found(_bare(line.text), place(COVER, line.page), line.text, 0.85)
    pattern = re.compile(
        r"([“\"「]?[^。，,；;：:\s“\"「]{2,24}[”\"」]?\s*(?:QC|质量管理)\s*小组)(?:成立|组建|于|由|是|共|现有)"
    )
    for passage in passages:
        if passage.step in {"preface", "overview", "group", "topic-selection"} and (
            match := pattern.search(passage.text)
        ):
            return Found(_bare(match[1]), place(passage.heading), match[0], 0.6)
    return None


def unit(labels: Sequence[Label], draft: Draft) -> Found[str] | None:
    """The organisation that the group belongs to."""
    found = [one for one in all_of(labels, "unit") if 2 <= len(_bare(one.value)) <= 60 and not label_field(one.value)]
    strong = [one for one in found if _UNIT.match(squeeze(_bare(one.value)))]
    if strong:
        return Found(_bare(strong[0].value), strong[0].where, strong[0].quote, strong[0].confidence)
    for line in _cover(draft):
        if _is_unit(line.text) and not _names_a_step(line.text) and len(line.text) >= 4:
            return Found(_bare(line.text), place(COVER, line.page), line.text, 0.8)
    for one in all_of(labels, "group_name"):
        if parts := _UNIT_AND_GROUP.fullmatch(_bare(one.value)):
            return Found(_bare(parts["unit"]), one.where, one.quote, 0.6)
    return Found(_bare(found[0].value), found[0].where, found[0].quote, 0.6) if found else None


def _is_unit(text: str) -> bool:
    """An organisation; a title may end like one (研发…智能绑扎工作站) but begins with what the group did."""
    words = squeeze(text)
    return bool(_UNIT.match(words)) and not _VERB.match(words)


def _names_a_step(text: str) -> bool:
    name = step_name(text)
    return name is not None and name.sure >= 0.7


def project(labels: Sequence[Label]) -> Found[str] | None:
    for found in all_of(labels, "project"):
        if 3 < len(found.value) <= 80:
            return Found(_bare(found.value), found.where, found.quote, found.confidence)
    return None


def period(labels: Sequence[Label], passages: Sequence[Passage], draft: Draft) -> Found[str] | None:
    """The time of the activity as an ISO interval."""
    for found in all_of(labels, "activity_period", "activity_cycle"):
        if value := read_period(found.value):
            return Found(value, found.where, found.quote, found.confidence)
    for line in _cover(draft):
        if value := read_period(line.text):
            return Found(value, place(COVER, line.page), line.text, 0.8)
    for passage in passages:
        if passage.step in {"group", "plan", "preface", "overview", "topic-selection"}:
            for sentence in re.split(r"[。\n；;]", passage.text):
                if "活动" in sentence and (value := read_period(sentence)):
                    return Found(value, place(passage.heading), sentence, 0.6)
    return None


def year(
    when: Found[str] | None, labels: Sequence[Label], passages: Sequence[Passage], draft: Draft
) -> Found[int] | None:
    """The year of the result: when the activity ended, else the date of the cover, else the registration."""
    if when:
        return Found(int(when.value.split("/")[1][:4]), when.where, when.quote, when.confidence)
    for line in _cover(draft):
        if date := read_date(line.text):
            return Found(int(date[:4]), place(COVER, line.page), line.text, 0.8)
    for found in all_of(labels, "activity_period", "topic_reg_date", "topic_reg_no", "group_reg_no"):
        if years := re.findall(r"(?<!\d)(20[0-3]\d|199\d)(?!\d{3})", fold(found.value)):
            return Found(int(years[-1]), found.where, found.quote, 0.7)
    for steps in (
        {"results"},
        {"implementation"},
        {"summary", "consolidation", "standardization"},
        {"current-state", "topic-selection"},
    ):
        years_said = [one for passage in passages if passage.step in steps for one in read_years(passage.text)]
        if years_said:
            most = max(set(years_said), key=lambda one: (years_said.count(one), one))
            return Found(most, "正文", f"{most}年", 0.5)
    return None


def _from_label(found: Found[str]) -> Found[str] | None:
    value = clean_title(found.value)
    if not 4 <= len(value) <= 80 or label_field(value):
        return None
    return Found(value, found.where, found.quote, found.confidence)


def clean_title(text: str) -> str:
    """Without quotes, label, numbering of the report kind and trailing 'QC成果报告'."""
    words = " ".join(text.split()).strip(_QUOTES + " :：—-")
    words = re.sub(r"^(?:QC)?(?:活动|小组)?(?:课题|主题|题目)(?:名称)?\s*[:：]\s*", "", words)
    words = (
        re.sub(r"[\s\-—_]*(?:QC|质量管理)?小组(?:活动)?(?:成果)?(?:报告|发布|汇报)?(?:书|材料)?$", "", words)
        if _VERB.match(words)
        else words
    )
    words = re.sub(r"[\s\-—_]*(?:QC)?(?:活动)?成果(?:报告|发布|汇报|材料)(?:书)?$", "", words)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", words).strip(_QUOTES + " 。，；.")


def _cover(draft: Draft) -> Iterator[_Line]:
    """Lines before the first heading of a step, at most the first 25; unit and group on one line are two."""
    for line in _cover_lines(draft):
        if parts := _UNIT_AND_GROUP.fullmatch(line.text):
            yield replace(line, text=parts["unit"].strip())
            yield replace(line, text=parts["group"].strip())
        else:
            yield line


def _cover_lines(draft: Draft) -> Iterator[_Line]:
    lines = 0
    for block in draft.blocks:
        if not isinstance(block, Text):
            if lines:
                return
            continue
        if block.role in {"toc", "header", "footer", "notes"}:
            continue
        for text in block.text.split("\n"):
            if not text.strip():
                continue
            named = step_name(text)
            if lines >= 25 or len(text) > 90 or (named and named.sure >= 0.9):
                return
            lines += 1
            yield _Line(text.strip(), block.size or 0.0, block.page, block.centered)


def _on_cover(draft: Draft) -> Found[str] | None:
    """The line of the cover that reads most like a title; a title set on two lines is joined."""
    lines = list(_cover(draft))
    best: tuple[float, str, _Line] | None = None
    for n, line in enumerate(lines):
        for text in (line.text, _joined(lines, n)):
            value = clean_title(text)
            if not 5 <= len(value) <= 70 or label_field(value) or _REPORT.search(squeeze(value)):
                continue
            score = _reads_like_a_title(value, line)
            if score >= 1 and (best is None or score > best[0]):
                best = (score, value, line)
    if best is None:
        return None
    return Found(best[1], place(COVER, best[2].page), best[1], 0.85 if best[0] >= 3 else 0.6)


def _joined(lines: Sequence[_Line], n: int) -> str:
    if _is_unit(lines[n].text) or _GROUP.match(squeeze(lines[n].text)):
        return lines[n].text
    if n + 1 < len(lines) and lines[n].size == lines[n + 1].size and lines[n].centered == lines[n + 1].centered:
        follower = lines[n + 1].text
        if not _VERB.match(follower) and not _GROUP.match(squeeze(follower)) and not _UNIT.match(squeeze(follower)):
            return lines[n].text + follower
    return lines[n].text


def _reads_like_a_title(value: str, line: _Line) -> float:
    words = squeeze(value)
    if re.search(r"[。；]|^\d|公司$|小组$|项目部$|[:：]", words) or read_date(value):
        return 0
    score = 2.0 if _VERB.match(words) else 1.5 if _VERB_END.search(words) else 0.0
    score += 1.0 if line.size >= 18 else 0.0
    score += 0.5 if line.centered else 0.0
    score += 0.01 * line.size + 0.01 * min(len(words), 40)
    return score - (1.5 if _is_unit(value) else 0)


def _as_said(passages: Sequence[Passage]) -> Found[str] | None:
    for passage in passages:
        if "topic-selection" in (passage.step, *passage.also) or passage.step in {"preface", "overview", "group"}:
            for match in _SAID_TITLE.finditer(fold(passage.text)):
                value = clean_title(match["title"])
                if _VERB.match(value) or _VERB_END.search(value):
                    return Found(value, place(passage.heading), match[0], 0.7)
    return None


def _from_properties(draft: Draft) -> Found[str] | None:
    value = clean_title(draft.properties.get("title", ""))
    if 6 <= len(value) <= 70 and (_VERB.match(value) or _VERB_END.search(value)):
        return Found(value, "文件属性", value, 0.5)
    return None


def _bare(text: str) -> str:
    """A name without blanks between its characters, label or closing punctuation."""
    words = " ".join(text.split())
    words = re.sub(r"^(?:单位|小组|QC小组)(?:名称)?\s*[:：]\s*", "", words)
    words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", words)
    return words.strip(" ：:;；,，。")


def _fuller_group(name: str, draft: Draft) -> str:
    """铸脊 in the table and 铸脊QC小组 on the cover are one name; the fuller one is kept."""
    if squeeze(name).endswith(("小组", "圈")):
        return name
    for line in _cover(draft):
        words = _bare(line.text)
        if words.startswith(name) and _GROUP.match(squeeze(words)):
            return words
    return name
