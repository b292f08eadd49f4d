"""A county under the plan with open enrolment: its schools, an announcement, the sheet of areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from qingfu.base.actor import Actor
from qingfu.packfile.read import load
from qingfu.records.enactment.actions import open_the_day, publish_announcement
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import ChangeView, Figures, Ground, NewArea, Span, YearView
from tests.cast import BEGINS, County, county, enact_plan, moment

PLAN = "burden-30-measures"
SEATS = {
    "education-bureau": "commission", "work-group": "task-force", "supervision-office": "office",
    "county-leadership": "leading-group",
    **dict.fromkeys(
        (
            "development-reform", "finance", "human-resources", "market-supervision", "civil-affairs", "publicity",
            "women", "police",
        ),
        "police",
    ),
}  # fmt: skip
FILLS = {
    "duties.announce-enrolment.due": "2024-07-20", "duties.publish-enrolment.due": "2024-08-25",
    "disclosures.catchment-changes.ahead": "30",
}  # fmt: skip
AT = moment("2024-07-18")
AREAS = {"school": "清溪路、河沿街1—80号、柳湾村", "other-school": "全县"}
NUMBERS = {"school": (90, 84), "other-school": (300, 320)}
TIMES = (
    Span("网上登记", date(2024, 7, 22), date(2024, 7, 26)),
    Span("到校审核材料", date(2024, 7, 29), date(2024, 7, 31)),
)


def open_county() -> County:
    """The cast's county with this plan in force; its tasks are open."""
    found = county("linjiang", enact=False)
    enact_plan(found, load(PLAN), SEATS, fills=FILLS, at=BEGINS)
    open_the_day(bureau=found.bureau, at=BEGINS)
    return found


def areas(found: County, **other: str) -> list[NewArea]:
    said = {**AREAS, **other}
    return [NewArea(found.organs[name], said[name], *NUMBERS[name]) for name in NUMBERS]


def written(found: County, *, year: int = 2024, who: str = "reviewer") -> YearView:
    """An announcement with everything in it, not published."""
    actor = found[who]
    actions.open_year(actor, year=year, at=AT)
    actions.write_announcement(
        actor, year=year, times=[Span(one.what, _in(one.from_on, year), _in(one.until_on, year)) for one in TIMES],
        conditions="年满六周岁，户籍或房产在片区内", where="县教育局网站登记，片区内学校现场审核",
        papers="户口簿、房产证", online="县教育局网站“阳光招生”", at=AT,
    )  # fmt: skip
    for area in areas(found):
        view = actions.set_catchment(actor, year=year, area=area, at=AT)
    return view


def _in(day: date, year: int) -> date:
    return day.replace(year=year)


def published(found: County, *, year: int = 2024, who: str = "reviewer") -> YearView:
    """An announcement before the public."""
    written(found, year=year, who=who)
    return publish_announcement(found[who], year=year, at=AT)


def figures(**other: int) -> Figures:
    """A result that adds up and raises no doubt."""
    said = {"places": 90, "registered": 84, "within": 78, "lot": 6, "refused": 0, "refused_within": 0, **other}
    grounds = (Ground("随迁子女摇号", said["lot"]),) if said["lot"] else ()
    return Figures(said["places"], said["registered"], said["within"], grounds, said["refused"], said["refused_within"])


def opened(found: County, *, after: str = "清溪路、河沿街1—80号", year: int = 2025) -> ChangeView:
    """A change of the primary school's area that has only begun."""
    return actions.open_change(
        found["reviewer"], year=year, effect_on=date(2025, 7, 1), why="柳湾村新建小学",
        areas={found.organs["school"]: after}, at=AT,
    )  # fmt: skip


def carried(found: County, change: int, *, but: str = "") -> None:
    """Notice, transition and meeting, but for one of them."""
    actor = found["reviewer"]
    if but != "transition":
        actions.plan_transition(
            actor, change=change, effect_on=date(2025, 7, 1), until=date(2027, 8, 31),
            says="柳湾村在2027年8月前入学的可以仍选原校", at=AT,
        )  # fmt: skip
    if but != "notice":
        places = "县教育局网站、柳湾村公告栏"
        actions.announce_change(actor, change=change, notice_on=date(2024, 7, 17), places=places, at=AT)
    if but != "parents":
        meeting(actor, change)


def meeting(actor: Actor, change: int, **other: object) -> ChangeView:
    said: dict[str, object] = {
        "name": "柳湾村家长代表座谈会", "held_on": date(2024, 7, 16), "parents": 23, "said": "担心过河上学的路",
        "answered": "开学前修好步道，设护学岗", **other,
    }  # fmt: skip
    return actions.add_meeting(actor, change=change, at=AT, **said)  # type: ignore[arg-type]  # by name


def sheet(rows: Sequence[Sequence[object]]) -> bytes:
    """A filled-in sheet."""
    import openpyxl

    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.append(("学校*", "学区范围*", "计划招生数*", "预计生源数*"))
    for row in rows:
        page.append(tuple(row))
    data = BytesIO()
    made.save(data)
    return data.getvalue()
