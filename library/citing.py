"""How to cite a case: GB/T 7714-2015, BibTeX, RIS."""

from __future__ import annotations

from dataclasses import dataclass

from library.case import Case


@dataclass(frozen=True)
class Citation:
    gbt7714: str
    bibtex: str
    ris: str


def citation(case: Case) -> Citation:
    return Citation(_gbt7714(case), _bibtex(case), _ris(case))


def dated(case: Case) -> str:
    """When the activity ended, as feeds write it; the end of its year where no day is known."""
    end = case.period.partition("/")[2]
    day = end if len(end) == 10 else f"{case.year or 1978}-12-31"
    return f"{day}T00:00:00Z"


def _authors(case: Case) -> str:
    return case.group or case.unit or "佚名"


def _gbt7714(case: Case) -> str:
    """A report: 责任者. 题名[R]. 单位, 年."""
    publisher = case.unit if case.group else ""  # else the unit is the author already
    published = ", ".join(part for part in (publisher, str(case.year or "")) if part)
    end = f" {published}." if published else ""
    return f"{_authors(case)}. {case.title}[R].{end}"


def _bibtex(case: Case) -> str:
    fields = {
        "author": f"{{{_braced(_authors(case))}}}",
        "title": f"{{{_braced(case.title)}}}",
        "institution": _braced(case.unit),
        "year": str(case.year or ""),
        "type": "QC小组活动成果报告",
        "number": case.id,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{qc-{case.id},", *lines, "}"])


def _braced(text: str) -> str:
    """Text that BibTeX takes as it is."""
    return text.replace("\\", "").translate({ord(c): f"\\{c}" for c in "{}%&#$_"})


def _ris(case: Case) -> str:
    rows = [
        ("TY", "RPRT"),
        ("AU", _authors(case)),
        ("TI", case.title),
        ("PB", case.unit),
        ("PY", str(case.year or "")),
        ("M1", case.id),
        ("LA", "zh"),
    ]
    told = [f"{name}  - {' '.join(value.split())}" for name, value in rows if value]
    return "\n".join([*told, "ER  - "])
