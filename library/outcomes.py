"""What a report says was reached: the sentence that answers a goal, found by its numbers, its words and its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from library.text import HAN, fold

VERDICT = re.compile(
    r"对策目标|目标(检查|验证|确认|达到|达成|实现|完成)|(达到|实现|满足|完成|优于|超过)[^，。；]{0,14}目标|满足要求"
)
COMPARES = re.compile(r"[小大低高]于|不足|超过|达到|满足|优于|以内|符合|实现|[≤≥<>＜＞]")
PLANS = re.compile(r"见表|安排|指标为|要求|规定|不得")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def outcome(passages: Sequence[str], goal: str) -> str:
    """The sentence with numbers that best speaks of the goal, the later one of two, and the verdict that follows."""
    said = _sentences(passages)
    wanted = set(NUMBER.findall(goal))
    verdicts = [bool(VERDICT.search(sentence)) and set(NUMBER.findall(sentence)) <= wanted for sentence in said]
    best, found = 1.0 if any(verdicts) else 2.0, -1
    for place, sentence in enumerate(said):
        numbers = set(NUMBER.findall(sentence))
        if not numbers or verdicts[place]:
            continue
        score = 3 * shared(goal, sentence) + any(verdicts[place + 1 : place + 2])
        score += 2 * bool(wanted & numbers and COMPARES.search(sentence))
        score += 2 if VERDICT.search(sentence) else -2 if PLANS.search(sentence) else 0
        score -= 2 * (numbers <= wanted)  # perhaps only says the goal again
        if score >= best:
            best, found = score, place
    if found < 0:
        return next((sentence for sentence, verdict in zip(said, verdicts, strict=True) if verdict), "")
    verdict = next((said[later] for later in range(found + 1, len(said)) if verdicts[later]), "")
    return said[found] + ("" if VERDICT.search(said[found]) else verdict.removeprefix("结论："))


def checks(passages: Sequence[str]) -> Iterator[str]:
    """Sentences with numbers that say, themselves or in the next one, whether a goal was met."""
    said = _sentences(passages)
    for sentence, following in zip(said, [*said, ""][1:], strict=True):
        verdict = following if VERDICT.search(following) and not NUMBER.search(following) else ""
        if NUMBER.search(sentence) and (verdict or VERDICT.search(sentence)):
            yield sentence + verdict


def _sentences(passages: Sequence[str]) -> list[str]:
    return [found.strip() for passage in passages if "|" not in passage for found in SENTENCE.findall(passage)]


def shared(wanted: str, text: str) -> float:
    """0 to 1: the share of the pairs of letters of `wanted` that `text` has too."""
    pairs = _pairs(wanted)
    return len(pairs & _pairs(text)) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    words = NUMBER.sub("", letters(text))
    return {words[i : i + 2] for i in range(len(words) - 1)}


def letters(text: str) -> str:
    return re.sub(rf"[^0-9a-z{HAN}]", "", fold(text))
