"""Forms filled in: what a situation says by meaning, and for the rest what anybody would write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qingfu.packfile.answers import asked_now
from qingfu.packfile.words.asks import Form, Item
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.records.forms.actions import keep_file
from tests.register.world import World

# A situation says everything that admission is judged by, so nothing of this is made up.
JUDGED = ("criterion",)


def filled_in(world: World, form: Form, said: Mapping[str, str], *, starts: date) -> dict[str, Any]:
    """The answers to a form: `said` by meaning, every other question that must be answered with something."""
    content: dict[str, Any] = {}
    for item in form.items:
        if not asked_now(item, content):
            continue
        if item.means and item.means in said and item.answer != "files":
            content[item.id] = said[item.means]
        elif item.required and item.means not in JUDGED:
            content[item.id] = _something(world, item, said.get("starts") or starts.isoformat())
    return content


def _something(world: World, item: Item, day: str) -> object:
    if item.answer in ("choice", "choices"):
        return next(iter(item.options))
    anything: dict[str, object] = {
        "yes-no": "no", "number": str(item.least or 1), "date": day, "schools": world.organs("school")[:1],
    }  # fmt: skip
    return anything.get(item.answer, "按方案办理")


def attached(world: World, actor: Any, said: Mapping[str, str]) -> tuple[str, ...]:
    """The evidence a situation speaks of, as a file."""
    if "evidence" not in said:
        return ()
    paper = as_xlsx(Table(said["evidence"], (Heading(said["evidence"]),), ()), at=world.at)
    return (keep_file(actor, name=f"{said['evidence']}.xlsx", data=paper, at=world.at).ref,)
