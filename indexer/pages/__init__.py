"""Pages that need the reading of files. Beside `library/pages/` and `app.py` the only place of Flask."""
