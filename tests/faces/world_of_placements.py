"""What the world has of class placement: one that is being prepared, one on its way to the draw, one that is drawn."""

from __future__ import annotations

from qingfu.records.placement import actions
from tests.cast import County, moment
from tests.records.placement.classes import roster

AT = moment("2024-08-20")


def placement_things(home: County) -> dict[str, object]:
    """Something of every kind, by the name it has in the matrix."""
    school = home["principal"]

    def begun(year: int) -> int:
        held = actions.open_placement(school, year=year, grade="P1", at=AT).row.id
        actions.bring_roster(school, placement=held, pupils=roster(12), classes=2, at=AT)
        return held

    preparing, frozen, drawn = begun(2024), begun(2025), begun(2026)
    actions.tie(school, placement=preparing, kind="apart", one="N001", other="N002", reason="双胞胎", at=AT)
    rehearsal = actions.rehearse(school, placement=preparing, at=AT)
    actions.freeze_list(school, placement=frozen, alone=True, at=AT)
    actions.freeze_list(school, placement=drawn, alone=True, at=AT)
    actions.draw_classes(school, placement=drawn, at=AT)
    return {"placement": preparing, "placement frozen": frozen, "placement drawn": drawn, "rehearsal": rehearsal.id}
