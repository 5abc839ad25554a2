"""The same result twice becomes one case; near copies are told, for a person to decide."""
