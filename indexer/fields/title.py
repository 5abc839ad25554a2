"""The title of the topic: as labelled, as it stands on the cover, or as the report says it was chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.draft import Draft
from indexer.fields.cover import Line, cover_lines
from indexer.fields.dates import read_date
from indexer.fields.found import Found, place
from indexer.fields.labels import Label, all_of, label_field
from indexer.fields.measures import measure_beside
from indexer.fields.organisation_words import group_in, unit_and_group, unit_in
from indexer.fields.title_words import (
    begins_like_a_title,
    clean_title,
    ends_like_a_title,
    is_kind,
    names_the_report,
    wants_less,
)
from indexer.splitter import COVER, Passage
from indexer.wording import fold, squeeze

_SAID = re.compile(
    r"(?:课题(?:名称)?|题目|主题)(?:确定|选定|定|命名|选择|拟定)?(?:为|是|"
    r":)\s*:?\s*[“\"《「【]?(?P<title>[^。；;”\"》」】\n]{6,60})"
)
_TOLD_AGAIN = {"overview", "group", "topic-selection", "goal", "summary"}
_TELLS = 5000  # characters of a passage that are searched for the title


def title(labels: Sequence[Label], passages: Sequence[Passage], draft: Draft) -> Found[str] | None:
    """The surest of label, cover, sentence that tells the choice, and file properties."""
    ways = [
        *(_from_label(found) for found in all_of(labels, "topic_title")),
        _on_cover(draft, passages),
        _as_said(passages),
        _from_properties(draft),
    ]
    return max((way for way in ways if way), key=lambda found: found.confidence, default=None)


def _from_label(found: Found[str]) -> Found[str] | None:
    value = clean_title(found.value)
    if not 4 <= len(value) <= 80 or label_field(value):
        return None
    return Found(value, found.where, found.quote, found.confidence)


def _on_cover(draft: Draft, passages: Sequence[Passage]) -> Found[str] | None:
    """The line of the cover that reads most like a title; a title set on two lines is joined."""
    lines = cover_lines(draft)
    told = squeeze("\n".join(passage.text[:_TELLS] for passage in passages if passage.step in _TOLD_AGAIN))
    best: tuple[float, str, Line] | None = None
    for n, line in enumerate(lines):
        for text in (line.text, _joined(lines, n, told)):
            value = clean_title(text)
            if not 5 <= len(value) <= 70 or label_field(value) or names_the_report(value):
                continue
            score = _reads_like_a_title(value, line)
            if score >= 1 and (best is None or score > best[0]):
                best = (score, value, line)
    if best is None:
        return None
    return Found(best[1], place(COVER, best[2].page), best[1], 0.85 if best[0] >= 3 else 0.6)


def _joined(lines: Sequence[Line], n: int, told: str) -> str:
    """The line with the next one where that goes on in the same look, or both together are told again later."""
    line, follower = lines[n], lines[n + 1] if n + 1 < len(lines) else None
    if follower is None or _names_someone(line.text) or _stands_alone(follower.text):
        return line.text
    joined = line.text + follower.text
    same_look = line.size == follower.size and line.centered == follower.centered
    return joined if same_look or squeeze(joined) in told or _lacks_its_measure(line.text, follower.text) else line.text


def _lacks_its_measure(text: str, follower: str) -> bool:
    """缩短焦炉交换传动装置 is no whole title, with 安装调试天数 it is."""
    return (
        wants_less(text) is not None and not measure_beside(squeeze(text)) and bool(measure_beside(squeeze(follower)))
    )


def _stands_alone(text: str) -> bool:
    return (
        begins_like_a_title(text)
        or _names_someone(text)
        or is_kind(text)
        or names_the_report(text)
        or read_date(text) is not None
        or bool(re.search("[:：]|^[—－–-]", text))
        or _tells_who(text)
    )


def _tells_who(text: str) -> bool:
    """A body is named and nothing that was measured or made: no second line of a title."""
    words = squeeze(text)
    body = re.search(r"公司|集团|[^厂]厂(?![房区])|[工供公铁]\S?局|指挥部|研究院|设计院", words)
    return bool(body) and not measure_beside(words) and not ends_like_a_title(words)


def _names_someone(text: str) -> bool:
    if unit_and_group(text) or group_in(text):
        return True
    return bool(unit_in(text)) and not begins_like_a_title(text)


def _reads_like_a_title(value: str, line: Line) -> float:
    words = squeeze(value)
    if re.search(r"[。；]|^\d|公司$|小组$|项目部$|[:：]", words) or read_date(value):
        return 0
    score = 2.0 if begins_like_a_title(words) else 1.5 if ends_like_a_title(words) else 0.0
    score += 1.0 if line.size >= 18 else 0.0
    score += 0.5 if line.centered else 0.0
    score += 0.01 * line.size + 0.01 * min(len(words), 40)
    return score - (1.5 if _names_someone(value) else 0)


def _as_said(passages: Sequence[Passage]) -> Found[str] | None:
    for passage in passages:
        if "topic-selection" in (passage.step, *passage.also) or passage.step in {"preface", "overview", "group"}:
            for match in _SAID.finditer(fold(passage.text)):
                value = clean_title(match["title"])
                if begins_like_a_title(value) or ends_like_a_title(value):
                    return Found(value, place(passage.heading), match[0], 0.7)
    return None


def _from_properties(draft: Draft) -> Found[str] | None:
    value = clean_title(draft.properties.get("title", ""))
    if 6 <= len(value) <= 70 and (begins_like_a_title(value) or ends_like_a_title(value)):
        return Found(value, "文件属性", value, 0.5)
    return None
