"""From a submitted file to a case, wholly inside the limited child: a stranger's text meets no rule of ours outside it.

Reading and splitting both work on what a stranger wrote; a text made to keep a pattern busy must hit a limit, not us.
Recognising scans takes longer than any such limit, so it has children of its own in between. The parent never reads
nor splits, so it does not import what does; that takes half a second.
What comes back is JSON and pictures, checked as they are loaded.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexer.draft import Draft
from indexer.made import Made
from indexer.reading import guards, recognition, sandbox, wire
from indexer.reading.recognition import MOST_PAGES, Progress
from indexer.reading.refusal import Refusal
from library.case import Case

_CASE = TypeAdapter(Case)
_FIGURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
_MADE = "made.json"
_WHOLE, _UNREAD = "whole", "unread"  # what the child made: the case, or a draft with pages that are pictures


def make(
    path: Path,
    name: str,
    progress: Progress | None = None,
    scans: int = MOST_PAGES,
    beside: Mapping[str, Path] | None = None,
) -> Made:
    """The case that a file tells of, without id and sources, and its figures. Raises `Refused`.

    `beside` are the pictures that came with it, by their path relative to the file.

    Scanned pages, up to `scans`, are recognised on the way where that is installed; `progress` is told of each.
    """
    guards.check_size(path)
    with tempfile.TemporaryDirectory(prefix="making-") as folder, tempfile.TemporaryDirectory(prefix="making-") as more:
        pictures = {relative: str(file.resolve()) for relative, file in (beside or {}).items()}
        order = {"path": str(path.resolve()), "name": name, "beside": json.dumps(pictures)}
        if sandbox.run("indexer.making:in_child", order, Path(folder)) != _UNREAD:
            return _load(Path(folder))
        draft = recognition.completed(wire.load(Path(folder)), path, progress, scans)
        wire.dump(draft, Path(folder))
        order = {"draft": folder, "name": name}
        sandbox.run("indexer.making:of_draft", order, Path(more))
        return _load(Path(more))


def in_child(arguments: dict[str, str], folder: Path) -> str:
    """The child's part: convert, split, and leave the result in `folder`; or the draft, if scans must be read first."""
    from indexer.reading.convert import convert

    beside = {relative: Path(file) for relative, file in json.loads(arguments.get("beside", "{}")).items()}
    draft = convert(Path(arguments["path"]), arguments["name"], beside)
    if recognition.has_scans(draft):
        wire.dump(draft, folder)
        return _UNREAD
    _leave(recognition.completed(draft, Path(arguments["path"])), arguments["name"], folder)
    return _WHOLE


def of_draft(arguments: dict[str, str], folder: Path) -> None:
    """The child's part after recognition."""
    _leave(wire.load(Path(arguments["draft"])), arguments["name"], folder)


def _leave(draft: Draft, name: str, folder: Path) -> None:
    from indexer.case_maker import make_case

    made = make_case(draft, name)
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
