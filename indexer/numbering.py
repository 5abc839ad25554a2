"""The numbers that headings begin with: 一、 （一） 第一章 1. 1.1 (1) PART1 壹 实施一 …"""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.numerals import chinese_number

_HAN = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_PLAIN = str.maketrans(_FORMAL, _HAN)

DEPTHS = {"chapter": 1, "han": 2, "han-paren": 3, "arabic": 4, "dotted2": 5, "dotted3": 6, "paren": 7}
"""The kinds of number from the outermost to the innermost, as reports nest them."""

_UNITS = (
    r"年|月|日|天|小时|分钟|秒|个|万|亿|元|吨|米|倍|公里|平方|立方|处|件|次|片|块|套|根|度|"
    r"级(?!别)|名(?!词)|项(?!目)|人(?!员|机)|台(?!账)|道(?!路)|层(?!次)|条(?!件)|点(?!检)"
)
_WORD = rf"(?!{_UNITS})(?=[\u4e00-\u9fff《“\"(\[Qq])"
"""What follows is a word and not the unit of a quantity."""

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第\s*([{_HAN}\d]{{1,3}})\s*[章节部篇步](?:分|骤)?\s*[、.:：]?\s*")),
    ("chapter", re.compile(r"(?:PART|STEP|CHAPTER)\s*[.\-]?\s*(\d{1,2}|[IVX]{1,4})\s*[、.:：\-]?\s*", re.I)),
    ("chapter", re.compile(rf"步骤\s*([{_HAN}\d]{{1,2}})\s*[、.:：]?\s*")),
    ("han", re.compile(rf"((?:[{_HAN}{_FORMAL}] ?){{1,3}}|[〇零](?=、))\s*[、.,:：]\s*")),
    ("han", re.compile(rf"([{_FORMAL}]{{1,3}})\s+(?=\S)")),
    ("han", re.compile(rf"([{_HAN}]{{1,3}})\s+{_WORD}(?=[\u4e00-\u9fff]{{2}})")),
    ("han-paren", re.compile(rf"\(\s*([{_HAN}]{{1,3}})\s*\)\s*[、.]?\s*")),
    ("dotted3", re.compile(r"(\d{1,2})[.．]\d{1,2}[.．]\d{1,2}(?:[.．]\d{1,2})*[、.．]?\s*(?![\d%])")),
    ("dotted2", re.compile(rf"(\d{{1,2}}[.．]\d{{1,2}})[、.．]?\s*{_WORD}")),
    ("paren", re.compile(r"\(\s*(\d{1,2})\s*\)\s*[、.]?\s*")),
    ("paren", re.compile(r"(\d{1,2})\s*\)\s*")),
    ("arabic", re.compile(r"(\d{1,2})\s*[、.．,:：]\s*(?!\d)")),
    ("roman", re.compile(r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,4}(?=[、.]))\s*[、.]?\s*")),
    ("arabic", re.compile(rf"(\d{{1,2}})\s+{_WORD}")),
)
_BARE = re.compile(rf"(?:(?P<han>[{_HAN}]{{1,3}}|[{_FORMAL}]{{1,3}})|(?P<arabic>0?\d{{1,2}}))\s*(?=[\u4e00-\u9fffQq])")


@dataclass(frozen=True)
class Number:
    """`kind` is a key of DEPTHS; `value` counts from 1 within its parent; `length` is how much text it takes."""

    kind: str
    value: int
    length: int


def leading_number(text: str) -> Number | None:
    """The number that `text` (folded) begins with, if it begins with one that is set off from the words."""
    for kind, pattern in _KINDS:
        if match := pattern.match(text):
            return Number("han" if kind == "roman" else kind, _value(match[1]), match.end())
    return None


def bare_number(text: str) -> Number | None:
    """A number glued to its words (一前言, 01选题): only to be trusted when the rest is a known heading."""
    if not (match := _BARE.match(text)):
        return None
    kind = "han" if match["han"] else "arabic"
    return Number(kind, _value(match[kind]), match.end())


def _value(text: str) -> int:
    if "Ⅰ" <= text <= "Ⅻ":
        return ord(text) - ord("Ⅰ") + 1
    if set(text) <= set("IVX"):
        return _roman(text)
    last = re.split(r"[.．]", text.replace(" ", ""))[-1].translate(_PLAIN)
    return chinese_number(last) or 0


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
