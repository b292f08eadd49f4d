"""No page orders schools by how many of anything they have, and none sets a number of findings beside a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import URLPattern, reverse

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import reading
from qingfu.records.models import Person
from qingfu.records.monitoring import actions, queries
from qingfu.records.people.queries import organs
from qingfu.web import firstweek, inbox, leader, monitoring, pictures
from tests.faces.first_week_stage import report
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.faces.test_pictures import days, many_schools, told
from tests.records.monitoring.conftest import NOW

__all__ = ["founded", "pages", "schools"]

ROOMS = (monitoring, firstweek, pictures, leader, inbox)
MEMBERS = ("keeper", "reviewer", "clerk", "leader", "principal", "other-principal", "fire-clerk")
# Whoever has a part in the plan with the limits; to the others most pages are closed.
INSIDE = ("keeper", "reviewer", "principal", "other-principal")
BLOCK = re.compile(r"<(tbody|ul|ol)\b[^>]*>(.*?)</\1>", re.DOTALL)
ROW = re.compile(r"<(?:tr|li)\b.*?(?=<(?:tr|li)\b|\Z)", re.DOTALL)
# One line for each event, in the order of time: how many a school has decides nothing.
BY_TIME = ("/first-week/questions",)
# A number of findings in words: 3 条提示, 超限，待处理 3, 超限 3 天.
COUNTED = re.compile(
    r"\d+ ?(?:条|次|处|天|个班日)?(?:提示|超限)|(?:提示|超限)[^。]{0,8}? ?\d+ ?(?:条|次|处|天)?(?:$|[，。 ·])"
)


def names() -> list[str]:
    """The addresses of the rooms that tell of schools, by name."""
    return [one.name or "" for room in ROOMS for one in room.urlpatterns if isinstance(one, URLPattern)]


def addresses(pages: Pages, school: str) -> Iterator[str]:
    """Every address with the things of one school in it; a way that needs what is not there is left out."""
    office, edition = pages.schools.actor("reviewer"), pages.schools.edition
    organ = pages.schools.county.organs[school]
    rows = queries.findings(office, edition=edition, term_id=pages.schools.term.id, organ=organ).rows
    things = {
        "school": organ, "edition": edition, "key": "homework-time", "limit": "homework-time", "table": "homework",
        "finding": rows[0].id if rows else 0, "filing": 0, "share": 20,
    }  # fmt: skip
    for room in ROOMS:
        for one in room.urlpatterns:
            if isinstance(one, URLPattern):
                wanted = one.pattern.converters
                yield reverse(one.name or "", kwargs={key: things[key] for key in wanted})


@cache
def spaceless(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def rows_of(block: str) -> list[str]:
    return [spaceless(row) for row in ROW.findall(block)]


def unsorted(text: str, known: tuple[str, ...]) -> list[str]:
    """Lists and tables of a page whose schools do not stand by pinyin."""
    found = []
    for _tag, block in BLOCK.findall(text.split("<main", 1)[-1]):
        schools = [next((one for one in known if one in row), "") for row in rows_of(block)]
        order = [known.index(one) for one in dict.fromkeys(schools) if one]
        if order != sorted(order):
            found.append(spaceless(block)[:300])
    return found


def ranked_persons(text: str, persons: tuple[str, ...]) -> list[str]:
    """Rows of a page that have somebody's name beside a number of findings."""
    rows = [row for _tag, block in BLOCK.findall(text.split("<main", 1)[-1]) for row in rows_of(block)]
    return [row[:300] for row in rows if COUNTED.search(row) and any(name in row for name in persons)]


@pytest.fixture(params=["school", "other-school", "another"])
def busiest(pages: Pages, request: pytest.FixtureRequest) -> str:
    """Three schools with findings, each of them once the one with the most."""
    most = str(request.param)
    many_schools(pages.schools, 6)
    told(pages.schools, "三年级1班", days(14, *([95] * (5 if most == "school" else 2))))
    told(pages.schools, "七年级1班", days(14, *([95] * (5 if most == "other-school" else 3))), who="other-principal")
    report(pages.schools, "posted")
    public = Actor.public(pages.schools.county.bureau)
    for n in range(4):
        actions.ask_school(public, code=most if most != "another" else "n0", class_id=None, text=f"问{n}", at=NOW)
    actions.ask_school(public, code="n1", class_id=None, text="问", at=NOW)
    clock = Actor.clock(pages.schools.county.bureau)
    for plan in queries.judging_plans(clock):
        actions.judge(clock, plan=plan, term=pages.schools.term, at=NOW)
    return most if most != "another" else "school"


@pytest.mark.parametrize("member", MEMBERS)
def test_schools_stand_by_pinyin_and_no_person_beside_a_number_of_findings(
    pages: Pages, busiest: str, member: str
) -> None:
    with reading(pages.schools.actor("reviewer")):
        persons = tuple(name for name in Person.objects.values_list("name", flat=True) if len(name) > 1)
        known = tuple(one.name for one in organs(pages.schools.actor("reviewer"), kinds=["school"]))
    assert known.index("白鹤初级中学") < known.index("清溪镇中心小学")
    seen, wrong = 0, []
    for address in addresses(pages, busiest):
        page = pages.sees(member, address)
        if page.status == 200:
            seen += 1
            ranked = [] if address in BY_TIME else unsorted(page.text, known)
            wrong += [f"{address}: {one}" for one in ranked + ranked_persons(page.text, persons)]
    assert wrong == []
    assert seen >= (5 if member in INSIDE else 1), "the pages were looked at"


def test_what_looks_for_a_rank_would_find_one() -> None:
    known = ("白鹤初级中学", "清溪镇中心小学")
    table = "<main><table><tbody><tr><td>{}</td><td>9</td></tr><tr><td>{}</td><td>1</td></tr></tbody></table>"
    assert unsorted(table.format(*known), known) == []
    assert len(unsorted(table.format(*reversed(known)), known)) == 1
    person = "<main><ul><li>朱甲 · 超限 3 天</li><li>清溪镇中心小学 超限 3 天</li></ul>"
    assert len(ranked_persons(person, ("朱甲",))) == 1
    assert ranked_persons("<main><ul><li>朱甲 9月5日填报</li></ul>", ("朱甲",)) == []


def test_every_room_that_tells_of_schools_is_looked_at() -> None:
    assert {"limits", "findings", "school-data", "pictures", "picture-homework", "first-weeks"} <= set(names())
