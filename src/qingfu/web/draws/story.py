"""One draw: its steps so far with who, when and which digest, and the one that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.records.disclosures.queries import standing
from qingfu.records.draws import actions, queries
from qingfu.records.draws.queries import DrawView
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.queries import drawn_for
from qingfu.web.desk import Desk, page
from qingfu.web.draws import typed
from qingfu.web.draws.polled import moved_on
from qingfu.web.draws.polled import standing as stands
from qingfu.web.draws.wording import KINDS, door_address, joined, method_says
from qingfu.web.parts import Fact
from qingfu.web.spoken import numbers


@dataclass(frozen=True)
class Step:
    """One step: done (then who, when and which digest), the one that comes now, or one still to come."""

    name: str
    says: str = ""
    who: str = ""
    at: datetime | None = None
    digest: str = ""
    stage: str = "ahead"

    @property
    def shape(self) -> str:
        return {"done": "tick", "now": "seal", "void": "cross"}.get(self.stage, "dots")

    @property
    def tone(self) -> str:
        return {"done": "done", "now": "asks", "void": "late"}.get(self.stage, "quiet")


@page("draws")
def draw(desk: Desk, draw: int) -> HttpResponse:
    """The story of a draw, and what may be done now."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    if (anew := moved_on(desk, shown)) is not None:
        return anew
    circle = len(shown.members)
    waits = [one for one in shown.members if one.name in shown.missing and not one.kept_here]
    return desk.show(
        "draws/draw.html", draw=shown, stands=stands(shown), steps=steps(shown), facts=_facts(shown),
        door=door_address(desk, shown.door),
        witnesses=sum(one.role == "witness" for one in shown.members), threshold=desk.typed("threshold"),
        thresholds=range(1, circle + 1), dealt=sum(one.dealt for one in shown.members), waits=waits,
        undealt=[one for one in shown.members if not one.dealt], lacks_number=_lacks_number(desk, shown),
        calls=shown.state == "drawn" and shown.kind in ("pick", "share"),
        shown=standing(desk.actor, key=f"draw:{shown.number}"), verb=desk.request.POST.get("verb", ""),
        panel=drawn_for(desk.actor, draw),
    )  # fmt: skip


def _lacks_number(desk: Desk, shown: DrawView) -> bool:
    return shown.notice.number is not None and queries.ceremony(desk.actor, shown.id).number is None


def steps(shown: DrawView) -> list[Step]:
    """Frozen, circle, dealing, sealed, drawn; a void one ends where it stood."""
    at = {"frozen": 1, "dealing": 2, "sealed": 4, "drawn": 5}.get(shown.state, 0)
    if shown.state == "void":
        at = 3 if shown.sealed_at else 2 if shown.threshold else 1
    found = [
        Step(_("List frozen"), _listed(shown), shown.organ_name, shown.frozen_at, shown.notice_digest),
        Step(_("Circle closed"), _circle(shown)),
        Step(_("Shares dealt"), _dealt(shown)),
        Step(_("Sealed"), _("Nothing can be added or dropped any more.") if shown.seal else "", "", shown.sealed_at,
             shown.seal),
        Step(_("The one drawing"), _("Once; it is never drawn again.") if shown.record else "", "", shown.drawn_at,
             shown.record_digest),
    ]  # fmt: skip
    done = {1: 1, 2: 2, 3: 4, 4: 4, 5: 5}[at]
    told = [
        Step(one.name, one.says, one.who, one.at, one.digest, "done" if n < done else "now" if n == done else "ahead")
        for n, one in enumerate(found)
    ]
    if shown.state == "void":
        reason = shown.void_reason
        return [*told[:done], Step(_("Became void"), reason, "", shown.void_at, "", "void")]
    return told


def _listed(shown: DrawView) -> str:
    pool, out = len(shown.notice.pool), len(shown.notice.excluded)
    said = ngettext("{n} on the list", "{n} on the list", pool).format(n=pool)
    return _("{listed}, {out} left out with a reason").format(listed=said, out=out) if out else said


def _circle(shown: DrawView) -> str:
    names = [one.name for one in shown.members]
    if shown.threshold and len(names) == 1:
        return _("{name} alone; there are no witnesses").format(name=names[0])
    if not shown.threshold:
        return joined(names)
    return _("{names}; any {k} of {n} can open a share").format(names=joined(names), k=shown.threshold, n=len(names))


def _dealt(shown: DrawView) -> str:
    if not shown.threshold:
        return ""
    dealt = [one.name for one in shown.members if one.dealt]
    return _("{n} of {whole}: {names}").format(n=len(dealt), whole=len(shown.members), names=joined(dealt))


def _facts(shown: DrawView) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Number"), shown.number, zh=False),
        Fact(_("Organiser"), shown.notice.organiser),
        Fact(_("What is drawn"), f"{_(KINDS[shown.kind])}: {method_says(shown.notice.method)}", zh=False),
    ]
    if shown.notice.clause:
        facts.append(Fact(_("Clause"), "", clause=numbers(shown.notice.clause)))
    if one := shown.notice.number:
        facts.append(Fact(_("Public number"), f"{one.source} {one.issue}（{one.expected.isoformat()}）"))
    if shown.replaces and shown.notice.replaces:
        facts.append(Fact(_("In place of"), f"{shown.replaces}：{shown.notice.replaces.reason}"))
    if shown.replaced_by:
        facts.append(Fact(_("Replaced by"), shown.replaced_by, zh=False))
    return tuple(facts)


@draw.act("close-circle")
def close_circle(desk: Desk, draw: int) -> HttpResponse:
    """Nobody joins any more; shares are dealt. Where nobody joined, the seal follows at once."""
    queries.require_holder(desk.actor)
    actions.close_circle(
        desk.actor, draw=draw, threshold=typed.threshold(desk), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("draw", draw=draw, said=_("The circle is closed. Now every phone deals its share."))


@draw.act("seal")
def seal(desk: Desk, draw: int) -> HttpResponse:
    """From here on nothing is added; the anchor is posted."""
    queries.require_holder(desk.actor)
    actions.seal(desk.actor, draw=draw, client_id=desk.client_id, at=desk.at)
    return desk.go("draw", draw=draw, said=_("Sealed. Post the anchor before anybody reveals a share."))


@draw.act("open-missing")
def open_missing(desk: Desk, draw: int) -> HttpResponse:
    """The organiser's pieces of every share that was not told."""
    queries.require_holder(desk.actor)
    actions.open_missing(desk.actor, draw=draw, client_id=desk.client_id, at=desk.at)
    return desk.go("draw", draw=draw, said=_("Your pieces are open; the outcome is the same whoever opens them."))


@draw.act("tell-number")
def tell_number(desk: Desk, draw: int) -> HttpResponse:
    """The public number as it was published; one line for each source."""
    queries.require_holder(desk.actor)
    actions.tell_number(
        desk.actor, draw=draw, values=typed.public_number(desk), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("draw", draw=draw, said=_("The public number is entered."))


@draw.act("run")
def run(desk: Desk, draw: int) -> HttpResponse:
    """Draw, once."""
    queries.require_holder(desk.actor)
    made = actions.run(desk.actor, draw=draw, client_id=desk.client_id, at=desk.at)
    return desk.go("draw", draw=draw, said=_("Drawn: {number}.").format(number=made.number))


@draw.act("void")
def void(desk: Desk, draw: int) -> HttpResponse:
    """Give it up before it is run."""
    queries.require_holder(desk.actor)
    reason = desk.request.POST.get("reason", "")
    enactment.void_draw(desk.actor, draw=draw, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("draw", draw=draw, said=_("It is void; the public reads why, and so does the next notice."))


@draw.act("publish")
def publish(desk: Desk, draw: int) -> HttpResponse:
    """Show the public what may be shown by now."""
    queries.require_holder(desk.actor)
    enactment.publish_draw(desk.actor, draw=draw, client_id=desk.client_id, at=desk.at)
    return desk.go("draw", draw=draw, said=_("The public can read it now."))
