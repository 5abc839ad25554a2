"""python -m demo.build [slug…] --out DIR: writes the originals of the demo reports into DIR."""

import argparse
import sys
from pathlib import Path

from demo.figures import FontMissing, require_font
from demo.originals import make_original
from demo.problems import SourceError
from demo.source import read_report

REPORTS = Path(__file__).parent / "reports"


def main(arguments: list[str] | None = None) -> int:
    """Build the named reports, or all; a faulty one is reported and the others still built."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.build", description="Writes the originals of the demo reports."
    )
    parser.add_argument("slug", nargs="*", help="which reports (default: all)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = parser.parse_args(arguments)
    try:
        require_font()
    except FontMissing as error:
        sys.exit(str(error))
    sources = [REPORTS / f"{slug}.md" for slug in options.slug] or sorted(REPORTS.glob("*.md"))
    options.out.mkdir(parents=True, exist_ok=True)
    failed = [source for source in sources if not _build(source, options.out)]
    return 1 if failed else 0


def _build(source: Path, out: Path) -> bool:
    """Write one original; on a faulty source say what is wrong with it."""
    try:
        report = read_report(source)
    except (SourceError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return False
    original = make_original(report)
    path = out / f"{report.facts.slug}.{report.facts.original}"
    path.write_bytes(original)
    print(f"{path.name} {len(original) / 1024:.0f} KB")
    return True


if __name__ == "__main__":
    sys.exit(main())
