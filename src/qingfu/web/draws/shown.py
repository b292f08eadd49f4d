"""Draws in the public hall: the frozen copy of what the organiser published, its bytes, and the way to verify them."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.disclosures.queries import DisclosureView, shown
from qingfu.web.draws.papers import JSON, VERIFIER, has_verifier
from qingfu.web.draws.wording import VERDICTS
from qingfu.web.files import download
from qingfu.web.hall import Hall, public_page
from qingfu.web.words import moment


@public_page
def shown_draws(hall: Hall) -> HttpResponse:
    """All draws that were published, the latest first."""
    return hall.show("draws/shown_list.html", entry="draws", copies=shown(hall.bureau.id, "draw", at=hall.at))


@public_page
def shown_draw(hall: Hall, number: str) -> HttpResponse:
    """One draw: its steps with their digests, what a verifier says, the files."""
    copy = _copy(hall, number)
    said = copy.content
    named = (
        (_("List frozen"), said["frozen_at"], said["notice"]),
        (_("Sealed"), said["sealed_at"], said["seal"]),
        (_("The one drawing"), said["drawn_at"], said["record_digest"]),
    )
    steps = [(name, moment(datetime.fromisoformat(at), hall.today), digest) for name, at, digest in named if at]
    # Copies that were published before a void draw was shown do not say when it became so.
    given_up = said.get("void_at", "")
    return hall.show(
        "draws/shown.html", entry="draws", copy=copy, said=said, steps=steps, verdict=VERDICTS.get(said["verdict"]),
        given_up=moment(datetime.fromisoformat(given_up), hall.today) if given_up else "",
        verifier=VERIFIER if has_verifier() else "",
    )  # fmt: skip


@public_page
def shown_file(hall: Hall, number: str, which: str) -> HttpResponse:
    """The bytes of the anchor or the record, exactly as they are verified."""
    text = _copy(hall, number).content.get(which) if which in ("anchor", "record") else None
    if not text:
        raise NotFound(what=which)
    return download(f"{number}-{which}.json", str(text).encode(), JSON)


def _copy(hall: Hall, number: str) -> DisclosureView:
    found = next(iter(shown(hall.bureau.id, "draw", part=number, at=hall.at)), None)
    if found is None:
        raise NotFound(what=number)
    return found
