"""Teams of teachers: one for each class, of comparable strength, so that it does not matter which a class draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.words import N_
from qingfu.records.placement import actions
from qingfu.records.placement.actions import NewTeam
from qingfu.records.placement.queries import TeamView
from qingfu.web.desk import Desk, page
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.wording import ROOM, joined, row_says

FIGURES = {
    "teachers": N_("Teachers"), "seniors": N_("Middle or senior title"), "years": N_("Years of teaching, on average"),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure of a team as the form has it; `id` names the field and its fault."""

    name: str
    id: str
    label: str
    value: str


@dataclass(frozen=True)
class Line:
    """A team as the form has it."""

    place: int
    name: str
    figures: tuple[Figure, ...]


@page(ROOM)
def teams(desk: Desk, placement: int) -> HttpResponse:
    """As many teams as there are classes, of comparable strength; which class gets which is drawn."""
    view = held_by(desk, placement)
    typed = _typed(desk) if desk.posted else [_kept(one) for one in view.teams]
    blank = {"team": "", **dict.fromkeys(FIGURES, "")}
    count = max(view.row.classes, len(view.teams))
    rows = [_line(n, typed[n - 1] if n <= len(typed) else blank) for n in range(1, count + 1)]
    return desk.show(
        "placement/teams.html", view=view, row=view.row, says=row_says(view.row), rows=rows,
        compared=strength(view.teams),
    )  # fmt: skip


def _kept(one: TeamView) -> dict[str, str]:
    told = {name: getattr(one, name) for name in FIGURES}
    return {"team": one.name, **{name: "" if figure is None else str(figure) for name, figure in told.items()}}


def _typed(desk: Desk) -> list[dict[str, str]]:
    """The lines as they were sent; a figure that is missing is empty."""
    lists = {name: desk.request.POST.getlist(name) for name in ("team", *FIGURES)}
    return [
        {name: texts[n].strip() if n < len(texts) else "" for name, texts in lists.items()}
        for n in range(len(lists["team"]))
    ]


def _line(place: int, said: dict[str, str]) -> Line:
    figures = tuple(Figure(name, f"{name}-{place}", _(says), said[name]) for name, says in FIGURES.items())
    return Line(place, said["team"], figures)


def strength(teams: Sequence[TeamView]) -> str:
    """From what to what the teams differ in each figure that was told of every one of them; empty where none was."""
    return joined(_spread(_(says), told) for name, says in FIGURES.items() if (told := _told(teams, name)))


def _told(teams: Sequence[TeamView], name: str) -> list[int]:
    told = [figure for one in teams if (figure := getattr(one, name)) is not None]
    return told if len(told) == len(teams) else []


def _spread(says: str, told: Sequence[int]) -> str:
    least, most = min(told), max(told)
    if least == most:
        return _("{what} {n} each").format(what=says, n=most)
    return _("{what} {least} to {most}").format(what=says, least=least, most=most)


@teams.act("name-teams")
def name_teams(desk: Desk, placement: int) -> HttpResponse:
    """The teams in place of the former ones."""
    held_by(desk, placement)
    said = [NewTeam(one["team"], *(_figure(one[name]) for name in FIGURES)) for one in _typed(desk)]
    after = actions.name_teams(desk.actor, placement=placement, teams=said, client_id=desk.client_id, at=desk.at)
    count = len(after.teams)
    return desk.go(
        "placement", placement=placement,
        said=ngettext("{n} team is named.", "{n} teams are named.", count).format(n=count),
    )  # fmt: skip


def _figure(text: str) -> int | None:
    """What is no number is none that the register takes either, so that the field is named."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
