"""One line of the ledger in words: its facts, its story from the finding on, and what may be done with it."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.records.forms.queries import FileView
from qingfu.records.problems.queries import PlannedView, ProblemView, RectificationView
from qingfu.web.parts import Fact, FileLink, Offer, Told
from qingfu.web.words import day


def facts(view: ProblemView) -> tuple[Fact, ...]:
    """What stands on the line now."""
    row = view.row
    due = day(row.deadline) if row.deadline else (_("at once") if row.at_once else "")
    if row.moved_from and row.deadline:
        due = _("{now} (moved from {was})").format(now=due, was=day(row.moved_from))
    found = (
        Fact(_("Unit that must put it right"), row.owner_name),
        Fact(_("Kind"), row.kind_says or row.conduct_says),
        Fact(_("When it happened"), _when(view.happened)),
        Fact(_("Measure"), row.measure),
        Fact(_("Standard"), row.standard),
        Fact(_("Deadline"), due, zh=False),
        Fact(_("Responsible person"), row.responsible),
        Fact(_("Look again on"), day(row.revisit_on) if row.revisit_on else "", zh=False),
        Fact(_("Came back"), str(row.times_reopened) if row.times_reopened else "", zh=False),
    )
    return tuple(fact for fact in found if fact.says)


def _when(said: str) -> str:
    """A day written out; what is known only roughly stays as it was said."""
    try:
        return day(date.fromisoformat(said))
    except ValueError:
        return said


def story(view: ProblemView) -> tuple[Told, ...]:
    """From the finding to the last look, oldest first; the owner's replies stand where they were said."""
    row = view.row
    told = [Told(row.found_on, view.found_by, _("Found"), view.detail, shape="alert", digest="")]
    dated: list[tuple[object, Told]] = []
    for one in view.planned:
        dated.append((one.at, _planned(one)))
    for move in view.moves:
        did = _("Deadline moved from {was} to {now}").format(was=day(move.was) if move.was else "—", now=day(move.now))
        dated.append((move.at, Told(move.at, move.by, did, move.reason, shape="dots")))
    for report in view.rectifications:
        dated.append((report.at, _reported(row.id, report)))
    for verdict in view.verifications:
        off = verdict.verdict == "struck-off"
        did, shape = (_("Verified by somebody else and struck off"), "tick") if off else (_("Sent back"), "back")
        tone = "done" if off else "plain"
        dated.append((verdict.at, Told(verdict.at, verdict.by, did, verdict.reason, shape, tone)))
    for visit in view.revisits:
        held = visit.verdict == "holds"
        did = _("Looked again: it holds") if held else _("Looked again: it has come back")
        dated.append((visit.at, Told(visit.at, visit.by, did, visit.note, "tick" if held else "again")))
    for answer in view.replies:
        dated.append((answer.at, Told(answer.at, answer.by, _("The unit's own words"), answer.text, "ring")))
    return (*told, *(entry for _at, entry in sorted(dated, key=lambda pair: str(pair[0]))))


def _planned(one: PlannedView) -> Told:
    facts = (
        Fact(_("Measure"), one.measure),
        Fact(_("Deadline"), day(one.deadline) if one.deadline else "", zh=False),
    )
    return Told(one.at, one.by, _("Measure and deadline set"), shape="dots", facts=tuple(f for f in facts if f.says))


def _reported(problem: int, one: RectificationView) -> Told:
    via = _("typed in from paper") if one.via == "paper" else ""
    files = tuple(_file(problem, file) for file in one.files)
    return Told(one.at, one.by, _("Reported as put right"), one.text, "half", via=via, files=files)


def _file(problem: int, file: FileView) -> FileLink:
    return FileLink(file.name, reverse("problem-file", args=[problem, file.ref]), file.size)


def offers(view: ProblemView, today: date) -> tuple[Offer, ...]:
    """What this actor may say of the line with one button and a reason; longer acts have forms of their own."""
    due = view.row.revisit_on is not None and view.row.revisit_on <= today
    known = {
        "strike_off": Offer(
            "strike-off",
            _("Verified: strike it off"),
            _("The line is closed; it is looked at again on its day."),
            main=True,
            reason="optional",
        ),
        "send_back": Offer(
            "send-back",
            _("Send it back"),
            _("The unit puts right what is missing; a new round begins."),
            reason="required",
        ),
        "revisit_holds": Offer(
            "holds", _("Looked again: it holds"), _("The line stays closed."), main=due, reason="optional"
        ),
        "revisit_relapsed": Offer(
            "relapsed", _("Looked again: it has come back"), _("The same line opens again."), reason="required"
        ),
    }
    return tuple(offer for verb, offer in known.items() if verb in view.verbs and not view.bound)
