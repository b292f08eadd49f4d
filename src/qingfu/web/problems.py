"""The ledger: its lines, one line's story and what may be done, a line typed in by the office, all as a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotFound
from qingfu.base.words import N_
from qingfu.papers.export import as_xlsx
from qingfu.records.forms.queries import files_for
from qingfu.records.monitoring.queries import findings_of_problem
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce, in_force, plans_in_force, sees_all
from qingfu.records.problems import actions, queries
from qingfu.records.problems.queries import ProblemRow
from qingfu.web.desk import Desk, page
from qingfu.web.duties import SHEET
from qingfu.web.files import attachment, download, keep_each
from qingfu.web.monitoring.finding_told import Breaks, breaks
from qingfu.web.parts import Row
from qingfu.web.problem_told import facts, offers, story
from qingfu.web.spoken import clauses_of, numbers
from qingfu.web.words import clause_numbers, day, saying

STATES_ASKED = ("open", "found", "planned", "reported", "sent-back", "struck-off", "reopened")
SOURCES = ("hotline", "office", "visit", "census")


@dataclass(frozen=True)
class Wanted:
    """What the ledger was asked to show."""

    edition: int | None
    state: str
    kind: str
    late: bool
    text: str
    page: int


def _wanted(desk: Desk) -> Wanted:
    asked = desk.request.GET
    edition, number, state = asked.get("edition", ""), asked.get("page", "1"), asked.get("state", "")
    return Wanted(
        edition=int(edition) if edition.isdigit() else None,
        state=state if state in STATES_ASKED else "",
        kind=asked.get("kind", ""),
        late=bool(asked.get("late")),
        text=asked.get("text", "").strip()[:80],
        page=max(1, int(number)) if number.isdigit() and len(number) < 7 else 1,
    )


@page("problems")
def ledger(desk: Desk) -> HttpResponse:
    """The lines one may know of, nearest deadline first."""
    plans, wanted = plans_in_force(desk.actor), _wanted(desk)
    found = queries.ledger(
        desk.actor, edition=wanted.edition, state=wanted.state, kind=wanted.kind, late=wanted.late, text=wanted.text,
        page=wanted.page, at=desk.at,
    )  # fmt: skip
    kinds = {key: kind.says for plan in plans for key, kind in plan.pack.problem_kinds.items()}
    return desk.show(
        "problems/ledger.html", plans=plans, wanted=wanted, page=found, rows=[_row(row) for row in found.rows],
        states=[(key, _state_word(key)) for key in STATES_ASKED], kinds=kinds.items(),
        may_find=[plan for plan in plans if sees_all(desk.actor, plan)], query=desk.request.GET.urlencode(),
        clauses={number: says for plan in plans for number, says in clauses_of(plan.pack).items()},
    )  # fmt: skip


def _state_word(key: str) -> str:
    return _("Not closed yet") if key == "open" else _(saying("problem", key).word)


def _row(row: ProblemRow) -> Row:
    moved = _("moved from {day}").format(day=day(row.moved_from)) if row.moved_from and row.deadline else ""
    again = _("came back {n} times").format(n=row.times_reopened) if row.times_reopened else ""
    return Row(
        href=reverse("problem", args=[row.id]), what=row.title, whom=row.owner_name, clause=numbers(row.clause),
        due=None if row.state == "struck-off" else row.deadline, subject="problem", state=row.state, note=row.number,
        aside=" · ".join(part for part in (moved, again) if part),
    )  # fmt: skip


@page("problems")
def export(desk: Desk) -> HttpResponse:
    """The same lines as a sheet."""
    wanted = _wanted(desk)
    table = queries.export(
        desk.actor, edition=wanted.edition, state=wanted.state, kind=wanted.kind, late=wanted.late, text=wanted.text,
        at=desk.at,
    )  # fmt: skip
    # The number and the clause stand first; the reader knows the source's own number of it.
    rows = tuple((number, clause_numbers(numbers(str(clause))), *rest) for number, clause, *rest in table.rows)
    name = _("Ledger {day}").format(day=desk.today.isoformat())
    return download(f"{name}.xlsx", as_xlsx(replace(table, rows=rows), at=desk.at, translate=_), SHEET)


@page("problems")
def problem(desk: Desk, problem: int) -> HttpResponse:
    """The story of one line, from the finding to the re-visit; beside it what may be done now."""
    view = queries.problem(desk.actor, problem, at=desk.at)
    plan = in_force(desk.actor, view.row.edition)
    return desk.show(
        "problems/line.html", view=view, row=view.row, plan=plan, clauses=clauses_of(plan.pack), facts=facts(view),
        story=story(view), offers=offers(view, desk.today), sent=desk.request.POST if desk.posted else {},
        clause=numbers(view.row.clause), responsible=view.row.responsible or _of_the_owner(desk, view.row),
        kept=list(files_for(desk.actor, desk.request.POST.getlist("kept")).values()),
        rests_on=_rests_on(desk, plan, problem),
    )  # fmt: skip


def _rests_on(desk: Desk, plan: InForce, problem: int) -> tuple[Breaks, ...]:
    """The findings that led to the line, in words."""
    rows, term = findings_of_problem(desk.actor, problem)
    return tuple(breaks(desk, plan, term, rows)) if term else ()


def _of_the_owner(desk: Desk, row: ProblemRow) -> str:
    """Whoever plans for their own organ most often answers for it too."""
    return desk.post.person_name if desk.post and desk.post.organ.id == row.owner else ""


@problem.act("plan")
def plan_rectification(desk: Desk, problem: int) -> HttpResponse:
    """Set measure, standard, deadline and responsible person."""
    sent = desk.request.POST
    actions.plan_rectification(
        desk.actor, problem=problem, measure=sent.get("measure", ""), standard=sent.get("standard", ""),
        deadline=_day_sent(desk, "deadline"), person_name=sent.get("person", "").strip(), client_id=desk.client_id,
        at=desk.at,
    )  # fmt: skip
    return desk.go("problem", problem, said=_("Measure, standard, deadline and person are set."))


@problem.act("report")
def report_done(desk: Desk, problem: int) -> HttpResponse:
    """Report the line as put right, with evidence where there is some; one refused file takes no other with it."""
    kept, refused = keep_each(desk, desk.actor, desk.request.FILES.getlist("evidence"))
    sent = desk.request.POST.copy()
    # As if they had been kept before: the form drawn again after a fault still has them.
    sent.setlist("kept", [*sent.getlist("kept"), *kept])
    desk.request.POST = sent  # type: ignore[assignment]  # a copy may be written to, and is read as before
    if len(refused) == 1:
        # Its own words also say how to mend it.
        raise refused[0]
    if refused:
        raise Invalid(*(FieldFault("files", error.says, error.facts) for error in refused))
    actions.report_done(
        desk.actor, problem=problem, text=sent.get("text", ""), files=sent.getlist("kept"), client_id=desk.client_id,
        at=desk.at,
    )  # fmt: skip
    return desk.go("problem", problem, said=_("Reported; somebody else now looks whether it is so."))


@problem.act("strike-off")
def strike_off(desk: Desk, problem: int) -> HttpResponse:
    """Strike the line off: somebody else has looked."""
    reason = desk.request.POST.get("reason", "")
    actions.strike_off(desk.actor, problem=problem, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("Struck off the ledger."))


@problem.act("send-back")
def send_back(desk: Desk, problem: int) -> HttpResponse:
    """Send the line back with what is missing."""
    reason = desk.request.POST.get("reason", "")
    actions.send_back(desk.actor, problem=problem, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("Sent back; the unit sees your reason."))


@problem.act("holds")
def holds(desk: Desk, problem: int) -> HttpResponse:
    """Looked again: it holds."""
    note = desk.request.POST.get("reason", "")
    actions.revisit(desk.actor, problem=problem, verdict="holds", note=note, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("Looked again: it holds."))


@problem.act("relapsed")
def relapsed(desk: Desk, problem: int) -> HttpResponse:
    """Looked again: it has come back; the same line opens again."""
    note = desk.request.POST.get("reason", "")
    actions.revisit(desk.actor, problem=problem, verdict="relapsed", note=note, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("The same line is open again."))


@problem.act("reply")
def reply(desk: Desk, problem: int) -> HttpResponse:
    """The owner's own words beside the finding."""
    text = desk.request.POST.get("reply", "")
    actions.reply(desk.actor, problem=problem, text=text, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("Your reply stands beside the finding."))


@problem.act("move")
def move_deadline(desk: Desk, problem: int) -> HttpResponse:
    """Move the day of the line, with the reason."""
    to = _day_sent(desk, "to")
    if to is None:
        raise Invalid(FieldFault("to", N_("Write the new day.")))
    reason = desk.request.POST.get("move-reason", "")
    actions.move_deadline(desk.actor, problem=problem, to=to, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("problem", problem, said=_("The day was moved; the unit sees both days."))


def _day_sent(desk: Desk, name: str) -> date | None:
    text = desk.request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return read_day(text)
    except NoSuchDay:
        raise Invalid(FieldFault(name, N_("There is no such day: {text}."), {"text": text})) from None


@page("problems")
def evidence(desk: Desk, problem: int, ref: str) -> HttpResponse:
    """A file that stands under the line."""
    return attachment(queries.evidence_file(desk.actor, problem, ref, at=desk.at))


@page("problems")
def enter(desk: Desk, edition: int) -> HttpResponse:
    """A line typed in by the office: a lead from the hotline, a letter, something seen."""
    plan = _typed_into(desk, edition)
    return desk.show(
        "problems/enter.html", plan=plan, clauses=clauses_of(plan.pack), sent=desk.request.POST if desk.posted else {},
        owners=organs(desk.actor, kinds=["school", "department", "township", "authority", "office"]),
        kinds=plan.pack.problem_kinds.items(), sources=[(key, _source(key)) for key in SOURCES],
    )  # fmt: skip


def _typed_into(desk: Desk, edition: int) -> InForce:
    """The plan whose ledger the reader may type into; a unit tells its own problems in its tasks."""
    plan = in_force(desk.actor, edition)
    if not sees_all(desk.actor, plan):
        raise NotFound(what=str(edition))
    return plan


def _source(key: str) -> str:
    return {
        "hotline": _("Hotline or mailbox"), "office": _("Found by the office"), "visit": _("Seen on a visit"),
        "census": _("Census or self-check on paper"),
    }[key]  # fmt: skip


@enter.act("find")
def find(desk: Desk, edition: int) -> HttpResponse:
    """Enter the line."""
    sent, plan = desk.request.POST, _typed_into(desk, edition)
    owner, source = sent.get("owner", ""), sent.get("source", "")
    faults = [] if sent.get("title", "").strip() else [FieldFault("title", N_("Write this in a sentence."))]
    if not owner.isdigit():
        faults.append(FieldFault("owner", N_("Choose the unit that must put it right.")))
    if faults:
        raise Invalid(*faults)
    row = actions.find(
        desk.actor, plan=plan, title=sent.get("title", ""), owner=int(owner), kind=sent.get("kind", ""),
        source=source if source in SOURCES else "office",  # type: ignore[arg-type]  # one of the words just above
        detail=sent.get("detail", ""), happened=sent.get("happened", "").strip(), found_on=desk.today,
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("problem", row.id, said=_("Entered into the ledger as {number}.").format(number=row.number))


urlpatterns = [
    path("problems", ledger, name="problems"),
    path("problems/sheet", export, name="problems-sheet"),
    path("problems/<int:problem>", problem, name="problem"),
    path("problems/<int:problem>/files/<str:ref>", evidence, name="problem-file"),
    path("plans/<int:edition>/problems/new", enter, name="problem-enter"),
]
