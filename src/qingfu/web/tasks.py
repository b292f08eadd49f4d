"""One task: what it asks and by when, its form, what was handed in and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.packfile import rolling_up
from qingfu.packfile.published import is_done_by_publishing
from qingfu.packfile.words.asks import Duty, Form
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties import actions, queries
from qingfu.records.duties.queries import TaskView
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms import queries as forms
from qingfu.records.forms.actions import save_draft
from qingfu.records.plans.queries import InForce, in_force, moved_dates
from qingfu.web.desk import Desk, page
from qingfu.web.files import offers_for, received
from qingfu.web.inbox import wording
from qingfu.web.parts import Cell, Fact, Offer, Table
from qingfu.web.past_days import new_day, warned_of
from qingfu.web.task_told import facts, story
from qingfu.web.words import clause_numbers


@dataclass(frozen=True)
class Below:
    """What was handed in below: the totals, and the units that reported anything."""

    totals: tuple[Fact, ...]
    table: Table


@page("duties")
def task(desk: Desk, task: int) -> HttpResponse:
    """The task, from what it asks to what became of it; beside it what can be done now."""
    view = queries.task(desk.actor, task, at=desk.at)
    plan = in_force(desk.actor, view.row.edition)
    duty = plan.pack.duties[view.row.duty]
    return desk.show(
        "duties/task.html", task=view, row=view.row, duty=duty, plan=plan, clauses=wording([plan]),
        explained=_explained(view),
        facts=facts(view, plan, duty, desk.today), story=story(desk, view, plan, moved_dates(desk.actor, plan.edition)),
        below=_below(desk, plan, duty), offers=_offers(view), next=_next(desk, view), note=desk.typed("note"),
        on_behalf=desk.typed("on_behalf"), to=desk.typed("to"), may_link=view.is_typist and "hand_in" in view.verbs,
        warned=warned_of(desk), published_by=_published_by(plan, view.row.duty),
        **_asked(desk, view, plan, duty),
    )  # fmt: skip


def _published_by(plan: InForce, duty: str) -> str:
    """Where a task is done by publishing something, instead of by ticking it off; empty for all others."""
    return reverse("enrolments") if is_done_by_publishing(plan.pack, duty) else ""


def _explained(view: TaskView) -> str:
    """How the day was found, as it was kept then, with the source's own clause numbers."""
    text = str(view.explains.get(get_language() or "", view.explains.get("en", "")))
    return text.replace("、".join(view.row.clause), clause_numbers(view.row.clause))


def _asked(desk: Desk, view: TaskView, plan: InForce, duty: Duty) -> dict[str, Any]:
    """The form as drawn, with the draft, what came back, or what was handed in below; or a plain note."""
    form = plan.pack.forms.get(view.form)
    if form is None or "hand_in" not in view.verbs:
        return {"sheet": None, "by_note": form is None and _by_note(duty), "ticks": form is None and not _by_note(duty)}
    draft = forms.draft(desk.actor, _subject(view.row.id))
    content = draft.content if draft else _begun(desk, view, plan, duty, form)
    offers = offers_for(desk, desk.actor, plan.pack, form, content)
    return {"sheet": desk.sheet(form, content=content, offers=offers), "saved": draft.saved_at if draft else None}


def _by_note(duty: Duty) -> bool:
    # What somebody accepts is handed in with a sentence; the rest is ticked off.
    return duty.proof in ("note", "paper") and duty.to is not None


def _begun(desk: Desk, view: TaskView, plan: InForce, duty: Duty, form: Form) -> dict[str, Any]:
    given = view.hand_ins[-1].answer if view.hand_ins and view.row.state == "returned" else None
    if given is not None:
        return dict(forms.answer(desk.actor, given).content)
    lower = _lower_form(plan.pack, duty)
    if lower is None or duty.rolls_up is None:
        return {}
    below = queries.rolled_up(desk.actor, edition=plan.edition, duty=duty.rolls_up)
    return rolling_up.start(form, lower, [one.content for one in below])


def _lower_form(pack: Pack, duty: Duty) -> Form | None:
    lower = pack.duties.get(duty.rolls_up or "")
    return pack.forms.get((lower.hand_in or "").removeprefix("forms.")) if lower else None


def _below(desk: Desk, plan: InForce, duty: Duty) -> Below | None:
    """What the units below handed in, in numbers, for a duty that sums it up (P17)."""
    lower = _lower_form(plan.pack, duty)
    if lower is None or duty.rolls_up is None:
        return None
    found = queries.rolled_up(desk.actor, edition=plan.edition, duty=duty.rolls_up)
    counted = rolling_up.counted(lower, [one.content for one in found])
    rows = tuple(
        (Cell(one.organ.name, zh=True), *(Cell(str(c.each[n]), number=True) for c in counted))
        for n, one in enumerate(found) if any(c.each[n] for c in counted)
    )  # fmt: skip
    heads = (_("Unit"), *(c.asks for c in counted))
    table = Table(_("What did the units below hand in?"), heads, rows, frozenset(range(1, len(heads))))
    units = Fact(_("Units that handed in"), str(len(found)), zh=False)
    return Below((units, *(Fact(c.asks, str(c.total)) for c in counted)), table)


def _offers(view: TaskView) -> tuple[Offer, ...]:
    known = (
        Offer("accept", _("Accept what was handed in"), _("The task is done; the unit sees it."), main=True),
        Offer("give-back", _("Give it back"), _("The task is open again, with your reason."), reason="required"),
        Offer("waive", _("Waive the task"), _("This unit owes it no longer."), reason="required"),
    )
    return tuple(one for one in known if one.verb.replace("-", "_") in view.verbs)


def _next(desk: Desk, view: TaskView) -> dict[str, Any] | None:
    """The next unit whose hand-in waits, so that a receiver goes through them without the board."""
    if not (view.is_typist and {"accept", "give_back"} & set(view.verbs)) and not desk.is_bureau_side:
        return None
    found = queries.board(
        desk.actor, edition=view.row.edition, duty=view.row.duty, state="handed-in", size=2, at=desk.at
    )
    others = [row for row in found.rows if row.id != view.row.id]
    mine = view.row.state == "handed-in"
    return {"id": others[0].id, "name": others[0].organ.name, "left": found.total - mine} if others else None


def _subject(task: int) -> str:
    return f"task:{task}"


def _form_of(desk: Desk, task: int) -> tuple[TaskView, InForce, Form | None]:
    view = queries.task(desk.actor, task, at=desk.at)
    plan = in_force(desk.actor, view.row.edition)
    return view, plan, plan.pack.forms.get(view.form)


@task.act("keep")
def keep(desk: Desk, task: int) -> HttpResponse:
    """Save what was typed so far; nothing is judged."""
    _view, plan, form = _form_of(desk, task)
    if form is not None:
        content = received(desk, desk.actor, plan.pack, form).content
        save_draft(desk.actor, subject=_subject(task), content=content, at=desk.at)
    if desk.request.headers.get("HX-Request"):
        return desk.show("parts/saved.html", at=desk.at)
    return desk.go("task", task, said=_("The draft was saved."))


@task.act("hand-in")
def hand_in(desk: Desk, task: int) -> HttpResponse:
    """Hand in the form, by oneself or typed in from paper."""
    _view, plan, form = _form_of(desk, task)
    content = received(desk, desk.actor, plan.pack, form).content if form else None
    sent = desk.request.POST
    done = enactment.hand_in(
        desk.actor, task=task, content=content, note=sent.get("note", ""), on_behalf=sent.get("on_behalf", ""),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    is_done = done.row.state == "accepted"
    said = _("Handed in; the task is done.") if is_done else _("Handed in; it now waits to be accepted.")
    return desk.go("task", task, said=said)


@task.act("tick-off")
def tick_off(desk: Desk, task: int) -> HttpResponse:
    """Say that a task with nothing to hand in is done."""
    actions.tick_off(
        desk.actor, task=task, note=desk.request.POST.get("note", ""), client_id=desk.client_id, at=desk.at
    )
    return desk.go("task", task, said=_("Ticked off."))


@task.act("accept")
def accept(desk: Desk, task: int) -> HttpResponse:
    """Accept what was handed in."""
    actions.accept(desk.actor, task=task, client_id=desk.client_id, at=desk.at)
    return desk.go("task", task, said=_("Accepted."))


@task.act("give-back")
def give_back(desk: Desk, task: int) -> HttpResponse:
    """Give back what was handed in, with the reason."""
    reason = desk.request.POST.get("reason", "")
    actions.give_back(desk.actor, task=task, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("task", task, said=_("Given back; the unit sees your reason."))


@task.act("waive")
def waive(desk: Desk, task: int) -> HttpResponse:
    """Waive the task for this unit, with the reason."""
    reason = desk.request.POST.get("reason", "")
    actions.waive(desk.actor, task=task, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("task", task, said=_("Waived."))


@task.act("move")
def move(desk: Desk, task: int) -> HttpResponse:
    """Move this unit's day."""
    sent = desk.request.POST
    reason = sent.get("move-reason", "").strip()
    to = new_day(desk)
    if not reason:
        raise Invalid(FieldFault("move-reason", N_("Say why the date is moved.")))
    actions.move_task(desk.actor, task=task, to=to, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("task", task, said=_("The day was moved; the unit sees both days."))


@task.act("send-link")
def send_link(desk: Desk, task: int) -> HttpResponse:
    """Make a one-time link for a unit without an account; it is shown once."""
    token = actions.send_link(desk.actor, task=task, client_id=desk.client_id, at=desk.at)
    view = queries.task(desk.actor, task, at=desk.at)
    slug = desk.post.bureau.slug if desk.post else ""
    link = desk.request.build_absolute_uri(reverse("link", args=[slug, token]))
    response = desk.show("duties/link.html", task=view, row=view.row, link=link)
    response.headers["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("tasks/<int:task>", task, name="task")]
