"""A form that is being written: its plan, its draft, where it is drawn and checked, and how it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from qingfu.base.errors import Invalid
from qingfu.packfile.answers import taken
from qingfu.packfile.course import list_of
from qingfu.packfile.words.asks import Form
from qingfu.records.affairs.queries import live_check
from qingfu.records.forms import actions as forms
from qingfu.records.forms.queries import DraftView, draft
from qingfu.records.plans.queries import InForce
from qingfu.web.affairs.live import LiveCheck, checked
from qingfu.web.desk import Desk
from qingfu.web.fields import Offers
from qingfu.web.files import offers_for, received
from qingfu.web.sheet import anchor
from qingfu.web.spoken import answers, clauses_of, given


@dataclass(frozen=True)
class Writing:
    """One form on its way. ``subject`` is what its draft is kept under; ``before`` what stood in it when returned.

    ``affair`` or ``activity`` is the one that is corrected. ``here``, ``check`` and ``back`` are addresses.
    """

    plan: InForce
    route: str
    form_key: str
    form: Form
    subject: str
    title: str
    about: str
    here: str
    check: str
    back: str
    before: Mapping[str, Any] = field(default_factory=dict)
    affair: int | None = None
    activity: int | None = None
    returned: str = ""
    paper_for: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def begun(self, desk: Desk) -> DraftView | None:
        """The draft, if there is one."""
        return draft(desk.actor, self.subject)

    def offers(self, desk: Desk, content: Mapping[str, Any] | None = None) -> Offers:
        """What the form may be answered with; of the plan's criteria only those its list admits."""
        found = offers_for(desk, desk.actor, self.plan.pack, self.form, content)
        entered = list_of(self.plan.pack, self.route)
        admits = entered[1].admits if entered else ()
        return replace(found, criteria=tuple(one for one in found.criteria if not admits or one.key in admits))

    def judged(self, desk: Desk, content: Mapping[str, Any]) -> LiveCheck:
        """What the plan says about these answers."""
        remarks = live_check(
            desk.actor, edition=self.plan.edition, route=self.route, content=content, at=desk.at, affair=self.affair,
            activity=self.activity,
        )  # fmt: skip
        return checked(self.plan.pack, self.form, remarks, desk.today)


def form_page(desk: Desk, writing: Writing) -> HttpResponse:
    """The form with its draft, and the live check beside it."""
    begun = writing.begun(desk)
    content = dict(begun.content if begun else writing.before)
    offers = writing.offers(desk, content)
    if desk.posted:
        content = desk.answers(writing.form, offers=offers).content
    return desk.show(
        "affairs/form.html", writing=writing, sheet=desk.sheet(writing.form, content=content, offers=offers),
        live=writing.judged(desk, content), at=begun.saved_at if begun else None,
        clauses=clauses_of(writing.plan.pack), route=writing.plan.pack.routes[writing.route], **writing.facts,
    )  # fmt: skip


def kept(desk: Desk, writing: Writing) -> HttpResponse:
    """Save what is written so far, and say what the plan thinks of it."""
    if not desk.request.headers.get("HX-Request"):
        found = received(desk, desk.actor, writing.plan.pack, writing.form).content
        forms.save_draft(desk.actor, subject=writing.subject, content=found, at=desk.at)
        return _to(desk, writing.here, _("Saved. You can go on later, also on another device."))
    found = desk.answers(writing.form, offers=writing.offers(desk)).content
    saved = forms.save_draft(desk.actor, subject=writing.subject, content=found, at=desk.at)
    return desk.show(
        "affairs/kept.html", at=saved.saved_at, live=writing.judged(desk, found), clauses=clauses_of(writing.plan.pack)
    )


def to_check(desk: Desk, writing: Writing) -> HttpResponse:
    """Lead on to the answers in words; raises Invalid while one is missing or wrong."""
    found = received(desk, desk.actor, writing.plan.pack, writing.form)
    forms.save_draft(desk.actor, subject=writing.subject, content=found.content, at=desk.at)
    taken(writing.plan.pack, writing.form, found.content)
    return _to(desk, writing.check)


def check_page(desk: Desk, writing: Writing, *, label: str, effect: str) -> HttpResponse:
    """Check your answers, then hand in."""
    begun = writing.begun(desk)
    try:
        content = taken(writing.plan.pack, writing.form, begun.content if begun else {}).content
    except Invalid:
        # Handed in already, or changed elsewhere since: the form shows what is missing.
        return _to(desk, writing.here) if desk.error is None else desk.show("affairs/gone.html", writing=writing)
    asked = given(desk.actor, writing.plan, writing.form_key, content, desk.at)
    return desk.show(
        "affairs/check.html", writing=writing, label=label, effect=effect, live=writing.judged(desk, content),
        answers=answers(
            asked, lambda _file: "", desk.today, change=lambda item: f"{writing.here}#{anchor(item)}"
        ),
        clauses=clauses_of(writing.plan.pack), route=writing.plan.pack.routes[writing.route],
    )  # fmt: skip


def content_of(desk: Desk, writing: Writing) -> dict[str, Any]:
    """What is handed in: the draft as it was checked. Empty once it was handed in: the register then says so."""
    begun = writing.begun(desk)
    return dict(begun.content) if begun else {}


def _to(desk: Desk, href: str, said: str = "") -> HttpResponse:
    if said:
        messages.success(desk.request, said)
    return HttpResponseRedirect(href)
