"""A new draw: say what is drawn, look at the list, leave out with a reason, freeze."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.draw.notice import Pick, Share
from qingfu.base.draw.picking import needed
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.rosters import COLUMNS
from qingfu.papers.sheets import template
from qingfu.records.draws import actions, queries
from qingfu.records.draws.actions import Frozen
from qingfu.records.draws.queries import WORDS
from qingfu.records.people.queries import organs
from qingfu.web.desk import Desk, page
from qingfu.web.draws.asked import Asked, Ready, begun_from, judged, offered_draws, sent, strata_of
from qingfu.web.draws.for_case import freeze_for, wanted
from qingfu.web.draws.stages import circle_facts, exclusion_facts, form_or_preview, named_exclusions
from qingfu.web.draws.wording import POOLS, mark, method_says
from qingfu.web.files import download
from qingfu.web.ids import id_in
from qingfu.web.parts import Cell, Fact, Table
from qingfu.web.spoken import clauses_of, numbers

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100
_WHO = N_("Tick whoever is left out.")
_WHY = N_("Say why; the reason stands in the notice.")
_FAULTY = N_("Correct the roster first; nothing has been frozen.")
_MORE = N_("The list has {n} entries; that many cannot be drawn.")


@dataclass(frozen=True)
class Line:
    """One of the list as the preview shows it."""

    place: int
    name: str
    marks: str
    phone: bool
    reason: str


@page("draws")
def new(desk: Desk) -> HttpResponse:
    """The form; after an act that was refused on the preview, the preview again."""
    queries.require_holder(desk.actor)
    return form_or_preview(desk, begun=begun_from, sent=sent, form=_form, preview=_preview)


def _form(desk: Desk, asked: Asked) -> HttpResponse:
    case = wanted(desk, asked.text("case"))
    kinds = ("experts",) if case else queries.pools_for(desk.actor)
    plan, key = asked.plan(desk)
    return desk.show(
        "draws/new.html", asked=asked, pools=[(one, _(POOLS[one])) for one in kinds], offered=offered_draws(desk),
        organs=organs(desk.actor) if "experts" in kinds else (), plan=plan,
        ordered=plan.pack.draws[key] if plan else None, clauses=clauses_of(plan.pack) if plan else {},
        words=[(kind, [(word, mark(word)) for word in WORDS[kind]]) for kind in kinds],
        replaced=queries.draw(desk.actor, void) if (void := id_in(asked.text("replaces"))) is not None else None,
        matches="schools" in kinds, case=case, case_clause=numbers(case.clause) if case else (),
    )  # fmt: skip


@new.act("preview")
def preview(desk: Desk) -> HttpResponse:
    """Show who stands on the list and how many are drawn; nothing is kept yet."""
    queries.require_holder(desk.actor)
    asked = sent(desk)
    # What was read of the register may be another list now: nobody is left out of it yet.
    fresh = desk.request.POST.get("stage") != "preview"
    return _preview(desk, replace(asked, excluded={}) if fresh else asked)


@new.act("find")
def find(desk: Desk) -> HttpResponse:
    """Search the list."""
    queries.require_holder(desk.actor)
    return _preview(desk, sent(desk))


@new.act("back")
def back(desk: Desk) -> HttpResponse:
    """The form again, as it was filled in."""
    queries.require_holder(desk.actor)
    return _form(desk, sent(desk))


@new.act("exclude")
def exclude(desk: Desk) -> HttpResponse:
    """Leave out whoever is ticked, with the reason."""
    queries.require_holder(desk.actor)
    places, why = desk.request.POST.getlist("place"), desk.request.POST.get("reason", "").strip()
    if not places:
        raise Invalid(FieldFault("places", _WHO))
    if not why:
        raise Invalid(FieldFault("reason", _WHY))
    asked = sent(desk)
    left = dict(asked.excluded) | {one: why for text in places if (one := id_in(text)) is not None}
    return _preview(desk, replace(asked, excluded=left), done=True)


@new.act("include")
def include(desk: Desk) -> HttpResponse:
    """Take back an exclusion."""
    queries.require_holder(desk.actor)
    asked, back_in = sent(desk), set(desk.request.POST.getlist("back-in"))
    left = {place: why for place, why in asked.excluded.items() if str(place) not in back_in}
    return _preview(desk, replace(asked, excluded=left), done=True)


@new.act("freeze")
def freeze(desk: Desk) -> HttpResponse:
    """Post the notice; from here on the list does not change."""
    ready = judged(desk, sent(desk), seen=desk.request.POST.get("list", "—"))
    if ready.roster is not None and ready.roster.faults:
        raise Invalid(FieldFault("roster", _FAULTY))
    asked = ready.asked
    plan, key = asked.plan(desk)
    said = Frozen(
        title=asked.text("title"), method=ready.method, candidates=ready.candidates, key=key,
        clause=asked.text("clause"), sealed_names=ready.pool.sealed, number=ready.number,
        rehearsal=asked.text("rehearsal") == "yes", pool=asked.text("pool"),
        replaces=id_in(asked.text("replaces")),
    )  # fmt: skip
    if case := asked.text("case"):
        made = freeze_for(desk, case, said, alone=asked.alone)
    else:
        made = actions.freeze(
            desk.actor, plan=plan, frozen=said, alone=asked.alone, client_id=desk.client_id, at=desk.at
        )  # fmt: skip
    told = _("Frozen under number {number}. Post the notice before you go on.").format(number=made.number)
    return desk.go("draw", draw=made.id, said=told)


def _preview(desk: Desk, asked: Asked, *, done: bool = False) -> HttpResponse:
    seen = desk.request.POST.get("list", "") if desk.request.POST.get("stage") == "preview" else ""
    ready = judged(desk, asked, seen=seen)
    if ready.roster is not None and ready.roster.faults:
        return desk.show("draws/faulty.html", asked=asked, roster=ready.roster, faults=_faults(ready))
    eligible = [one for one in ready.candidates if not one.reason]
    drawn = _drawn(ready, len(eligible))
    text = "" if done else desk.request.POST.get("find-text", "").strip()[:60]
    lines = _lines(ready)
    found = [one for one in lines if not one.reason and (not text or text in f"{one.name} {one.marks}")]
    return desk.show(
        "draws/preview.html", asked=asked, ready=ready, facts=_facts(desk, ready, drawn, len(eligible)),
        lines=found[:SHOWN], found=len(found), shown=SHOWN, out=[one for one in lines if one.reason], drawn=drawn,
        eligible=len(eligible), strata=_strata(ready), find_text=text, sealed=ready.pool.sealed,
        notes=[note.text(_) for note in ready.roster.notes] if ready.roster else [],
        reason="" if done else desk.request.POST.get("reason", ""), plan_reasons=named_exclusions(desk, asked),
    )  # fmt: skip


def _drawn(ready: Ready, eligible: int) -> int:
    """How many are drawn in all; Invalid where the list has fewer."""
    if isinstance(ready.method, Share):
        return sum(needed(ready.method, size) for _marks, size in strata_of(ready))
    take = ready.method.take if isinstance(ready.method, Pick) else 0
    if take > eligible:
        raise Invalid(FieldFault("take", _MORE, {"n": eligible}))
    return take


def _lines(ready: Ready) -> list[Line]:
    whole = zip(ready.pool.candidates, ready.candidates, strict=True)
    return [
        Line(place, one.name, " · ".join(one.marks.values()), bool(one.contact), kept.reason)
        for place, (one, kept) in enumerate(whole, start=1)
    ]


def _strata(ready: Ready) -> Table | None:
    if not isinstance(ready.method, Share):
        return None
    method = ready.method
    heads = (*(mark(word) for word in ready.asked.words), _("On the list"), _("To be drawn"))
    rows = tuple(
        (
            *(Cell(text, zh=True) for text in marks),
            Cell(str(size), number=True),
            Cell(str(needed(method, size)), number=True),
        )
        for marks, size in strata_of(ready)
    )
    last = len(heads) - 1
    return Table(_("How many are drawn of which part?"), heads, rows, frozenset({last - 1, last}))


def _facts(desk: Desk, ready: Ready, drawn: int, eligible: int) -> tuple[Fact, ...]:
    asked = ready.asked
    without = sum(not one.contact for one in ready.pool.candidates) if asked.text("pool") == "roster" else 0
    facts = [
        Fact(_("Title"), asked.text("title")),
        Fact(_("Drawn from"), _(POOLS[asked.text("pool")]), zh=False),
        Fact(_("What is drawn"), method_says(ready.method), zh=False),
        Fact(_("On the list"), str(eligible), zh=False),
        Fact(_("Left out"), str(len(ready.pool.candidates) - eligible), zh=False),
        *exclusion_facts(named_exclusions(desk, asked), [one.reason for one in ready.candidates if one.reason]),
        Fact(_("To be drawn"), str(drawn), zh=False),
    ]
    if without:
        facts.append(Fact(_("Without a telephone number"), str(without), zh=False))
    return (*facts, *circle_facts(desk, asked, ready.number))


def _faults(ready: Ready) -> list[tuple[str, str, str]]:
    if ready.roster is None:
        return []
    return [(one.place(_), one.what(_), one.next_step(_)) for one in ready.roster.faults]


@page("draws")
def roster_blank(desk: Desk) -> HttpResponse:
    """The empty roster to fill in."""
    queries.require_holder(desk.actor)
    return download("qingfu-roster.xlsx", template(COLUMNS, translate=_), SHEET)
