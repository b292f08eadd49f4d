"""Acts on the duty table, and standing in for somebody."""

from __future__ import annotations

from qingfu.project.demo.answers import answers
from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import Accept, Delegate, GiveBack, HandIn, MoveDuty, TickOff
from qingfu.records.duties import actions as duties
from qingfu.records.enactment import actions as enactment
from qingfu.records.people import actions as people


def hand_in(stage: Stage, beat: Beat, act: HandIn) -> None:
    """An organ hands in, by itself, on paper or through a link."""
    organ = stage.organ(beat.target)
    task = stage.task(act.duty, organ, at=beat.at)
    key = (stage.plan.pack.duties[act.duty].hand_in or "").removeprefix("forms.")
    content = answers(stage, stage.plan.pack.forms[key], act.content, sheets=act.sheets, organ=beat.target)
    if act.by == "link":
        token = duties.send_link(stage.doer(act), task=task, at=beat.at)
        enactment.hand_in_by_link(
            bureau=stage.bureau, token=token, content=content, signed=act.signed, client_id=None, at=beat.at
        )
        return
    actor = stage.doer(act) if act.by == "paper" else stage.actor_of(organ)
    enactment.hand_in(actor, task=task, content=content, note=act.note, on_behalf=act.signed, at=beat.at)


def tick_off(stage: Stage, beat: Beat, act: TickOff) -> None:
    """An organ, or the office for it, says that something is done."""
    organ = stage.organ(beat.target)
    actor = stage.doer(act) if act.who else stage.actor_of(organ)
    duties.tick_off(actor, task=stage.task(act.duty, organ, at=beat.at), note=act.note, at=beat.at)


def accept(stage: Stage, beat: Beat, act: Accept) -> None:
    """The receiver accepts."""
    task = stage.task(act.duty, stage.organ(beat.target), at=beat.at)
    duties.accept(stage.doer(act), task=task, at=beat.at)


def give_back(stage: Stage, beat: Beat, act: GiveBack) -> None:
    """The receiver gives back, with the reason."""
    task = stage.task(act.duty, stage.organ(beat.target), at=beat.at)
    duties.give_back(stage.doer(act), task=task, reason=act.reason, at=beat.at)


def move_duty(stage: Stage, beat: Beat, act: MoveDuty) -> None:
    """A leader moves a duty's day."""
    duties.move_duty(
        stage.doer(act), edition=stage.plan.edition, duty=act.duty, to=act.to, reason=act.reason, at=beat.at
    )
    stage.reread_plan()


def delegate(stage: Stage, beat: Beat, act: Delegate) -> None:
    """The holder of a post lets somebody stand in."""
    giver = stage.doer(act)
    people.delegate(
        giver, post=giver.post or 0, taker=stage.person(act.taker), from_on=act.from_, until_on=act.until, at=beat.at
    )
