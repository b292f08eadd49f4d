"""The call list: who is to be called now, what came of it in one press, and how far the plan's share is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.draw.notice import Method, Share
from qingfu.base.words import N_
from qingfu.records.draws import actions, queries
from qingfu.records.draws.queries import CallLine, CallList, Coverage
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.queries import DrawnFor, drawn_for
from qingfu.web.desk import Desk, page
from qingfu.web.draws.wording import joined, mark, part_says
from qingfu.web.parts import Bar
from qingfu.web.words import STATES

SHOWN = 40
# What is pressed most often, so that nobody types it; the words that are pressed are the reason that is kept.
REASONS: dict[str, tuple[str, ...]] = {
    "unreachable": (N_("No answer three times"), N_("Number not in use"), N_("Phone switched off")),
    "refused": (N_("Does not want to be asked"),),
    "absent": (N_("Away for a long time"),),
    "unfit": (N_("Wrong person"), N_("The child has left the school")),
}
# The same of an expert who is asked to sit on a panel.
PANEL_REASONS: dict[str, tuple[str, ...]] = {
    "unreachable": (N_("No answer three times"), N_("Number not in use"), N_("Phone switched off")),
    "refused": (N_("Has no time in these days"), N_("Does not want to take part")),
    "absent": (N_("Away for a long time"),),
    "unfit": (N_("Works with the applicant"), N_("Has advised the applicant on this affair")),
}
CHIPS = "|"


@dataclass(frozen=True)
class Turn:
    """One ticket of the list, with whom it follows and why, and where its marks stand."""

    line: CallLine
    marks: tuple[str, ...]
    follows: str
    before: str
    why: str
    may_wait_again: bool

    @property
    def masked(self) -> str:
        """The telephone number, its middle hidden until it is pressed."""
        text = self.line.ticket.contact
        return text if len(text) < 7 else f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(part for part in self.line.ticket.contact.split("、") if part)


@dataclass(frozen=True)
class Covered:
    """One word of the method: how many of its marks are below the share, and each of them as a bar."""

    word: str
    says: str
    rows: tuple[tuple[Coverage, str], ...]
    below: int


@page("draws")
def calls(desk: Desk, draw: int) -> HttpResponse:
    """Whose turn it is, what is still missing, and who was replaced by whom."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    found, panel = queries.call_list(desk.actor, draw), drawn_for(desk.actor, draw)
    says = _says_of(panel)
    turns = [_turn(found, one, says, panel) for one in found.lines]
    # Whoever did not answer is tried again after those who were not called yet.
    now = [one for standing in ("waiting", "tried") for one in turns if one.line.standing == standing]
    part = desk.request.GET.get("part", "")
    picked = [one for one in now if not part or part in one.marks]
    return desk.show(
        "draws/calls.html", draw=shown, list=found, now=picked[:SHOWN], waiting=len(now), more=len(picked) - SHOWN,
        part=part, parts=sorted({text for one in now for text in one.marks}) if len(now) > SHOWN else (),
        reached=[one for one in turns if one.line.standing == "reached"],
        lost=[one for one in turns if one.line.standing not in ("waiting", "tried", "reached")],
        covered=() if panel else covered(found, shown.notice.method),
        bar=Bar(found.reached, found.needed, says=_("Takes part") if panel else _("Reached")),
        exhausted=[joined(list(marks)) or _("the whole list") for marks in found.exhausted],
        reasons=_reasons(says), says=says, panel=panel,
        contacts=sum(bool(one.line.ticket.contact) for one in turns), missed=max(0, found.needed - found.reached),
    )  # fmt: skip


def _says_of(panel: DrawnFor | None) -> str:
    """In which words the outcomes of these calls are said."""
    return "panel-call" if panel is not None else "call"


def _reasons(says: str) -> list[tuple[str, str, list[str]]]:
    reasons = PANEL_REASONS if says == "panel-call" else REASONS
    return [(key, STATES[says][key].text, [_(one) for one in words]) for key, words in reasons.items()]


def _turn(found: CallList, line: CallLine, says: str, panel: DrawnFor | None) -> Turn:
    before = next((one for one in found.lines if one.ticket.ticket == line.follows), None) if line.follows else None
    name, why = "", ""
    if before is not None:
        said = before.calls[-1].reason if before.calls else ""
        word = STATES[says][before.standing].text
        name, why = before.ticket.name, f"{word}：{said}" if said else word
    again = line.may_wait_again and (panel is None or (panel.open and line.ticket.ticket not in panel.seated))
    return Turn(line, line.stratum, line.follows, name, why, again)


def covered(found: CallList, method: Method) -> tuple[Covered, ...]:
    """By school, by grade: which are still below the plan's share."""
    if not isinstance(method, Share):
        return ()
    words: dict[str, list[Coverage]] = {}
    for one in found.coverage:
        words.setdefault(one.word, []).append(one)
    return tuple(_covered(word, rows, part_says(method)) for word, rows in words.items())


def _covered(word: str, rows: Sequence[Coverage], share: str) -> Covered:
    below = sum(one.below for one in rows)
    whole = ngettext(
        "{below} of {n} by {word} is below {share}", "{below} of {n} by {word} are below {share}", len(rows)
    )
    bars = tuple((one, _width(one.reached, one.needed)) for one in rows)
    return Covered(word, whole.format(below=below, n=len(rows), word=mark(word), share=share), bars, below)


def _width(reached: int, needed: int) -> str:
    return f"{min(100, 100 * reached // needed) if needed else 100}%"


@calls.act("call")
def call(desk: Desk, draw: int) -> HttpResponse:
    """Note what a call came to; the next ticket of the same draw takes the place of whoever is lost."""
    queries.require_holder(desk.actor)
    sent = desk.request.POST
    outcome, _bar, chip = sent.get("done", "").partition(CHIPS)
    ticket = sent.get("ticket", "")
    after = enactment.note_call(
        desk.actor, draw=draw, ticket=ticket, outcome=outcome, reason=chip or sent.get("reason", ""),
        after_all=sent.get("after-all") == "yes", client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("draw-calls", draw=draw, said=_told(after, ticket, outcome, _says_of(drawn_for(desk.actor, draw))))


@calls.act("take-back")
def take_back(desk: Desk, draw: int) -> HttpResponse:
    """It was noted by mistake: the ticket waits to be called again."""
    queries.require_holder(desk.actor)
    ticket = desk.request.POST.get("ticket", "")
    after = enactment.take_back_call(desk.actor, draw=draw, ticket=ticket, client_id=desk.client_id, at=desk.at)
    name = next((one.ticket.name for one in after.lines if one.ticket.ticket == ticket), "")
    said = _("Taken back: {ticket} {name} waits to be called again.").format(ticket=ticket, name=name)
    return desk.go("draw-calls", draw=draw, said=said)


def _told(after: CallList, ticket: str, outcome: str, says: str) -> str:
    line = next((one for one in after.lines if one.ticket.ticket == ticket), None)
    name = line.ticket.name if line else ticket
    said = _("{ticket} {name}: {outcome}.").format(ticket=ticket, name=name, outcome=STATES[says][outcome].text)
    follower = next((one for one in after.lines if one.follows == ticket), None)
    if follower is None:
        return said
    heir = _("{ticket} {name} follows.").format(ticket=follower.ticket.ticket, name=follower.ticket.name)
    return f"{said} {heir}"


@calls.act("forget")
def forget(desk: Desk, draw: int) -> HttpResponse:
    """Delete the telephone numbers: the calls are done."""
    queries.require_holder(desk.actor)
    gone = actions.forget_contacts(desk.actor, draw=draw, client_id=desk.client_id, at=desk.at)
    said = ngettext("{n} telephone number deleted.", "{n} telephone numbers deleted.", gone).format(n=gone)
    return desk.go("draw-calls", draw=draw, said=said)
