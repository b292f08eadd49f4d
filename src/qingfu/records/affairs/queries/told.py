"""Telling affairs and activities: from rows to views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qingfu.base.workdays import Workdays
from qingfu.packfile import course
from qingfu.packfile.due import dates
from qingfu.packfile.words.moves import Evaluation as EvaluationWord
from qingfu.packfile.words.moves import Verdict
from qingfu.records.affairs.models import Activity, Affair, Evaluation, Flag
from qingfu.records.affairs.queries.meaning import form_of, option_says
from qingfu.records.affairs.queries.views import ActivityRow, AffairRow, EvaluationDue, EvaluationView, FlagView
from qingfu.records.lists.models import Listing
from qingfu.records.plans.queries import InForce


def step_says(plan: InForce | None, route: str, step: str) -> str:
    """The plan's words for a step; its id where the plan is not at hand."""
    steps = course.steps_of(plan.pack, route) if plan else ()
    return next((held.says for held in steps if held.id == step), step)


def affair_row(row: Affair, plan: InForce | None, flags: int) -> AffairRow:
    """The row of an affair; `plan` is None for one that is no longer in force."""
    criterion = plan.pack.criteria.get(row.criterion) if plan else None
    return AffairRow(
        id=row.id,
        edition=row.edition_id,
        run=row.run_id,
        number=row.run.number,
        title=row.title,
        department=row.department_id,
        department_name=row.department.name,
        span=row.span,
        route=row.route,
        route_says=plan.pack.routes[row.route].says if plan else row.route,
        criterion=row.criterion,
        criterion_says=criterion.says if criterion else row.criterion,
        state=row.run.state,
        step_says=step_says(plan, row.route, row.run.step),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        listing=row.listing_id,
        listing_state=row.listing.state if row.listing else "",
        flags=flags,
    )


def activity_row(row: Activity, plan: InForce | None, schools: int) -> ActivityRow:
    """The row of an activity."""
    form = form_of(plan, row.run.route)[1] if plan else None
    return ActivityRow(
        id=row.id,
        run=row.run_id,
        number=row.run.number,
        listing=row.listing_id,
        listing_title=row.listing.title,
        department=row.department_id,
        department_name=row.department.name,
        title=row.title,
        mode_says=option_says(form, "mode", row.mode) if form else row.mode,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.run.state,
        step_says=step_says(plan, row.run.route, row.run.step),
        schools=schools,
    )


def flag_views(plan: InForce, route: str, rows: Iterable[Flag]) -> tuple[FlagView, ...]:
    """Flags in the plan's words."""
    found = []
    for row in rows:
        conduct = plan.pack.conduct[row.conduct]
        found.append(
            FlagView(
                conduct=row.conduct,
                says=conduct.says,
                clause="、".join(conduct.clause),
                family=conduct.family or "",
                gravity=conduct.gravity,
                step_says=step_says(plan, route, row.step),
                person_name=row.person.name,
                note=row.note,
                at=row.at,
            )
        )
    return tuple(found)


def evaluation_view(row: Evaluation, held: EvaluationWord | None) -> EvaluationView:
    """An evaluation in the plan's words, or by its keys where the plan is not at hand."""
    verdicts: Mapping[str, Verdict] = {verdict.id: verdict for verdict in held.verdicts} if held else {}
    verdict = verdicts.get(row.verdict)
    return EvaluationView(
        id=row.id,
        listing=row.listing_id,
        title=row.listing.title,
        evaluation=row.evaluation,
        says=held.says if held else row.evaluation,
        year=row.year,
        verdict=row.verdict,
        verdict_says=verdict.says if verdict else row.verdict,
        exit=(verdict.exit or "") if verdict else "",
        reason=row.reason,
        person_name=row.person.name,
        answer=row.answer_id,
        at=row.at,
    )


def evaluation_due(row: Listing, plan: InForce, key: str, today: date) -> EvaluationDue:
    """What is still to be judged this year, and by when."""
    held = plan.pack.evaluations[key]
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    days = [due.day for due in dates(held.due, Workdays.shipped(), terms=plan.terms, within=year) if due.day]
    due = plan.moved.get(f"evaluations.{key}", days[-1] if days else None)
    return EvaluationDue(
        listing=row.id,
        title=row.title,
        organ_name=row.organ.name,
        evaluation=key,
        says=held.says,
        clause="、".join(held.clause),
        due_on=due,
        late=due is not None and today > due,
    )
