"""Acts on cases: applications, opinions, decisions, activities, evaluations."""

from __future__ import annotations

from qingfu.packfile.words.asks import Form
from qingfu.project.demo.answers import answers, by_meaning
from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import (
    Answers,
    Apply,
    Decide,
    Evaluate,
    Opine,
    Panel,
    PlanActivity,
    Reapply,
    SaveDraft,
    StepAside,
    Withdraw,
)
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import affair_of_run
from qingfu.records.affairs.queries.meaning import form_of
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms import actions as forms
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries.case import case_of


def apply(stage: Stage, beat: Beat, act: Apply) -> None:
    """A department applies."""
    content = _content(stage, act)
    made = affairs.apply(
        stage.doer(act), edition=stage.plan.edition, route=act.route,
        answers=answers(stage, form_of(stage.plan, act.route)[1], content), at=beat.at,
    )  # fmt: skip
    stage.cases[str(content["title"])] = made.run.id


def _content(stage: Stage, act: Apply) -> Answers:
    return {**stage.applied(act.like).content, **act.content} if act.like else act.content


def reapply(stage: Stage, beat: Beat, act: Reapply) -> None:
    """A department hands the corrected form in again."""
    before = stage.applied(beat.target)
    form = form_of(stage.plan, before.route)[1]
    affair = affair_of_run(stage.clock, stage.case(beat.target)).id
    content = answers(stage, form, {**_content(stage, before), **act.content})
    affairs.reapply(stage.doer(act), affair=affair, answers=content, at=beat.at)


def save_draft(stage: Stage, beat: Beat, act: SaveDraft) -> None:
    """Somebody has begun to fill in a form."""
    subject = act.subject.format(edition=stage.plan.edition)
    forms.save_draft(stage.doer(act), subject=subject, content=act.content, at=beat.at)


def withdraw(stage: Stage, beat: Beat, act: Withdraw) -> None:
    """The applicant takes the case back."""
    routes.withdraw(stage.doer(act), run=stage.case(beat.target), at=beat.at)


def panel(stage: Stage, beat: Beat, act: Panel) -> None:
    """The office seats a panel; members are named by their titles."""
    run = stage.case(beat.target)
    routes.appoint_panel(stage.doer(act), run=run, posts=stage.members(act.members), at=beat.at)


def step_aside(stage: Stage, beat: Beat, act: StepAside) -> None:
    """A member leaves the panel."""
    routes.step_aside(stage.doer(act), run=stage.case(beat.target), reason=act.reason, at=beat.at)


def opine(stage: Stage, beat: Beat, act: Opine) -> None:
    """A member gives an opinion."""
    doer, run = stage.doer(act), stage.case(beat.target)
    shown = case_of(doer, run)
    form = stage.plan.pack.forms[(shown.now.form or "").removeprefix("forms.")]
    enactment.opine(doer, run=run, content=answers(stage, form, act.says), digest=shown.shown(), at=beat.at)


def decide(stage: Stage, beat: Beat, act: Decide) -> None:
    """A party decides."""
    doer, run = stage.doer(act), stage.case(beat.target)
    note: dict[str, object] = {"flags": list(act.flags)} if act.flags else {}
    if act.filing_number:
        note["filing_number"] = act.filing_number.format(n=act.count_from + beat.n)
    enactment.decide(
        doer, run=run, verb=act.verb, digest=case_of(doer, run).shown(), reason=act.reason, note=note, at=beat.at
    )


def plan_activity(stage: Stage, beat: Beat, act: PlanActivity) -> None:
    """A department hands in the plan of an activity."""
    form = form_of(stage.plan, act.route)[1]
    made = affairs.plan_activity(
        stage.doer(act), listing=stage.listing(act.listing), answers=answers(stage, form, act.content), at=beat.at
    )
    stage.cases[str(act.content["title"])] = made.run.id


def evaluate(stage: Stage, beat: Beat, act: Evaluate) -> None:
    """A listed affair is judged."""
    form: Form = stage.plan.pack.forms[stage.plan.pack.evaluations[act.evaluation].form.removeprefix("forms.")]
    said = {**by_meaning(form, verdict=act.verdict, reason=act.reason), **act.content}
    enactment.evaluate(
        stage.doer(act), listing_id=stage.listing(act.listing), evaluation=act.evaluation, verdict=act.verdict,
        reason=act.reason, content=answers(stage, form, said), at=beat.at,
    )  # fmt: skip
