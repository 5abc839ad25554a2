"""Why a file is not taken in, as a sentence that can be translated."""

from __future__ import annotations

from library.errors import Refused
from library.notices import Explained


class Refusal(Explained, Refused):
    """`reason` is the sentence with its `{placeholders}` and the key of its translation; values stand beside it."""


def damaged(kind: str) -> Refusal:
    return Refusal(
        reason="这个 {kind} 文件已损坏或不完整，无法打开。请在原来的软件里打开后另存一份，再重新提交。",
        kind=kind,
    )


def locked(kind: str) -> Refusal:
    return Refusal(
        reason="这个 {kind} 文件有打开密码，无法读取。请去掉密码后另存一份，再重新提交。",
        kind=kind,
    )
