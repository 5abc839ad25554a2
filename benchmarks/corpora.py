"""Corpora of made-up reports on disk, as the library keeps them: `<year>/<id>/case.md`.

The folder's name changes with everything the reports are made from, so an old corpus is never measured for a new one.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks import synthetic
from library.casefile import dump_case

WRITTEN_IN_ONE_GO = 50


def corpus_of(size: int, home: Path) -> Path:
    """The folder of a corpus of so many reports; made if it is not there."""
    folder = home / f"corpus-{size}-{_made_from()}"
    if not folder.exists():
        aside = folder.with_suffix(".half")
        with ProcessPoolExecutor() as pool:
            for _ in pool.map(partial(_write, aside), range(size), chunksize=WRITTEN_IN_ONE_GO):
                pass
        aside.rename(folder)
    return folder


def _write(home: Path, number: int) -> None:
    case = synthetic.case(number)
    folder = home / str(case.year) / case.id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.md").write_bytes(dump_case(case))


def draft(number: int) -> str:
    """The made-up report of a number as someone writes it in Markdown."""
    case = synthetic.marked(number)
    head = f"# {case.title}\n\n单位：{case.unit}\n\n小组名称：{case.group}\n"
    return head + "".join(f"\n## {section.heading}\n\n{section.text}\n" for section in case.sections)


def _made_from() -> str:
    """Changes with the demo reports, the dictionary and the way reports are made: then their first ones change."""
    digest = hashlib.sha256()
    for number in range(3):
        digest.update(dump_case(synthetic.case(number)))
    return digest.hexdigest()[:8]


def size_on_disk(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(Path(home, name).stat().st_size for home, _, names in os.walk(folder) for name in names)
