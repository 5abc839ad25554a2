"""python -m benchmarks.peers tantivy|sqlite3|jieba, then: build INDEX CORPUS | serve INDEX PORT | write INDEX FIRST"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers.site import Peer, serve
from benchmarks.writer import add_on_demand
from library.corpus import Corpus


def peer(name: str, folder: Path) -> Peer:
    """By what it needs installed; imported here, so that each can be missing."""
    if name == "tantivy":
        from benchmarks.peers.with_tantivy import Tantivy

        return Tantivy(folder)
    if name == "sqlite3":
        from benchmarks.peers.with_fts5 import Fts5

        return Fts5(folder)
    from benchmarks.peers.with_whoosh import Whoosh

    return Whoosh(folder)


def main(name: str, task: str, folder: str, last: str) -> None:
    one = peer(name, Path(folder))
    if task == "build":
        kept = Corpus(Path(last))
        one.add(map(kept.get, kept.ids()))
    elif task == "serve":
        serve(one, int(last))
    else:
        add_on_demand(int(last), lambda case: one.add([case]))


if __name__ == "__main__":
    main(*sys.argv[1:])
