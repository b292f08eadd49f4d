"""Bad input in a form: said in words with a code, what was typed stands there again, and nothing is half-recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.papers import archive
from qingfu.records.duties.queries import TaskRow, board, task
from qingfu.records.forms.queries import draft
from qingfu.records.journal.queries import reading
from qingfu.records.models import Delegation, Entry, File, HandIn, Person, Problem, Reschedule
from qingfu.records.people import actions as people
from qingfu.records.problems.queries import problem
from tests.cast import County, moment
from tests.faces.desk_of import Office
from tests.records.problems.lines import in_state
from tests.unit.papers import hostile

DAY = moment("2024-07-22")
PROBLEM = {
    "q__problems__row": "0", "q__problems__0__problem": "要求教师转发答题", "q__problems__0__kind": "heavy-trace",
}  # fmt: skip
AFFAIR = {"q__affairs__row": "0", "q__affairs__0__title": "消防讲座", "q__affairs__0__organiser": "消防队"}


def census(home: County, organ: str = "school") -> TaskRow:
    """The census task of one organ."""
    rows = board(home["clerk"], edition=home.edition, duty="census", at=DAY, size=100).rows
    return next(row for row in rows if row.organ.id == home.organs[organ])


def written(home: County) -> int:
    """How many acts the journal holds: what a refused act must not change."""
    with reading(home.keeper):
        return Entry.objects.count()


def handed_in(home: County, number: int) -> int:
    """How often a task was handed in."""
    with reading(home.keeper):
        return HandIn.objects.filter(task=number).count()


@pytest.mark.parametrize("day", ["2024-02-30", "2024-13-01", "2023-02-29", "昨天"])
def test_a_day_that_does_not_exist_in_a_form_is_said_at_its_field(office: Office, day: str) -> None:
    home, where = office.county, f"/tasks/{census(office.county).id}"
    office.client("principal")
    before = written(home)
    seen = office.presses("principal", where, "hand-in", **AFFAIR, q__affairs__0__when=day)
    assert seen.status == 422
    assert "QF-INVALID" in seen.text
    assert 'href="#q-affairs-0-when"' in seen.text
    assert f'value="{day}"' in seen.text
    assert "消防讲座" in seen.text
    assert (handed_in(home, census(home).id), written(home)) == (0, before)


@pytest.mark.parametrize(
    ("who", "verb", "where", "field", "sent"),
    [
        ("clerk", "move", "/tasks/{task}", "to", {"move-reason": "推迟"}),
        ("clerk", "move", "/plans/{edition}/dates", "to", {"target": "duties.census", "reason": "推迟"}),
        ("clerk", "move", "/problems/{line}", "to", {"move-reason": "推迟"}),
        ("principal", "plan", "/problems/{line}", "deadline", {"measure": "停止", "person": "张三"}),
        ("leader", "delegate", "/stand-in", "until", {"post": "{post}", "taker": "{taker}", "from": "2024-07-22"}),
    ],
)
def test_a_day_that_does_not_exist_moves_nothing(
    office: Office, who: str, verb: str, where: str, field: str, sent: dict[str, str]
) -> None:
    home = office.county
    places = {
        "task": census(home).id, "edition": home.edition, "line": in_state(home, "found"),
        "post": home["leader"].post, "taker": home.persons["deputy"],
    }  # fmt: skip
    office.client(who)
    before = written(home)
    said = {name: text.format(**places) for name, text in sent.items()}
    seen = office.presses(who, where.format(**places), verb, **said, **{field: "2024-02-30"})
    assert seen.status == 422
    assert f'href="#{field}"' in seen.text
    assert "2024-02-30" in seen.text
    with reading(home.keeper):
        assert (Reschedule.objects.count(), Delegation.objects.count()) == (0, 0)
    assert written(home) == before


def test_a_form_sent_twice_by_the_browser_is_recorded_once_and_answered_alike(office: Office) -> None:
    number, key = census(office.county).id, str(new_id())
    answers = [office.presses("principal", f"/tasks/{number}", "hand-in", key=key) for _ in range(2)]
    assert [(seen.status, seen.where) for seen in answers] == [(302, f"/tasks/{number}")] * 2
    assert handed_in(office.county, number) == 1


def test_a_form_changed_and_sent_under_its_old_id_is_refused_and_the_first_stands(office: Office) -> None:
    # As when somebody goes back in the browser, changes a word, and sends the form of before.
    home, key = office.county, str(new_id())
    number = census(home).id
    office.presses("principal", f"/tasks/{number}", "hand-in", key=key, q__note="没有问题")
    again = office.presses("principal", f"/tasks/{number}", "hand-in", key=key, q__note="有一个问题")
    assert again.status == 409
    assert "QF-TWICE" in again.text
    assert handed_in(home, number) == 1


def test_the_id_of_one_form_opens_no_other(office: Office) -> None:
    home, key = office.county, str(new_id())
    own, line = census(home).id, in_state(home, "reported")
    office.presses("clerk", f"/problems/{line}", "strike-off", key=key)
    seen = office.presses("clerk", f"/tasks/{own}", "waive", key=key, reason="不再需要")
    assert (seen.status, "QF-TWICE" in seen.text) == (409, True)
    assert task(home["clerk"], own, at=DAY).row.state == "open"


@pytest.mark.parametrize(
    ("who", "verb", "where", "sent"),
    [
        ("keeper", "enter", "/people", {"name": "同名者"}),
        ("leader", "delegate", "/stand-in", {"from": "2024-07-22", "until": "2024-07-23"}),
        ("clerk", "move", "/tasks/{task}", {"to": "2024-08-02", "move-reason": "推迟"}),
        ("clerk", "move", "/plans/{edition}/dates", {"target": "duties.census", "to": "2024-08-02", "reason": "推迟"}),
        (
            "clerk",
            "find",
            "/plans/{edition}/problems/new",
            {"title": "同一条", "owner": "{owner}", "source": "visit"},
        ),
    ],
)
def test_what_no_constraint_forbids_twice_the_id_of_the_form_does(
    office: Office, who: str, verb: str, where: str, sent: dict[str, str]
) -> None:
    home, key = office.county, str(new_id())
    places = {"task": census(home).id, "edition": home.edition, "owner": home.organs["school"]}
    said = {name: text.format(**places) for name, text in sent.items()}
    if verb == "delegate":
        said |= {"post": str(home["leader"].post), "taker": str(home.persons["deputy"])}
    first = office.presses(who, where.format(**places), verb, key=key, **said)
    before = written(home)
    again = office.presses(who, where.format(**places), verb, key=key, **said)
    assert [first.status, again.status] == [302, 302]
    assert written(home) == before
    with reading(home.keeper):
        assert Person.objects.filter(name="同名者").count() <= 1
        assert Delegation.objects.count() <= 1
        assert Problem.objects.filter(title="同一条").count() <= 1


def test_a_form_that_carries_no_id_records_nothing(office: Office) -> None:
    number = census(office.county).id
    seen = office.presses("principal", f"/tasks/{number}", "hand-in", key="none")
    assert seen.status == 422
    assert handed_in(office.county, number) == 0


def test_whoever_closes_the_browser_in_the_middle_finds_everything_again(office: Office) -> None:
    where = f"/tasks/{census(office.county).id}"
    typed = {**PROBLEM, "q__problems__0__happened": "2024-02-30", "q__note": "写到一半"}
    assert office.presses("principal", where, "keep", **typed).status == 302
    page = office.fresh("principal").get(where).content.decode()
    for kept in ("要求教师转发答题", "写到一半", "2024-02-30"):
        assert kept in page
    assert "写到一半" not in office.sees("school-clerk", where).text
    assert draft(office.county["principal"], f"task:{census(office.county).id}") is not None


def test_a_form_without_its_session_key_records_nothing_and_says_so(office: Office) -> None:
    home, number = office.county, census(office.county).id
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.client("principal").cookies
    before = written(home)
    answer = strict.post(f"/tasks/{number}", {"verb": "hand-in", "client-id": str(new_id())})
    assert answer.status_code == 403
    assert "QF-FORM-EXPIRED" in answer.content.decode()
    assert written(home) == before


def test_who_left_the_post_reads_and_does_nothing_more_from_the_next_day_on(office: Office) -> None:
    home, number = office.county, census(office.county).id
    assert office.sees("principal", f"/tasks/{number}").status == 200
    people.leave_post(home.keeper, post=home["principal"].post or 0, on=date(2024, 7, 22), at=DAY)
    assert office.sees("principal", f"/tasks/{number}").status == 200
    office.on("2024-07-23")
    for seen in (
        office.sees("principal", f"/tasks/{number}"),
        office.sees("principal", "/inbox"),
        office.presses("principal", f"/tasks/{number}", "hand-in"),
    ):
        assert (seen.status, "QF-NO-POST" in seen.text) == (403, True)
    assert handed_in(home, number) == 0


EVIL: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "bomb.docx": (lambda: hostile.with_parts(hostile.docx(), {"word/media/a.bin": bytes(archive.MOST_UNPACKED + 1)}),
                  422, "QF-FILE-BOMB"),
    "macro.docx": (lambda: hostile.with_parts(hostile.docx(), {"word/vbaProject.bin": b"x"}), 422, "QF-FILE-KIND"),
    "picture.svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 422,
                    "QF-FILE-KIND"),
    "report.pdf": (lambda: b"MZ\x90\x00" + bytes(2_000), 422, "QF-FILE-KIND"),
    "photo.jpg": (lambda: hostile.PDF, 422, "QF-FILE-CONTENT"),
    "large.pdf": (lambda: hostile.PDF + bytes(10 * 1024 * 1024), 413, "QF-FILE-BIG"),
    "larger.pdf": (lambda: hostile.PDF + bytes(11 * 1024 * 1024), 413, "QF-FILE-BIG"),
}  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_a_hostile_file_is_refused_by_its_content_and_leaves_nothing(office: Office, name: str) -> None:
    home, line = office.county, in_state(office.county, "planned")
    made, status, code = EVIL[name]
    office.client("principal")
    before = written(home)
    seen = office.presses(
        "principal", f"/problems/{line}", "report", text="已整改", evidence=SimpleUploadedFile(name, made())
    )
    assert (seen.status, code in seen.text) == (status, True)
    with reading(home.keeper):
        assert File.objects.count() == 0
    assert problem(home["principal"], line, at=DAY).row.state == "planned"
    assert written(home) == before


def gbk(_: list[list[str]]) -> bytes:
    """What an old program saves as a table: text in GBK."""
    return "名称,学段\n云门中学,初中\n".encode("gbk")


def three_heads(rows: list[list[str]]) -> bytes:
    return hostile.workbook([["合川区学校名单"], ["2024年"], *rows])  # type: ignore[list-item]


def huge(rows: list[list[str]]) -> bytes:
    """A hundred thousand rows."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for n in range(100_000):
            page.write_row(n, 0, rows[0] if n == 0 else [f"第{n}小学"])
    return out.getvalue()


SHEETS: dict[str, tuple[Callable[[list[list[Any]]], bytes], str]] = {
    "merged": (lambda rows: hostile.workbook(rows, merge="A3:A5"), "QF-SHEET-MERGED"),
    "formula": (lambda rows: hostile.workbook(rows, formula=("B2", "=1+1")), "QF-SHEET-FORMULA"),
    "three heads": (three_heads, "QF-SHEET-COLUMNS"),
    "gbk": (gbk, "QF-FILE-CONTENT"),
    "100000 rows": (huge, "QF-FILE-BOMB"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_that_is_no_table_is_refused_whole(office: Office, kind: str) -> None:
    import base64

    home, (make, code) = office.county, SHEETS[kind]
    data = make([["名称*", "简称", "短码", "学段", "层级", "区划代码"], ["云门中学", "", "", "初中", "县", ""]])
    office.client("keeper")
    before = written(home)
    seen = office.presses("keeper", "/people/sheets/schools", "preview", sheet=SimpleUploadedFile("学校.xlsx", data))
    assert (seen.status, code in seen.text) == (422, True)
    forced = office.presses("keeper", "/people/sheets/schools", "commit", data=base64.b64encode(data).decode())
    assert (forced.status, code in forced.text) == (422, True)
    assert written(home) == before
