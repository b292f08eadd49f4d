"""A new matching: say who goes where in how many rounds, look at both lists, tie, leave out, freeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.papers.sheets import template
from qingfu.papers.visitors import COLUMNS, Side
from qingfu.records.draws import actions, queries
from qingfu.records.draws.actions import Frozen
from qingfu.records.draws.queries import TOWN, Candidate, Expected, Impossible, Tied
from qingfu.records.people.queries import organs
from qingfu.web.desk import Desk, page
from qingfu.web.draws.making import SHEET
from qingfu.web.draws.matching.asked import Asked, Ready, begun_from, judged, offered_matches, sent
from qingfu.web.draws.matching.wording import expected_says, sources, usual_reasons
from qingfu.web.draws.stages import circle_facts, exclusion_facts, form_or_preview, named_exclusions
from qingfu.web.draws.wording import method_says
from qingfu.web.files import download
from qingfu.web.ids import id_in
from qingfu.web.parts import Fact
from qingfu.web.spoken import clauses_of

SHOWN = 100
_WHO = N_("Tick whoever is left out.")
_WHY = N_("Say why; the reason stands in the notice.")
_FAULTY = N_("Correct the sheet first; nothing has been frozen.")
_NO_ANSWER = N_("There is no answer as it stands; nothing has been frozen.")


@dataclass(frozen=True)
class Line:
    """One of a list as the preview shows it."""

    place: int
    name: str
    marks: str
    reason: str


@dataclass(frozen=True)
class Tie:
    """Two who may not meet, by name. `place`: of those that may be undone; 0 where the register itself says so."""

    place: int
    taker: str
    target: str
    reason: str


@page("draws")
def new(desk: Desk) -> HttpResponse:
    """The form; after an act that was refused on the preview, the preview again."""
    queries.require_matcher(desk.actor)
    return form_or_preview(desk, begun=begun_from, sent=sent, form=_form, preview=_preview)


def _form(desk: Desk, asked: Asked) -> HttpResponse:
    plan, key = asked.plan(desk)
    towns = organs(desk.actor, kinds=["township"])
    return desk.show(
        "draws/match_new.html", asked=asked, offered=offered_matches(desk), organs=organs(desk.actor),
        towns=[one.short_name for one in towns], sheets=dict(asked.carried), plan=plan,
        targets=sources("targets"),
        takers=sources("takers"), ordered=plan.pack.draws[key] if plan else None,
        clauses=clauses_of(plan.pack) if plan else {},
        replaced=queries.draw(desk.actor, void) if (void := id_in(asked.text("replaces"))) is not None else None,
    )  # fmt: skip


@new.act("preview")
def preview(desk: Desk) -> HttpResponse:
    """Show both lists and what is known before it is drawn; nothing is kept yet."""
    asked = sent(desk)
    return _preview(desk, asked if desk.request.POST.get("stage") == "preview" else asked.fresh())


@new.act("find")
def find(desk: Desk) -> HttpResponse:
    """Search both lists."""
    return _preview(desk, sent(desk))


@new.act("back")
def back(desk: Desk) -> HttpResponse:
    """The form again, as it was filled in."""
    queries.require_matcher(desk.actor)
    return _form(desk, sent(desk))


@new.act("exclude")
def exclude(desk: Desk) -> HttpResponse:
    """Leave out whoever is ticked in either list, with the reason."""
    queries.require_matcher(desk.actor)
    post, why = desk.request.POST, desk.request.POST.get("reason", "").strip()
    ticked: dict[Side, list[int]] = {
        "targets": _places(post.getlist("target")),
        "inspectors": _places(post.getlist("taker")),
    }
    if not any(ticked.values()):
        raise Invalid(FieldFault("places", _WHO))
    if not why:
        raise Invalid(FieldFault("reason", _WHY))
    asked = sent(desk)
    left = {side: {**asked.left.get(side, {}), **dict.fromkeys(places, why)} for side, places in ticked.items()}
    return _preview(desk, replace(asked, left=left), done=True)


def _places(found: Sequence[str]) -> list[int]:
    return [one for text in found if (one := id_in(text)) is not None]


@new.act("include")
def include(desk: Desk) -> HttpResponse:
    """Take back an exclusion."""
    queries.require_matcher(desk.actor)
    asked, back_in = sent(desk), set(desk.request.POST.getlist("back-in"))
    left = {
        side: {place: why for place, why in found.items() if f"{side}:{place}" not in back_in}
        for side, found in asked.left.items()
    }
    return _preview(desk, replace(asked, left=left), done=True)


@new.act("tie")
def tie(desk: Desk) -> HttpResponse:
    """This inspector does not go to this target, and why."""
    queries.require_matcher(desk.actor)
    post, asked = desk.request.POST, sent(desk)
    pair = _places([post.get("tie-target", ""), post.get("tie-taker", "")])
    if len(pair) != 2:
        raise Invalid(FieldFault("tie", queries.NO_TIE))
    fresh = Tied(pair[0], pair[1], post.get("tie-reason", "").strip())
    others = tuple(one for one in asked.ties if (one.target, one.taker) != (fresh.target, fresh.taker))
    return _preview(desk, replace(asked, ties=(*others, fresh)), done=True)


@new.act("untie")
def untie(desk: Desk) -> HttpResponse:
    """Take back what was tied by hand."""
    queries.require_matcher(desk.actor)
    asked, gone = sent(desk), set(_places(desk.request.POST.getlist("tied")))
    kept = tuple(one for place, one in enumerate(asked.ties, start=1) if place not in gone)
    return _preview(desk, replace(asked, ties=kept), done=True)


@new.act("freeze")
def freeze(desk: Desk) -> HttpResponse:
    """Post the notice; from here on neither list changes."""
    ready = judged(desk, sent(desk), seen=desk.request.POST.get("lists", "—"))
    if ready.faults:
        raise Invalid(FieldFault("places", _FAULTY))
    if isinstance(ready.outcome, Impossible):
        raise Invalid(FieldFault("no-answer", _NO_ANSWER))
    asked = ready.asked
    plan, key = asked.plan(desk)
    said = Frozen(
        title=asked.text("title"), method=ready.method, candidates=ready.listed, takers=ready.people, ties=ready.ties,
        key=key, clause=asked.text("clause"), sealed_names=ready.targets.sealed, number=ready.number,
        rehearsal=asked.text("rehearsal") == "yes", pool=asked.text("targets"),
        replaces=id_in(asked.text("replaces")),
    )  # fmt: skip
    made = actions.freeze(desk.actor, plan=plan, frozen=said, alone=asked.alone, client_id=desk.client_id, at=desk.at)
    told = _("Frozen under number {number}. Post the notice before you go on.").format(number=made.number)
    return desk.go("draw", draw=made.id, said=told)


def _preview(desk: Desk, asked: Asked, *, done: bool = False) -> HttpResponse:
    post = desk.request.POST
    seen = post.get("lists", "") if post.get("stage") == "preview" else ""
    ready = judged(desk, asked, seen=seen)
    if ready.faults:
        return desk.show("draws/match_faulty.html", asked=asked, faults=_faults(ready), sheets=dict(asked.carried))
    text = "" if done else post.get("find-text", "").strip()[:60]
    targets, takers = _lines(ready.targets.candidates, ready.listed), _lines(ready.takers.candidates, ready.people)
    found = {"targets": _found(targets, text), "takers": _found(takers, text)}
    return desk.show(
        "draws/match_preview.html", asked=asked, ready=ready, facts=_facts(desk, ready), find_text=text, shown=SHOWN,
        targets=found["targets"][:SHOWN], takers=found["takers"][:SHOWN], found=len(found["targets"]),
        found_takers=len(found["takers"]), out=_out(targets, takers), choose_targets=_in(targets),
        choose_takers=_in(takers), ties=_ties(ready, targets, takers), reasons=usual_reasons(),
        no_answer=ready.outcome if isinstance(ready.outcome, Impossible) else None,
        reason="" if done else post.get("reason", ""), plan_reasons=named_exclusions(desk, asked),
        pair=_pair(desk, done=done),
    )  # fmt: skip


def _pair(desk: Desk, *, done: bool) -> Tied:
    """The two who were chosen to be kept apart, where that was refused."""
    post = desk.request.POST
    chosen = [(_places([post.get(name, "")]) or [0])[0] for name in ("tie-target", "tie-taker")]
    return Tied(0, 0, "") if done else Tied(chosen[0], chosen[1], post.get("tie-reason", ""))


def _lines(whole: Sequence[Candidate], kept: Sequence[Candidate]) -> list[Line]:
    return [
        Line(place, one.name, _marks(one), listed.reason)
        for place, (one, listed) in enumerate(zip(whole, kept, strict=True), start=1)
    ]


def _marks(one: Candidate) -> str:
    most = [_("at most {n}").format(n=one.most)] if one.most is not None else []
    return " · ".join([*one.marks.values(), *most])


def _in(lines: Sequence[Line]) -> list[Line]:
    return [one for one in lines if not one.reason]


def _found(lines: Sequence[Line], text: str) -> list[Line]:
    return [one for one in _in(lines) if not text or text in f"{one.name} {one.marks}"]


def _out(targets: Sequence[Line], takers: Sequence[Line]) -> list[tuple[str, Line]]:
    sides = (("targets", targets), ("inspectors", takers))
    return [(f"{side}:{one.place}", one) for side, lines in sides for one in lines if one.reason]


def _ties(ready: Ready, targets: Sequence[Line], takers: Sequence[Line]) -> list[Tie]:
    by_hand = {(one.target, one.taker): place for place, one in enumerate(ready.asked.ties, start=1)}
    by_itself = {(one.target, one.taker) for one in ready.own}
    return [
        Tie(
            0 if (one.target, one.taker) in by_itself else by_hand[one.target, one.taker],
            takers[one.taker - 1].name, targets[one.target - 1].name, one.reason,
        )
        for one in ready.ties
    ]  # fmt: skip


def _facts(desk: Desk, ready: Ready) -> tuple[Fact, ...]:
    asked = ready.asked
    facts = [
        Fact(_("Title"), asked.text("title")),
        Fact(_("Targets"), _counted(ready.listed), zh=False),
        Fact(_("Inspectors"), _counted(ready.people), zh=False),
        *exclusion_facts(
            named_exclusions(desk, asked), [one.reason for one in (*ready.listed, *ready.people) if one.reason]
        ),
        Fact(_("What is drawn"), method_says(ready.method), zh=False),
    ]
    if isinstance(ready.outcome, Expected):
        facts += [Fact(term, says, zh=False) for term, says in expected_says(ready.outcome)]
    facts.append(Fact(_("Kept apart"), _apart(ready), zh=False))
    return (*facts, *circle_facts(desk, asked, ready.number))


def _counted(listed: Sequence[Candidate]) -> str:
    out = sum(bool(one.reason) for one in listed)
    said = str(len(listed) - out)
    return _("{n}, {out} left out").format(n=said, out=out) if out else said


def _apart(ready: Ready) -> str:
    parts = []
    if ready.asked.apart_by:
        without = sum(not one.reason and TOWN not in one.marks for one in ready.people)
        parts.append(_("own township"))
        if without:
            said = ngettext("{n} inspector without a township", "{n} inspectors without a township", without)
            parts.append(said.format(n=without))
    ties = len(ready.ties)
    parts.append(ngettext("{n} pair", "{n} pairs", ties).format(n=ties))
    return " · ".join(parts)


def _faults(ready: Ready) -> list[tuple[str, int, str, str]]:
    said: Mapping[Side, str] = {"targets": _("Targets"), "inspectors": _("Inspectors")}
    return [(said[side], one.row, one.heading, one.fault.text(_)) for side, one in ready.faults]


@page("draws")
def sheet_blank(desk: Desk, kind: str) -> HttpResponse:
    """The empty sheet to fill in, for inspectors or targets."""
    queries.require_matcher(desk.actor)
    side: Side | None = next((one for one in COLUMNS if one == kind), None)
    if side is None:
        raise NotFound(what=kind)
    return download(f"qingfu-{side}.xlsx", template(COLUMNS[side], translate=_), SHEET)
