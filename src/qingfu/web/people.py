"""Organs and people, for whoever keeps the register; and standing in, for everybody."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import cast, get_args

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotFound, NotReadable
from qingfu.base.words import N_, paragraph
from qingfu.packfile.words.plan import OrganKind
from qingfu.records.people import actions, queries
from qingfu.records.people.actions.sheets import Kind, Preview, SheetRow
from qingfu.web import words
from qingfu.web.desk import Desk, page
from qingfu.web.parts import Cell, Table

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS: dict[str, str] = {
    "schools": N_("Schools"),
    "departments": N_("Departments"),
    "townships": N_("Townships"),
    "people": N_("Posts and people"),
}
REQUIRED = N_("Fill this in.")
STAGES = ("小学", "初中", "九年一贯制", "高中", "完全中学", "幼儿园", "特殊教育", "中等职业")


@page("people")
def people(desk: Desk) -> HttpResponse:
    """Everybody in the register, with their posts and whether they have an account."""
    text = desk.typed("text").strip()
    number = desk.request.GET.get("page", "1")
    found = queries.roster(desk.actor, text=text, page=max(1, int(number) if number.isdigit() else 1))
    return desk.show("people/people.html", page=found, text=text, sheets=_sheets())


@people.act("invite")
def invite(desk: Desk) -> HttpResponse:
    """Make an invitation; its link is shown once and kept nowhere."""
    person = _number(desk, "person")
    token = actions.invite(desk.actor, person=person, client_id=desk.client_id, at=desk.at)
    return _once(desk, "accept-invitation", token, person)


@people.act("reset")
def reset(desk: Desk) -> HttpResponse:
    """Make a link to set a fresh password; shown once and kept nowhere."""
    person = _number(desk, "person")
    token = actions.reset_password(desk.actor, person=person, client_id=desk.client_id, at=desk.at)
    return _once(desk, "set-password", token, person)


@people.act("enter")
def enter_person(desk: Desk) -> HttpResponse:
    """Enter a person who holds no post yet."""
    actions.add_person(desk.actor, name=_filled(desk, "name"), client_id=desk.client_id, at=desk.at)
    return desk.go("people", said=_("Entered in the register."))


@page("people")
def organs(desk: Desk) -> HttpResponse:
    """All organs of the bureau, by kind."""
    queries.require_keeper(desk.actor)
    found = queries.organs(desk.actor)
    groups = [(kind, [o for o in found if o.kind == kind]) for kind in get_args(OrganKind)]
    return desk.show(
        "people/organs.html", groups=groups, kinds=get_args(OrganKind), levels=list(words.LEVELS), stages=STAGES,
        chosen=desk.typed("kind", "school"), level=desk.typed("level", "county"), stage=desk.typed("stage"),
        sheets=_sheets(),
    )  # fmt: skip


@organs.act("enter")
def enter_organ(desk: Desk) -> HttpResponse:
    """Enter an organ."""
    sent = desk.request.POST
    kind = sent.get("kind", "")
    if kind not in get_args(OrganKind):
        raise Invalid(FieldFault("kind", N_("Choose one of the answers that are offered.")))
    made = actions.add_organ(
        desk.actor, kind=kind, name=_filled(desk, "name"), short_name=sent.get("short-name", "").strip(),
        code=sent.get("code", "").strip(), level=sent.get("level") or "county",
        stage=sent.get("stage", "") if kind == "school" else "", client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("organ", organ=made.id, said=_("Entered in the register."))


@page("people")
def organ(desk: Desk, organ: int) -> HttpResponse:
    """One organ: its posts, who holds them, who stands in."""
    queries.require_keeper(desk.actor)
    shown = queries.organ(desk.actor, organ)
    posts = queries.posts(desk.actor, organ=organ, on=desk.today)
    return desk.show("people/organ.html", organ=shown, posts=posts)


@organ.act("post")
def make_post(desk: Desk, organ: int) -> HttpResponse:
    """Make a post, and let somebody take it up at once if a name is given."""
    sent = desk.request.POST
    title = _filled(desk, "title")
    actions.add_post(
        desk.actor, organ=organ, title=title, member_kind=sent.get("member-kind", "").strip(),
        administers=sent.get("administers") == "yes", holder=sent.get("holder", "").strip(),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("organ", organ=organ, said=_("The post is made."))


@organ.act("hold")
def hold(desk: Desk, organ: int) -> HttpResponse:
    """Somebody takes up a post from today on."""
    post, holder = _post_of(desk, organ), _filled(desk, "holder")
    actions.take_up(desk.actor, post=post, holder=holder, client_id=desk.client_id, at=desk.at)
    return desk.go("organ", organ=organ, said=_("The post is taken up."))


@organ.act("leave")
def leave(desk: Desk, organ: int) -> HttpResponse:
    """The holder leaves a post; today is the last day."""
    post = _post_of(desk, organ)
    actions.leave_post(desk.actor, post=post, on=desk.today, client_id=desk.client_id, at=desk.at)
    return desk.go("organ", organ=organ, said=_("The post is free from tomorrow on."))


def _post_of(desk: Desk, organ: int) -> int:
    """The post that was meant, which must be one of the organ whose page it is."""
    queries.require_keeper(desk.actor)
    post = _number(desk, "post")
    if post not in {row.id for row in queries.posts(desk.actor, organ=organ, on=desk.today)}:
        raise NotFound(what=str(post))
    return post


@organ.act("close")
def close(desk: Desk, organ: int) -> HttpResponse:
    """An organ ends; its history stays."""
    actions.close_organ(desk.actor, organ=organ, client_id=desk.client_id, at=desk.at)
    return desk.go("organs", said=_("The organ is closed; its history stays."))


@page("")
def stand_in(desk: Desk) -> HttpResponse:
    """Let somebody act in one's own post for a period. A keeper of the register may do it for any post."""
    rows = queries.posts(desk.actor, organ=None if desk.keeps_register else desk.actor.organ, on=desk.today)
    mine = [row for row in rows if row.holder is not None and (desk.keeps_register or row.holder == desk.actor.person)]
    takers = {row.holder: f"{row.holder_name}（{row.organ.short_name} · {row.title}）" for row in rows if row.holder}
    standing = [row for row in rows if row.delegation and (desk.keeps_register or row.holder == desk.actor.person)]
    return desk.show(
        "people/stand_in.html", posts=mine, takers=takers, standing=standing, today_iso=desk.today.isoformat(),
        chosen=desk.typed("post", str(desk.actor.post)), taker=desk.typed("taker"),
        from_on=desk.typed("from", desk.today.isoformat()), until_on=desk.typed("until"),
    )  # fmt: skip


@stand_in.act("delegate")
def delegate(desk: Desk) -> HttpResponse:
    """The stand-in acts in the holder's name; both are bound by "somebody else"."""
    from_on, until_on = _day(desk, "from"), _day(desk, "until")
    if until_on < from_on:
        raise Invalid(FieldFault("until", N_("The last day lies before the first.")))
    post, taker = _number(desk, "post"), _number(desk, "taker")
    actions.delegate(
        desk.actor, post=post, taker=taker, from_on=from_on, until_on=until_on, client_id=desk.client_id, at=desk.at
    )
    return desk.go("stand-in", said=_("The stand-in may act from that day on."))


@stand_in.act("end")
def end(desk: Desk) -> HttpResponse:
    """A delegation ends early."""
    standing = _number(desk, "delegation")
    actions.end_delegation(desk.actor, delegation=standing, client_id=desk.client_id, at=desk.at)
    return desk.go("stand-in", said=_("Nobody stands in any more."))


@page("people")
def sheet(desk: Desk, kind: str) -> HttpResponse:
    """Enter many at once from a sheet: first a preview, row by row."""
    queries.require_keeper(desk.actor)
    return desk.show("people/sheet.html", kind=kind, title=_title(kind), sheets=_sheets())


@sheet.act("preview")
def preview(desk: Desk, kind: str) -> HttpResponse:
    """Say what each row would do; nothing is entered yet."""
    _title(kind)
    sent = desk.request.FILES.get("sheet")
    if sent is None:
        raise Invalid(FieldFault("sheet", N_("Choose a file.")))
    data = sent.read()
    found = actions.import_preview(desk.actor, kind=cast("Kind", kind), data=data, name=sent.name or "", at=desk.at)
    return desk.show(
        "people/preview.html", kind=kind, title=_title(kind), preview=found, table=_table(found), name=sent.name,
        data=base64.b64encode(data).decode(),
    )  # fmt: skip


@sheet.act("commit")
def commit(desk: Desk, kind: str) -> HttpResponse:
    """Enter every row that is not there yet, or none."""
    _title(kind)
    try:
        data = base64.b64decode(desk.request.POST.get("data", ""), validate=True)
    except binascii.Error:
        raise NotReadable(name="—") from None
    count = actions.import_commit(
        desk.actor, kind=cast("Kind", kind), data=data, client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    said = _("{count} rows were entered.").format(count=count)
    return desk.go("people" if kind == "people" else "organs", said=said)


@page("people")
def blank_sheet(desk: Desk, kind: str) -> HttpResponse:
    """The empty sheet to fill in."""
    queries.require_keeper(desk.actor)
    _title(kind)
    data = actions.import_template(cast("Kind", kind), translate=_)
    name = f'attachment; filename="qingfu-{kind}.xlsx"'
    return HttpResponse(data, content_type=SHEET, headers={"Content-Disposition": name})


def _once(desk: Desk, door: str, token: str, person: int) -> HttpResponse:
    link = desk.request.build_absolute_uri(reverse(door, args=[token]))
    name = queries.person_names(desk.actor, [person]).get(person, "")
    response = desk.show("people/link.html", link=link, name=name, invited=door == "accept-invitation")
    response.headers["Cache-Control"] = "no-store"
    return response


def _sheets() -> list[tuple[str, str]]:
    return [(kind, _(title)) for kind, title in SHEETS.items()]


def _title(kind: str) -> str:
    if kind not in SHEETS:
        raise NotFound(what=kind)
    return _(SHEETS[kind])


def _table(found: Preview) -> Table:
    heads = (_("Row"), *found.headings, _("What happens"))
    rows = tuple(
        (
            Cell(str(row.n)),
            *(Cell(text, zh=True) for text in row.cells),
            Cell(_told(found, row), subject="import", state=row.effect),
        )
        for row in found.rows
    )
    return Table(_("What would each row do?"), heads, rows)


def _told(found: Preview, row: SheetRow) -> str:
    """What is wrong with a row or to be minded about it, by the headings of the sheet."""
    told = (*row.faults, *row.notes)
    parts = (_("{heading}: {fault}").format(heading=found.heading(f.field), fault=f.text(_)) for f in told)
    return paragraph(parts, _)


def _filled(desk: Desk, name: str) -> str:
    text = desk.request.POST.get(name, "").strip()
    if not text:
        raise Invalid(FieldFault(name, REQUIRED))
    return text


def _number(desk: Desk, name: str) -> int:
    text = desk.request.POST.get(name, "")
    if not text.isdigit():
        raise Invalid(FieldFault(name, N_("Choose one of the answers that are offered.")))
    return int(text)


def _day(desk: Desk, name: str) -> date:
    text = _filled(desk, name)
    try:
        return read_day(text)
    except NoSuchDay:
        raise Invalid(FieldFault(name, N_("There is no such day: {text}."), {"text": text})) from None


urlpatterns = [
    path("people", people, name="people"),
    path("people/organs", organs, name="organs"),
    path("people/organs/<int:organ>", organ, name="organ"),
    path("people/sheets/<slug:kind>", sheet, name="people-sheet"),
    path("people/sheets/<slug:kind>/blank", blank_sheet, name="people-sheet-blank"),
    path("stand-in", stand_in, name="stand-in"),
]
