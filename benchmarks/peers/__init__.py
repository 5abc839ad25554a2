"""Other engines as people usually set them up, each in a small site, for `make bench` to measure beside ours.

What all of them do: find reports by words, phrases and alternatives, ranked by BM25 with the title counting double, or
newest first; narrow by category and years; count five facets; show ten cases, each with a marked snippet, as one HTML
page (Flask, Jinja and waitress with eight threads, like this library); see what another process adds.

What they do not do: no counts of a dimension beyond its own filter, no several values in a facet, no counts by step,
no search inside steps, no synonyms, no corrections, no questions of which a report may lack words, no Traditional
characters in snippets; one snippet a case, not three in the steps they stand in; no checklist of steps, chart of the
target or links to narrow further; nothing is verified in the text.

tantivy and SQLite FTS5 get words cut by rjieba with our dictionary, joined by spaces; Whoosh cuts with jieba.
"""
