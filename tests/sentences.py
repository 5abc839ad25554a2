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


def in_notices() -> Iterator[str]:
    """What readers and rules say of a file: every whole sentence, what `notice(…)` is given, and every `reason`."""
    for module in sorted((ROOT / "indexer").rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in prose | parts and _is_sentence(node.value):
                yield str(node.value)
            elif isinstance(node, ast.Call):
                yield from _given_to_people(node)


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and value.endswith("。") and len(HAN.findall(value)) > 3


def _given_to_people(call: ast.Call) -> Iterator[str]:
    said = call.args[:1] if getattr(call.func, "id", "") == "notice" else []
    for node in [*said, *(keyword.value for keyword in call.keywords if keyword.arg == "reason")]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
            yield node.value


def composed_in_code() -> Iterator[str]:
    """Sentences that are put together where no translation can reach them."""
    for module in sorted((ROOT / "indexer").rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                said = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
                if re.search("[。；]$", said) and len(HAN.findall(said)) > 3 and "(?" not in said:
                    yield f"{module.name}:{node.lineno}: {said}"
