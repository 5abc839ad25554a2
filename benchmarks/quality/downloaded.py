"""Judged sets from openly licensed Chinese texts that are not kept here; what is missing in the folder is left out.

* `cmrc2018_dev.json`, `cmrc2018_trial.json` (github.com/ymcui/cmrc2018, CC BY-SA 4.0), `DRCD_dev.json` and
  `DRCD_test.json` (github.com/DRCKnowledgeTeam/DRCD, CC BY-SA 3.0): questions that people wrote, each with the
  paragraph that answers it; half of them in Traditional characters. 11,238 over 3,104. `articles`: from a paragraph of
  DRCD, the others of its article; of every fourth.
* the unpacked Debian package libreoffice-help-zh-cn (MPL-2.0): pages with a subject index made by their authors.
  `index`: an entry of the index, its answers are the pages that name it; `titles`: a page's title, taken away from
  the page that answers it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.quality.judged import Judged, JudgedSet, Page
from library.text import HAN


def sets(folder: Path) -> Iterator[JudgedSet]:
    """Those that the folder has."""
    paragraphs, asked = questions(folder)
    yield JudgedSet("questions (CMRC 2018, DRCD)", paragraphs, asked)
    yield JudgedSet("articles (DRCD)", *articles(folder))
    manual = list(pages(folder))
    yield JudgedSet("index (LibreOffice help)", manual, by_entry(manual))
    yield JudgedSet("titles (LibreOffice help)", [replace(page, title="") for page in manual], by_title(manual))


def pages(folder: Path) -> Iterator[Page]:
    """The help pages that have some Chinese text."""
    for number, path in enumerate(sorted(folder.rglob("help/zh-CN/text/**/*.html"))):
        tree = html.fromstring(path.read_bytes())
        main = tree.xpath('//div[@id="DisplayArea"]')
        if not main:
            continue
        titles = main[0].xpath(".//h1") or main[0].xpath(".//h2")
        title = " ".join(titles[0].text_content().split()) if titles else ""
        for heading in titles[:1]:
            heading.drop_tree()
        entries = [m.get("content") for m in main[0].xpath('.//meta[@itemprop="keywords"]')]
        blocks = [" ".join(p.text_content().split()) for p in main[0].xpath(".//p|.//h2|.//h3")]
        text = "\n\n".join(block for block in blocks if block)
        if len(re.findall(f"[{HAN}]", text)) > 100:
            yield Page(f"2024-{number:04}", title, text, tuple(entries))


def by_entry(all_pages: Sequence[Page]) -> list[Judged]:
    """Entries of two or more Han characters that name at most five pages."""
    named: dict[str, set[str]] = {}
    for page in all_pages:
        for entry in page.entries:
            question = entry.replace(";", " ").replace(",", " ").strip()
            named.setdefault(question, set()).add(page.id)
    return [
        Judged(question, frozenset(ids))
        for question, ids in sorted(named.items())
        if len(ids) <= 5 and len(re.findall(f"[{HAN}]", question)) >= 2
    ]


def by_title(all_pages: Sequence[Page]) -> list[Judged]:
    """Titles of four or more Han characters that only one page has."""
    titles: dict[str, list[str]] = {}
    for page in all_pages:
        titles.setdefault(page.title, []).append(page.id)
    return [
        Judged(title, frozenset(ids))
        for title, ids in sorted(titles.items())
        if len(ids) == 1 and len(re.findall(f"[{HAN}]", title)) >= 4
    ]


def questions(folder: Path) -> tuple[list[Page], list[Judged]]:
    """Paragraphs and the questions that they answer, from CMRC 2018 and DRCD."""
    found: list[Page] = []
    asked: list[Judged] = []
    for path in sorted([*folder.glob("cmrc2018_*.json"), *folder.glob("DRCD_*.json")]):
        for context, some in _paragraphs(json.loads(path.read_text(encoding="utf-8"))):
            page = Page(f"2024-{len(found):04}", "", context, ())
            found.append(page)
            asked += [Judged(question, frozenset([page.id])) for question in some]
    return found, asked


def articles(folder: Path) -> tuple[list[Page], list[Judged]]:
    """The paragraphs of DRCD, and every fourth of them with the others of its article."""
    found: list[Page] = []
    asked: list[Judged] = []
    for path in sorted(folder.glob("DRCD_*.json")):
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            first = len(found)
            for paragraph in article["paragraphs"]:
                found.append(Page(f"2024-{len(found):04}", "", paragraph["context"], ()))
            own = found[first:]
            ids = frozenset(page.id for page in own)
            asked += [Judged(page.text, ids - {page.id}, page.id) for page in own if len(own) > 1]
    return found, asked[::4]


def _paragraphs(data: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, list):  # CMRC's own layout
        for row in data:
            yield row["context_text"], [asked["query_text"] for asked in row["qas"]]
    else:  # that of SQuAD
        for row in (row for article in data["data"] for row in article["paragraphs"]):
            yield row["context"], [asked["question"] for asked in row["qas"]]
