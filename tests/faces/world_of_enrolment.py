"""What the world has of open enrolment: a year that is published, a result, a change with a meeting and its paper."""

from __future__ import annotations

from datetime import date

from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import Figures, Ground, NewArea, Span
from qingfu.records.forms.actions import keep_file
from tests.cast import County, moment
from tests.records.problems.lines import photo

AT = moment("2024-08-20")
YEAR = 2024


def enrolment_things(home: County) -> dict[str, object]:
    """Something of every kind, by the name it has in the matrix."""
    office, school = home["reviewer"], home.organs["school"]
    actions.open_year(office, year=YEAR, at=AT)
    actions.write_announcement(
        office, year=YEAR, times=[Span("到校登记", date(2024, 8, 21), date(2024, 8, 23))], conditions="年满六周岁",
        where="片区内学校", papers="户口簿", online="", at=AT,
    )  # fmt: skip
    for name, area in (("school", "清溪路、柳湾村"), ("other-school", "全县")):
        actions.set_catchment(office, year=YEAR, area=NewArea(home.organs[name], area, 90, 95), at=AT)
    enactment.publish_announcement(office, year=YEAR, at=AT)
    figures = Figures(90, 84, 78, (Ground("摇号", 6),), 0, 0)
    enactment.publish_result(home["principal"], organ=school, year=YEAR, figures=figures, at=AT)
    change = actions.open_change(
        office, year=2025, effect_on=date(2025, 7, 1), why="新建学校", areas={school: "清溪路"}, at=AT
    )  # fmt: skip
    paper = keep_file(office, name="纪要.png", data=photo(9), at=AT)
    view = actions.add_meeting(
        office, change=change.id, name="座谈会", held_on=date(2024, 8, 19), parents=12, said="路远",
        answered="开通校车", paper=paper.ref, at=AT,
    )  # fmt: skip
    return {"enrolment year": YEAR, "change": change.id, "meeting": view.meetings[0].id}
