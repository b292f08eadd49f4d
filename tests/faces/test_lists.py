"""The pages of the white list: places, search, workbook, one item, ways off and back, the yearly evaluation."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from qingfu.packfile.read import load
from qingfu.records.affairs.actions import apply
from qingfu.records.affairs.queries import affair
from qingfu.records.lists.queries import listing as listing_of
from qingfu.records.lists.queries import rolls
from tests import cast
from tests.faces.desk_of import Office, office
from tests.records.routes import walk

__all__ = ["office"]
pytestmark = pytest.mark.django_db
JUDGED = {"q__effect": "学生会逃生", "q__satisfaction": "good"}


def listed(office: Office, **changes: Any) -> int:
    """An affair on the list; the key of its listing."""
    view = walk.carried_to(office.county, "listed", **changes)
    found = affair(office.county["clerk"], view.id).row.listing
    assert found
    return found


def test_before_anything_is_listed_the_page_says_how_items_get_there(office: Office) -> None:
    page = office.sees("fire-clerk", "/lists")
    assert "还没有事项列入" in page.words
    assert "名额共 3 个" in page.words
    assert "年度计划审批" in page.words


@pytest.mark.proves("A13", "A15")
def test_a_roll_shows_its_places_and_is_searched_and_narrowed(office: Office) -> None:
    listed(office, title="消防安全第一课")
    listed(office, title="防溺水安全教育")
    page = office.sees("principal", "/lists")
    assert "名额 3 个，已用 2 个，余 1 个" in page.words
    found = office.sees("principal", "/lists", text="防溺水").words
    assert "防溺水安全教育" in found
    assert "消防安全第一课" not in found
    assert "没有符合条件的内容" in office.sees("principal", "/lists", state="paused").words


def test_a_roll_is_saved_as_a_workbook_whose_cells_calculate_nothing(office: Office) -> None:
    from openpyxl import load_workbook

    listed(office, title="=HYPERLINK(1)消防")
    roll = rolls(office.county["clerk"])[0]
    saved = office.sees("clerk", f"/lists/{roll.id}/sheet")
    assert saved.status == 200
    assert saved.headers["Content-Type"].endswith("spreadsheetml.sheet")
    rows = list(load_workbook(BytesIO(saved.data)).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][0] == 1
    assert str(rows[1][1]).startswith("'=")
    assert rows[1][5] == "在名单上"
    assert office.sees("clerk", "/lists/999/sheet").status == 404


@pytest.mark.proves("A14")
def test_an_item_is_public_but_its_case_is_not(office: Office) -> None:
    key = listed(office)
    page = office.sees("principal", f"/listings/{key}")
    assert "对外公布的内容" in page.words
    assert "查看申请和审批经过" not in page.words
    assert "现在可以办理" not in page.words
    assert "查看申请和审批经过" in office.sees("fire-clerk", f"/listings/{key}").words
    assert office.sees("principal", "/listings/999999").status == 404


@pytest.mark.proves("A20")
def test_an_item_leaves_the_list_with_a_reason_and_its_place_is_free(office: Office) -> None:
    key = listed(office)
    address = f"/listings/{key}"
    refused = office.presses("clerk", address, "leave", exit="removed")
    assert refused.status == 422
    assert 'aria-invalid="true"' in refused.text
    assert office.presses("clerk", address, "leave", exit="nowhere", reason="x").status == 422
    assert office.presses("fire-clerk", address, "leave", exit="removed", reason="x").status == 403
    assert office.presses("clerk", address, "leave", exit="removed", reason="部门提出停办").where == address
    page = office.sees("fire-clerk", address)
    assert "部门提出停办" in page.words
    assert "名额已空出" in page.words
    assert "余 3 个" in office.sees("fire-clerk", "/lists").words


@pytest.mark.proves("A19", "A20")
def test_a_verdict_leads_off_the_list_as_the_page_had_said(office: Office) -> None:
    key = listed(office)
    address = f"/listings/{key}/evaluate/performance"
    page = office.sees("leader", address)
    assert "立即离开名单，名额空出" in page.words
    assert "今年待评估" in office.sees("leader", "/lists").words
    faulty = office.presses("leader", address, "evaluate", **JUDGED)
    assert faulty.status == 422
    assert "学生会逃生" in faulty.text
    whole = {**JUDGED, "q__verdict": "bad-feedback", "q__reason": "师生反映负担重"}
    assert office.presses("leader", address, "evaluate", **whole).where == f"/listings/{key}"
    assert listing_of(office.county["clerk"], key).state in ("revoked", "cleared")
    told = office.sees("fire-clerk", f"/listings/{key}").words
    assert "师生反映负担重" in told
    again = office.presses("deputy", address, "evaluate", **whole)
    assert again.status == 409
    assert "QF-" in again.text


def test_nobody_judges_but_the_party_of_the_plan(office: Office) -> None:
    key = listed(office)
    whole = {**JUDGED, "q__verdict": "keep", "q__reason": "好"}
    assert office.presses("fire-clerk", f"/listings/{key}/evaluate/performance", "evaluate", **whole).status == 403
    assert office.sees("leader", f"/listings/{key}/evaluate/nothing").status == 404


SEATS = {
    "leading-group": "leading-group", "secretariat": "secretariat", "education-bureau": "commission",
    "human-resources": "police", "police": "police", "finance": "fire",
}  # fmt: skip
YEARLY = {"criterion": "by-law-or-document", "starts": "2025-03-01", "ends": "2025-03-31"}


@pytest.mark.proves("A08", "A20")
def test_another_plan_lists_for_the_next_year_and_takes_a_pause_back(office: Office) -> None:
    found, october = replace(office.county), cast.moment("2024-10-15")
    plan = cast.enact_plan(found, load("hebi-2024"), SEATS, at=october)
    office.on("2024-10-15")
    assert "每年年底前集中审核审批" in office.sees("fire-clerk", "/apply").words
    asked = {item.id for item in plan.pack.forms["affair-application"].items}
    form = {key: value for key, value in walk.application(found, **YEARLY).items() if key in asked}
    view = apply(found["fire-clerk"], edition=plan.edition, route="yearly", answers=form, at=october)
    for who, verb in (("leader", "approve"), ("secretary", "record"), ("secretary", "publish")):
        walk.decide(found, who, view.run.id, verb, at=october)
    key = affair(found["secretary"], view.id).row.listing
    address = f"/listings/{key}"
    assert "2025" in office.sees("leader", "/lists").words
    assert "可以恢复，名额保留" in office.sees("leader", address).words
    assert office.presses("leader", address, "leave", exit="pause", reason="设备检修").where == address
    assert "恢复列入名单" in office.sees("leader", address).words
    assert office.presses("leader", address, "come-back", reason="检修完毕").where == address
    told = office.sees("fire-clerk", address).words
    assert told.index("设备检修") < told.index("检修完毕")
    assert listing_of(found["secretary"], key or 0).state == "listed"


def test_the_pages_cost_the_same_however_much_is_listed(office: Office) -> None:
    key = listed(office)
    addresses = ("/lists", f"/listings/{key}")
    before = [office.queries("leader", address) for address in addresses]
    for n in range(2):
        listed(office, title=f"另一件{n}")
    assert [office.queries("leader", address) for address in addresses] == before
