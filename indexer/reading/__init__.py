"""Reading: a file of any format becomes a `Draft`, or is refused with a sentence.

    draft = read(Path("report.docx"))
    members = unpack(Path("reports.zip"), into=folder)

Conversion happens in a child process with limits; see docs/reading.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from indexer.draft import Draft
from indexer.reading import guards, recognition, sandbox, wire
from indexer.reading.archive import Member, is_archive, unpack
from indexer.reading.refusal import Refusal

__all__ = ["Member", "is_archive", "read", "unpack"]


def read(path: Path, name: str = "") -> Draft:
    """What the file says. `name` is the name people know it by, where that is not the path's own.

    Raises Refused, whose sentence says what is wrong and what to do.
    """
    path = path.resolve()
    if not path.is_file():
        raise Refusal(reason="没有这个文件：{name}。", name=name or path.name)
    guards.check_size(path)
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        sandbox.run("read", {"path": str(path), "name": name or path.name}, Path(folder))
        draft = wire.load(Path(folder))
    return recognition.completed(draft, path, name or path.name)
