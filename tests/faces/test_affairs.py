"""Applying: choosing a route, writing with a live check, checking one's answers, handing in; activities at schools."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from qingfu.base.chance import new_id
from qingfu.records.affairs import queries as affairs
from qingfu.records.people import actions as people
from tests import cast
from tests.faces.desk_of import Office, Seen, office
from tests.records.routes import walk

__all__ = ["office"]
pytestmark = pytest.mark.django_db
PLAN: dict[str, Any] = {
    "title": "小学消防演练", "theme": "火场逃生", "scope": "四年级", "starts": "2024-10-10", "ends": "2024-10-11",
    "organisation": "到校一次", "mode": "practice", "teachers": "2", "minutes-per-teacher": "40",
}  # fmt: skip


def typed(office: Office, **changes: Any) -> dict[str, Any]:
    """A whole application as the form sends it."""
    content = {**walk.application(office.county), **changes}
    return {f"q__{name}": value for name, value in content.items()}


def planned(office: Office, **changes: Any) -> dict[str, Any]:
    """A whole activity plan as the form sends it."""
    content = {**PLAN, "schools": [office.county.organs["school"]], **changes}
    return {f"q__{name}": value for name, value in content.items()}


def annual(office: Office) -> str:
    """The address of the yearly application."""
    return f"/apply/{office.county.edition}/annual"


def saved(office: Office, who: str, address: str, **fields: str) -> str:
    """What autosave answers."""
    sent = {name.replace("__", "."): value for name, value in fields.items()}
    answer = office.client(who).post(address, {"verb": "keep", **sent}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def handed_in(office: Office, who: str = "fire-clerk", **changes: Any) -> Seen:
    """Write, check and hand in an application."""
    checked = office.presses(who, annual(office), "check", **typed(office, **changes))
    assert checked.where == annual(office) + "/check"
    return office.presses(who, checked.where, "hand-in")


def test_a_department_chooses_its_route_and_reads_how_early_and_whether_there_is_room(office: Office) -> None:
    page = office.sees("fire-clerk", "/apply")
    assert "年度计划审批" in page.words
    assert "最迟在事项开展前 14 天" in page.words
    assert "8月5日" in page.words.replace(" ", "")
    assert "余 3 个名额（共 3 个）" in page.words
    assert "没有需要贵单位申请的流程" in office.sees("principal", "/apply").words


def test_what_is_written_survives_a_closed_browser(office: Office) -> None:
    assert 'id="live"' in saved(office, "fire-clerk", annual(office), q__title="写到一半的事项", q__teachers="两")
    page = office.fresh("fire-clerk").get(annual(office)).content.decode()
    assert "写到一半的事项" in page
    assert 'value="两"' in page
    assert "草稿保存于" in office.sees("fire-clerk", "/apply").words
    assert "写到一半的事项" not in office.sees("fire-head", annual(office)).text


@pytest.mark.proves("A05", "A06", "A15")
def test_the_live_check_says_what_the_plan_thinks_while_one_writes(office: Office) -> None:
    told = saved(office, "fire-clerk", annual(office), q__criterion="all-round", **{"q__in-curriculum": "yes"})
    words = re.sub(r"<[^>]+>", " ", html.unescape(told))
    assert "先改好这一处" in words
    assert "现有课程或教学安排中是否已有" in words
    assert "无效" in words
    assert "2024共3项" in words.replace(" ", "")
    assert "项未填" in words
    assert 'href="#q-title"' in told


@pytest.mark.proves("A16")
def test_a_case_by_case_application_that_comes_too_late_is_stopped_with_the_day_it_was_due(office: Office) -> None:
    single = f"/apply/{office.county.edition}/single"
    told = saved(office, "fire-clerk", single, q__starts="2024-07-30", q__ends="2024-07-31")
    assert "7月16日" in re.sub(r"<[^>]+>|\s", "", told)
    late = typed(office, starts="2024-07-30", ends="2024-07-31")
    assert office.presses("fire-clerk", single, "check", **late).where == single + "/check"
    page = office.presses("fire-clerk", single + "/check", "hand-in")
    assert page.status == 422
    assert "四(三)" in page.words


def test_a_missing_answer_is_named_on_top_and_leads_to_its_field(office: Office) -> None:
    page = office.presses("fire-clerk", annual(office), "check", q__title="只有名称")
    assert page.status == 422
    assert 'href="#q-basis"' in page.text
    assert 'id="q-basis"' in page.text
    assert 'value="只有名称"' in page.text


@pytest.mark.proves("A07")
def test_the_answers_are_checked_in_words_and_handed_in_once(office: Office) -> None:
    address = annual(office)
    sent = office.presses("fire-clerk", address, "check", **typed(office))
    page = office.sees("fire-clerk", sent.where)
    assert "清溪镇中心小学" in page.words
    assert "40 分钟" in page.words
    assert f'href="{address}#q-title"' in page.text
    key = str(new_id())
    first = office.presses("fire-clerk", sent.where, "hand-in", key=key)
    again = office.presses("fire-clerk", sent.where, "hand-in", key=key)
    assert first.status == again.status == 302
    assert first.where == again.where
    assert affairs.affairs(office.county["clerk"]).total == 1
    assert "草稿保存于" not in office.sees("fire-clerk", "/apply").words
    assert office.sees("fire-clerk", sent.where).where == address


def test_handing_in_a_draft_that_is_gone_is_told_and_changes_nothing(office: Office) -> None:
    handed_in(office)
    page = office.presses("fire-clerk", annual(office) + "/check", "hand-in")
    assert page.status == 422
    assert "这里已没有草稿" in page.words
    assert affairs.affairs(office.county["clerk"]).total == 1


def test_a_file_beside_an_answer_is_kept_when_the_form_comes_back_and_opens_for_who_reads_the_case(
    office: Office,
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = SimpleUploadedFile("依据.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    faulty = office.presses("fire-clerk", annual(office), "check", q__title="有附件", q__attachments=paper)
    assert faulty.status == 422
    ref = re.search(r'name="q.attachments" value="([\w-]{43})"', faulty.text)
    assert ref
    done = handed_in(office, attachments=[ref[1]])
    address = f"{done.where}/files/{ref[1]}"
    assert address in office.sees("clerk", done.where).text
    opened = office.sees("clerk", address)
    assert (opened.status, opened.data[:5]) == (200, b"%PDF-")
    assert "attachment" in opened.headers["Content-Disposition"]
    assert office.sees("police-clerk", address).status == 404


def test_a_form_with_a_file_sent_again_keeps_the_file_once(office: Office) -> None:
    """The same file of the same form is one file; of a fresh form it is another."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    def sent(key: str) -> str:
        paper = SimpleUploadedFile("依据.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
        page = office.presses("fire-clerk", annual(office), "check", key=key, q__title="有附件", q__attachments=paper)
        return "".join(re.findall(r'name="q.attachments" value="([\w-]{43})"', page.text))

    form = str(new_id())
    once = sent(form)
    assert once
    assert sent(form) == once
    assert sent(str(new_id())) != once


@pytest.mark.proves("A07")
def test_a_returned_application_is_corrected_with_the_reason_on_top(office: Office) -> None:
    view = walk.carried_to(office.county, "first")
    run = view.run.id
    walk.decide(office.county, "reviewer", run, "return", reason="请改到课后服务时间")
    page = office.sees("fire-clerk", f"/cases/{run}/correct")
    assert page.words.index("请改到课后服务时间") < page.words.index("事项名称")
    assert 'value="消防安全第一课"' in page.text
    assert office.sees("police-clerk", f"/cases/{run}/correct").status == 404
    changed = typed(office, mode="after-school")
    assert office.presses("fire-clerk", f"/cases/{run}/correct", "check", **changed).status == 302
    done = office.presses("fire-clerk", f"/cases/{run}/correct/check", "hand-in")
    assert done.where == f"/cases/{run}"
    story = office.sees("clerk", f"/cases/{run}").words
    assert "修改后重新提交" in story
    assert "融入课后服务" in story
    assert office.sees("fire-clerk", f"/cases/{run}/correct").status == 404


def test_an_application_on_paper_is_typed_in_by_the_office_and_says_so(office: Office) -> None:
    organ = office.county.organs["police"]
    assert 'name="for"' in office.sees("clerk", "/apply").text
    address = f"{annual(office)}?for={organ}"
    assert "区公安局" in office.sees("clerk", address).words
    sent = office.presses("clerk", address, "check", **typed(office, title="禁毒知识进校园"))
    done = office.presses("clerk", sent.where, "hand-in")
    page = office.sees("police-clerk", done.where)
    assert "区公安局" in page.words
    assert "纸质签署" in page.words


def test_somebody_who_may_not_apply_is_refused_by_the_register(office: Office) -> None:
    checked = office.presses("principal", annual(office), "check", **typed(office))
    assert office.presses("principal", checked.where, "hand-in").status == 403
    assert affairs.affairs(office.county["clerk"]).total == 0


@pytest.mark.proves("A17")
def test_an_activity_is_planned_early_enough_and_seen_by_its_school_once_approved(office: Office) -> None:
    view = walk.carried_to(office.county, "listed")
    listing = affairs.affair(office.county["fire-clerk"], view.id).row.listing
    address = f"/listings/{listing}/activity"
    assert f'href="{address}"' in office.sees("fire-clerk", f"/listings/{listing}").text
    late = saved(office, "fire-clerk", address, q__starts="2024-08-10")
    assert "7月10日" in re.sub(r"<[^>]+>|\s", "", late)
    sent = office.presses("fire-clerk", address, "check", **planned(office))
    done = office.presses("fire-clerk", sent.where, "hand-in")
    assert done.where.startswith("/cases/")
    assert "小学消防演练" not in office.sees("principal", "/activities").words
    assert office.sees("principal", done.where).status == 404
    walk.decide(office.county, "reviewer", int(done.where.rsplit("/", 1)[1]), "approve")
    assert "小学消防演练" in office.sees("principal", "/activities").words
    assert "没有审核同意到贵校的活动" in office.sees("other-principal", "/activities").words
    assert office.sees("principal", done.where).status == 200
    assert "消防安全第一课" in office.sees("fire-clerk", "/activities").words


@pytest.mark.proves("A17")
def test_a_returned_activity_plan_is_corrected_in_its_own_case(office: Office) -> None:
    view = walk.carried_to(office.county, "listed")
    listing = affairs.affair(office.county["fire-clerk"], view.id).row.listing
    sent = office.presses("fire-clerk", f"/listings/{listing}/activity", "check", **planned(office))
    case = office.presses("fire-clerk", sent.where, "hand-in").where
    walk.decide(office.county, "reviewer", int(case.rsplit("/", 1)[1]), "return", reason="请融入课后服务")
    assert f'href="{case}/correct"' in office.sees("fire-clerk", case).text
    page = office.sees("fire-clerk", f"{case}/correct")
    assert page.words.index("请融入课后服务") < page.words.index("活动名称")
    assert office.sees("police-clerk", f"{case}/correct").status == 404
    changed = planned(office, mode="after-school")
    assert office.presses("fire-clerk", f"{case}/correct", "check", **changed).where == f"{case}/correct/check"
    assert office.presses("fire-clerk", f"{case}/correct/check", "hand-in").where == case
    story = office.sees("reviewer", case).words
    assert "修改后重新提交" in story
    assert "融入课后服务" in story
    assert affairs.activities(office.county["fire-clerk"], listing=listing).total == 1


def test_a_school_reads_an_activity_without_any_button(office: Office) -> None:
    view = walk.carried_to(office.county, "listed")
    listing = affairs.affair(office.county["fire-clerk"], view.id).row.listing
    sent = office.presses("fire-clerk", f"/listings/{listing}/activity", "check", **planned(office))
    done = office.presses("fire-clerk", sent.where, "hand-in")
    walk.decide(office.county, "reviewer", int(done.where.rsplit("/", 1)[1]), "approve")
    page = office.sees("principal", done.where)
    assert "现在可以办理" not in page.words
    assert "火场逃生" in page.words


def test_the_form_costs_the_same_however_many_schools_and_affairs_there_are(office: Office) -> None:
    addresses = (annual(office), "/apply", "/activities")
    before = [office.queries("fire-clerk", address) for address in addresses]
    for n in range(3):
        walk.apply(office.county, title=f"另一件{n}")
        people.add_organ(
            office.county.keeper, kind="school", name=f"第{n}小学", level="county", code=f"x{n}", at=cast.BEGINS
        )
    assert [office.queries("fire-clerk", address) for address in addresses] == before
