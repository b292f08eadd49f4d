"""The ledger as a list: who sees which lines, what is late, the inbox, the export; in a constant number of queries."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfu.base.actor import Actor
from qingfu.papers.export import as_xlsx
from qingfu.records.problems import actions
from qingfu.records.problems.queries import counts, export, inbox, ledger, problem
from tests.cast import County, everybody, moment
from tests.records.problems.lines import in_state, kept, line

AT = moment("2024-07-31")
SEES_ALL = {"clerk", "second-clerk", "reviewer", "second-reviewer", "leader", "deputy", "convener", "secretary"}


def test_the_bureau_side_sees_every_line_and_everybody_else_his_own(found: County) -> None:
    lines = {organ: line(found, owner=organ).id for organ in ("school", "other-school", "fire", "town")}
    own = {
        "principal": "school", "school-clerk": "school", "other-principal": "other-school", "fire-clerk": "fire",
        "fire-head": "fire", "town-clerk": "town",
    }  # fmt: skip
    for name, actor in everybody(found):
        rows = {row.id for row in ledger(actor, at=AT).rows}
        wanted = set(lines.values()) if name in SEES_ALL else {lines[own[name]]} if name in own else set()
        assert rows == wanted, name
        assert ledger(actor, at=AT).total == len(wanted)
        table = export(actor, at=AT)
        assert len(table.rows) == len(wanted), name
        assert sum(c.total for c in counts(actor, edition=found.edition, at=AT)) == len(wanted), name


def test_links_and_the_public_see_no_line(found: County) -> None:
    line(found)
    for actor in (Actor.public(found.bureau), Actor.link(found.bureau, organ=found.organs["school"])):
        assert ledger(actor, at=AT).rows == ()
        assert inbox(actor, at=AT).to_put_right == ()


def test_the_ledger_is_filtered_by_state_owner_kind_lateness_and_words(found: County) -> None:
    open_line, closed = in_state(found, "planned"), in_state(found, "struck-off", kind="secondment")
    other = line(found, owner="fire").id

    def ids(**more: object) -> set[int]:
        return {row.id for row in ledger(found["clerk"], at=AT, **more).rows}  # type: ignore[arg-type]  # filters

    assert ids(state="open") == {open_line, other}
    assert ids(state="struck-off") == {closed}
    assert ids(owner=found.organs["fire"]) == {other}
    assert ids(kind="secondment") == {closed}
    assert ids(late=True) == {open_line}
    assert ids(text="消防") == {other}
    assert ids(text="发放广告") == {open_line, closed, other}
    assert ids(edition=found.edition, text="%") == set()


def test_a_line_is_late_after_its_day_and_no_longer_once_reported(found: County) -> None:
    held = in_state(found, "planned")
    assert not problem(found["clerk"], held, at=moment("2024-07-30")).row.late
    assert problem(found["clerk"], held, at=moment("2024-07-31")).row.late
    actions.report_done(found["principal"], problem=held, text="已停止", at=AT)
    assert not problem(found["clerk"], held, at=moment("2024-08-30")).row.late


def test_the_nearest_deadline_stands_first_and_pages_do_not_overlap(found: County) -> None:
    for day in (28, 25, 30):
        held = line(found, kind="").id
        actions.plan_rectification(
            found["principal"], problem=held, measure="a", standard="b", deadline=date(2024, 7, day), person_name="王",
            at=moment("2024-07-21"),
        )  # fmt: skip
    line(found)
    pages = [ledger(found["clerk"], page=n, size=2, at=AT) for n in (1, 2)]
    days = [row.deadline for page in pages for row in page.rows]
    assert days == [date(2024, 7, 25), date(2024, 7, 28), date(2024, 7, 30), None]
    assert (pages[0].total, pages[0].pages) == (4, 2)


def test_the_inbox_tells_each_what_is_asked_of_him(found: County) -> None:
    late, reported, closed = in_state(found, "planned"), in_state(found, "reported"), in_state(found, "struck-off")

    def ids(name: str, group: str) -> list[int]:
        return [row.id for row in getattr(inbox(found[name], at=AT), group)]

    assert ids("principal", "to_put_right") == [late]
    assert ids("principal", "waiting") == [reported]
    assert ids("principal", "done") == [closed]
    assert ids("principal", "late") == ids("principal", "to_verify") == []
    assert ids("clerk", "to_verify") == [reported]
    assert ids("clerk", "to_revisit") == [closed]
    assert ids("clerk", "late") == [late]
    assert ids("clerk", "to_put_right") == ids("leader", "to_verify") == ids("leader", "late") == []
    assert inbox(found["other-principal"], at=AT) == inbox(found["expert"], at=AT)


def test_the_export_holds_the_ledger_and_nothing_that_calculates(found: County) -> None:
    import openpyxl

    actions.find(
        found["clerk"], plan=found.in_force(), title="=HYPERLINK(\"http://x\")", owner=found.organs["school"],
        kind="unapproved", source="hotline", found_on=date(2024, 7, 20), at=moment("2024-07-20"),
    )  # fmt: skip
    in_state(found, "planned")
    data = as_xlsx(export(found["clerk"], at=AT), at=AT)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows()]
    assert rows[0][0] == "Number"
    late, plain = rows[1], rows[2]
    assert (late[4], late[11]) == ("清溪镇中心小学", "planned\nlate")
    assert plain[2] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize("page", ["ledger", "counts", "inbox", "problem"])
def test_the_number_of_queries_does_not_grow_with_the_ledger(found: County, page: str) -> None:
    held = in_state(found, "reported")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            match page:
                case "ledger":
                    ledger(found["clerk"], at=AT)
                case "counts":
                    counts(found["clerk"], edition=found.edition, at=AT)
                case "inbox":
                    inbox(found["clerk"], at=AT)
                case "problem":
                    problem(found["clerk"], held, at=AT)
        return len(seen)

    asked()
    before = asked()
    for shade in range(6):
        more = in_state(found, "planned")
        actions.report_done(
            found["principal"], problem=more, text="a", files=[kept(found, "principal", 50 + shade)], at=AT
        )
        in_state(found, "struck-off")
        actions.reply(found["principal"], problem=held, text="b", at=AT)
    assert asked() == before
    assert before < 30
