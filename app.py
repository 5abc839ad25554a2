"""Puts the parts of the site together: settings, corpus, index, pages, error page, security headers."""

from __future__ import annotations

import gzip
import threading
from functools import partial
from urllib.parse import quote

import waitress  # type: ignore[import-untyped]
from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from indexer.index import open_index
from indexer.page_pictures import PagePictures
from indexer.pages import check
from indexer.sketches import Sketches
from library import citing, interface
from library.corpus import Corpus
from library.errors import CaseMoved, LibraryError
from library.feedback import FeedbackBox
from library.pages import BLUEPRINTS, fragments, shared
from library.pages.templating import Templates
from library.past_queries import PastQueries
from library.search import get_ready
from library.settings import Settings

MEGABYTE = 1024 * 1024
LIMITS = {
    "MAX_CONTENT_LENGTH": 64 * MEGABYTE,  # a report as slides with pictures
    "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,  # a draft pasted as text
    "MAX_FORM_PARTS": 100,
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COMPRESSED = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
FIRST_PAGE_WITHIN = 2  # seconds after the start; what is not needed for every page gets ready after it
WORTH_COMPRESSING = 1000  # bytes; less fits into one packet anyway
COMPRESSION = 3  # of a results page a kilobyte more than at 5, in 0.5 ms rather than 0.8


def create_app(settings: Settings | None = None) -> Flask:
    """The site over the corpus and index that the settings name; without settings, those of the environment."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.jinja_environment = Templates
    app.config.from_mapping(LIMITS, TRUSTED_HOSTS=settings.hosts)
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["settings"] = settings
    app.extensions["corpus"] = Corpus(settings.corpus, settings.parsed_cases)
    app.extensions["engine"] = open_index(settings.index, settings.data)
    app.extensions["past_queries"] = PastQueries(settings.past_queries)
    app.extensions["sketches"] = Sketches(app.extensions["corpus"], settings.data / "near.sqlite")
    app.extensions["feedback"] = FeedbackBox(settings.feedback)
    app.extensions["page_pictures"] = PagePictures(
        app.extensions["corpus"], settings.page_pictures, settings.PREVIEWS * MEGABYTE
    )
    for blueprint in (*BLUEPRINTS, check.bp):
        app.register_blueprint(blueprint)
    for kind in (LibraryError, HTTPException, Exception):
        app.register_error_handler(kind, _show_error)
    app.after_request(_protect)
    app.after_request(_compress)
    _prepare_templates(app)
    return app


def _prepare_templates(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined  # a slip in a template is an error, never an empty place
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: shared.words()(message),
        lambda one, many, count: shared.words()(one if count == 1 else many),
        newstyle=True,
    )
    env.filters["dated"] = citing.dated
    env.globals.update(
        facet_rows=fragments.facet_rows,
        here=shared.here,
        search_url=shared.search_url,
        static_url=shared.static_url,
        strip_cells=fragments.strip_cells,
        url_for=shared.address,
    )
    env.globals.update(
        languages=interface.LANGUAGES,
        phases=interface.PHASES,
        sorts=interface.SORT_NAMES,
        dimensions=interface.DIMENSION_NAMES,
        tool_groups=interface.TOOL_GROUP_NAMES,
    )
    app.context_processor(
        lambda: {
            "_": shared.sayer(shared.words()),
            "words": shared.words(),
            "language": shared.language(),
            "html_language": interface.HTML_LANGUAGES[shared.language()],
            "theme": shared.theme(),
        }
    )


def _show_error(error: Exception) -> ResponseReturnValue:
    """One page for all that goes wrong, as JSON where JSON was asked for."""
    if (
        isinstance(error, CaseMoved)
        and request.method in ("GET", "HEAD")
        and set(request.view_args or ()) == {"case_id"}
    ):
        return _lead_on(error)
    status = _status(error)
    if status >= 500 and not isinstance(error, LibraryError):
        shared.log_unexpected(error)
    say = shared.words()
    sentence = error.sentence(say) if isinstance(error, LibraryError) else say(ADVICE.get(status, ADVICE[0]))
    if isinstance(error, SecurityError):  # no page can be made under a name that is not ours
        return say(UNKNOWN_HOST), status, {"Content-Type": "text/plain; charset=utf-8"}
    if shared.wants_json():
        return jsonify(error={"status": status, "message": sentence}), status
    page = render_template("error.html", status=status, sentence=sentence)
    return page, status, _allow(error)


def _lead_on(moved: CaseMoved) -> ResponseReturnValue:
    """The same page of the case that this one was merged into; found, not permanent: a person may undo it."""
    to = url_for(request.endpoint or "", case_id=moved.values["to"])
    query = quote(request.query_string, safe="=&+%")
    return redirect(f"{to}?{query}" if query else to)


def _allow(error: Exception) -> dict[str, str]:
    """A 405 says what may be used instead."""
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    return {"Allow": ", ".join(methods)} if methods else {}


ADVICE = {
    0: "请求无法处理，请返回后重试。",
    400: "请求无法理解，请检查网址。",
    404: "没有这个页面。网址可能有误，也可能内容已经移走。",
    405: "这个地址不能这样使用，请从页面上的按钮或链接进入。",
    413: "提交的内容过大，请缩小后再试（单个文件不超过 64 MB）。",
    422: "提交的内容无法处理，请检查后再试。",
    500: "出了意外，已记入日志。案例本身不受影响，请稍后再试。",
    503: "暂时无法提供服务，请稍后再试。",
}


UNKNOWN_HOST = "本站不以这个主机名提供服务。管理员可在 LIBRARY_HOSTS 设置中加入它。"


def _status(error: Exception) -> int:
    if isinstance(error, LibraryError):
        return error.status
    if isinstance(error, HTTPException):
        return error.code or 500
    return 500


def _protect(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint != "static":
        answer.vary.add("Cookie")
        answer.headers.setdefault("Cache-Control", "private, no-cache")
    elif "v" in request.args:
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _compress(answer: Response) -> Response:
    """Chinese pages shrink to a quarter, which counts on a phone."""
    kind = answer.mimetype or ""
    generated = answer.is_streamed and not answer.direct_passthrough
    accepted = "gzip" in request.accept_encodings.values()
    if not accepted or answer.status_code != 200 or generated or not kind.startswith(COMPRESSED):
        return answer
    answer.direct_passthrough = False
    body = answer.get_data()
    if len(body) >= WORTH_COMPRESSING:
        answer.set_data(gzip.compress(body, COMPRESSION, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
        answer.vary.add("Accept-Encoding")
    return answer


def _get_ready(app: Flask) -> None:
    """In the background; the first page has the right of way, as two threads at once halve each other's pace."""
    answered = threading.Event()
    app.teardown_request(lambda _: answered.set())
    turn = partial(answered.wait, FIRST_PAGE_WITHIN)
    threading.Thread(target=get_ready, args=(app.extensions["engine"], turn), daemon=True).start()


def main() -> None:
    settings = Settings.from_environment()
    app = create_app(settings)
    _get_ready(app)
    print(f"http://{settings.HOST}:{settings.PORT}", flush=True)  # noqa: T201
    waitress.serve(app, host=settings.HOST, port=settings.PORT, threads=16, ident=None)  # some may wait for a child


if __name__ == "__main__":
    main()
