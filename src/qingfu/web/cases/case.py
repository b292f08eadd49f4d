"""The case page: head, stations, the story from top to bottom, and at the foot what the reader may do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.base.words import N_
from qingfu.packfile.course import Remark, steps_of
from qingfu.records.affairs import queries as affairs
from qingfu.records.affairs.queries import ActivityView, AffairView
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.queries import FileView, rendered
from qingfu.records.people.queries import posts
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import RunView, VerbView
from qingfu.records.routes.states import DECISIONS, NEEDS_REASON
from qingfu.web.cases.drawn import shown_draws
from qingfu.web.cases.story import AGREEING, story
from qingfu.web.desk import Desk, page
from qingfu.web.files import attachment
from qingfu.web.ids import id_in
from qingfu.web.parts import Offer, Reason
from qingfu.web.spoken import Answered, answers, clauses_of, numbers, sentence

# Buttons say the act as an official would.
LABELS = {
    "pass": N_("Pass and sign"),
    "approve": N_("Approve and sign"),
    "return": N_("Return for changes"),
    "refuse": N_("Refuse the application"),
    "record": N_("Enter the filing"),
    "publish": N_("Publish now"),
    "close_panel": N_("Close the panel now"),
    "withdraw": N_("Withdraw the application"),
    "add_addendum": N_("Add the correction"),
}
MAIN = ("pass", "approve", "record", "publish")
AFTER = {
    "at": N_("Signed. The case goes on to: {step}."),
    "returned": N_("Returned. The applicant reads the reason and may change the form."),
    "refused": N_("Refused. The applicant reads the reason."),
    "finished": N_("Done. The case is concluded."),
}


@dataclass(frozen=True)
class Flag:
    """Conduct that this step asks the decider about."""

    key: str
    says: str
    clause: tuple[str, ...]
    family: str
    grave: bool
    ticked: bool


@dataclass(frozen=True)
class Foot:
    """What may be decided here: the verbs, what is asked beside them, and whether it is typed in from paper."""

    offers: tuple[Offer, ...]
    flags: tuple[Flag, ...]
    asks_number: bool
    paper: bool = False

    @property
    def grave(self) -> bool:
        """Whether a red line is among them with which nothing can be passed."""
        return any(flag.grave for flag in self.flags) and any(offer.verb in AGREEING for offer in self.offers)

    @property
    def asks_reason(self) -> bool:
        """Whether any of the verbs takes a reason."""
        return any(offer.reason != "none" for offer in self.offers)


@page("cases")
def case(desk: Desk, run: int) -> HttpResponse:
    """One case and its story."""
    subject = subject_of(desk, run)
    shown = subject.run
    plan = in_force(desk.actor, shown.edition)
    verbs = {verb.verb: verb for verb in shown.verbs}
    return desk.show(
        "cases/case.html",
        case=shown,
        subject=subject,
        affair=subject if isinstance(subject, AffairView) else None,
        activity=subject if isinstance(subject, ActivityView) else None,
        story=story(plan, shown, application(desk, plan, subject), _links(subject), shown_draws(desk, run)),
        foot=_foot(desk, plan, shown),
        paper=_paper_foot(desk, plan, shown),
        can={name: offer(verb) for name, verb in verbs.items()},
        said=[sentence(remark.said, desk.today) for remark in _red_lines(subject)],
        returned=returned_because(shown),
        clauses=clauses_of(plan.pack),
        route_clause=numbers(shown.clause),
    )


def subject_of(desk: Desk, run: int) -> AffairView | ActivityView:
    """What a case is about; raises NotFound."""
    try:
        return affairs.affair_of_run(desk.actor, run, at=desk.at)
    except NotFound:
        return affairs.activity_of_run(desk.actor, run, at=desk.at)


def application(desk: Desk, plan: InForce, subject: AffairView | ActivityView) -> tuple[Answered, ...]:
    """What was applied for, in words."""

    def href(file: FileView) -> str:
        if isinstance(subject, AffairView):
            return reverse("case-file", args=[subject.run.id, file.ref])
        return reverse("file", args=[file.ref])

    told = answers(rendered(plan, subject.answer), href, desk.today)
    return tuple(one for one in told if one.lines or one.files or one.rows)


def _red_lines(subject: AffairView | ActivityView) -> tuple[Remark, ...]:
    open_still = subject.run.state in ("at", "returned")
    return subject.red_lines if isinstance(subject, AffairView) and open_still else ()


def _links(subject: AffairView | ActivityView) -> Mapping[str, tuple[tuple[str, str], ...]]:
    if isinstance(subject, AffairView) and subject.listing is not None:
        held = subject.listing
        text = _("No. {n} of the list {span}").format(n=held.number, span=held.span)
        return {"publish": ((text, reverse("listing", args=[held.id])),)}
    return {}


def returned_because(run: RunView) -> str:
    """Why the case was returned, while it is."""
    if run.state != "returned":
        return ""
    acts = [act for turn in run.turns for act in turn.acts if act.verb == "return"]
    return acts[-1].reason if acts else ""


def offer(verb: VerbView) -> Offer:
    """A verb of the register as a button of the page."""
    label = _(LABELS[verb.verb]) if verb.verb in LABELS else str(sentence(verb.says))
    return Offer(verb.verb, label, str(sentence(verb.effect)), main=verb.verb in MAIN, reason=_reason(verb.verb))


def _reason(verb: str) -> Reason:
    if verb in NEEDS_REASON:
        return "required"
    return "optional" if verb in AGREEING else "none"


def _foot(desk: Desk, plan: InForce, shown: RunView) -> Foot | None:
    offers = tuple(offer(verb) for verb in shown.verbs if verb.verb in DECISIONS)
    if not offers:
        return None
    return Foot(offers, _flags(desk, plan, shown), any(offer.verb == "record" for offer in offers))


def _flags(desk: Desk, plan: InForce, shown: RunView) -> tuple[Flag, ...]:
    ticked = desk.request.POST.getlist("flags")
    held = ((key, plan.pack.conduct[key]) for key in shown.step_flags if key in plan.pack.conduct)
    return tuple(
        Flag(key, one.says, one.clause, one.family or "", one.gravity == "key", key in ticked) for key, one in held
    )


def _paper_foot(desk: Desk, plan: InForce, shown: RunView) -> Foot | None:
    """Where the organ whose turn it is has nobody with an account, the bureau side may type in what it signed."""
    turn = shown.turn
    if turn is None or "keeper" not in shown.roles or "decider" in shown.roles:
        return None
    step = next(step for step in steps_of(plan.pack, shown.route) if step.id == turn.step)
    seat = plan.seats.get(step.by)
    wanted = [verb for verb in step.verbs if verb in DECISIONS]
    if not wanted or seat is None or any(post.has_account for post in posts(desk.actor, organ=seat, on=desk.today)):
        return None
    offers = tuple(
        Offer(verb, _(LABELS[verb]), _("As it was signed on paper."), reason=_reason(verb)) for verb in wanted
    )
    return Foot(offers, _flags(desk, plan, shown), "record" in wanted, paper=True)


def decide(desk: Desk, run: int) -> HttpResponse:
    """Sign a decision on exactly what was shown."""
    sent = desk.request.POST
    note: dict[str, object] = {}
    if flags := sent.getlist("flags"):
        note["flags"] = flags
    if number := sent.get("filing-number", "").strip():
        note["filing_number"] = number
    actor = desk.actor
    if sent.get("paper") == "yes":
        actor, note["signed_by"] = replace(actor, via="paper"), sent.get("signed_by", "")
    told = enactment.decide(
        actor, run=run, verb=sent["verb"], digest=sent.get("seen", ""), reason=sent.get("reason", ""), note=note,
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = _(AFTER.get(told.state, AFTER["finished"])).format(step=told.step_says)
    return desk.go("case", run=run, said=said)


for _verb in sorted(DECISIONS):
    case.act(_verb)(decide)


@case.act("withdraw")
def withdraw(desk: Desk, run: int) -> HttpResponse:
    """The applicant takes the case back."""
    seen = desk.request.POST.get("seen", "")
    routes.withdraw(desk.actor, run=run, digest=seen, client_id=desk.client_id, at=desk.at)
    return desk.go("case", run=run, said=_("Withdrawn. The record of the case stays."))


@case.act("close_panel")
def close_panel(desk: Desk, run: int) -> HttpResponse:
    """Close a panel whose time is over."""
    reason = desk.request.POST.get("reason", "")
    routes.close_panel(desk.actor, run=run, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("case", run=run, said=_("The panel is closed; its opinions can be read."))


@case.act("add_addendum")
def add_addendum(desk: Desk, run: int) -> HttpResponse:
    """Correct one's own opinion by a word beside it."""
    number = desk.request.POST.get("opinion", "")
    routes.add_addendum(
        desk.actor, opinion=id_in(number) or 0, text=desk.request.POST.get("reason", ""),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("case", run=run, said=_("The correction stands beside your opinion."))


@page("cases")
def attached(desk: Desk, run: int, ref: str) -> HttpResponse:
    """A file of the application, for everybody who may read the case."""
    affair = affairs.affair_of_run(desk.actor, run)
    return attachment(affairs.attachment(desk.actor, affair=affair.id, ref=ref))
