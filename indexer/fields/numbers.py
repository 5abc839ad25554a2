"""Quantities in running text: the number, its unit, and amounts of money in yuan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.wording import fold
from library.numerals import chinese_number

_NUMBER = r"(?<![\d.A-Za-z\-_/#])[-−]?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?![\d_#号])"
"""No longer than any that means something, and not the number of a thing (4号高炉, 3#)."""
_LATIN_UNIT = (
    r"[A-Za-zμµΩ℃°′″]{1,5}[²³23]?(?![A-Za-z0-9])"
    r"(?:[/·][A-Za-z]{1,4}[²³23]?(?![A-Za-z])(?:·[A-Za-z]{1,4}[²³23]?(?![A-Za-z]))?)?"
)
_HAN_UNIT = (
    r"个百分点|百分点|万元|亿元|千元|元|个月|小时|分钟|个?工作日|工日|工时|毫米|厘米|平方米|立方米|公里|千米|千克|公斤|吨|"
    r"道次|天|日|秒|分贝|分|次|处|个|件|项次|项|道|台次|台班|台|套|片|块|点次|点|条|根|批|层|组|孔|户|起|人次|人|名|月|年|周|"
    r"度|级|倍|米|岁|炉次|车次|炉|班|趟|车|株|辆|只|支|副|对|卷|桶|袋|座|榀|节|段|环|跨|束|份|亩|升|兆帕|樘|间|幅|张|遍|模|例|寸口|"
    r"包次|罐次|道次|浇次|炉役|包|箱|瓶|盒|盘|捆|头|册|页|本|单|枚|笔|票|方|丝|圈|罐|吊|缝"
)
_PER = (
    r"平方米|立方米|平方|立方|延米|公里|千米|小时|分钟|工日|台班|炉次|车次|万元|"
    r"天|日|月|年|周|秒|班|次|台|炉|吨|米|人|工|件|个|套|根|片|榀|孔|层|道|处|点|批|组|车|户|环|模|段|间|幅|条|块|节|座|户|千克|跨|张|份"
)
"""What a rate is counted by: 条/平方米, 吨/天."""
_UNIT = (
    r"(?:[%％‰]|dB\s?\([AC]\)|"
    rf"万?(?:{_LATIN_UNIT}|{_HAN_UNIT}|[\u4e00-\u9fff]{{1,2}}(?=/))(?:/(?:(?:[百千万]|10{{1,4}})?(?:{_PER}|[A-Za-z]{{1,3}}[²³23]?(?![A-Za-z]))|[百千万]?[\u4e00-\u9fff]|\([A-Za-z]{{1,3}}·[A-Za-z]{{1,2}}[²³23]?\))(?:·(?:{_PER}|[A-Za-z]{{1,3}}(?![A-Za-z])))?)?)"
)
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})?")
_MONEY = re.compile(rf"(?P<number>{_NUMBER})\s*\(?(?P<scale>[万千亿]?)\s*(?:元|圆|RMB)(?P<per>\s*/(?!年))?")
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
    return re.sub(r"(?<=[a-zμ])([23])(?=$|[/·)])", lambda m: "²³"[int(m[1]) - 2], unit).replace("°C", "℃")


_SAME_UNIT = {
    "天": "d", "日": "d", "小时": "h", "分钟": "min", "秒": "s", "毫米": "mm", "厘米": "cm", "米": "m",
    "平方米": "m2", "立方米": "m3", "吨": "t", "公斤": "kg", "千克": "kg", "兆帕": "mpa", "分贝": "db", "工作日": "d",
}  # fmt: skip
_TIME = {"d", "h", "min", "s", "周", "月", "个月", "年"}
_SIZES = ({"h": 3600.0, "min": 60.0, "s": 1.0}, {"m": 1000.0, "cm": 10.0, "mm": 1.0})
_LENGTH = {"mm", "cm", "m", "km", "μm", "um"}


def names_a_unit(words: str) -> bool:
    """Whether the folded words are a unit and nothing else: (%), (处), (天)."""
    return bool(re.fullmatch(_UNIT, words))


def same_unit(one: str, other: str) -> bool:
    """Whether two units are one: 小时 and h, 天 and d."""
    return _symbol(one) == _symbol(other)


def factor_between(one: str, other: str) -> float | None:
    """What a number in the first unit is multiplied with to be in the second; None for one unit or two kinds."""
    for sizes in _SIZES:
        if {_symbol(one), _symbol(other)} <= set(sizes) and not same_unit(one, other):
            return sizes[_symbol(one)] / sizes[_symbol(other)]
    return None


def unit_kind(unit: str) -> str:
    """What a unit measures, as far as it tells: share, time, length, temperature, money, count; else empty."""
    symbol = _symbol(unit)
    if symbol in {"%", "‰", "ppm"}:
        return "share"
    if symbol in _TIME:
        return "time"
    if symbol in _LENGTH or symbol in {"mm/m", "μm/m"}:
        return "length"
    if symbol in {"°c", "k"}:
        return "temperature"
    if "元" in symbol.partition("/")[0]:
        return "money"
    return "count" if re.fullmatch(f"万?(?:{_HAN_UNIT})", symbol.partition("/")[0]) else ""


def _symbol(unit: str) -> str:
    head, stroke, per = fold(unit).lower().replace("db(a)", "db").partition("/")
    return _SAME_UNIT.get(head, head) + stroke + _SAME_UNIT.get(per, per)


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
