"""When the activity took place, and the year of its result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.draft import Draft
from indexer.fields.cover import cover_lines
from indexer.fields.dates import possible_year, read_date, read_period, read_years
from indexer.fields.found import Found, place
from indexer.fields.labels import Label, all_of
from indexer.splitter import COVER, Passage
from indexer.wording import fold, unwrapped

_EARLY = {"group", "plan", "preface", "overview", "topic-selection"}
_OTHER_DATE = re.compile(r"上传|下载|浏览|更新|成立|注册|登记|开工|竣工|开始|[，。；,;]")
"""A line of the cover with one of these tells another date, or is a sentence."""
_OF_OTHERS = re.compile(r"工期|开工|竣工|施工期|合同")
"""Dates of the project, not of the activity."""
_YEAR_OF_RESULT = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?度?.{0,16}(?:成果|QC|质量管理|小组活动)", re.I)


def period(labels: Sequence[Label], passages: Sequence[Passage], draft: Draft) -> Found[str] | None:
    """The time of the activity as an ISO interval."""
    for found in all_of(labels, "activity_period", "activity_cycle"):
        wrapped = re.sub(r"(?<=\d)\s+(?=\d)", "", found.value)  # a cell of a PDF breaks 2024 into 202 4
        if value := read_period(found.value) or read_period(wrapped):
            return Found(value, found.where, found.quote, found.confidence)
    for line in cover_lines(draft):
        if value := read_period(line.text):
            return Found(value, place(COVER, line.page), line.text, 0.8)
    for passage in passages:
        if passage.step in _EARLY:
            for sentence in re.split(r"[。\n；;]", unwrapped(passage.text)):
                value = (read_period(sentence) or _begun_and_ended(sentence)) if "活动" in sentence else None
                if value:
                    return Found(value, place(passage.heading), sentence, 0.6)
    for passage in passages:
        if passage.step == "group":
            for sentence in re.split(r"[。\n；;]", unwrapped(passage.text)):
                value = None if _OF_OTHERS.search(sentence) else read_period(sentence) or _begun_and_ended(sentence)
                if value:
                    return Found(value, place(passage.heading), sentence, 0.5)
    return None


def _begun_and_ended(sentence: str) -> str | None:
    """2019年3月4日开展活动，2019年12月20日结束."""
    begun = re.search(r"(?:开展|开始|启动|起)", sentence)
    ended = re.search(r"(?:结束|完成|为止|终止|截止|止$)", sentence)
    if not begun or not ended or begun.start() > ended.start():
        return None
    start, end = read_date(sentence[: begun.end() + 12]), read_date(sentence[begun.end() : ended.end() + 16])
    return f"{start}/{end}" if start and end and start[: len(end)] <= end else None


def _dates_the_report(line: str) -> bool:
    """A date alone, behind a label, or at the end of a line that names someone."""
    ends = re.search(r"[年月日号曰0-9〇○零Oo一二三四五六七八九十度)）]\s*$", line)
    return bool(ends) and not _OTHER_DATE.search(line) and not read_period(line)


def year(
    when: Found[str] | None, labels: Sequence[Label], passages: Sequence[Passage], draft: Draft
) -> Found[int] | None:
    """The year of the result: of the cover, else when the activity ended, else of the registration or of the data.

    Reviewers tell the age of a result by its cover; an activity that ended in December is published
    in the year after.
    """
    for line in cover_lines(draft):
        if (date := read_date(line.text)) and _dates_the_report(line.text):
            return Found(int(date[:4]), place(COVER, line.page), line.text, 0.8)
    for found in all_of(labels, "report_date", "activity_period"):
        if found.where.startswith(COVER) and (date := read_date(found.value)) and not read_period(found.value):
            return Found(int(date[:4]), found.where, found.quote, 0.8)
    if when:
        return Found(int(when.value.split("/")[1][:4]), when.where, when.quote, when.confidence)
    for line in cover_lines(draft):
        if (match := _YEAR_OF_RESULT.search(fold(line.text))) and possible_year(int(match[1])):
            return Found(int(match[1]), place(COVER, line.page), line.text, 0.7)
    for found in all_of(labels, "activity_period", "topic_reg_date", "topic_reg_no", "group_reg_no"):
        years = [int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d{3})", fold(found.value))]
        if years := [one for one in years if possible_year(one)]:
            return Found(years[-1], found.where, found.quote, 0.7)
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
