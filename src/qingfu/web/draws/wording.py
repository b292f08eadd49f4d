"""Draws in words: kinds, methods, marks, verdicts; the address at the door."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.draw.notice import Match, Method, Pick, Share
from qingfu.base.words import AND_SO_ON, N_
from qingfu.records.draws.queries import MARKS
from qingfu.web.desk import Desk

KINDS = {
    "pick": N_("A fixed number"),
    "share": N_("A share of every part"),
    "match": N_("Inspectors to targets"),
    "allot": N_("Classes"),
}
POOLS = {
    "schools": N_("Schools of the register"),
    "experts": N_("Experts: members of committees"),
    "staff": N_("People in posts"),
    "roster": N_("A roster I bring, as of parents"),
    "problems": N_("Closed problems, to look at again"),
}


@dataclass(frozen=True)
class Verdict:
    """What a verifier says of a record, and what that means."""

    key: str
    word: str
    means: str
    shape: str
    tone: str

    @property
    def says(self) -> str:
        return _(self.word)

    @property
    def meaning(self) -> str:
        return _(self.means)


VERDICTS = {
    one.key: one
    for one in (
        Verdict(
            "random",
            N_("Random, and anybody can replay it"),
            N_(
                "Something that the organiser did not hold is in the seed: a witness's share or a public number. "
                "Nobody could choose the outcome, and everybody comes to the same result again."
            ),
            "tick",
            "done",
        ),
        Verdict(
            "replayable",
            N_("Anybody can replay it; it is not proven random"),
            N_(
                "Everybody comes to the same result again from the posted notice. But only the organiser dealt a share "
                "and no public number was named, so nothing proves that the seed was not chosen."
            ),
            "half",
            "late",
        ),
        Verdict(
            "consistent",
            N_("The record agrees with itself only"),
            N_("Without the anchor that was posted at the door nobody can tell whether it is the draw."),
            "half",
            "late",
        ),
        Verdict("rehearsal", N_("A rehearsal"), N_("It can never be the draw."), "dots", "quiet"),
        Verdict("rejected", N_("The record does not hold"), N_("Something in it was changed."), "cross", "asks"),
    )
}


def mark(word: str) -> str:
    """What divides a list, in words."""
    return _(MARKS[word]) if word in MARKS else word


def joined(parts: list[str]) -> str:
    """Several words in one line."""
    return _(AND_SO_ON).join(parts)


def method_says(method: Method) -> str:
    """What is drawn, in one line."""
    if isinstance(method, Pick):
        return ngettext("{n} of the list", "{n} of the list", method.take).format(n=method.take)
    if isinstance(method, Share):
        said = _("at least {part} of every part of the list by {words}, rounded up").format(
            part=part_says(method), words=joined([mark(word) for word in method.by])
        )
        return _("{share}, no fewer than {least} each").format(share=said, least=method.least) if method.least else said
    if isinstance(method, Match):
        return _("one inspector for each target in {n} rounds").format(n=method.rounds)
    return _("balanced classes")


def part_says(method: Share) -> str:
    """The share of a method: 3%, or 1/30."""
    whole, rest = divmod(method.parts * 100, method.of)
    return f"{method.parts}/{method.of}" if rest else f"{whole}%"


def door_address(desk: Desk, door: str) -> str:
    """Where a witness's phone goes: the whole address behind the code at the door."""
    slug = desk.post.bureau.slug if desk.post else ""
    return desk.request.build_absolute_uri(reverse("witness", kwargs={"bureau": slug, "door": door}))
