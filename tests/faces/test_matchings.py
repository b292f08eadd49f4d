"""Inspectors to targets at the desk: two lists, ties, an answer or why there is none, rounds, who goes instead."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from qingfu.base import verify_draw
from qingfu.base.chance import new_id
from qingfu.base.draw.notice import Match
from qingfu.packfile.read import load
from qingfu.packfile.words.moves import Draw
from qingfu.packfile.words.word import Quantity
from qingfu.records.draws import queries
from qingfu.records.draws.queries import DrawView
from tests.cast import SEATS, county, enact_plan, moment
from tests.faces.desk_of import Office, Seen, office, queries_of

__all__ = ["office"]

NEW = "/draws/new/match"
TOWNS = ("青草坝镇", "白鹤镇")
ASKED: dict[str, Any] = {
    "title": "责任督学抽取", "targets": "roster", "takers": "roster", "rounds": "3", "apart": "yes", "circle": "alone",
}  # fmt: skip


def as_xlsx(rows: list[list[str]], name: str = "名单.xlsx") -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名单")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return SimpleUploadedFile(name, out.getvalue())


def schools(count: int = 8) -> list[list[str]]:
    return [["名称", "镇街"], *([f"第{n}小学", TOWNS[n % 2]] for n in range(1, count + 1))]


def people(count: int = 6, most: str = "") -> list[list[str]]:
    rows = [
        [f"督学{n}", "第1小学" if n == 1 else "教研室", TOWNS[0] if n < 3 else "", most] for n in range(1, count + 1)
    ]
    return [["姓名", "单位", "本人所在镇街", "最多次数"], *rows]


def preview(office: Office, *, who: str = "clerk", visited: Any = None, visiting: Any = None, **said: Any) -> Seen:
    sheets = {"sheet-targets": as_xlsx(visited or schools()), "sheet-inspectors": as_xlsx(visiting or people())}
    return office.presses(who, NEW, "preview", **{**ASKED, **sheets, **said})


def hidden(shown: Seen) -> dict[str, str]:
    """Everything the form of a preview carries on."""
    form = shown.text.split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name not in ("csrfmiddlewaretoken", "client-id")}


def frozen(office: Office, **said: Any) -> int:
    answer = office.presses("clerk", NEW, "freeze", **hidden(preview(office, **said)))
    assert answer.status == 302, answer.words
    return int(answer.where.rsplit("/", 1)[-1])


def drawn(office: Office, **said: Any) -> int:
    draw = frozen(office, **said)
    assert office.presses("clerk", f"/draws/{draw}", "run").status == 302
    return draw


def view(office: Office, draw: int) -> DrawView:
    return queries.draw(office.county["clerk"], draw)


def test_the_page_of_new_draws_leads_to_it_for_the_bureau_only(office: Office) -> None:
    assert f'href="{NEW}"' in office.sees("clerk", "/draws/new").text
    assert f'href="{NEW}"' not in office.sees("principal", "/draws/new").text
    assert office.sees("clerk", NEW).status == 200
    assert office.sees("principal", NEW).status == 403


@pytest.mark.proves("P21", "D10")
def test_both_lists_are_shown_with_what_is_expected_before_anything_is_frozen(office: Office) -> None:
    shown = preview(office)
    assert shown.status == 200
    assert "第8小学" in shown.text
    assert "督学6" in shown.text
    assert "本人所在单位" in shown.text
    assert "每人每轮" in shown.text
    assert "1 或 2 次" in shown.text
    assert queries.draws(office.county["clerk"]).total == 0
    draw = view(office, frozen(office))
    assert (len(draw.notice.pool), draw.kind) == (8, "match")
    posted = json.dumps(draw.notice.document(), ensure_ascii=False, default=str)
    assert "督学1" not in posted
    assert "第1小学" not in posted


def test_schools_of_the_register_are_matched_with_people_in_posts(office: Office) -> None:
    shown = preview(office, targets="schools", takers="staff", rounds="1")
    assert 'value="freeze"' in shown.text
    assert "清溪镇中心小学" in shown.text
    assert "办公室工作人员" in shown.text
    narrowed = office.presses(
        "clerk",
        NEW,
        "preview",
        **{**ASKED, "targets": "schools", "takers": "staff", "text": "科长", "school-stage": "没有"},
    )
    assert narrowed.status == 422
    assert 'href="#targets"' in narrowed.text


@pytest.mark.proves("P21")
def test_what_has_no_answer_is_told_by_name_and_put_right_by_hand(office: Office) -> None:
    shown = preview(office, visiting=people(3, "4"))
    assert shown.status == 200
    assert 'id="no-answer"' in shown.text
    assert 'value="freeze"' not in shown.text
    told = shown.text.split('id="no-answer"', 1)[1].split("</section>", 1)[0]
    assert "督学3" in told
    assert "第1小学" in told
    assert office.presses("clerk", NEW, "freeze", **hidden(shown)).status == 422
    less = office.presses("clerk", NEW, "preview", **{**hidden(shown), "rounds": "1", "most": ""})
    assert 'id="no-answer"' not in less.text
    assert 'value="freeze"' in less.text


def test_a_tie_is_entered_with_its_reason_and_undone(office: Office) -> None:
    said = hidden(preview(office))
    pair = {"tie-taker": "4", "tie-target": "2"}
    for wrong in (
        {**pair, "tie-reason": " "},
        {"tie-reason": "亲属"},
        {**pair, "tie-target": "99", "tie-reason": "亲属"},
    ):
        assert office.presses("clerk", NEW, "tie", **{**said, **wrong}).status == 422
    tied = office.presses("clerk", NEW, "tie", **{**said, **pair, "tie-reason": "亲属在该校任职"})
    assert "亲属在该校任职" in tied.text
    made = office.presses("clerk", NEW, "freeze", **hidden(tied))
    method = view(office, int(made.where.rsplit("/", 1)[-1])).notice.method
    assert isinstance(method, Match)
    assert [(one.target, one.taker) for one in method.ties] == [("001", "T001"), ("002", "T004")]
    undone = office.presses("clerk", NEW, "untie", **{**hidden(tied), "tied": "1"})
    assert "亲属在该校任职" not in undone.text.split('id="tie"', 1)[1].split("<datalist", 1)[0]


def test_whoever_is_left_out_of_either_list_has_a_reason_and_may_come_back(office: Office) -> None:
    said = hidden(preview(office))
    ticked = {"target": "3", "taker": "5"}
    assert office.presses("clerk", NEW, "exclude", **{**said, **ticked}).status == 422
    assert office.presses("clerk", NEW, "exclude", **{**said, "reason": "停课"}).status == 422
    out = office.presses("clerk", NEW, "exclude", **{**said, **ticked, "reason": "本学期停课"})
    assert 'value="targets:3"' in out.text
    assert 'value="inspectors:5"' in out.text
    back = office.presses("clerk", NEW, "include", **{**hidden(out), "back-in": "targets:3"})
    assert 'value="targets:3"' not in back.text
    made = office.presses("clerk", NEW, "freeze", **hidden(out))
    excluded = view(office, int(made.where.rsplit("/", 1)[-1])).notice.excluded
    assert [one.ticket for one in excluded] == ["003", "T005"]


def test_faults_of_a_sheet_are_told_by_row(office: Office) -> None:
    rows = people()
    rows[2][3], rows[4][0] = "很多", ""
    shown = preview(office, visiting=rows)
    assert shown.status == 200
    faults = shown.text.split('id="faults"', 1)[1].split("</ul>", 1)[0]
    assert "第 3 行" in faults
    assert "最多次数" in faults
    assert "第 5 行" in faults
    assert 'value="freeze"' not in shown.text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"), ({"rounds": "0"}, "rounds"), ({"rounds": "x"}, "rounds"), ({"most": "-1"}, "most"),
        ({"targets": "animals"}, "targets"), ({"takers": "nobody"}, "takers"),
        ({"source": "双色球", "expected": "no"}, "expected"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_leads_to_its_field(office: Office, said: dict[str, Any], field: str) -> None:
    shown = preview(office, **said)
    assert shown.status == 422
    assert f'href="#{field}"' in shown.text
    assert f'id="{field}"' in shown.text


def test_a_sheet_that_is_none_or_missing_is_refused_in_words(office: Office) -> None:
    for sent in ({"sheet-targets": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, {"sheet-targets": ""},
                 {"sheet-targets": as_xlsx([["序号"], ["1"]])}):  # fmt: skip
        shown = office.presses("clerk", NEW, "preview", **{**ASKED, "sheet-inspectors": as_xlsx(people()), **sent})
        assert shown.status in (413, 422), shown.status
        assert 'value="freeze"' not in shown.text


def test_what_was_tampered_with_on_the_way_is_refused(office: Office) -> None:
    said = hidden(preview(office))
    for wrong in ({"carried-targets": "%%%"}, {"left": "["}, {"ties": '[["a"]]'}, {"left": '{"targets": {"99": "x"}}'},
                  {"ties": '[[99, 1, "x"]]'}, {"lists": "0"}):  # fmt: skip
        assert office.presses("clerk", NEW, "freeze", **{**said, **wrong}).status == 422, wrong


def test_the_templates_can_be_filled_in_and_brought(office: Office) -> None:
    for side, head in (("targets", "名称*"), ("inspectors", "姓名*")):
        blank = office.sees("clerk", f"/draws/match-blank/{side}")
        with CalamineWorkbook.from_filelike(BytesIO(blank.data)) as book:
            assert book.get_sheet_by_index(0).to_python()[0][0] == head
    assert office.sees("clerk", "/draws/match-blank/animals").status == 404


@pytest.mark.proves("P21", "D10")
def test_who_goes_where_is_read_by_round_and_by_inspector(office: Office) -> None:
    draw = drawn(office)
    record, anchor = view(office, draw).record, view(office, draw).anchor
    assert record is not None
    assert verify_draw.verify(record, anchor).verdict == "replayable"
    shown = office.sees("clerk", f"/draws/{draw}/matching")
    assert all(f'id="round-{n}"' in shown.text for n in (1, 2, 3))
    assert shown.text.count("第8小学") >= 3
    assert office.sees("clerk", f"/draws/{draw}/result").where == f"/draws/{draw}/matching"
    slips = office.sees("clerk", f"/draws/{draw}/visits")
    assert slips.text.count('class="draw-slip"') == 6
    one = office.sees("clerk", f"/draws/{draw}/visits", taker="T002")
    assert one.text.count('class="draw-slip"') == 1
    book = CalamineWorkbook.from_filelike(BytesIO(office.sees("clerk", f"/draws/{draw}/assignment").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 8 * 3
    assert office.sees("clerk", f"/draws/{draw}/slips").text.count('class="draw-slip"') == 14
    assert "24" in office.sees("clerk", f"/draws/{draw}/certificate").text


def test_the_public_reads_who_went_instead_by_ticket(real_db: str, settings: Settings) -> None:
    """With real commits: the portal's own connection sees nothing else."""
    settings.DEMO = True
    office = Office(county())
    office.on("2024-07-22")
    draw = drawn(office)
    office.presses("clerk", f"/draws/{draw}", "publish")
    at, taker = f"/draws/{draw}/matching", _busy(office, draw)
    said = {"cause": "absent", "taker": taker, "round": "1", "reason": "外出培训"}
    seen = hidden(office.presses("clerk", at, "propose", **said))["seen"]
    office.presses("clerk", at, "substitute", **said, seen=seen)
    words = office.sees("clerk", f"/{office.county.slug}/draws/{view(office, draw).number}").words
    assert "第 1 轮" in words
    assert f"{taker} →" in words
    assert "外出培训" not in words


def test_before_it_is_published_it_says_that_everybody_will_know(office: Office) -> None:
    shown = office.sees("clerk", f"/draws/{drawn(office)}")
    assert "暗访" in shown.text.split('id="effect-publish"', 1)[1][:400]


def _busy(office: Office, draw: int) -> str:
    return next(one.taker.ticket for one in queries.matching(office.county["clerk"], draw).loads if one.rounds[0])


@pytest.mark.proves("P21", "D10")
def test_whoever_is_absent_is_replaced_after_it_was_looked_at(office: Office) -> None:
    draw = drawn(office)
    at, taker = f"/draws/{draw}/matching", _busy(office, draw)
    begun = office.sees("clerk", at, taker=taker, round="1")
    assert f'<option value="{taker}" selected' in begun.text
    said = {"cause": "absent", "taker": taker, "round": "1", "reason": "外出培训"}
    proposed = office.presses("clerk", at, "propose", **said)
    assert 'id="proposal"' in proposed.text
    assert queries.matching(office.county["clerk"], draw).changes == ()
    key, kept = str(new_id()), hidden_of_proposal(proposed)
    for _again in range(2):
        assert office.presses("clerk", at, "substitute", key=key, **kept).status == 302
    after = office.sees("clerk", at)
    assert "外出培训" in after.text.split('id="changes"', 1)[1]
    assert "递补" in after.text
    assert office.presses("clerk", at, "substitute", **kept).status == 422


def hidden_of_proposal(shown: Seen) -> dict[str, str]:
    part = shown.text.split('id="proposal"', 1)[1].split("</section>", 1)[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part)
    return {name: unescape(value) for name, value in found if name not in ("csrfmiddlewaretoken", "client-id")}


@pytest.mark.parametrize(
    ("said", "field"),
    [({"taker": ""}, "taker"), ({"round": "9"}, "round"), ({"cause": "tired"}, "cause"), ({"reason": ""}, "reason"),
     ({"cause": "recused", "target": "999"}, "target")],
)  # fmt: skip
def test_what_is_missing_of_an_absence_leads_to_its_field(office: Office, said: dict[str, str], field: str) -> None:
    draw = drawn(office)
    sent = {"cause": "absent", "taker": _busy(office, draw), "round": "1", "reason": "病假", **said}
    for verb in ("propose", "substitute"):
        shown = office.presses("clerk", f"/draws/{draw}/matching", verb, **sent)
        assert shown.status == 422
        assert f'href="#{field}"' in shown.text


def test_a_void_matching_leads_to_its_own_form_again(office: Office) -> None:
    draw = frozen(office)
    office.presses("clerk", f"/draws/{draw}", "void", reason="名单有误")
    assert f"{NEW}?replaces={draw}" in office.sees("clerk", f"/draws/{draw}").text
    assert view(office, frozen(office, replaces=str(draw))).notice.replaces is not None


@pytest.mark.parametrize("who", ["leader", "expert", "fire-clerk", "town-clerk"])
def test_whoever_holds_no_draws_reads_no_matching(office: Office, who: str) -> None:
    draw = drawn(office)
    for page in (NEW, f"/draws/{draw}/matching", f"/draws/{draw}/visits", f"/draws/{draw}/assignment"):
        assert office.sees(who, page).status == 403, page
    assert office.sees("principal", f"/draws/{draw}/matching").status == 404


def test_pages_of_a_matching_cost_the_same_however_large_it_is(office: Office) -> None:
    clerk = office.client("clerk")
    pages = ("", "/matching", "/visits", "/notice")
    few, many = drawn(office, visited=schools(4)), drawn(office, visited=schools(40), visiting=people(20))
    small = [queries_of(clerk, f"/draws/{few}{page}") for page in pages]
    assert [queries_of(clerk, f"/draws/{many}{page}") for page in pages] == small
    assert max(small) < 40


def test_a_plan_that_orders_a_matching_fills_the_form_and_binds_it_to_its_clause(office: Office) -> None:
    pack = load("hechuan-2024")
    clause = pack.visits["standing"].clause
    ordered = Draw(
        clause=clause, says="责任督学随机到校", kind="match", from_="责任督学", pool="schools", takers="staff",
        rounds=Quantity(value=2, unit="month"), apart_by=("town",),
    )  # fmt: skip
    other = {"plan": pack.plan.model_copy(update={"id": "inspectors-2024"}), "draws": {"inspectors": ordered}}
    plan = enact_plan(dataclasses.replace(office.county), pack.model_copy(update=other), SEATS, at=moment("2024-07-17"))
    begun = office.sees("clerk", NEW)
    basis = f"{plan.edition}:inspectors"
    assert f"?basis={quote(basis)}" in begun.text
    assert quote(basis) not in office.sees("clerk", "/draws/new").text
    form = office.sees("clerk", NEW, basis=basis)
    assert 'name="rounds" type="text" value="2"' in form.text
    said = {**ASKED, "targets": "schools", "takers": "staff", "rounds": "1", "basis": basis, "clause": clause[0]}
    fewer = hidden(office.presses("clerk", NEW, "preview", **said))
    assert office.presses("clerk", NEW, "freeze", **fewer).status == 422
    shown = office.presses("clerk", NEW, "preview", **{**said, "rounds": "2"})
    assert 'value="freeze"' in shown.text, shown.words
    made = office.presses("clerk", NEW, "freeze", **hidden(shown))
    assert made.status == 302, made.words
    held = view(office, int(made.where.rsplit("/", 1)[-1]))
    assert (held.key, held.edition, held.notice.clause) == ("inspectors", plan.edition, "、".join(clause))
    assert {one.name for one in held.notice.pool} == {"清溪镇中心小学", "白鹤初级中学"}
    assert isinstance(held.notice.method, Match)
    assert all(one.holder and not one.name for one in held.notice.method.takers)


@pytest.mark.parametrize("sent", ["²", "9" * 5000, "-1"])
def test_signs_that_are_no_number_break_nothing(office: Office, sent: str) -> None:
    assert office.sees("clerk", NEW, replaces=sent).status == 200
    assert preview(office, replaces=sent).status == 200
    assert preview(office, takers="staff", organ=sent).status < 500
    assert office.presses("clerk", NEW, "freeze", **{**hidden(preview(office)), "replaces": sent}).status < 500


@pytest.mark.parametrize(
    ("name", "sent"),
    [("ties", '[[1e999, 1, "亲属"]]'), ("ties", '[[1, 2, "\\ud800"]]'), ("ties", '[[1, 2, "\\u0000"]]'),
     ("ties", "{}"), ("left", '{"targets": {"1": "\\ud800"}}'), ("left", '{"targets": 1}')],
)  # fmt: skip
def test_ties_that_no_form_sent_are_refused(office: Office, name: str, sent: str) -> None:
    assert office.presses("clerk", NEW, "freeze", **{**hidden(preview(office)), name: sent}).status == 422


def test_whoever_does_not_go_there_is_told_by_name_and_by_target(office: Office) -> None:
    draw = drawn(office, rounds="1")
    found = queries.matching(office.county["clerk"], draw)
    seat = found.rounds[0][0]
    other = next(one for one in found.takers if one != seat.taker)
    said = {"cause": "recused", "taker": other.ticket, "target": seat.target.ticket, "reason": "亲属"}
    shown = office.presses("clerk", f"/draws/{draw}/matching", "propose", **said)
    assert shown.status == 422
    assert f"{other.name}不去{seat.target.name}" in shown.words


def test_a_visit_that_nobody_is_left_for_is_not_said_to_go_to_somebody(office: Office) -> None:
    draw = drawn(office, rounds="1", visited=schools(1), visiting=people(2))
    at, taker = f"/draws/{draw}/matching", _busy(office, draw)
    said = {"cause": "absent", "taker": taker, "round": "1", "reason": "病假"}
    kept = hidden_of_proposal(office.presses("clerk", at, "propose", **said))
    assert office.presses("clerk", at, "substitute", **kept).status == 302
    after = office.sees("clerk", at)
    assert "有1次检查无人可递补" in after.words
    assert "次检查换人递补" not in after.words
