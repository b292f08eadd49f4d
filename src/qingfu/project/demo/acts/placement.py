"""Acts of class placement: a school has everything ready, so that a visitor can freeze the list and draw."""

from __future__ import annotations

from hashlib import sha256

from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import PreparePlacement
from qingfu.records.placement import actions
from qingfu.records.placement.actions import NewPupil, NewTeam

FAMILIES = "王李张罗陈吴杨莫龙石周黄韦覃陆岑"
GIVEN = ("一诺", "子涵", "若溪", "远山", "知夏", "安然", "星河", "小满", "清和", "乐之", "景行", "予安", "思齐", "沐阳")
# One in so many has special needs.
SPECIAL = 44


def prepare_placement(stage: Stage, beat: Beat, act: PreparePlacement) -> None:
    """The list, twins who share a class and twins who do not, a teacher's child, the teams."""
    actor = stage.actor_of(stage.organ(beat.target))
    held = actions.open_placement(actor, year=act.year, grade=act.grade, at=beat.at).row.id
    pupils = [_pupil(act, place) for place in range(1, act.pupils + 1)]
    actions.bring_roster(actor, placement=held, pupils=pupils, classes=len(act.teams), at=beat.at)
    teams = [NewTeam(name, teachers=2, seniors=1, years=11 + place % 2) for place, name in enumerate(act.teams)]
    actions.name_teams(actor, placement=held, teams=teams, at=beat.at)
    for kind, one, other, reason in (
        ("together", pupils[10].number, pupils[11].number, "双胞胎，家长要求同班"),
        ("apart", pupils[30].number, pupils[31].number, "双胞胎，家长要求分开"),
        ("avoid", pupils[50].number, act.teams[0], "教职工子女"),
    ):
        actions.tie(actor, placement=held, kind=kind, one=one, other=other, reason=reason, at=beat.at)


def _pupil(act: PreparePlacement, place: int) -> NewPupil:
    """Invented; always the same."""
    sign = sha256(f"{act.year}{act.grade}{place}".encode()).digest()
    return NewPupil(
        number=f"{act.year}{place:04d}",
        name=FAMILIES[sign[0] % len(FAMILIES)] + GIVEN[sign[1] % len(GIVEN)],
        gender="fm"[sign[2] % 2],
        township=act.townships[sign[3] % len(act.townships)],
        special=place % SPECIAL == 0,
    )
