"""The same result twice: near copies of a report, and passages taken from other reports."""
