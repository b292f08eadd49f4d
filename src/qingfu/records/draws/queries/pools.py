"""Pools: who may be drawn from, as the register or a roster knows them, with what may divide them into strata."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.rosters import Roster
from qingfu.records.draws.queries.rights import require_holder
from qingfu.records.draws.queries.views import Candidate
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView, PostRow, organs, posts

# What may divide the members of a pool; the words stand in the notice, so they are ASCII.
WORDS: Mapping[str, tuple[str, ...]] = {
    "schools": ("town", "stage"),
    "experts": ("kind", "organ"),
    "staff": ("organ", "title"),
    "roster": ("school", "grade"),
    # Closed problems for a look-back; whoever knows the ledger brings them.
    "problems": ("organ", "kind"),
}
NO_MARK = N_("{name} does not say this, so nobody knows which part to draw from: {word}.")
NO_POOL = N_("Choose who is drawn from.")
NO_REASON = N_("Say why, in at most 200 characters; the reason stands in the notice.")
NOT_HERE = N_("Nobody stands at this place of the list.")
MARKS = {
    "school": N_("school"), "grade": N_("grade"), "town": N_("township"), "stage": N_("stage"), "organ": N_("organ"),
    "title": N_("post"), "kind": N_("kind of member"),
}  # fmt: skip


@dataclass(frozen=True)
class Pool:
    """Everybody who may be drawn, in the order of the list; `sealed`: persons, whose names are in no public paper."""

    kind: str
    candidates: tuple[Candidate, ...]
    words: tuple[str, ...]
    sealed: bool


def pools_for(actor: Actor) -> tuple[str, ...]:
    """The pools an actor may draw from: a school from a roster and from its own staff."""
    return ("roster", "staff") if "school" in actor.roles else ("schools", "experts", "staff", "roster", "problems")


def pool(
    actor: Actor, *, kind: str, on: date, organ: int | None = None, text: str = "", roster: Roster | None = None,
    brought: Sequence[Candidate] = (),
) -> Pool:  # fmt: skip
    """One pool. `organ` and `text` (a part of the post's title, or a stage of schools) narrow it down.

    `brought` are members that a room above knows. Raises NotAllowed, and Invalid for a pool one may not draw from.
    """
    with reading(actor):
        require_holder(actor)
        if kind not in pools_for(actor):
            raise Invalid(FieldFault("pool", NO_POOL))
        if kind == "roster":
            found = _roster(roster or Roster())
        elif kind == "problems":
            found = tuple(brought)
        elif kind == "schools":
            found = _schools(organs(actor, kinds=["school", "township"]), text)
        else:
            own = actor.organ if "school" in actor.roles else organ
            found = _persons(kind, posts(actor, organ=own, on=on), text)
        return Pool(kind, found, WORDS[kind], sealed=kind != "schools")


def _schools(known: Sequence[OrganView], text: str) -> tuple[Candidate, ...]:
    towns = {one.id: one.short_name for one in known if one.kind == "township"}
    return tuple(
        Candidate(one.name, _said({"town": towns.get(one.parent or 0, ""), "stage": one.stage}), organ=one.id)
        for one in known
        if one.kind == "school" and text in one.stage
    )


def _persons(kind: str, rows: Sequence[PostRow], text: str) -> tuple[Candidate, ...]:
    """One natural person stands once, however many posts it holds."""
    found: dict[int, Candidate] = {}
    for row in rows:
        sits = kind == "staff" or bool(row.member_kind)
        if row.holder is None or not sits or text not in f"{row.title} {row.member_kind}":
            continue
        second = row.title if kind == "staff" else row.member_kind
        marks = {"organ": row.organ.short_name, "title" if kind == "staff" else "kind": second}
        found.setdefault(
            row.holder, Candidate(row.holder_name, _said(marks), organ=row.organ.id, person=row.holder)
        )  # fmt: skip
    return tuple(found.values())


def _roster(roster: Roster) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(one.name, _said({"school": one.school, "grade": one.grade}), contact=one.phone)
        for one in roster.people
    )


def _said(marks: Mapping[str, str]) -> dict[str, str]:
    return {word: unicodedata.normalize("NFC", text) for word, text in marks.items() if text}


def listed(
    pool: Pool, *, by: Collection[str], excluded: Mapping[int, str], strata: bool = True
) -> tuple[Candidate, ...]:
    """The list as it is frozen: with the marks in `by` and no others, and whoever is excluded with the reason.

    `excluded` is by place in the list, from 1. What a public paper may not say of a person, because no stratum asks
    for it, goes to the name behind the ticket. `strata`: everybody must have every mark. Raises Invalid.
    """
    faults = [FieldFault("excluded", NOT_HERE) for place in excluded if not 1 <= place <= len(pool.candidates)]
    faults += [FieldFault("reason", NO_REASON) for why in excluded.values() if not 0 < len(why.strip()) <= 200]
    found = []
    for place, one in enumerate(pool.candidates, start=1):
        reason = excluded.get(place, "").strip()
        lacking = [word for word in by if strata and word not in one.marks and not reason]
        faults += [FieldFault("by", NO_MARK, {"name": one.name, "word": word}) for word in lacking]
        kept = {word: text for word, text in one.marks.items() if word in by}
        aside = " ".join(text for word, text in one.marks.items() if word not in by and pool.sealed)
        name = f"{one.name}（{aside}）" if aside else one.name
        found.append(replace(one, name=name[:120], marks={} if reason else kept, reason=reason))
    if faults:
        raise Invalid(*faults[:20])
    return tuple(found)
