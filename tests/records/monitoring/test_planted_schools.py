"""The register finds in what schools reported what the reference finds in the same rows, in every pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import load
from qingfu.records.journal.actions import deed
from qingfu.records.monitoring import actions
from qingfu.records.monitoring.models import FACTS, AskedClass
from qingfu.records.monitoring.queries import TermView
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.people.actions import add_organ
from qingfu.rules import postgres
from qingfu.rules.findings import Finding
from qingfu.rules.reference import judge as by_hand
from tests import cast
from tests.planted.compliant import Rows
from tests.planted.county import STARTS, TRIED, Class, classes, days
from tests.planted.deed import PACKS
from tests.planted.planter import reported
from tests.records.stage import undone

TERM = "2024-autumn"
# In the register a class has a grade and is listed: what nobody told cannot be filed for.
KNOWN = [one for one in classes() if one.school in TRIED and one.plain]
AFTER = cast.moment("2025-01-20")


@dataclass
class Filed:
    """The schools in the register, what they reported, and the ids that stand for the county's own names."""

    county: cast.County
    term: TermView
    rows: Rows
    ids: dict[object, object]

    def meant(self, one: Finding) -> Finding:
        """The finding with the register's ids in place of the county's names."""
        keys: Any = tuple(self.ids.get(key, key) for key in one.keys)
        return Finding(one.limit, keys, one.verdict, one.value, one.counted, one.missing, one.bound)


def _of_term(rows: Rows) -> Rows:
    first, last = days(TERM)[0], days(TERM)[-1]

    def within(row: Any) -> bool:
        day = row.get("day")
        return row.get("term", TERM) == TERM and (not isinstance(day, date) or first <= day <= last)

    return {table: [row for row in several if within(row)] for table, several in rows.items()}


def _school(filed: Filed, letter: str, members: list[Class]) -> None:
    keeper = filed.county.keeper
    made = add_organ(keeper, kind="school", name=f"{letter}学校", level="county", code=letter.lower(), at=cast.BEGINS)
    organ = made.id
    filed.ids[letter] = organ
    rows: Rows = {}
    for one in members:
        for table, several in _of_term(reported(one)).items():
            rows.setdefault(table, []).extend(several)
    known = [{**row, "name": row["class"]} for row in rows["classes"]]
    views = actions.file_classes(keeper, organ=organ, year=2024, rows=known, on_behalf="校长", at=cast.BEGINS)
    filed.ids.update({view.name: view.id for view in views})
    for table, several in rows.items():
        filed.rows.setdefault(table, []).extend(several)
        if table in FACTS and several:
            said = [{**row, "class": filed.ids[row["class"]]} for row in several]
            actions.file_rows(
                keeper, table=table, organ=organ, term=filed.term.id, rows=said, on_behalf="校长", at=AFTER
            )
    with deed(keeper):
        AskedClass.objects.bulk_create(
            AskedClass(
                bureau_id=keeper.bureau,
                organ_id=organ,
                school_class_id=int(str(filed.ids[row["class"]])),
                day=row["day"],
            )
            for row in rows["sample"]
        )


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Filed]:
    """The schools whose reports hold every sort of deed, filed by their verbs."""
    with django_db_blocker.unblock():
        with undone():
            county = cast.county(enact=False)
            term = actions.set_term(
                county.keeper, name=TERM, year=2024, from_on=STARTS[TERM], until_on=days(TERM)[-1], at=cast.BEGINS
            )
            made = Filed(county, term, {}, {TERM: term.id})
            for school in TRIED:
                _school(made, school, [one for one in KNOWN if one.school == school])
            yield made
        connections.close_all()


@pytest.mark.parametrize("pack", PACKS)
def test_the_register_finds_what_the_reference_finds(pack: str, filed: Filed) -> None:
    limits = rules_of(load(pack))
    with standing_facts(filed.county.keeper, filed.term) as ask:
        found = sorted(postgres.judge(ask, limits), key=Finding.order)
    expected = sorted((filed.meant(one) for one in by_hand(limits, filed.rows)), key=Finding.order)
    assert found == expected
    assert len({one.limit for one in found}) > len(limits) // 2


def test_one_school_judged_alone_is_judged_as_among_all(filed: Filed) -> None:
    limits = rules_of(load(PACKS[0]))
    school = int(str(filed.ids[TRIED[0]]))
    members = {filed.ids[one.code] for one in KNOWN if one.school == TRIED[0]}
    with standing_facts(filed.county.keeper, filed.term, school=school) as ask:
        alone = sorted(postgres.judge(ask, limits), key=Finding.order)
    with standing_facts(filed.county.keeper, filed.term) as ask:
        among = sorted((one for one in postgres.judge(ask, limits) if one.keys[0] in members), key=Finding.order)
    assert alone
    assert alone == among
