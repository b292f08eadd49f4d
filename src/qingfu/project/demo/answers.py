"""The answers of the data as a form of the plan takes them: names become organs, sheets become rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qingfu.packfile.words.asks import Form, Item
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import SheetRow


def answers(
    stage: Stage, form: Form, content: Mapping[str, object], *, sheets: Mapping[str, str] | None = None, organ: str = ""
) -> dict[str, Any]:
    """Answers to ``form``; ``organ`` is who reports the rows of ``sheets``.

    What the data leaves out is answered no where the form asks yes or no, and by the first option where it asks for a
    choice; other items stay unanswered.
    """
    known = {item.id: item for item in form.items}
    said = {key: _one(stage, known.get(key), value) for key, value in content.items()}
    for item in form.items:
        if item.id not in said and item.required and item.only is None:
            if item.answer == "yes-no":
                said[item.id] = "no"
            elif item.answer == "choice":
                said[item.id] = next(iter(item.options))
        if item.id in (sheets or {}):
            rows = stage.book.sheets[(sheets or {})[item.id]]
            said[item.id] = [_row(stage, item, row) for row in rows if organ in row.of]
    return said


def by_meaning(form: Form, **said: str) -> dict[str, str]:
    """Answers to the items of ``form`` that mean these words."""
    return {item.id: said[item.means] for item in form.items if item.means in said}


def _row(stage: Stage, item: Item, row: SheetRow) -> dict[str, Any]:
    columns = {column.id: column for column in item.items}
    return {key: _one(stage, columns.get(key), value) for key, value in row.cells.items()}


def _one(stage: Stage, item: Item | None, value: object) -> Any:
    if item is not None and item.answer == "organ":
        return stage.organ(str(value)).id
    if item is not None and item.answer == "schools" and isinstance(value, list):
        return [stage.organ(str(name)).id for name in value]
    return value
