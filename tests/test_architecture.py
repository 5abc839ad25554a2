"""Rules that no single file shows: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [*(ROOT / "library").rglob("*.py"), *(ROOT / "indexer").rglob("*.py"), ROOT / "app.py"]

ONLY_IN = {
    "flask": ("app.py", "library/pages/", "indexer/pages/"),
    "werkzeug": ("app.py", "library/pages/", "indexer/pages/"),
    "whoosh": ("indexer/whoosh_words.py", "indexer/whoosh_writing.py"),
    "indexer": ("app.py", "indexer/"),  # so library never imports indexer
    "app": ("app.py",),
    "demo": (),  # the product runs without what made its sample corpus
    "benchmarks": (),
    "tests": (),
}


def imports(module: Path) -> set[str]:
    """Top-level names of all that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("imported", ONLY_IN)
def test_is_imported_only_where_it_belongs(imported: str) -> None:
    allowed = ONLY_IN[imported]
    wrong = [
        name
        for module in MODULES
        if imported in imports(module)
        and not (name := module.relative_to(ROOT).as_posix()).startswith(allowed or ("-",))
    ]
    assert wrong == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
