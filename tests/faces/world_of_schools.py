"""What the world has of school data: a plan with limits, a term, classes, reports, findings in each state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qingfu.base.actor import Actor
from qingfu.packfile.read import load
from qingfu.records.monitoring import actions, queries
from qingfu.records.people.actions import add_organ
from qingfu.records.plans.queries import InForce
from tests.cast import County, enact_plan, moment
from tests.records.monitoring.conftest import DEPARTMENTS, FILLS
from tests.records.routes.walk import MONDAY

AT = moment("2024-08-20")
DAY = date(2024, 8, 19)


def school_things(home: County) -> dict[str, object]:
    """Something of every kind, by the name it has in the matrix."""
    plan, school = _limits(home), home.organs["school"]
    term = actions.set_term(
        home["reviewer"], name="2024年秋季学期", year=2024, from_on=date(2024, 8, 12), until_on=date(2025, 1, 17), at=AT
    )
    named = [{"name": f"三年级{n}班", "grade": "P3", "pupils": 40} for n in (1, 2, 3, 4)]
    classes = actions.file_classes(home["principal"], organ=school, year=2024, rows=named, at=AT)
    rows = [
        {"class": one.id, "day": DAY, "subject": "语文", "minutes": 90, "written": True, "marked": True}
        for one in classes
    ]
    filed = actions.file_rows(home["principal"], table="homework", organ=school, term=term.id, rows=rows, at=AT)
    actions.judge(Actor.clock(home.bureau), plan=plan, term=term, at=AT)
    found = queries.findings(home["reviewer"], edition=plan.edition, term_id=term.id, limit="homework-time").rows
    actions.return_to_reporter(home["reviewer"], findings=[found[1].id], text="请核对", at=AT)
    actions.ask_exception(
        home["principal"], findings=[found[2].id], reason="活动周", until=date(2024, 9, 30), at=AT
    )  # fmt: skip
    asked = actions.ask_school(Actor.public(home.bureau), code="school", class_id=None, text="课表不一样", at=AT)
    actions.file_watched(
        home["principal"], organ=school, term=term.id, share=20, rows=[{"grade": "P3", "pupils": 160, "helped": 9}],
        at=AT,
    )  # fmt: skip
    _post(home, term.id, [one.id for one in classes])
    return {
        "question": asked,
        "limited": plan.edition, "limit": "homework-time", "later": "homework-low", "term": term.id,
        "class": classes[0].id, "filing": filed.id, "table": "homework", "share": 20, "finding": found[0].id,
        "finding returned": found[1].id, "finding asked": found[2].id,
    }  # fmt: skip


def _post(home: County, term: int, classes: list[int]) -> None:
    """The documents of the first week, shown to the public."""
    school, principal = home.organs["school"], home["principal"]
    lessons = [
        {"class": one, "record": record, "weekday": 1, "period": 1, "subject": "语文", "fortnight": 2}
        for one in classes
        for record in ("planned", "posted", "taught")
    ]
    days = [{"class": one, "weekday": 1, "teaching": 240} for one in classes]
    actions.file_rows(principal, table="timetable", organ=school, term=term, rows=lessons, at=AT)
    actions.file_rows(principal, table="schedules", organ=school, term=term, rows=days, at=AT)
    for document in queries.DOCUMENTS:
        if not document.made_of:
            actions.write_document(
                principal, organ=school, term=term, document=document.key, text="写在这里", at=AT
            )  # fmt: skip
    actions.post_board(principal, organ=school, term=term, at=AT)


def _limits(home: County) -> InForce:
    """A second plan in force, with limits, beside the county's own."""
    for code, name in DEPARTMENTS.items():
        organ = add_organ(home.keeper, kind="department", name=name, level="county", code=code, at=MONDAY)
        home.organs[code] = organ.id
    seats = {"education-bureau": "commission", "police": "police", **{code: code for code in DEPARTMENTS}}
    return enact_plan(replace(home), load("light-load"), seats, fills=FILLS, at=MONDAY)
