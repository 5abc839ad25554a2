"""Collects every sentence of the interface, so that a test can ask whether each has its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
HAN = re.compile(r"[㐀-鿿]")

CODE = [
    ROOT / "app.py",
    *(ROOT / "library" / f"{n}.py" for n in ("interface", "scopes", "sheets")),
    *sorted((ROOT / "library" / "pages").glob("*.py")),
]
"""Here every Chinese string is shown to readers."""

MODULES = [*sorted((ROOT / "library").rglob("*.py")), *sorted((ROOT / "indexer").rglob("*.py"))]
"""Here the messages of errors and problems are."""


def in_templates() -> Iterator[str]:
    for template in TEMPLATES:
        with template.open("rb") as file:
            for _, _, said, _ in babel_extract(file, ("_", "gettext", "ngettext"), [], {"trim_blocks": "true"}):
                yield from (said,) if isinstance(said, str) else (part for part in said if part)


def bare_in_templates() -> Iterator[str]:
    """Chinese text of a template that no translation can reach."""
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for template in TEMPLATES:
        translated = 0
        for line, kind, value in env.lex(template.read_text(encoding="utf-8")):
            if kind == "name" and value in ("trans", "endtrans"):
                translated = 1 if value == "trans" else 0
            if kind == "data" and HAN.search(value) and not translated:
                yield f"{template.name}:{line}: {value.strip()}"


def in_code() -> Iterator[str]:
    for module in CODE:
        yield from _strings(module)


def _strings(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in prose:
            continue
        if isinstance(node.value, str) and HAN.search(node.value):
            yield node.value


def in_errors() -> Iterator[str]:
    """`message = "…"` of error classes, and what `Problem(…)` and `tell(…)` say."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield from _messages(node)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "tell"):
                yield from _said(node)


def _messages(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if getattr(target, "id", "") == "message" and isinstance(value, ast.Constant) and HAN.search(str(value.value)):
            yield str(value.value)


def _said(node: ast.Call) -> Iterator[str]:
    for argument in node.args[:2]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and HAN.search(argument.value):
            yield argument.value
