"""A school's new pupils, as a roster brings them."""

from __future__ import annotations

from qingfu.records.placement import actions
from qingfu.records.placement.actions import NewPupil, NewTeam
from qingfu.records.placement.queries import PlacementView
from tests.cast import County, moment

AT = moment("2024-08-28")


def roster(count: int = 90) -> list[NewPupil]:
    """Boys and girls, one in five from the villages, three with special needs, levels that differ."""
    return [
        NewPupil(
            number=f"N{place:03d}", name=f"学生{place:03d}",
            gender="fm"[place * 7 % 11 % 2],
            township="东河镇" if place % 5 == 0 else "城关镇",
            level=120 + place * 37 % 90, special=place in (3, 40, 77),
        )
        for place in range(1, count + 1)
    ]  # fmt: skip


def opened(county: County, *, grade: str = "P1", year: int = 2024) -> int:
    return actions.open_placement(county["principal"], year=year, grade=grade, at=AT).row.id


def listed(county: County, *, count: int = 90, classes: int = 2) -> int:
    """A placement whose list is complete: twins apart, a pair together, a teacher's child, teams."""
    held = opened(county)
    school = county["principal"]
    actions.bring_roster(school, placement=held, pupils=roster(count), classes=classes, at=AT)
    teams = [NewTeam(f"{name}老师组") for name in "甲乙丙丁戊"[:classes]]
    actions.name_teams(school, placement=held, teams=teams, at=AT)
    actions.tie(school, placement=held, kind="apart", one="N010", other="N011", reason="双胞胎，家长要求分开", at=AT)
    actions.tie(school, placement=held, kind="together", one="N020", other="N021", reason="双胞胎，同班", at=AT)
    actions.tie(school, placement=held, kind="avoid", one="N030", other="甲老师组", reason="教职工子女", at=AT)
    return held


def placed(county: County, *, count: int = 90, classes: int = 2) -> PlacementView:
    """The classes drawn, without witnesses."""
    held = listed(county, count=count, classes=classes)
    actions.freeze_list(county["principal"], placement=held, alone=True, at=AT)
    return actions.draw_classes(county["principal"], placement=held, at=AT)
