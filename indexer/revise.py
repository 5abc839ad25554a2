"""People correct, machines obey: setting fields of a case, and reading its original again.

A field counts as a person's when it is in `case.confirmed`, or when it no longer has the value that the machine gave:
`case.machine` keeps a digest of every field as it was read, so a correction made in an editor is noticed as well.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, get_args, get_origin, get_type_hints

from library.case import Case, Section, Target
from library.corpus import Corpus
from library.errors import Refused

READ_BY_MACHINE = (
    "title", "year", "group", "unit", "project", "specialty", "categories", "topic_type", "target_kind",
    "legacy_type", "group_reg_no", "topic_reg_no", "period", "leader", "members_count", "training_hours",
    "target.measure", "target.unit", "target.before", "target.goal", "target.after", "benefit_cny", "tools",
    "sections", "figures",
)  # fmt: skip
SETTABLE = (
    *(f for f in READ_BY_MACHINE if f not in ("sections", "figures")),
    "comment",
    "reference",
    "note",
    "duplicates",
)

_HINTS = get_type_hints(Case) | {f"target.{name}": hint for name, hint in get_type_hints(Target).items()}
_SECTION_FIELD = re.compile(r"sections\.(\d+)\.(step|heading)")


class UnknownField(Refused):
    message = "没有可改的字段“{field}”；可改的有：{known}，以及 sections.<序号>.step、sections.<序号>.heading。"


class WrongValue(Refused):
    message = "“{value}”不能作为 {field} 的值，应为{expected}。"


class NoOriginal(Refused):
    message = "案例 {case_id} 没有原件，无法重新识别。"


def stamped(case: Case) -> Case:
    """The case with a note of what the machine read."""
    return replace(case, machine={name: _digest(value_of(case, name)) for name in READ_BY_MACHINE})


def set_by_person(case: Case) -> frozenset[str]:
    """The fields that the machine must leave alone."""
    if not case.machine:
        return frozenset(case.confirmed)
    changed = {name for name, digest in case.machine.items() if _digest(value_of(case, name)) != digest}
    return frozenset(changed | set(case.confirmed))


def value_of(case: Case, field: str) -> Any:
    """The value of a field; parts of the target are named "target.goal"."""
    name, _, part = field.partition(".")
    value = getattr(case, name)
    return getattr(value, part) if part else value


def with_value(case: Case, field: str, value: Any) -> Case:
    name, _, part = field.partition(".")
    return replace(case, **{name: replace(getattr(case, name), **{part: value}) if part else value})


def set_field(case: Case, field: str, text: str) -> Case:
    """The case with a field as a person wrote it, and marked as theirs. Raises `Refused` with what would be right."""
    if found := _SECTION_FIELD.fullmatch(field):
        return _set_section(case, int(found[1]), found[2], text)
    if field not in SETTABLE:
        raise UnknownField(field=field, known=" ".join(SETTABLE))
    changed = with_value(case, field, _value(field, text))
    return _confirmed(changed, field)


def reread(old: Case, new: Case) -> Case:
    """What the machine reads now, but for all that a person set, and what no reading of the report can know."""
    kept = set_by_person(old)
    merged = stamped(new)
    for field in READ_BY_MACHINE:
        if field in kept:
            merged = with_value(merged, field, value_of(old, field))
    if "sections" in kept:  # they name the figures
        merged = replace(merged, figures=old.figures)
    beyond = {
        f.name: getattr(old, f.name)
        for f in fields(Case)
        if f.name not in {name.partition(".")[0] for name in READ_BY_MACHINE} | {"evidence", "warnings", "machine"}
    }
    return replace(merged, **{**beyond, "confirmed": tuple(sorted(kept))})


def with_new_names(case: Case, figures: Mapping[str, bytes], taken: Mapping[str, str]) -> tuple[Case, dict[str, bytes]]:
    """Figures whose name is `taken` (name -> SHA-256) by another picture get a name of their own."""
    names: dict[str, str] = {}
    for name, data in figures.items():
        digest = hashlib.sha256(data).hexdigest()
        if taken.get(name, digest) == digest:
            names[name] = name
        else:
            stem, dot, end = name.rpartition(".")
            names[name] = f"{stem}-{digest[:8]}{dot}{end}"
    sections = tuple(replace(s, text=_renamed(s.text, names)) for s in case.sections)
    renamed = tuple(replace(f, file=names.get(f.file, f.file)) for f in case.figures)
    return replace(case, sections=sections, figures=renamed), {names[n]: data for n, data in figures.items()}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\(figures/([^)\s]+)\)", lambda m: f"(figures/{names.get(m[1], m[1])})", text)


def _set_section(case: Case, number: int, part: str, text: str) -> Case:
    if not 1 <= number <= len(case.sections):
        raise WrongValue(value=number, field="sections", expected=f"1–{len(case.sections)}")
    old = case.sections[number - 1]
    if part == "heading":
        new: Section = replace(old, heading=text)
    else:
        first, *also = text.split("+")
        new = replace(old, step=first, also=tuple(also))
    sections = (*case.sections[: number - 1], new, *case.sections[number:])
    return _confirmed(replace(case, sections=sections), "sections")


def _confirmed(case: Case, field: str) -> Case:
    return replace(case, confirmed=tuple(sorted({*case.confirmed, field})))


def _value(field: str, text: str) -> Any:
    hint = _HINTS[field]
    if hint is str:
        return text
    if get_origin(hint) is tuple:
        return tuple(part for part in re.split(r"[,，、\s]+", text) if part)
    kinds = get_args(hint)
    if not text:
        return None
    try:
        return int(text) if int in kinds else float(text) if float in kinds else text
    except ValueError as error:
        expected = "整数" if int in kinds else "数字"
        raise WrongValue(value=text, field=field, expected=expected) from error


def _digest(value: object) -> str:
    plain = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value  # type: ignore[call-overload]


def figure_digests(corpus: Corpus, case: Case) -> dict[str, str]:
    """Name -> SHA-256 of the pictures that the case has now."""
    return {
        figure.file: hashlib.sha256(corpus.figure_path(case.id, figure.file).read_bytes()).hexdigest()
        for figure in case.figures
    }
