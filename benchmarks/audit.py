"""Every kind of page of a freshly started site, judged by Lighthouse (as on a middling phone) and by vnu.

    make audit

Needs node and java, which only this chore and CI use; what is missing is said and counts as a failure. Prints a table
and fails when a score is below 95, a page weighs more than 120 KB without pictures, anything moves while it loads, or
vnu finds an error.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.prefix) / "audit" / "node_modules"
LIGHTHOUSE = TOOLS / "lighthouse" / "cli" / "index.js"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 95
STILL = 0.01  # layout shift; what is less is the browser painting in the middle of a line
HEAVIEST = 120_000  # bytes of HTML, styles and scripts over the wire
STARTED_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Judged:
    page: str
    scores: tuple[int, ...]  # beside CATEGORIES, 0 to 100
    shift: float
    weight: int  # bytes
    paint: float  # seconds until the largest part is painted
    faults: tuple[str, ...]  # accessibility and best practices: the rules that are broken

    @property
    def good(self) -> bool:
        return min(self.scores) >= LEAST and self.shift < STILL and self.weight <= HEAVIEST


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a site over the sample library, with an index of its own."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as data:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {**os.environ, "LIBRARY_DATA": data, "LIBRARY_PORT": str(port)}
        subprocess.run([sys.executable, "-m", "indexer", "sync"], cwd=ROOT, env=settings, check=True)
        site = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=settings)
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            site.terminate()
            site.wait()


def _answering(address: str) -> str:
    for _ in range(STARTED_WITHIN * 10):
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return address
    raise SystemExit("The site did not start.")


def prepare(site: str, pages: list[str]) -> None:
    """Wait until the pages of originals are made, as they are for every reader but the first."""
    for page in pages:
        if page.endswith("/pages"):
            for _ in range(60):
                with urllib.request.urlopen(f"{site}{page}.json") as answer:
                    if not json.load(answer)["waiting"]:
                        break
                time.sleep(1)


def every_kind(site: str) -> list[str]:
    """The address of every kind of page, with cases that are there."""

    def found(**asked: str) -> list[dict[str, str]]:
        address = f"{site}/search.json?{'&'.join(f'{k}={quote(v)}' for k, v in asked.items())}"
        with urllib.request.urlopen(address) as answer:
            return json.load(answer)["hits"]

    first, second, *_ = found(tool="排列图", sort="award")
    event = next((path.stem for path in sorted((ROOT / "corpus" / "events").glob("*.md"))), "")
    return [
        "/", "/search", "/search?q=焊缝 气孔", "/search?q=没有的词", "/facets/unit", "/similar?text=炉壳焊缝气孔",
        f"/cases/{first['id']}", f"/cases/{first['id']}?q=焊缝", f"/cases/{first['id']}/pages",
        f"/compare?id={first['id']}&id={second['id']}", f"/list?id={first['id']}",
        "/steps", "/steps/root-causes", "/tools", "/tools/排列图", "/start",
        "/start?kind=self-set&field=steel-welding", "/stats", "/events", *([f"/events/{event}"] if event else []),
        "/units", f"/units/{first['unit']}", "/check", "/mine", "/help",
    ]  # fmt: skip


def judged(site: str, page: str) -> Judged:
    """The best of at most three runs: what else the machine does can only lower a score."""
    runs: list[Judged] = []
    for _ in range(3):
        if one := lighthouse(site, page):
            runs.append(one)
            if one.good:
                break
    if not runs:
        raise SystemExit(f"Lighthouse could not judge {page} in three runs.")
    return max(runs, key=lambda one: (one.good, one.scores))


def lighthouse(site: str, page: str) -> Judged | None:
    """One run; none where Lighthouse itself fails, as it does now and then on a busy machine."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    answer = subprocess.run(
        [
            "node", LIGHTHOUSE, site + quote(page, safe="/?=&"), "--quiet", "--output=json",
            f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": browser}, check=False, capture_output=True,
    )  # fmt: skip
    if answer.returncode:
        print(f"{page}: {answer.stderr.decode()[-300:].strip()}", file=sys.stderr)
        return None
    told = json.loads(answer.stdout)
    sent = told["audits"]["network-requests"]["details"]["items"]
    return Judged(
        page,
        tuple(round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES),
        told["audits"]["cumulative-layout-shift"]["numericValue"],
        sum(r["transferSize"] for r in sent if r.get("resourceType") in ("Document", "Stylesheet", "Script")),
        told["audits"]["largest-contentful-paint"]["numericValue"] / 1000,
        tuple(
            rule["id"]
            for name in CATEGORIES[1:]
            for rule in told["categories"][name]["auditRefs"]
            if rule["weight"] and told["audits"][rule["id"]]["score"] == 0
        ),
    )


def html_errors(site: str, pages: list[str]) -> str:
    """What vnu says of the pages, errors alone."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            try:
                answer = urllib.request.urlopen(site + quote(page, safe="/?=&"))
            except HTTPError as error:  # a page too
                answer = error
            Path(folder, f"{number:02}.html").write_bytes(answer.read())
        command = ["java", "-jar", VNU, "--errors-only", *sorted(Path(folder).glob("*.html"))]
        return subprocess.run(command, check=False, capture_output=True, text=True).stderr.strip()


def main() -> int:
    missing = [name for name in ("node", "java") if not shutil.which(name)]
    if "node" in missing or not LIGHTHOUSE.exists():
        print("Lighthouse is not run: node 20 and npm are needed (Debian: apt install nodejs npm).")
    if "java" in missing or not VNU.exists():
        print("vnu is not run: java is needed (Debian: apt install default-jre-headless).")
    bad = bool(missing) or not LIGHTHOUSE.exists() or not VNU.exists()
    with running_site() as site:
        pages = [page for page in sys.argv[1:] if page.startswith("/")] or every_kind(site)
        prepare(site, pages)
        if VNU.exists() and "java" not in missing:
            errors = html_errors(site, [*pages, "/nothing"])
            print(errors or f"vnu: no errors on {len(pages) + 1} pages")
            bad = bad or bool(errors)
        if LIGHTHOUSE.exists() and "node" not in missing:
            print(
                f"\n| page | {' | '.join(CATEGORIES)} | shift | KB | largest paint s |\n|---|---|---|---|---|---|---|"
            )
            for page in pages:
                one = judged(site, page)
                figures = f"{' | '.join(map(str, one.scores))} | {one.shift:.3f} | {one.weight / 1000:.1f}"
                print(
                    f"| {page} | {figures} | {one.paint:.1f} |{'' if one.good else ' ←'} {', '.join(one.faults)}",
                    flush=True,
                )
                bad = bad or not one.good
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
