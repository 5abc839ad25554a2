"""Notices: finished Chinese sentences that are kept with a case (warnings of reading), and their English.

A notice is stored as people read it in a case file, so its English is found by the sentence it was made from: the
Chinese sentences of `library/translations/en.po` that have `{placeholders}`. Values that are notices themselves, or
names joined by 、, are translated too.
"""

from __future__ import annotations

from functools import cache
from string import Formatter

from library.errors import LibraryError, Translate, as_written

_LEAST_FIXED = 3  # letters of a sentence around its placeholders; with fewer anything would fit


def notice(sentence: str, **values: object) -> str:
    """A sentence with its values. Every sentence given here has its English; a test asks for it."""
    return sentence.format(**values)


def told(said: str, translate: Translate) -> str:
    """A notice in the language of `translate`; as it is where nothing is known of it."""
    if (whole := translate(said)) != said:
        return whole
    for sentence in _sentences():
        values = _values(sentence, said)
        if values is not None and (translated := translate(sentence)) != sentence:
            return translated.format(**{name: _told_value(value, translate) for name, value in values.items()})
    return said


class Explained(LibraryError):
    """An error with a reason of its own: a sentence with `{placeholders}`, whose values stand beside it."""

    message = "{reason}"

    def sentence(self, translate: Translate = as_written) -> str:
        said = {key: told(value, translate) if isinstance(value, str) else value for key, value in self.values.items()}
        return translate(str(self.values["reason"])).format_map(said)


def _told_value(value: str, translate: Translate) -> str:
    names = [_name(part, translate) for part in value.split("、")]
    return told(value, translate) if None in names else ", ".join(filter(None, names))


def _name(part: str, translate: Translate) -> str | None:
    """A number, or a name that has its English."""
    if part.isascii():
        return part
    english = translate(part)
    return english if english != part else None


@cache
def _sentences() -> tuple[str, ...]:
    """The known sentences with placeholders; those that say most of their own first."""
    from library.interface import english  # readers in the limited child make notices and need no catalogue

    fixed = {sentence: sum(len(part[0]) for part in _parts(sentence)) for sentence in english() if "{" in sentence}
    return tuple(sorted((s for s in fixed if fixed[s] >= _LEAST_FIXED), key=lambda s: -fixed[s]))


def _parts(sentence: str) -> list[tuple[str, str | None]]:
    """What stands before each placeholder, and its name; None behind the last."""
    return [(before, name) for before, name, _, _ in Formatter().parse(sentence)]


def _values(sentence: str, said: str) -> dict[str, str] | None:
    """The values with which `sentence` says `said`, read from left to right without trying again."""
    parts = _parts(sentence)
    last = parts[-1][0] if parts[-1][1] is None else ""
    if not said.startswith(parts[0][0]) or not said.endswith(last):
        return None
    end = len(said) - len(last)
    at = len(parts[0][0])
    values: dict[str, str] = {}
    for n, (_, name) in enumerate(parts):
        if name is None:
            break
        following = parts[n + 1][0] if n + 1 < len(parts) and parts[n + 1][1] is not None else ""
        stop = said.find(following, at, end) if following else end
        if stop <= at:
            return None
        values[name] = said[at:stop]
        at = stop + len(following)
    return values if at == end else None
