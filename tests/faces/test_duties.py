"""The duty board and the task page: figures, the reminder, the sheet, handing in and what becomes of it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from qingfu.base.chance import new_id
from qingfu.records.duties import queries
from qingfu.records.journal.queries import reading
from qingfu.records.models import Entry
from qingfu.records.people import actions as people
from qingfu.records.problems.queries import ledger
from tests.cast import BEGINS, County, moment
from tests.faces.plan_stage import PROBLEM, OnDay, Seat, found, handed_in, on, seat, sent, stage, task_of

__all__ = ["found", "on", "seat", "stage"]

CENSUS = "摸排2023年以来社会事务进校园情况，报问题清单"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.proves("P12")
def test_the_board_says_how_each_duty_stands(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    handed_in(found, "school")
    told = {duty.key: duty for duty in seat("clerk").get("/duties").context["duties"]}
    assert (told["census"].bar.done, told["census"].bar.whole, told["census"].late) == (1, 5, 0)
    assert told["census"].next_due == date(2024, 7, 30)


def test_a_school_sees_its_own_tasks_only(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    rows = seat("principal").get("/duties").context["page"].rows
    assert {row.organ.id for row in rows} == {found.organs["school"]}
    other = task_of(found, "other-school")
    assert seat("school-clerk").get(f"/tasks/{other.id}").status_code == 404


def test_the_board_is_filtered_by_state_and_by_unit(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    handed_in(found, "school", day="2024-08-01")
    clerk = seat("clerk")
    late = clerk.get("/duties?duty=census&state=late").context["page"]
    assert late.total == 4
    assert "清溪镇中心小学" not in [row.organ.name for row in late.rows]
    found_rows = clerk.get("/duties?text=白鹤").context["page"].rows
    assert {row.organ.name for row in found_rows} == {"白鹤初级中学"}


def test_hundreds_of_tasks_come_page_by_page(found: County, on: OnDay, seat: Seat) -> None:
    for number in range(70):
        people.add_organ(found.keeper, kind="school", name=f"第{number}小学", code=f"n{number}", at=BEGINS)
    on("2024-07-25")
    clerk = seat("clerk")
    first, second = (clerk.get(f"/duties?duty=census&page={n}").context["page"] for n in (1, 2))
    assert (first.total, len(first.rows), len(second.rows)) == (75, 50, 25)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_the_reminder_names_who_is_late_with_what_under_which_clause(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    handed_in(found, "fire", day="2024-08-01")
    clerk = seat("clerk")
    said = clerk.get("/duties?duty=census").context["reminder"]
    for part in (CENSUS, "五(二)", "7月30日前", "8月2日", "清溪镇中心小学", "白鹤初级中学", "专班办公室"):
        assert part in said
    assert "消防" not in said
    clerk.cookies["qingfu_language"] = "en"
    assert clerk.get("/duties?duty=census").context["reminder"] == said, "the chat group speaks Chinese"
    assert "data-copy" in clerk.get("/duties?duty=census").content.decode()


def test_before_the_day_the_reminder_only_asks(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    said = seat("clerk").get("/duties?duty=census").context["reminder"]
    assert "请于7月30日前" in said
    assert seat("principal").get("/duties?duty=census").context["reminder"] == ""


def test_the_sheet_holds_the_same_tasks(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    handed_in(found, "school", day="2024-08-01")
    answer = seat("clerk").get("/duties/sheet?duty=census&state=late")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 5
    assert {row[2] for row in rows[1:]} == {"白鹤初级中学", "区消防救援局", "区公安局", "清溪镇"}
    assert {row[0] for row in rows[1:]} == {"五(二)"}
    mine = seat("principal").get("/duties/sheet?duty=census")
    own = CalamineWorkbook.from_filelike(BytesIO(mine.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in own[1:]] == ["清溪镇中心小学"]


@pytest.mark.proves("P12", "A04")
def test_a_form_is_handed_in_once_however_often_it_is_sent(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    principal, task = seat("principal"), task_of(found, "school")
    form = sent("hand-in") | {
        "q.problems.row": "0", "q.problems.0.problem": "要求教师点赞转发", "q.problems.0.kind": "heavy-trace",
        "q.problems.0.owner": str(found.organs["school"]),
    }  # fmt: skip
    for _ in range(2):
        assert principal.post(f"/tasks/{task.id}", form).status_code == 302
    view = queries.task(found["clerk"], task.id, at=moment("2024-07-25"))
    assert len(view.hand_ins) == 1
    lines = ledger(found["clerk"], edition=found.edition, at=moment("2024-07-25")).rows
    assert [line.title for line in lines] == ["要求教师点赞转发"]
    story = text(principal, f"/tasks/{task.id}")
    assert "要求教师点赞转发" in story
    assert view.hand_ins[0].digest[:12] in story


def test_a_refused_form_keeps_what_was_typed_and_leads_to_the_fault(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = task_of(found, "school")
    form = sent("hand-in") | {"q.problems.row": "0", "q.problems.0.problem": "要求教师点赞转发"}
    answer = seat("principal").post(f"/tasks/{task.id}", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "要求教师点赞转发" in page
    assert 'href="#q-problems-0-kind"' in page


def test_what_was_typed_is_saved_as_a_draft_of_ones_own(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    principal, task = seat("principal"), task_of(found, "school")
    answer = principal.post(f"/tasks/{task.id}", sent("keep") | {"q.note": "还在核对"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode(), "only the line that says it was saved"
    assert "还在核对" in text(principal, f"/tasks/{task.id}")
    assert "还在核对" not in text(seat("school-clerk"), f"/tasks/{task.id}")
    assert task_of(found, "school").state == "open"


def test_from_paper_only_with_the_name_of_who_signed_it(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk, task = seat("clerk"), task_of(found, "school")
    refused = clerk.post(f"/tasks/{task.id}", sent("hand-in"))
    assert refused.status_code == 422
    assert 'href="#on_behalf"' in refused.content.decode()
    assert clerk.post(f"/tasks/{task.id}", sent("hand-in", on_behalf="刘校长")).status_code == 302
    assert "刘校长" in text(seat("principal"), f"/tasks/{task.id}")


def test_given_back_with_a_reason_corrected_and_accepted(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk, principal, task = seat("clerk"), seat("principal"), handed_in(found, "school", PROBLEM)
    address = f"/tasks/{task.id}"
    assert clerk.post(address, sent("give-back", reason=" ")).status_code == 422
    assert clerk.post(address, sent("give-back", reason="请写明日期")).status_code == 302
    page = text(principal, address)
    assert "请写明日期" in page
    assert f'value="{PROBLEM["problem"]}"' in page, "what came back stands in the form again"
    assert principal.post(address, sent("hand-in") | {"q.note": "已核对"}).status_code == 302
    assert clerk.post(address, sent("accept")).status_code == 302
    assert task_of(found, "school").state == "accepted"
    assert principal.post(address, sent("accept")).status_code in (403, 409)


def test_waiving_needs_a_reason_and_a_school_cannot_waive(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = task_of(found, "other-school")
    assert seat("other-principal").post(f"/tasks/{task.id}", sent("waive", reason="不想报")).status_code == 403
    clerk = seat("clerk")
    assert clerk.post(f"/tasks/{task.id}", sent("waive")).status_code == 422
    assert clerk.post(f"/tasks/{task.id}", sent("waive", reason="学校已撤并")).status_code == 302
    assert "学校已撤并" in text(clerk, f"/tasks/{task.id}")


def test_nothing_to_hand_in_is_ticked_off_in_one_press(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = task_of(found, "office", "publicity")
    clerk = seat("clerk")
    page = text(clerk, f"/tasks/{task.id}")
    assert 'value="tick-off"' in page
    assert 'value="hand-in"' not in page
    assert clerk.post(f"/tasks/{task.id}", sent("tick-off")).status_code == 302
    assert task_of(found, "office", "publicity").state == "accepted"


@pytest.mark.proves("P17")
def test_a_summary_starts_from_what_was_handed_in_below(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    handed_in(found, "school", PROBLEM, {**PROBLEM, "problem": "抽调教师值守", "kind": "secondment"})
    handed_in(found, "fire", PROBLEM)
    handed_in(found, "other-school")
    task = task_of(found, "office", "ledger")
    answer = seat("clerk").get(f"/tasks/{task.id}")
    sheet, below = answer.context["sheet"], answer.context["below"]
    assert next(field.value for field in sheet.fields if field.path == "count") == "3"
    assert [fact.says for fact in below.totals] == ["3", "0", "3"]
    assert [cells[0].text for cells in below.table.rows] == ["清溪镇中心小学", "区消防救援局"]


@pytest.mark.proves("P08")
def test_a_moved_day_shows_the_old_one_beside_the_new(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = task_of(found, "school")
    clerk = seat("clerk")
    move = {"to": "2024-08-05", "move-reason": "学校放假，延后一周"}
    assert clerk.post(f"/tasks/{task.id}", sent("move") | {**move, "move-reason": ""}).status_code == 422
    assert clerk.post(f"/tasks/{task.id}", sent("move") | move).status_code == 302
    page = text(seat("principal"), f"/tasks/{task.id}")
    for part in ("7月30日", "8月5日", "学校放假，延后一周"):
        assert part in page


def test_the_day_explains_itself_with_the_clause(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    explained = seat("principal").get(f"/tasks/{task_of(found, 'school').id}").context["explained"]
    assert "2024年7月30日" in explained
    assert "五(二)" in explained
    assert "五(二)a" not in explained


def test_a_one_time_link_is_shown_once(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = task_of(found, "school")
    answer = seat("clerk").post(f"/tasks/{task.id}", sent("send-link"))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    link = re.search(r"http://testserver/l/hechuan/[\w-]{43}", answer.content.decode())
    assert link
    assert link[0] not in text(seat("second-clerk"), f"/tasks/{task.id}")
    assert seat("other-principal").post(f"/tasks/{task.id}", sent("send-link")).status_code == 404


def test_a_file_comes_with_the_form_and_goes_only_to_who_may_have_it(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-20")
    task = task_of(found, "secretariat", "summary")
    secretary = seat("secretary")
    attached = BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    attached.name = "案例.pdf"
    # Refused for an empty answer; the file is kept all the same.
    answer = secretary.post(f"/tasks/{task.id}", sent("hand-in") | {"q.cases": "甲校", "q.cases.files": attached})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "案例.pdf" in page
    ref = re.search(r'name="q.cases.files" value="([\w-]{43})"', page)
    assert ref
    filled = {"q.done": "一", "q.problems": "二", "q.result": "三", "q.cases": "甲校", "q.cases.files": ref[1]}
    assert secretary.post(f"/tasks/{task.id}", sent("hand-in") | filled).status_code == 302
    answer = secretary.get(f"/files/{ref[1]}")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert seat("clerk").get(f"/files/{ref[1]}").status_code == 200
    assert seat("principal").get(f"/files/{ref[1]}").status_code == 404
    assert seat("expert").get(f"/files/{new_id().hex}").status_code == 404


def test_unknown_plans_and_states_do_no_harm(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    assert clerk.get("/duties?edition=999999").status_code == 404
    assert clerk.get("/duties?state=nonsense&page=-3&duty=nothing").status_code == 200
    assert clerk.get("/duties?duty=%00").status_code == 422
    assert clerk.post(f"/tasks/{task_of(found, 'school').id}", sent("explode")).status_code == 422


HANDED_IN = "/duties?duty=census&state=handed-in"


def accepted_by(county: County) -> list[int]:
    with reading(county["clerk"]):
        rows = Entry.objects.filter(verb="duties.accept").order_by("id")
        return list(rows.values_list("subject_id", flat=True))


def test_ticked_hand_ins_are_accepted_together_each_as_a_decision_of_its_own(
    found: County, on: OnDay, seat: Seat
) -> None:
    on("2024-07-25")
    tasks = [handed_in(found, organ).id for organ in ("school", "other-school", "fire")]
    clerk = seat("clerk")
    address = f"{HANDED_IN}&edition={found.edition}"
    form = sent("accept", task=[str(task) for task in tasks[:2]])
    for _press in range(2):
        answer = clerk.post(address, form)
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert accepted_by(found) == tasks[:2], "a second press is the same press"
    assert [task_of(found, organ).state for organ in ("school", "other-school", "fire")] == [
        "accepted", "accepted", "handed-in",
    ]  # fmt: skip
    assert "已验收通过 2 份。" in text(clerk, address)


def test_what_somebody_else_judged_meanwhile_does_not_hold_up_the_others(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    first, second = handed_in(found, "school"), handed_in(found, "fire")
    clerk = seat("clerk")
    assert clerk.post(f"/tasks/{first.id}", sent("give-back", reason="请写明日期")).status_code == 302
    clerk.post(HANDED_IN, sent("accept", task=[str(first.id), str(second.id)]))
    page = text(clerk, HANDED_IN)
    assert "已验收通过 1 份。" in page
    assert "另有 1 份已由他人办理。" in page
    assert task_of(found, "school").state == "returned"


def test_what_may_be_accepted_together_says_in_short_what_it_holds(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    handed_in(found, "school", PROBLEM)
    handed_in(found, "fire")
    clerk = seat("clerk")
    told = {one.row.organ.name: one.says for one in clerk.get(HANDED_IN).context["accepting"]}
    assert told == {"清溪镇中心小学": "发现的问题，逐条填写 1", "区消防救援局": "没有要报的情况"}
    assert "2 份待验收" in text(clerk, "/duties?duty=census")
    assert clerk.get("/duties?duty=census").context["accepting"] == []
    assert "表中没有填写内容" in text(clerk, f"/tasks/{task_of(found, 'fire').id}")


def test_nothing_ticked_is_said_and_a_unit_ticks_nothing(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = handed_in(found, "school")
    refused = seat("clerk").post(HANDED_IN, sent("accept"))
    assert refused.status_code == 422
    assert 'href="#tasks"' in refused.content.decode()
    principal = seat("principal")
    assert principal.get(HANDED_IN).context["accepting"] == []
    assert principal.post(HANDED_IN, sent("accept", task=str(task.id))).status_code == 403
    assert task_of(found, "school").state == "handed-in"


def test_what_was_handed_in_after_its_day_says_by_how_many_working_days(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    late, prompt = handed_in(found, "school", day="2024-08-01"), handed_in(found, "fire", day="2024-07-30")
    clerk = seat("clerk")
    assert "逾期 2 个工作日提交" in text(clerk, f"/tasks/{late.id}")
    assert "逾期" not in text(clerk, f"/tasks/{prompt.id}").split("<main", 1)[1]
    rows = {row.what: row.aside for row in clerk.get("/duties?duty=census").context["rows"]}
    assert (rows["清溪镇中心小学"], rows["区消防救援局"]) == ("逾期 2 个工作日提交", "")
    assert "逾期 2 个工作日提交" in text(clerk, HANDED_IN)
    clerk.post(f"/tasks/{late.id}", sent("accept"))
    assert "逾期 2 个工作日提交" in text(seat("principal"), f"/tasks/{late.id}")


def test_who_was_in_time_stays_in_time_when_the_day_is_moved_forward(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    task = handed_in(found, "school", day="2024-07-24")
    clerk = seat("clerk")
    moved = {"to": "2024-07-22", "warned": "2024-07-22", "move-reason": "提前"}
    assert clerk.post(f"/tasks/{task.id}", sent("move", **moved)).status_code == 302
    assert "工作日提交" not in text(clerk, f"/tasks/{task.id}")
