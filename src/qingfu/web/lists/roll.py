"""A roll: its places, what stands on it, and the whole of it as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.base.words import Word
from qingfu.packfile.course import list_of
from qingfu.packfile.due import span_of
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.records.affairs import queries as affairs
from qingfu.records.lists import queries
from qingfu.records.lists.queries import RollView, cap_of
from qingfu.records.lists.states import LISTING
from qingfu.records.plans.queries import InForce, plans_in_force
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.spoken import clauses_of, numbers
from qingfu.web.words import STATES

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Coming:
    """A list of a plan on which nothing stands yet."""

    says: str
    clause: tuple[str, ...]
    cap: int | None
    routes: tuple[str, ...]


@page("list")
def roll(desk: Desk, roll: int = 0) -> HttpResponse:
    """One roll: its places, and what stands on it."""
    rolls, plans = queries.rolls(desk.actor), {plan.edition: plan for plan in plans_in_force(desk.actor)}
    shown = _chosen(desk, rolls, plans, roll)
    if shown is None:
        coming = [one for plan in plans.values() for one in _coming(plan)]
        return desk.show("lists/none.html", coming=coming, plans=plans)
    asked = desk.request.GET
    text, state, number = asked.get("text", "").strip(), asked.get("state", ""), asked.get("page", "1")
    found = queries.listings(
        desk.actor, roll=shown.id, state=state, text=text, page=int(number) if number.isdigit() else 1
    )
    return desk.show(
        "lists/roll.html", roll=shown, rolls=rolls, page=found, text=text, state=state, narrowed=bool(text or state),
        states=[(key, STATES["listing"][key].text) for key in LISTING.states], clause=numbers(shown.clause),
        clauses=clauses_of(plans[shown.edition].pack),
        to_evaluate=affairs.to_evaluate(desk.actor, desk.at),
    )  # fmt: skip


def _chosen(desk: Desk, rolls: tuple[RollView, ...], plans: Mapping[int, InForce], wanted: int) -> RollView | None:
    if wanted:
        found = next((one for one in rolls if one.id == wanted), None)
        if found is None:
            raise NotFound(what=str(wanted))
        return found

    def present(one: RollView) -> bool:
        plan = plans[one.edition]
        return span_of(plan.pack.lists[one.list].per, desk.today, plan.terms).key == one.span

    return next((one for one in rolls if present(one)), rolls[0] if rolls else None)


def _coming(plan: InForce) -> list[Coming]:
    found = []
    for key, held in plan.pack.lists.items():
        ends = ((route, list_of(plan.pack, route)) for route in plan.pack.routes.values())
        ways = tuple(route.says for route, entered in ends if entered and entered[0] == key)
        found.append(Coming(held.says, held.clause, cap_of(plan, key), ways))
    return found


@page("list")
def roll_sheet(desk: Desk, roll: int) -> HttpResponse:
    """The whole roll as a workbook."""
    shown = next((one for one in queries.rolls(desk.actor) if one.id == roll), None)
    if shown is None:
        raise NotFound(what=str(roll))
    kinds = ("number", "text", "text", "day", "day", "text", "text")
    widths = (8, 44, 28, 14, 14, 14, 12)
    heads = tuple(
        Heading(Word(title), kind, width)  # type: ignore[arg-type]  # the kinds above are those of Heading
        for title, kind, width in zip(queries.export_header(), kinds, widths, strict=True)
    )
    held = queries.export_rows(desk.actor, roll=roll)
    rows = tuple((*row[:5], Word(STATES["listing"][str(row[5])].word), row[6]) for row in held)
    data = as_xlsx(Table(shown.says, heads, rows), at=desk.at, translate=_)
    return download(f"{shown.says}-{shown.span}.xlsx", data, SHEET)
