"""From a submitted file to a case, wholly inside the limited child: a stranger's text meets no rule of ours outside it.

Reading and splitting both work on what a stranger wrote; a text made to keep a pattern busy must hit a limit, not us.
What comes back is JSON and pictures, checked as they are loaded.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexer.case_maker import Made, make_case
from indexer.reading import guards, sandbox
from indexer.reading.convert import convert
from indexer.reading.refusal import Refusal
from library.case import Case

_CASE = TypeAdapter(Case)
_FIGURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
_MADE = "made.json"


def make(path: Path, name: str) -> Made:
    """The case that a file tells of, without id and sources, and its figures. Raises `Refused`."""
    guards.check_size(path)
    with tempfile.TemporaryDirectory(prefix="making-") as folder:
        sandbox.run("indexer.making:in_child", {"path": str(path.resolve()), "name": name}, Path(folder))
        return _load(Path(folder))


def in_child(arguments: dict[str, str], folder: Path) -> None:
    """The child's part: convert, split, and leave the result in `folder`."""
    made = make_case(convert(Path(arguments["path"]), arguments["name"]), arguments["name"])
    (folder / "figures").mkdir()
    for name, data in made.figures.items():
        (folder / "figures" / name).write_bytes(data)
    body = {"case": _CASE.dump_python(made.case, mode="json"), "figures": list(made.figures)}
    (folder / _MADE).write_text(json.dumps(body, ensure_ascii=False), "utf-8")


def _load(folder: Path) -> Made:
    try:
        body = json.loads((folder / _MADE).read_text("utf-8"))
        case = _CASE.validate_python(body["case"])
        return Made(case, {name: _picture(folder, name) for name in body["figures"]})
    except (OSError, ValueError, TypeError, KeyError, ValidationError) as error:
        raise Refusal(reason="读取这个文件的结果不完整，没有采用。请重试；若再次出现，请另存后重新提交。") from error


def _picture(folder: Path, name: str) -> bytes:
    path = folder / "figures" / name
    if not _FIGURE.fullmatch(name) or path.is_symlink():
        raise ValueError(f"not a figure of ours: {name!r}")
    return path.read_bytes()
