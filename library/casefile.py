"""The case file: YAML front matter and one `##` section per heading, read strictly and written back the same.

Strict on purpose. Ordinary YAML reading lets a mistyped key vanish, keeps the last of two equal keys, turns `no` into
False and a date into an object, and can be made to expand aliases without end. Here each of these is a problem with
its line, and all problems of a file are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from library import case as types
from library.case import Award, Case, Event, Evidence, Figure, Section, Source, Target
from library.errors import InvalidCase, Problem
from library.steps import all_steps
from library.tools import tool_names

LONGEST_FRONT_MATTER = 1_000_000  # characters; more is a mistake or an attack
SECTION = re.compile(r"^## (?P<heading>.*?)(?:[ \t]+\{(?P<steps>[^{}]*)\})?[ \t]*$")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufffe\uffff]")

Line = Annotated[str, StringConstraints(pattern=r"^[^\r\n]*$", max_length=2000)]
Name = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$", max_length=100)]
Day = r"\d{4}(-\d{2}(-\d{2})?)?"


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)


class _Target(_Model):
    measure: Line = ""
    unit: Line = ""
    before: float | None = Field(None, allow_inf_nan=False)
    goal: float | None = Field(None, allow_inf_nan=False)
    after: float | None = Field(None, allow_inf_nan=False)


class _Award(_Model):
    text: Line
    event: Line = ""
    issuer: Line = ""
    year: int | None = Field(None, ge=1978, le=2999)
    rank: Literal[0, 1, 2, 3, 9] = 9


class _Figure(_Model):
    file: Name
    caption: Line = ""
    step: Line = ""
    tool: Line = ""
    page: int | None = Field(None, ge=1)


class _Source(_Model):
    file: Line
    stored: Name
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class _Evidence(_Model):
    where: Line
    quote: str = ""
    confidence: float = Field(1.0, ge=0, le=1)


class _FrontMatter(_Model):
    title: Annotated[Line, StringConstraints(min_length=1, max_length=300)]
    year: int | None = Field(None, ge=1978, le=2999)  # QC circles came to China in 1978
    group: Line = ""
    unit: Line = ""
    project: Line = ""
    specialty: Line = ""
    categories: list[types.Category] = []
    topic_type: types.TopicType | None = None
    target_kind: types.TargetKind | None = None
    legacy_type: Line = ""
    group_reg_no: Line = ""
    topic_reg_no: Line = ""
    period: str = Field("", pattern=rf"^({Day})?(/({Day})?)?$")
    leader: Line = ""
    members_count: int | None = Field(None, ge=1, le=999)
    training_hours: float | None = Field(None, ge=0, allow_inf_nan=False)
    target: _Target = Field(default_factory=lambda: _Target.model_validate({}))
    benefit_cny: float | None = Field(None, allow_inf_nan=False)
    tools: list[Line] = []
    awards: list[_Award] = []
    comment: str = ""
    figures: list[_Figure] = []
    sources: list[_Source] = []
    duplicates: list[Line] = []
    evidence: dict[str, _Evidence] = {}
    confirmed: list[Line] = []
    machine: dict[str, Line] = {}
    warnings: list[Line] = []
    illustrative: bool = False
    title_only: bool = False
    reference: Line = ""
    note: Line = ""


class _EventMatter(_Model):
    title: Line
    place: Line = ""
    start: str = Field(pattern=rf"^{Day}$")
    end: str = Field("", pattern=rf"^({Day})?$")
    issuer: Line = ""
    source: Line
    award_event: Line = ""
    figures: dict[str, int] = {}


def parse_case(case_id: str, content: bytes, file: str = "case.md") -> Case:
    """Read a case file. Raises `InvalidCase` with every problem found."""
    problems: list[Problem] = []
    matter, lines, body, first = _split(content, file, problems)
    model = _check(_FrontMatter, matter, lines, problems)
    sections = _sections(body, first, problems)
    if isinstance(model, _FrontMatter):
        _check_meaning(model, lines, problems)
    if problems or not isinstance(model, _FrontMatter):
        raise InvalidCase(file, problems)
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in model}
    values |= {
        "target": Target(**model.target.model_dump()),
        "awards": tuple(Award(**award.model_dump()) for award in model.awards),
        "figures": tuple(Figure(**figure.model_dump()) for figure in model.figures),
        "sources": tuple(Source(**source.model_dump()) for source in model.sources),
        "evidence": {name: Evidence(**e.model_dump()) for name, e in model.evidence.items()},
    }
    return Case(id=case_id, sections=tuple(sections), **values)


def dump_case(case: Case) -> bytes:
    """The file of a case; fields at their defaults are left out.

    Raises `InvalidCase` when reading it again would not give the same case.
    """
    content = _dump(case)
    told = Problem("", "正文含有会被误认为章节标题的行。")
    sections = tuple(replace(s, text=s.text.strip()) for s in case.sections)
    if parse_case(case.id, content) != replace(case, sections=sections):
        raise InvalidCase("case.md", [told])
    return content


def _dump(case: Case) -> bytes:
    matter = {
        f.name: _plain(value)
        for f in fields(case)
        if f.name not in ("id", "sections") and (value := getattr(case, f.name)) != _default(f)
    }
    parts = ["---\n", _yaml(matter), "---\n"]
    for section in case.sections:
        parts.append(f"\n## {section.heading} {{{' '.join(section.steps)}}}\n")
        if section.text:
            parts.append(f"\n{section.text.strip()}\n")
    return "".join(parts).encode()


def parse_event(event_id: str, content: bytes, file: str) -> Event:
    """Read an event file: the same front matter rules, the body is free Markdown."""
    problems: list[Problem] = []
    matter, lines, body, _ = _split(content, file, problems)
    model = _check(_EventMatter, matter, lines, problems)
    if problems or not isinstance(model, _EventMatter):
        raise InvalidCase(file, problems)
    return Event(id=event_id, text="\n".join(body).strip(), **model.model_dump())


def _split(content: bytes, file: str, problems: list[Problem]) -> tuple[Any, dict[str, int], list[str], int]:
    """Front matter as data, the line of every field in it, the body's lines, and the first one's number.

    Raises `InvalidCase` at once only where nothing further can be read.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        raise InvalidCase(file, [Problem("", "文件以 BOM 开头，请另存为“UTF-8（无 BOM）”。", line=1)])
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        told = Problem("", "不是 UTF-8 文字，请另存为 UTF-8。", line=line)
        raise InvalidCase(file, [told]) from error
    if found := CONTROL.search(text):
        line = text[: found.start()].count("\n") + 1
        raise InvalidCase(file, [Problem("", "含有不可见的控制字符，请删去。", line=line)])
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        told = Problem("", "文件必须以一行“---”开头，元数据之后再用一行“---”结束。", line=1)
        raise InvalidCase(file, [told])
    end = lines.index("---", 1)
    matter, where = _read_yaml("\n".join(lines[1:end]), file, problems)
    return matter, where, lines[end + 1 :], end + 2


class _CoreLoader(yaml.CSafeLoader):
    """YAML with the few plain types of JSON: `no` stays a word, 2024-01-02 stays text."""


_CoreLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?$", list("-+0123456789")),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _read_yaml(text: str, file: str, problems: list[Problem]) -> tuple[Any, dict[str, int]]:
    if len(text) > LONGEST_FRONT_MATTER:
        raise InvalidCase(file, [Problem("", "元数据过长（超过一百万字）。")])
    try:
        node = yaml.compose(text, Loader=_CoreLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        told = Problem("", "不是有效的 YAML，请检查缩进、冒号和引号。", line=mark.line + 2 if mark else None)
        raise InvalidCase(file, [told]) from error
    lines: dict[str, int] = {}
    data = _data(node, "", lines, problems, set())
    if not isinstance(data, dict):
        problems.append(Problem("", "元数据必须写成“字段: 值”的形式。", line=2))
        raise InvalidCase(file, problems)
    return data, lines


_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda value: None,
    "tag:yaml.org,2002:bool": lambda value: value == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:str": str,
}


def _data(node: Any, path: str, lines: dict[str, int], problems: list[Problem], seen: set[int]) -> Any:
    """Plain data of a YAML node. Notes the line of every field; tells of repeats, aliases and odd types."""
    if node is None:
        return None
    line = node.start_mark.line + 2  # the opening --- is line 1
    lines.setdefault(path, line)

    def tell(message: str, **values: object) -> None:
        problems.append(Problem(path, message, values, line))

    if id(node) in seen:
        tell("不能用 YAML 别名（*名称），请把内容写出来。")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = f"{path}.{key}" if path else key
            lines[inner] = line = key_node.start_mark.line + 2
            if key in mapping:
                problems.append(Problem(inner, "字段重复，请只保留一个。", line=line))
            mapping[key] = _data(value_node, inner, lines, problems, seen)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_data(item, f"{path}.{position}", lines, problems, seen) for position, item in enumerate(node.value)]
    make = _SCALARS.get(node.tag)
    if make is None:
        tell("不支持的类型标记 {tag}，请直接写值。", tag=node.tag)
        return None
    return make(node.value)


_SENTENCES = {
    "extra_forbidden": "没有这个字段，请检查拼写或删去。",
    "missing": "缺少这个字段。",
    "string_type": "应为文字；若内容像数字，请加引号。",
    "string_too_short": "不能为空。",
    "string_too_long": "过长，最多 {max_length} 字。",
    "int_type": "应为整数。",
    "float_type": "应为数字。",
    "bool_type": "应为 true 或 false。",
    "list_type": "应为列表（每项一行，以“- ”开头）。",
    "model_type": "应为若干“字段: 值”。",
    "dict_type": "应为若干“字段: 值”。",
    "literal_error": "只能是 {expected} 之一。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "finite_number": "应为有限的数字。",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}。",
}


def _check(model: type[_Model], matter: Any, lines: dict[str, int], problems: list[Problem]) -> _Model | None:
    try:
        return model.model_validate(matter)
    except ValidationError as error:
        for told in error.errors():
            path = ".".join(str(part) for part in told["loc"])
            nearest = next((lines[p] for p in _up(path) if p in lines), 2)  # a missing field has no line of its own
            values = told.get("ctx", {})
            message = _SENTENCES.get(told["type"], "{reason}")
            problems.append(Problem(path, message, {"reason": told["msg"], **values}, nearest))
        return None


def _up(path: str) -> list[str]:
    """A path and all paths above it, nearest first."""
    parts = path.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _check_meaning(model: _FrontMatter, lines: dict[str, int], problems: list[Problem]) -> None:
    """Rules that concern several fields, or lists kept elsewhere."""

    def tell(path: str, message: str, **values: object) -> None:
        nearest = next((lines[p] for p in _up(path) if p in lines), 2)
        problems.append(Problem(path, message, values, nearest))

    if {"metallurgical", "non-metallurgical"} <= set(model.categories):
        tell("categories", "不能既是 metallurgical 又是 non-metallurgical，请只留一个。")
    for position, tool in enumerate(model.tools):
        if tool not in tool_names():
            tell(f"tools.{position}", "没有名为“{tool}”的工具，请用规范名称。", tool=tool)
    for position, figure in enumerate(model.figures):
        if figure.step and figure.step not in all_steps():
            tell(f"figures.{position}.step", "没有名为“{step}”的步骤。", step=figure.step)
        if figure.tool and figure.tool not in tool_names():
            tell(f"figures.{position}.tool", "没有名为“{tool}”的工具。", tool=figure.tool)


def _sections(body: list[str], first: int, problems: list[Problem]) -> list[Section]:
    """The sections of the body; `first` is the number of its first line."""
    sections: list[Section] = []
    heading = ""
    steps: tuple[str, ...] = ()
    text: list[str] = []

    def close() -> None:
        if steps:
            sections.append(Section(steps[0], heading, "\n".join(text).strip(), steps[1:]))

    started = False
    for number, line in enumerate(body, first):
        found = SECTION.match(line)
        if found is None:
            if not started and line.strip():
                told = "第一个“## ”标题之前不能有正文。"
                problems.append(Problem("", told, line=number))
                started = True
            text.append(line)
            continue
        close()
        started = True
        heading, steps, text = found["heading"], tuple((found["steps"] or "").split()), []
        unknown = [step for step in steps if step not in all_steps()]
        if not steps or unknown:
            told = "标题后须用花括号写明步骤，如“## 三、设定目标 {{goal}}”；可用：{known}。"
            problems.append(Problem("", told, {"known": " ".join(all_steps())}, number))
            steps = ()
    close()
    return sections


def _default(f: Any) -> Any:
    if f.default is not MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not MISSING else MISSING


def _plain(value: Any) -> Any:
    """Lists and dicts for YAML; whole numbers without a decimal point; defaults left out."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(inner) for f in fields(value) if (inner := getattr(value, f.name)) != _default(f)}
    return value


def _yaml(matter: dict[str, Any]) -> str:
    return str(
        yaml.dump(
            matter,
            Dumper=yaml.CSafeDumper,
            allow_unicode=True,
            sort_keys=False,
            width=10_000,
            default_flow_style=False,
        )
    )
