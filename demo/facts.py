"""The front matter of a demo report: what is known about it besides its text."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

_CHOICES: dict[str, set[Any]] = {
    "topic_type": {"problem-solving", "innovation"},
    "target_kind": {"self-set", "mandated", None},
    "legacy_type": {"现场型", "服务型", "攻关型", "管理型", "创新型", None},
    "original": {"docx", "pptx", "pdf"},
    "layout": {"styled", "bold", "numbered", "boxes"},
}
_CATEGORIES = {"metallurgical", "non-metallurgical", "smart-construction"}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "slug": str, "title": str, "group": str, "unit": str, "project": str, "year": int, "topic_type": str,
    "categories": list, "group_reg_no": str, "topic_reg_no": str, "period": str, "leader": str,
    "members_count": int, "training_hours": (int, float), "target": dict, "benefit_cny": (int, float),
    "tools": list, "awards": list, "comment": str, "original": str, "layout": str,
}  # fmt: skip
_OPTIONAL = {"target_kind", "legacy_type"}


@dataclass(frozen=True)
class Target:
    """The measure a group set out to change, before, wanted and reached."""

    measure: str
    unit: str
    before: float | None
    goal: float
    after: float


@dataclass(frozen=True)
class Award:
    """One (fictional) award."""

    event: str
    issuer: str
    year: int
    rank: int
    text: str


@dataclass(frozen=True)
class Facts:
    """The front matter, checked."""

    slug: str
    title: str
    group: str
    unit: str
    project: str
    year: int
    topic_type: str
    target_kind: str | None
    legacy_type: str | None
    categories: tuple[str, ...]
    group_reg_no: str
    topic_reg_no: str
    start: date
    end: date
    leader: str
    members_count: int
    training_hours: float
    target: Target
    benefit_cny: float
    tools: tuple[str, ...]
    awards: tuple[Award, ...]
    comment: str
    original: str
    layout: str


def read_facts(fields: dict[str, Any], problems: list[str]) -> Facts | None:
    """Check the front matter; note every problem, and return None if there was one."""
    before = len(problems)
    _check_keys(fields, problems)
    _check_choices(fields, problems)
    period = _period(fields.get("period"), problems)
    target = _target(fields.get("target"), problems)
    awards = tuple(award for item in fields.get("awards") or [] if (award := _award(item, problems)))
    if len(problems) > before or period is None or target is None:
        return None
    plain = {key: value for key, value in fields.items() if key not in {"period", "target", "awards"}}
    plain |= {"target_kind": fields.get("target_kind"), "legacy_type": fields.get("legacy_type")}
    plain |= {key: tuple(map(str, fields[key])) for key in ("categories", "tools")}
    return Facts(**plain, start=period[0], end=period[1], target=target, awards=awards)


def _check_keys(fields: dict[str, Any], problems: list[str]) -> None:
    for key, kind in _TYPES.items():
        if key not in fields:
            problems.append(f"the front matter lacks `{key}`")
        elif not isinstance(fields[key], kind) or isinstance(fields[key], bool):
            problems.append(f"`{key}` has the wrong type: {fields[key]!r}")
    problems.extend(f"`{key}` is not a known field" for key in fields.keys() - _TYPES.keys() - _OPTIONAL)


def _check_choices(fields: dict[str, Any], problems: list[str]) -> None:
    for key, allowed in _CHOICES.items():
        if fields.get(key) not in allowed:
            problems.append(f"`{key}` must be one of {sorted(filter(None, allowed))}, not {fields.get(key)!r}")
    categories = fields.get("categories")
    if isinstance(categories, list) and (not categories or set(map(str, categories)) - _CATEGORIES):
        problems.append(f"`categories` must be some of {sorted(_CATEGORIES)}")


def _period(text: object, problems: list[str]) -> tuple[date, date] | None:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", str(text))
    try:
        if match and (days := (date.fromisoformat(match[1]), date.fromisoformat(match[2]))) and days[0] < days[1]:
            return days
    except ValueError:
        pass  # said below
    problems.append(f"`period` must be first/last day, such as 2021-03-01/2021-11-20, not {text!r}")
    return None


def _target(value: object, problems: list[str]) -> Target | None:
    if not isinstance(value, dict) or value.keys() - {"before"} != {"measure", "unit", "goal", "after"}:
        problems.append("`target` needs measure, unit, goal, after (and before, where there is one)")
        return None
    return Target(str(value["measure"]), str(value["unit"]), value.get("before"), value["goal"], value["after"])


def _award(value: object, problems: list[str]) -> Award | None:
    if not isinstance(value, dict) or value.keys() != {"event", "issuer", "year", "rank", "text"}:
        problems.append("each of `awards` needs event, issuer, year, rank, text")
        return None
    return Award(**value)
