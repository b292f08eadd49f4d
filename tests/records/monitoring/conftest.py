"""A county with two plans that limit school life, a term, and classes of two schools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from qingfu.base.actor import Actor
from qingfu.packfile.read import load
from qingfu.records.monitoring import actions
from qingfu.records.monitoring.queries import ClassView, TermView
from qingfu.records.people.actions import add_organ
from tests import cast
from tests.records.stage import undone

TERM = (date(2024, 9, 2), date(2025, 1, 17))
DEPARTMENTS = {
    "civil-affairs": "区民政局", "women": "区妇联", "market-supervision": "区市场监督管理局",
    "human-resources": "区人力资源和社会保障局", "finance": "区财政局",
}  # fmt: skip
NOW = cast.moment("2024-10-18", 17)


@dataclass
class Schools:
    """The county, its term, and the classes by their names, the primary school's first."""

    county: cast.County
    term: TermView
    classes: dict[str, ClassView]

    def actor(self, who: str) -> Actor:
        """An actor of the cast by name."""
        return self.county[who]

    @property
    def edition(self) -> int:
        """The plan in force that has the limits of light-load."""
        return self.county.edition


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Schools]:
    """The county with the plan in force and nothing reported but its classes."""
    with django_db_blocker.unblock():
        with undone():
            yield found_schools()
        connections.close_all()


def found_schools() -> Schools:
    """The county with the plan in force, its term and its classes."""
    county = cast.county(enact=False)
    for code, name in DEPARTMENTS.items():
        county.organs[code] = add_organ(
            county.keeper, kind="department", name=name, level="county", code=code, at=cast.BEGINS
        ).id
    seats = {"education-bureau": "commission", "police": "police", **{code: code for code in DEPARTMENTS}}
    cast.enact_plan(county, load("light-load"), seats, fills=FILLS, at=cast.BEGINS)
    term = actions.set_term(
        county["reviewer"], name="2024年秋季学期", year=2024, from_on=TERM[0], until_on=TERM[1], asked_a_day=2,
        at=cast.BEGINS,
    )  # fmt: skip
    return Schools(county, term, _classes(county))


FILLS = {"limits.class-size.at-most.P": "45", "limits.class-size.at-most.J": "50"}


def _classes(county: cast.County) -> dict[str, ClassView]:
    made = actions.file_classes(
        county["principal"], organ=county.organs["school"], year=2024, at=cast.BEGINS,
        rows=[{"name": "一年级1班", "grade": "P1", "pupils": 40, "place": "village"},
              {"name": "三年级1班", "grade": "P3", "pupils": 44, "place": "village"},
              {"name": "三年级2班", "grade": "P3", "pupils": 43, "place": "village"}],
    )  # fmt: skip
    made += actions.file_classes(
        county["other-principal"], organ=county.organs["other-school"], year=2024, at=cast.BEGINS,
        rows=[{"name": "七年级1班", "grade": "J1", "pupils": 50}],
    )  # fmt: skip
    return {one.name: one for one in made}


@pytest.fixture
def schools(founded: Schools) -> Iterator[Schools]:
    """The county; whatever a test does is undone after it."""
    with undone():
        yield founded
