"""A witness's phone: no account, only the code at the door. What it sends is proven by the key it made itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qingfu.base.errors import BadShare, NotFound, QingfuError
from qingfu.base.errors.status import status_of
from qingfu.base.words import N_
from qingfu.records.draws import actions
from qingfu.records.draws.queries import DrawView, WitnessState, behind_door, witness_state
from qingfu.web.hall import Hall, public_page

# What the browser's verifier is made of serves the phone too.
SCRIPTS = tuple(f"draw/{name}.js" for name in ("sha256", "curve", "canon", "witness", "witness-page"))

# What the script says, in the reader's language.
WORDS = {
    "lost": N_("No connection at the moment; the page tries again by itself."),
    "why": N_(
        "As a witness you give a share of chance that nobody else knows. With your share in it, nobody can choose "
        "what comes out, and everybody can compute it again afterwards."
    ),
    "name": N_("Your name as the others should see it"),
    "nameHelp": N_("It stands in the public record: for instance “a parent of class 3”."),
    "join": N_("Join as a witness"),
    "joined": N_("You are in the circle."),
    "code": N_("Your witness code; compare it with the screen"),
    "waitClose": N_("Keep this page open. It goes on by itself when the circle is closed."),
    "tooLate": N_("The circle is closed; you can watch and verify the record afterwards."),
    "dealing": N_("Your phone is computing its share…"),
    "dealt": N_("Your share is in."),
    "ownShare": N_("Digest of your share"),
    "waitSeal": N_("When all shares are in, the office seals the draw."),
    "watching": N_("You are watching this draw."),
    "noticeDigest": N_("Digest of the list"),
    "sealDigest": N_("Digest of the seal"),
    "differs": N_("What the office shows is not what your phone knows. Do not tell your share; ask the supervisors."),
    "organiserCouldOpen": N_(
        "There are so few witnesses that the organiser could open all shares: the draw can be replayed, but is not "
        "proven random."
    ),
    "compare": N_("Compare these digests with the screen or the notice at the door, character by character."),
    "tell": N_("They are the same: tell my share"),
    "told": N_("Your share has been told."),
    "missing": N_("Still missing: {names}. The circle can open these shares; the outcome is the same."),
    "open": N_("Help to open them"),
    "waitRun": N_("When all shares are open, the draw is run once."),
    "drawn": N_("Drawn."),
    "recordDigest": N_("Digest of the record"),
    "howToVerify": N_(
        "Take the record, the posted notice and the verifier home: the verifier works without a network."
    ),
    "getRecord": N_("Record"),
    "getAnchor": N_("Posted notice"),
    "verify": N_("Verifier"),
    "verifyHere": N_("Open the verifier here"),
    "isVoid": N_("This draw became void before it was run."),
    "hasJoined": N_("joined"),
    "hasDealt": N_("share given"),
    "hasTold": N_("share told"),
}


@public_page
def witness(hall: Hall, door: str) -> HttpResponse:
    """The page, its state for the script, or the two files that a family takes home."""
    draw = behind_door(hall.actor, door)
    asked = hall.request.GET
    if "state" in asked:
        return _told(hall, door)
    if "record" in asked or "anchor" in asked:
        return _file(draw, "record" if "record" in asked else "anchor")
    return hall.show("witness/draw.html", draw=draw, scripts=SCRIPTS, words=_words())


def _told(hall: Hall, door: str) -> JsonResponse:
    asked = hall.request.GET.get("of", "")
    of = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else -1
    return JsonResponse(_said(witness_state(hall.actor, door, of=of)))


def _said(state: WitnessState) -> dict[str, Any]:
    return {
        "state": state.state, "rehearsal": state.rehearsal, "notice": state.notice, "threshold": state.threshold,
        "circle": list(state.circle), "dealt": list(state.dealt), "told": list(state.told), "seal": state.seal,
        "shares": list(state.shares), "record": state.record, "why": state.why,
        "organiserCouldOpen": state.organiser_could_open,
        "missing": [
            {"by": one.by, "name": one.name, "openedBy": list(one.opened_by), "piece": one.piece}
            for one in state.missing
        ],
    }  # fmt: skip


def _file(draw: DrawView, which: str) -> HttpResponse:
    content = draw.record if which == "record" else draw.anchor
    if content is None:
        raise NotFound(what=which)
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{draw.number}.{which}.json"'
    return response


def _sent(hall: Hall) -> tuple[dict[str, Any], UUID | None]:
    """What the phone sent, and under which id; BadShare where it is something else."""
    try:
        sent = json.loads(hall.request.POST.get("sent", ""))
        return sent, UUID(str(sent["id"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadShare(name=_("the phone")) from None


def _part(sent: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = sent.get(name)
    if not isinstance(part, dict):
        raise BadShare(name=_("the phone"))
    return part


def _answered(hall: Hall, door: str, verb: str) -> HttpResponse:
    """Do it, and answer with where the draw stands now; an error is said in words."""
    try:
        behind_door(hall.actor, door)
        _do(hall, door, verb)
    except QingfuError as refused:
        return JsonResponse({"code": refused.code, "says": refused.text(_)}, status=status_of(refused))
    return _told(hall, door)


def _do(hall: Hall, door: str, verb: str) -> None:
    sent, once = _sent(hall)
    if verb == "join":
        actions.join(hall.actor, door=door, member=_part(sent, "member"), client_id=once, at=hall.at)
    elif verb == "deal":
        actions.give(hall.actor, door=door, deal=_part(sent, "deal"), client_id=once, at=hall.at)
    elif verb == "tell":
        share = str(sent.get("share", ""))
        actions.reveal(hall.actor, door=door, by=_place(sent), share=share, client_id=once, at=hall.at)
    else:
        opening = _part(sent, "opening")
        actions.open_for(hall.actor, door=door, by=_place(sent), opening=opening, client_id=once, at=hall.at)


def _place(sent: Mapping[str, Any]) -> int:
    by = sent.get("by")
    if not isinstance(by, int) or isinstance(by, bool):
        raise BadShare(name=_("the phone"))
    return by


@witness.act("join")
def join(hall: Hall, door: str) -> HttpResponse:
    """Join the circle."""
    return _answered(hall, door, "join")


@witness.act("deal")
def deal(hall: Hall, door: str) -> HttpResponse:
    """Give a share, in pieces."""
    return _answered(hall, door, "deal")


@witness.act("tell")
def tell(hall: Hall, door: str) -> HttpResponse:
    """Tell the share."""
    return _answered(hall, door, "tell")


@witness.act("open")
def open_missing(hall: Hall, door: str) -> HttpResponse:
    """Open this phone's piece of a share that is missing."""
    return _answered(hall, door, "open")


def _words() -> dict[str, str]:
    return {**{key: _(said) for key, said in WORDS.items()}, "verifyAt": static("draw/verify.html")}


urlpatterns = [path("<slug:bureau>/d/<str:door>", never_cache(witness), name="witness")]
