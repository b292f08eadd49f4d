"""The root of the error tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qingfu.base.words import N_, Translate, as_they_are, fill, paragraph

UNDER = N_("Under: {clause}.")


class QingfuError(Exception):
    """Something the office must be told: what happened, under which clause, what to do next.

    ``code`` is stable and unique (clerks quote it on the telephone); ``says`` and ``do``
    are English msgids with {named} places filled from ``facts``.
    """

    code: ClassVar[str] = "QF-ERROR"
    says: ClassVar[str] = N_("Something went wrong.")
    do: ClassVar[str] = N_("Try again; if it happens again, tell the office the code.")

    def __init__(self, *, clause: str | None = None, **facts: object) -> None:
        self.clause = clause
        self.facts: dict[str, object] = facts
        super().__init__(self.code)

    def what(self, translate: Translate = as_they_are) -> str:
        """What happened: one sentence."""
        return fill(self.says, self.facts, translate)

    def next_step(self, translate: Translate = as_they_are) -> str:
        """What to do next: one sentence."""
        return fill(self.do, self.facts, translate)

    def text(self, translate: Translate = as_they_are) -> str:
        """What happened, the clause and what to do next, in one paragraph."""
        parts = [self.what(translate)]
        if self.clause:
            parts.append(fill(UNDER, {"clause": self.clause}, translate))
        parts.append(self.next_step(translate))
        return paragraph(parts, translate)

    def __str__(self) -> str:
        return f"{self.code}: {self.text()}"


def every_error(root: type[QingfuError] = QingfuError) -> Iterator[type[QingfuError]]:
    """The whole tree, parents first, for the error catalogue."""
    yield root
    for branch in root.__subclasses__():
        yield from every_error(branch)
