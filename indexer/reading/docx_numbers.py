"""The automatic numbers of a Word file ("第三章", "1.2", "（一）"), computed as Word shows them: no text has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.reading.docx_styles import Styles, W, number, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None  # restarts after this level (1..); 0 = never
    decimal_only: bool = False  # "legal": 第一章 → 1.1 below it


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    same_as: str = ""  # a style that holds the levels


@dataclass
class _Use:
    list_id: str
    starts: dict[int, int] = field(default_factory=dict)  # not yet applied
    levels: dict[int, _Level] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    text: str  # as shown; "" for bullets
    ordered: bool


class Numbering:
    """Hands out numbers; must be asked in document order, once for each numbered paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                self._lists[element.get(W + "abstractNumId", "")] = _List(
                    levels=_levels(element), same_as=value(element, "numStyleLink") or ""
                )
            elif element.tag == W + "num":
                self._uses[element.get(W + "numId", "")] = _use(element)

    def next(self, number_id: str, level: int) -> Number | None:
        """The number of the next paragraph of this list, None where there is no such list."""
        use = self._uses.get(number_id)
        numbered = self._list(use) if use else None
        if use is None or numbered is None or not 0 <= level < _LEVELS:
            return None
        here = use.levels.get(level) or numbered.levels.get(level) or _Level()
        self._count(numbered, use, level, here)
        if here.kind == "bullet":
            return Number("", ordered=False)
        return Number(_shown(numbered, use, here), ordered=here.kind != "none")

    def _list(self, use: _Use) -> _List | None:
        found = self._lists.get(use.list_id)
        for _ in range(5):  # links may form a ring
            if found is None or not found.same_as:
                return found
            linked = self._uses.get(self._styles.character(found.same_as).number_id or "")
            found = self._lists.get(linked.list_id) if linked else None
        return None

    def _count(self, numbered: _List, use: _Use, level: int, here: _Level) -> None:
        counts = numbered.counts
        if level in use.starts:
            counts[level] = use.starts.pop(level)
        else:
            now = counts[level]
            counts[level] = here.start if now is None else now + 1
        for below in range(level + 1, _LEVELS):
            rule = (use.levels.get(below) or numbered.levels.get(below) or _Level()).restart
            if rule is None or (rule and level < rule):
                counts[below] = None


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in element.findall(W + "lvl"):
        index = number(level.get(W + "ilvl"))
        if index is not None:
            found[index] = _level(level)
    return found


def _level(element: etree._Element) -> _Level:
    start = number(value(element, "start"))
    kind = value(element, "numFmt")
    if kind is None:  # rare formats are wrapped in mc:AlternateContent
        wrapped = next(element.iter(W + "numFmt"), None)
        kind = wrapped.get(W + "val") if wrapped is not None else None
    legal = value(element, "isLgl")
    return _Level(
        start=1 if start is None else start,
        kind=kind or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(value(element, "lvlRestart")),
        decimal_only=legal is not None and legal not in ("0", "false"),
    )


def _use(element: etree._Element) -> _Use:
    use = _Use(value(element, "abstractNumId") or "")
    for override in element.findall(W + "lvlOverride"):
        index = number(override.get(W + "ilvl"))
        start = number(value(override, "startOverride"))
        level = override.find(W + "lvl")
        if index is not None and start is not None:
            use.starts[index] = start
        if index is not None and level is not None:
            use.levels[index] = _level(level)
    return use


def _shown(numbered: _List, use: _Use, here: _Level) -> str:
    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = use.levels.get(index) or numbered.levels.get(index) or _Level()
        count = numbered.counts[index]
        return formatted(level.start if count is None else count,
                         "decimal" if here.decimal_only else level.kind)  # fmt: skip

    return _PLACE.sub(place, here.text).strip()


def formatted(count: int, kind: str) -> str:
    """`count` in one of Word's number formats; unknown formats and numbers outside their range are shown as digits."""
    if not 0 < count < 10_000:
        return "" if kind == "none" else str(count)
    match kind:
        case "none" | "bullet":
            return ""
        case ("chineseCounting" | "chineseCountingThousand" | "japaneseCounting"
              | "taiwaneseCountingThousand" | "taiwaneseCounting"):  # fmt: skip
            return chinese(count)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(count))
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return chinese(count, _LEGAL, "拾佰仟", short_ten=False)
        case "ideographTraditional" if count <= len(_STEMS):
            return _STEMS[count - 1]
        case "ideographZodiac" if count <= len(_BRANCHES):
            return _BRANCHES[count - 1]
        case "upperLetter" | "lowerLetter":
            letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 % 9 + 1)
            return letters if kind == "upperLetter" else letters.lower()
        case "upperRoman":
            return _roman(count)
        case "lowerRoman":
            return _roman(count).lower()
        case "decimalZero":
            return f"{count:02}"
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if count <= 20:
            return chr(0x2460 + count - 1)
        case "decimalEnclosedParen" if count <= 20:
            return f"（{count}）"
        case "ideographEnclosedCircle" if count <= 10:
            return "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"[count - 1]
        case _:
            return str(count)


def chinese(count: int, digits: str = "零一二三四五六七八九", units: str = "十百千", *, short_ten: bool = True) -> str:
    """1..9999 in words: 十一, 二十, 一百零三."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = count // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text.removeprefix(digits[1]) if short_ten and 10 <= count < 20 else text


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text
