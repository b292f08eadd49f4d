"""A school that has reported enough to post its first week, on a database with real commits: the portal sees those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import Settings

from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.enactment.actions import post_first_week
from qingfu.records.monitoring import actions
from tests import cast
from tests.records.monitoring.conftest import Schools, found_schools

__all__ = ["TEXTS", "Board", "board", "ready", "report"]

TODAY = "2024-09-05"
NOW = cast.moment(TODAY, 17)
TEXTS = {
    "teachers": "语文：张老师；数学：李老师", "homework": "年级组每周统筹作业总量", "sports-arts": "大课间三十分钟",
    "practice-clubs": "每周三下午社团活动",
}  # fmt: skip
WEEK = ("语文", "数学", "体育", "音乐", "科学")


def report(schools: Schools, record: str, **instead: str) -> None:
    """A timetable of every class of the primary school: two lessons a day; ``instead`` has lessons as d3_2."""
    rows = []
    for one in schools.classes.values():
        for weekday in range(1, 6):
            for period in (1, 2):
                subject = instead.get(f"d{weekday}_{period}", WEEK[(weekday + period) % 5])
                place = {"class": one.id, "record": record, "weekday": weekday, "period": period}
                rows.append({**place, "subject": subject, "fortnight": 2})
    here = {one.id for one in schools.classes.values() if one.organ == schools.county.organs["school"]}
    actions.file_rows(
        schools.actor("principal"), table="timetable", organ=schools.county.organs["school"], term=schools.term.id,
        rows=[row for row in rows if row["class"] in here], at=NOW,
    )  # fmt: skip


def ready(schools: Schools, **taught: str) -> None:
    """Everything the seven documents are made of; ``taught`` is what is taught instead of what is posted."""
    place: dict[str, Any] = {"organ": schools.county.organs["school"], "term": schools.term.id}
    for record in ("planned", "posted"):
        report(schools, record)
    report(schools, "taught", **taught)
    days = [
        {"class": one.id, "weekday": weekday, "arrive": 470, "first-lesson": 500, "teaching": 300 - 60 * (weekday == 5)}
        for one in schools.classes.values()
        if one.organ == place["organ"]
        for weekday in range(1, 6)
    ]
    actions.file_rows(schools.actor("principal"), table="schedules", rows=days, at=NOW, **place)
    for key, text in TEXTS.items():
        actions.write_document(schools.actor("principal"), document=key, text=text, at=NOW, **place)


@dataclass
class Board:
    """The schools of a bureau of its own; one has posted its first week."""

    schools: Schools

    @property
    def address(self) -> str:
        """The public page of the school's term."""
        return f"/{self.schools.county.slug}/s/school/term"

    def of(self, name: str = "三年级1班") -> str:
        """The page of one class."""
        return f"{self.address}?class={self.schools.classes[name].id}"

    def post(self) -> None:
        """The school posts what stands now."""
        principal, organ = self.schools.actor("principal"), self.schools.county.organs["school"]
        post_first_week(principal, organ=organ, term_id=self.schools.term.id, at=NOW)


@pytest.fixture
def board(real_db: str, settings: Settings) -> Board:
    """On Thursday of the first week; Chinese is posted for Wednesday and mathematics is taught."""
    settings.DEMO = True
    set_clock(to=cast.moment(TODAY, 18), at=system_now())
    made = Board(found_schools())
    ready(made.schools, d3_2="数学")
    made.post()
    return made
