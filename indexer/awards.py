"""Award lists: every row finds its case, or becomes an entry of its own that has a title and no text."""
