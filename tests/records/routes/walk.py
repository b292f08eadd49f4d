"""Walking a case through the county's routes: what the cast hands in, and how far it is carried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingfu.base.actor import Actor
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import AffairView
from qingfu.records.enactment import actions as enactment
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import RunView
from qingfu.records.routes.queries import run as run_of
from tests.cast import County, moment

MONDAY = moment("2024-07-22")
EXPERTS = ("expert", "principal-expert", "npc-expert", "cppcc-expert")
OPINION = {
    **dict.fromkeys(("theme", "scope", "organisation", "time", "effect", "appraisal"), "fit"),
    **dict.fromkeys(("necessity", "fitness", "worth"), "yes"),
    "recommends": "admit",
    "reason": "内容合适。",
}


def application(found: County, **changes: Any) -> dict[str, Any]:
    """A whole form for the yearly route; changes by item, as `in_curriculum` for the item `in-curriculum`."""
    form: dict[str, Any] = {
        "title": "消防安全第一课",
        "criterion": "deployed",
        "basis": "某办发〔2024〕1号",
        "theme": "火场逃生演练",
        "scope": "小学四至六年级",
        "schools": [found.organs["school"]],
        "teachers": 2,
        "minutes-per-teacher": 40,
        "organisation": "到校演练一次",
        "mode": "practice",
        "starts": "2024-10-08",
        "ends": "2024-10-31",
        "effect": "学生会逃生",
        "appraisal": "演练后问卷，不评价学校",
        **dict.fromkeys(
            ("charges-money", "takes-teachers-away", "in-curriculum", "uses-apps", "counts-participation"), "no"
        ),
    }
    return form | {key.replace("_", "-"): value for key, value in changes.items()}


def apply(
    found: County, who: str = "fire-clerk", *, route: str = "annual", at: datetime = MONDAY, **changes: Any
) -> AffairView:
    """A department applies."""
    return affairs.apply(found[who], edition=found.edition, route=route, answers=application(found, **changes), at=at)


def posts_of(found: County, *names: str) -> list[int]:
    """Post ids of members of the cast."""
    return [post for post in (found[name].post for name in names) if post is not None]


def seat_panel(found: County, run: int, *, at: datetime = MONDAY) -> RunView:
    """The office seats the whole committee."""
    return routes.appoint_panel(found["clerk"], run=run, posts=posts_of(found, *EXPERTS), at=at)


def opine(found: County, who: str, run: int, *, at: datetime = MONDAY, **changes: Any) -> RunView:
    """An expert gives his opinion on what he is shown."""
    shown = run_of(found[who], run, at=at)
    return enactment.opine(found[who], run=run, content={**OPINION, **changes}, digest=shown.digest, at=at)


def decide(found: County, who: str | Actor, run: int, verb: str, *, at: datetime = MONDAY, **facts: Any) -> RunView:
    """Somebody decides on what he is shown, with all that the decision brings about."""
    actor = found[who] if isinstance(who, str) else who
    shown = run_of(actor, run, at=at)
    return enactment.decide(actor, run=run, verb=verb, digest=shown.digest, at=at, **facts)


def carried_to(
    found: County, step: str, *, who: str = "fire-clerk", at: datetime = MONDAY, **changes: Any
) -> AffairView:
    """An application that stands at this step of the yearly route, or is listed."""
    view = apply(found, who, at=at, **changes)
    run = view.row.run
    if step == "experts":
        return view
    seat_panel(found, run, at=at)
    for expert in EXPERTS[:3]:
        opine(found, expert, run, at=at)
    for here, decider, verb in (
        ("first", "reviewer", "pass"),
        ("approve", "leader", "approve"),
        ("file", "clerk", "record"),
        ("publish", "clerk", "publish"),
    ):
        if here == step:
            break
        decide(found, decider, run, verb, at=at)
    return view
