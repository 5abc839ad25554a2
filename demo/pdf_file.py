"""Makes a PDF of a report, as if printed from a word processor."""

import base64
from html import escape
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-untyped]

from demo.figure_data import Figure
from demo.figures import draw
from demo.outline import (
    CONTENTS,
    FICTION,
    column_shares,
    cover_lines,
    is_profile,
    merged_above,
    profile_rows,
    split_number,
)
from demo.source import Block, Heading, ItemList, Paragraph, Report, Table, pieces

_STYLE = Path(__file__).with_name("pdf.css")


def make_pdf(report: Report) -> bytes:
    """The report as a PDF with extractable text."""
    facts = report.facts
    section, parts = "", [_cover(report), _contents(report)]
    for n, block in enumerate(report.blocks):
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        parts.append(_html(block, n, section, facts.layout))
    page = (
        f'<!doctype html><html lang="zh-CN"><head><title>{escape(facts.title)}</title>'
        f'<meta name="author" content="{escape(facts.leader)}"><meta name="description" content="{FICTION}">'
        f'<meta name="dcterms.created" content="{facts.end}T08:00:00Z">'
        f"<style>{_STYLE.read_text('utf-8')}</style></head>"
        f'<body class="{facts.layout}"><div id="head">{escape(facts.title)}</div>{"".join(parts)}</body></html>'
    )
    made: bytes = HTML(string=page).write_pdf(pdf_identifier=facts.slug.encode())
    return made


def _cover(report: Report) -> str:
    lines = "".join(f"<p>{label}：{escape(value)}</p>" for label, value in cover_lines(report.facts))
    return (
        f'<section class="cover"><p class="title">{escape(report.facts.title)}</p>'
        '<p class="kind">QC小组活动成果报告</p>'
        f'<div class="lines">{lines}</div><p class="fiction">{FICTION}</p></section>'
    )


def _contents(report: Report) -> str:
    entries = [(n, block) for n, block in enumerate(report.blocks) if isinstance(block, Heading) and block.level < 3]
    lines = "".join(
        f'<p class="entry{block.level}"><a href="#h{n}">{escape(block.text)}</a></p>' for n, block in entries
    )
    return f'<section class="contents"><p class="name">{CONTENTS}</p>{lines}</section>'


def _html(block: Block, n: int, section: str, layout: str) -> str:
    match block:
        case Heading():
            return _heading(block, n, layout)
        case Paragraph(text):
            return f"<p>{_words(text)}</p>"
        case ItemList(ordered, items):
            kind = "numbered" if ordered else "bulleted"
            return "".join(f'<p class="{kind}">{"" if ordered else "● "}{_words(item)}</p>' for item in items)
        case Table():
            return _table(block, section)
        case Figure():
            picture = base64.b64encode(draw(block)).decode()
            caption = f"<figcaption>{escape(block.caption)}</figcaption>"
            return f'<figure><img src="data:image/png;base64,{picture}">{caption}</figure>'


def _heading(heading: Heading, n: int, layout: str) -> str:
    """Real headings, which also become bookmarks, only in the styled layout."""
    number, words = split_number(heading.text)
    inner = f'<span class="number">{escape(number)}</span>{escape(words)}'
    tag = f"h{heading.level}" if layout == "styled" else "div"
    return f'<{tag} class="heading{heading.level}" id="h{n}">{inner}</{tag}>'


def _words(text: str) -> str:
    return "".join(f"<b>{escape(words)}</b>" if bold else escape(words) for words, bold in pieces(text))


def _table(table: Table, section: str) -> str:
    caption = f'<p class="caption">{escape(table.caption)}</p>' if table.caption else ""
    if is_profile(section, table):
        rows = "".join(_profile_row(row) for row in profile_rows(table))
        return f'{caption}<table class="profile">{rows}</table>'
    above = merged_above(table.rows)
    head = "".join(f"<th>{_words(cell)}</th>" for cell in table.rows[0])
    rows = "".join(f"<tr>{_cells(table, n, above)}</tr>" for n in range(1, len(table.rows)))
    widths = "".join(f'<col style="width: {share:.1%}">' for share in column_shares(table.rows))
    return f"{caption}<table>{widths}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _profile_row(row: list[tuple[str, int]]) -> str:
    cells = []
    for n, (text, span) in enumerate(row):
        tag = "th" if n % 2 == 0 else "td"
        cells.append(f'<{tag} colspan="{span}">{_words(text)}</{tag}>')
    return f"<tr>{''.join(cells)}</tr>"


def _cells(table: Table, n: int, above: set[int]) -> str:
    """The cells of one row; a first cell that belongs to the one above is left to its rowspan."""
    row, span = table.rows[n], 1
    while n + span in above:
        span += 1
    first = "" if n in above else f'<td rowspan="{span}">{_words(row[0])}</td>'
    return first + "".join(f"<td>{_words(cell)}</td>" for cell in row[1:])
