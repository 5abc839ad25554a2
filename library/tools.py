"""The QC tools (老七种、新七种 and others): canonical names, groups, other names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Literal

from library.steps import DATA

ToolGroup = Literal["old7", "new7", "other", "simple", "method"]


@dataclass(frozen=True)
class Tool:
    name: str
    group: ToolGroup
    synonyms: tuple[str, ...]


@cache
def all_tools() -> dict[str, Tool]:
    """Every tool by its canonical Chinese name, in the order of `library/data/tools.json`."""
    rows = json.loads((DATA / "tools.json").read_text(encoding="utf-8"))
    return {row["name"]: Tool(row["name"], row["group"], tuple(row["syn"])) for row in rows}


def tool_names() -> frozenset[str]:
    return frozenset(all_tools())
