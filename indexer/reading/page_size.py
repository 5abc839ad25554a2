"""What the site and the child that draws agree on about pictures of pages."""

from __future__ import annotations

WIDTH = 1200  # pixels; small print of an A4 page can be read, and a page weighs about 70 KB
HEIGHT = 3000  # pixels, of very long pages
DOCUMENT = "document.pdf"
