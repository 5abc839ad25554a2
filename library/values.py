"""The values of each dimension by which results are narrowed, and the ways people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from library.case import CATEGORIES, TARGET_KINDS, TOPIC_TYPES
from library.steps import all_steps
from library.terms import Range
from library.text import fold

DATA = Path(__file__).parent / "data"

AWARD_RANKS = ("0", "1", "2", "3", "9")

_CATEGORY: dict[str, str] = {
    **dict.fromkeys(("冶金", "冶金类", "冶金工程"), "metallurgical"),
    **dict.fromkeys(("非冶金", "非冶金类", "非冶金工程"), "non-metallurgical"),
    **dict.fromkeys(("智能建造", "智慧建造", "智能", "bim", "smart"), "smart-construction"),
    **dict(zip(CATEGORIES, CATEGORIES, strict=True)),
}
_TYPE: dict[str, str] = {
    **dict.fromkeys(("问题解决型", "问题解决", "解决型"), "problem-solving"),
    **dict.fromkeys(("创新型", "创新", "课题达成型"), "innovation"),
    **dict(zip(TOPIC_TYPES, TOPIC_TYPES, strict=True)),
}
_GOAL: dict[str, str] = {
    **dict.fromkeys(("自定目标", "自定", "自定目标值"), "self-set"),
    **dict.fromkeys(("指令性目标", "指令性", "指令", "指令性目标值"), "mandated"),
    **dict(zip(TARGET_KINDS, TARGET_KINDS, strict=True)),
}
_AWARD = {
    **dict.fromkeys(("特等奖", "特等", "0"), "0"),
    **dict.fromkeys(("一等奖", "一等", "1", "i类", "一类", "1类", "金奖"), "1"),
    **dict.fromkeys(("二等奖", "二等", "2", "ii类", "二类", "2类", "银奖"), "2"),
    **dict.fromkeys(("三等奖", "三等", "3", "iii类", "三类", "3类", "铜奖"), "3"),
    **dict.fromkeys(("其他", "优秀奖", "优秀", "9"), "9"),
}

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?P<low>(?:19|20)\d\d)?年?(?:\.{2,3}|~|-|至|到)(?P<high>(?:19|20)\d\d)?年?")
_NUMBER = r"(\d+(?:\.\d+)?)"
_COMPARED = re.compile(rf"(>=|≥|>|<=|≤|<|=)?{_NUMBER}%?")
_BETWEEN = re.compile(rf"{_NUMBER}?%?(?:\.{{2,3}}|~|-|至|到){_NUMBER}?%?")


def read(dimension: str, text: str) -> tuple[str, ...]:
    """The values that a person means by "一等奖" or "2020..2024|2018"; nothing if any of them is unknown."""
    found = [_reader(dimension)(part) for part in re.split(r"[|,，、;；]", text) if part]
    return tuple(dict.fromkeys(v for part in found for v in part)) if all(found) else ()


def read_one(dimension: str, text: str) -> tuple[str, ...]:
    """The same for one value, which may contain commas, as a unit's name does."""
    return _reader(dimension)(text.strip()) if text.strip() else ()


def _reader(dimension: str) -> Callable[[str], tuple[str, ...]]:
    match dimension:
        case "year":
            return _year
        case "step":
            return _steps
        case "tool":
            return _tool
        case "unit" | "specialty":
            return lambda text: (text,)
        case _:
            return lambda text: _listed(dimension, text)


def _listed(dimension: str, text: str) -> tuple[str, ...]:
    table: Mapping[str, str] = {
        "category": _CATEGORY, "type": _TYPE, "goal": _GOAL, "award": _AWARD,
    }[dimension]  # fmt: skip
    value = table.get(fold(text))
    return (value,) if value else ()


def _year(text: str) -> tuple[str, ...]:
    text = fold(text).removesuffix("年")
    if _YEAR.fullmatch(text):
        return (text,)
    if (span := _YEARS.fullmatch(text)) and (span["low"] or span["high"]):
        return (f"{span['low'] or ''}..{span['high'] or ''}",)
    if compared := re.fullmatch(r"(>=|≥|>|<=|≤|<)((?:19|20)\d\d)", text):
        year = int(compared[2])
        match compared[1]:
            case ">":
                return (f"{year + 1}..",)
            case "<":
                return (f"..{year - 1}",)
            case ">=" | "≥":
                return (f"{year}..",)
            case _:
                return (f"..{year}",)
    return ()


def year_bounds(value: str) -> tuple[int, int]:
    """First and last year that "2021", "2021..2024" or "..2024" stands for."""
    low, dots, high = value.partition("..")
    if not dots:
        return int(value), int(value)
    return int(low or 0), int(high or 9999)


def _steps(text: str) -> tuple[str, ...]:
    """要因 means every step with such a name or heading; a key of the steps means itself."""
    keys = {key for key, step in all_steps().items() if text.lower() in (key, step.english.lower())}
    wanted = fold(text)
    if not keys:
        keys = {key for key, names in _step_names().items() if wanted in names}
    if not keys:
        keys = {key for key, names in _step_names().items() if wanted and wanted in names[0]}
    return tuple(key for key in all_steps() if key in keys)


@cache
def _step_names() -> Mapping[str, tuple[str, ...]]:
    short = {
        "topic-selection": ("选题",), "current-state": ("现状",), "goal": ("目标",),
        "causes": ("原因",), "root-causes": ("要因",), "countermeasures": ("对策",),
        "implementation": ("实施",), "results": ("效果",), "consolidation": ("巩固",),
    }  # fmt: skip
    return {
        key: tuple(fold(name) for name in (step.name, *step.variants, *short.get(key, ())))
        for key, step in all_steps().items()
    }


def _tool(text: str) -> tuple[str, ...]:
    name = tools().get(fold(text))
    return (name,) if name else ()


@cache
def tools() -> Mapping[str, str]:
    """Folded name or synonym -> canonical name of a QC tool."""
    rows = json.loads((DATA / "tools.json").read_text(encoding="utf-8"))
    table = {fold(other): row["name"] for row in rows for other in row["syn"]}
    return table | {fold(row["name"]): row["name"] for row in rows}


def read_range(number: str, text: str) -> Range | None:
    """ ">10", "10..20", "10" (at least 10); a benefit (效益) is in yuan, or in 万 if written so."""
    assert number in ("change", "benefit")
    name: Literal["change", "benefit"] = "benefit" if number == "benefit" else "change"
    text = fold(text)
    scale = 10_000 if "万" in text else 1
    text = re.sub(r"[万元个百分点]|percent", "", text)
    if compared := _COMPARED.fullmatch(text):
        bound = float(compared[2]) * scale
        match compared[1]:
            case ">":
                return Range(name, low=bound, open_low=True)
            case "<":
                return Range(name, high=bound, open_high=True)
            case "<=" | "≤":
                return Range(name, high=bound)
            case "=":
                return Range(name, low=bound, high=bound)
            case _:
                return Range(name, low=bound)
    between = _BETWEEN.fullmatch(text)
    if between and (between[1] or between[2]):
        low, high = (float(bound) * scale if bound else None for bound in between.groups())
        return Range(name, low=low, high=high)
    return None
