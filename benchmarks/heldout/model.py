"""A held-out report: what its author wrote, how the file looks, and what a person would read out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

REPORTS = Path(__file__).with_name("reports")
NOT_JUDGED = ("none",)
_KINDS = ("h", "p", "t", "cap", "img", "toc", "cover", "box", "slide", "break")

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Item:
    """One thing of the report in reading order.

    `steps` is what a person calls the step it belongs to; several where either is right; empty where nobody cares.
    In a table "<" continues the cell to the left and "^" the cell above.
    """

    kind: str
    text: str
    steps: tuple[str, ...]
    level: int = 1

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def rows(self) -> Rows:
        rows = [[cell.strip() for cell in line.split("|")] for line in self.lines]
        width = max(map(len, rows))
        return tuple(tuple(row + [""] * (width - len(row))) for row in rows)

    @property
    def judged(self) -> bool:
        return self.kind in ("p", "t", "box") and bool(self.steps)


@dataclass(frozen=True)
class Report:
    slug: str
    format: str
    name: str
    look: dict[str, Any]
    labels: dict[str, Any]
    items: tuple[Item, ...] = field(repr=False)


def shown(cell: str) -> str:
    """The words of a table cell as they stand in the file; nothing where the cell belongs to a neighbour."""
    return "" if cell in ("<", "^") else cell


def load(path: Path) -> Report:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Report(
        slug=path.stem,
        format=data["format"],
        name=data["name"],
        look=data.get("look") or {},
        labels=data["labels"],
        items=_items(data["body"]),
    )


def load_all(folder: Path = REPORTS) -> list[Report]:
    return [load(path) for path in sorted(folder.glob("*.yaml"))]


def _items(body: list[dict[str, Any]]) -> tuple[Item, ...]:
    items: list[Item] = []
    steps: tuple[str, ...] = ()
    for entry in body:
        kind = next(key for key in entry if key in _KINDS)
        if "step" in entry:
            steps = _steps(entry["step"])
        items.append(Item(kind, str(entry[kind] or ""), steps, int(entry.get("level", 1))))
    return tuple(items)


def _steps(value: str) -> tuple[str, ...]:
    return tuple(step for step in value.replace("+", " ").split() if step not in NOT_JUDGED)
