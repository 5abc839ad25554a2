"""Labelled reports as files, in the ways people really write them: `docx-bold`, `pptx-bar`, `txt`, `html+traditional` …

A rendering is a format, a layout after a hyphen, and after a plus sign what happened to the text on the way:
`traditional` (converted script) or `ocr` (a recogniser's slips).
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from html import escape

from opencc import OpenCC

from benchmarks.accuracy.labelled import Labelled, Part
from benchmarks.accuracy.office import make_docx, make_pptx
from benchmarks.heldout.to_text import printed

_SLIPS = dict(
    zip("现状设定原因析认题型课组号日目未问策查效施", "珰壮没走厚囚折让題刑深纽亏曰日末间荣杳効旆", strict=True)
)


def write(report: Labelled, rendering: str) -> tuple[str, bytes]:
    """The file's extension and its bytes."""
    made, _, fate = rendering.partition("+")
    kind, _, layout = made.partition("-")
    parts = [_changed(part, fate) for part in report.parts]
    match kind:
        case "docx":
            return "docx", make_docx(parts, layout or "styled")
        case "pptx":
            return "pptx", make_pptx(parts, layout or "titles")
        case "html":
            return "html", _html(parts, layout).encode("utf-8")
        case "pdf":
            return "pdf", _pdf(parts, layout)
        case "md":
            return "md", _md(parts).encode("utf-8")
        case "txt":
            return "txt", _txt(parts).encode("gb18030" if layout == "gbk" else "utf-8")
    raise ValueError(rendering)


def _changed(part: Part, fate: str) -> Part:
    if fate == "traditional":
        change = OpenCC("s2t").convert
    elif fate == "ocr":
        change = _misread
    else:
        return part
    rows = tuple(tuple(change(cell) for cell in row) for row in part.rows)
    return replace(part, text=change(part.text), rows=rows)


def _misread(text: str) -> str:
    """One character in forty of those that recognisers confuse, always the same ones for the same text."""
    dice = random.Random(text)
    return "".join(_SLIPS[c] if c in _SLIPS and dice.random() < 0.04 else c for c in text)


def contents_lines(parts: list[Part], leader: str = "……") -> list[str]:
    heads = [part for part in parts if part.kind == "heading" and part.depth <= 2]
    return [f"{part.text}{leader}{n + 2}" for n, part in enumerate(heads)]


def _html(parts: list[Part], layout: str) -> str:
    """Layout `bold` has bold paragraphs for headings, the plain one h1 to h3."""
    out = ["<!doctype html><html lang='zh'><meta charset='utf-8'><title>QC成果</title><body>"]
    for part in parts:
        text = escape(part.text)
        match part.kind:
            case "heading" if layout == "bold":
                out.append(f"<p><strong>{text}</strong></p>")
            case "heading":
                out.append(f"<h{part.depth + 1}>{text}</h{part.depth + 1}>")
            case "table":
                rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in part.rows)
                out.append((f"<p class='c'>{text}</p>" if text else "") + f"<table>{rows}</table>")
            case "item":
                out.append(f"<ul><li>{text}</li></ul>")
            case "contents":
                out.append("<p>目录</p>" + "".join(f"<p>{escape(line)}</p>" for line in contents_lines(parts)))
            case "cover":
                big = " big" if len(text) > 8 and not re.search("公司|小组|圈", text) else ""
                out.append(f"<p class='cover{big}'>{text}</p>")
            case _:
                out.append(f"<p>{text}</p>")
    return "\n".join(out)


_CSS = """
@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } }
body { font: 11pt 'Noto Sans CJK SC', 'Source Han Sans', sans-serif; }
table { border-collapse: collapse; width: 100% } td { border: .5pt solid; padding: 2pt }
.cover { text-align: center; font-size: 15pt; margin: 30pt 0 } .cover.big { font-size: 24pt }
p { margin: 4pt 0 } h2, h3, h4 { margin: 8pt 0 }
h2 { font-size: 15pt } h3 { font-size: 12.5pt } .bare h2, .bare h3 { font-size: 11pt; font-weight: normal }
"""


def _pdf(parts: list[Part], layout: str) -> bytes:
    page = _html(parts, "bold" if layout == "bold" else "")
    return printed(page.replace("<body>", f"<style>{_CSS}</style><body class='{layout}'>"))


def _md(parts: list[Part]) -> str:
    out = []
    for part in parts:
        match part.kind:
            case "heading":
                out.append(f"{'#' * (part.depth + 1)} {part.text}")
            case "table":
                lines = ["| " + " | ".join(row) + " |" for row in part.rows]
                lines.insert(1, "|" + "---|" * len(part.rows[0]))
                out.append((part.text + "\n\n" if part.text else "") + "\n".join(lines))
            case "item":
                out.append(f"- {part.text}")
            case "contents":
                out += ["目录", *contents_lines(parts)]
            case _:
                out.append(part.text)
    return "\n\n".join(out)


def _txt(parts: list[Part]) -> str:
    out = []
    for part in parts:
        match part.kind:
            case "table":
                out += [part.text] if part.text else []
                out += ["\t".join(row) for row in part.rows]
            case "item":
                out.append(f"  · {part.text}")
            case "contents":
                out += ["目  录", *contents_lines(parts, "........")]
            case "heading":
                out += ["", part.text]
            case _:
                out.append(part.text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)) + "\n"
