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


def apply(stage: Stage, beat: Beat, act: Apply) -> None:
    """A department applies."""
    content = _content(stage, act)
    made = affairs.apply(
        stage.doer(act), edition=stage.plan.edition, route=act.route,
        answers=answers(stage, form_of(stage.plan, act.route)[1], content), at=beat.at,
    )  # fmt: skip
    stage.keep(made.run)


def _content(stage: Stage, act: Apply) -> Answers:
    return {**stage.applied(act.like).content, **act.content} if act.like else act.content


def reapply(stage: Stage, beat: Beat, act: Reapply) -> None:
    """A department hands the corrected form in again."""
    before = stage.applied(beat.target)
    form = form_of(stage.plan, before.route)[1]
    affair = affair_of_run(stage.clock, stage.case(beat.target)).id
    content = answers(stage, form, {**_content(stage, before), **act.content})
    stage.keep(affairs.reapply(stage.doer(act), affair=affair, answers=content, at=beat.at).run)


def save_draft(stage: Stage, beat: Beat, act: SaveDraft) -> None:
    """Somebody has begun to fill in a form."""
    subject = act.subject.format(edition=stage.plan.edition)
    forms.save_draft(stage.doer(act), subject=subject, content=act.content, at=beat.at)


def withdraw(stage: Stage, beat: Beat, act: Withdraw) -> None:
    """The applicant takes the case back."""
    stage.keep(routes.withdraw(stage.doer(act), run=stage.case(beat.target), at=beat.at))


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
    shown = stage.view(doer, run, at=beat.at)
    form = stage.plan.pack.forms[shown.step_form.removeprefix("forms.")]
    content = answers(stage, form, act.says)
    stage.keep(enactment.opine(doer, run=run, content=content, digest=shown.digest, at=beat.at))


def decide(stage: Stage, beat: Beat, act: Decide) -> None:
    """A party decides."""
    doer, run = stage.doer(act), stage.case(beat.target)
    note: dict[str, object] = {"flags": list(act.flags)} if act.flags else {}
    if act.filing_number:
        note["filing_number"] = act.filing_number.format(n=act.count_from + beat.n)
    seen = stage.view(doer, run, at=beat.at).digest
    told = enactment.decide(doer, run=run, verb=act.verb, digest=seen, reason=act.reason, note=note, at=beat.at)
    stage.keep(told)


def plan_activity(stage: Stage, beat: Beat, act: PlanActivity) -> None:
    """A department hands in the plan of an activity."""
    form = form_of(stage.plan, act.route)[1]
    made = affairs.plan_activity(
        stage.doer(act), listing=stage.listing(act.listing), answers=answers(stage, form, act.content), at=beat.at
    )
    stage.keep(made.run)


def evaluate(stage: Stage, beat: Beat, act: Evaluate) -> None:
    """A listed affair is judged."""
    form: Form = stage.plan.pack.forms[stage.plan.pack.evaluations[act.evaluation].form.removeprefix("forms.")]
    said = {**by_meaning(form, verdict=act.verdict, reason=act.reason), **act.content}
    enactment.evaluate(
        stage.doer(act), listing_id=stage.listing(act.listing), evaluation=act.evaluation, verdict=act.verdict,
        reason=act.reason, content=answers(stage, form, said), at=beat.at,
    )  # fmt: skip
