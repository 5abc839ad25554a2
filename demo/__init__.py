"""Turns the sources of the fictional demo reports into figures and office files."""
