"""Whether two mentions of a result mean the same one: titles, groups and units, however they are written.

Three answers: True, False, and None where one side does not say. Quotes, brackets, spaces, widths, “QC” and 的 do not
matter; units may be abbreviated (翊峰冶建二公司 for 翊峰冶建集团第二工程有限公司).
"""

from __future__ import annotations

import re
from functools import lru_cache

from library.text import HAN, fold

_LETTERS = re.compile(rf"[^0-9a-z{HAN}]+")
_IN_TITLES = re.compile(r"qc|的")
_IN_GROUPS = re.compile(r"质量管理小组|qcc?小组|qcc?|小组|品管圈")
_IN_UNITS = re.compile(r"有限|责任|股份|集团|公司|工程|第")
_NUMERAL = re.compile(r"[一二三四五六七八九十]+|\d+")


@lru_cache(maxsize=65536)
def title_key(title: str) -> str:
    return _key(title, _IN_TITLES)


@lru_cache(maxsize=65536)
def group_key(group: str) -> str:
    return _key(group, _IN_GROUPS)


@lru_cache(maxsize=65536)
def unit_key(unit: str) -> str:
    return _key(unit, _IN_UNITS)


def same_group(one: str, two: str) -> bool | None:
    """腾飞QC小组 and 数创园项目“腾飞”小组 are the same: the project may stand before the nickname."""
    left, right = sorted((group_key(one), group_key(two)), key=len)
    if not left:
        return None
    return right.endswith(left) if len(left) >= 2 else left == right


def same_unit(one: str, two: str) -> bool | None:
    short, long = sorted((unit_key(one), unit_key(two)), key=len)
    if not short:
        return None
    if short == long:
        return True
    if len(short) < 2 or not set(_NUMERAL.findall(short)) <= set(_NUMERAL.findall(long)):
        return False
    return short in long or (short[0] == long[0] and _abbreviates(short, long))


def same_year(one: int | None, two: int | None) -> bool | None:
    return None if one is None or two is None else one == two


def _abbreviates(short: str, long: str) -> bool:
    """All letters of the short name stand in the long one, in order."""
    left = iter(long)
    return len(short) >= 3 and all(letter in left for letter in short)


def _key(text: str, noise: re.Pattern[str]) -> str:
    letters = _LETTERS.sub("", fold(text))
    return noise.sub("", letters) or letters
