"""An affair's answers by what they mean, and what the plan says about them before anybody has judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from qingfu.base.days import read_day
from qingfu.base.errors import NoSuchDay
from qingfu.base.workdays import Workdays
from qingfu.packfile import course
from qingfu.packfile.answers import EVERY_SCHOOL
from qingfu.packfile.words.asks import Form, Item
from qingfu.records.affairs.models import Affair
from qingfu.records.lists.models import Roll
from qingfu.records.plans.queries import InForce


def form_of(plan: InForce, route: str) -> tuple[str, Form]:
    """The key and the form of a route's first step, which is the applicant's."""
    key = (course.steps_of(plan.pack, route)[0].form or "").removeprefix("forms.")
    return key, plan.pack.forms[key]


def item_with(form: Form, meaning: str) -> Item | None:
    """The item of a form that means this."""
    return next((item for item in form.items if item.means == meaning), None)


def by_meaning(form: Form, content: Mapping[str, Any]) -> dict[str, str | Sequence[str]]:
    """Answers by meaning, as text or lists of text. Files beside any item count as evidence."""
    said: dict[str, str | Sequence[str]] = {}
    evidence: list[str] = []
    for item in form.items:
        evidence += _texts(content.get(f"{item.id}.files"))
        value = content.get(item.id)
        if item.means is None or value in (None, "", []):
            continue
        if item.means == "evidence":
            evidence += _texts(value)
        else:
            said[item.means] = _texts(value) if isinstance(value, (list, tuple)) else str(value)
    evidence += _texts(content.get("_files"))
    return {**said, "evidence": evidence} if evidence else said


def _texts(value: object) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [str(part) for part in parts if part not in (None, "")]


def text_of(said: Mapping[str, str | Sequence[str]], meaning: str) -> str:
    """One answer as a line of text; empty where it was not given."""
    value = said.get(meaning, "")
    return value.strip() if isinstance(value, str) else "、".join(value)


def day_in(said: Mapping[str, str | Sequence[str]], meaning: str) -> date | None:
    """One answer as a day; None where it is none."""
    try:
        return read_day(text_of(said, meaning))
    except NoSuchDay:
        return None


def option_says(form: Form, meaning: str, value: str) -> str:
    """The words of a chosen option."""
    item = item_with(form, meaning)
    return item.options.get(value, value) if item else value


def span_for(plan: InForce, route: str, today: date) -> str:
    """The span an application of today is for."""
    return course.window_of(plan.pack, route, today)


def applying(
    plan: InForce, route: str, said: Mapping[str, str | Sequence[str]], today: date, *, but: int | None = None
) -> course.Applying:
    """The application as `packfile.course` judges it. `but`: an affair that is not compared with itself."""
    entered, span = course.list_of(plan.pack, route), span_for(plan, route, today)
    rolls = Roll.objects.filter(edition=plan.edition, list=entered[0] if entered else "", span=span)
    return course.Applying(
        pack=plan.pack,
        route=route,
        answers=said,
        today=today,
        calendar=Workdays.shipped(),
        similar=_similar(plan, span, said, but),
        taken=rolls.values_list("taken", flat=True).first() or 0,
    )


def _similar(plan: InForce, span: str, said: Mapping[str, str | Sequence[str]], but: int | None) -> tuple[str, ...]:
    """Titles of other affairs of the span whose title or theme is the same or near (同一或相近主题)."""
    others = Affair.objects.filter(edition=plan.edition, span=span, run__state__in=course.ALIVE)
    rows = others.order_by("id").values_list("id", "title", "theme")
    about = text_of(said, "title"), text_of(said, "theme")
    return course.similar(*about, [(title, theme) for key, title, theme in rows if key != but])


def schools_in(said: Mapping[str, str | Sequence[str]]) -> tuple[int, ...] | None:
    """The schools named, by number; None means every school."""
    value = said.get("schools", ())
    parts = [value] if isinstance(value, str) else list(value)
    if EVERY_SCHOOL in parts:
        return None
    return tuple(int(part) for part in parts if part.isdigit())
