"""Papers of a draw: the notice for the door, the slips, the certificate, and the very bytes to verify."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.contrib.staticfiles.finders import find
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingfu.base.canon import canonical
from qingfu.base.draw.notice import Match
from qingfu.base.errors import NotFound
from qingfu.base.verify_draw import verify
from qingfu.records.draws import queries
from qingfu.records.draws.queries import DrawView
from qingfu.web.desk import Desk, page
from qingfu.web.draws.wording import VERDICTS, door_address, method_says
from qingfu.web.files import download
from qingfu.web.ids import id_in

JSON = "application/json"
SLIPS = 120
VERIFIER = "draw/verify.html"
# So many stand on the notice itself; of a longer list the notice says its length, and the file holds it.
ON_PAPER = 400


@dataclass(frozen=True)
class Slip:
    """What one on the list is handed: with it anybody finds himself in the notice."""

    ticket: str
    salt: str
    name: str


def qr(text: str) -> SafeString:
    """A code to be read by a phone, drawn in the ink of the page."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=2, svgclass="qr", lineclass="qr-line"
    )
    # Drawn by us from numbers; the text is in it as squares only.
    return mark_safe(drawn)  # noqa: S308


def has_verifier() -> bool:
    """Whether the page that verifies without a server is among our static files."""
    return find(VERIFIER) is not None


@page("draws")
def notice(desk: Desk, draw: int) -> HttpResponse:
    """The printable notice: what is drawn, from how many, the digests, and the way for witnesses."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    door = door_address(desk, shown.door)
    pool = shown.notice.pool
    return desk.show(
        "draws/notice.html", draw=shown, method=method_says(shown.notice.method), door=door, qr=qr(door),
        pool=pool if len(pool) <= ON_PAPER and all(one.name for one in pool) else (), match=_matching(shown),
        excluded=shown.notice.excluded,
        witnesses=shown.state == "frozen", today=None,
    )  # fmt: skip


def _matching(shown: DrawView) -> Match | None:
    """Who visits and who may not meet, by ticket, where inspectors are drawn to targets."""
    return shown.notice.method if isinstance(shown.notice.method, Match) else None


@page("draws")
def slips(desk: Desk, draw: int) -> HttpResponse:
    """Slips to be cut and handed over: ticket, salt, name. Only where names are sealed."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    if not shown.sealed_names:
        raise NotFound(what=_("slips of this draw"))
    found = [Slip(*one) for one in queries.slips(desk.actor, draw)]
    # As the organiser's own list stands, which ends a name with its number: tickets are in no such order.
    found.sort(key=lambda one: one.name.split()[-1])
    asked = desk.request.GET.get("page", "1")
    pages = max(1, -(-len(found) // SLIPS))
    number = min(pages, max(1, id_in(asked) or 1))
    return desk.show(
        "draws/slips.html", draw=shown, slips=found[(number - 1) * SLIPS : number * SLIPS], number=number, pages=pages,
        before=number - 1, after=number + 1, total=len(found),
    )  # fmt: skip


@page("draws")
def certificate(desk: Desk, draw: int) -> HttpResponse:
    """What the verifier says of the record, in its words and what they mean."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    if shown.record is None:
        raise NotFound(what=_("a certificate before the draw is run"))
    said = verify(shown.record, shown.anchor)
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return desk.show(
        "draws/certificate.html", draw=shown, verdict=VERDICTS[said.verdict], method=method_says(shown.notice.method),
        faults=[(one.where, one.text(language)) for one in said.faults], drawn=drawn_count(shown),
        witnesses=[one.name for one in shown.members if one.role == "witness" and one.dealt],
        verifier=VERIFIER if has_verifier() else "", alone=len(shown.members) == 1, today=None,
    )  # fmt: skip


def drawn_count(shown: DrawView) -> int:
    """How many were drawn, reserves not counted; of a matching, how many visits."""
    if shown.kind == "match":
        return sum(len(pairs) for pairs in shown.result.get("rounds", []))
    strata: list[dict[str, list[str]]] = shown.result.get("strata", [])
    chosen: list[str] = shown.result.get("chosen", [])
    return sum(len(one["chosen"]) for one in strata) or len(chosen)


@page("draws")
def paper_file(desk: Desk, draw: int, which: str) -> HttpResponse:
    """The bytes of the notice, the anchor or the record, as they are verified."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    found = {"notice": canonical(shown.notice.document()), "anchor": shown.anchor, "record": shown.record}.get(which)
    if found is None:
        raise NotFound(what=which)
    return download(f"{shown.number}-{which}.json", found, JSON)
