"""Templates that speak one language each.

A page says two hundred sentences of the interface, each through `_`. What a sentence is in the reader's language is
settled when the template is read for that language, so that it is plain text of the page from then on.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import PrefixLoader, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from library.interface import LANGUAGES, Words
from library.pages import shared


class Templates(Environment):
    """Flask's environment, with every template once for each language."""

    def __init__(self, app: App, **options: Any) -> None:
        loader = PrefixLoader(dict.fromkeys(LANGUAGES, app.create_global_jinja_loader()))
        super().__init__(app, **options, loader=loader)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if isinstance(name, str):
            name = f"{shared.language()}/{name}"
        return super().get_template(name, parent, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        spoken: nodes.Template = _Spoken(shared.words()).visit(super()._parse(source, name, filename))
        return spoken


class _Spoken(NodeTransformer):
    """Puts what is said in the place of `_("…")`; a sentence with something to fill in is left to be said."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 – Jinja's name
        self.generic_visit(call)
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and not call.kwargs:
            (message,) = call.args
            if isinstance(message, nodes.Const):
                sentence = Markup(self._words(message.value))  # noqa: S704 – our own sentences
                return nodes.Const(sentence, lineno=call.lineno)
        return call
