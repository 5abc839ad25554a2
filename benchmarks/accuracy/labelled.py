"""Labelled reports: what is written in them, and what a reader should make of it.

A source is front matter (what is true of the report) and a body: cover lines, then `#` headings that begin a step and
`##` headings inside one, each step named in braces (`# 三、现状把握 {current-state}`), paragraphs, `- ` items, pipe
tables with their caption on the line above, `![caption]` for a picture, `@toc` for a table of contents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_HEADING = re.compile(r"(#{1,3}) +(.*?)(?: *\{([a-z, -]+)\})?$")
_CAPTION = re.compile(r"表 ?[\d一二三四五六七八九十]+[-\d]*[ 　:：]?.*")


@dataclass(frozen=True)
class Part:
    """`kind` is cover, heading, text, item, table, picture or contents; `steps` is where its words belong."""

    kind: str
    text: str = ""
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The pieces of text to look for."""
        if self.kind == "table":
            return [cell for row in self.rows for cell in row if len(cell) >= 8]
        return [self.text] if self.kind in {"text", "item"} else []


@dataclass(frozen=True)
class Labelled:
    name: str
    facts: dict[str, Any]
    parts: tuple[Part, ...]
    renderings: tuple[str, ...] = field(default=("docx-styled",))


def read_labelled(path: Path) -> Labelled:
    head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
    facts = yaml.safe_load(head)
    renderings = tuple(facts.pop("render", ["docx-styled"]))
    return Labelled(path.stem, facts, tuple(_parts(body.split("\n"))), renderings)


def _parts(lines: list[str]) -> list[Part]:
    parts: list[Part] = []
    steps: tuple[str, ...] = ("preface",)
    above: tuple[str, ...] = steps
    caption = ""
    n = 0
    while n < len(lines):
        line = lines[n].strip()
        n += 1
        if not line or line.startswith("~~~"):
            continue
        if match := _HEADING.fullmatch(line):
            depth = len(match[1])
            named = tuple(step.strip() for step in match[3].split(",")) if match[3] else ()
            steps = named or (above if depth > 1 else steps)
            above = steps if depth == 1 or not named else above
            parts.append(Part("heading", match[2], depth, steps=steps))
        elif line.startswith("|"):
            rows = [line]
            while n < len(lines) and lines[n].strip().startswith("|"):
                rows.append(lines[n].strip())
                n += 1
            cells = tuple(_cells(row) for row in rows if not re.fullmatch(r"[|\-: ]+", row))
            parts.append(Part("table", caption, rows=cells, steps=steps))
            caption = ""
        elif line == "@toc":
            parts.append(Part("contents"))
        elif match := re.fullmatch(r"!\[(.*)\]", line):
            parts.append(Part("picture", match[1], steps=steps))
        elif _CAPTION.fullmatch(line) and n < len(lines) and any(x.startswith("|") for x in lines[n : n + 2]):
            caption = line
        elif line.startswith("- "):
            parts.append(Part("item", line[2:], steps=steps))
        else:
            kind = "cover" if not any(part.kind == "heading" for part in parts) else "text"
            parts.append(Part(kind, line.replace("**", ""), steps=steps))
    return parts


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("|").split("|"))
