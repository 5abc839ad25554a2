"""Office Open XML packages (docx, pptx, xlsx): parts, their relations and the document properties.

Parts are looked up inside the archive only; a target outside the package is never opened or fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from indexer.reading import guards
from indexer.reading.clean import line
from indexer.reading.refusal import Refusal, damaged

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# "Strict" files say the same in other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_STRICT_NAMES = {
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"presentationml": b"http://schemas.openxmlformats.org/presentationml/2006/",
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}


@dataclass(frozen=True)
class Relation:
    kind: str  # the last word of its type: "image", "header", "chart" …
    target: str  # the name of the part
    external: bool


class Package:
    """An opened package; use it in a `with`."""

    def __init__(self, path: Path, kind: str) -> None:
        self.kind = kind
        self._archive = guards.open_zip(path, kind)
        self._entries = {_key(entry.filename): entry for entry in self._archive.infolist()}
        self._relations: dict[str, dict[str, Relation]] = {}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def names(self) -> Iterator[str]:
        return (entry.filename for entry in self._entries.values())

    def bytes(self, name: str) -> bytes | None:
        entry = self._entries.get(_key(name))
        return guards.read_entry(self._archive, entry, self.kind) if entry else None

    def size(self, name: str) -> int:
        entry = self._entries.get(_key(name))
        return entry.file_size if entry else 0

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where the part is missing; comments and entities are dropped."""
        data = self.bytes(name)
        return None if data is None else parse(data, self.kind)

    def side_xml(self, name: str) -> etree._Element | None:
        """Like `xml` for parts one can do without (styles, properties): a broken one counts as missing."""
        try:
            return self.xml(name)
        except Refusal:
            return None

    def relations(self, name: str = "") -> dict[str, Relation]:
        """The relations of a part, or of the package itself, by id."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        root = self.side_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in root if root is not None else ():
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def main_part(self, usual: str) -> str:
        """The name of the document itself."""
        for relation in self.relations().values():
            if relation.kind == "officeDocument" and not relation.external:
                return relation.target
        return usual

    def related(self, name: str, *kinds: str) -> list[str]:
        """The names of the parts that `name` points to, of these kinds."""
        return [r.target for r in self.relations(name).values() if r.kind in kinds and not r.external]

    def properties(self) -> dict[str, str]:
        """title, subject, creator, keywords, created, company … as far as the file has them."""
        found: dict[str, str] = {}
        for part in ("docProps/core.xml", "docProps/app.xml"):
            root = self.side_xml(part)
            for element in root if root is not None else ():
                text = line(element.text or "")[:1000]
                if text and not len(element):
                    key = etree.QName(element).localname
                    found.setdefault(key[0].lower() + key[1:], text)
        return found


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def parse(data: bytes, kind: str) -> etree._Element:
    """XML from a stranger: no entities, no DTD, no network, bounded depth."""
    if b"purl.oclc.org" in data[:5000]:
        data = _STRICT.sub(lambda m: _STRICT_NAMES.get(m[1], m[0][: -len(m[2])]) + m[2], data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise Refusal(
                reason="这个 {kind} 文件的表格或文本框嵌套太深，无法读取。请去掉多余的嵌套后再提交。",
                kind=kind,
            ) from error
        raise damaged(kind) from error
