"""A panel is drawn and not chosen: the list is the whole committee, and who is lost is followed by the next ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.draw.notice import Pick, Share
from qingfu.base.draw.picking import drawn_of
from qingfu.base.errors import FieldFault, Invalid, Twice, WrongState
from qingfu.base.words import N_, Word
from qingfu.records.draws import actions as draws
from qingfu.records.draws.actions import Candidate, Frozen
from qingfu.records.draws.queries import CallLine, CallList, DrawView, call_list, pool, require_holder
from qingfu.records.draws.queries import draw as draw_of
from qingfu.records.draws.states import LOST
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import posts
from qingfu.records.plans.queries import in_force
from qingfu.records.routes import actions as routes
from qingfu.records.routes.models import Panelist, Run
from qingfu.records.routes.queries import PanelWanted, RunView
from qingfu.records.routes.queries import run as run_of

ASKED = N_("Members sit on this panel already. A draw is held before anybody is asked.")
STANDS = N_("Draw {number} stands for this panel; whoever is lost is followed by its next ticket.")
WHOLE = N_("The list must be the whole committee; whoever cannot judge is left out with a reason.")
BARRED = N_("{name} may not judge this case and must be left out of the list.")
BY_KIND = N_("The plan asks for every kind of member: draw from every part of the list by kind of member.")
LACKING = N_("Nobody of this kind is left on the list: {kinds}.")
TOO_FEW = N_("The plan asks for {needed} opinions; only {n} members would be drawn.")
CERTAIN = N_(
    "With {names} left out, nothing would be left to chance. Leave them on the list: whoever cannot take part is "
    "followed by the next ticket."
)
OTHER_CASE = N_("Draw {number} was not held for the panel of this case.")
NOBODY = N_("Nobody who was drawn has been reached yet.")
UNDER_WAY = N_("Draw {number} is held for this panel; run it, or give it up with a reason before it is run.")
IN_TURN = N_("Draw {number} stands for this panel and somebody of it is still in turn; {name} cannot be named instead.")
NO_POST = N_("{name} no longer sits on the committee; write it on the call list, then the next ticket follows.")


def freeze_for_panel(
    actor: Actor, *, run: int, frozen: Frozen, alone: bool = False, client_id: UUID | None = None, at: datetime
) -> DrawView:
    """Freeze the committee as the list of a draw for a case. A rehearsal is frozen too, but is never the case's draw.

    Raises Invalid where the panel could not be seated from it, where one stands already, and where members are asked.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="draw")) is not None:
            return draw_of(actor, first)
        want = routes.hold_panel(actor, run=run, at=at)
        before = PanelDraw.objects.filter(run=run, step=want.step, stands=True).select_related("draw").first()
        _refuse_second(want, before)
        whole = _whole(actor, want, frozen.candidates, day_of(at))
        _refuse_method(want, frozen)
        _refuse_certain(want, frozen, whole)
        made = draws.freeze(
            actor, plan=in_force(actor, want.edition), alone=alone, client_id=client_id, at=at,
            frozen=replace(frozen, replaces=before.draw_id if before and not frozen.rehearsal else None),
        )  # fmt: skip
        if frozen.rehearsal:
            return made
        PanelDraw.objects.filter(run=run, step=want.step, stands=True).update(stands=False)
        PanelDraw.objects.create(
            bureau_id=actor.bureau, draw_id=made.id, run_id=run, turn_id=want.turn, step=want.step
        )  # fmt: skip
        record(
            actor, verb="enactment.freeze_for_panel", subject="run", subject_id=run, digest=made.notice_digest, at=at
        )
        return made


def _refuse_second(want: PanelWanted, before: PanelDraw | None) -> None:
    if before is not None and before.draw.state != "void":
        raise Invalid(FieldFault("case", STANDS, {"number": before.draw.number}))
    if want.asked:
        raise Invalid(FieldFault("case", ASKED))


def _whole(actor: Actor, want: PanelWanted, candidates: Sequence[Candidate], on: date) -> Sequence[Candidate]:
    """The committee as the register knows it; Invalid where the list is another one."""
    whole = pool(actor, kind="experts", on=on, organ=want.committee).candidates
    if want.committee is None or {one.person for one in candidates} != {one.person for one in whole}:
        raise Invalid(FieldFault("case", WHOLE))
    for one in candidates:
        if one.person in want.barred and not one.reason:
            raise Invalid(FieldFault("case", BARRED, {"name": one.name}))
    return whole


def _refuse_method(want: PanelWanted, frozen: Frozen) -> None:
    """A draw from which the panel could never be seated is not held."""
    on_it = [one.marks for one in frozen.candidates if not one.reason]
    if want.kinds:
        if not (isinstance(frozen.method, Share) and "kind" in frozen.method.by):
            raise Invalid(FieldFault("how", BY_KIND))
        lacking = [kind for kind in want.kinds if kind not in {marks["kind"] for marks in on_it}]
        if lacking:
            raise Invalid(FieldFault("case", LACKING, {"kinds": lacking}))
    if (n := drawn_of(frozen.method, on_it)) < want.opinions:
        field = "take" if isinstance(frozen.method, Pick) else "percent"
        raise Invalid(FieldFault(field, TOO_FEW, {"needed": want.opinions, "n": n}))


def _refuse_certain(want: PanelWanted, frozen: Frozen, whole: Sequence[Candidate]) -> None:
    """Who is left out by hand must not decide who is drawn; what the register itself says of somebody may."""
    out = {one.person for one in frozen.candidates if one.reason}
    by = frozen.method.by if isinstance(frozen.method, Share) else ()
    parts: dict[tuple[str, ...], list[Candidate]] = {}
    for one in whole:
        if one.person not in want.barred:
            parts.setdefault(tuple(one.marks.get(word, "") for word in by), []).append(one)
    for part in parts.values():
        left = [one.marks for one in part if one.person not in out]
        if len(left) < len(part) and len(left) <= drawn_of(frozen.method, left):
            names = [one.name for one in part if one.person in out]
            raise Invalid(FieldFault("excluded", CERTAIN, {"names": names}))


def seat_panel(
    actor: Actor, *, run: int, draw: int, uncalled: bool = False, client_id: UUID | None = None, at: datetime
) -> RunView:
    """Ask those for opinions who were drawn and reached; with `uncalled` also those in turn who were not called yet.

    Pressed again it seats whoever followed since, and nobody twice. Raises WrongState for a rehearsal and for a draw
    that was not run or is void; Invalid for a draw of another case, and as `appoint_panel`.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="run")) is not None:
            if first != run:
                raise Twice
            return run_of(actor, run, at=at)
        want = routes.hold_panel(actor, run=run, at=at)
        require_holder(actor)
        view = draw_of(actor, draw)
        panel = _panel_of(want, view)
        fitting = ("reached", "waiting", "tried") if uncalled else ("reached",)
        lines = [one for one in call_list(actor, draw).lines if one.standing in fitting]
        if not lines:
            raise Invalid(FieldFault("draw", NOBODY))
        asked = _posts(actor, want, lines, day_of(at))
        told = routes.appoint_panel(actor, run=run, posts=asked, client_id=client_id, at=at)
        _keep_seats(panel, want, lines, at)
        record(actor, verb="enactment.seat_panel", subject="draw", subject_id=draw, digest=view.record_digest, at=at)
        return told


def name_panel(actor: Actor, *, run: int, posts: Sequence[int], client_id: UUID | None = None, at: datetime) -> RunView:
    """Ask members who were named and not drawn.

    Where a draw stands for the panel, only of a kind of which nobody is left to follow: an unwelcome outcome is not
    mended by hand. Raises Invalid (`posts`), also as `appoint_panel`.
    """
    with deed(actor):
        if first_answer(actor, client_id, subject="run") is None:
            _refuse_choice(actor, routes.hold_panel(actor, run=run, at=at), posts, day_of(at))
        return routes.appoint_panel(actor, run=run, posts=posts, client_id=client_id, at=at)


def _refuse_choice(actor: Actor, want: PanelWanted, named: Sequence[int], on: date) -> None:
    held = PanelDraw.objects.filter(run=want.run, step=want.step, stands=True).exclude(draw__state="void").first()
    if held is None:
        return
    require_holder(actor)
    view = draw_of(actor, held.draw_id)
    if view.state != "drawn":
        raise Invalid(FieldFault("posts", UNDER_WAY, {"number": view.number}))
    left = call_list(actor, held.draw_id).exhausted
    by = view.notice.method.by if isinstance(view.notice.method, Share) else ()
    kinds = {marks[by.index("kind")] for marks in left} if "kind" in by else None
    for row in posts(actor, organ=want.committee, on=on):
        if row.id not in named or row.holder in want.asked:
            continue
        if not left or (kinds is not None and row.member_kind not in kinds):
            raise Invalid(FieldFault("posts", IN_TURN, {"number": view.number, "name": row.holder_name}))


def _panel_of(want: PanelWanted, view: DrawView) -> PanelDraw:
    if view.rehearsal or view.state != "drawn":
        state = Word(N_("rehearsal")) if view.rehearsal else Word(view.state)
        raise WrongState(verb=Word("appoint_panel"), state=state, possible=[])
    held = PanelDraw.objects.filter(draw=view.id, run=want.run, step=want.step, stands=True).first()
    if held is None:
        raise Invalid(FieldFault("draw", OTHER_CASE, {"number": view.number}))
    return held


def _posts(actor: Actor, want: PanelWanted, lines: Sequence[CallLine], on: date) -> list[int]:
    held: dict[int | None, int] = {}
    for row in posts(actor, organ=want.committee, on=on):
        if row.member_kind:
            held.setdefault(row.holder, row.id)
    for one in lines:
        if one.ticket.person not in held:
            raise Invalid(FieldFault("draw", NO_POST, {"name": one.ticket.name}))
    return [held[one.ticket.person] for one in lines]


def _keep_seats(panel: PanelDraw, want: PanelWanted, lines: Sequence[CallLine], at: datetime) -> None:
    known = set(PanelSeat.objects.filter(turn=want.turn).values_list("ticket", flat=True))
    PanelSeat.objects.bulk_create(
        PanelSeat(bureau_id=panel.bureau_id, panel=panel, turn_id=want.turn, ticket_id=one.ticket.id, at=at)
        for one in lines if one.ticket.id not in known
    )  # fmt: skip


def note_call(
    actor: Actor, *, draw: int, ticket: str, outcome: str, reason: str = "", after_all: bool = False,
    client_id: UUID | None = None, at: datetime,
) -> CallList:  # fmt: skip
    """What a call came to. Whoever is lost and sits on the case's panel already is excused with the same reason.

    Of a panel, whoever was reached may be lost after all only while it is open.
    """
    with deed(actor):
        held = PanelDraw.objects.filter(draw=draw, stands=True).first()
        # Cases before draws, as seating locks them.
        run = Run.objects.select_for_update().filter(id=held.run_id).first() if held else None
        is_open = held is not None and run is not None and (run.state, run.step) == ("at", held.step)
        after = draws.call(
            actor, draw=draw, ticket=ticket, outcome=outcome, reason=reason, client_id=client_id, at=at,
            after_all=after_all and (held is None or is_open),
        )  # fmt: skip
        line = next((one for one in after.lines if one.ticket.ticket == ticket), None)
        lost = line.ticket.person if line and line.standing in LOST else None
        if held is not None and is_open and lost is not None and _sits(held, lost):
            routes.excuse(actor, run=held.run_id, person=lost, reason=reason, at=at)
        return after


def take_back_call(actor: Actor, *, draw: int, ticket: str, client_id: UUID | None = None, at: datetime) -> CallList:
    """What was noted by mistake is taken back; not of somebody who was seated, nor once the panel is closed."""
    with deed(actor):
        held = PanelDraw.objects.filter(draw=draw, stands=True).first()
        run = Run.objects.select_for_update().filter(id=held.run_id).first() if held else None
        if held is not None and run is not None:
            is_open = (run.state, run.step) == ("at", held.step)
            if not is_open or PanelSeat.objects.filter(panel=held, ticket__ticket=ticket).exists():
                raise WrongState(
                    verb=Word("take_back"), state=Word(N_("seated") if is_open else run.state), possible=[]
                )
        return draws.take_back(actor, draw=draw, ticket=ticket, client_id=client_id, at=at)


def _sits(held: PanelDraw, person: int) -> bool:
    seats = Panelist.objects.filter(turn__run=held.run_id, turn__step=held.step, turn__closed_at=None)
    return seats.filter(person=person, stepped_aside="").exists()


def step_aside(actor: Actor, *, run: int, reason: str, client_id: UUID | None = None, at: datetime) -> RunView:
    """A member leaves the panel before giving an opinion; where he was drawn, the next ticket follows."""
    with deed(actor):
        told = routes.step_aside(actor, run=run, reason=reason, client_id=client_id, at=at)
        seats = PanelSeat.objects.filter(panel__run=run, panel__stands=True, ticket__person=actor.person)
        for draw in set(seats.values_list("panel__draw", flat=True)):
            draws.step_back(actor, draw=draw, reason=reason, at=at)
        return told
