"""Quantities in running text: the number, its unit, and amounts of money in yuan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.numbering import chinese_number
from indexer.wording import fold

_NUMBER = r"(?<![\d.A-Za-z\-_/#])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d_#])"
_LATIN_UNIT = (
    r"[A-Za-zμµΩ℃°′″]{1,5}[²³23]?(?![A-Za-z0-9])"
    r"(?:[/·][A-Za-z]{1,4}[²³23]?(?![A-Za-z])|/[\u4e00-\u9fff]{1,2})?"
)
_HAN_UNIT = (
    r"个百分点|百分点|万元|亿元|千元|元|小时|分钟|工作日|工日|工时|毫米|厘米|平方米|立方米|公里|千米|千克|公斤|吨|"
    r"天|日|秒|分|次|处|个|件|项|道|台|套|片|块|点|条|根|批|层|组|孔|户|起|人|名|月|年|周|度|级|倍|米|岁|"
    r"炉次|车次|人次|台班|炉|班|趟|车|株|辆|只|支|副|对|卷|桶|袋|座|榀|节|段|环|跨|束|份|亩|升|兆帕|分贝"
)
_UNIT = rf"(?:[%％‰]|{_LATIN_UNIT}|(?:{_HAN_UNIT})(?:/[\u4e00-\u9fff]{{1,2}}|/[A-Za-z]{{1,3}}[²³23]?)?)"
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_MONEY = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<scale>[万千亿]?)\s*(?:元|圆|RMB)(?P<per>\s*/)?")
_SCALE = {"": 1.0, "千": 1e3, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True)
class Quantity:
    """`start` and `end` are places in the folded text."""

    value: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Money:
    """An amount in yuan; `per` if it is a rate (420 元/工日)."""

    yuan: float
    start: int
    end: int
    per: bool


def quantities(folded: str) -> list[Quantity]:
    """Every number of a folded text, with the unit that follows it (empty if none does)."""
    return [
        Quantity(_float(match["number"]), (match["unit"] or "").strip(), match.start(), match.end())
        for match in _QUANTITY.finditer(folded)
    ]


def shown_unit(unit: str) -> str:
    """A unit as people write it: folding made ㎡ and m² into m2, ℃ into °C."""
    return re.sub(r"(?<=[a-zμ])([23])(?=$|/|·)", lambda m: "²³"[int(m[1]) - 2], unit).replace("°C", "℃")


def money(folded: str) -> list[Money]:
    """Every amount of money in a folded text."""
    found = []
    for match in _MONEY.finditer(folded):
        yuan = round(_float(match["number"]) * _SCALE[match["scale"]], 2)
        found.append(Money(yuan, match.start(), match.end(), bool(match["per"])))
    return found


def first_number(text: str) -> float | None:
    """The first number of a cell such as "91.2%", "≥ 96 %" or "约 1,250 元"; Chinese numerals count too."""
    folded = fold(text)
    if match := re.search(_NUMBER, folded):
        return _float(match[0])
    if match := re.search(r"[一二三四五六七八九十]{1,3}(?=[人名个次])", folded):
        number = chinese_number(match[0])
        return None if number is None else float(number)
    return None


def _float(written: str) -> float:
    return float(written.replace(",", "").replace("−", "-"))
