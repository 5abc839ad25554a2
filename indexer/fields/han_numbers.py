"""Quantities that are written in Chinese characters, as digits: 由十二天缩短到七天, 百分之九十五."""

from __future__ import annotations

import re

from library.numerals import chinese_number

_HAN = "零〇一二三四五六七八九十百两"
_HUNDREDTHS = re.compile(rf"百分之([{_HAN}点]{{1,7}})")
_TIME = re.compile(rf"(?<![{_HAN}第])([{_HAN}]{{1,5}})(?=个?(?:天|小时|分钟|工作日|工日|个月|昼夜))")
_AND_A_HALF = re.compile(r"(?<![\d.])(\d+)(个?(?:天|小时|月|周))半")
_MOVED = re.compile(
    rf"(?<=[由从到至为少超])([{_HAN}]{{1,5}})(?=(?:次|处|件|个|台|人|道|起|项|遍|套)(?!性|合|成|验|交|施|安|探|方))"
)
"""一次合格率 is no quantity; a number of things counts where it is an end of 由八次降到三次."""


def with_digits(text: str) -> str:
    if not any(letter in text for letter in _HAN + "半"):
        return text
    text = _HUNDREDTHS.sub(lambda match: f"{_decimal(match[1]):g}%", text)
    text = _TIME.sub(lambda match: f"{_decimal(match[1]):g}", text)
    text = _AND_A_HALF.sub(r"\1.5\2", text)
    return _MOVED.sub(lambda match: f"{_decimal(match[1]):g}", text)


def _decimal(written: str) -> float:
    """九十五点五 → 95.5"""
    whole, _, part = written.replace("〇", "零").replace("两", "二").partition("点")
    digits = [chinese_number(letter) or 0 for letter in part]
    return float(chinese_number(whole) or 0) + sum(digit * 0.1 ** (n + 1) for n, digit in enumerate(digits))
