"""Acts of open enrolment: a year announced, results published, a change of areas carried as far as it is."""

from __future__ import annotations

from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import AnnounceEnrolment, ChangeCatchment, PublishAdmissions
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import Figures, Ground, NewArea, Span


def announce_enrolment(stage: Stage, beat: Beat, act: AnnounceEnrolment) -> None:
    """The announcement of a year: what is not said is taken over from the year before."""
    actor = stage.doer(act)
    view = actions.open_year(actor, year=act.year, at=beat.at)
    if act.times:
        times = [Span(one.what, one.from_, one.until) for one in act.times]
        actions.write_announcement(
            actor, year=act.year, times=times, conditions=act.conditions, where=act.where, papers=act.papers,
            online=act.online, at=beat.at,
        )  # fmt: skip
    known = {one.school.short_name: one.area for one in view.catchments}
    for name, one in act.areas.items():
        area = NewArea(stage.organ(name).id, one.area or known[name], one.places, one.expected)
        actions.set_catchment(actor, year=act.year, area=area, at=beat.at)
    enactment.publish_announcement(actor, year=act.year, at=beat.at)


def publish_admissions(stage: Stage, beat: Beat, act: PublishAdmissions) -> None:
    """A school publishes its numbers."""
    organ, said = stage.organ(beat.target), act.figures[beat.target]
    grounds = tuple(Ground(name, number) for name, number in said.grounds.items())
    figures = Figures(said.places, said.registered, said.within, grounds, said.refused, said.refused_within)
    enactment.publish_result(
        stage.actor_of(organ), organ=organ.id, year=act.year, figures=figures, note=said.note, at=beat.at
    )  # fmt: skip


def change_catchment(stage: Stage, beat: Beat, act: ChangeCatchment) -> None:
    """A change of areas: announced, with a transition, perhaps a meeting, perhaps decided."""
    actor = stage.doer(act)
    areas = {stage.organ(name).id: after for name, after in act.areas.items()}
    change = actions.open_change(
        actor, year=act.year, effect_on=act.effect_on, why=act.why, areas=areas, at=beat.at
    ).id  # fmt: skip
    actions.plan_transition(
        actor, change=change, effect_on=act.effect_on, until=act.until, says=act.says, at=beat.at
    )  # fmt: skip
    actions.announce_change(actor, change=change, notice_on=beat.at.date(), places=act.places, at=beat.at)
    if act.meeting is not None:
        one = act.meeting
        actions.add_meeting(
            actor, change=change, name=one.name, held_on=one.on, parents=one.parents, said=one.said,
            answered=one.answered, at=beat.at,
        )  # fmt: skip
    if act.decided:
        actions.put_in_effect(actor, change=change, at=beat.at)
