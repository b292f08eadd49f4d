"""Keys of programs: a unit's own system reports with one; it is shown once, and ended here."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.people import actions, queries
from qingfu.web.desk import Desk, page


@page("")
def keys(desk: Desk) -> HttpResponse:
    """The keys of one's own unit; a keeper of the register sees those of the whole bureau."""
    if not desk.knows_keys:
        who = [Word(N_("somebody of a school or of the bureau, in a post of his own"))]
        raise NotAllowed(verb=Word(N_("make a key for a program")), who=who)
    found = queries.keys(desk.actor, on=desk.today)
    states = [(one, "ended" if one.ended_at else "open" if one.opens else "left") for one in found]
    return desk.show("keys/keys.html", keys=states, may_make=queries.may_make_keys(desk.actor))


@keys.act("make")
def make(desk: Desk) -> HttpResponse:
    """Make a key; it is shown once and kept nowhere."""
    name = desk.request.POST.get("name", "")
    token = actions.make_key(desk.actor, name=name, client_id=desk.client_id, at=desk.at)
    response = desk.show("keys/key.html", name=name.strip(), token=token)
    response.headers["Cache-Control"] = "no-store"
    return response


@keys.act("end")
def end(desk: Desk) -> HttpResponse:
    """End a key; what came with it stays."""
    key = desk.request.POST.get("key", "")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        raise Invalid(FieldFault("key", N_("Choose one of the answers that are offered.")))
    actions.end_key(desk.actor, key=int(key), client_id=desk.client_id, at=desk.at)
    return desk.go("keys", said=_("The key opens nothing any more."))


urlpatterns = [path("keys", keys, name="keys")]
