"""Xapian with its own cutting of Chinese into characters and pairs; any of those of a question will do, for its own
parser asks for all of a run of characters.

A line of JSON in, one out: first the pages (id, title, text), then a question, answered by ids. Needs nothing of the
project, so that any Python that has Xapian can run it.
"""

from __future__ import annotations

import json
import sys

import xapian  # type: ignore[import-not-found]


def main(folder: str, count: int) -> None:
    db = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
    _build(db, json.loads(sys.stdin.readline()))
    print("[]", flush=True)
    for line in sys.stdin:
        print(json.dumps(_search(db, json.loads(line), count)), flush=True)


def _build(db: xapian.WritableDatabase, pages: list[list[str]]) -> None:
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for id, title, text in pages:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(title, 2)
        generator.increase_termpos()
        generator.index_text(text)
        document.set_data(id)
        db.add_document(document)
    db.commit()


def _search(db: xapian.WritableDatabase, question: str, count: int) -> list[str]:
    terms = xapian.Document()
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    generator.set_document(terms)
    generator.index_text_without_positions(question)
    enquire = xapian.Enquire(db)
    enquire.set_query(xapian.Query(xapian.Query.OP_OR, [term.term for term in terms.termlist()]))
    return [match.document.get_data().decode() for match in enquire.get_mset(0, count)]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
