"""Pictures that stand beside a web page or a Markdown file in the same submission: found by their relative address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from indexer.reading import guards

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")  # has a scheme or begins at a root
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".svg", ".wmf", ".emf")


class Beside:
    """`files`: path relative to the document ("img/1.png", "../1.png") → where the file is. Nothing else is opened."""

    def __init__(self, files: Mapping[str, Path] | None = None) -> None:
        self._files = dict(files or {})
        names: dict[str, list[Path]] = {}
        for relative, path in self._files.items():
            names.setdefault(posixpath.basename(relative).lower(), []).append(path)
        self._sole = {name: paths[0] for name, paths in names.items() if len(paths) == 1}

    def picture(self, address: str) -> bytes | None:
        """The bytes that an address of the document means, or None. A folder that was renamed does no harm."""
        if not self._files or not address or _ELSEWHERE.match(address):
            return None
        plain = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
        path = self._files.get(posixpath.normpath(plain)) or self._sole.get(posixpath.basename(plain).lower())
        try:
            return path.read_bytes() if path and path.stat().st_size <= guards.PICTURE_BYTES else None
        except OSError:
            return None
