"""Limits and findings on the page: tried on the past, put in force, and each finding led to one of its ends."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.packfile.read import load
from qingfu.records.monitoring import actions, queries
from qingfu.records.plans.queries import in_force
from qingfu.records.problems.queries import problem
from qingfu.web.parts import Row
from tests.faces.desk_of import queries_of
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_filing import file, homework
from tests.records.monitoring.test_findings import judge, of_no_school

__all__ = ["founded", "pages", "schools"]

LIMIT = "homework-time"


def too_much(schools: Schools) -> int:
    """One finding: 85 minutes where 60 are allowed."""
    file(schools, homework(schools, minutes=50), homework(schools, minutes=35, subject="数学"))
    judge(schools)
    return found(schools)[0].id


def found(schools: Schools, state: str = "") -> tuple[queries.FindingRow, ...]:
    return queries.findings(
        schools.actor("reviewer"), edition=schools.edition, term_id=schools.term.id, limit=LIMIT, state=state
    ).rows


def listed(pages: Pages, **asked: object) -> str:
    more = "".join(f"&{key}={value}" for key, value in asked.items())
    return f"/limits/{pages.schools.edition}/findings/{LIMIT}?organ={pages.organ}{more}"


def limit(pages: Pages) -> str:
    return f"/limits/{pages.schools.edition}/limit/{LIMIT}"


def test_limits_stand_in_the_plans_order_with_schools_by_name_and_no_rank(pages: Pages) -> None:
    too_much(pages.schools)
    page = pages.sees("reviewer", "/limits")
    plan = in_force(pages.schools.actor("reviewer"), pages.schools.edition)
    says = [thing.says for thing in plan.pack.limits.values()]
    places = [page.words.index(one) for one in says]
    assert places == sorted(places)
    assert "不排名" in page.words
    assert "清溪镇中心小学" in page.words
    assert "超限，待处理 1" in page.words
    assert "清溪镇中心小学" not in pages.sees("reviewer", "/limits?state=cleared").words


def test_a_school_sees_its_own_findings_under_its_own_name_for_them(pages: Pages) -> None:
    one = too_much(pages.schools)
    page = pages.sees("principal", "/limits")
    assert "本校核对结果" in page.words
    assert pages.sees("principal", f"/findings/{one}").status == 200
    assert pages.sees("other-principal", f"/findings/{one}").status == 404
    assert pages.sees("fire-clerk", f"/findings/{one}").status == 404
    assert pages.sees("fire-clerk", limit(pages)).status == 404


def test_a_finding_is_told_in_words_with_its_rows_and_what_would_mend_it(pages: Pages) -> None:
    page = pages.sees("reviewer", f"/findings/{too_much(pages.schools)}")
    flat = page.words.replace(" ", "")
    assert "三年级1班" in flat
    assert "85分钟" in flat
    assert "减少25分钟" in flat
    assert "数学" in flat
    assert "35" in flat
    assert page.words.index("依据的数据") < page.words.index("填报人")


@pytest.mark.proves("C12")
def test_a_finding_becomes_a_line_of_the_ledger_with_title_and_kind_proposed(pages: Pages) -> None:
    one = too_much(pages.schools)
    page = pages.sees("reviewer", f"/findings/{one}").text
    assert 'value="homework" lang="zh-Hans" selected' in page
    done = pages.presses("reviewer", f"/findings/{one}", "open-problem", title="三年级1班作业85分钟", kind="homework")
    line = int(done.where.rsplit("/", 1)[1])
    assert problem(pages.schools.actor("reviewer"), line, at=NOW).row.kind == "homework"
    assert found(pages.schools)[0].problem == line
    again = pages.sees("reviewer", f"/findings/{one}").words
    assert "后续在台账里办理" in again


def test_a_second_finding_joins_an_open_line(pages: Pages) -> None:
    one = too_much(pages.schools)
    done = pages.presses("reviewer", f"/findings/{one}", "open-problem", title="三年级1班作业85分钟", kind="homework")
    line = done.where.rsplit("/", 1)[1]
    file(pages.schools, homework(pages.schools, "三年级2班", minutes=70))
    judge(pages.schools)
    other = found(pages.schools, "open")[0].id
    assert f'value="{line}"' in pages.sees("reviewer", f"/findings/{other}").text
    assert pages.presses("reviewer", f"/findings/{other}", "open-problem", into=line).where.endswith(line)
    assert {row.problem for row in found(pages.schools)} == {int(line)}
    for who in ("reviewer", "principal"):
        told = pages.sees(who, f"/problems/{line}").words
        assert "依据的发现" in told
        assert "三年级1班" in told
        assert "三年级2班" in told


def test_a_line_without_a_title_counts_what_was_ticked_and_not_what_stands_on_the_page(pages: Pages) -> None:
    too_much(pages.schools)
    for name in ("三年级2班", "一年级1班"):
        file(pages.schools, homework(pages.schools, name, minutes=70))
    judge(pages.schools)
    ids = [str(row.id) for row in found(pages.schools)]
    assert len(ids) == 3
    done = pages.presses("reviewer", listed(pages), "open-problem", finding=ids[:2], title="")
    title = problem(pages.schools.actor("reviewer"), int(done.where.rsplit("/", 1)[1]), at=NOW).row.title
    assert title.startswith("三年级1班")
    assert title.endswith("等2处")
    assert pages.presses("reviewer", f"/findings/{ids[2]}", "open-problem", title=" ").status == 422


def test_several_findings_end_together_and_none_without_a_tick(pages: Pages) -> None:
    too_much(pages.schools)
    file(pages.schools, homework(pages.schools, "三年级2班", minutes=70))
    judge(pages.schools)
    ids = [str(row.id) for row in found(pages.schools)]
    refused = pages.presses("reviewer", listed(pages), "return", text="请核对")
    assert (refused.status, 'href="#findings"' in refused.text) == (422, True)
    assert "请核对" in refused.text
    assert pages.presses("reviewer", listed(pages), "return", finding=ids, text="请核对").status == 302
    assert {row.state for row in found(pages.schools)} == {"returned"}


def test_a_returned_finding_stands_in_the_schools_inbox_and_is_corrected_from_there(pages: Pages) -> None:
    one = too_much(pages.schools)
    assert pages.presses("reviewer", f"/findings/{one}", "return", text="").status == 422
    pages.presses("reviewer", f"/findings/{one}", "return", text="数学35分钟像是写错了")
    inbox = pages.sees("principal", "/inbox")
    assert "退回学校核实" in inbox.words
    assert f"organ={pages.organ}" in inbox.text
    page = pages.sees("principal", f"/findings/{one}")
    assert "数学35分钟像是写错了" in page.words
    form = f"{pages.desk}/fill-in/homework?{pages.of(day='2024-10-16')}"
    sent = {"rows": "2", "r0__subject": "语文", "r0__minutes": "50", "r0__written": "yes"}
    pages.presses("principal", form, "file", **sent, r1__subject="数学", r1__minutes="5", r1__written="yes")
    assert found(pages.schools)[0].state == "corrected"


def test_a_school_stands_by_its_data(pages: Pages) -> None:
    one = too_much(pages.schools)
    pages.presses("reviewer", f"/findings/{one}", "return", text="请核对")
    assert pages.presses("principal", f"/findings/{one}", "stand-by", text="").status == 422
    assert pages.presses("principal", f"/findings/{one}", "stand-by", text="当天确实布置多了").status == 302
    assert found(pages.schools)[0].state == "open"


def test_an_exception_is_asked_for_by_one_and_decided_by_another(pages: Pages) -> None:
    one = too_much(pages.schools)
    ask = {"reason": "停课后补的练习", "until": "2024-10-31"}
    assert pages.presses("reviewer", f"/findings/{one}", "ask-exception", **{**ask, "until": ""}).status == 422
    assert pages.presses("reviewer", f"/findings/{one}", "ask-exception", **ask).status == 302
    assert pages.presses("reviewer", f"/findings/{one}", "grant").status == 403
    assert "须由另一人决定" in pages.sees("reviewer", f"/findings/{one}").words
    assert 'value="grant"' not in pages.sees("reviewer", listed(pages)).text
    assert 'value="grant"' in pages.sees("second-reviewer", listed(pages)).text
    assert "例外待决定" not in pages.sees("reviewer", "/inbox").words
    assert "例外待决定" in pages.sees("second-reviewer", "/inbox").words
    refused = pages.presses("second-reviewer", f"/findings/{one}", "refuse", refusal="")
    assert (refused.status, 'href="#refusal"' in refused.text) == (422, True)
    assert pages.presses("second-reviewer", f"/findings/{one}", "grant").status == 302
    assert found(pages.schools)[0].state == "excepted"
    assert "10月31日" in pages.sees("principal", f"/findings/{one}").words


def test_other_numbers_are_tried_on_the_past_and_nothing_is_kept(pages: Pages) -> None:
    too_much(pages.schools)
    numbers = {"bound__P1-2": "0", "bound__P3-6": "90", "bound__J": "90", "bound__S": "3"}
    page = pages.presses("reviewer", limit(pages), "try", **numbers)
    assert page.status == 200
    assert "不再标出 1 所" in page.words
    assert "清溪镇中心小学" in page.words
    assert 'value="90"' in page.text
    assert found(pages.schools)[0].bound == 60
    faulty = pages.presses("reviewer", limit(pages), "try", **{**numbers, "bound__J": "很多"})
    assert (faulty.status, 'href="#bound.J"' in faulty.text) == (422, True)


def test_other_numbers_are_put_in_force_with_a_reason_and_taken_back(pages: Pages) -> None:
    too_much(pages.schools)
    numbers = {"bound__P1-2": "0", "bound__P3-6": "90", "bound__J": "90", "bound__S": "3"}
    order = {**numbers, "from": "2024-10-18"}
    assert pages.presses("reviewer", limit(pages), "order", **order).status == 422
    assert pages.presses("reviewer", limit(pages), "order", **order, reason="试行一个月").status == 302
    assert found(pages.schools)[0].state == "cleared"
    page = pages.sees("reviewer", limit(pages))
    assert "试行一个月" in page.words
    restore = {"from": "2024-10-18", "reason": "恢复原文"}
    assert pages.presses("reviewer", limit(pages), "restore", **restore).status == 302
    assert found(pages.schools)[0].state == "open"
    assert pages.presses("principal", limit(pages), "order", **order, reason="学校不能").status == 403


def test_a_later_rule_is_tried_and_set_beside_the_plan(pages: Pages) -> None:
    file(pages.schools, homework(pages.schools, "一年级1班", minutes=0))
    address = f"/limits/{pages.schools.edition}/beside"
    national = load("national").limits["homework-low"].says
    assert national in pages.sees("reviewer", address).words
    tried = pages.presses("reviewer", address, "try", limit="homework-low")
    assert "会多标出 1 所" in tried.words
    assert pages.presses("reviewer", address, "set", **{"from": "2024-10-18"}, reason="双减").status == 422
    sent = {"limit": "homework-low", "from": "2024-10-18", "reason": "双减意见"}
    done = pages.presses("reviewer", address, "set", **sent)
    assert "national.homework-low" in done.where
    assert national in pages.sees("reviewer", "/limits").words
    assert pages.sees("principal", address).status == 404
    held = queries.findings(
        pages.schools.actor("reviewer"), edition=pages.schools.edition, term_id=pages.schools.term.id
    )
    assert [row.limit for row in held.rows] == ["national.homework-low"]


def test_findings_of_no_single_school_are_ended_together_and_the_bureau_says_whose_they_are(pages: Pages) -> None:
    ids = of_no_school(pages.schools)
    address = f"/limits/{pages.schools.edition}/findings/light-load.grade-day"
    assert address in pages.sees("reviewer", "/limits").text
    page = pages.sees("reviewer", address)
    assert 'id="owner"' in page.text
    assert 'value="return"' not in page.text, "nobody alone has reported it"
    ticked = {"finding": [str(one) for one in ids], "title": "惩罚性作业"}
    refused = pages.presses("reviewer", address, "open-problem", **ticked)
    assert refused.status == 422
    assert 'href="#owner"' in refused.text
    owner = str(pages.schools.county.organs["commission"])
    done = pages.presses("reviewer", address, "open-problem", **ticked, owner=owner)
    assert "惩罚性作业" in pages.follows("reviewer", done).words
    assert pages.sees("reviewer", f"{address}?state=open").text.count('name="finding"') == 0


@pytest.mark.parametrize(("page", "who"), [("/limits", "reviewer"), ("/limits", "principal"), ("list", "reviewer")])
def test_many_findings_ask_no_more_queries_than_one(pages: Pages, page: str, who: str) -> None:
    schools = pages.schools
    too_much(schools)
    address = listed(pages) if page == "list" else page
    few = queries_of(pages.client(who), address)
    rows = [homework(schools, "三年级2班", minutes=70) | {"day": date(2024, 10, day)} for day in (8, 9, 10, 11, 14, 15)]
    actions.file_rows(
        schools.actor("principal"), table="homework", organ=pages.organ, term=schools.term.id, rows=rows, at=NOW
    )
    judge(schools)
    assert len(found(schools)) == 7
    assert queries_of(pages.client(who), address) <= few


def test_open_findings_are_one_line_of_the_clerks_inbox_and_none_of_the_leaders(pages: Pages) -> None:
    too_much(pages.schools)
    asked = [row for row in _decide(pages, "reviewer") if row.what == "待处理的学校数据疑点"]
    assert [row.aside for row in asked] == ["1条，涉及1所学校"]
    assert "清溪镇中心小学" in pages.sees("reviewer", asked[0].href).words
    for name in ("leader", "principal"):
        assert [row for row in _decide(pages, name) if row.what == "待处理的学校数据疑点"] == []


def _decide(pages: Pages, who: str) -> list[Row]:
    groups = pages.client(who).get("/inbox").context["groups"]
    return [row for group in groups if group.key == "decide" for row in group.rows]
