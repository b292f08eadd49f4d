"""Acts on the ledger."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.words import translator
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import (
    Evidence,
    Find,
    MoveDeadline,
    OnProblem,
    PlanRectification,
    Reply,
    ReportDone,
    Revisit,
    SendBack,
    StrikeOff,
)
from qingfu.records.forms.actions import keep_file
from qingfu.records.problems import actions as problems


def find(stage: Stage, beat: Beat, act: Find) -> None:
    """The office enters what a caller said or a visit saw."""
    problems.find(
        stage.doer(act), plan=stage.plan, title=act.title, owner=stage.organ(act.owner).id, kind=act.kind,
        source=act.source, detail=act.detail, happened=act.happened, found_on=day_of(beat.at), at=beat.at,
    )  # fmt: skip


def _on(stage: Stage, beat: Beat, act: OnProblem) -> tuple[Actor, int]:
    """Who acts, and on which line: the owner's organ where the act names nobody."""
    line, owned_by = stage.problem(act.problem, at=beat.at)
    if act.who:
        return stage.doer(act), line
    owner = next(organ for organ in stage.organs.values() if organ.id == owned_by)
    return stage.actor_of(owner), line


def plan_rectification(stage: Stage, beat: Beat, act: PlanRectification) -> None:
    """The owner says how, to which standard, by when, and who."""
    actor, line = _on(stage, beat, act)
    problems.plan_rectification(
        actor, problem=line, measure=act.measure, standard=act.standard, deadline=act.deadline, person=actor.person,
        at=beat.at,
    )  # fmt: skip


def report_done(stage: Stage, beat: Beat, act: ReportDone) -> None:
    """The owner says it is done, with evidence."""
    actor, line = _on(stage, beat, act)
    kept = [keep_file(actor, name=e.name, data=_sheet(e, beat), at=beat.at).ref for e in act.evidence]
    problems.report_done(actor, problem=line, text=act.text, files=kept, at=beat.at)


def _sheet(evidence: Evidence, beat: Beat) -> bytes:
    first, *others = evidence.lines
    table = Table(first, (Heading(first, width=48),), tuple((line,) for line in others))
    return as_xlsx(table, at=beat.at, translate=translator("zh-hans"))


def send_back(stage: Stage, beat: Beat, act: SendBack) -> None:
    """Somebody else looked, and it is not done."""
    actor, line = _on(stage, beat, act)
    problems.send_back(actor, problem=line, reason=act.reason, at=beat.at)


def strike_off(stage: Stage, beat: Beat, act: StrikeOff) -> None:
    """Somebody else looked, and strikes the line off."""
    actor, line = _on(stage, beat, act)
    problems.strike_off(actor, problem=line, reason=act.reason, at=beat.at)


def revisit(stage: Stage, beat: Beat, act: Revisit) -> None:
    """Somebody comes to look again."""
    actor, line = _on(stage, beat, act)
    problems.revisit(actor, problem=line, verdict=act.verdict, note=act.note, at=beat.at)


def reply(stage: Stage, beat: Beat, act: Reply) -> None:
    """The owner's own words."""
    actor, line = _on(stage, beat, act)
    problems.reply(actor, problem=line, text=act.text, at=beat.at)


def move_deadline(stage: Stage, beat: Beat, act: MoveDeadline) -> None:
    """The keeper of the ledger moves a day."""
    actor, line = _on(stage, beat, act)
    problems.move_deadline(actor, problem=line, to=act.to, reason=act.reason, at=beat.at)
