"""The one place that turns a report's Markdown into HTML, and treats it as a stranger's.

Raw HTML stays visible text; links go only to web pages, pictures come only from the case's own figures; what the
Markdown reader made then passes an allow-list as well. Two nets on purpose: reports come from anyone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from library.snippets import Marker

PAGE = re.compile(r"<!-- page (\d{1,5}) -->\s*")
FIGURE_SOURCE = re.compile(r"^figures/([0-9A-Za-z][0-9A-Za-z._-]{0,99})$")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"(<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*)*>)")
NUMBER = re.compile(r"[-+－＋±≤≥<>~～约]*\d[\d,，.．]*\s*[%％‰℃°a-zA-Z㎡m³²万元]{0,4}")
NO_NUMBER = re.compile(r"[-—–/／\s]*")
CAPTION = re.compile(r"[图表]\s*\d")
TABLE_CAPTION = re.compile(r"表\s*\d+([-－.]\d+)?\s")

TAGS = {
    "p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "blockquote", "ul", "ol", "li",
    "table", "thead", "tbody", "tr", "th", "td", "a", "figure", "figcaption", "img", "div", "span",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "rel"},
    "p": {"class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"class", "scope"},
    "td": {"class"},
    "ol": {"start"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "span": {"class", "id"},
    "figure": {"class", "id"},
}


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it."""

    address: str
    caption: str = ""
    width: int | None = None
    height: int | None = None


def render(
    text: str,
    figures: Mapping[str, Shown] | None = None,
    page_label: str = "第 {page} 页",
    table_label: str = "表格",
) -> str:
    """Safe HTML of a report's Markdown. Figures are given by file name; a picture of anything else is left out."""
    shown = tuple(sorted((figures or {}).items()))
    return _rendered(text, shown, page_label, table_label)


@lru_cache(maxsize=2000)
def _rendered(text: str, figures: tuple[tuple[str, Shown], ...], page_label: str, table_label: str) -> str:
    env = {"figures": dict(figures), "page_label": page_label, "table_label": table_label}
    made = _MARKDOWN.render(text, env)
    return nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,  # set by `link_open`, and only on links that leave
    )


def mark_html(safe: str, wanted: Marker, first: int = 1) -> tuple[str, int]:
    """Put marks into the text of finished HTML, numbered from `first`; also how many there are."""
    number = first
    out = []
    for position, part in enumerate(TAG.split(safe)):
        if position % 2:  # a tag
            out.append(part)
            continue
        for text, matched in wanted.pieces(html.unescape(part)):
            if matched:
                out.append(f'<mark id="hit-{number}">{html.escape(text)}</mark>')
                number += 1
            else:
                out.append(html.escape(text))
    return "".join(out), number - first


def _page_mark(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<!-- page 12 -->` says where a page or slide of the original begins."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = PAGE.fullmatch(line)
    if found and not silent:
        state.push("page_mark", "", 0).content = found[1]
        state.line = start + 1
    return bool(found)


def _break(state: StateInline, silent: bool) -> bool:
    """`<br>` is how a table cell holds several lines."""
    found = BREAK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


class _Renderer(RendererHTML):
    def page_mark(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        page = tokens[idx].content
        label = html.escape(env["page_label"].format(page=page))
        return f'<span class="page" id="page-{page}">{label}</span>'

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A line end is a space, but none between Chinese characters."""
        around = tokens[idx - 1].content[-1:] + tokens[idx + 1].content[:1] if idx + 1 < len(tokens) else ""
        wide = len(around) == 2 and all(east_asian_width(letter) in "WF" for letter in around)
        return "" if wide else "\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        caption = self.renderInlineAsText(token.children, options, env)
        found = FIGURE_SOURCE.match(str(token.attrs.get("src", "")))
        shown = env["figures"].get(found[1]) if found else None
        if shown is None:
            return f'<span class="missing-figure">{html.escape(caption)}</span>'
        return figure_html(shown, caption) if token.meta.get("alone") else picture_html(shown, caption)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        address = html.escape(str(tokens[idx].attrs.get("href", "")))
        return f'<a href="{address}" rel="noopener noreferrer nofollow">'

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        label = html.escape(env["table_label"])
        return f'<div class="table" tabindex="0" role="group" aria-label="{label}"><table>'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{_below_section(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_below_section(tokens[idx].tag)}>\n"


def figure_html(shown: Shown, caption: str) -> str:
    """A figure with its caption, safe as it is."""
    words = html.escape(caption or shown.caption)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f"<figure>{picture_html(shown, caption)}{below}</figure>"


def picture_html(shown: Shown, caption: str) -> str:
    """A picture that opens large; it keeps its place on the page before it has come."""
    size = f' width="{shown.width}" height="{shown.height}"' if shown.width else ""
    words = html.escape(caption or shown.caption)
    address = html.escape(shown.address)
    picture = f'<img src="{address}" alt="{words}"{size} loading="lazy">'
    return f'<a class="enlarge" href="{address}">{picture}</a>'


def _below_section(tag: str) -> str:
    """A section's own heading is h2, so no heading inside it stands above h3."""
    return max(tag, "h3")


def _arrange(state: StateCore) -> None:
    """Take figures out of their paragraphs, know table captions, line numbers up in their columns."""
    tokens = state.tokens
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type != "paragraph_open" or token.type != "inline":
            continue
        children = token.children or []
        if [child.type for child in children] == ["image"]:
            before.hidden = after.hidden = children[0].meta["alone"] = True
        elif TABLE_CAPTION.match(token.content):
            before.attrSet("class", "table-caption")
    _say_captions_once(tokens)
    for first, last in _tables(tokens):
        _align_numbers(tokens[first:last])


def _say_captions_once(tokens: Sequence[Token]) -> None:
    """Originals often carry a caption twice: in the picture or table, and as a line beside it."""
    said = ""
    for place, token in enumerate(tokens):
        if token.type != "inline" or tokens[place - 1].type != "paragraph_open":
            continue
        children = token.children or []
        figure = children[0].content if len(children) == 1 and children[0].type == "image" else ""
        repeated = CAPTION.match(token.content) and token.content == said
        if repeated:
            token.children, tokens[place - 1].hidden, tokens[place + 1].hidden = [], True, True
        said = figure or token.content


def _tables(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    opened = [place for place, token in enumerate(tokens) if token.type == "table_open"]
    closed = [place for place, token in enumerate(tokens) if token.type == "table_close"]
    return list(zip(opened, closed, strict=True))


def _align_numbers(table: Sequence[Token]) -> None:
    """A column of numbers gets a class on all its cells."""
    columns: dict[int, list[tuple[Token, str]]] = {}
    column = 0
    for token, inner in pairwise(table):
        if token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            columns.setdefault(column, []).append((token, inner.content.strip()))
            column += 1
    for cells in columns.values():
        told = [text for token, text in cells if token.tag == "td" and not NO_NUMBER.fullmatch(text)]
        if told and all(NUMBER.fullmatch(text) for text in told):
            for token, _ in cells:
                token.attrSet("class", "number")


def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": False}, renderer_cls=_Renderer)
    md.enable("table")
    # Reports are written for people: four spaces are an indent, not code; a dashed line is no heading.
    md.disable(["code", "fence", "lheading", "html_block", "html_inline", "reference", "autolink"])
    md.block.ruler.before("table", "page_mark", _page_mark, {"alt": ["paragraph", "list"]})
    md.inline.ruler.before("text", "break", _break)
    md.core.ruler.push("arrange", _arrange)
    return md


_MARKDOWN = _markdown()
