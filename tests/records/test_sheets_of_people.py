"""Sheets of organs and people: every row says what it would do, and no row is lost in silence."""

from __future__ import annotations

from io import BytesIO

import pytest

from qingfu.base.clock import day_of
from qingfu.base.errors import Invalid, RowsFaulty
from qingfu.records.people.actions import add_organ, add_person, import_commit, import_preview
from qingfu.records.people.actions.sheets import COLUMNS, Kind, Preview
from qingfu.records.people.queries import organs, posts
from tests.cast import County, county, moment

pytestmark = pytest.mark.django_db
NOW = moment("2024-07-20")


@pytest.fixture
def home() -> County:
    return county()


def sheet(kind: Kind, *rows: dict[str, str]) -> bytes:
    """A filled-in sheet; a row is given by the keys of its columns."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([column.heading for column in COLUMNS[kind]])
    for row in rows:
        page.append([row.get(column.key, "") for column in COLUMNS[kind]])
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def preview(home: County, kind: Kind, *rows: dict[str, str]) -> Preview:
    return import_preview(home.keeper, kind=kind, data=sheet(kind, *rows), at=NOW)


def fields(found: Preview, n: int) -> list[str]:
    """The columns at fault in the n-th row."""
    assert (found.rows[n].effect == "fault") == bool(found.rows[n].faults)
    return [fault.field for fault in found.rows[n].faults]


def test_an_empty_required_cell_and_an_unknown_option_are_faults_of_their_row(home: County) -> None:
    found = preview(home, "schools", {"short-name": "云门"}, {"name": "渭沱小学", "level": "区"}, {"name": "云门中学"})
    assert fields(found, 0) == ["name"]
    assert fields(found, 1) == ["level"]
    assert found.rows[2].effect == "new"
    with pytest.raises(RowsFaulty):
        import_commit(home.keeper, kind="schools", data=sheet("schools", {"short-name": "云门"}), at=NOW)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"name": "长" * 81, "short-name": "长"}, "name"),
        ({"name": "长" * 31}, "short-name"),
        ({"name": "云门中学", "code": "云 1/2"}, "code"),
        ({"name": "云门中学", "division": "50011"}, "division"),
        ({"name": "云门中学", "town": "没有的镇"}, "town"),
    ],
)
def test_what_the_register_could_not_keep_is_said_in_the_preview(
    home: County, cells: dict[str, str], field: str
) -> None:
    assert fields(preview(home, "schools", cells), 0) == [field]


def test_a_row_that_repeats_another_is_not_taken_for_one_in_the_register(home: County) -> None:
    found = preview(
        home, "schools", {"name": "云门中学", "code": "y1"}, {"name": "云门中学"}, {"name": "渭沱小学", "code": "y1"}
    )  # fmt: skip
    assert found.rows[0].effect == "new"
    assert fields(found, 1) == ["name"]
    assert fields(found, 2) == ["code"]


def test_a_school_is_entered_under_its_town(home: County) -> None:
    town = add_organ(home.keeper, kind="township", name="云门街道办事处", short_name="云门街道", at=NOW)
    import_commit(home.keeper, kind="schools", data=sheet("schools", {"name": "云门中学", "town": "云门街道"}), at=NOW)
    assert [o.parent for o in organs(home.keeper, kinds=["school"]) if o.name == "云门中学"] == [town.id]


def test_a_second_holder_of_one_post_is_refused_and_not_dropped(home: County) -> None:
    post = {"organ": organs(home.keeper, kinds=["school"])[0].name, "title": "德育主任"}
    found = preview(home, "people", {**post, "name": "甲"}, {**post, "name": "乙"}, {**post, "name": "甲"})
    assert found.rows[0].effect == "new"
    assert fields(found, 1) == fields(found, 2) == ["title"]


def test_another_holder_than_the_register_knows_is_said_by_name(home: County) -> None:
    school = organs(home.keeper, kinds=["school"])[0]
    row = {"organ": school.name, "title": "德育主任", "name": "甲"}
    import_commit(home.keeper, kind="people", data=sheet("people", row), at=NOW)
    found = preview(home, "people", {**row, "name": "乙"}, {**row, "title": "教务主任"})
    assert found.rows[0].faults[0].facts["holder"] == "甲"
    # The same name is the same person, and the preview says so.
    assert found.rows[1].effect == "new"
    assert found.rows[1].notes
    assert preview(home, "people", row).rows[0].effect == "known"
    held = [p for p in posts(home.keeper, organ=school.id, on=day_of(NOW)) if p.title == "德育主任"]
    assert [p.holder_name for p in held] == ["甲"]


def test_what_is_typed_in_by_hand_is_measured_too(home: County) -> None:
    with pytest.raises(Invalid) as long:
        add_organ(home.keeper, kind="school", name="长" * 81, short_name="长", at=NOW)
    assert [fault.field for fault in long.value.faults] == ["name"]
    with pytest.raises(Invalid) as sign:
        add_organ(home.keeper, kind="school", name="四中", code="四 中/1", at=NOW)
    assert [fault.field for fault in sign.value.faults] == ["code"]
    with pytest.raises(Invalid):
        add_person(home.keeper, name="长" * 41, at=NOW)
