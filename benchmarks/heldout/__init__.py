"""Held-out reports: written apart from the rules, to judge them."""
