"""Whatever was planted in a county is found, and nothing else: for every limit of every pack that measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qingfu.base.words import translator
from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import load
from qingfu.rules import sentences
from qingfu.rules.duck import connect, judge
from qingfu.rules.explaining import explain, meant, remedy
from qingfu.rules.files import Opened
from qingfu.rules.findings import Finding, name_of
from qingfu.rules.nodes import Limit
from qingfu.rules.reference import judge as by_hand
from qingfu.rules.sql import name
from qingfu.rules.tables import BY_NAME
from qingfu.rules.truth import Verdict
from tests.planted.compliant import Rows
from tests.planted.county import TRIED, classes
from tests.planted.deed import PACKS
from tests.planted.deeds import ALL
from tests.planted.planter import Mark, done, holes, reported, violations
from tests.planted.store import fill

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHINESE = translator("zh-hans")
LIMITS = {pack: rules_of(load(pack)) for pack in PACKS}
PER = {pack: {limit.name: limit.per for limit in LIMITS[pack]} for pack in PACKS}
TRIED_CLASSES = [one for one in classes() if one.school in TRIED]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    """The whole county, in DuckDB."""
    with connect(threads=2) as connection:
        fill(connection, tmp_path_factory.mktemp("county"))
        yield connection


@pytest.fixture(scope="module")
def found(county: DuckDBPyConnection) -> dict[str, list[Finding]]:
    """Pack → what DuckDB finds."""
    return {pack: list(judge(county, LIMITS[pack]).findings()) for pack in PACKS}


@pytest.fixture(scope="module")
def few() -> Rows:
    """What a few schools reported, all sorts of deeds among it."""
    tables: Rows = {}
    for one in TRIED_CLASSES:
        for table, rows in reported(one).items():
            tables.setdefault(table, []).extend(rows)
    return tables


def named(findings: list[Finding], verdict: Verdict) -> Counter[tuple[str, tuple[object, ...]]]:
    return Counter((one.limit, one.keys) for one in findings if one.verdict is verdict)


def listed(marks: list[Mark]) -> Counter[tuple[str, tuple[object, ...]]]:
    return Counter((mark.limit, mark.keys) for mark in marks)


def test_the_county_is_as_large_as_a_county(county: DuckDBPyConnection) -> None:
    asked = "SELECT count(DISTINCT school), count(*) // 100, sum(pupils) // 1000 FROM classes"
    assert county.execute(asked).fetchone() == (60, 10, 40)
    held = "SELECT count(*) > 500000, count(DISTINCT day) FROM homework"
    assert county.execute(held).fetchone() == (True, 180)


@pytest.mark.parametrize("pack", PACKS)
def test_every_bound_of_every_limit_is_broken_by_a_deed(pack: str) -> None:
    grades = {one.code: one.grade for one in classes()}
    broken = {(mark.limit, grades[str(mark.keys[0])]) for mark in violations(pack, PER[pack])}
    bounds = {(limit.name, row.written): row.grades for limit in LIMITS[pack] for row in limit.bound.rows}
    assert [at for at, some in bounds.items() if not any((at[0], grade) in broken for grade in some)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_some_group_of_every_limit_cannot_be_judged(pack: str) -> None:
    assert {mark.limit for mark in holes(pack, PER[pack])} == set(PER[pack])


@pytest.mark.parametrize("pack", PACKS)
def test_everything_planted_is_found_and_nothing_else(pack: str, found: dict[str, list[Finding]]) -> None:
    planted, hit = listed(violations(pack, PER[pack])), named(found[pack], Verdict.VIOLATING)
    assert (planted - hit, hit - planted) == (Counter(), Counter())


@pytest.mark.parametrize("pack", PACKS)
def test_what_cannot_be_judged_is_called_not_reported(pack: str, found: dict[str, list[Finding]]) -> None:
    planted, open_ = listed(holes(pack, PER[pack])), named(found[pack], Verdict.NOT_REPORTED)
    assert (planted - open_, open_ - planted) == (Counter(), Counter())


@pytest.mark.parametrize("pack", PACKS)
def test_the_reference_finds_the_same_in_a_few_schools(pack: str, found: dict[str, list[Finding]], few: Rows) -> None:
    codes = {one.code for one in TRIED_CLASSES}
    here = sorted((one for one in found[pack] if one.keys[0] in codes), key=Finding.order)
    assert here == by_hand(LIMITS[pack], few)
    assert {one.limit for one in here} == set(PER[pack])


@pytest.mark.parametrize("pack", PACKS)
def test_a_bound_moved_by_one_is_noticed(pack: str, county: DuckDBPyConnection) -> None:
    unnoticed = []
    for limit in LIMITS[pack]:
        planted = listed([mark for mark in violations(pack, PER[pack]) if mark.limit == limit.name])
        for moved in _moved(limit):
            if named(list(judge(county, [moved]).findings()), Verdict.VIOLATING) == planted:
                unnoticed.append(moved)
    assert unnoticed == []


def _moved(limit: Limit) -> Iterator[Limit]:
    """The limit with each of its bounds a little wider, and a little narrower."""
    for place, row in enumerate(limit.bound.rows):
        for bound in (row.bound - 1, row.bound + 1):
            if bound >= 0:
                rows = (*limit.bound.rows[:place], replace(row, bound=bound), *limit.bound.rows[place + 1 :])
                yield replace(limit, bound=replace(limit.bound, rows=rows))


# Deeds one minute over the bound, or perhaps no more than that.
WITHIN = {
    "三至六年级61分钟",
    "三至六年级周末前61分钟",
    "初中91分钟",
    "低年级周末前1分钟书面作业",
    "低年级三项里一项是书面的",
    "初中周末前91分钟",
    "一项的分钟没有报，其余已经超了",
    "一项的分钟没有报，其余已经超了（初中）",
}


@pytest.mark.parametrize("pack", PACKS[:2])
def test_a_tolerance_lets_pass_what_lies_within_it(pack: str, county: DuckDBPyConnection) -> None:
    (limit,) = (replace(limit, tolerance=1) for limit in LIMITS[pack] if limit.name == "homework-time")
    marks = [mark for mark in violations(pack, PER[pack]) if mark.limit == limit.name]
    beyond = listed([mark for mark in marks if mark.why not in WITHIN])
    assert named(list(judge(county, [limit]).findings()), Verdict.VIOLATING) == beyond
    assert {deed.says for deed in ALL} >= WITHIN


@pytest.mark.parametrize("pack", PACKS)
def test_every_finding_can_be_told_in_words(pack: str, found: dict[str, list[Finding]]) -> None:
    limits = {limit.name: limit for limit in LIMITS[pack]}
    for one in found[pack]:
        limit = limits[one.limit]
        said = [sentences.group(limit, one.keys, CHINESE), sentences.outcome(limit, one, CHINESE)]
        said.append(remedy(limit, one, CHINESE))
        assert all(said), one
        assert not [text for text in said if "…" in text or "{" in text], one


@pytest.mark.parametrize("pack", PACKS)
def test_a_finding_of_every_sort_is_explained_from_its_rows(
    pack: str, county: DuckDBPyConnection, found: dict[str, list[Finding]]
) -> None:
    counts = {table: len(county.execute(f"SELECT 1 FROM {name(table)} LIMIT 1").fetchall()) for table in BY_NAME}
    opened = Opened(county, rows=counts, shown={}, ordered={}, absent=(), notes=())
    limits = {limit.name: limit for limit in LIMITS[pack]}
    for one in {(one.limit, one.verdict, one.bound, one.counted > 0): one for one in found[pack]}.values():
        limit, keys = meant(LIMITS[pack], name_of(limits[one.limit], one.keys))
        assert explain(opened, limit, keys).finding == one


@pytest.mark.parametrize("pack", PACKS)
def test_most_classes_keep_every_plan(pack: str, found: dict[str, list[Finding]]) -> None:
    assert len({one.keys[0] for one in found[pack]}) <= len(done()) + sum(not one.plain for one in classes())
    assert len(done()) < 0.6 * len(classes())
