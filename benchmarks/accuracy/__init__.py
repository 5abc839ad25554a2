"""How well reports are understood: labelled reports, written out in every format, read by the product's own path."""
