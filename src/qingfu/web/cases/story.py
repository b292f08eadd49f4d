"""The story of a case: its turns and acts told from the first to the last, each entry a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.words import N_
from qingfu.packfile.course import steps_of
from qingfu.packfile.words.moves import Step
from qingfu.records.plans.queries import InForce
from qingfu.records.routes.queries import ActView, MemberView, OpinionView, PanelView, RunView, TurnView
from qingfu.web.cases.drawn import ShownDraw
from qingfu.web.spoken import Answered, answers, numbers, opined

# What was done, its shape, its tone.
DONE: dict[str, tuple[str, str, str]] = {
    "submit": (N_("handed in"), "ring", "plain"),
    "pass": (N_("passed"), "tick", "done"),
    "approve": (N_("approved"), "tick", "done"),
    "return": (N_("returned for changes"), "back", "asks"),
    "refuse": (N_("refused"), "cross", "asks"),
    "record": (N_("filed"), "tick", "done"),
    "publish": (N_("published"), "tick", "done"),
    "withdraw": (N_("withdrawn by the applicant"), "dash", "quiet"),
    "close_panel": (N_("panel closed before every opinion was in"), "lock", "late"),
    "opined": (N_("opinions opened"), "tick", "done"),
}
AGREEING = ("pass", "approve")


@dataclass(frozen=True)
class Noted:
    """Something a decider wrote down beside the decision: confirmed conduct, the number of a filing."""

    term: str
    says: str
    clause: tuple[str, ...] = ()
    zh: bool = True


@dataclass(frozen=True)
class Voice:
    """One opinion that may be read, in words."""

    view: OpinionView
    recommends: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Chapter:
    """One entry. ``step`` is in the plan's words, ``did`` in the page's; ``verb`` is empty while it waits."""

    step: str
    verb: str = ""
    did: str = ""
    shape: str = "ring"
    tone: str = "plain"
    at: datetime | date | None = None
    organ: str = ""
    who: str = ""
    paper: str = ""
    says: str = ""
    clause: tuple[str, ...] = ()
    digest: str = ""
    noted: tuple[Noted, ...] = ()
    answers: tuple[Answered, ...] = ()
    panel: PanelView | None = None
    drawn: ShownDraw | None = None
    seats: tuple[tuple[MemberView, str], ...] = ()
    voices: tuple[Voice, ...] = ()
    tally: tuple[tuple[str, str], ...] = ()
    due: date | None = None
    links: tuple[tuple[str, str], ...] = ()


def story(
    plan: InForce, run: RunView, application: tuple[Answered, ...], links: Mapping[str, tuple[tuple[str, str], ...]],
    drawn: Mapping[str, ShownDraw],
) -> tuple[Chapter, ...]:  # fmt: skip
    """All chapters. ``links``: by verb, what the page can lead on to from there, as text and address.

    ``drawn``: the draws of its panels, by step.
    """
    steps = {step.id: step for step in steps_of(plan.pack, run.route)}
    told: list[Chapter] = []
    for turn in run.turns:
        told += (_seated(one, drawn.get(turn.step)) for one in _turn(plan, run, turn, steps[turn.step]))
    last = max((n for n, one in enumerate(told) if one.verb == "submit"), default=0)
    return tuple(
        replace(one, answers=application if n == last else (), links=links.get(one.verb, ()))
        for n, one in enumerate(told)
    )


def _seated(one: Chapter, drawn: ShownDraw | None) -> Chapter:
    """A panel with its members, each with the ticket by which it was drawn; empty for one who was named by hand."""
    if one.panel is None:
        return one
    tickets = drawn.tickets if drawn else {}
    return replace(one, drawn=drawn, seats=tuple((m, tickets.get(m.person, "")) for m in one.panel.members))


def _turn(plan: InForce, run: RunView, turn: TurnView, step: Step) -> Iterable[Chapter]:
    agreed = 0
    for act in turn.acts:
        agreed += act.verb in AGREEING
        yield _act(plan, run, turn, step, act, agreed)
    if turn.panel is not None and turn.outcome == "opined":
        yield _opened(plan, turn, turn.panel)
    if turn.closed_at is None:
        yield Chapter(
            step=turn.step_says, did=_("waits"), shape="half", organ=turn.organ_name, clause=numbers(turn.clause),
            due=turn.due_on, panel=turn.panel, tone="late" if turn.late else "plain",
        )  # fmt: skip


def _act(plan: InForce, run: RunView, turn: TurnView, step: Step, act: ActView, agreed: int) -> Chapter:
    did, shape, tone = DONE.get(act.verb, (act.verb, "ring", "plain"))
    said = _(did)
    if act.verb in AGREEING and turn.agree_needed > 1:
        said = _("{did} (signature {n} of {needed})").format(did=said, n=agreed, needed=turn.agree_needed)
    if act.verb == "submit" and turn.version > 1:
        said = _("handed in again after changes")
    return Chapter(
        step=turn.step_says,
        verb=act.verb,
        did=said,
        shape=shape,
        tone=tone,
        at=act.at,
        organ=_organ(run, turn, act),
        who=_who(act),
        paper=_paper(act),
        says=act.reason,
        clause=numbers(turn.clause),
        digest=act.digest,
        noted=tuple(_noted(plan, step, act)),
    )


def _organ(run: RunView, turn: TurnView, act: ActView) -> str:
    if act.organ_name:
        return act.organ_name
    return run.organ_name if act.verb in ("submit", "withdraw") else turn.organ_name


def _who(act: ActView) -> str:
    who = " ".join(part for part in (act.post_title, act.person_name) if part)
    return f"{who}（{act.acting_for_name}）" if act.acting_for_name else who


def _paper(act: ActView) -> str:
    if act.via != "paper":
        return ""
    return _("signed on paper, entered by {name}").format(name=act.typed_by) if act.typed_by else _("from paper")


def _noted(plan: InForce, step: Step, act: ActView) -> Iterable[Noted]:
    flags = act.note.get("flags", ())
    for key in flags if isinstance(flags, list | tuple) else ():
        conduct = plan.pack.conduct.get(str(key))
        if conduct is not None:
            yield Noted(_("Red line confirmed"), conduct.says, conduct.clause)
    if act.verb == "record" and step.to is not None:
        yield Noted(_("Filed with"), step.to.organ)
        if number := str(act.note.get("filing_number", "")):
            yield Noted(_("Number of the filing"), number)


def _opened(plan: InForce, turn: TurnView, panel: PanelView) -> Chapter:
    did, shape, tone = DONE["opined"]
    voices = tuple(_voice(plan, one) for one in panel.opinions)
    count = ngettext("{n} opinion", "{n} opinions", len(voices)).format(n=len(voices))
    return Chapter(
        step=turn.step_says, verb="opined", did=f"{_(did)} · {count}", shape=shape, tone=tone, at=turn.closed_at,
        organ=turn.organ_name, clause=numbers(turn.clause), panel=panel, voices=voices,
        tally=_tally(plan, panel.opinions),
    )  # fmt: skip


def _voice(plan: InForce, view: OpinionView) -> Voice:
    form = plan.pack.forms[view.form]
    said = answers(opined(plan, view.form, view.content, view.at), lambda _file: "")
    sums_up = next((item.id for item in form.items if item.means == "recommends"), "")
    return Voice(view, next((str(one.lines[0]) for one in said if one.item == sums_up and one.lines), ""), said)


def _tally(plan: InForce, opinions: tuple[OpinionView, ...]) -> tuple[tuple[str, str], ...]:
    """How many said what, question by question; never by person."""
    if not opinions:
        return ()
    counted = []
    for item in plan.pack.forms[opinions[0].form].items:
        if item.answer != "choice":
            continue
        said = [str(one.content.get(item.id, "")) for one in opinions]
        parts = [f"{words} {said.count(key)}" for key, words in item.options.items() if key in said]
        counted.append((item.asks, "，".join(parts)))
    return tuple(counted)
