"""Files of forms: kept before the form is judged, so that a refused form loses none; given back as attachments only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from qingfu.base.actor import Actor
from qingfu.base.errors import Hostile
from qingfu.base.once import part_of
from qingfu.packfile.words.asks import Form
from qingfu.packfile.words.pack import Pack
from qingfu.records.forms import actions, queries
from qingfu.records.forms.queries import Download, FileView
from qingfu.records.people.queries import organs
from qingfu.web import words
from qingfu.web.desk import Desk, Place, page
from qingfu.web.fields import Answers, Kept, Offers, Option, School, name_of
from qingfu.web.parts import FileLink

REF_LENGTH = 43
OTHERS = gettext_lazy("Other red lines")


@page("")
def file(desk: Desk, ref: str) -> HttpResponse:
    """One file, to whoever may have it."""
    return attachment(queries.file(desk.actor, ref))


def attachment(found: Download) -> HttpResponse:
    """A file as an attachment that no browser opens by itself or guesses at."""
    response = HttpResponse(found.data, content_type=found.view.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.view.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def download(name: str, data: bytes, media_type: str) -> HttpResponse:
    """Something made just now, such as a sheet, to be kept under this name."""
    header = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": header})


def links(found: tuple[FileView, ...]) -> tuple[FileLink, ...]:
    """Files as they are listed under an answer."""
    return tuple(FileLink(one.name, reverse("file", args=[one.ref]), one.size) for one in found)


def offers_for(place: Place, actor: Actor, pack: Pack, form: Form, content: Mapping[str, Any] | None = None) -> Offers:
    """What the items of a form may be answered with: the plan's criteria and red lines, organs, files kept before."""
    asked = {item.answer for item in form.items} | {column.answer for item in form.items for column in item.items}
    known = organs(actor) if asked & {"organ", "schools"} else ()
    named = {*_sent(place), *queries.refs_in(content or {})}
    files = queries.files_for(actor, named) if named else {}
    towns = {o.id: o.short_name for o in known if o.kind == "township"}
    return Offers(
        criteria=tuple(Option(key, one.says, one.evidence, one.clause) for key, one in pack.criteria.items()),
        conduct=tuple(
            Option(key, one.says, "", one.clause, one.family or str(OTHERS)) for key, one in pack.conduct.items()
        ),
        schools=tuple(School(o.id, o.name, towns.get(o.parent or 0, ""), o.stage) for o in known if o.kind == "school"),
        organs=tuple(Option(str(o.id), o.name, group=words.kind(o.kind)) for o in known),
        files={ref: Kept(ref, one.name, one.size) for ref, one in files.items()},
    )


def received(place: Place, actor: Actor, pack: Pack, form: Form) -> Answers:
    """What was sent for a form, as typed, its files kept and named in it. Raises Hostile for a file we refuse."""
    offers = offers_for(place, actor, pack, form)
    uploads = place.answers(form, offers=offers).uploads
    asked = {item.id for item in form.items}
    if uploads:
        sent = place.request.POST.copy()
        for n, upload in enumerate(uploads):
            if upload.item.split(".")[0] in asked:
                kept = keep(place, actor, n, upload.file)
                # As if it had been kept before: a form drawn again after a fault still has it.
                sent.appendlist(name_of(upload.item), kept.ref)
        place.request.POST = sent  # type: ignore[assignment]  # a copy may be written to, and is read as before
        offers = offers_for(place, actor, pack, form)
    return place.answers(form, offers=offers)


def keep(place: Place, actor: Actor, n: int, file: UploadedFile) -> FileView:
    """Keep the ``n``-th file of a form that was sent; of a form that is sent again the same file is kept once."""
    data = file.read()
    content = sha256(data).hexdigest()
    once = part_of(place.client_id, f"file {n} {content}", said=content)
    return actions.keep_file(actor, name=file.name or "", data=data, client_id=once, at=place.at)


def keep_each(place: Place, actor: Actor, uploads: Sequence[UploadedFile]) -> tuple[list[str], list[Hostile]]:
    """The references of the files that could be kept, and what was wrong with each of the others."""
    kept: list[str] = []
    refused: list[Hostile] = []
    for n, upload in enumerate(uploads):
        try:
            kept.append(keep(place, actor, n, upload).ref)
        except Hostile as error:
            refused.append(error)
    return kept, refused


def _sent(place: Place) -> Iterator[str]:
    for name in place.request.POST:
        if name.startswith("q."):
            yield from (value for value in place.request.POST.getlist(name) if len(value) == REF_LENGTH)


urlpatterns = [path("files/<str:ref>", file, name="file")]
