"""Web pages (html, mhtml): the main content without menus; nothing is fetched, no link or script survives."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote_to_bytes

import lxml.html
from lxml import etree

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading import guards
from indexer.reading.beside import Beside
from indexer.reading.clean import clean, line
from indexer.reading.encoding import declared, decode
from indexer.reading.finish import finished
from indexer.reading.pictures import Collector
from indexer.reading.pinyin import has_pinyin, without_pinyin
from indexer.reading.refusal import Refusal, damaged
from library.notices import notice

_DROPPED = {"object", "embed", "applet", "canvas", "form", "button", "select", "input", "textarea", "nav", "aside",
            "footer", "head", "audio", "video", "map", "link", "meta", "dialog"}  # fmt: skip
_SIDE_SHARE = 0.3  # with more of the page's text than this, a "form" or "footer" is no side matter
_BLOCKS = {"p", "div", "section", "article", "main", "header", "blockquote", "pre", "dl", "dt", "dd",
           "figure", "center", "figcaption", "address", "fieldset", "hr", "body", "ul", "ol", "li",
           "tbody", "tr", "td", "th", "caption", "details", "summary", "table"}  # fmt: skip
_SIDE = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|sidebar|side-?bar|footer|breadcrumb|crumbs?|copyright|share|comments?|related|recommend|"
    r"advert|ads?|toolbar|pager|pagination|toplink|login|search)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]{1,6})\s*(pt|px)", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_DATA = re.compile(r"data:image/[\w.+-]+(;base64)?,", re.IGNORECASE)
_META = {"author": "author", "keywords": "keywords", "description": "description", "pubdate": "date", "date": "date"}
_MAIN_SHARE = 0.5  # a part of the page is its main part if it has this share of the text
_MOST_SPAN = 200
_MOST_CELLS = 200_000


def read_html(path: Path, kind: str = "html", beside: Beside | None = None) -> Draft:
    """Raises Refused for a page without any word."""
    data = path.read_bytes()
    pictures: dict[str, bytes] = {}
    if kind == "mhtml":
        data, pictures = _parts_of_mhtml(data)
    root = _parsed(data)
    walker = _Walker(pictures, beside or Beside())
    blocks = _without_pinyin(list(walker.blocks(_main(root))))
    if not blocks:
        raise Refusal(reason="这个网页文件里没有文字。请在浏览器里打开网页，另存为“仅 HTML”或复制到 Word 后再提交。")
    return Draft(finished(blocks), "html", properties=_properties(root), warnings=walker.pictures.warnings())


def _parsed(data: bytes) -> etree._Element:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = declared(data)
        encoding = "gb18030" if encoding.startswith("gb") else encoding
        legacy = encoding and not encoding.startswith(("utf", "iso8859", "ascii"))
        text = data.decode(encoding, "replace") if legacy else decode(data)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise damaged("html") from error


def _parts_of_mhtml(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The page itself, and its pictures by their address."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    page: bytes | None = None
    pictures: dict[str, bytes] = {}
    for part in message.walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_type() == "text/html" and page is None:
            page = content
        elif part.get_content_maintype() == "image":
            for name in (part.get("Content-Location"), "cid:" + str(part.get("Content-ID", "")).strip("<> ")):
                if name:
                    pictures[str(name)] = content
    if page is None:
        raise damaged("mhtml")
    return page, pictures


def _properties(root: etree._Element) -> dict[str, str]:
    found = {}
    if title := line(root.findtext(".//title") or ""):
        found["title"] = title
    for meta in root.iter("meta"):
        key = _META.get(meta.get("name", "").lower())
        if key and (content := line(meta.get("content", ""))):
            found.setdefault(key, content[:1000])
    return found


def _main(root: etree._Element) -> etree._Element:
    """The part of the page that people came for."""
    body = root.find("body")
    body = root if body is None else body
    for element in list(body.iter("script", "style", "noscript", "template", "rt", "rp", "iframe", "svg")):
        _drop(element)
    _drop_side_matter(body, _words(body))
    total = _words(body)
    candidates = list(body.iter("article", "main"))
    candidates += [e for e in body.iter("div", "td", "section") if re.search(r"content|article|正文", _names(e), re.I)]
    big = [element for element in candidates if _words(element) >= _MAIN_SHARE * total]
    return min(big, key=_words, default=body)


def _words(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _names(element: etree._Element) -> str:
    return f"{element.get('id', '')} {element.get('class', '')}"


def _drop_side_matter(body: etree._Element, total: int) -> None:
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        named = element.tag in _DROPPED
        side = (
            "hidden" in element.attrib
            or _HIDDEN.search(element.get("style", "")) is not None
            or _SIDE.search(_names(element)) is not None
        )
        if (named or side) and _words(element) <= _SIDE_SHARE * total:
            _drop(element)


def _drop(element: etree._Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _without_pinyin(blocks: list[Block]) -> list[Block]:
    everything = "".join(block.text for block in blocks if isinstance(block, Text))
    if not has_pinyin(everything):
        return blocks
    return [replace(block, text=without_pinyin(block.text)) if isinstance(block, Text) else block for block in blocks]


@dataclass(frozen=True)
class _Style:
    bold: bool = False
    size: float | None = None
    centered: bool = False
    level: int | None = None
    role: str = ""
    list_level: int | None = None
    number: str = ""
    ordered: bool = False
    pre: bool = False

    def inside(self, element: etree._Element) -> _Style:
        tag, style = str(element.tag), element.get("style", "")
        look = self
        if tag in ("b", "strong", "th") or _BOLD.search(style):
            look = replace(look, bold=True)
        if match := _SIZE.search(style):
            size = float(match[1]) if match[1].count(".") < 2 and match[1] != "." else 0.0
            look = replace(look, size=(size * 0.75 if match[2].lower() == "px" else size) or None)
        if tag == "center" or element.get("align", "").lower() == "center" or _CENTER.search(style):
            look = replace(look, centered=True)
        if re.fullmatch("h[1-6]", tag):
            look = replace(look, level=int(tag[1]))
        if tag == "pre":
            look = replace(look, pre=True)
        return replace(look, role=_role(element) or look.role)


def _role(element: etree._Element) -> str:
    names = element.get("class", "").lower()
    if element.tag == "figcaption" or "msocaption" in names:
        return "caption"
    if "msotoc" in names:
        return "toc"
    return "title" if "msotitle" in names else ""


@dataclass
class _Open:
    """The paragraph that is being gathered."""

    parts: list[str] = field(default_factory=list)
    style: _Style = _Style()
    bold: int = 0
    letters: int = 0
    sizes: dict[float, int] = field(default_factory=dict)


class _Walker:
    def __init__(self, pictures: dict[str, bytes], beside: Beside) -> None:
        self.pictures = Collector()
        self._attached = pictures
        self._beside = beside
        self._open = _Open()

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        yield from self._inside(root, _Style())
        yield from self._close()

    def _inside(self, element: etree._Element, style: _Style) -> Iterator[Block]:
        style = style.inside(element)
        self._say(element.text, style)
        counter = 0
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "br":
                yield from self._close()
            elif child.tag == "img":
                yield from self._image(child)
            elif child.tag == "table" and _is_data(child):
                yield from self._close()
                yield from self._table(child)
            elif child.tag in _BLOCKS or re.fullmatch("h[1-6]", child.tag):
                counter += child.tag == "li"
                yield from self._close()
                yield from self._inside(child, _in_list(element, child, style, counter))
                yield from self._close()
            else:
                yield from self._inside(child, style)
            self._say(child.tail, style)

    def _say(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        text = text if style.pre else re.sub(r"[ \t\r\n\f]+", " ", text)
        count = len(text.replace(" ", ""))
        if count and not self._open.letters:
            self._open.style = style
        self._open.parts.append(text)
        self._open.letters += count
        self._open.bold += count if style.bold else 0
        if style.size:
            self._open.sizes[style.size] = self._open.sizes.get(style.size, 0) + count

    def _close(self) -> Iterator[Text]:
        done, self._open = self._open, _Open()
        if text := clean("".join(done.parts)):
            look = done.style
            yield Text(
                text=text,
                level=look.level,
                number=look.number,
                size=max(done.sizes, key=done.sizes.__getitem__, default=None),
                bold=done.bold * 2 > done.letters,
                centered=look.centered,
                list_level=look.list_level,
                ordered=look.ordered,
                role=look.role,
            )

    def _image(self, element: etree._Element) -> Iterator[Block]:
        address = element.get("src", "").strip()
        if address.lower().startswith("data:"):
            data = _data(address)
        else:
            data = self._attached.get(address) or self._beside.picture(address)
        if data is None:
            self.pictures.miss(notice("网页里的图片没有存进文件（请在浏览器里另存为“单个文件”或复制到 Word 后提交）"))
        elif picture := self.pictures.picture(data, alt=element.get("alt", "")):
            yield from self._close()
            yield picture

    def _table(self, table: etree._Element) -> Iterator[Block]:
        after: list[Block] = []
        grid: dict[tuple[int, int], str] = {}
        taken: set[tuple[int, int]] = set()
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or len(taken) > _MOST_CELLS:
                    continue
                while (number, column) in taken:
                    column += 1
                grid[number, column] = self._cell(cell, after)
                wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
                taken.update((number + down, column + right) for down in range(high) for right in range(wide))
                column += wide
        if any(grid.values()):
            width = max(column for _, column in taken) + 1
            caption = table.find("caption")
            yield Table(
                tuple(tuple(grid.get((number, column), "") for column in range(width)) for number in range(len(rows))),
                caption=line("".join(map(str, caption.itertext()))) if caption is not None else "",
            )
        yield from after

    def _cell(self, cell: etree._Element, after: list[Block]) -> str:
        blocks = list(self.blocks(cell))
        after.extend(block for block in blocks if isinstance(block, Picture))
        return "\n".join(block.text for block in blocks if isinstance(block, Text))


def _in_list(parent: etree._Element, child: etree._Element, style: _Style, counter: int) -> _Style:
    if child.tag != "li":
        return replace(style, number="")
    depth = sum(1 for ancestor in child.iterancestors("ul", "ol")) - 1
    ordered = parent.tag == "ol"
    start = parent.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    number = f"{first + counter - 1}." if ordered else ""
    return replace(style, list_level=min(max(depth, 0), 8), ordered=ordered, number=number)


def _is_data(table: etree._Element) -> bool:
    """A table of data, not one that only places things: no table or heading in it, more than one cell."""
    if next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None:
        return False
    return sum(1 for _, _ in zip(range(2), table.iter("td", "th"), strict=False)) > 1


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1


def _data(address: str) -> bytes | None:
    match = _DATA.match(address)
    if not match or len(address) > 2 * guards.PICTURE_BYTES:
        return None
    body = unquote_to_bytes(address[match.end() :])
    try:
        return base64.b64decode(body) if match[1] else body
    except (binascii.Error, ValueError):
        return None
