"""How a Draft travels from the limited child to us: one JSON file and one file a picture, never anything executable.

The child may have been taken over by the file it read, so everything that comes back is checked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading.clean import characters
from indexer.reading.refusal import Refusal

DRAFT = "draft.json"
_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "page": (int, type(None)), "level": (int, type(None)), "number": (str,),
    "size": (float, int, type(None)), "bold": (bool,), "centered": (bool,), "list_level": (int, type(None)),
    "ordered": (bool,), "role": (str,), "box": (bool,), "caption": (str,), "alt": (str,), "kind": (str,),
}  # fmt: skip
_NAMES = {kind: {f.name for f in fields(kind)} for kind in (Text, Table, Picture)}


def dump(draft: Draft, folder: Path) -> None:
    """Write the draft into an empty folder."""
    stored: dict[str, str] = {}
    body = {
        "blocks": [_packed(block, stored, folder) for block in draft.blocks],
        "kind": draft.kind,
        "pages": draft.pages,
        "properties": draft.properties,
        "warnings": draft.warnings,
        "confidence": draft.confidence,
        "scanned": draft.scanned,
        "certainty": draft.certainty,
    }
    with (folder / DRAFT).open("w", encoding="utf-8") as file:
        json.dump(body, file, ensure_ascii=False)


def _packed(block: Block, stored: dict[str, str], folder: Path) -> dict[str, Any]:
    packed = {f.name: v for f in fields(block) if (v := getattr(block, f.name)) != f.default and f.name != "data"}
    packed["is"] = type(block).__name__
    if isinstance(block, Picture):
        digest = hashlib.sha256(block.data).hexdigest()
        if digest not in stored:
            stored[digest] = f"{len(stored) + 1}.picture"
            (folder / stored[digest]).write_bytes(block.data)
        packed["data"] = stored[digest]
    return packed


def load(folder: Path) -> Draft:
    """Raises Refused for anything that is not a draft as `dump` writes it."""
    try:
        body = json.loads((folder / DRAFT).read_text("utf-8"))
        pictures: dict[str, bytes] = {}
        return Draft(
            blocks=tuple(_unpacked(block, folder, pictures) for block in body["blocks"]),
            kind=_text(body["kind"]),
            pages=_checked("page", body["pages"]),
            properties={_text(key): _text(value) for key, value in body["properties"].items()},
            warnings=tuple(_text(warning) for warning in body["warnings"]),
            confidence=float(body["confidence"]),
            scanned=tuple(int(page) for page in body["scanned"]),
            certainty={int(page): float(sure) for page, sure in body["certainty"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refusal(reason="读取这个文件的结果不完整，没有采用。请重试；若再次出现，请另存后重新提交。") from error


def _unpacked(packed: dict[str, Any], folder: Path, pictures: dict[str, bytes]) -> Block:
    name = packed.pop("is")
    if name == "Table":
        rows = tuple(tuple(_text(cell) for cell in row) for row in packed.pop("rows"))
        if len({len(row) for row in rows}) > 1:
            raise ValueError("rows of different length")
        return Table(rows, **_named(Table, packed))
    if name == "Picture":
        file = _text(packed.pop("data"))
        if file not in pictures:
            pictures[file] = _picture(folder, file)
        return Picture(data=pictures[file], **_named(Picture, packed))
    if name == "Text":
        return Text(**_named(Text, packed))
    raise ValueError(f"unknown block {name!r}")


def _picture(folder: Path, name: str) -> bytes:
    path = folder / name
    if not name.removesuffix(".picture").isdecimal() or path.is_symlink():
        raise ValueError(f"not a picture of ours: {name!r}")
    return path.read_bytes()


def _named(kind: type[Block], packed: dict[str, Any]) -> dict[str, Any]:
    if not packed.keys() <= _NAMES[kind]:
        raise ValueError(f"unknown fields {packed.keys() - _NAMES[kind]}")
    return {name: _checked(name, value) for name, value in packed.items()}


def _checked(name: str, value: Any) -> Any:
    if type(value) not in _TYPES[name]:
        raise TypeError(f"{name} is {value!r}")
    return characters(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return characters(value)
