"""What is wrong with a limit: the key it stands behind, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from qingfu.base.words import Word


class RuleFault(Exception):
    """One fault: ``key`` is the dotted path inside the limit, ``problem`` is translated when it is told."""

    def __init__(self, key: str, problem: Word, suggestion: str | None = None) -> None:
        super().__init__(f"{key}: {problem}")
        self.key, self.problem, self.suggestion = key, problem, suggestion


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like it, or all of them."""
    names = list(known)
    return next(iter(get_close_matches(name, names, n=1, cutoff=0.5)), " · ".join(names))
