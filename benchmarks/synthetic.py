"""A library as large as one likes, made of our own demo reports: sentences recombined, words and numbers exchanged.

The same number always gives the same report: 7,500 Chinese characters in the steps of the standard, counted as word
processors do, that is a number or Latin word as one (in all about 9,200 characters, 5,700 of them Han). Words are
exchanged by Zipf's law, so that there are common and rare ones as in real reports.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from library.case import Award, Case, Section, Target
from library.steps import all_steps
from library.words import domain_words

REPORTS = Path(__file__).parent.parent / "demo" / "reports"
CHARACTERS = 7_500
STEPS = (
    "overview", "group", "topic-selection", "current-state", "goal", "causes", "root-causes",
    "countermeasures", "implementation", "results", "consolidation", "summary",
)  # fmt: skip
EXCHANGED = 0.35  # share of a sentence's domain words that become others


@cache
def sentences() -> tuple[str, ...]:
    found = []
    for path in sorted(REPORTS.glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        body = re.sub(r"~~~.*?~~~", "", body, flags=re.DOTALL)
        found += re.findall(r"[^\n|#>-][^\n|。；]{12,90}[。；]", body)
    return tuple(found)


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Domain words and made-up names, and how often each and all before it are taken."""
    chance = random.Random(7)
    han = [word for word in domain_words() if re.fullmatch(r"[一-鿿]{2,6}", word)]
    sounds = "璟岚曜澜铸翎昶骏垣朔嵘珩沣砺熠琨泓峥晏潼钰洺珲郡栎淳沅彦"
    names = [a + b + c for a in sounds for b in sounds for c in ("厂", "站", "桥", "线")]
    words = han + chance.sample(names, 2500)
    chance.shuffle(words)
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))


def some_words(chance: random.Random, count: int) -> list[str]:
    """Words as often as reports have them."""
    words, shares = vocabulary()
    return chance.choices(words, cum_weights=shares, k=count)


@cache
def _known() -> re.Pattern[str]:
    words = sorted((w for w in domain_words() if len(w) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|\d+(?:\.\d+)?")


def marked(number: int) -> Case:
    """The case with its number in the title, by which it alone is found; numbers in reports are below a thousand."""
    made = case(number)
    return replace(made, title=f"{made.title}（{number}）")


def case(number: int) -> Case:
    chance = random.Random(number)
    words, _ = vocabulary()
    subject = some_words(chance, 6)
    year = chance.randint(2010, 2024)
    return Case(
        id=f"{year}-{number:05}",
        title=f"提高{subject[0]}{subject[1]}一次合格率",
        year=year,
        group=f"{subject[2]}QC小组",
        unit=f"{chance.choice(words[:400])}建设有限公司",
        categories=("metallurgical",) if chance.random() < 0.6 else ("non-metallurgical",),
        topic_type="innovation" if chance.random() < 0.3 else "problem-solving",
        target=Target("一次合格率", "%", 80 + chance.random() * 10, 92, 92 + chance.random() * 7),
        tools=tuple(chance.sample(("因果图", "排列图", "直方图", "控制图", "树图", "流程图", "调查表"), 3)),
        awards=(Award("奖", rank=chance.choice((1, 2, 3, 9))),) if chance.random() < 0.4 else (),
        specialty=chance.choice(("焊接", "土建", "电气", "机装", "筑炉")),
        sections=tuple(
            Section(step, all_steps()[step].name, text)
            for step, text in zip(STEPS, _texts(chance, subject), strict=True)
        ),
    )


def _texts(chance: random.Random, subject: list[str]) -> Iterator[str]:
    """The text of each step."""

    def other(found: re.Match[str]) -> str:
        if found[0][0].isdigit():
            return str(chance.randint(1, 999))
        if chance.random() > EXCHANGED:
            return found[0]
        return chance.choice(subject) if chance.random() < 0.3 else some_words(chance, 1)[0]

    length = 0
    for number in range(1, len(STEPS) + 1):
        paragraphs: list[str] = []
        while length < CHARACTERS / len(STEPS) * number:
            paragraph = "".join(_known().sub(other, s) for s in chance.choices(sentences(), k=3))
            paragraphs.append(paragraph)
            length += length_of(paragraph)
        yield "\n\n".join(paragraphs)


def length_of(text: str) -> int:
    """Characters as word processors count them in Chinese: a number or Latin word is one."""
    return len(_COUNTED.findall(text))


_COUNTED = re.compile(r"[A-Za-z0-9.]+|[^\sA-Za-z0-9.]")
