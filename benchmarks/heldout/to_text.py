"""A held-out report as a web page, a PDF printed from one, Markdown or plain text."""

from __future__ import annotations

import base64
import html
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

from benchmarks.heldout.model import Item, Report, Rows, shown
from benchmarks.heldout.to_docx import picture

CHROMIUM = "/usr/bin/chromium"
_TRADITIONAL = OpenCC("s2t")
_STYLE = """
body { font-family: "Noto Serif CJK SC"; font-size: 11pt; line-height: 1.6 }
table { border-collapse: collapse; width: 100% } td { border: 1px solid #333; padding: 2pt 4pt }
.h1 { font-size: 15pt; font-weight: bold } .h2 { font-size: 12pt; font-weight: bold }
.cover { text-align: center; page-break-after: always } .cover p { font-size: 16pt }
.cover p:first-child { font-size: 26pt; font-weight: bold; margin-top: 120pt }
.toc { page-break-after: always } .cap { text-align: center; font-size: 9.5pt }
.two { columns: 2 }
"""


def write_html(report: Report, path: Path) -> None:
    text = _page(report)
    if report.look.get("script") == "traditional":
        text = _TRADITIONAL.convert(text)
    path.write_bytes(text.encode(str(report.look.get("encoding", "utf-8"))))


def write_pdf(report: Report, path: Path) -> None:
    path.write_bytes(printed(_page(report), margins_told=bool(report.look.get("page_marks"))))


def printed(page: str, margins_told: bool = False) -> bytes:
    """A web page as Chromium prints it; `margins_told` has it put title, address and page number into the margins."""
    with tempfile.TemporaryDirectory(prefix="printed-") as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        order = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        if not margins_told:
            order.append("--no-pdf-header-footer")
        subprocess.run(
            [*order, f"--print-to-pdf={made}", source.as_uri()], check=True, capture_output=True, timeout=120
        )
        return made.read_bytes()


def write_md(report: Report, path: Path) -> None:
    path.write_text("\n\n".join(_md_item(item, report) for item in report.items) + "\n", encoding="utf-8")


def write_txt(report: Report, path: Path) -> None:
    text = "\r\n".join(_txt_item(item, report) for item in report.items) + "\r\n"
    path.write_bytes(text.encode(str(report.look.get("encoding", "gb18030"))))


def _page(report: Report) -> str:
    body = "\n".join(_html_item(item, report) for item in report.items)
    before, after = (str(report.look.get(key, "")) for key in ("before", "after"))
    title = html.escape(str(report.look.get("page_title", "")))
    return (
        f'<!DOCTYPE html><html><head><meta charset="{report.look.get("encoding", "utf-8")}"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{before}\n{body}\n{after}</body></html>"
    )


def _html_item(item: Item, report: Report) -> str:
    makers: dict[str, Callable[[], str]] = {
        "h": lambda: _html_heading(item, str(report.look.get("heading", "tag"))),
        "slide": lambda: f'<p class="h1">{html.escape(item.text)}</p>',
        "t": lambda: _html_table(item.rows),
        "cap": lambda: f'<p class="cap">{html.escape(item.text)}</p>',
        "img": lambda: _html_picture(item.text),
        "break": lambda: '<div style="page-break-after: always"></div>',
    }
    if item.kind in makers:
        return makers[item.kind]()
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in item.lines)
    return f'<div class="{item.kind}">{lines}</div>'


def _html_heading(item: Item, look: str) -> str:
    text = html.escape(item.text)
    if look == "tag":
        return f"<h{item.level + 1}>{text}</h{item.level + 1}>"
    if look == "plain":
        return f"<p>{text}</p>"
    return f'<p class="h{min(item.level, 2)}">{text}</p>'


def _html_picture(caption: str) -> str:
    data = base64.b64encode(picture(caption).getvalue()).decode()
    return f'<p><img src="data:image/png;base64,{data}" width="320"></p><p class="cap">{html.escape(caption)}</p>'


def _html_table(rows: Rows) -> str:
    lines = []
    for y, row in enumerate(rows):
        cells = [_html_cell(rows, y, x) for x, cell in enumerate(row) if cell not in ("<", "^")]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _html_cell(rows: Rows, y: int, x: int) -> str:
    wide = 1
    while x + wide < len(rows[y]) and rows[y][x + wide] == "<":
        wide += 1
    high = 1
    while y + high < len(rows) and rows[y + high][x] == "^":
        high += 1
    return f'<td colspan="{wide}" rowspan="{high}">{html.escape(rows[y][x])}</td>'


def _md_item(item: Item, report: Report) -> str:
    if item.kind == "h":
        return f"**{item.text}**" if report.look.get("heading") == "bold" else f"{'#' * (item.level + 1)} {item.text}"
    if item.kind == "cover":
        return "\n\n".join([f"# {item.lines[0]}", *item.lines[1:]])
    if item.kind == "t":
        rows = [f"| {' | '.join(map(shown, row))} |" for row in item.rows]
        return "\n".join([rows[0], "|" + " --- |" * len(item.rows[0]), *rows[1:]])
    if item.kind == "img":
        return f"![{item.text}](pic/{len(item.text)}.png)"
    return "\n\n".join(item.lines)


def _txt_item(item: Item, report: Report) -> str:
    if item.kind == "t":
        return "\r\n".join("\t".join(map(shown, row)) for row in item.rows)
    indent = "    " if item.kind == "p" and report.look.get("indent", True) else ""
    return "\r\n".join(indent + line for line in item.lines) + ("\r\n" if item.kind in ("h", "cover") else "")
