"""The kinds of figure, and what the data of each must look like."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KEYS: dict[str, tuple[set[str], set[str]]] = {  # kind: (needed, also allowed)
    "pareto": ({"data"}, set()),
    "pie": ({"data"}, set()),
    "bar": (set(), {"data", "labels", "series", "line"}),
    "line": ({"labels", "series"}, {"line"}),
    "histogram": (set(), {"values", "bins", "counts", "limits"}),
    "control": ({"values", "cl", "ucl", "lcl"}, {"labels"}),
    "scatter": ({"points", "x", "y"}, set()),
    "fishbone": ({"effect", "causes"}, set()),
    "tree": ({"root", "children"}, set()),
    "relation": ({"nodes", "links", "problem"}, set()),
    "gantt": ({"labels", "rows"}, {"actual"}),
    "flow": ({"steps"}, set()),
    "radar": ({"labels", "series"}, set()),
    "arrow": ({"links"}, set()),
    "affinity": ({"groups"}, set()),
    "pdpc": ({"links", "start", "end"}, set()),
    "sketch": ({"parts"}, {"links"}),
}
_ALWAYS = {"caption"}
_ANYWHERE = {"unit", "note"}


@dataclass(frozen=True)
class Figure:
    """A figure to be drawn: its kind, its caption and the numbers or texts in it."""

    kind: str
    caption: str
    data: Mapping[str, Any]


def check_figure(kind: str, data: Mapping[str, Any]) -> list[str]:
    """What is wrong with the data of a figure, as sentences."""
    if kind not in KEYS:
        return [f"there is no kind `{kind}`"]
    needed, allowed = KEYS[kind]
    faults = [f"`{key}` is missing" for key in sorted((needed | _ALWAYS) - data.keys())]
    faults += [
        f"`{key}` is not a key of {kind}" for key in sorted(data.keys() - needed - allowed - _ALWAYS - _ANYWHERE)
    ]
    return faults or list(_CHECKS.get(kind, _nothing)(data))


def _nothing(_: Mapping[str, Any]) -> Iterable[str]:
    return ()


def _numbers(values: object) -> bool:
    return (
        isinstance(values, list)
        and bool(values)
        and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    )


def _check_counts(data: Mapping[str, Any]) -> Iterable[str]:
    counts = data["data"]
    if not isinstance(counts, dict) or not _numbers(list(counts.values())):
        yield "`data` must be {label: number}"
    elif min(counts.values()) < 0 or sum(counts.values()) <= 0:
        yield "`data` must be counts above 0"


def _check_bar(data: Mapping[str, Any]) -> Iterable[str]:
    if ("data" in data) == ("series" in data):
        yield "give either `data` or `labels` with `series`"
    elif "data" in data and not _numbers(list(data["data"].values())):
        yield "`data` must be {label: number}"
    elif "series" in data:
        yield from _check_series(data)


def _check_series(data: Mapping[str, Any]) -> Iterable[str]:
    for name, values in data["series"].items():
        if not isinstance(values, list) or not _numbers([value for value in values if value is not None]):
            yield f"series {name} must be a list of numbers"
        elif len(values) != len(data.get("labels", ())):
            yield f"series {name} has {len(values)} values for {len(data.get('labels', ()))} labels"


def _check_histogram(data: Mapping[str, Any]) -> Iterable[str]:
    if "values" in data:
        if not _numbers(data["values"]):
            yield "`values` must be numbers"
    elif not _numbers(data.get("bins")) or len(data["bins"]) != len(data.get("counts", ())) + 1:
        yield "give `values`, or `counts` and one more of `bins`"


def _check_control(data: Mapping[str, Any]) -> Iterable[str]:
    if not _numbers(data["values"]) or not _numbers([data["cl"], data["ucl"]]):
        yield "`values`, `cl` and `ucl` must be numbers"


def _check_relation(data: Mapping[str, Any]) -> Iterable[str]:
    named = {key for link in data["links"] for key in link} | {data["problem"]}
    yield from (f"node {key} is not in `nodes`" for key in sorted(map(str, named - data["nodes"].keys())))


def _check_gantt(data: Mapping[str, Any]) -> Iterable[str]:
    count = len(data["labels"])
    for task, spans in [*data["rows"].items(), *data.get("actual", {}).items()]:
        if task not in data["rows"]:
            yield f"`actual` has {task}, `rows` has not"
        if any(len(span) != 2 or not 0 <= span[0] <= span[1] <= count for span in spans):
            yield f"a bar of {task} lies outside the {count} labels"


def _check_pdpc(data: Mapping[str, Any]) -> Iterable[str]:
    texts = {text for link in data["links"] for text in link[:2]}
    yield from (f"`{key}` is not in any link" for key in ("start", "end") if data[key] not in texts)


def _check_sketch(data: Mapping[str, Any]) -> Iterable[str]:
    ends = {end for link in data.get("links") or () for end in link[:2]}
    yield from (f"part {end} is not in `parts`" for end in sorted(map(str, ends - set(data["parts"]))))


_CHECKS: dict[str, Callable[[Mapping[str, Any]], Iterable[str]]] = {
    "pareto": _check_counts,
    "pie": _check_counts,
    "bar": _check_bar,
    "line": _check_series,
    "radar": _check_series,
    "histogram": _check_histogram,
    "control": _check_control,
    "relation": _check_relation,
    "gantt": _check_gantt,
    "pdpc": _check_pdpc,
    "sketch": _check_sketch,
}
