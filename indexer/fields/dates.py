"""Dates and periods in every style that reports use, as ISO 8601."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime

from indexer.wording import fold
from library.numerals import chinese_number

_HAN_YEAR = re.compile(r"([一二三四五六七八九零〇○ОOo0-9]{2,4})\s*(?=年)")
_SHORT_YEAR = re.compile(r"(?<![\d.])([0-4]\d)(?=年\s*(?:0?[1-9]|1[0-2])\s*月)")
"""21年3月"""
_HAN_PART = re.compile(r"([一二三四五六七八九十]{1,3})\s*(?=[月日号])")
_DIGITS = str.maketrans("零〇○ОOo一二三四五六七八九", "000000123456789")
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:"
    r"\s*年\s*(?:(?P<m1>\d{1,2})\s*(?:月份?|(?=\s*[~\-—–至到]))\s*(?:(?P<d1>\d{1,2})\s*[日号]?)?)?"
    r"|\s*(?P<sep>[./\-])\s*(?P<m2>\d{1,2})(?!\d)(?:\s*(?P=sep)\s*(?P<d2>\d{1,2})(?!\d|[./]\d))?\s*[月日]?"
    r"|(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?P<m4>0[1-9]|1[0-2])(?!\d))"
)
_UNTIL = re.compile(r"\s*(?:起|开始)?\s*(?:[~∼\-—–−―]+|至|到)\s*")
_REST = re.compile(
    r"(?:(?P<m>\d{1,2})\s*月\s*(?:(?P<d>\d{1,2})\s*[日号]?)?"
    r"|(?P<m2>\d{1,2})\s*[./]\s*(?P<d2>\d{1,2})(?!\d)"
    r"|(?P<n>\d{1,2})(?!\d)\s*(?P<day>[日号])?)"
)

_FIRST_YEAR = 1978

Day = tuple[int, int | None, int | None]


def read_date(text: str) -> str | None:
    """The first date in `text` as YYYY, YYYY-MM or YYYY-MM-DD."""
    days = (_day(match) for match in _DATE.finditer(_arabic(text)))
    return next((_iso(day) for day in days if day), None)


def read_period(text: str) -> str | None:
    """The first period in `text` as `start/end`; a lone date is no period."""
    text = _arabic(text)
    for match in _DATE.finditer(text):
        start = _day(match)
        until = _UNTIL.match(text, match.end())
        if not start or not until:
            continue
        end = _end(text, until.end(), start)
        if end and _iso(end) >= _iso(start)[: len(_iso(end))]:
            return f"{_iso(start)}/{_iso(end)}"
    return None


def read_years(text: str) -> list[int]:
    """Every year that is written as a date or as 2021年, in reading order."""
    return [year for match in _DATE.finditer(_arabic(text)) if possible_year(year := int(match["y"]))]


def possible_year(year: int) -> bool:
    """Whether a result can be of this year: the first QC groups are of 1978, and none is of the year after next."""
    return _FIRST_YEAR <= year <= datetime.now(tz=UTC).year + 1


def _arabic(text: str) -> str:
    """二〇二一年三月 → 2021年3月; a lost zero (二一六年) is put back."""
    text = re.sub(r"(?<=\d)\s*曰", "日", fold(text))
    text = _SHORT_YEAR.sub(r"20\1", text)
    text = _HAN_YEAR.sub(lambda match: _year(match[1]), text)
    return _HAN_PART.sub(lambda match: str(chinese_number(match[1]) or match[1]), text)


def _year(written: str) -> str:
    digits = written.translate(_DIGITS)
    if len(digits) == 3 and digits[0] == "2":  # 二一六年: the 〇 was lost when the file was converted
        digits = "20" + digits[1:]
    return digits if len(digits) == 4 and digits.isdigit() else written


def _day(match: re.Match[str]) -> Day | None:
    month = next((int(match[name]) for name in ("m1", "m2", "m3", "m4") if match[name]), None)
    day = next((int(match[name]) for name in ("d1", "d2", "d3") if match[name]), None)
    return _checked(int(match["y"]), month, day)


def _checked(year: int, month: int | None, day: int | None) -> Day | None:
    if not possible_year(year) or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not 1 <= day <= monthrange(year, month)[1]):
        return (year, month, None)
    return (year, month, day)


def _end(text: str, at: int, start: Day) -> Day | None:
    """The end of a period, which may leave out what the start already said."""
    if match := _DATE.match(text, at):
        return _day(match)
    if not (match := _REST.match(text, at)):
        return None
    year, month, day = start
    if match["m"]:
        return _checked(year, int(match["m"]), int(match["d"]) if match["d"] else None)
    if match["m2"]:
        return _checked(year, int(match["m2"]), int(match["d2"]))
    if match["day"] or day is not None:
        return _checked(year, month, int(match["n"]))
    return _checked(year, int(match["n"]), None)


def _iso(day: Day) -> str:
    year, month, of_month = day
    parts = [f"{year:04}"]
    if month is not None:
        parts.append(f"{month:02}")
        if of_month is not None:
            parts.append(f"{of_month:02}")
    return "-".join(parts)
