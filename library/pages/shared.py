"""What every page needs: the corpus, the search engine, the reader's language and theme."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Any, cast
from urllib.parse import quote, quote_plus

from flask import current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.routing import BuildError

from library.case import Case
from library.corpus import Corpus
from library.errors import FileMissing
from library.interface import DEFAULT, LANGUAGES, Words
from library.page_pictures import PagePictures
from library.past_queries import PastQueries
from library.pictures import size_of
from library.query import Args, Query
from library.render import Shown
from library.search import SearchEngine
from library.settings import Settings

THEMES = ("auto", "light", "dark")


def corpus() -> Corpus:
    return cast(Corpus, current_app.extensions["corpus"])


def engine() -> SearchEngine:
    return cast(SearchEngine, current_app.extensions["engine"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def from_this_site() -> bool:
    """Whether a form was sent from one of our own pages. Browsers say where it comes from; what is none may pass."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def page_pictures() -> PagePictures:
    return cast(PagePictures, current_app.extensions["page_pictures"])


def past_queries() -> PastQueries:
    return cast(PastQueries, current_app.extensions["past_queries"])


def asked() -> Query:
    """The query that the address of this page is."""
    return Query.from_args(cast(Args, request.args))


def language() -> str:
    chosen = request.cookies.get("language", DEFAULT)
    return chosen if chosen in LANGUAGES else DEFAULT


def theme() -> str:
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def words() -> Words:
    if "words" not in g:  # asked for hundreds of times a page
        g.words = Words(language())
    return cast(Words, g.words)


def address(endpoint: str, **values: object) -> str:
    """Flask's `url_for` for templates, which ask for a hundred addresses a page, most of them again and again."""
    given = ((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return _address(request.root_url, endpoint, tuple(given))  # some are asked for with scheme and host


@lru_cache(maxsize=4096)
def _address(root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    told = ((name, value) for name, value in values if value is not None)
    given: dict[str, Any] = {name: str(value) if isinstance(value, int) else value for name, value in told}
    if any(not isinstance(value, str) or "/" in value or name[0] == "_" for name, value in given.items()):
        return url_for(endpoint, **given)
    try:
        path, mark, query = _pattern(root, endpoint, tuple(given)).partition("?")
    except (BuildError, ValueError):  # a number in the path
        return url_for(endpoint, **given)
    for name, value in given.items():
        path, query = path.replace(blank(name), quote(value, safe="")), query.replace(blank(name), quote_plus(value))
    return path + mark + query


@lru_cache(maxsize=256)
def _pattern(_root: str, endpoint: str, names: tuple[str, ...]) -> str:
    """The address with blanks for the values: where they go takes Flask long to work out."""
    blanks: dict[str, Any] = {name: blank(name) for name in names}
    return url_for(endpoint, **blanks)


_UNGUESSABLE = token_hex()
BLANK = re.compile(rf"{_UNGUESSABLE}\w+-")


def blank(name: str) -> str:
    """Stands in the place of what is filled in later. Nobody can know it, so nothing that is shown has it in it."""
    return f"{_UNGUESSABLE}{name}-"


def search_url(query: Query) -> str:
    """The results page of a query. A page has hundreds of them, and Flask's way takes five times as long."""
    path = address("search.results")
    arguments = "&".join(
        f"{name}={quoted(str(one))}"
        for name, value in query.to_args().items()
        for one in (value if isinstance(value, list) else (value,))
    )
    return f"{path}?{arguments}" if arguments else path


quoted = lru_cache(maxsize=4096)(quote_plus)


@cache
def sayer(words: Words) -> Callable[..., Markup]:
    """What `_` is in templates: turns a sentence into the reader's language. Asked for hundreds of times a page, so
    each sentence is made once; Jinja's own way takes ten times as long."""
    sentence = lru_cache(maxsize=2048)(lambda message: Markup(words(message)))  # noqa: S704 – our own sentences

    def say(message: str, **values: object) -> Markup:
        text: Markup = sentence(message)
        return text % values if values else text  # what is filled in gets escaped

    return say


def wants_json() -> bool:
    return request.path.endswith(".json")


def here() -> str:
    """The address of this page within the site, for coming back to it."""
    return request.full_path.rstrip("?")


def shown_figures(case: Case) -> dict[str, Shown]:
    """The figures of a case that can be shown, by file name."""
    found = {}
    for figure in case.figures:
        size = _size(case.id, figure.file)
        if size:
            address = url_for("files.figure", case_id=case.id, file=figure.file)
            found[figure.file] = Shown(address, figure.caption, *size)
    return found


def _size(case_id: str, file: str) -> tuple[int, int] | None:
    try:
        return size_of(corpus().figure_path(case_id, file))
    except FileMissing:
        return None  # `check` tells; the page shows the caption


def static_url(name: str) -> str:
    """A static file under an address that changes with its content, so browsers may keep it for ever."""
    path = Path(cast(str, current_app.static_folder)) / name
    return address("static", filename=name, v=_version(path, path.stat().st_mtime_ns))


@lru_cache
def _version(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def log_unexpected(error: Exception) -> None:
    """What went wrong, for whoever runs the site; readers get a sentence."""
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
